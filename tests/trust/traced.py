"""Commands whose system calls are watched: where they connect to, what they write, and where a password is found later."""

import re
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.clips import SAMPLES
from tests.support.streamed import streamed
from tests.trust.box import FORMCHECK, Box, Running
from tests.trust.rows import Case, Part

PART = Part(
    name="traced",
    claim="No command connects to anything but the camera that it was given; none writes outside its places; no password is "
    "kept.",
    how="Each runs under strace, every thread and process of it; addresses of connections and every file opened for writing "
    "are looked at, and the camera's password is looked for in all that was written and said.",
)

PASSWORD = "kRb7-Zw92"  # noqa: S105 (nobody's)
_LIVE_S = 12.0
_CALLS = "trace=network,open,openat,openat2,creat"
_FREE = ("/dev/", "/proc/", "/sys/")
_OPENED = re.compile(
    r'\b(?:open|openat|openat2|creat)\((?:AT_FDCWD(?:<[^>]*>)?, )?"((?:[^"\\]|\\.)*)", ([^)<]*)(?:\)? *= *(-?\d+)|<unfinished)'
)
"""A file that is opened; one whose answer comes in a later line counts as opened."""

_SENT = re.compile(r"\b(connect|bind|sendto|sendmsg)\(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A command. `camera`: it looks at one, with a password. `endless`: it is ended after a while."""

    name: str
    words: tuple[str, ...]
    camera: bool = False
    endless: bool = False


COMMANDS = (
    Traced(
        name="score", words=("score", "clip.mp4", "--json", "out/r.json", "--annotate", "out/d.mp4", "--measures", "out/m.csv")
    ),
    Traced(
        name="live",
        words=("live", "kneeling_hip_flexor", "--no-window", "--json", "out/l.json", "--record", "out/l.mp4"),
        camera=True,
        endless=True,
    ),
    Traced(name="poses", words=("poses",)),
    Traced(name="score, a folder", words=("score", "clips", "--json", "out/all.jsonl")),
    Traced(name="score, a camera by mistake", words=("score",), camera=True),
    Traced(name="poses check", words=("poses", "check", "supine_psoas")),
    Traced(name="routines", words=("routines",)),
    Traced(name="history", words=("history",)),
    Traced(name="profiles", words=("profiles",)),
    Traced(name="data", words=("data",)),
    Traced(name="data delete", words=("data", "delete", "landmarks", "--yes")),
    Traced(name="samples check", words=("samples", "check", "labelled")),
    Traced(name="evaluate", words=("evaluate", "labelled", "--jobs", "1", "--json", "out/e.json")),
    Traced(name="tune", words=("tune", "labelled", "--part", "all", "--jobs", "1", "--report", "out/t.html")),
    Traced(name="new", words=("new", "mine", "clip.mp4")),
    Traced(name="calibrate", words=("calibrate", "--video", "clip.mp4")),
    Traced(name="doctor", words=("doctor",)),
    Traced(name="doctor, a camera", words=("doctor",), camera=True),
    Traced(name="model", words=("model",)),
    Traced(
        name="live, a programme", words=("live", "programme", "--pain", "1", "--no-window", "--mute"), camera=True, endless=True
    ),
    Traced(name="live, a guided block", words=("live", "massage_and_stretch", "--no-window"), camera=True, endless=True),
    Traced(name="check, a film", words=("check", "thomas", "--video", "clip.mp4", "--json", "out/c.json")),
    Traced(name="check", words=("check", "thomas", "--no-window", "--mute"), camera=True, endless=True),
    Traced(name="sit, a film", words=("sit", "--video", "clip.mp4", "--json", "out/s.json")),
    Traced(name="sit", words=("sit", "--json", "out/s.json"), camera=True, endless=True),
)


def case_of(number: int, seed: int, box: Box) -> Case:
    """Try one command."""
    command = COMMANDS[number % len(COMMANDS)]
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so system calls can't be watched")
    box.clear()
    box.answered()
    (box.here / "clip.mp4").write_bytes((SAMPLES / "kneeling_short_hold_p8.mp4").read_bytes())
    for folder in ("clips", "labelled"):
        (box.here / folder).mkdir()
        for file in SAMPLES.glob("kneeling_short_hold_p8.*"):
            shutil.copy(file, box.here / folder)
    log = box.folder / "calls"
    strace = ("strace", "-f", "-qq", "-y", "-s", "400", "--seccomp-bpf", "-e", _CALLS, "-o", str(log))
    with ExitStack() as stack:
        port, words = "", list(command.words)
        if command.camera:
            url = stack.enter_context(streamed(SAMPLES / "kneeling_hip_flexor.mp4", height=360, loop=True)).url
            port = url.rpartition(":")[2].partition("/")[0]
            url = url.replace("://", f"://anna:{PASSWORD}@")
            words += [url] if "mistake" in command.name else ["--camera", url]
        watch = _ended_after(_LIVE_S) if command.endless else _nothing
        ran = box.run(words, program=(*strace, *FORMCHECK), limit_s=240.0, watch=watch)
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    wrong = [*dict.fromkeys(_connections(calls, port)), *dict.fromkeys(_writes(calls, box)), *_watched(calls, command, port)]
    if command.camera:
        wrong += _leaks(box, ran.out + ran.err)
    if ran.hung or "Traceback" in ran.err:
        wrong.append(f"it did not run as it should: {ran.err.strip()[-120:]}")
    return Case(what=command.name, name=f"{number}", wrong="; ".join(wrong), spent_s=ran.spent_s)


def _nothing(_running: Running) -> None:
    """Let it run to its end."""


def _ended_after(moment_s: float) -> Callable[[Running], object]:
    sent: list[bool] = []

    def send(running: Running) -> None:
        if running.now_s > moment_s and not sent:
            sent.append(True)
            running.signal(signal.SIGTERM, group=True)

    return send


def _connections(calls: list[str], port: str) -> Iterator[str]:
    """Yield every address that a command has no business with."""
    for line in calls:
        if not _SENT.search(line) or "AF_INET" not in line:
            continue
        address = re.search(r'(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"', line)
        number = re.search(r"sin6?_port=htons\((\d+)\)", line)
        found = address[1] if address else "?"
        if not (port and number and number[1] == port and found in ("127.0.0.1", "::ffff:127.0.0.1")):
            yield f"it reaches {found}, port {number[1] if number else '?'}"


def _writes(calls: list[str], box: Box) -> Iterator[str]:
    """Yield every file outside the box that was opened for writing."""
    for line in calls:
        for match in _OPENED.finditer(line):
            name, flags, code = match.groups()
            if int(code or 0) < 0 or not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE", flags):
                continue
            path = Path(name) if name.startswith("/") else box.here / name
            if not path.is_relative_to(box.folder) and not name.startswith(_FREE):
                yield f"it writes {path}"


def _watched(calls: list[str], command: Traced, port: str) -> Iterator[str]:
    """Yield what should have been seen and was not: then nothing is proved."""
    if command.camera and command.words[0] != "score" and not any(f"htons({port})" in line for line in calls):
        yield "no connection to the camera was seen"
    if not any(match and match[2].startswith("O_RDONLY") for match in map(_OPENED.search, calls)):
        yield "no file was seen to be opened"


def _leaks(box: Box, said: str) -> Iterator[str]:
    if PASSWORD in said:
        yield "the password is said"
    for path in box.folder.rglob("*"):
        if path.is_file() and path.name not in ("calls", "stdout", "stderr") and PASSWORD.encode() in path.read_bytes():
            yield f"the password is in {path.relative_to(box.folder)}"
