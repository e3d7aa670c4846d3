"""Sessions that go on for long, before a clip that is played again and again: memory, clock and history."""

import json
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.support.clips import SAMPLES
from tests.support.streamed import streamed
from tests.trust.box import SPARE_S, Box, Running, faults_of
from tests.trust.rows import Case, Part

PART = Part(
    name="hours",
    claim="In a session of any length memory stays what it is, the clock is the stream's, and the history has what was held.",
    how="`live` before a sample that is streamed in a loop, in real time: of ten minutes first, then of half an hour, an hour, "
    "two. Memory from one end to the other, holds that come again at the clip's length, and seconds in the history.",
)

MINUTES = (10, 30, 60, 120)
"""How long the session of each case is."""

GROWTH = 0.05
"""Memory may differ by this share between the second tenth of a session and its last."""
CLOCK_S = 0.05
"""A hold's beginning drifts by no more than this (seconds) against the clip's, over the whole session."""

_STREAM = SAMPLES / "kneeling_hip_flexor.mp4"
_EVERY_S = 5.0


def case_of(number: int, seed: int, box: Box) -> Case:
    """Hold one session. The seed changes nothing: there is no chance in it."""
    minutes = MINUTES[number % len(MINUTES)]
    box.clear()
    box.answered()
    memory: list[float] = []
    sent: list[bool] = []
    with streamed(_STREAM, loop=True) as stream:
        status = stream.status()
        period_s = status["clip_s"] * status["frames"] / (status["frames"] - 1)

        def watch(running: Running) -> None:
            if running.now_s > len(memory) * _EVERY_S:
                memory.append(_memory_mb(running.process.pid))
            if running.now_s > 60 * minutes and not sent:
                sent.append(True)  # once: a second one would hurry it, and what takes longer than a second would be given up
                running.signal(signal.SIGINT)

        words = ("live", "--no-window", "--mute", "--json", "out/live.json", "--camera", stream.url)
        ran = box.run(words, limit_s=60 * minutes + SPARE_S, watch=watch)
    faults = [*faults_of(ran, codes=(130,), said="")]  # who ends a session is told what it came to, and no fault
    told = _wrong(box, memory, period_s) if (box.out / "live.json").is_file() else ["no document was written"]
    wrong = "; ".join([*faults, *told])
    return Case(what=f"live, {minutes} minutes", name=f"{number}", wrong=wrong, spent_s=ran.spent_s)


def _wrong(box: Box, memory: list[float], period_s: float) -> Iterator[str]:
    tenth = max(1, len(memory) // 10)
    before, after = median(memory[tenth : 2 * tenth] or [0.0]), median(memory[-tenth:])
    if after > before * (1 + GROWTH):
        yield f"memory grew from {before:.0f} to {after:.0f} MB"
    found = json.loads((box.out / "live.json").read_text(encoding="utf-8"))
    starts = [hold["start_s"] for hold in found["holds"]]
    firsts = [start_s for before_s, start_s in pairwise([-period_s, *starts]) if start_s - before_s > period_s / 3]
    drifts = [(start_s - firsts[0]) - round((start_s - firsts[0]) / period_s) * period_s for start_s in firsts]
    tenth = max(1, len(drifts) // 10)
    if abs(median(drifts[-tenth:]) - median(drifts[:tenth])) > CLOCK_S:
        yield f"the clock drifted by {median(drifts[-tenth:]) - median(drifts[:tenth]):.3f} s"
    held_s = sum(hold["held_s"] for hold in found["holds"])
    with closing(sqlite3.connect(box.data / "history.db")) as history:
        (stored_s,) = history.execute("select sum(held_s) from stretches").fetchone()
    if abs(held_s - stored_s) > 0.01 * len(starts) + 0.01:
        yield f"{held_s:.1f} s were held, and the history has {stored_s:.1f}"


def _memory_mb(pid: int) -> float:
    """What a process and its children have in memory."""
    total = 0.0
    with suppress(OSError, StopIteration):
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        total += int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1000
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            total += sum(_memory_mb(int(child)) for child in task.read_text(encoding="utf-8").split())
    return total
