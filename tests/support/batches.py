"""Work for many clips that other processes can be given, and which leaves a trace of every time it was done."""

import os
import signal
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TypeVar

from formcheck.analysis.scoring.document import ClipEntry, Document, EngineEntry
from formcheck.core.errors import SourceError
from formcheck.core.values import Verdict
from formcheck.pipeline.batch.run import JobResult, ScoreJob, Settings, score_job
from formcheck.system.processes import never_stop
from formcheck.vision.engines import mediapipe_model
from tests.support.specs import KNEELING

Item = TypeVar("Item")
Found = TypeVar("Found")

LOG = "FORMCHECK_TEST_LOG"
"""Names the file that every scoring adds a line to: the process and the clip."""


def settings(model: Path, digest: str = "model") -> Settings:
    return Settings(specs=(KNEELING,), side=None, fit=None, model=mediapipe_model(model), digest=digest)


def document(path: str = "", duration_s: float = 1.0) -> Document:
    return Document(
        formcheck_version="1",
        clip=ClipEntry(path=path, duration_s=duration_s, fps=10, width=64, height=48),
        engine=EngineEntry(name="none", version="1", model="none"),
        pose=None,
        verdict=Verdict.NONE,
        borderline=[],
        nearest=None,
        score=None,
        band=None,
        causes=[],
        seen_s=0.1 + 0.2,
        in_form_s=0,
        holds=[],
        sides={},
        faults=[],
        unseen=[],
    )


def noted(job: ScoreJob) -> None:
    with Path(os.environ[LOG]).open("a") as log:
        log.write(f"{os.getpid()} {job.clip.name}\n")


def told(job: ScoreJob) -> JobResult:
    """Tell of a clip by its text: `fails`, `breaks`, `kills` or `kills once`; else how long it takes, in seconds."""
    noted(job)
    text = job.clip.read_text()
    if text.startswith("fails"):
        raise SourceError(f"{job.clip}: is not good.")
    if text.startswith("breaks"):
        raise ZeroDivisionError("nothing")
    if text.startswith("kills"):
        again = job.clip.with_suffix(".once")
        if "once" not in text or not again.exists():
            again.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    else:
        time.sleep(float(text.split()[0]))
    return JobResult(document=document(duration_s=float(len(text))).model_dump_json())


def scored(job: ScoreJob) -> JobResult:
    """The real thing, noted."""
    noted(job)
    return score_job(job)


def log_lines() -> list[list[str]]:
    log = Path(os.environ[LOG])
    return [line.split() for line in log.read_text().splitlines()] if log.exists() else []


class Inline:
    """A `Runner` in this process, which finishes things in the order that it is given."""

    def __init__(self, order: Callable[[int], Sequence[int]] = range) -> None:
        self._order = order

    def __call__(
        self, work: Callable[[Item], Found], items: Sequence[Item], stop: Callable[[], bool] = never_stop
    ) -> Generator[tuple[int, Found | Exception]]:
        for i in self._order(len(items)):
            if stop():
                return
            try:
                yield i, work(items[i])
            except Exception as error:
                yield i, error
