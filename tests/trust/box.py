"""A place of their own for programs that are tried: whatever they write lies in it, and can be looked at."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from formcheck.people import safety
from formcheck.system.files import digest
from formcheck.system.paths import cache_folder
from tests.support.clips import REPO

FORMCHECK = (sys.executable, "-m", "formcheck")
MOST_MB = 1500.0
"""Of memory, of any one process."""

SPARE_S = 20.0
"""What a case may take beyond its ordinary work."""

_CODES = (0, 1, 2)
_POLL_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a program ended. `code` is below 0 where a signal ended it; `hung`: it had to be killed; `most_mb` is its memory."""

    code: int
    out: str
    err: str
    spent_s: float
    most_mb: float
    hung: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """`here` is the folder that programs run in, `out` what they may write to; data, cache and temporary files have theirs."""

    folder: Path
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def here(self) -> Path:
        return self.folder / "here"

    @property
    def out(self) -> Path:
        return self.folder / "here" / "out"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def clear(self) -> None:
        """Make all folders anew; the cache stays, and has the models of this machine."""
        for folder in (self.here, self.data, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        self.out.mkdir()
        models = self.cache / "formcheck"
        models.mkdir(parents=True, exist_ok=True)
        for file in cache_folder().glob("pose_landmarker_full.task*"):
            if not (models / file.name).exists():
                shutil.copy(file, models)

    def answered(self) -> None:
        """Answer the safety questions with no."""
        answers = {"questionnaire": safety.questionnaire().version, "on": "2026-01-05", "yes": []}
        (self.data / "safety.json").write_text(json.dumps(answers), encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        lacking = {name: value for name, value in os.environ.items() if name not in ("FORMCHECK_MODEL", "DISPLAY")}
        return {
            **lacking,
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.cache),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.data),
            "FORMCHECK_DATA": str(self.data),
            "TMPDIR": str(self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join([str(REPO), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "COLUMNS": "200",
            **self.extra,
        }

    def files(self) -> dict[Path, str]:
        """Return what lies in the folder that programs run in, with the names of its content."""
        return {path: digest(path) for path in self.here.rglob("*") if path.is_file() and not path.is_symlink()}

    def run(
        self,
        words: Sequence[str],
        *,
        program: Sequence[str] = FORMCHECK,
        limit_s: float = SPARE_S,
        watch: Callable[["Running"], object] = lambda _running: None,
    ) -> Ran:
        """Run a program to its end, or for `limit_s` seconds. `watch` looks at it again and again."""
        out_path, err_path = self.folder / "stdout", self.folder / "stderr"
        with out_path.open("wb") as out, err_path.open("wb") as err:
            running = Running(self._start([*program, *words], out, err))
            ended = running.wait(limit_s, watch)
        usage, code = ended
        return Ran(
            code=code,
            out=out_path.read_text(encoding="utf-8", errors="replace"),
            err=err_path.read_text(encoding="utf-8", errors="replace"),
            spent_s=running.spent_s,
            most_mb=usage,
            hung=running.hung,
        )

    def _start(self, words: Sequence[str], out: IO[bytes], err: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            words,
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )

    def hidden(self) -> list[str]:
        """Return files that were to be moved to their places, and what lies in the folder for temporary files."""
        begun = [path for path in self.folder.rglob(".*") if path.is_file() and self.temporary not in path.parents]
        return [str(path.relative_to(self.folder)) for path in (*begun, *self.temporary.iterdir())]


class Running:
    """A program that runs."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.hung = False
        self.spent_s = 0.0
        self._began_s = time.monotonic()

    @property
    def now_s(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began_s

    def signal(self, number: int, *, group: bool = False) -> None:
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.process.pid, number)

    def wait(self, limit_s: float, watch: Callable[["Running"], object]) -> tuple[float, int]:
        """Return the memory (MB) of its largest process, and how it ended."""
        while True:
            pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if pid:
                break
            if self.now_s > limit_s:
                self.hung = True
                self.signal(signal.SIGKILL, group=True)
            watch(self)
            time.sleep(_POLL_S)
        self.spent_s = self.now_s
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.signal(signal.SIGKILL, group=True)  # whoever is left of it
        return usage.ru_maxrss / 1000, self.process.returncode


def faults_of(ran: Ran, *, codes: Sequence[int] = _CODES, said: str = "formcheck: ") -> Iterator[str]:
    """Yield what is wrong with how a program ended: whatever it was given, it ends in time, with a result or a sentence."""
    if ran.hung:
        yield f"did not end within {ran.spent_s:.0f} s"
    elif "Traceback (most recent call last)" in ran.err + ran.out:
        yield f"a traceback: {(ran.err.strip().splitlines() or ['?'])[-1][:120]}"
    elif ran.code not in codes:
        yield f"ended with {ran.code}: {(ran.err.strip().splitlines() or ['?'])[-1][:120]}"
    elif ran.code and said not in ran.err:
        yield f"ended with {ran.code} and no sentence"
    if ran.most_mb > MOST_MB:
        yield f"took {ran.most_mb:.0f} MB"


def whole(path: Path) -> str:
    """Return what is not whole about a file that stands under its final name; empty where it is as it should be."""
    try:
        if check := _CHECKS.get(path.suffix):
            check(path)
    except Exception as error:
        return f"{path.name} is not whole ({type(error).__name__}: {str(error)[:80]})"
    return ""


def _check_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n"), "the last line is cut off"
    for line in text.splitlines():
        json.loads(line)


def _check_table(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n"), "the last line is cut off"
    counts = {line.count(",") for line in text.splitlines() if not line.startswith("#")}
    assert len(counts) <= 1, "rows are of different lengths"


def _check_film(path: Path) -> None:
    import av

    with av.open(str(path)) as film:
        assert sum(1 for _ in film.decode(video=0)) > 0, "there are no pictures"


def _check_page(path: Path) -> None:
    assert path.read_text(encoding="utf-8").rstrip().endswith("</html>"), "the page is cut off"


def _check_toml(path: Path) -> None:
    import tomllib

    tomllib.loads(path.read_text(encoding="utf-8"))


_CHECKS: dict[str, Callable[[Path], Any]] = {
    ".json": lambda path: json.loads(path.read_text(encoding="utf-8")),
    ".jsonl": _check_lines,
    ".csv": _check_table,
    ".mp4": _check_film,
    ".html": _check_page,
    ".toml": _check_toml,
}
