"""Options that several commands share: their names and help texts, and what their values mean."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side

if TYPE_CHECKING:
    from formcheck.ui.report.choice import FilmChoice
    from formcheck.vision.orientation import Orientation


class Rotation(StrEnum):
    """Degrees clockwise."""

    QUARTER = "90"
    HALF = "180"
    THREE_QUARTERS = "270"


class SideChoice(StrEnum):
    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"

    @property
    def side(self) -> Side | None:
        """The side that was named; `None` for `auto`."""
        return None if self is SideChoice.AUTO else Side(self.value)


PoseOption = Annotated[
    str,
    typer.Option(
        "--pose",
        metavar="NAME|FILE",
        autocompletion=completion.stretches,
        help="The stretch: a name from `formcheck poses` or its beginning, or a pose file.",
    ),
]
SideOption = Annotated[SideChoice, typer.Option("--side", help="The side that is stretched.")]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="lite|full|heavy|FILE",
        autocompletion=completion.models,
        help="The pose model, or a MediaPipe pose landmarker bundle (.task); also FORMCHECK_MODEL. Default: full, which the "
        "limits are set for.",
    ),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        autocompletion=completion.profiles,
        help="Whose baseline and range to go by, from `formcheck profiles`.",
    ),
]
CameraOption = Annotated[
    str | None,
    typer.Option(
        "--camera",
        metavar="N|NAME|DEVICE|URL|-",
        help="An index, a name, a device path, or a stream address (http, rtsp); - reads it from standard input, and "
        "FORMCHECK_CAMERA has it too. Default: the first that is not virtual.",
        show_default=False,
    ),
]
RotateOption = Annotated[
    Rotation | None,
    typer.Option("--rotate", metavar="90|180|270", help="Turn the pictures clockwise, as you see them, by so many degrees."),
]
MirrorOption = Annotated[bool, typer.Option("--mirror", help="Exchange left and right (after --rotate).")]
MuteOption = Annotated[bool, typer.Option("--mute", help="No sound; the m key changes it.")]
NoVoiceOption = Annotated[bool, typer.Option("--no-voice", help="Chimes only, no speech.")]
NoWindowOption = Annotated[bool, typer.Option("--no-window", help="By sound and voice alone.")]
FullScreenOption = Annotated[bool, typer.Option("--full-screen", help="Fill the screen; the f key changes it.")]
JobsOption = Annotated[int, typer.Option("--jobs", metavar="N", min=0, help="Clips at once; 0 is one for every core.")]
ProcessesOption = Annotated[int, typer.Option("--jobs", metavar="N", min=0, help="Processes at work; 0 is one for every core.")]
EveryFrameOption = Annotated[
    bool, typer.Option("--every-frame", help="Look at every frame, with one core a clip: the reference, many times slower.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Refuse a damaged clip, instead of scoring what is left of it.")]
LinkVideoOption = Annotated[
    bool,
    typer.Option("--link-video", help="Let the page of --report play the clip from where it is, instead of having it."),
]
NoVideoOption = Annotated[
    bool, typer.Option("--no-video", help="Leave the person out of the page of --report: the skeleton alone moves.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", help="Let the pose engine's own messages through.")]
LiveVerboseOption = Annotated[bool, typer.Option("--verbose", help="Let the engine's own messages through.")]
"""The same of `live`, `calibrate` and `model`, in fewer words."""
LabelledPaths = Annotated[
    list[Path], typer.Argument(metavar="PATH", help="Labelled clips, or folders of them.", show_default=False)
]


class PartChoice(StrEnum):
    """The clips of which part are taken."""

    ALL = "all"
    TUNING = "tuning"
    TEST = "test"


def orientation_of(rotate: Rotation | None, *, mirror: bool) -> "Orientation":
    """Return what `--rotate` and `--mirror` do to pictures."""
    from formcheck.vision.orientation import requested

    return requested(int(rotate or 0), mirror=mirror)


def film_choice(report: Path | str | None, *, link: bool, leave_out: bool, changed: bool = False) -> "FilmChoice":
    """Return what becomes of the film in the page of `--report`; `changed`: the clip is looked at in another way than it plays.

    Raises FormcheckError for options that contradict each other, or are about a page that is not asked for.
    """
    from formcheck.ui.report.choice import FilmChoice

    given = [option for option, there in (("--link-video", link), ("--no-video", leave_out)) if there]
    if given and report is None:
        raise FormcheckError(f"{given[0]} is about the page of --report FILE.html: give that too.")
    if len(given) > 1:
        raise FormcheckError("--link-video shows the person, and --no-video does not: give one.")
    if link and changed:
        raise FormcheckError("--link-video plays the clip as it is: not with --rotate, --mirror or --speed. Leave it out.")
    return FilmChoice.LINK if link else FilmChoice.LEAVE_OUT if leave_out else FilmChoice.EMBED


def json_path(json: str | None) -> Path | None:
    """Return the file that `--json` names; `None` without the option, and for `-`, standard output."""
    return Path(json) if json not in (None, "-") else None
