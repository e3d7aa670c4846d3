"""Programs that are ended at random moments: nothing is half-written under its final name, and the next start is clean."""

import json
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.support.clips import SAMPLES
from tests.support.streamed import streamed
from tests.trust.box import FORMCHECK, SPARE_S, Box, Ran, Running, whole
from tests.trust.rows import Case, Part

PART = Part(
    name="kills",
    claim="Ended at any moment, nothing is half-written under its final name, at most a second of hold is lost, and the next "
    "start is clean.",
    how="SIGINT, SIGTERM, SIGHUP and SIGKILL at random moments; every file that is there is then read to its end, what `live` "
    "had counted is compared with the history, and every fifth time a command runs after it to its end. While the interpreter "
    "starts, before the program's first line, a signal ends it as the system does.",
)

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
MOST_LOST_S = 1.0
_STREAM = SAMPLES / "kneeling_hip_flexor.mp4"
_WATCHED = (sys.executable, "-m", "tests.support.watched", "watched")
_CLEAN = {signal.SIGINT: (130, 0), signal.SIGTERM: (143, 0), signal.SIGHUP: (129, 0), signal.SIGKILL: (-9, 0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """A command that is ended: within `lasts_s` of its start. `again`: what runs to its end afterwards."""

    name: str
    words: tuple[str, ...]
    lasts_s: float
    program: tuple[str, ...] = FORMCHECK
    camera: bool = False
    screen: bool = False
    again: tuple[str, ...] = field(default=())


COMMANDS = (
    Killed(
        name="score, one clip",
        words=("score", "clip.mp4", "--json", "out/r.json", "--annotate", "out/d.mp4", "--measures", "out/m.csv"),
        lasts_s=7.0,
    ),
    Killed(
        name="live",
        words=("live", "kneeling_hip_flexor", "--no-window", "--mute", "--json", "out/live.json", "--record", "out/live.mp4"),
        lasts_s=16.0,
        program=_WATCHED,
        camera=True,
        again=("history",),
    ),
    Killed(
        name="score, a folder",
        words=("score", "clips", "--json", "out/all.jsonl", "--measures", "out/tables", "--jobs", "2"),
        lasts_s=9.0,
        again=("score", "clips", "--json", "out/all.jsonl", "--measures", "out/tables", "--jobs", "2", "--resume"),
    ),
    Killed(
        name="record, filming",
        words=("record", "kneeling_hip_flexor", "--person", "p12", "--side", "right", "--yaw", "0", "--out", "out"),
        lasts_s=9.0,
        camera=True,
        screen=True,
        again=("poses",),
    ),
    Killed(
        name="tune",
        words=("tune", "labelled", "--part", "all", "--report", "out/t.html", "--out", "out/kneeling_hip_flexor.toml"),
        lasts_s=20.0,
    ),
    Killed(
        name="new",
        words=("new", "mine", "clip.mp4", "--out", "out/mine.toml"),
        lasts_s=7.0,
    ),
)


def case_of(number: int, seed: int, box: Box) -> Case:
    """Try one command and one signal."""
    random = Random(f"kills {seed} {number}")
    command = COMMANDS[number % len(COMMANDS)]
    killed = SIGNALS[number // len(COMMANDS) % len(SIGNALS)]
    moment_s = random.uniform(0.1, command.lasts_s)
    box.clear()
    shutil.rmtree(box.cache / "formcheck" / "sightings", ignore_errors=True)
    _prepare(box, command)
    with ExitStack() as stack:
        words, extra = list(command.words), {}
        if command.screen:
            from tests.support.desktop import desktop

            extra["DISPLAY"] = stack.enter_context(desktop(box.folder)).display
        if command.camera:
            words += ["--camera", stack.enter_context(streamed(_STREAM, height=360, loop=True)).url]
        inside = Box(box.folder, extra)
        log = _log(box) if command.program is _WATCHED else None
        sent = _Signal(number=killed, moment_s=moment_s, group=random.random() < 0.5, log=log)
        ran = inside.run(words, program=command.program, limit_s=moment_s + SPARE_S, watch=sent.watch)
        wrong = [*_faults(inside, command, killed, ran)]
        if sent.early and ran.code in (-killed, 128 + killed, 1):
            wrong = [*filter(None, map(whole, _final(inside)))]
        if number // len(COMMANDS) % 5 == 0 and not wrong:
            wrong += _next_start(inside, command)
    name = f"{number}, {signal.Signals(killed).name} after {moment_s:.1f} s"
    return Case(what=command.name, name=name, wrong="; ".join(wrong), spent_s=max(0.0, ran.spent_s - moment_s))


@dataclass(slots=True)
class _Signal:
    """Sends a signal, once, when it is time. `early`: the interpreter had not come to the program's first line yet."""

    number: int
    moment_s: float
    group: bool
    log: Path | None
    sent: bool = False
    early: bool = False

    def watch(self, running: Running) -> None:
        if running.now_s < self.moment_s or self.sent:
            return
        self.early = not self._begun(running)
        self.sent = True
        running.signal(self.number, group=self.group)

    def _begun(self, running: Running) -> bool:
        if self.log is not None:
            return self.log.exists()
        status = Path(f"/proc/{running.process.pid}/status").read_text(encoding="ascii")
        # Taken from the first line on, and ignored at the very end.
        taken = sum(int(status.partition(name)[2].split()[0], 16) for name in ("SigCgt:", "SigIgn:"))
        return bool(taken & 1 << (signal.SIGTERM - 1))


def _prepare(box: Box, command: Killed) -> None:
    box.answered()
    (box.here / "watched").mkdir()
    (box.here / "clip.mp4").write_bytes(_clip())
    for folder, samples in (
        ("clips", ("kneeling_short_hold_p8", "kneeling_p2_arch_head")),
        ("labelled", ("kneeling_short_hold_p8", "kneeling_p2_arch_head")),
    ):
        if folder not in command.words:
            continue
        (box.here / folder).mkdir()
        for sample in samples:
            for file in SAMPLES.glob(f"{sample}.*"):
                shutil.copy(file, box.here / folder)


def _clip() -> bytes:
    return (SAMPLES / "kneeling_short_hold_p8.mp4").read_bytes()


def _faults(box: Box, command: Killed, killed: int, ran: Ran) -> Iterator[str]:
    if ran.hung:
        yield f"did not end within {SPARE_S:.0f} s of the signal"
    if "Traceback (most recent call last)" in ran.err + ran.out:
        yield f"a traceback: {ran.err.strip().splitlines()[-1][:120]}"
    elif not ran.hung and ran.code not in _CLEAN[signal.Signals(killed)]:
        yield f"ended with {ran.code}: {(ran.err.strip().splitlines() or ['?'])[-1][:120]}"
    yield from filter(None, map(whole, _final(box)))
    if killed != signal.SIGKILL:
        yield from (f"{left} was left behind" for left in box.hidden())
    if command.program is _WATCHED:
        lost_s = _counted_s(box) - _kept_s(box)
        if lost_s > MOST_LOST_S:
            yield f"{lost_s:.1f} s of hold are lost"


def _final(box: Box) -> Iterator[Path]:
    """Yield what stands under a final name: neither hidden, nor a journal or draft that says so itself."""
    for path in sorted(box.out.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(box.out).parts)
        if path.is_file() and not hidden and path.suffix not in (".unfinished", ".draft"):
            yield path


def _counted_s(box: Box) -> float:
    """The seconds that the session had counted when it ended."""
    log = _log(box)
    best = 0.0
    for line in log.read_text(encoding="utf-8").splitlines() if log.is_file() else ():
        with suppress(ValueError):
            best = max(best, json.loads(line)["held_s"] or 0.0)
    return best


def _log(box: Box) -> Path:
    return box.here / "watched" / "results.jsonl"


def _kept_s(box: Box) -> float:
    """The seconds that the history has of any one stretch."""
    file = box.data / "history.db"
    if not file.is_file():
        return 0.0
    with closing(sqlite3.connect(file)) as connection, suppress(sqlite3.OperationalError):
        return max((float(held) for (held,) in connection.execute("SELECT held_s FROM stretches")), default=0.0)
    return 0.0


def _next_start(box: Box, command: Killed) -> Iterator[str]:
    ran = box.run(command.again or command.words, limit_s=60.0)
    if ran.code not in (0, 1) or "Traceback" in ran.err or (ran.code == 1 and command.name != "new"):
        yield f"the next start ended with {ran.code}: {(ran.err.strip().splitlines() or ['?'])[-1][:120]}"
    yield from filter(None, map(whole, _final(box)))
