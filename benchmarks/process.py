"""One thing measured is one process: how long it took, the CPU time of it and its workers, the memory of each. Linux only."""

import os
import platform
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.clips import REPO

_EVERY_S = 0.2
"""How often memory is looked at. The system itself keeps the peak of each process, so little is missed."""

PYTHON = (sys.executable,)
FORMCHECK = (sys.executable, "-m", "formcheck")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """`cpu_s` has all its workers in it. Peaks are resident memory: of the process, of its largest worker, of all at once."""

    out: str
    began_s: float  # on the clock of time.monotonic, which all processes share
    spent_s: float
    cpu_s: float
    main_mb: float
    worker_mb: float
    together_mb: float


def run(words: Sequence[str], *, cores: int | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run a program to its end, on so many cores or on all of them. Ends this one where that one fails."""
    some = sorted(os.sched_getaffinity(0))[:cores]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began_s = time.monotonic()
    with subprocess.Popen(
        words,
        cwd=REPO,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, some),  # noqa: PLW1509 (no other thread holds a lock here)
    ) as child:
        memory = _Memory(child.pid)
        memory.start()
        out, said = child.communicate()
        spent_s = time.monotonic() - began_s
        memory.end.set()
        memory.join()
    if child.returncode:
        sys.exit(f"{' '.join(words)} ended with {child.returncode}:\n{said}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Ran(
        out=out,
        began_s=began_s,
        spent_s=spent_s,
        cpu_s=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        main_mb=memory.peaks_mb.get(child.pid, 0.0),
        worker_mb=max((peak for pid, peak in memory.peaks_mb.items() if pid != child.pid), default=0.0),
        together_mb=memory.together_mb,
    )


class _Memory(threading.Thread):
    """Watches a process and all that it started."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.end = threading.Event()
        self.peaks_mb: dict[int, float] = {}
        self.together_mb = 0.0
        self._pid = pid

    def run(self) -> None:
        while not self.end.wait(_EVERY_S):
            now_mb = 0.0
            for pid in family(self._pid):
                with suppress(OSError, KeyError):  # ended meanwhile
                    status = _status(pid)
                    self.peaks_mb[pid] = max(status["VmHWM"], self.peaks_mb.get(pid, 0.0))
                    now_mb += status["VmRSS"]
            self.together_mb = max(self.together_mb, now_mb)


def family(pid: int) -> Iterator[int]:
    """Yield a process and those it started, and theirs."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def _status(pid: int) -> dict[str, float]:
    """Return what the system tells of a process's memory, in MB (10^6 bytes)."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    fields = (line.split() for line in lines if line.startswith("Vm"))
    return {name.rstrip(":"): int(size) * 1024 / 1e6 for name, size, _ in fields}


def machine() -> str:
    """Return what this runs on, in words."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in info if line.startswith("model name")), platform.processor())
    return f"{model}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"
