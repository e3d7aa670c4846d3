"""A terminal of one's own, with `formcheck` in front of it: what is typed goes in, what is shown comes out."""

import os
import pty
import select
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.support.clips import REPO


class Terminal:
    """`shown` is all that has been printed so far."""

    def __init__(self, words: list[str], environment: Mapping[str, str]) -> None:
        self.shown = ""
        self._gone = False
        self._ours, theirs = pty.openpty()
        self.modes = self.now_modes()
        # A session of its own, with the terminal as the one it is controlled by.
        become = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
        self.process = subprocess.Popen(
            [sys.executable, "-c", become, sys.executable, "-m", "formcheck", *words],
            cwd=REPO,
            env={**os.environ, "COLUMNS": "100", "TERM": "xterm", **environment},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        self._theirs = theirs
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def now_modes(self) -> list[Any]:
        return termios.tcgetattr(self._ours)[:4]

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def wait_for(self, text: str, seconds: float = 40.0) -> None:
        end_s = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end_s, f"{text!r} did not come in {self.shown!r}"
            assert self.process.poll() is None, self.shown
            time.sleep(0.05)

    def ended(self) -> int:
        code = self.process.wait(40)
        time.sleep(0.2)  # what is still on its way
        assert "Traceback" not in self.shown, self.shown
        return code

    def hang_up(self) -> None:
        """Close the terminal as its window is closed: what runs in it is told, and can print and read no more."""
        self._gone = True
        self._reader.join(5)
        os.close(self._ours)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(20)
        os.close(self._theirs)
        if not self._gone:
            self.hang_up()

    def _read(self) -> None:
        while not self._gone:
            try:
                ready, _, _ = select.select([self._ours], [], [], 0.1)
                self.shown += os.read(self._ours, 4096).decode(errors="replace") if ready else ""
            except OSError:
                return


@contextmanager
def terminal(*words: object, **environment: str) -> Iterator[Terminal]:
    made = Terminal([str(word) for word in words], environment)
    try:
        yield made
    finally:
        made.close()
