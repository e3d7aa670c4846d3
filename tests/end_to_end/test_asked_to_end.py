"""Every command that takes its time ends when it is asked to, by whatever signal, and leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from select import select

import pytest

from tests.support.clips import REPO, SAMPLES

pytestmark = [pytest.mark.heavy, pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of processes")]

CLIP = "clip.mp4"
COMMANDS = {
    "score": ["score", CLIP, "--every-frame", "--json", "out.json", "--annotate", "out.mp4", "--measures", "out.csv"],
    "compare": ["compare", CLIP, CLIP, "--every-frame", "--json", "two.json", "--report", "two.html"],
    "evaluate": ["evaluate", ".", "--json", "out.json"],
    "tune": ["tune", ".", "--part", "all", "--pose", "kneeling_hip_flexor", "--report", "out.html"],
    "new": ["new", "mine", CLIP, "--out", "mine.toml"],
    "calibrate": ["calibrate", "--video", CLIP],
    "doctor": ["doctor", "--camera", "http://127.0.0.1:{port}/video"],  # which answers nothing, so that it lasts
}
SIGNALS = {"TERM": [signal.SIGTERM], "HUP": [signal.SIGHUP], "INT twice": [signal.SIGINT, signal.SIGINT]}


@pytest.mark.parametrize("how", SIGNALS)
@pytest.mark.parametrize("command", COMMANDS)
def test_it_ends_and_leaves_nothing(command: str, how: str, model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    for ending in (".mp4", ".toml"):
        shutil.copy((SAMPLES / "kneeling_short_hold_p8").with_suffix(ending), (folder / CLIP).with_suffix(ending))
    before = {path.name for path in folder.iterdir()}
    # A cache of its own has the model and no landmarks: all is looked at anew.
    cache = tmp_path / "cache" / "formcheck"
    cache.mkdir(parents=True)
    (cache / model.name).symlink_to(model)
    env = {**os.environ, "PYTHONPATH": str(REPO), "FORMCHECK_DATA": str(tmp_path / "data"), "XDG_CACHE_HOME": str(cache.parent)}
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        subprocess.Popen(
            [sys.executable, "-m", "formcheck", *(word.format(port=mute.getsockname()[1]) for word in COMMANDS[command])],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        while not (has_open(process.pid, folder) or select([mute], [], [], 0)[0]):
            assert process.poll() is None, "it ended before it began"
            time.sleep(0.02)
        time.sleep(0.3)  # from its first look into the clip to the midst of it
        assert process.poll() is None, "it had ended by itself"
        began_s = time.monotonic()
        for number in SIGNALS[how]:
            os.killpg(process.pid, number)
            time.sleep(0.05)
        said, _ = process.communicate(timeout=30)
        took_s = time.monotonic() - began_s
    assert process.returncode == 128 + SIGNALS[how][0], said
    assert "Traceback" not in said
    assert took_s < 5
    left = {path.name for path in folder.iterdir()} - before
    assert not [name for name in left if name.startswith(".")]
    assert left <= {"out.json", "out.mp4", "out.csv"}, "what of a clip was scored is kept"
    assert not list((tmp_path / "cache").rglob(".*"))
    end_s = time.monotonic() + 3  # the others notice that the first one has gone
    while members(process.pid) and time.monotonic() < end_s:
        time.sleep(0.05)
    assert not members(process.pid), "a process goes on"


def has_open(group: int, folder: Path) -> bool:
    """Whether a process of a group has a file of the folder open."""
    for process in members(group):
        with suppress(OSError):
            for file in Path("/proc", process, "fd").iterdir():
                if str(file.readlink()).startswith(f"{folder}/"):
                    return True
    return False


def members(group: int) -> list[str]:
    """The processes of a group that are still there."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(stat.parent.name)
    return found
