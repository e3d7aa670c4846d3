"""`formcheck record` as a process of its own before a virtual screen, with somebody at its keyboard."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.clips import REPO
from tests.support.desktop import Desktop

TITLE = "formcheck record"


class Recorder:
    """The process, what it said, and hands to work it. It runs in `folder`; `terminal` is where it asks, if anywhere."""

    def __init__(self, folder: Path, desk: Desktop | None, words: list[str], terminal: int | None = None) -> None:
        self._desk = desk
        self._said = folder / "said.txt"
        self._read = folder / "keys.txt"
        self._read.unlink(missing_ok=True)
        env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env |= {"PYTHONPATH": str(REPO), **({"DISPLAY": desk.display} if desk else {})}
        with self._said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.keyed", str(self._read), "record", *words],
                cwd=folder,
                env=env,
                stdin=terminal or subprocess.DEVNULL,
                stdout=said,
                stderr=terminal or subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._said.read_text()

    @property
    def window(self) -> str:
        assert self._desk is not None
        return self._desk.find(TITLE, self.process.pid)

    def press(self, *keys: str) -> None:
        """Press keys, each once the one before was read: of two keys between two looks OpenCV tells the later one only."""
        assert self._desk is not None
        window = self.window
        for key in keys:
            before = self._read.read_text()
            self._desk.press(window, key)
            self.wait_for(lambda: self._read.read_text() != before)  # noqa: B023 - it is called at once

    def wait_for(self, what: Callable[[], object], seconds: float = 30.0) -> None:
        end_s = time.monotonic() + seconds
        while True:
            gone = self.process.poll() is not None
            if what():
                return
            assert not gone, self.said
            assert time.monotonic() < end_s, self.said
            time.sleep(0.02)

    def ended(self, number: int | None = None) -> int:
        """Send a signal, if any; wait for the end and return the exit code."""
        if number is not None:
            self.process.send_signal(number)
        code = self.process.wait(30)
        assert "Traceback" not in self.said, self.said
        return code


@contextmanager
def recorder(folder: Path, *words: str | Path, desk: Desktop | None = None, terminal: int | None = None) -> Iterator[Recorder]:
    """Begin `formcheck record` with these words; without a desk it has no display, without a terminal nobody to ask."""
    made = Recorder(folder, desk, [str(word) for word in words], terminal)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            os.killpg(made.process.pid, signal.SIGKILL)
        made.process.wait(30)
