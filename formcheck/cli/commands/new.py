"""`formcheck new`: starts a pose file from a clip in which the stretch is done right."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.commands.model import obtain
from formcheck.cli.options import ModelOption, SideChoice, VerboseOption
from formcheck.core.errors import FormcheckError, PoseFileError
from formcheck.core.wording.language import N_
from formcheck.system.files import atomic_file, check_writable, digest
from formcheck.system.native.native_log import silence_native_messages

if TYPE_CHECKING:
    from formcheck.pipeline.recording import LandmarkRecording


def new(
    pose: Annotated[
        str, typer.Argument(metavar="POSE", help=N_("What it is to be called, as standing_quad."), show_default=False)
    ],
    clip: Annotated[
        Path, typer.Argument(metavar="CLIP", help=N_("A video of somebody doing it right, from the side."), show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=N_("Where it goes. Default: POSE.toml, here."), show_default=False)
    ] = None,
    side: Annotated[SideChoice, typer.Option(help=N_("The side that is stretched in the clip."))] = SideChoice.AUTO,
    hold: Annotated[float, typer.Option(metavar="SECONDS", min=1, max=600, help=N_("How long a side is to be held."))] = 30,
    model: ModelOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Start a pose file of your own from a clip: ranges are proposed, the words are left to you."""
    from formcheck.cli.reports.draft import print_draft
    from formcheck.core.errors import DraftError
    from formcheck.stretches.files import check_text, load_stretches
    from formcheck.tuning.drafting.hold_search import find_hold
    from formcheck.tuning.drafting.proposal import propose
    from formcheck.tuning.drafting.toml_text import pose_file

    silence_native_messages(verbose=verbose)
    output_path = _output_path(pose, out)
    seen = _seen(clip, model)
    try:
        draft = propose(pose, find_hold(list(seen.frames()), seen.traits), side.side, load_stretches(), hold_s=hold)
    except DraftError as error:
        raise DraftError(N_("{clip}: {error} Nothing was written.").format(clip=clip, error=error)) from None
    text = pose_file(draft, clip.name)
    checked = check_text(text, name=pose)
    if checked != draft.spec:
        raise PoseFileError(
            N_("{path}: the draft would not be a good pose file ({fault}). Nothing was written.").format(
                path=output_path, fault=checked
            )
        )
    with atomic_file(output_path) as part:
        part.write_text(text, encoding="utf-8")
    print_draft(draft, output_path)


def _output_path(pose: str, out: Path | None) -> Path:
    """Where the file goes, once it is sure that it may be called so and nothing is in its place."""
    from formcheck.stretches.files import stretch_names

    if not re.fullmatch(r"[a-z][a-z0-9_]*", pose):
        raise FormcheckError(
            N_("{given!r} can't be the name of a stretch: lower case letters, digits and _ only, as standing_quad.").format(
                given=pose
            )
        )
    if pose in stretch_names():
        raise FormcheckError(
            N_("There is a stretch called {pose} already; it ships with formcheck. Choose another name.").format(pose=pose)
        )
    path = out or Path(f"{pose}.toml")
    if path.name != f"{pose}.toml":
        raise FormcheckError(
            N_("{path}: a pose file is called as its stretch is. Let --out end in {pose}.toml.").format(path=path, pose=pose)
        )
    if path.exists():
        raise FormcheckError(
            N_("{path}: is there already, and is not overwritten. Move it away or choose another name.").format(path=path)
        )
    check_writable(path)
    return path


def _seen(clip: Path, model: str | None) -> "LandmarkRecording":
    """What the engine sees of the clip. Raises FormcheckError."""
    from formcheck.cli.terminal import waiting
    from formcheck.core.errors import DraftError
    from formcheck.pipeline.landmark_cache import cached_landmarks
    from formcheck.stretches.files import load_stretches
    from formcheck.vision.engines import create_engine
    from formcheck.vision.video import open_clip

    with open_clip(clip) as source:
        if source.info.still:
            raise DraftError(
                N_("{clip}: is a photograph. What is steady shows only over time: give a video of the stretch, held.").format(
                    clip=clip
                )
            )
    engine = obtain(model)
    with waiting(N_("looking at {name}").format(name=clip.name)):
        return cached_landmarks(clip, digest(clip), create_engine(engine), engine.digest, load_stretches())
