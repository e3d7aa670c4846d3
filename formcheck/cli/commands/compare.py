"""`formcheck compare`: two clips of one stretch against each other."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.options import (
    EveryFrameOption,
    LinkVideoOption,
    ModelOption,
    NoVideoOption,
    PoseOption,
    ProcessesOption,
    ProfileOption,
    SideChoice,
    SideOption,
    StrictOption,
    VerboseOption,
    film_choice,
)
from formcheck.cli.scoring.request import ScoreRequest
from formcheck.core import wording
from formcheck.core.wording.language import N_


def compare(
    a: Annotated[
        Path,
        typer.Argument(
            metavar=wording.COMPARE_CLIPS[0], help=N_("A video, a photo or a table of landmarks."), show_default=False
        ),
    ],
    b: Annotated[
        Path, typer.Argument(metavar=wording.COMPARE_CLIPS[1], help=N_("What it is compared with."), show_default=False)
    ],
    pose: PoseOption = "auto",
    side: SideOption = SideChoice.AUTO,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html", help=N_("Write a page with both clips in one player, and a table of the angles of both.")
        ),
    ] = None,
    link_video: LinkVideoOption = False,
    no_video: NoVideoOption = False,
    json: Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=N_("Write it as JSON; - is stdout."))] = None,
    every_frame: EveryFrameOption = False,
    jobs: ProcessesOption = 0,
    strict: StrictOption = False,
    profile: ProfileOption = None,
    model: ModelOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Compare two clips of one stretch: which angles are the same within error, more or less in A than in B."""
    from formcheck.pipeline.outputs.page_file import check_report_path
    from formcheck.vision.video.read_options import AS_IT_IS

    request = ScoreRequest(
        pose=pose,
        side=side.side,
        json=json,
        profile=profile,
        model=model,
        every_frame=every_frame,
        jobs=jobs,
        strict=strict,
        verbose=verbose,
        read=AS_IT_IS,
        film=film_choice(report, link=link_video, leave_out=no_video),
    )
    if report is not None:
        check_report_path(report)
    from formcheck.cli.scoring.two import compare_two

    compare_two(a, b, request, report)
