"""What goes on at the desktop: whether somebody is in a call, or a window fills the screen. Then nobody wants to be disturbed.

Each function returns `None` where the system does not tell. Linux tells of cameras by the files that programs have open, of
microphones by the sound devices and PulseAudio or PipeWire, and of windows by the X server (under Wayland of X windows alone).
Windows keeps who has camera and microphone in its registry, for its privacy settings, and says itself when it is no time for
notices. Of macOS nothing is known here.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ANSWERED_WITHIN_S = 2.0

_CONSENT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"

_DISTURBING = (2, 3, 4)
"""Of SHQueryUserNotificationState: a window fills the screen, a game does, or a presentation is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopUse:
    """What other programs do now; `None` where the system does not tell."""

    camera: bool | None
    microphone: bool | None
    full_screen: bool | None

    @property
    def busy(self) -> bool:
        """Whether it is known to be no time for a notice."""
        return bool(self.camera or self.microphone or self.full_screen)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of what is not known."""
        return tuple(name for name in self.__dataclass_fields__ if getattr(self, name) is None)


def desktop_use() -> DesktopUse:
    """Return what other programs do now. Never raises; takes some hundredths of a second."""
    return DesktopUse(camera=_told(camera_in_use), microphone=_told(microphone_in_use), full_screen=_told(full_screen_window))


def _told(ask: Callable[[], bool | None]) -> bool | None:
    try:
        return ask()
    except Exception:  # whatever a system's library does: then it is not known
        return None


def camera_in_use(root: Path = Path("/")) -> bool | None:
    """Return whether another program has a camera open. `root` is where Linux has `proc`."""
    if sys.platform == "win32":
        return any(_held(_uses("webcam")))
    if sys.platform != "linux":
        return None
    own = str(os.getpid())
    others = (folder for folder in (root / "proc").iterdir() if folder.name.isdecimal() and folder.name != own)
    return any(target.startswith("/dev/video") for folder in others for target in _open_files(folder / "fd"))


def _open_files(folder: Path) -> Iterator[str]:
    """Yield what a process has open, as far as it may be seen: those of other people may not."""
    with suppress(OSError):
        for file in os.listdir(folder):  # noqa: PTH208 - a hundred thousand paths are a second of work
            with suppress(OSError):
                yield os.readlink(f"{folder}/{file}")  # noqa: PTH115 - likewise


def microphone_in_use(root: Path = Path("/"), ask: Callable[[], str | None] | None = None) -> bool | None:
    """Return whether a program records sound. `ask` returns the recording streams of the sound server as JSON."""
    if sys.platform == "win32":
        return any(_held(_uses("microphone")))
    if sys.platform != "linux":
        return None
    devices = list((root / "proc/asound").glob("card*/pcm*c/sub*/status"))
    running = any("RUNNING" in _text(status) for status in devices)
    answer = (ask or _recording_streams)()
    if answer is None:
        return running if devices else None
    return running or bool(json.loads(answer))


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _recording_streams() -> str | None:
    """The recording streams that PulseAudio or PipeWire know; headsets without wires are nowhere else."""
    if (pactl := shutil.which("pactl")) is None:
        return None
    words = [pactl, "--format=json", "list", "source-outputs"]
    asked = subprocess.run(words, capture_output=True, text=True, timeout=_ANSWERED_WITHIN_S, check=False)
    return asked.stdout if asked.returncode == 0 else None


def full_screen_window() -> bool | None:
    """Return whether the window in front fills the screen."""
    if sys.platform == "win32":
        import ctypes

        state = ctypes.c_int()
        told = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))
        return state.value in _DISTURBING if told == 0 else None
    if sys.platform != "linux" or not os.environ.get("DISPLAY"):
        return None
    found = _full_screen_by_x()
    # Under Wayland the X server knows nothing of other windows than its own.
    return found or None if os.environ.get("WAYLAND_DISPLAY") else found


def _full_screen_by_x() -> bool | None:
    from Xlib import X
    from Xlib.display import Display

    display = Display()
    try:
        atom = display.get_atom
        active = display.screen().root.get_full_property(atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
        if active is None:
            return None  # no window manager that tells
        if not active.value or not active.value[0]:
            return False
        window = display.create_resource_object("window", active.value[0])
        states = window.get_full_property(atom("_NET_WM_STATE"), X.AnyPropertyType)
        return states is not None and atom("_NET_WM_STATE_FULLSCREEN") in states.value
    finally:
        display.close()


Use = tuple[str, int]
"""A program, and when it last stopped using something (0: it uses it now)."""


def _held(uses: Iterator[Use]) -> Iterator[bool]:
    own = sys.executable.replace("\\", "#").casefold()
    return (stopped == 0 for program, stopped in uses if program.casefold() != own)


def _uses(what: str, registry: Any = None) -> Iterator[Use]:
    """Yield which programs have used the camera (`webcam`) or `microphone`, as the privacy settings of Windows have it."""
    if registry is None:
        import winreg as registry

    for path in (rf"{_CONSENT}\{what}", rf"{_CONSENT}\{what}\NonPackaged"):
        with suppress(OSError), registry.OpenKey(registry.HKEY_CURRENT_USER, path) as key:
            for i in range(registry.QueryInfoKey(key)[0]):
                name = registry.EnumKey(key, i)
                with suppress(OSError), registry.OpenKey(key, name) as program:
                    yield name, int(registry.QueryValueEx(program, "LastUsedTimeStop")[0])
