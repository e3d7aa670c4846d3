"""Flexibility checks in the history: kept as they were told, compared only where it can be told, and no session of theirs."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from rich.console import Console

from formcheck.cli import main
from formcheck.cli.reports.check import print_change
from formcheck.core.values import Side
from formcheck.people.history.checks import CheckRecord, detectable_deg, last_alike, sides_differ_again, told_apart
from formcheck.people.history.database import Store
from formcheck.people.history.records import Entry, Stretch
from formcheck.people.history.tables import MIGRATIONS, _add_checks, newest
from tests.support.checks import THOMAS
from tests.support.laws import between, law

DAY = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
ONE = CheckRecord(
    id="abcdef0123",
    taken=DAY,
    version="1",
    profile=None,
    check="thomas",
    side=Side.LEFT,
    reading="hip",
    degrees=-10.0,
    error_deg=6.0,
    spread_deg=1.0,
    band="usual",
)


def later(days: int, **change: object) -> CheckRecord:
    return replace(ONE, id=f"later{days}", taken=DAY + timedelta(days=days), **change)  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path / "history.db"


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["formcheck", *words])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code


def test_they_are_read_as_they_were_kept_and_are_no_sessions(path: Path) -> None:
    records = [ONE, replace(ONE, reading="knee", degrees=70.0, band=None), later(3, profile="anna")]
    with Store(path) as store:
        store.save_check(records)
        assert set(store.checks()) == set(records)
        assert store.checks()[-1] == records[-1]
        assert store.checks(profile="anna") == (records[-1],)
        assert store.recent() == ()


def test_an_older_history_gets_their_table_and_keeps_what_it_has(path: Path) -> None:
    with Store(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT name, \"notnull\", pk FROM pragma_table_info('checks')").fetchall()
        before = 1 + MIGRATIONS.index(_add_checks)
        for table in ("checks", "guided", "sittings", "decisions"):
            connection.execute(f"DROP TABLE {table}")
        for column in ("looked_at", "check_put_off"):
            connection.execute(f"ALTER TABLE sessions DROP COLUMN {column}")
        connection.execute(f"PRAGMA user_version = {before}")
        connection.commit()
    with Store(path) as store:
        store.save_check([ONE])
        assert store.checks() == (ONE,)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (newest(),)
        migrated = connection.execute("SELECT name, \"notnull\", pk FROM pragma_table_info('checks')").fetchall()
    assert sorted(migrated) == sorted(made)


def test_a_damaged_one_hides_no_good_one(path: Path) -> None:
    with Store(path) as store:
        store.save_check([ONE, later(1)])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE checks SET side = 'middle' WHERE id = 'later1'")
        connection.commit()
    with Store(path) as store:
        assert store.checks() == (ONE,)
        assert list(store.faulty) == ["later1"]


def test_they_are_listed_and_deleted(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(path) as store:
        store.save_check([ONE, later(1, degrees=3.0, band=None)])
    assert run(monkeypatch, "history") == 0
    out = capsys.readouterr().out
    assert [word in out for word in ("thomas", "-10", "abcdef", "no verdict")] == [True] * 4
    assert run(monkeypatch, "history", "--pose", "supine_psoas") == 0
    assert "thomas" not in capsys.readouterr().out
    assert run(monkeypatch, "history", "show", "abcd") == 0
    shown = capsys.readouterr().out
    assert ("abcdef" in shown, "later1" in shown) == (True, False)
    assert run(monkeypatch, "history", "report", "later", "--out", str(path.with_name("page.html"))) == 0
    page = path.with_name("page.html").read_text(encoding="utf-8")
    assert ("3° above level" in page, "10° below level" in page, "no verdict" in page) == (True, False, True)
    assert run(monkeypatch, "history", "delete", "abcd", "--yes") == 0
    with Store(path) as store:
        assert [one.id for one in store.checks()] == ["later1"]
        store.clear()
        assert store.checks() == ()


def test_documents_have_them_as_sessions_in_which_nothing_was_stretched(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session = Entry(id="session", started=ONE.taken + timedelta(days=1), version="1", plan="routine")
    held = Stretch(pose="plank", side=None, started_s=0.0, held_s=9.0, longest_s=9.0, goal_s=None, complete=None)
    other = replace(later(3, band=None, degrees=3.0), side=Side.RIGHT)
    with Store(path) as store:
        store.save(replace(session, stretches=(held,)))
        store.save_check([ONE, later(3), other])

    def documents(*words: str) -> list[dict[str, Any]]:
        assert run(monkeypatch, "history", *words, "--json") == 0
        return list(json.loads(capsys.readouterr().out))

    before, between_them, after = documents()
    assert [one["id"] for one in (before, between_them, after)] == [ONE.id, "session", "later3"]
    assert before.keys() == between_them.keys() == after.keys() == {*asdict(session), "checks"}
    assert (between_them["checks"], before["stretches"], before["plan"]) == ([], [], "thomas")
    assert before["started"] == before["ended"] == ONE.taken.isoformat()
    assert [(one["side"], one["reading"], one["degrees"], one["band"]) for one in after["checks"]] == [
        ("left", ONE.reading, ONE.degrees, ONE.band),
        ("right", ONE.reading, 3.0, None),
    ]
    assert documents("--last", "1") == [between_them, after], "as many checks as sessions, as the list has"
    assert documents("show", "abcd") == [before]
    assert documents("show", "sess") == [between_them]
    assert documents("--pose", "plank") == [between_them], "of one stretch"


@law
@given(between(-30.0, 30.0), between(-30.0, 30.0))
def test_a_change_is_told_only_beyond_what_both_may_be_off(then: float, now: float) -> None:
    before, after = replace(ONE, degrees=then), later(7, degrees=now)
    console = Console(width=200, markup=False, highlight=False)
    with console.capture() as capture:
        print_change(console, THOMAS, [after], [before])
    text = capture.get()
    changed = abs(now - then) > detectable_deg(before, after)
    assert told_apart(before, after) is changed
    assert ("no change yet" in text) is not changed
    reading = THOMAS.main
    assert (f"{reading.in_words(now)}, and on" in text) is changed
    assert (f"it was {reading.in_words(then)};" in text) is changed


def test_only_like_is_compared_with_like() -> None:
    now = later(9)
    earlier = [
        later(8, band=None),
        later(7, side=Side.RIGHT),
        later(6, reading="knee"),
        later(5, profile="anna"),
        later(2),
        ONE,
    ]
    assert last_alike(now, earlier) == later(2)
    assert last_alike(replace(now, band=None), earlier) is None
    assert last_alike(now, []) is None


def test_left_against_right_is_told_the_second_time_only() -> None:
    right = replace(ONE, side=Side.RIGHT, degrees=4.0)
    now = [later(7), later(7, side=Side.RIGHT, degrees=5.0)]
    assert sides_differ_again(now, [], "hip") is None
    assert sides_differ_again(now, [ONE, right], "hip") == -15.0
    assert sides_differ_again(now, [ONE, replace(right, degrees=-9.0)], "hip") is None
    assert sides_differ_again(now, [replace(ONE, degrees=20.0), right], "hip") is None
    assert sides_differ_again(now[:1], [ONE, right], "hip") is None
