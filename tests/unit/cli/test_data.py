"""`formcheck data`: every file that is kept is listed with its use, none can be read by others, each kind can be deleted."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formcheck import cli
from formcheck.cli.commands.data import format_bytes
from formcheck.people import kept, safety
from formcheck.people.chosen import Chosen, save_chosen
from formcheck.people.history import Entry, Stretch
from formcheck.people.history.database import Store
from formcheck.people.profile import Profile, save_profile
from formcheck.system.files import atomic_file
from formcheck.system.leftovers import forget_unfinished, left_folders, note_unfinished, temporary_folder, unfinished_files
from formcheck.system.paths import (
    blocks_folder,
    cache_folder,
    checks_folder,
    data_folder,
    films_folder,
    history_file,
    landmarks_folder,
    make_cache_folder,
    make_data_folder,
    make_private,
    models_folder,
    programmes_folder,
    routines_folder,
    slim_folder,
    unfinished_folder,
)
from formcheck.web.guard import load_token
from tests.support.calibrated import baseline_of

TAKEN = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
DONE = Stretch(pose="supine_psoas", side=None, started_s=0, held_s=30, longest_s=30, goal_s=60, complete=False)

OWN = (kept.ROUTINES, kept.PROGRAMMES, kept.BLOCKS, kept.CHECKS)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the test's own, as a program finds them that nobody told where to keep things."""
    monkeypatch.delenv("FORMCHECK_DATA", raising=False)
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "TMPDIR").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)  # it is looked for again
    assert tmp_path in cache_folder().parents
    assert tmp_path in data_folder().parents
    return tmp_path


def kill(code: str, home: Path) -> None:
    """Run what ends by itself as if it had been killed."""
    told = subprocess.run([sys.executable, "-c", f"import os, sys\nfrom pathlib import Path\n{code}", str(home)], check=False)
    assert told.returncode == -9


@pytest.fixture
def everything(home: Path) -> None:
    """A file of every kind, leftovers of killed runs among them, and one that is not ours."""
    save_profile("anna", Profile.of(baseline_of(), taken=TAKEN, camera=(640, 480)))
    answers = safety.Answers(questionnaire=safety.questionnaire().version, on=TAKEN.date(), yes=frozenset())
    for person in (None, "anna", "gone"):
        safety.save_answers(answers, person)
        safety.save_block_answers({}, person)
    with Store(history_file()) as store:
        store.save(Entry(id="one", started=TAKEN, version="1", plan="any", stretches=(DONE,)))
    load_token()
    save_chosen(Chosen(language="de", profile="anna"))
    make_private(films_folder())
    for film in ("2026-01-05_180000.mp4", ".2026-01-05_190000.part.mp4"):
        with atomic_file(films_folder() / film, private=True) as part:
            part.write_bytes(b"film")
    routines_folder().mkdir()
    (routines_folder() / "evening.toml").write_text("name = 'evening'", encoding="utf-8")
    for own in (blocks_folder(), checks_folder(), programmes_folder()):
        own.mkdir()
        (own / "mine.toml").write_text("name = 'mine'", encoding="utf-8")
    for folder in (landmarks_folder(), slim_folder(), models_folder()):
        make_cache_folder(folder)
    for file in (
        landmarks_folder() / "1.json.gz",
        landmarks_folder() / ".2.json-abcd.gz",
        slim_folder() / "1-2-3.task",
        models_folder() / "pose_landmarker_full.task",
        models_folder() / "pose_landmarker_full.task.sha256",
        models_folder() / ".pose_landmarker_full.task-abcd.sha256",
    ):
        with atomic_file(file, private=True) as part:
            part.write_bytes(b"content")
    (data_folder() / "notes.txt").write_text("not ours")
    (home / "films").mkdir()
    kill(
        "from formcheck.system.leftovers import note_unfinished, temporary_folder\n"
        "film = Path(sys.argv[1]) / 'films' / 'a.unfinished.mp4'\nfilm.write_bytes(b'film')\nnote_unfinished(film)\n"
        "with temporary_folder() as folder:\n    (folder / 'progress').write_bytes(b'1')\n    os.kill(os.getpid(), 9)",
        home,
    )


def told(*words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["formcheck", "data", *words])
    monkeypatch.setenv("COLUMNS", "250")
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out + err


def ours(home: Path) -> set[Path]:
    return {path for path in home.rglob("*") if path.is_file() and path.name != "notes.txt"}


@pytest.mark.usefixtures("everything")
class TestEverything:
    def test_each_file_is_listed_once(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, said = told("--json", monkeypatch=monkeypatch, capsys=capsys)
        files = json.loads(said)
        assert code == 0
        assert sorted(Path(one["path"]) for one in files) == sorted(ours(home))
        assert {one["kind"] for one in files} == set(kept.KINDS)
        assert all(one["bytes"] == Path(one["path"]).stat().st_size and one["use"] for one in files)
        code, said = told(monkeypatch=monkeypatch, capsys=capsys)
        assert code == 0
        assert all(str(path) in said for path in ours(home))

    @pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
    def test_nobody_else_can_read_what_is_about_a_person(self, home: Path) -> None:
        for kind in kept.KINDS.values():
            for file in kind.files() if kind not in (*OWN, kept.UNFINISHED, kept.TEMPORARY) else ():
                assert file.stat().st_mode & 0o077 == 0, file
        for folder in (data_folder(), cache_folder(), landmarks_folder(), slim_folder(), data_folder() / "profiles"):
            assert folder.stat().st_mode & 0o077 == 0, folder

    @pytest.mark.parametrize("name", list(kept.KINDS))
    def test_a_kind_is_deleted_and_nothing_else(
        self, name: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        of_kind, before = set(kept.KINDS[name].files()), ours(home)
        assert of_kind
        monkeypatch.setattr("builtins.input", lambda *_: "n")
        assert told("delete", name, monkeypatch=monkeypatch, capsys=capsys)[1].endswith("Nothing was deleted.\n")
        assert ours(home) == before
        code, said = told("delete", name, "--yes", monkeypatch=monkeypatch, capsys=capsys)
        assert (code, said.startswith(f"Deleted: {name} (")) == (0, True)
        assert ours(home) == before - of_kind

    def test_all_is_deleted_and_what_is_not_ours_stays(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert told("delete", "all", "--yes", monkeypatch=monkeypatch, capsys=capsys)[0] == 0
        assert ours(home) == set()
        assert [path.name for path in data_folder().iterdir()] == ["notes.txt"]
        assert not cache_folder().exists()
        assert told(monkeypatch=monkeypatch, capsys=capsys) == (0, "Nothing is kept.\n")
        assert told("delete", "all", monkeypatch=monkeypatch, capsys=capsys)[0] == 0

    def test_deleting_the_history_takes_all_that_is_about_a_person(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("sys.argv", ["formcheck", "history", "delete", "--yes"])
        with pytest.raises(SystemExit):
            cli.main()
        left = {kind.name for kind in kept.KINDS.values() if list(kind.files())}
        assert left == {*(kind.name for kind in OWN), "app", "models", "slim", "unfinished", "temporary"}

    def test_a_session_that_is_writing_goes_on(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Store(history_file()) as running:
            assert told("delete", "history", "--yes", monkeypatch=monkeypatch, capsys=capsys)[0] == 0
            running.save(Entry(id="two", started=TAKEN, version="1", plan="any", stretches=(DONE,)))
        with sqlite3.connect(history_file()) as connection:
            assert connection.execute("SELECT id FROM sessions").fetchall() == [("two",)]

    @pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="everything may be deleted here")
    def test_what_cannot_be_deleted_is_named(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        landmarks_folder().chmod(0o500)
        code, said = told("delete", "landmarks", "--yes", monkeypatch=monkeypatch, capsys=capsys)
        landmarks_folder().chmod(0o700)
        assert code == 1
        assert "1.json.gz: cannot be deleted" in said


class TestLeft:
    """What killed runs leave elsewhere: it is found, and only it."""

    def test_the_next_run_removes_what_is_temporary_and_leaves_what_is_in_use(self, everything: None, home: Path) -> None:
        others = home / "TMPDIR" / "formcheck-mine"
        others.mkdir()
        (left,) = left_folders()
        with temporary_folder() as mine:
            assert not left.exists()
            assert list(mine.iterdir()) == [], "nothing is in it but what is put there"
            assert list(left_folders()) == []
            with temporary_folder():
                assert mine.is_dir(), "its run is at work"
        assert [path.name for path in (home / "TMPDIR").iterdir()] == ["formcheck-mine"]

    def test_what_is_being_written_is_not_listed(self, home: Path) -> None:
        film = home / "film.unfinished.mp4"
        film.touch()
        note_unfinished(film)
        assert list(unfinished_files()) == []
        forget_unfinished(film)
        assert not unfinished_folder().exists()

    def test_a_note_of_what_is_gone_goes_too(self, everything: None, home: Path) -> None:
        (home / "films" / "a.unfinished.mp4").unlink()
        assert list(unfinished_files()) == []
        assert not unfinished_folder().exists()

    def test_a_note_that_says_nothing_is_passed_over(self, everything: None, home: Path) -> None:
        (unfinished_folder() / "x.path").write_bytes(b"\x00\xff")
        (unfinished_folder() / "y.path").mkdir()
        assert [path.name for path in unfinished_files() if path.suffix == ".mp4"] == ["a.unfinished.mp4"]


def test_a_kind_that_there_is_not(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told("delete", "landmark_", "--yes", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 1
    assert "did you mean 'landmarks'" in said


def test_a_folder_that_others_may_read_is_closed(home: Path) -> None:
    """Earlier versions left the cache folder as the system makes folders."""
    landmarks_folder().mkdir(mode=0o755, parents=True)
    cache_folder().chmod(0o755)
    make_cache_folder(landmarks_folder())
    if sys.platform != "win32":
        assert [folder.stat().st_mode & 0o777 for folder in (cache_folder(), landmarks_folder())] == [0o700, 0o700]


def test_a_folder_that_the_person_named_stays_as_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = home / "named"
    named.mkdir(mode=0o755)
    named.chmod(0o755)
    monkeypatch.setenv("FORMCHECK_DATA", str(named))
    make_data_folder()
    assert named.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (9397886, "9.4 MB"), (2 * 10**9, "2.0 GB")]
)
def test_sizes(count: int, text: str) -> None:
    assert format_bytes(count) == text


def test_the_shell_completes_kinds_at_once() -> None:
    code = "import sys; from formcheck.cli.completion import kept; print(kept(), 'sqlite3' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == f"{[*kept.KINDS, 'all']} False\n"
