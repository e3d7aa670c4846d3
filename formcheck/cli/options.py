"""Options that several commands share: their names and help texts, and what their values mean."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.core.values import Side

if TYPE_CHECKING:
    from formcheck.vision.orientation import Orientation


class Rotation(StrEnum):
    """Degrees clockwise."""

    QUARTER = "90"
    HALF = "180"
    THREE_QUARTERS = "270"


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
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", help="Let the pose engine's own messages through.")]
LiveVerboseOption = Annotated[bool, typer.Option("--verbose", help="Let the engine's own messages through.")]
"""The same of `live`, `calibrate` and `model`, in fewer words."""
LabelledPaths = Annotated[
    list[Path], typer.Argument(metavar="PATH", help="Labelled clips, or folders of them.", show_default=False)
]


class SideChoice(StrEnum):
    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"

    @property
    def side(self) -> Side | None:
        """The side that was named; `None` for `auto`."""
        return None if self is SideChoice.AUTO else Side(self.value)


class PartChoice(StrEnum):
    """The clips of which part are taken."""

    ALL = "all"
    TUNING = "tuning"
    TEST = "test"


def orientation_of(rotate: Rotation | None, *, mirror: bool) -> "Orientation":
    """Return what `--rotate` and `--mirror` do to pictures."""
    from formcheck.vision.orientation import requested

    return requested(int(rotate or 0), mirror=mirror)


def json_path(json: str | None) -> Path | None:
    """Return the file that `--json` names; `None` without the option, and for `-`, standard output."""
    return Path(json) if json not in (None, "-") else None
