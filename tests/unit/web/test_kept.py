"""What is kept on this machine, on the page: what `formcheck data` lists, and deletes."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from formcheck import cli
from formcheck.people.history import Entry
from formcheck.people.history.database import Store
from formcheck.people.kept import KINDS
from formcheck.system.paths import history_file, landmarks_folder, make_cache_folder, routines_folder
from formcheck.web.words import WORDS
from tests.support.histories import held, session
from tests.unit.web.test_progress import app, ask, running


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A history, landmarks and a routine in folders of the test's own."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "TMPDIR").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    with Store(history_file()) as store:
        store.save(mine(), replace(mine(), id="other"))
    make_cache_folder(landmarks_folder())
    (landmarks_folder() / "a.gz").write_bytes(b"12345")
    routines_folder().mkdir()
    (routines_folder() / "evening.toml").write_text("", encoding="utf-8")


def mine() -> Entry:
    return session(1, held())


def there() -> dict[str, dict[str, Any]]:
    answer = ask("GET", "/api/kept")
    assert answer.status_code == 200
    return {one["kind"]: one for one in answer.json()["kinds"]}


def test_every_kind_is_told_with_what_the_command_lists(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = there()
    monkeypatch.setattr(sys, "argv", ["formcheck", "data", "list", "--json"])
    with pytest.raises(SystemExit):
        cli.main()
    files = json.loads(capsys.readouterr().out)
    assert list(told) == list(KINDS)
    for name, one in told.items():
        own = [file for file in files if file["kind"] == name]
        assert (one["files"], one["bytes"]) == (len(own), sum(file["bytes"] for file in own))
        assert one["folders"] == sorted({str(Path(file["path"]).parent) for file in own})
        assert all(file["use"] == one["use"] for file in own)
    assert {name for name, one in told.items() if one["files"]} == {"history", "landmarks", "routines"}


def test_every_kind_has_a_name_on_the_page() -> None:
    assert {f"kept_{name}" for name in KINDS} <= set(WORDS)


def test_one_kind_is_deleted_and_no_other() -> None:
    assert ask("DELETE", "/api/kept", kind="landmarks").status_code == 200
    assert {name for name, one in there().items() if one["files"]} == {"history", "routines"}


def test_all_is_deleted_but_the_session_that_runs() -> None:
    now = app(running(mine()))
    with Store(history_file()) as store:  # as its own thread has it open
        assert ask("DELETE", "/api/kept", now, kind="all").status_code == 200
        assert [one.id for one in store.recent()] == [mine().id]
    assert {name for name, one in there().items() if one["files"]} == {"history"}
    assert ask("DELETE", "/api/kept", kind="all").status_code == 200
    assert {name for name, one in there().items() if one["files"]} == set()


@pytest.mark.parametrize("kind", ["", "../history", "everything"])
def test_there_is_no_other_kind(kind: str) -> None:
    assert ask("DELETE", "/api/kept", kind=kind).status_code == 404
    assert there()["history"]["files"] == 1


def test_what_cannot_be_deleted_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, **_: Any) -> None:
        raise PermissionError(1, "Operation not permitted", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    answer = ask("DELETE", "/api/kept", kind="landmarks")
    assert answer.status_code == 400
    assert answer.json()["error"] == [
        f"{landmarks_folder() / 'a.gz'}: cannot be deleted (Operation not permitted). Allow writing to its folder."
    ]
