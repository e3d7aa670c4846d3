"""`formcheck score`: one clip with its outputs, or many clips, each scored once and kept as it finishes."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import (
    EveryFrameOption,
    LinkVideoOption,
    MirrorOption,
    ModelOption,
    NoVideoOption,
    PoseOption,
    ProcessesOption,
    ProfileOption,
    RotateOption,
    Rotation,
    SideChoice,
    SideOption,
    StrictOption,
    VerboseOption,
    film_choice,
    orientation_of,
    read_options,
)
from formcheck.cli.scoring.request import ScoreRequest
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.wording.language import N_
from formcheck.system.inputs import real_path

if TYPE_CHECKING:
    from formcheck.vision.video.read_options import ReadOptions

_WRITTEN = (".csv", ".parquet", ".mot", ".trc", ".html", ".htm", ".mp4", ".m4v", ".mov", ".jpg", ".jpeg", ".png")
"""Endings of what is written of one clip: who gives such a name means a file."""


def score(
    paths: Annotated[
        list[Path], typer.Argument(metavar="CLIP|FOLDER", help=N_("Videos, photos, or folders of them."), show_default=False)
    ],
    pose: PoseOption = "auto",
    side: SideOption = SideChoice.AUTO,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE|-", help=N_("Write the result as JSON, a line each of many clips; - is stdout.")),
    ] = None,
    measures: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|FOLDER",
            help=N_(
                "Write what was measured, a row for every judged frame: .csv, .parquet, or .mot for OpenSim. Of many clips: "
                "a folder."
            ),
        ),
    ] = None,
    annotate: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.mp4|FOLDER",
            help=N_("Write the clip with skeleton, angles, verdict and clock. Of many clips: a folder."),
        ),
    ] = None,
    landmarks: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|FOLDER",
            help=N_(
                "Write what the engine saw: .csv, to be scored again without the clip, or .trc, markers in metres. Of many "
                "clips: a folder."
            ),
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.html|FOLDER",
            help=N_("Write a page with the clip, its time line, the verdict in words, and angles. Of many clips: a folder."),
        ),
    ] = None,
    link_video: LinkVideoOption = False,
    no_video: NoVideoOption = False,
    every_frame: EveryFrameOption = False,
    jobs: ProcessesOption = 0,
    strict: StrictOption = False,
    resume: Annotated[
        bool, typer.Option("--resume", help=N_("Go on with many clips: what --json FILE has already is not scored again."))
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help=N_("Hand many clips to a Dask cluster, as tcp://HOST:8786."))
    ] = None,
    profile: ProfileOption = None,
    model: ModelOption = None,
    rotate: RotateOption = None,
    mirror: MirrorOption = False,
    speed: Annotated[
        float | None,
        typer.Option(
            metavar="N", help=N_("Seconds filmed for each second that plays: 0.125 for 240 pictures a second played as 30.")
        ),
    ] = None,
    begin: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", help=N_("Look at it from here on: seconds, or M:SS. Times stay the same.")),
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="TIME", help=N_("Look at it up to here."))] = None,
    verbose: VerboseOption = False,
) -> None:
    """Score recorded stretches: what was held, for how long, and what to change."""
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
        read=_read_options(rotate, begin, end, mirror=mirror, speed=speed),
        film=film_choice(report, link=link_video, leave_out=no_video, changed=bool(rotate or mirror or speed)),
    )
    from formcheck.cli.scoring.many import score_many
    from formcheck.cli.scoring.one import score_one

    several = len(paths) > 1 or paths[0].is_dir()
    given = {"measures": measures, "annotate": annotate, "landmarks": landmarks, "report": report}
    named = {output: name for output, name in given.items() if name is not None}
    if not (several or resume or scheduler is not None):
        score_one(paths[0], request, {output: _of_one(output, name, paths[0]) for output, name in named.items()})
        return
    if resume and request.json_path is None:
        raise FormcheckError(N_("--resume goes on from the file of --json FILE: give it."))
    if scheduler is not None and jobs:
        raise FormcheckError(
            N_("--jobs counts processes on this machine, and --scheduler hands the clips to others: give one.")
        )
    if scheduler is not None and named:
        raise FormcheckError(
            N_("--{output} writes on the machine that scores, and --scheduler hands the clips to others: give one.").format(
                output=next(iter(named))
            )
        )
    folders = {output: _folder(output, name, paths) for output, name in named.items()}
    score_many(paths, request, folders, resume=resume, scheduler=scheduler)


def _read_options(
    rotate: Rotation | None, begin: str | None, end: str | None, *, mirror: bool, speed: float | None
) -> "ReadOptions":
    from formcheck.vision.video.read_options import parse_time

    from_s = parse_time(begin) if begin is not None else 0.0
    to_s = parse_time(end) if end is not None else None
    return read_options(orientation_of(rotate, mirror=mirror), speed=speed, from_s=from_s, to_s=to_s)


def _of_one(output: str, name: str, clip: Path) -> Path:
    """The file that an option names for a single clip: the file itself, or one in the folder, called as the clip is."""
    from formcheck.pipeline.outputs import mirrored_path
    from formcheck.vision.video.photo import is_photo

    if not _names_folder(name):
        return Path(name)
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            N_("{folder}: the folder cannot be made ({reason}). Choose another place.").format(
                folder=name, reason=error.strerror
            )
        ) from None
    return mirrored_path(output, Path(name), Path(clip.name), still=is_photo(clip))


def _names_folder(name: str) -> bool:
    return Path(name).is_dir() or name.endswith(("/", os.sep))


def _folder(output: str, name: str, paths: Sequence[Path]) -> Path:
    """The folder that an option names for many clips. Raises OutputError for a file, and for a folder of clips."""
    folder = Path(name)
    if folder.is_file() or (folder.suffix.lower() in _WRITTEN and not _names_folder(name)):
        raise OutputError(
            N_("--{output} {name}: names a file, and each of many clips has one of its own: give a folder.").format(
                output=output, name=name
            )
        )
    if output == "annotate" and real_path(folder) in map(real_path, paths):
        raise OutputError(
            N_("--{output} {name}: is the folder of the clips, which are never written to. Give another.").format(
                output=output, name=name
            )
        )
    return folder
