"""The program as the system sees it: asked to end at any moment from its first line to its last, it does so in order."""

import os
import signal
import subprocess
import sys

import pytest

from formcheck.core import wording
from tests.support.clips import REPO

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as they are to no other process there")

ENV = {**os.environ, "PYTHONPATH": str(REPO)}

IMPORTING = """
import importlib.abc, os, sys
class AsksToEnd(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "{module}":
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, AsksToEnd())
"""
ENDING = {
    "it waits for threads": """
import os, threading
threading.Thread(target=lambda: (threading.main_thread().join(), os.kill(os.getpid(), {number}))).start()
""",
    "the last before it ends": """
import atexit, os
atexit.register(os.kill, os.getpid(), {number})
""",
    "its modules are taken down": """
import os, sys
class AsksToEnd:
    def __del__(self, kill=os.kill, own=os.getpid()):
        kill(own, {number})
sys.modules["kept"] = type(sys)("kept")
sys.modules["kept"].it = AsksToEnd()
""",
}


def run(before: str, *words: str) -> subprocess.CompletedProcess[str]:
    program = f"{before}\nfrom formcheck.__main__ import main\nmain()\n"
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, env=ENV, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("formcheck.cli", "SIGTERM"),
        ("formcheck.cli", "SIGINT"),
        ("formcheck.cli", "SIGHUP"),
        ("typer", "SIGTERM"),
        ("formcheck.cli.commands.poses", "SIGTERM"),
        ("formcheck.stretches.files", "SIGTERM"),  # the command runs already
    ],
)
def test_it_can_be_asked_to_end_while_it_is_imported(module: str, name: str) -> None:
    number = signal.Signals[name].value
    ended = run(IMPORTING.format(module=module, number=number), "poses")
    assert ended.returncode == 128 + number
    assert ended.stderr == f"formcheck: {wording.STOPPED_EARLY}\n"
    assert ended.stdout == ""


@pytest.mark.parametrize("when", ENDING)
@pytest.mark.parametrize(("words", "code"), [(["poses"], 0), (["poses", "check", "nothing.toml"], 1)], ids=["done", "failed"])
def test_asked_when_its_work_is_done_it_ends_with_the_code_of_that(words: list[str], code: int, when: str) -> None:
    ended = run(ENDING[when].format(number=signal.SIGTERM.value), *words)
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    assert bool(ended.stdout) is (code == 0)
