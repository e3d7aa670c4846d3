"""How fast and how light `formcheck live` is: a clip plays as a 720p camera before the real program in a real window.

    python -m benchmarks.live --seconds 60
    python -m benchmarks.live --seconds 60 --held

Run by hand, on Linux with Xvfb, on a machine that does nothing else. For memory over a whole session: `--seconds 1800`.
Delays count from the arrival of a picture at this machine. What is outside the engine is the CPU time of our own threads,
without the time they spend in the engine's calls (which copy the picture, too). Nothing of ours runs in a library's threads but
the window system's queue of events, two hundredths of a millisecond. The parts: receiving and decoding a picture; turning it
into RGB; judging what the engine saw, and telling it; painting the window's picture; handing that to the window system and
asking for keys; and the rest, such as the loop of the window, history and voice.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.process import machine
from formcheck import cli
from formcheck.core.interfaces import Frame
from formcheck.pipeline.live import session as run
from formcheck.pipeline.live.worker import LatencyStats, Worker
from formcheck.ui.opencv import live_window as window
from formcheck.ui.opencv.live_window import Window, render_window
from formcheck.vision.camera.camera import Camera, Feed
from formcheck.vision.engines.mediapipe import landmarker as blazepose
from formcheck.vision.video.file import FrameConverter
from tests.support.clips import REPO, SAMPLES, frames_of
from tests.support.desktop import desktop
from tests.support.media import record
from tests.support.streamed import streamed

CLIP = SAMPLES / "kneeling_hip_flexor.mp4"
HEIGHT = 720
HELD_S = (4.0, 9.5)
"""A part of the clip in which the stretch is held: forth and back it is a hold without an end, of somebody who breathes."""
WARM_S = 10.0
"""The first seconds are left out: the engine loads, and every word is drawn for the first time."""
ROWS = 10
"""Lines in which memory is told over time."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--held", action="store_true", help="a stretch is held all the time")
    asked = parser.parse_args()
    told = measured(asked.seconds, held=asked.held)
    what = f"{CLIP.name}, held" if asked.held else CLIP.name
    print(f"{machine()}, clip {what}, at {HEIGHT} lines and 30 pictures/s, {told['seconds']:.0f} s")
    print(f"CPU                  {told['share']:.1%} of one core, the whole process")
    print(f"capture to display   median {told['display_ms'][0]:.0f} ms, p95 {told['display_ms'][1]:.0f} ms")
    print(f"capture to verdict   median {told['verdict_ms'][0]:.0f} ms, p95 {told['verdict_ms'][1]:.0f} ms")
    print(f"first verdict        {told['first_verdict_s']:.1f} s after the first picture")
    print(f"rates                {told['shown_hz']:.1f} pictures shown/s, {told['verdicts_hz']:.1f} verdicts/s")
    print(f"CPU outside engine   {told['own_ms']:.1f} ms a picture shown; engine and all {told['all_ms']:.0f} ms")
    print("of that              " + ", ".join(f"{part} {ms:.1f}" for part, ms in told["parts_ms"].items()))
    print("memory               " + ", ".join(f"{at_s:.0f} s {mb:.0f} MB" for at_s, mb in told["memory_mb"]))


def measured(seconds: float, *, held: bool = False) -> dict[str, Any]:
    """Run a session for so long after it has warmed up, and return what was measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = _held(folder / "held.mkv") if held else CLIP
        with streamed(clip, height=HEIGHT, loop=True) as stream, desktop(folder) as desk:
            session = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.live", "inside", str(folder / "told.json"), "live", "--camera", stream.url],
                cwd=REPO,
                env={**os.environ, "DISPLAY": desk.display, "FORMCHECK_DATA": str(folder / "data")},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            memory = _watch(session, WARM_S + seconds)
            session.send_signal(signal.SIGTERM)
            session.wait(60)
        return {**json.loads((folder / "told.json").read_text()), "memory_mb": memory}


def _held(path: Path) -> Path:
    first_s, last_s = HELD_S
    pictures = [image for image, at_s in frames_of(CLIP) if first_s <= at_s <= last_s]
    return record(path, [*pictures, *pictures[-2:0:-1]], fps=30, codec="ffv1")


def _watch(session: "subprocess.Popen[bytes]", seconds: float) -> list[tuple[float, float]]:
    """Return the resident memory of the session (MB) from time to time."""
    begin_s = time.monotonic()
    found = []
    for row in range(ROWS + 1):
        time.sleep(max(0.0, begin_s + WARM_S + row * (seconds - WARM_S) / ROWS - time.monotonic()))
        status = Path(f"/proc/{session.pid}/status").read_text(encoding="utf-8")
        resident_kb = next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]
        found.append((time.monotonic() - begin_s, int(resident_kb) / 1000))
    return found


def inside(goal: Path) -> None:
    """Run the program with a stop-watch at its seams, and write what it showed to `goal`."""
    display_s: list[float] = []
    verdict_s: list[float] = []
    first_verdict_s: list[float] = []
    shown_s: list[float] = []
    arrived: deque[tuple[int, float]] = deque(maxlen=8)
    spent: dict[str, float] = defaultdict(float)
    begin: dict[str, float] = {}
    cameras: list[Camera] = []

    class TimedFeed(Feed):
        def next(self, timeout_s: float, *, sparing: bool = False) -> Frame | None:
            frame = super().next(timeout_s, sparing=sparing)
            if frame is not None and threading.current_thread() is threading.main_thread():
                arrived.append((id(frame.image), frame.time_s))
            return frame

    class TimedCamera(Camera):
        def feed(self) -> Feed:
            cameras.append(self)
            return TimedFeed(self._newest)

    class TimedWindow(Window):
        def show(self, image: Any, stage: Any) -> Any:
            keys = super().show(image, stage)
            now_s = cameras[0].now_s()
            if now_s >= WARM_S and not begin:
                begin.update(_cpu(spent), at_s=now_s)
            if begin and arrived and arrived[-1][0] == id(image):
                display_s.append(now_s - arrived.pop()[1])
                shown_s.append(now_s)
            return keys

    class TimedStats(LatencyStats):
        def add(self, delay_s: float) -> None:
            super().add(delay_s)
            if not first_verdict_s:
                first_verdict_s.append(cameras[0].now_s())
            if begin:
                verdict_s.append(delay_s)

    class TimedWorker(Worker):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            self.pace = TimedStats()

        def __exit__(self, *error: Any) -> None:
            end = {**_cpu(spent), "at_s": cameras[0].now_s()}
            super().__exit__(*error)
            passed = {name: end[name] - begin.get(name, 0.0) for name in end}
            told = {
                "seconds": passed["at_s"],
                "first_verdict_s": first_verdict_s[0],
                "display_ms": _percentiles(display_s),
                "verdict_ms": _percentiles(verdict_s),
                "shown_hz": len(shown_s) / passed["at_s"],
                "verdicts_hz": len(verdict_s) / passed["at_s"],
                "share": passed["all"] / passed["at_s"],
                "own_ms": 1000 * passed["own"] / len(shown_s),
                "all_ms": 1000 * passed["all"] / len(shown_s),
                "parts_ms": {part: 1000 * cpu_s / len(shown_s) for part, cpu_s in _parts(passed).items()},
            }
            goal.write_text(json.dumps(told), encoding="utf-8")

    with (
        patch.object(run, "Camera", TimedCamera),
        patch.object(run, "Window", TimedWindow),
        patch.object(run, "Worker", TimedWorker),
        patch.object(blazepose.MediaPipeEngine, "detect", _timed(blazepose.MediaPipeEngine.detect, spent, "engine")),
        patch.object(window, "render_window", _timed(render_window, spent, "canvas")),
        patch.object(Window, "show", _timed(Window.show, spent, "show")),
        patch.object(FrameConverter, "convert", _timed(FrameConverter.convert, spent, "RGB")),
    ):
        cli.main()


def _percentiles(seconds: list[float]) -> list[float]:
    return [float(ms) for ms in np.percentile(1000 * np.array(seconds), (50, 95))]


def _timed(call: Callable[..., Any], spent: dict[str, float], part: str) -> Callable[..., Any]:
    """Let `spent` know the CPU seconds of `call`, by part, and by part and thread."""

    def timed(*args: Any, **kwargs: Any) -> Any:
        before_s = time.thread_time()
        try:
            return call(*args, **kwargs)
        finally:
            used_s = time.thread_time() - before_s
            spent[part] += used_s
            spent[f"{part} in {threading.current_thread().name}"] += used_s

    return timed


def _cpu(spent: dict[str, float]) -> dict[str, float]:
    """CPU seconds so far: of each thread that is ours, of them all without the engine's calls, and of the whole process.

    MediaPipe has a Python thread of its own, the only one that nobody gave a name.
    """
    ours = {
        f"thread {thread.name}": time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
        for thread in threading.enumerate()
        if thread.ident and not thread.name.startswith("ThreadPoolExecutor")
    }
    return {**spent, **ours, "own": sum(ours.values()) - spent["engine"], "all": time.process_time()}


def _parts(passed: dict[str, float]) -> dict[str, float]:
    spent = defaultdict(float, passed)
    parts = {
        "decoding": spent["thread camera"] - spent["RGB in camera"],
        "RGB": spent["RGB"],
        "judging": spent["thread engine"] - spent["engine"] - spent["RGB in engine"],
        "canvas": spent["canvas"],
        "window": spent["show"] - spent["canvas"],
    }
    return {**parts, "rest": spent["own"] - sum(parts.values())}


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        where = Path(sys.argv[2])
        del sys.argv[1:3]
        inside(where)
    else:
        main()
