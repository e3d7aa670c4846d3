"""Files appear whole or not at all, one run at a time writes a place, and what a killed run leaves goes with the next."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.core.errors import OutputError
from formcheck.system import files
from formcheck.system.files import atomic_file, clear_leftovers, reserved_file
from tests.support.clips import REPO

WRITER = """
import sys, time
from pathlib import Path
from formcheck.system.files import reserved_file
with reserved_file(Path(sys.argv[1])) as reserved:
    reserved.part.write_text("half")
    print(reserved.part, flush=True)
    sys.stdin.read()
    reserved.publish()
"""


@contextmanager
def another_run(path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that is writing `path`, until its standard input is closed; and where it writes."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "OTHERS_S", 0.2)


def fail_half_way(part: Path) -> None:
    part.write_text("half")
    raise RuntimeError


def test_what_is_not_finished_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("before")

    with pytest.raises(RuntimeError), atomic_file(path) as part:
        fail_half_way(part)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    with atomic_file(path) as part:
        part.write_text("after")
    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_second_run_says_so_at_once_and_the_first_ends_as_if_nothing_had_been(tmp_path: Path, impatient: None) -> None:
    path = tmp_path / "out.json"
    with another_run(path) as (process, _):
        with pytest.raises(OutputError, match="another run of formcheck"), reserved_file(path):
            pass
        process.communicate(timeout=20)
        assert process.returncode == 0
    assert path.read_text() == "half"
    assert list(tmp_path.iterdir()) == [path]


def test_a_run_that_ends_soon_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with another_run(path) as (process, _):
        assert process.stdin is not None
        process.stdin.close()
        with atomic_file(path) as part:
            part.write_text("later")
        assert process.wait(20) == 0
    assert path.read_text() == "later"


def test_another_file_in_the_same_folder_is_no_matter(tmp_path: Path, impatient: None) -> None:
    with another_run(tmp_path / "one.json") as (process, part):
        with atomic_file(tmp_path / "two.json") as mine:
            mine.write_text("two")
        assert part.read_text() == "half", "what a run is writing is no leftover"
        process.communicate(timeout=20)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "two.json"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
@pytest.mark.parametrize("next_name", ["out.json", "other.csv"])
def test_what_a_killed_run_leaves_goes_with_the_next_that_writes_there(next_name: str, tmp_path: Path, impatient: None) -> None:
    with another_run(tmp_path / "out.json") as (process, part):
        process.kill()
        process.wait(20)
    assert part.exists()
    (tmp_path / ".mine.json").write_text("somebody's")
    with atomic_file(tmp_path / next_name) as mine:
        mine.write_text("whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".mine.json", next_name])


def test_many_runs_at_once_write_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    code = (
        "import sys; from pathlib import Path; from formcheck.system.files import atomic_file\n"
        "for _ in range(20):\n"
        "    with atomic_file(Path(sys.argv[1])) as part:\n"
        "        part.write_text(sys.argv[2] * 100_000)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(path), name], cwd=REPO) for name in "abc"]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert path.read_text() in {name * 100_000 for name in "abc"}
    assert list(tmp_path.iterdir()) == [path]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=250))
def test_any_name_that_the_system_takes_can_be_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / "names" / name
    path.parent.mkdir(exist_ok=True)
    if name in (".", "..") or len(os.fsencode(name)) > 255:
        return
    with atomic_file(path) as part:
        part.write_text("whole")
    assert path.read_text() == "whole"
    path.unlink()
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "symlink") or sys.platform == "win32", reason="links need a right here")
def test_links_are_followed_for_results_and_never_for_what_is_being_written(tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    link = tmp_path / "link.json"
    link.symlink_to(target)
    with atomic_file(link) as part:
        part.write_text("whole")
    assert link.is_symlink()
    assert target.read_text() == "whole"
    planted = part  # somebody who knows the name lays a link there
    planted.symlink_to(tmp_path / "victim.txt")
    (tmp_path / "victim.txt").write_text("theirs")
    with pytest.raises(OutputError), atomic_file(link):
        pass
    clear_leftovers(tmp_path)
    assert (tmp_path / "victim.txt").read_text() == "theirs"
