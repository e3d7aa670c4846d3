"""`formcheck doctor`: looks at every part that a session needs, and says what is missing and how to put it right.

A part is a line in the table of `_parts`: its name, whether a session needs it, and a function that returns what was found
or raises a FormcheckError. Colour is never the only sign: every line has a mark and a word. The functions that run in a process
of their own bear no underscore.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from formcheck.cli.addresses import given_camera, is_given
from formcheck.cli.options import ModelOption
from formcheck.cli.terminal import say
from formcheck.core.errors import FormcheckError, MissingPartError, SourceError, by_system
from formcheck.core.wording.language import N_, joined, shown
from formcheck.system.display import check_display, open_window
from formcheck.system.native.native_log import silence_native_messages

if TYPE_CHECKING:
    from formcheck.cli.reports.tables import WrappedTable
    from formcheck.vision.camera.address import Address
    from formcheck.vision.camera.listing import CameraEntry
    from formcheck.vision.engines import EngineModel

_ENGINE_WITHIN_S = 60.0
_WINDOW_WITHIN_S = 30.0
_SOUND_WITHIN_S = 30.0
"""First starts from a cold disk, with an antivirus looking on, take seconds."""
_CAMERA_WITHIN_S = 60.0
_WATCHED_S = 3.0
"""How long the pictures of a camera are counted: longer than it takes to tell that they are always the same."""
_UNUSABLE = N_("(cannot be used)")
_ROOM_GB = 1.0
"""About half an hour of recorded video."""


class CheckState(StrEnum):
    OK = "ok"
    MISSING = "missing"  # a session needs it
    OPTIONAL = "optional"  # missing too, and a session goes on without


_MARKS = {
    CheckState.OK: ("✓ " + N_("ok"), "good"),
    CheckState.MISSING: ("✗ " + N_("missing"), "bad"),
    CheckState.OPTIONAL: ("– " + N_("optional"), "warn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What was found of one part, and what to do about it."""

    name: str
    state: CheckState
    found: str
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorCheck:
    """One part of the computer to check. `look` returns what was found, or raises a FormcheckError."""

    name: str
    look: Callable[[], str]
    needed: bool

    def check(self) -> CheckResult:
        absent = CheckState.MISSING if self.needed else CheckState.OPTIONAL
        try:
            return CheckResult(name=self.name, state=CheckState.OK, found=self.look())
        except FormcheckError as error:
            found, fix = (error.what, error.fix) if isinstance(error, MissingPartError) else (str(error), "")
            return CheckResult(name=self.name, state=absent, found=found, fix=fix)


def doctor(
    camera: Annotated[
        str | None,
        typer.Option(
            "--camera",
            metavar="N|NAME|DEVICE|URL|-",
            help=N_("Open this camera, as `live` would, and say how large its pictures are and how many come a second."),
        ),
    ] = None,
    model: ModelOption = None,
) -> None:
    """Look at every part that a session needs, and say what is missing and how to put it right."""
    from formcheck.cli.terminal import console, waiting

    silence_native_messages()
    checks = []
    with waiting(N_("looking")):
        for part in _parts(camera, model):
            checks.append(part.check())  # noqa: PERF401 (a look may take seconds; Ctrl-C between two is fine)
    console().print(checks_table(checks))
    missing = [check.name for check in checks if check.state is CheckState.MISSING]
    say(N_("Not ready: {parts}.").format(parts=_listed(missing)) if missing else N_("Ready."))
    if missing:
        raise typer.Exit(1)


def _listed(words: list[str]) -> str:
    *others, last = words
    return N_("{others} and {last}").format(others=joined(", ", others), last=last) if others else last


def _parts(camera: str | None, model: str | None) -> Iterable[DoctorCheck]:
    return (
        DoctorCheck(
            name=N_("camera"),
            needed=True,
            look=(lambda: _isolated(watch_camera, given_camera(camera), within_s=_CAMERA_WITHIN_S))
            if is_given(camera)
            else _cameras,
        ),
        DoctorCheck(name=N_("pose model"), needed=True, look=lambda: _model(model)),
        DoctorCheck(name=N_("window"), needed=True, look=_window),
        DoctorCheck(name=N_("sound"), needed=False, look=lambda: _isolated(sound_device, within_s=_SOUND_WITHIN_S)),
        DoctorCheck(name=N_("speech"), needed=False, look=_speech),
        DoctorCheck(name=N_("data folder"), needed=False, look=_data_folder),
        DoctorCheck(name=N_("disk"), needed=False, look=_disk),
    )


def checks_table(checks: Iterable[CheckResult]) -> "WrappedTable":
    """Return the table of what was found: a mark and a word in every row, and below it what to do."""
    from rich.text import Text

    from formcheck.cli.reports.tables import Column, WrappedTable

    rows: list[tuple[Text | str, str, str]] = []
    for check in checks:
        mark, style = _MARKS[check.state]
        rows.append((Text(shown(mark), style=style), check.name, check.found))
        if check.fix:
            rows.append(("", "", "→ " + check.fix))
    return WrappedTable((Column(whole=True), Column(whole=True), Column(paths=True)), rows)


def _isolated(look: Callable[..., str], *words: object, within_s: float) -> str:
    from formcheck.system.processes import run_isolated

    return run_isolated(look, *words, within_s=within_s)


def _cameras() -> str:
    listed = _isolated(cameras, within_s=_CAMERA_WITHIN_S)
    if not listed:
        raise MissingPartError(N_("No camera was found."), _no_camera())
    if all(line.endswith(_UNUSABLE) for line in listed.splitlines()):
        raise MissingPartError(listed, _no_camera())
    return listed


def cameras() -> str:
    """Return a line for every camera of the machine: how `--camera` calls it, its name, and what is wrong with it."""
    from formcheck.vision.camera.listing import list_cameras

    return joined("\n", map(_camera, list_cameras()))


def _camera(one: "CameraEntry") -> str:
    named = joined(" ", (str(one.address), one.name, *([N_("(virtual)")] if one.virtual else [])))
    return named + ": " + one.trouble + " " + _UNUSABLE if one.trouble else named


def watch_camera(address: "Address") -> str:
    """Return the size of the pictures of the camera, and how many come a second. Raises SourceError."""
    try:
        return _watched(address)
    except SourceError:
        raise
    except Exception as error:  # its own text may have the address in it
        raise SourceError(
            N_("{camera}: cannot be read ({reason}).").format(camera=str(address), reason=type(error).__name__)
        ) from None


def _watched(address: "Address") -> str:
    from formcheck.vision.camera.camera import Camera, CameraState

    with Camera(address) as camera:
        feed = camera.feed()
        frame = feed.next(_WATCHED_S)
        began_s, before = camera.now_s(), camera.captured
        time.sleep(_WATCHED_S)
        rate_hz = (camera.captured - before) / (camera.now_s() - began_s)
        frame = feed.next(0.0) or frame
        condition = camera.condition
    if frame is None or not rate_hz:
        raise SourceError(
            N_("{camera}: gave one picture, and no other within {seconds:.0f} s.").format(
                camera=str(address), seconds=_WATCHED_S
            )
        )
    if condition.state is not CameraState.LIVE:
        raise SourceError(condition.reason or N_("{camera}: gives no pictures any more.").format(camera=str(address)))
    height, width = frame.image.shape[:2]
    return N_("{camera}: {width} x {height} pixels, {rate:.0f} pictures a second").format(
        camera=str(address), width=width, height=height, rate=rate_hz
    )


def _no_camera() -> str:
    return by_system(
        linux=N_(
            "Plug one in and be a member of the group video; or give `formcheck live` the address of a phone camera app: "
            "--camera http://..."
        ),
        macos=N_(
            "Plug one in and allow the terminal to use it (System Settings, Privacy, Camera); or give `formcheck live` the "
            "address of a phone camera app: --camera http://..."
        ),
        windows=N_(
            "Plug one in and allow desktop apps to use it (Settings, Privacy, Camera); or give `formcheck live` the address of "
            "a phone camera app: --camera http://..."
        ),
    )


def _model(explicit: str | None) -> str:
    from formcheck.vision.engines import caution_of, obtain
    from formcheck.vision.engines.mediapipe import models

    def not_fetched(_why: str) -> NoReturn:
        named = models.chosen_model(explicit)
        assert isinstance(named, models.Model)
        found = models.damage(named) or N_("The pose model {name} has not been fetched yet.").format(name=named.name)
        raise MissingPartError(found, N_("Run: formcheck model {name}").format(name=named.name))

    chosen = obtain(explicit, not_fetched)
    return joined(" ", filter(None, (_isolated(see_nobody, chosen, within_s=_ENGINE_WITHIN_S), caution_of(chosen))))


def see_nobody(model: "EngineModel") -> str:
    """Show the engine an empty picture."""
    import numpy as np

    from formcheck.core.interfaces import Frame
    from formcheck.vision.engines import create_engine

    with create_engine(model, still=True) as engine:
        engine.detect(Frame(image=np.zeros((480, 640, 3), np.uint8), time_s=0.0))
    return N_("{model} loads and sees").format(model=model.file or model.engine)


def sound_device() -> str:
    """Return the name of the sound device; where sound is set up wrongly, the library may abort the process."""
    from formcheck.ui.audio.player import find_device

    return find_device().name


def _speech() -> str:
    from formcheck.ui.audio.voice import find_voice

    return find_voice()


def _window() -> str:
    check_display()
    return _isolated(open_window, within_s=_WINDOW_WITHIN_S)


def _data_folder() -> str:
    from formcheck.system.paths import data_folder

    folder = data_folder()
    try:
        with tempfile.TemporaryFile(dir=_existing(folder)):
            return N_("{folder} can be written").format(folder=folder)
    except OSError as error:
        raise MissingPartError(
            N_("{folder} cannot be written ({reason}).").format(folder=folder, reason=error.strerror),
            N_("Give yourself the right to write there."),
        ) from None


def _disk() -> str:
    from formcheck.system.paths import data_folder

    free_gb = shutil.disk_usage(_existing(data_folder())).free / 1e9
    if free_gb < _ROOM_GB:
        raise MissingPartError(
            N_("Only {free:.1f} GB are free.").format(free=free_gb),
            N_("Make room: a recorded session may need {needed:.0f} GB.").format(needed=_ROOM_GB),
        )
    return N_("{free:.0f} GB free").format(free=free_gb)


def _existing(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())
