"""Who has camera and microphone, and whether a window fills the screen, as the system's own files and servers tell it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from formcheck.system import desktop as module
from formcheck.system.desktop import DesktopUse, camera_in_use, desktop_use, full_screen_window, microphone_in_use
from tests.support.desktop import desktop, needed

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="what Linux tells of others")


def opened(root: Path, process: str, *targets: str) -> None:
    folder = root / "proc" / process / "fd"
    folder.mkdir(parents=True)
    for number, target in enumerate(targets):
        (folder / str(number)).symlink_to(target)


@on_linux
@pytest.mark.parametrize(
    ("process", "targets", "used"),
    [
        ("4711", ("/dev/null", "/dev/video0"), True),
        ("4711", ("/dev/null", "/home/anna/video0"), False),
        (str(os.getpid()), ("/dev/video0",), False),  # that is ourselves
        ("asound", ("/dev/video0",), False),  # that is no process
    ],
    ids=["video0", "a file", "ourselves", "no process"],
)
def test_a_camera_is_in_use_where_another_program_has_it_open(
    tmp_path: Path, process: str, targets: tuple[str, ...], used: bool
) -> None:
    opened(tmp_path, process, *targets)
    assert camera_in_use(tmp_path) is used


@on_linux
@pytest.mark.parametrize(
    ("status", "answer", "used"),
    [
        ("closed", None, False),
        ("state: RUNNING\nowner_pid   : 99", None, True),
        ("closed", "[]", False),
        ("closed", json.dumps([{"index": 7, "driver": "PipeWire"}]), True),
        (None, "[]", False),
        (None, None, None),
    ],
)
def test_a_microphone_is_in_use_where_a_device_runs_or_a_stream_records(
    tmp_path: Path, status: str | None, answer: str | None, used: bool | None
) -> None:
    if status is not None:
        folder = tmp_path / "proc/asound/card0/pcm0c/sub0"
        folder.mkdir(parents=True)
        (folder / "status").write_text(status)
    assert microphone_in_use(tmp_path, lambda: answer) is used


class FakeRegistry:
    """Of Windows, as the privacy settings keep it."""

    HKEY_CURRENT_USER = ""

    def __init__(self, keys: dict[str, dict[str, int]]) -> None:
        self.keys = keys

    @contextmanager
    def OpenKey(self, key: str, path: str) -> Iterator[str]:  # noqa: N802 - its name there
        whole = f"{key}\\{path}" if key else path
        if not any(known == whole or known.startswith(f"{whole}\\") for known in self.keys):
            raise FileNotFoundError(whole)
        yield whole

    def _children(self, key: str) -> list[str]:
        return sorted({known[len(key) + 1 :].split("\\")[0] for known in self.keys if known.startswith(f"{key}\\")})

    def QueryInfoKey(self, key: str) -> tuple[int, int, int]:  # noqa: N802
        return len(self._children(key)), 0, 0

    def EnumKey(self, key: str, i: int) -> str:  # noqa: N802
        return self._children(key)[i]

    def QueryValueEx(self, key: str, name: str) -> tuple[int, int]:  # noqa: N802
        if name not in self.keys.get(key, {}):
            raise FileNotFoundError(name)
        return self.keys[key][name], 11


@pytest.mark.parametrize(("stopped", "used"), [(0, True), (133_000_000_000, False)])
@pytest.mark.parametrize("place", [r"webcam\Teams_8wekyb", r"webcam\NonPackaged\C:#Zoom#zoom.exe"])
def test_windows_tells_who_has_the_camera(place: str, stopped: int, used: bool) -> None:
    registry: Any = FakeRegistry({rf"{module._CONSENT}\{place}": {"LastUsedTimeStop": stopped}})
    assert any(module._held(module._uses("webcam", registry))) is used
    assert not any(module._held(module._uses("microphone", registry)))


def test_windows_counts_not_this_program() -> None:
    own = sys.executable.replace("\\", "#")
    registry: Any = FakeRegistry({rf"{module._CONSENT}\webcam\NonPackaged\{own}": {"LastUsedTimeStop": 0}})
    assert not any(module._held(module._uses("webcam", registry)))


def test_asking_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise RuntimeError("whatever")

    for name in ("camera_in_use", "microphone_in_use", "full_screen_window"):
        monkeypatch.setattr(module, name, fail)
    assert desktop_use() == DesktopUse(camera=None, microphone=None, full_screen=None)
    assert not desktop_use().busy
    assert desktop_use().unknown == ("camera", "microphone", "full_screen")


def test_without_a_display_nothing_is_known_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "linux":
        monkeypatch.delenv("DISPLAY", raising=False)
        assert full_screen_window() is None


class TestOnAScreen:
    pytestmark = needed

    def test_a_window_that_fills_the_screen_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from Xlib import Xatom
        from Xlib.display import Display

        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        with desktop(tmp_path) as desk:
            monkeypatch.setenv("DISPLAY", desk.display)
            assert full_screen_window() is None  # no window manager
            display = Display()
            root = display.screen().root
            window = root.create_window(0, 0, 100, 100, 0, display.screen().root_depth)
            active, state, full = (
                display.get_atom(name) for name in ("_NET_ACTIVE_WINDOW", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN")
            )
            # As a window manager writes it.
            root.change_property(active, Xatom.WINDOW, 32, [window.id])
            display.sync()
            assert full_screen_window() is False
            window.change_property(state, Xatom.ATOM, 32, [full])
            display.sync()
            assert full_screen_window() is True
            monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
            assert full_screen_window() is True
            window.delete_property(state)
            display.sync()
            assert full_screen_window() is None
            display.close()


@on_linux
def test_an_open_device_of_another_process_is_seen(tmp_path: Path) -> None:
    """The real /proc, with a file that is called like a camera's in a folder that no camera lies in."""
    file = tmp_path / "video0"
    file.touch()
    with file.open() as held, subprocess.Popen(["sleep", "20"], stdin=held) as other:
        try:
            targets = list(module._open_files(Path(f"/proc/{other.pid}/fd")))
        finally:
            other.kill()
    assert str(file) in targets
