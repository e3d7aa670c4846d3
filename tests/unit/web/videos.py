"""The clips of a page without an engine: who would look at them waits until it is told to."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import httpx

from formcheck.pipeline.batch.run import JobResult, ScoreJob
from formcheck.pipeline.batch.two import CompareJob
from formcheck.system.processes import Answers, Runner, Stop, never_stop
from formcheck.vision.engines import mediapipe_model
from formcheck.web.app import App
from formcheck.web.guard import Guard
from formcheck.web.routes.video import UPLOADS
from formcheck.web.routes.video.checks import VideoChecks
from tests.support.batches import document

PORT, TOKEN = 8129, "t" * 43
HERE = f"http://127.0.0.1:{PORT}"
MINE = {"cookie": f"formcheck_{PORT}={TOKEN}", "origin": HERE}
MOST_BYTES = 200_000
"""So much a test may send."""

T = TypeVar("T")


def until(fulfilled: Callable[[], bool], within_s: float = 10.0) -> None:
    end_s = time.monotonic() + within_s
    while not fulfilled():
        assert time.monotonic() < end_s
        time.sleep(0.01)


@dataclass
class Videos:
    """The server's part, and who scores in its place: each job is done once `go` is set."""

    folder: Path
    go: Event = field(default_factory=Event)
    busy: bool = False
    begun: list[str] = field(default_factory=list)
    runner: Callable[[Callable[[int, float], None]], Runner] | None = None

    def __post_init__(self) -> None:
        model = self.folder / "model"
        model.write_bytes(b"model")
        self.files = self.folder / "files"
        self.files.mkdir()
        self.checks = VideoChecks(mediapipe_model(model), self.files, lambda: self.busy, self.runner or self._runner)
        app = App(model=mediapipe_model(model), quit=lambda: None, folder=self.files)
        app.videos = self.checks
        self.guarded = Guard(app.routes(), port=PORT, token=TOKEN, most_bytes={UPLOADS: MOST_BYTES})

    def _runner(self, heard: Callable[[int, float], None]) -> Runner:
        def run(work: Callable[[Any], Any], items: Sequence[Any], stop: Stop = never_stop) -> Answers[Any]:
            (job,) = items
            if isinstance(job, CompareJob):
                files: Mapping[str, Path] = {"comparison": job.page}
                self.begun.append(" against ".join(one.clip.name for one in job.clips))
            else:
                assert isinstance(job, ScoreJob)
                (files,) = job.files.values()
                self.begun.append(f"{job.clip.name} {' '.join(files)}")
            heard(0, 0.5)
            while not self.go.is_set():
                if stop():
                    return
                time.sleep(0.005)
            for output, file in files.items():
                file.parent.mkdir(exist_ok=True)  # as score_job does
                file.write_text(output)
            scored = JobResult(document=document().model_dump_json(), notes=("A note.",))
            yield 0, scored if isinstance(job, ScoreJob) else None

        return run

    def ask(self, asking: Callable[[httpx.AsyncClient], Coroutine[Any, Any, T]], headers: dict[str, str] = MINE) -> T:
        async def asked() -> T:
            transport = httpx.ASGITransport(self.guarded)
            async with httpx.AsyncClient(transport=transport, base_url=HERE, headers=headers) as client:
                return await asking(client)

        return asyncio.run(asked())

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.ask(lambda client: client.request(method, path, **options))

    def upload(self, name: str = "clip.mp4", content: Any = b"clip", **options: Any) -> httpx.Response:
        return self.request("PUT", UPLOADS, params={"name": name}, content=content, **options)

    def rows(self) -> list[dict[str, Any]]:
        return list(self.request("GET", "/api/videos").json()["checks"])

    def states(self) -> list[str]:
        return [check.score.state.value for check in self.checks.listed()]


async def pieces(count: int, size: int = 4096) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"0" * size
