"""How fast and how light `formcheck app` is: a clip plays as the camera of the page in Chromium, on the same machine.

    python -m benchmarks.app --seconds 60

Run by hand, on Linux with Chromium, on a machine that does nothing else. For memory over a whole session: `--seconds 1800`.
A verdict is late by the time from the picture's capture, as the browser tells it, to the frame of the page that is drawn after
the verdict is in it. Memory is what the server, and all processes of the browser, have for themselves (unique set size).
"""

import argparse
import os
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.process import machine
from tests.support.app_page import page_of, pictures_of, written
from tests.support.browser import browser
from tests.support.clips import SAMPLES
from tests.support.processes import family, seeing
from tests.support.served import served

CLIP = SAMPLES / "kneeling_hip_flexor.mp4"
WARM_S = 10.0
"""The first seconds are left out: the engine loads, and every module of the page is read for the first time."""
ROWS = 10
"""Lines in which memory is told over time."""

ROUTINE = """format = 1
title = "Ten times ten minutes"
rest_s = 0

[[steps]]
pose = "kneeling_hip_flexor"
sides = ["right"]
hold_s = 600
repetitions = 10
"""

WATCH = """() => {
  const session = document.querySelector("main.session");
  window.delays = [];
  new MutationObserver(() => {
    const taken = Number(session.dataset.taken);
    if (taken) requestAnimationFrame(() => window.delays.push(performance.now() - taken));
  }).observe(session, { attributeFilter: ["data-taken"] });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    told = measured(seconds)
    print(f"{machine()}, clip {CLIP.name} at 30 pictures/s, page of 1366x768, {seconds:.0f} s")
    print(f"capture to verdict drawn   median {told['delay_ms'][0]:.0f} ms, p95 {told['delay_ms'][1]:.0f} ms")
    print(f"rate                       {told['verdicts_hz']:.1f} verdicts/s")
    print(f"CPU of the server          {told['cpu_share']:.0f} % of a core")
    for name in ("server", "browser"):
        print(f"memory of the {name:<12} " + ", ".join(f"{at_s:.0f} s {mb:.0f} MB" for at_s, mb in told[name]))


def measured(seconds: float) -> dict[str, Any]:
    """Run a session for so long after it has warmed up, and return what was measured."""
    model = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "formcheck" / "pose_landmarker_full.task"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "routines").mkdir()
        (folder / "routines" / "long.toml").write_text(ROUTINE, encoding="utf-8")
        film = written(pictures_of(CLIP), folder / "camera.mjpeg")
        with served(model, folder) as server, browser(film) as chromium, page_of(server, chromium) as seen:
            seen.begin("long")
            seen.page.evaluate(WATCH)
            seen.page.wait_for_timeout(1000 * WARM_S)
            seen.page.evaluate("window.delays = []")
            roots = {"server": server.process.pid, "browser": seeing(film)}
            memory: dict[str, list[tuple[float, float]]] = {one: [] for one in roots}
            begun_s, begun_cpu_s = time.monotonic(), _cpu_s(server.process.pid)
            for row in range(ROWS + 1):
                seen.page.wait_for_timeout(1000 * max(0.0, begun_s + row * seconds / ROWS - time.monotonic()))
                for one, root in roots.items():
                    memory[one].append((time.monotonic() - begun_s, sum(map(_own_mb, family(root)))))
            spent_s = time.monotonic() - begun_s
            delays = np.array(seen.page.evaluate("window.delays"))
            cpu_s = _cpu_s(server.process.pid) - begun_cpu_s
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(20)
    return {
        "delay_ms": np.percentile(delays, (50, 95)),
        "verdicts_hz": len(delays) / spent_s,
        "cpu_share": 100 * cpu_s / spent_s,
        **memory,
    }


def _own_mb(process: int) -> float:
    """Return the memory that a process shares with no other (MB)."""
    rows = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith("Private_")) / 1000


def _cpu_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
