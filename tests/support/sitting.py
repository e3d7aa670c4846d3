"""A live session as a process of its own, written down by `tests/support/watched.py`, for as long as a `with` block lasts."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from formcheck.people.history import Entry
from formcheck.people.history.database import Store
from tests.support.clips import REPO
from tests.support.desktop import Desktop

Line = dict[str, Any]


class Sitting:
    """Files of the session lie in `folder`."""

    def __init__(
        self, folder: Path, words: list[str], desk: Desktop | None, more: Mapping[str, str], command: str = "live"
    ) -> None:
        self.folder = folder
        self._desk = desk
        env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env |= {"FORMCHECK_DATA": str(folder / "data"), **({"DISPLAY": desk.display} if desk else {}), **more}
        with (folder / "out.txt").open("w") as out, (folder / "err.txt").open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.watched", str(folder), command, *words],
                cwd=REPO,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def results(self) -> list[Line]:
        """All results of the session so far."""
        log = self.folder / "results.jsonl"
        lines = log.read_text().split("\n")[:-1] if log.exists() else []
        return [json.loads(line) for line in lines]

    @property
    def out(self) -> str:
        return (self.folder / "out.txt").read_text()

    @property
    def err(self) -> str:
        return (self.folder / "err.txt").read_text()

    @property
    def history(self) -> Entry:
        with Store(self.folder / "data" / "history.db") as store:
            (entry,) = store.recent()
        return entry

    def wait_for(self, what: Callable[[Line], object], seconds: float = 40.0) -> Line:
        """Wait until the last result is so."""
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s:
            last = self.results[-1:]
            if last and what(last[0]):
                return last[0]
            assert self.process.poll() is None, self.err
            time.sleep(0.05)
        raise AssertionError(f"it did not come; the last result was {self.results[-1:]}, said was {self.err}")

    def press(self, key: str) -> None:
        assert self._desk is not None
        self._desk.press(self.window, key)

    @property
    def window(self) -> str:
        assert self._desk is not None
        return self._desk.find("formcheck")

    def ended(self, *numbers: int) -> int:
        """Send signals as a terminal does, to all of the session's processes, wait for the end, return the exit code."""
        for number in numbers:
            os.killpg(self.process.pid, number)
            time.sleep(0.05)
        code = self.process.wait(30)
        assert "Traceback" not in self.err, self.err
        return code


@contextmanager
def sitting(
    folder: Path,
    *words: str | Path,
    desk: Desktop | None = None,
    environment: Mapping[str, str] | None = None,
    command: str = "live",
) -> Iterator[Sitting]:
    """Begin `formcheck live` (or another command like it) with these words; without a desk it has no display."""
    more = [] if desk else ["--no-window"]
    session = Sitting(folder, [str(word) for word in (*words, *more)], desk, environment or {}, command)
    try:
        yield session
    finally:
        if session.process.poll() is None:
            os.killpg(session.process.pid, signal.SIGKILL)
        session.process.wait(30)
