"""Where the time of scoring goes: the program runs with a stop-watch at its seams.

    python -m benchmarks.inside GOAL.json score CLIP --jobs 1

Seams are MediaPipe's own calls, the source's pictures and their conversion into RGB. MediaPipe works in threads of its own, as
the decoder does, so what is left of our own thread's CPU time is all but inference and decoding.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.process import PYTHON, run
from formcheck import cli
from formcheck.system.native.audio_lib import without_sound
from formcheck.vision.video.file import FrameConverter, VideoFile
from formcheck.vision.video.sparse_reader import SparseReader


class _Watch:
    """Adds up calls, and the seconds in them: by the clock, and of the calling thread's CPU."""

    def __init__(self) -> None:
        self.calls: dict[str, int] = defaultdict(int)
        self.clock_s: dict[str, float] = defaultdict(float)
        self.cpu_s: dict[str, float] = defaultdict(float)
        self.first_s: dict[str, float] = {}
        """When the first call ended, on the clock that all processes share."""

    def around(self, call: Callable[..., Any], part: str) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            clock_s, cpu_s = time.monotonic(), time.thread_time()
            try:
                return call(*args, **kwargs)
            finally:
                now_s = time.monotonic()
                self.calls[part] += 1
                self.clock_s[part] += now_s - clock_s
                self.cpu_s[part] += time.thread_time() - cpu_s
                self.first_s.setdefault(part, now_s)

        return timed


def measured(clip: Path, *, jobs: int) -> dict[str, Any]:
    """Return where the time of scoring a clip goes."""
    with tempfile.TemporaryDirectory() as folder:
        goal = Path(folder) / "told.json"
        run([*PYTHON, "-m", "benchmarks.inside", str(goal), "score", str(clip), "--jobs", str(jobs)])
        told: dict[str, Any] = json.loads(goal.read_text(encoding="utf-8"))
    return told


def inside(goal: Path) -> None:
    """Run the command line's words, and write what was measured to `goal`."""
    with without_sound():
        from mediapipe.tasks.python.vision import PoseLandmarker  # noqa: PLC0415 (without its sound)

    watch = _Watch()
    begin: dict[str, float] = {}

    def source(pictures: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        following = watch.around(lambda some: next(some, None), "source")

        def timed(*args: Any) -> Iterator[Any]:
            if not begin:
                begin.update(cpu_s=time.process_time(), own_s=time.thread_time(), clock_s=time.monotonic())
            some = pictures(*args)
            while (picture := following(some)) is not None:
                yield picture

        return timed

    with (
        patch.object(PoseLandmarker, "detect", watch.around(PoseLandmarker.detect, "inference")),
        patch.object(PoseLandmarker, "detect_for_video", watch.around(PoseLandmarker.detect_for_video, "inference")),
        patch.object(FrameConverter, "convert", watch.around(FrameConverter.convert, "RGB")),
        patch.object(VideoFile, "frames", source(VideoFile.frames)),
        patch.object(SparseReader, "sparse_frames", source(SparseReader.sparse_frames)),
    ):
        try:
            cli.main()
        finally:
            end = {"cpu_s": time.process_time(), "own_s": time.thread_time(), "clock_s": time.monotonic()}
            passed = {name: end[name] - begin[name] for name in begin}
            own_s = passed["own_s"] - watch.cpu_s["inference"] - watch.cpu_s["source"]
            told = {
                "clock_s": passed["clock_s"],
                "cpu_s": passed["cpu_s"],
                "own_s": own_s,
                "rgb_s": watch.cpu_s["RGB"],
                "decoding_wait_s": watch.clock_s["source"] - watch.clock_s["RGB"],
                "inference_s": watch.clock_s["inference"],
                "inferences": watch.calls["inference"],
                "first_verdict_at_s": watch.first_s["inference"],
            }
            goal.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    where = Path(sys.argv[1])
    del sys.argv[1]
    inside(where)
