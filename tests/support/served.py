"""`formcheck app` in a process of its own, for as long as a `with` block lasts."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from formcheck.web.server import listening_socket


@dataclass
class Served:
    """A server that runs, and what it printed as its address."""

    process: "subprocess.Popen[str]"
    address: str

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]

    @property
    def port(self) -> str:
        return self.base.rpartition(":")[2]


def _free_port() -> str:
    """Return a port that nobody listens at, and that no `formcheck app` beside it takes by itself."""
    with closing(listening_socket(0)) as listening:
        return str(listening.getsockname()[1])


@contextmanager
def served(model: Path, data: Path, port: str | None = None) -> Iterator[Served]:
    """Run a server at `port`, without one at a port of its own: one that is started again at it finds it free."""
    words = ["app", "--no-open", "--model", str(model), "--port", port if port is not None else _free_port()]
    process = subprocess.Popen(
        [sys.executable, "-m", "formcheck", *words],
        env={**os.environ, "FORMCHECK_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("formcheck is at http://127.0.0.1:"), line
        yield Served(process, line.split()[-1])
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


OFTEN_MS = 300.0
"""On a machine that has time for it no two judged pictures lie further apart."""


def late_s(gaps_ms: Iterable[float]) -> float:
    """Return what a busy machine did not judge, in seconds, of the times between judged pictures."""
    return sum(gap for gap in gaps_ms if gap > OFTEN_MS) / 1000
