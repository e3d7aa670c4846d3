"""A virtual screen with somebody at its keyboard: Xvfb, xdotool, and a look at what is really on it."""

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.support.clips import Image

needed = [
    pytest.mark.skipif(sys.platform != "linux" or shutil.which("Xvfb") is None, reason="Xvfb, the virtual screen, is not here"),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool, which presses the keys, is not here"),
]
"""Marks for tests that use this."""

WIDTH, HEIGHT = 1600, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop:
    """`display` is what DISPLAY takes."""

    display: str
    folder: Path

    def find(self, title: str, process: int | None = None) -> str:
        """Wait for the window of that title (of that process), and return its number."""
        mine = ["--pid", str(process), "--all"] if process is not None else []
        return self._do("search", "--sync", *mine, "--name", f"^{title}$").split()[-1]

    def press(self, window: str, key: str) -> None:
        self._do("windowfocus", "--sync", window, "key", key)

    def resize(self, window: str, width: int, height: int) -> None:
        self._do("windowsize", window, str(width), str(height))

    def click(self, window: str, x: int, y: int) -> None:
        """Click with the left button at this pixel of the window."""
        self._do("mousemove", "--sync", "--window", window, str(x), str(y), "click", "1")

    def click_cross(self, window: str) -> None:
        """Send what a window manager sends when somebody clicks on the cross."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        opened = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        protocols, delete = (x11.XInternAtom(opened, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
        client_message = 33
        event = _Message(kind=client_message, window=int(window), message=protocols, format=32)
        event.data[0] = delete
        x11.XSendEvent(opened, ctypes.c_ulong(int(window)), 0, ctypes.c_long(0), ctypes.byref(event))
        x11.XCloseDisplay(opened)

    def look(self) -> Image:
        """Return what is on the screen now (RGB): Xvfb keeps it in a file, as a window dump."""
        dump = (self.folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", dump[:100])
        start, width, height, row = head[0], head[4], head[5], head[12]
        colours = head[19]
        pixels = np.frombuffer(dump, np.uint8, row * height, start + 12 * colours).reshape(height, row)
        return np.ascontiguousarray(pixels[:, : 4 * width].reshape(height, width, 4)[..., 2::-1])

    def _do(self, *what: str) -> str:
        env = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(["xdotool", *what], env=env, capture_output=True, text=True, check=True, timeout=30).stdout


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """A virtual screen of its own, on a number that Xvfb finds free."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            f"{WIDTH}x{HEIGHT}x24",
            "-noreset",
            "-nolisten",
            "tcp",
            "-fbdir",
            folder,
        ],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                yield Desktop(display=f":{told.readline().strip()}", folder=folder)
        finally:
            server.terminate()


class _Message(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("sent", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    )
