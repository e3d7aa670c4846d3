"""What is written of a clip and of the history is there whole or not at all: ended, beside another run, on a full disk."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from formcheck import write_landmarks
from formcheck.people.history.database import Store
from formcheck.testing import kneeling
from tests.support.clips import REPO
from tests.support.scenes import scene
from tests.unit.people.test_history import entry, stretch
from tests.unit.pipeline.test_formats import in_the_room, recording_of

pytestmark = [pytest.mark.heavy, pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")]

BEFORE = b"before"
COMMANDS = {
    "tables": ("score", "seen.csv", "--json", "out/r.json", "--measures", "out/m.parquet", "--landmarks", "out/l.trc"),
    "motion and page": ("score", "seen.csv", "--measures", "out/m.mot", "--report", "out/r.html"),
    "table of the history": ("history", "export", "out/h.csv"),
    "typed table of the history": ("history", "export", "out/h.parquet"),
}
ENDED = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}


def run(folder: Path, command: str) -> "subprocess.Popen[str]":
    env = {**os.environ, "PYTHONPATH": str(REPO), "FORMCHECK_DATA": str(folder / "data")}
    return subprocess.Popen(
        [sys.executable, "-m", "formcheck", *COMMANDS[command]],
        cwd=folder,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A command, all that it reads, and what it wrote before in `out`."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    write_landmarks(recording_of(scene((4, in_the_room(kneeling())))), tmp_path / "seen.csv")
    with Store(tmp_path / "data" / "history.db") as store:
        for number in range(50):
            store.save(entry(id=str(number), stretches=(stretch(),) * 6))
    (tmp_path / "out").mkdir()
    for word in COMMANDS[request.param]:
        if word.startswith("out/"):
            (tmp_path / word).write_bytes(BEFORE)
    return str(request.param)


def test_ended_at_any_moment_a_file_is_the_old_one_or_the_new_one(command: str, tmp_path: Path) -> None:
    began_s = time.monotonic()
    with run(tmp_path, command) as process:
        assert process.wait() == 0, process.stderr and process.stderr.read()
    lasts_s, whole = time.monotonic() - began_s, outputs(tmp_path)
    random = Random(command)
    for number, code in ENDED.items():
        for name in whole:
            (tmp_path / "out" / name).write_bytes(BEFORE)
        with run(tmp_path, command) as process:
            time.sleep(random.uniform(0.5, 1.0) * lasts_s)
            process.send_signal(number)
            ended = process.wait()
            said = process.stderr.read() if process.stderr is not None else ""
        assert ended in (0, code, -number), said  # -number: before the first line of the program
        assert "Traceback" not in said or ended == -number
        found = outputs(tmp_path)
        assert all(found[name] in (BEFORE, content) for name, content in whole.items())
        assert number is signal.SIGKILL or found.keys() == whole.keys()
    with run(tmp_path, command) as process:
        assert process.wait() == 0
    assert outputs(tmp_path) == whole, "what was begun is gone"


def test_two_at_once_write_it_whole_or_one_says_that_it_cannot(command: str, tmp_path: Path) -> None:
    with run(tmp_path, command) as one, run(tmp_path, command) as other:
        codes = [one.wait(), other.wait()]
        said = [process.stderr.read() if process.stderr is not None else "" for process in (one, other)]
    assert 0 in codes
    for code, words in zip(codes, said, strict=True):
        assert code == 0 or (code == 1 and "is being written by another run" in words), words
    found = outputs(tmp_path)
    with run(tmp_path, command) as again:
        assert again.wait() == 0
    assert found == outputs(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can make a disk")
def test_a_full_disk_and_a_read_only_one_leave_what_was_there(command: str, tmp_path: Path) -> None:
    disk = tmp_path / "out"
    before = outputs(tmp_path)
    for size, mode, why in (
        (f"{4 * len(before) + 4}k", "rw", "Make room or choose another place"),
        ("1m", "ro", "cannot be written"),
    ):
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)], check=False, capture_output=True
        )
        if made.returncode != 0:
            pytest.skip("no disk can be made here")
        try:
            for name, content in before.items():
                (disk / name).write_bytes(content)
            if mode == "ro":
                subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
            with run(tmp_path, command) as process:
                code = process.wait()
                said = process.stderr.read() if process.stderr is not None else ""
            assert code == 1
            assert why in said
            assert "Traceback" not in said
            assert outputs(tmp_path) == before
        finally:
            subprocess.run(["umount", str(disk)], check=True)
