"""Options that several commands share: their names and help texts, and what their values mean."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, joined

if TYPE_CHECKING:
    from formcheck.ui.report.choice import FilmChoice
    from formcheck.vision.orientation import Orientation
    from formcheck.vision.video.read_options import ReadOptions

WITHOUT_WINDOW = N_("{missing} Without a window: --no-window, by sound and voice alone.")


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
        help=N_("The stretch: a name from `formcheck poses` or its beginning, or a pose file."),
    ),
]
SideOption = Annotated[SideChoice, typer.Option("--side", help=N_("The side that is stretched."))]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="lite|full|heavy|FILE",
        autocompletion=completion.models,
        help=N_(
            "The pose model, or a MediaPipe pose landmarker bundle (.task); also FORMCHECK_MODEL. Default: full, which "
            "the limits are set for."
        ),
    ),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        autocompletion=completion.profiles,
        help=N_("Whose baseline and range to go by, from `formcheck profiles`."),
    ),
]
CameraOption = Annotated[
    str | None,
    typer.Option(
        "--camera",
        metavar="N|NAME|DEVICE|URL|-",
        help=N_(
            "An index, a name, a device path, or a stream address (http, rtsp); - reads it from standard input, and "
            "FORMCHECK_CAMERA has it too. Default: the first that is not virtual."
        ),
        show_default=False,
    ),
]
RotateOption = Annotated[
    Rotation | None,
    typer.Option(
        "--rotate", metavar="90|180|270", help=N_("Turn the pictures clockwise, as you see them, by so many degrees.")
    ),
]
MirrorOption = Annotated[bool, typer.Option("--mirror", help=N_("Exchange left and right (after --rotate)."))]
MuteOption = Annotated[bool, typer.Option("--mute", help=N_("No sound; the m key changes it."))]
NoVoiceOption = Annotated[bool, typer.Option("--no-voice", help=N_("Chimes only, no speech."))]
NoWindowOption = Annotated[bool, typer.Option("--no-window", help=N_("By sound and voice alone."))]
FullScreenOption = Annotated[bool, typer.Option("--full-screen", help=N_("Fill the screen; the f key changes it."))]
JobsOption = Annotated[int, typer.Option("--jobs", metavar="N", min=0, help=N_("Clips at once; 0 is one for every core."))]
ProcessesOption = Annotated[
    int, typer.Option("--jobs", metavar="N", min=0, help=N_("Processes at work; 0 is one for every core."))
]
EveryFrameOption = Annotated[
    bool, typer.Option("--every-frame", help=N_("Look at every frame, with one core a clip: the reference, many times slower."))
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help=N_("Refuse a damaged clip, instead of scoring what is left of it."))
]
LinkVideoOption = Annotated[
    bool,
    typer.Option("--link-video", help=N_("Let the page of --report play the clip from where it is, instead of having it.")),
]
NoVideoOption = Annotated[
    bool, typer.Option("--no-video", help=N_("Leave the person out of the page of --report: the skeleton alone moves."))
]
YesOption = Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))]
VerboseOption = Annotated[bool, typer.Option("--verbose", help=N_("Let the pose engine's own messages through."))]
LiveVerboseOption = Annotated[bool, typer.Option("--verbose", help=N_("Let the engine's own messages through."))]
"""The same of `live`, `calibrate` and `model`, in fewer words."""
LabelledPaths = Annotated[
    list[Path], typer.Argument(metavar="PATH", help=N_("Labelled clips, or folders of them."), show_default=False)
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


def read_options(
    orientation: "Orientation", *, speed: float | None, from_s: float = 0.0, to_s: float | None = None
) -> "ReadOptions":
    """Return how a clip is read. Raises FormcheckError, which begins with the option that is wrong."""
    from formcheck.vision.video.read_options import ReadOptions

    try:
        return ReadOptions(orientation=orientation, speed=speed, from_s=from_s, to_s=to_s)
    except FormcheckError as error:
        raise FormcheckError(joined("", ("--", *error.lines))) from None


def film_choice(report: Path | str | None, *, link: bool, leave_out: bool, changed: bool = False) -> "FilmChoice":
    """Return what becomes of the film in the page of `--report`; `changed`: the clip is looked at in another way than it plays.

    Raises FormcheckError for options that contradict each other, or are about a page that is not asked for.
    """
    from formcheck.ui.report.choice import FilmChoice

    given = [option for option, there in (("--link-video", link), ("--no-video", leave_out)) if there]
    if given and report is None:
        raise FormcheckError(N_("{option} is about the page of --report FILE.html: give that too.").format(option=given[0]))
    if len(given) > 1:
        raise FormcheckError(N_("--link-video shows the person, and --no-video does not: give one."))
    if link and changed:
        raise FormcheckError(N_("--link-video plays the clip as it is: not with --rotate, --mirror or --speed. Leave it out."))
    return FilmChoice.LINK if link else FilmChoice.LEAVE_OUT if leave_out else FilmChoice.EMBED


def json_path(json: str | None) -> Path | None:
    """Return the file that `--json` names; `None` without the option, and for `-`, standard output."""
    return Path(json) if json not in (None, "-") else None
