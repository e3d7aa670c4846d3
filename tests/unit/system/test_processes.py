"""Processes side by side: what is done in them comes back, and one that dies takes nothing else along."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from formcheck.core.errors import SourceError, TooSlowError, WorkerLostError
from formcheck.system.files import atomic_file
from formcheck.system.paths import landmarks_folder, slim_folder
from formcheck.system.processes import Processes, answers_of, cores, tell_alive, unlimited
from tests.support.clips import REPO


def halve(number: int) -> float:
    return number / 2


def divide(number: int) -> float:
    return 1 / number


class OddError(SourceError):
    def __init__(self, what: int, where: str) -> None:
        super().__init__(f"{where}: {what}")


def odd(number: int) -> int:
    raise OddError(number, "here")


def die_once(mark: Path) -> str:
    if mark.name == "good":
        return "good"
    if mark.exists():
        return "second"
    mark.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def die(number: int) -> int:
    if number == 1:
        os._exit(7)
    return number


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def gone(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def wait_for(true: Callable[[], bool], seconds: float = 30) -> None:
    end_s = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end_s
        time.sleep(0.05)


def test_all_answers_come_with_their_numbers() -> None:
    assert dict(Processes(2)(halve, range(10))) == {i: i / 2 for i in range(10)}


def test_one_process_takes_the_first_things_first() -> None:
    assert [i for i, _ in Processes(1)(halve, range(5))] == [0, 1, 2, 3, 4]


def test_nothing_to_do_starts_nothing() -> None:
    assert list(Processes(2)(halve, [])) == []
    assert cores() >= 1


def test_an_error_is_an_answer_and_says_where_it_was_raised() -> None:
    answers = dict(Processes(1)(divide, [1, 0, 2]))
    assert (answers[0], answers[2]) == (1, 0.5)
    error = answers[1]
    assert isinstance(error, ZeroDivisionError)
    assert "in divide" in "".join(error.__notes__)


def test_an_error_that_cannot_travel_is_told_all_the_same() -> None:
    ((_, error),) = Processes(1)(odd, [3])
    assert str(error) == "OddError: here: 3"


def test_what_a_process_that_was_killed_was_at_is_done_again(tmp_path: Path) -> None:
    answers = dict(Processes(2)(die_once, [tmp_path / "mark", tmp_path / "good", tmp_path / "good"]))
    assert answers == {0: "second", 1: "good", 2: "good"}


def test_what_kills_every_process_is_told_and_the_rest_is_done() -> None:
    answers = dict(Processes(2)(die, range(4)))
    error = answers.pop(1)
    assert isinstance(error, WorkerLostError)
    assert "exit code 7" in str(error)
    assert answers == {0: 0, 2: 2, 3: 3}


def test_a_wish_to_stop_gives_up_what_is_under_way() -> None:
    came: list[int] = []
    began_s = time.monotonic()
    for i, _ in Processes(2)(sleep, [0, 120, 120, 120], lambda: bool(came)):
        came.append(i)
    assert came == [0]
    assert time.monotonic() - began_s < 100
    assert active_children() == []


def test_leaving_early_leaves_no_process() -> None:
    with closing(Processes(2)(sleep, [0, 0, 120, 120])) as answers:
        next(answers)
    assert active_children() == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux about processes")
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    words = (
        "from tests.unit.system.test_processes import *\nfor _, pid in Processes(1)(sleep, [0, 300]): print(pid, flush=True)"
    )
    script = tmp_path / "script.py"
    script.write_text(
        f"if __name__ == '__main__':\n {words.replace(chr(10), chr(10) + ' ')}".replace("import *", "import Processes, sleep")
    )
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        pid = int(child.stdout.readline())
        assert not gone(pid)
        child.kill()
        wait_for(lambda: gone(pid))


def decode(clip: tuple[int, float]) -> int:
    """A decoder's stand-in: gets further for so many tenths of a second, and then works on one picture for so long."""
    pictures, last_s = clip
    for _ in range(pictures):
        time.sleep(0.1)
        tell_alive(0.5)
    time.sleep(last_s)
    return pictures


@pytest.mark.heavy
def test_work_that_gets_no_further_is_given_up_and_costs_no_other() -> None:
    """Ten seconds would be over before the work is."""
    clips = [(0, 60.0), (45, 0.0), (1, 0.0), (1, 60.0)]
    began_s = time.monotonic()
    found = dict(Processes(2, patience_s=lambda clip: 3.0)(decode, clips))
    assert time.monotonic() - began_s < 30
    assert isinstance(found[0], TooSlowError)
    assert "no further for 3 s" in str(found[0])
    assert found[1] == 45  # 4.5 seconds, and never silent for long
    assert found[2] == 1
    assert isinstance(found[3], TooSlowError)
    assert not active_children()


def test_it_is_heard_how_far_the_work_is() -> None:
    heard: list[tuple[int, float]] = []
    assert dict(Processes(1, heard=lambda item, share: heard.append((item, share)))(decode, [(0, 0.0), (1, 0.0)])) == {
        0: 0,
        1: 1,
    }
    assert heard == [(1, 0.5)]


def test_patience_without_end_is_what_work_has_by_default() -> None:
    assert unlimited(object()) == float("inf")
    tell_alive(1.0)  # nobody waits for this process


@pytest.mark.skipif(sys.platform != "linux", reason="what a process blocks is read from /proc")
def test_the_first_process_blocks_ctrl_c_as_the_others_do() -> None:
    """A process that Ctrl-C meets while it starts would print a traceback. In an interpreter that has started none yet."""
    program = (
        "import pathlib, signal\n"
        "from formcheck.system.processes import _Worker, prepare_nothing\n"
        "if __name__ == '__main__':\n"
        "    for worker in [_Worker(prepare_nothing) for _ in range(2)]:\n"
        "        status = pathlib.Path(f'/proc/{worker._process.pid}/status').read_text()\n"
        "        print(int(status.partition('SigBlk:')[2].split()[0], 16) >> (signal.SIGINT - 1) & 1)\n"
        "        worker.kill()\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["1", "1"]


def halved_together(numbers: Sequence[int]) -> list[float]:
    return answers_of(Processes(2), halve, numbers)


def test_a_process_that_may_have_none_of_its_own_does_it_itself() -> None:
    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(halved_together, (range(4),)) == [0.0, 0.5, 1.0, 1.5]


def write_and_stay(path: Path) -> None:
    with atomic_file(path) as part:
        part.write_text("begun")
        time.sleep(60)


@pytest.mark.parametrize("folder", [slim_folder, landmarks_folder])
def test_what_it_is_writing_into_the_cache_goes_with_a_process_that_is_given_up(
    folder: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = folder()
    made.mkdir(parents=True)
    with atomic_file(made / "of another") as others:
        seen = []

        def begun() -> bool:
            seen.append(any(part.read_text() == "begun" for part in made.glob(".stays*")))
            return seen[-1]

        assert list(Processes(1)(write_and_stay, [made / "stays"], begun)) == []
        assert seen[-1]
        assert list(made.iterdir()) == [others]
    assert [path.name for path in made.iterdir()] == ["of another"]
