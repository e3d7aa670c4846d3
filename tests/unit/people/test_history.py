"""The history on a real disk, in real files; where a crash matters, in a process that is really killed."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck import cli
from formcheck.core.errors import HistoryError, UnusableHistoryError
from formcheck.core.values import Side
from formcheck.people import kept as kept_files
from formcheck.people import safety
from formcheck.people.history import (
    Answer,
    Decided,
    Entry,
    GuidedTime,
    GuidedTotal,
    History,
    Pain,
    SittingRecord,
    Stretch,
    Total,
    database,
    tables,
)
from formcheck.people.history.database import Store, delete_history
from formcheck.people.history.records import guided_totals, totals
from formcheck.people.history.writer import new_entry
from formcheck.system.paths import history_file
from tests.support.clips import REPO
from tests.support.laws import between, law

STARTED = datetime(2025, 11, 22, 23, 50, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the history of this test lies; its cache, which deleting clears as well, is its own too."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(database, "copies_kept", [])
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    return tmp_path / "data" / "history.db"


def stretch(**more: Any) -> Stretch:
    fields = {"pose": "supine_psoas", "side": Side.LEFT, "started_s": 4.0, "held_s": 30.0, "longest_s": 20.0}
    return Stretch(**{**fields, "goal_s": 60.0, "complete": False, "score": 88.0, **more})


def block(**more: Any) -> GuidedTime:
    fields = {"block": "ball_massage", "side": Side.LEFT, "started_s": 4.0, "guided_s": 200.0, "goal_s": 200.0}
    return GuidedTime(**{**fields, "complete": True, **more})


def entry(**more: Any) -> Entry:
    fields = {"id": "one", "started": STARTED, "version": "1.0", "plan": "psoas_relief", "stretches": (stretch(),)}
    return Entry(**{**fields, **more})


def kept(path: Path) -> tuple[Entry, ...]:
    with Store(path) as store:
        return store.recent()


def until(true: Any, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


names = st.text(min_size=1, max_size=12)
sides = st.none() | st.sampled_from(Side)
moments = st.integers(0, 40_000).map(lambda quarters: quarters / 4)  # exact in the microseconds that are written
stretches = st.builds(
    Stretch,
    pose=names,
    side=sides,
    started_s=moments,
    held_s=between(0, 600),
    longest_s=between(0, 600),
    goal_s=st.none() | between(0, 600),
    complete=st.none() | st.booleans(),
    score=st.none() | between(0, 100),
    skipped=st.booleans(),
    faults=st.dictionaries(names, between(0, 600), max_size=3),
    reach=st.dictionaries(st.integers(-90, 180), between(0, 600), max_size=3),
)
pains = st.builds(Pain, time_s=moments, pose=names, side=sides, answer=st.none() | st.sampled_from(Answer))
guided = st.builds(
    GuidedTime,
    block=names,
    side=sides,
    started_s=moments,
    guided_s=between(0, 600),
    goal_s=between(0, 600),
    complete=st.booleans(),
    skipped=st.booleans(),
)
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
times = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1), timezones=zones)
seconds_of_a_day = dict.fromkeys(("sat_s", "away_s", "unseen_s", "longest_s"), between(0, 90_000))
counts_of_a_day = dict.fromkeys(("breaks", "shifts", "prompts"), st.integers(0, 500))
entries = st.builds(
    Entry,
    id=st.uuids().map(str),
    started=times,
    version=names,
    plan=names,
    ended=st.none() | times,
    profile=st.none() | names,
    stretches=st.lists(stretches, min_size=1, max_size=4).map(tuple),
    pains=st.lists(pains, max_size=3).map(tuple),
    blocks=st.lists(guided, max_size=3).map(tuple),
    looked_at=st.none() | st.booleans(),
    check_put_off=st.none() | st.booleans(),
    decisions=st.lists(st.builds(Decided, rule=st.none() | names, says=names), max_size=3).map(tuple),
    sitting=st.none() | st.builds(SittingRecord, **seconds_of_a_day, **counts_of_a_day),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("history") / "history.db") as opened:
        yield opened


class TestStore:
    @law
    @given(st.data(), entries)
    def test_what_was_written_last_comes_out_as_it_went_in(self, store: Store, data: st.DataObject, last: Entry) -> None:
        store.clear()
        for count in data.draw(st.lists(st.integers(0, len(last.stretches)), max_size=3).map(sorted)):
            store.save(replace(last, ended=None, stretches=last.stretches[:count], pains=last.pains[:count]))
        store.save(last)
        store.save(last)
        assert store.recent() == (last,)
        assert sum(total.held_s for total in totals(store.recent())) == pytest.approx(
            sum(part.held_s for part in last.stretches)
        )

    def test_a_day_stays_the_day_it_was_where_the_person_was(self, path: Path) -> None:
        with Store(path) as store:
            store.save(entry())
        assert kept(path)[0].started.isoformat() == "2025-11-22T23:50:00-05:00"

    def test_the_newest_come_first_by_the_time_it_really_was(self, path: Path) -> None:
        earlier = entry(id="earlier", started=STARTED.astimezone(timezone(timedelta(hours=9))) - timedelta(minutes=5))
        with Store(path) as store:
            store.save(entry())
            store.save(earlier)  # and a later hour by the clock on its wall
            assert [one.id for one in store.recent()] == ["one", "earlier"]
            assert [one.id for one in store.recent(1)] == ["one"]

    @law
    @given(st.lists(entries, max_size=6, unique_by=lambda one: one.id), st.integers(1, 3), st.data())
    def test_parts_of_the_list_are_the_list(self, store: Store, some: list[Entry], count: int, data: st.DataObject) -> None:
        store.clear()
        store.save(*some)
        since = data.draw(st.none() | st.sampled_from([one.started.date() for one in some])) if some else None
        every = [one for one in store.recent() if since is None or one.started.date() >= since]
        parts = [store.recent(count, since=since, skip=skip) for skip in range(0, len(some), count)]
        assert [one for part in parts for one in part] == every
        assert set(store.people()) == {one.profile for one in some if one.profile is not None}

    def test_all_sessions_but_one_are_deleted(self, path: Path) -> None:
        with Store(path) as store:
            store.save(entry(), entry(id="two"), entry(id="three"))
            store.clear(but="two")
            assert [one.id for one in store.recent()] == ["two"]

    def test_a_session_in_which_nothing_was_done_is_not_told(self, path: Path) -> None:
        with Store(path) as store:
            store.save(entry(stretches=()))
            assert store.recent() == ()
            store.save(entry(stretches=(), pains=(Pain(time_s=1, pose="supine_psoas", side=None),)))
            assert len(store.recent()) == 1

    def test_a_session_of_guided_blocks_alone_is_told_and_is_no_hold(self, path: Path) -> None:
        with Store(path) as store:
            store.save(entry(stretches=(), blocks=(block(), block(side=Side.RIGHT, guided_s=0.0, skipped=True))))
            store.save(entry(id="two", blocks=(block(block="slow_breathing", side=None),)))
            assert [len(one.blocks) for one in store.recent()] == [2, 1]
            assert guided_totals(store.recent()) == (
                GuidedTotal(block="ball_massage", sessions=1, guided_s=200.0),
                GuidedTotal(block="slow_breathing", sessions=1, guided_s=200.0),
            )
            assert [total.held_s for total in totals(store.recent())] == [30.0]

    def test_a_day_at_the_desk_is_told(self, path: Path) -> None:
        sat = SittingRecord(sat_s=7200, away_s=600, unseen_s=0, longest_s=1800, breaks=4, shifts=11, prompts=2)
        with Store(path) as store:
            store.save(entry(stretches=(), sitting=sat))
            assert [one.sitting for one in store.recent()] == [sat]

    def test_totals_are_by_stretch_and_side(self, path: Path) -> None:
        with Store(path) as store:
            store.save(entry(stretches=(stretch(), stretch(held_s=12.0), stretch(side=Side.RIGHT))))
            store.save(entry(id="two", stretches=(stretch(), stretch(pose="other", held_s=0.0, skipped=True))))
            assert totals(store.recent()) == (
                Total(pose="supine_psoas", side=Side.LEFT, sessions=2, held_s=72.0),
                Total(pose="supine_psoas", side=Side.RIGHT, sessions=1, held_s=30.0),
            )

    def test_it_is_flushed_at_every_commit_and_for_the_person_alone(self, path: Path) -> None:
        with Store(path) as store:
            with store._transaction() as connection:
                pragmas = [
                    connection.execute(f"PRAGMA {name}").fetchone()[0]
                    for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
                ]
            store.save(entry())
            modes = {file.name: file.stat().st_mode & 0o077 for file in path.parent.iterdir()}
        assert pragmas == ["wal", 2, 1, 1]
        if os.name == "posix":
            assert modes == {"history.db": 0, "history.db-wal": 0, "history.db-shm": 0}

    def test_deleted_is_deleted_from_the_disk(self, path: Path) -> None:
        with Store(path) as store:
            store.save(entry(plan="secret_plan", stretches=(stretch(pose="secret_pose", faults={"secret_fault": 2.0}),)))
            assert any(b"secret" in file.read_bytes() for file in path.parent.iterdir())
            store.clear()
            assert store.recent() == ()
            assert not any(b"secret" in file.read_bytes() for file in path.parent.iterdir())


FIRST = """
CREATE TABLE sessions (id VARCHAR NOT NULL PRIMARY KEY, started VARCHAR NOT NULL, version VARCHAR NOT NULL,
    plan VARCHAR NOT NULL, ended VARCHAR);
CREATE TABLE stretches (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    pose VARCHAR NOT NULL, side VARCHAR, started VARCHAR NOT NULL, held_s FLOAT NOT NULL, longest_s FLOAT NOT NULL,
    goal_s FLOAT NOT NULL, complete BOOLEAN NOT NULL, score FLOAT, skipped BOOLEAN NOT NULL, PRIMARY KEY (session, number));
CREATE TABLE faults (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    fault VARCHAR NOT NULL, seconds FLOAT NOT NULL, PRIMARY KEY (session, number, fault));
CREATE TABLE pains (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    at VARCHAR NOT NULL, pose VARCHAR NOT NULL, side VARCHAR, answer VARCHAR, PRIMARY KEY (session, number));
PRAGMA user_version = 1;
"""
"""The tables as they were in the first version."""


SECOND = (
    FIRST.partition("PRAGMA")[0]
    + """
ALTER TABLE sessions ADD COLUMN profile VARCHAR;
CREATE TABLE reach (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    degrees INTEGER NOT NULL, seconds FLOAT NOT NULL, PRIMARY KEY (session, number, degrees));
PRAGMA user_version = 2;
"""
)
"""And in the second."""


def migrate(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE pains ADD COLUMN note TEXT")
    connection.execute("UPDATE sessions SET plan = 'routine ' || plan")


def fail_halfway(connection: sqlite3.Connection) -> None:
    migrate(connection)
    connection.execute("SELECT * FROM nowhere")


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema(path: Path) -> dict[str, tuple[set[Any], list[Any]]]:
    """The columns of each table: name, type, whether it must not be empty, place in the key; and whose rows it goes with."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: (
                {(*row[1:4], row[5]) for row in connection.execute(f"PRAGMA table_info({name})")},
                [row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})")],
            )
            for name in names
        }


def older(path: Path, version: int) -> None:
    """A history with a session, as a program of this version made it."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST)
        connection.execute("INSERT INTO sessions VALUES ('old', ?, '0.1', 'psoas_relief', NULL)", [STARTED.isoformat()])
        row = ("old", 1, "supine_psoas", "left", STARTED.isoformat(), 30.0, 20.0, 60.0, 0, 88.0, 0)
        connection.execute("INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO faults VALUES ('old', 1, 'head_lifts', 2.5)")
        for migration in tables.MIGRATIONS[: version - 1]:
            migration(connection)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


class TestVersions:
    def test_an_older_one_is_migrated_once_with_what_is_in_it(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with Store(path) as store:
            store.save(entry())
        assert version(path) == tables.newest()
        monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, migrate))
        for _ in range(2):
            assert [one.plan for one in kept(path)] == ["routine psoas_relief"]
        assert version(path) == tables.newest()

    def test_one_from_before_there_were_people_is_read_and_goes_on(self, path: Path) -> None:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(FIRST)
            connection.execute("INSERT INTO sessions VALUES ('old', ?, '0.1', 'psoas_relief', NULL)", [STARTED.isoformat()])
            row = ("old", 1, "supine_psoas", "left", STARTED.isoformat(), 30.0, 20.0, 60.0, 0, 88.0, 0)
            connection.execute("INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute("INSERT INTO faults VALUES ('old', 1, 'head_lifts', 2.5)")
            connection.commit()
        new = entry(
            id="new", started=STARTED + timedelta(days=1), profile="anna", stretches=(stretch(reach={-3: 4.5, 12: 30.0}),)
        )
        with Store(path) as store:
            store.save(new)
            old = store.recent()[1]
            assert store.recent() == (new, old)
            assert (old.profile, old.stretches) == (None, (stretch(started_s=0.0, faults={"head_lifts": 2.5}),))
            open_ended = entry(id="plank", stretches=(stretch(pose="plank", side=None, goal_s=None, complete=None),))
            store.save(open_ended)
            assert open_ended in store.recent()
            store.clear(session="plank")
            assert store.recent(profile="anna") == (new,)
            assert [total.sessions for total in totals(store.recent(profile="anna"))] == [1]
            store.clear(profile="anna")
            assert store.recent() == (old,)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM reach").fetchone() == (0,)

    @pytest.mark.parametrize("from_version", range(1, tables.newest()))
    def test_a_migrated_one_has_the_tables_of_a_new_one_and_what_was_in_it(self, from_version: int, path: Path) -> None:
        older(path, from_version)
        assert kept(path) == (
            replace(entry(id="old", version="0.1"), stretches=(stretch(started_s=0.0, faults={"head_lifts": 2.5}),)),
        )
        assert (version(path), version(path.with_name(f"history.db.before-{tables.newest()}"))) == (
            tables.newest(),
            from_version,
        )
        new = path.with_name("new.db")
        kept(new)
        assert schema(path) == schema(new)

    def test_one_from_before_there_were_blocks_is_read_and_goes_on(self, path: Path) -> None:
        """The tables as version 2 had them: what is kept in them is listed as before, and blocks come beside it."""
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SECOND)
            connection.execute(
                "INSERT INTO sessions VALUES ('old', ?, '0.1', 'psoas_relief', NULL, 'anna')", [STARTED.isoformat()]
            )
            row = ("old", 1, "supine_psoas", "left", STARTED.isoformat(), 30.0, 20.0, 60.0, 0, 88.0, 0)
            connection.execute("INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            connection.commit()
        new = entry(id="new", started=STARTED + timedelta(days=1), stretches=(), blocks=(block(),))
        with Store(path) as store:
            store.save(new)
            assert store.recent() == (new, store.recent()[1])
            assert store.recent()[1].stretches == (stretch(started_s=0.0),)
            store.clear(session="new")
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM guided").fetchone() == (0,)

    def test_the_older_one_is_kept_beside_as_it_was_for_the_person_alone(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SECOND)
            connection.execute("INSERT INTO sessions VALUES ('old', ?, '0.1', 'any', NULL, 'anna')", [STARTED.isoformat()])
            connection.commit()
            before = list(connection.iterdump())
        for _ in range(2):
            kept(path)
        (copy,) = path.parent.glob("history.db.*")
        assert copy.name == f"history.db.before-{tables.newest()}"
        assert version(copy) == 2
        with closing(sqlite3.connect(copy)) as connection:
            assert list(connection.iterdump()) == before
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert os.name != "posix" or copy.stat().st_mode & 0o077 == 0
        assert database.copies_kept == [copy]
        monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, migrate))
        kept(path)
        copies = sorted(one.name for one in path.parent.glob("history.db.before-*"))
        assert copies == [f"history.db.before-{tables.newest() - 1}", f"history.db.before-{tables.newest()}"]

    @pytest.mark.parametrize("delete", [lambda path: Store(path).__enter__().clear(session="one"), delete_history])
    def test_who_deletes_deletes_the_copies_too(self, delete: Any, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with Store(path) as store:
            store.save(entry(plan="secret"))
        monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, migrate))
        kept(path)
        assert any(b"secret" in copy.read_bytes() for copy in path.parent.glob("history.db.before-*"))
        delete(path)
        assert list(path.parent.glob("history.db.before-*")) == []

    def test_where_no_copy_can_be_kept_nothing_is_migrated(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with Store(path) as store:
            store.save(entry())
        before = version(path)
        with monkeypatch.context() as later:
            later.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, migrate))
            place = path.with_name(f"history.db.before-{tables.newest()}")
            place.mkdir()
            with pytest.raises(HistoryError, match=r"stays so, as no copy of it can be kept first\. .*is a folder"):
                kept(path)
        assert version(path) == before
        assert kept(path) == (entry(),)
        assert database.copies_kept == []

    def test_programs_that_find_an_older_one_at_once_keep_one_copy(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with Store(path) as store:
            store.save(entry())
        monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, migrate))
        threads = [threading.Thread(target=kept, args=[path]) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(database.copies_kept) == 1
        assert [one.plan for one in kept(path)] == ["routine psoas_relief"]
        assert version(database.copies_kept[0]) == tables.newest() - 1

    def test_the_copy_is_told_once_and_listed(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SECOND)
        told = [run(monkeypatch, capsys)[1] for _ in range(2)]
        sentence = f"As it was before, it is kept in {path}.before-{tables.newest()}, and `formcheck data` lists it."
        assert [text.count(sentence) for text in told] == [1, 0]
        assert path.with_name(f"history.db.before-{tables.newest()}") in kept_files.HISTORY.files()
        assert run(monkeypatch, capsys, "delete", "--yes")[0] == 0
        assert list(path.parent.glob("history*")) == []

    def test_a_migration_that_fails_changes_nothing(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with Store(path) as store:
            store.save(entry())
        with monkeypatch.context() as later:
            later.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, fail_halfway))
            with pytest.raises(HistoryError):
                kept(path)
        assert version(path) == tables.newest()
        assert kept(path) == (entry(),)
        assert list(path.parent.glob("history.db.before-*")) == database.copies_kept == []

    def test_one_of_a_newer_program_is_left_alone(self, path: Path) -> None:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("CREATE TABLE sessions (other TEXT); PRAGMA user_version = 99")
        before = path.read_bytes()
        with pytest.raises(HistoryError, match=r"newer formcheck and is left alone\. Update"):
            kept(path)
        with History(path) as history:
            history.begin(new_entry("supine_psoas")).update([stretch()])
            assert history.trouble is not None
        assert path.read_bytes() == before
        assert [file.name for file in path.parent.iterdir()] == ["history.db"]


class TestSession:
    def test_it_is_kept_as_it_goes_and_ends(self, path: Path) -> None:
        with History.open() as history:
            record = history.begin(new_entry("psoas_relief"))
            assert history.trouble is None
            pain = Pain(time_s=31.0, pose="supine_psoas", side=Side.LEFT)
            record.update([stretch()])
            until(lambda: kept(path))
            record.update([stretch(held_s=31.0, faults={"head_lifts": 2.5})], [pain])
            until(lambda: kept(path)[0].pains)
            last = [stretch(held_s=31.0, faults={"head_lifts": 3.0}), stretch(side=Side.RIGHT, held_s=0.0, skipped=True)]
            record.update(last, [replace(pain, answer=Answer.STRONG)])
            assert kept(path)[0].ended is None
            record.end()
        (found,) = kept(path)
        assert found.stretches == tuple(last)
        assert found.pains == (replace(pain, answer=Answer.STRONG),)
        assert found.plan == "psoas_relief"
        assert found.ended is not None
        assert found.started <= found.ended
        assert found.started.utcoffset() is not None

    def test_two_sessions_at_once_are_both_kept(self, path: Path) -> None:
        with History(path) as first, History(path) as second:
            records = [first.begin(new_entry("first")), second.begin(new_entry("second"))]
            for held_s in range(20):
                for record in records:
                    record.update([stretch(held_s=float(held_s))])
        assert [first.trouble, second.trouble] == [None, None]
        assert {one.plan: one.stretches[0].held_s for one in kept(path)} == {"first": 19.0, "second": 19.0}

    def test_updates_cost_the_session_nothing(self, path: Path) -> None:
        with History(path) as history:
            record = history.begin(new_entry("supine_psoas"))
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")  # the writer waits for this
                started = time.monotonic()
                for number in range(300):
                    record.update([stretch(held_s=float(number))])
                assert time.monotonic() - started < 0.5
                other.execute("ROLLBACK")
        assert kept(path)[0].stretches[0].held_s == 299.0

    def test_a_locked_file_is_told_and_made_good_once_it_is_free(self, path: Path) -> None:
        with History(path) as history:
            record = history.begin(new_entry("supine_psoas"))
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                record.update([stretch(held_s=7.0)])
                until(lambda: history.trouble)
                assert "locked by another program" in str(history.trouble)
                other.execute("ROLLBACK")
            until(lambda: history.trouble is None)
            assert kept(path)[0].stretches[0].held_s == 7.0

    def test_a_file_that_stays_locked_ends_no_session(self, path: Path) -> None:
        with Store(path):
            pass
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            started = time.monotonic()
            with History(path) as history:
                history.begin(new_entry("supine_psoas")).update([stretch()])
            assert "locked by another program" in str(history.trouble)
            assert time.monotonic() - started < 10
        until(lambda: not any(thread.name == "history" for thread in threading.enumerate()))

    @pytest.mark.parametrize("damage", [0, 5000])
    def test_a_damaged_file_is_told_and_can_be_deleted(self, path: Path, damage: int) -> None:
        with Store(path) as store:
            store.save(entry())
        content = path.read_bytes()
        path.write_bytes(content[:damage] + b"\x5a" * (len(content) - damage))
        with History(path) as history:
            record = history.begin(new_entry("supine_psoas"))
            record.update([stretch()])
        assert "is damaged. `formcheck history delete` removes it" in str(history.trouble)
        delete_history(path)
        with History(path) as history:
            history.begin(new_entry("supine_psoas")).update([stretch()])
        assert history.trouble is None
        assert len(kept(path)) == 1

    def test_somebody_elses_database_is_told(self, path: Path) -> None:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("CREATE TABLE sessions (other TEXT); PRAGMA user_version = 1")
        with pytest.raises(UnusableHistoryError, match="not one that formcheck made"):
            kept(path)

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        with History(tmp_path / "file" / "history.db") as history:
            history.begin(new_entry("supine_psoas")).update([stretch()])
            assert "cannot be written (File exists). Allow writing" in str(history.trouble)


SESSION = """
import os, resource, sys, time
from pathlib import Path
from formcheck.people.history import History, Stretch
from formcheck.people.history.database import Store
from formcheck.people.history.writer import new_entry
from formcheck.core.values import Side

prepare, path, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
with Store(path):
    pass  # all is imported, the file is there
exec(prepare)
with History(path) as history:
    record = history.begin(new_entry("psoas_relief"))
    started = time.monotonic()
    while (held_s := time.monotonic() - started) < seconds:
        record.update([Stretch(pose="supine_psoas", side=Side.LEFT, started_s=0.0, held_s=held_s, longest_s=held_s, goal_s=60.0,
                               complete=False, score=90.0, faults={f"fault_{i}": held_s for i in range(int(held_s * 400))})])
        print(held_s, flush=True)
        time.sleep(0.05)
    record.end()
print(history.trouble, flush=True)
"""


def session(path: Path, seconds: float, prepare: str = "") -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    words = [sys.executable, "-c", SESSION, prepare, str(path), str(seconds)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.heavy
@pytest.mark.skipif(os.name != "posix", reason="signals and limits are those of POSIX")
class TestProcesses:
    @pytest.mark.parametrize("after_s", [0.7, 2.2])
    def test_a_killed_session_loses_a_second_at_most(self, path: Path, after_s: float) -> None:
        with session(path, 60) as child:
            assert child.stdout is not None
            told_s = 0.0
            while told_s < after_s:
                told_s = float(child.stdout.readline())
            child.send_signal(signal.SIGKILL)
            told_s = max([told_s, *map(float, child.stdout.read().split())])
        assert child.returncode == -signal.SIGKILL
        (found,) = kept(path)
        assert found.ended is None
        assert told_s - 1.0 <= found.stretches[0].held_s <= told_s + 0.2
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def test_a_disk_that_takes_no_more_ends_no_session(self, path: Path) -> None:
        # No file may grow beyond 64 kB.
        with session(path, 2.5, "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))") as child:
            assert child.stdout is not None
            last = child.stdout.read().splitlines()[-1]
        assert child.returncode == 0
        assert "cannot be written" in last
        assert "Make room, or see to the disk." in last
        assert kept(path)[0].stretches[0].held_s > 0

    def test_a_file_that_cannot_be_written_ends_no_session(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # somebody else comes here: nobody, where root runs the tests, who may write anywhere
            path = Path(folder) / "data" / "history.db"
            prepare = "path.chmod(0o444); path.parent.chmod(0o555); os.geteuid() == 0 and os.seteuid(65534)"
            with session(path, 1.5, prepare) as child:
                assert child.stdout is not None
                last = child.stdout.read().splitlines()[-1]
            path.parent.chmod(0o755)
        assert child.returncode == 0
        assert "readonly database). Allow writing to it and its folder." in last


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str, columns: int = 160
) -> tuple[Any, str]:
    monkeypatch.setattr(sys, "argv", ["formcheck", "history", *words])
    monkeypatch.setenv("COLUMNS", str(columns))
    with pytest.raises(SystemExit) as caught:
        cli.main()
    said = capsys.readouterr()
    return caught.value.code, said.out + said.err


def spoilt(path: Path, table: str, column: str, value: Any) -> None:
    """Three sessions, one of which has this value; the others are as they should be."""
    pain = Pain(time_s=9.0, pose="supine_psoas", side=Side.LEFT, answer=Answer.STRONG)
    with Store(path) as store:
        for name in ("bad00001", "good0002", "good0003"):
            store.save(entry(id=name, pains=(pain,), stretches=(stretch(faults={"leg_lifts": 2.0}, reach={12: 3.0}),)))
    key = "id" if table == "sessions" else "session"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = 'bad00001'", (value,))  # noqa: S608 (names of ours)
        connection.commit()


class TestDamagedRows:
    """What cannot be read costs itself: all else is listed, it is named, and its session can be deleted."""

    @pytest.mark.parametrize(
        ("table", "column", "value", "told"),
        [
            ("sessions", "started", "yesterday", "started: must be the date and time of a session (found 'yesterday')"),
            ("sessions", "started", "9999-12-31T23:59:59+00:00", "started: must be the date"),
            ("sessions", "started", "2025-11-22T23:50:00", "started: must be the date"),
            ("sessions", "started", b"\x00\xff", "started: must be the date"),
            ("sessions", "ended", "0001-01-01T00:00:00+00:00", "ended: must be the date"),
            ("sessions", "plan", "x" * 5000, "plan: must have 400 characters or fewer"),
            ("stretches", "side", "up", "stretches[0].side: must be 'left' or 'right' (found 'up')"),
            ("stretches", "started", "soon", "stretches[0].started: must be the date"),
            ("stretches", "held_s", "long", "stretches[0].held_s: must be a number (found 'long')"),
            ("stretches", "held_s", -1.0, "stretches[0].held_s: must be 0 or more"),
            ("stretches", "held_s", 1e300, "stretches[0].held_s: must be 1e+06 or less"),
            ("stretches", "score", 1e9, "stretches[0].score: must be 100 or less"),
            ("pains", "answer", "awful", "pains[0].answer: must be 'mild', 'strong' or 'sharp' (found 'awful')"),
            ("pains", "side", "both", "pains[0].side: must be 'left' or 'right'"),
            ("pains", "at", "", "pains[0].at: must be the date"),
            ("faults", "seconds", "many", "stretches[0].faults.leg_lifts: must be a number"),
            ("reach", "seconds", float("inf"), "stretches[0].reach[12]: must be a number (found inf)"),
        ],
    )
    def test_the_others_are_listed(
        self,
        table: str,
        column: str,
        value: Any,
        told: str,
        path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        spoilt(path, table, column, value)
        code, said = run(monkeypatch, capsys)
        assert code == 1
        assert f"formcheck: {path}, session bad00001: {told}" in said
        assert all(f"id {name}" in said for name in ("good00",))
        assert said.count("Sat 22 Nov 2025, 23:50") == (2 if table == "sessions" else 3), "a bad part hides no session"
        assert run(monkeypatch, capsys, "show", "good0002")[0] == 0
        assert told in run(monkeypatch, capsys, "show", "bad")[1]
        assert run(monkeypatch, capsys, "delete", "bad", "--yes")[0] == 0
        assert run(monkeypatch, capsys)[0] == 0

    @pytest.mark.parametrize(
        ("table", "column", "value", "left"),
        [
            ("stretches", "complete", "perhaps", (0, 0, 0, 1)),
            ("stretches", "held_s", float("inf"), (0, 0, 0, 1)),
            ("stretches", "skipped", 7, (0, 0, 0, 1)),
            ("pains", "at", "never", (1, 1, 1, 0)),
            ("faults", "seconds", -1, (1, 0, 1, 1)),
            ("reach", "degrees", "far", (1, 1, 0, 1)),
            ("reach", "seconds", "x", (1, 1, 0, 1)),
        ],
    )
    def test_a_part_costs_itself_alone(
        self, table: str, column: str, value: Any, left: tuple[int, int, int, int], path: Path
    ) -> None:
        spoilt(path, table, column, value)
        with Store(path) as store:
            found = {one.id: one for one in store.recent()}
            assert store.faulty == {}
            (fault,) = store.partly["bad00001"]
        assert fault.startswith("pains[0]." if table == "pains" else "stretches[0]")
        bad = found["bad00001"]
        stretches = bad.stretches or ()
        counts = len(stretches), sum(len(one.faults) for one in stretches), sum(len(one.reach) for one in stretches)
        assert (*counts, len(bad.pains)) == left
        assert len(found["good0002"].stretches) == len(found["good0002"].pains) == 1

    def test_a_sum_that_was_rounded_up_is_no_damage(self, path: Path) -> None:
        spoilt(path, "stretches", "score", 100.00000000000007)
        with Store(path) as store:
            assert [one.stretches[0].score for one in store.recent() if one.id == "bad00001"] == [100.0]
            assert (store.faulty, store.partly) == ({}, {})

    def test_a_letter_that_is_none_costs_itself(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoilt(path, "sessions", "plan", "any")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE sessions SET plan = CAST(x'ff41' AS TEXT) WHERE id = 'bad00001'")
            connection.commit()
        code, said = run(monkeypatch, capsys)
        assert (code, said.count("Sat 22 Nov 2025, 23:50")) == (0, 3)

    @pytest.mark.parametrize("at", range(18, 400, 40))
    def test_a_damaged_head_is_told(
        self, at: int, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoilt(path, "sessions", "plan", "any")
        content = bytearray(path.read_bytes())
        content[-at] ^= 0xFF
        content[at] ^= 0xFF
        path.write_bytes(content)
        code, said = run(monkeypatch, capsys)
        assert code in (0, 1)
        assert code == 0 or f"{path}" in said

    def test_a_session_without_an_id_costs_itself_too(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoilt(path, "sessions", "id", b"\xff")
        assert run(monkeypatch, capsys)[1].count("Sat 22 Nov 2025, 23:50") == 2


class TestCommands:
    def test_nothing_yet_and_to_look_makes_nothing(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, said = run(monkeypatch, capsys)
        assert code == 0
        assert "Nothing has been kept yet" in said
        assert not path.parent.exists()

    def test_a_session_is_shown_by_stretch_and_side(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        standing = {"pose": "standing_psoas", "goal_s": 30.0}
        done = (
            stretch(**standing, held_s=30.0, complete=True, score=90.0, faults={"rear_knee_bent": 4.0}),
            stretch(**standing, side=Side.RIGHT, held_s=10.0),
            stretch(**standing, held_s=10.0, score=70.0),
            stretch(side=Side.RIGHT, held_s=0.0, score=None, skipped=True),
        )
        pain = Pain(time_s=9.0, pose="standing_psoas", side=Side.RIGHT, answer=Answer.SHARP)
        with Store(path) as store:
            store.save(entry(stretches=done, pains=(pain,)))
        code, said = run(monkeypatch, capsys)
        assert code == 0
        rows = [" ".join(line.split()) for line in said.splitlines()]
        assert "Sat 22 Nov 2025, 23:50 Psoas stretches still running, or cut short id one" in rows
        assert "Standing psoas stretch left 40 s of 60 s form 85 Straighten your back leg a little (4 s)" in rows
        assert "Standing psoas stretch right 10 s of 30 s form 88 sharp pain" in rows
        assert "Supine psoas stretch right 0 s of 60 s skipped" in rows
        assert "Standing psoas stretch left 40 s 1" in rows

    def test_the_last_few_or_all_and_as_json(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Store(path) as store:
            for day in range(12):
                store.save(entry(id=str(day), started=STARTED + timedelta(days=day)))
        for words, count in (((), 10), (("--last", "3"), 3), (("--last", "0"), 12)):
            _, said = run(monkeypatch, capsys, *words, "--json")
            found = json.loads(said)
            assert [one["id"] for one in found] == [str(day) for day in range(12)][-count:]
        assert found[0]["stretches"][0]["held_s"] == 30.0
        assert found[0]["started"] == STARTED.isoformat()

    @pytest.mark.parametrize("words", [("show", "\udcff"), ("--profile", "\udcff"), ("delete", "\udcff", "--yes")])
    def test_a_name_of_bytes_that_are_no_letters_is_that_of_nothing(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
    ) -> None:
        with Store(path) as store:
            store.save(entry())
        code, said = run(monkeypatch, capsys, *words)
        assert (code, "Supine" in said) == (int(words[0] != "--profile"), False)
        assert len(kept(path)) == 1

    def test_of_one_stretch_and_from_a_day_on(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        today = datetime.now().astimezone()
        with Store(path) as store:
            for days in range(0, 36, 3):
                both = (stretch(), stretch(pose="standing_psoas", held_s=10.0))
                done = both if days % 2 == 0 else both[:1]
                store.save(entry(id=f"s{days}", started=today - timedelta(days=days), stretches=done))

        def found(*words: str) -> list[Any]:
            return list(json.loads(run(monkeypatch, capsys, *words, "--json")[1]))

        week = ["s6", "s3", "s0"]
        day = f"{today - timedelta(days=7):%Y-%m-%d}"
        for words in (("--since", "7d"), ("show", "--since", "1w"), ("--since", day)):
            assert [one["id"] for one in found(*words)] == week
        assert len(found("--since", "5w")) == 12, "all of them, not the last ten"
        assert [one["id"] for one in found("--since", "5w", "--last", "1")] == ["s0"]
        assert [one["id"] for one in found("--pose", "stand", "--since", "7d")] == ["s6", "s0"]
        assert {part["pose"] for one in found("--pose", "stand") for part in one["stretches"]} == {"standing_psoas"}
        assert "Standing psoas stretch  left  20 s" in run(monkeypatch, capsys, "--pose", "stand", "--since", "7d")[1]
        assert run(monkeypatch, capsys, "--pose", "kneel") == (
            0, "No session was kept that fits. `formcheck history --last 0` shows all of them.\n",
        )  # fmt: skip
        for wrong in ("yesterday", "3m", "2025-13-01", ""):
            assert "is no date" in run(monkeypatch, capsys, "--since", wrong)[1]

    def test_a_pain_that_is_taken_back_is_gone(self, path: Path) -> None:
        pain = Pain(time_s=65.0, pose="supine_psoas", side=Side.LEFT)
        with Store(path) as store:
            store.save(entry(pains=(pain, replace(pain, time_s=80.0))))
            store.save(entry(pains=(pain,)))
            assert [kept.pains for kept in store.recent()] == [(pain,)]

    def test_one_session_in_full_and_deleted(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = (stretch(faults={"head_lifts": 3.0, "leg_lifts": 9.0}, reach={12: 3.0, 20: 4.0}), stretch(started_s=70.0))
        pain = Pain(time_s=65.0, pose="supine_psoas", side=Side.LEFT)
        with Store(path) as store:
            store.save(entry(id="3f2a11aa", stretches=done, pains=(pain,)))
            store.save(entry(id="3f2b22bb", started=STARTED + timedelta(days=1)))
        assert "  id 3f2a11\n" in run(monkeypatch, capsys)[1]
        code, said = run(monkeypatch, capsys, "show", "3f2a")
        rows = [" ".join(line.split()) for line in said.splitlines()]
        assert code == 0
        assert rows[1] == "id 3f2a11aa, still running, or cut short, kept by formcheck 1.0"
        assert rows[-3].endswith("Leg lifts (9 s), Rest your head on the floor (3 s), reached 12 to 20 degrees")
        assert rows[-2] == "1:05 Supine psoas stretch left pain"
        assert [one["id"] for one in json.loads(run(monkeypatch, capsys, "show", "3f2b", "--json")[1])] == ["3f2b22bb"]
        assert "may be 3f2b22bb or 3f2a11aa" in run(monkeypatch, capsys, "delete", "3f2", "--yes")[1]
        monkeypatch.setattr("builtins.input", lambda *_: "n")
        assert "Nothing was deleted." in run(monkeypatch, capsys, "delete", "3f2a")[1]
        assert len(kept(path)) == 2
        monkeypatch.setattr("builtins.input", lambda *_: "y")
        assert "The session is deleted." in run(monkeypatch, capsys, "delete", "3f2a")[1]
        assert [one.id for one in kept(path)] == ["3f2b22bb"]
        assert run(monkeypatch, capsys, "show", "3f2a")[0] == 1

    def test_guided_blocks_are_told_as_time_that_was_not_measured(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hurt = Pain(time_s=30.0, pose="ball_massage", side=Side.RIGHT, answer=Answer.STRONG)
        left = block(side=Side.RIGHT, started_s=220.0, guided_s=12.5, complete=False, skipped=True)
        breath = block(block="slow_breathing", side=None, started_s=300.0, guided_s=180.0, goal_s=180.0)
        with Store(path) as store:
            store.save(entry(id="3f2a11aa", blocks=(block(), left, breath), pains=(hurt,), ended=STARTED))
        _, said = run(monkeypatch, capsys)
        lines = [" ".join(line.split()) for line in said.splitlines()]
        assert "Self-massage with a ball left 200 s of 200 s not measured" in lines
        assert "Self-massage with a ball right 12 s of 200 s not measured; stopped: strong pain" in lines
        assert "Slow breathing 180 s of 180 s not measured" in lines
        assert "Self-massage with a ball: 4 min guided in 1 session, not measured" in lines
        _, said = run(monkeypatch, capsys, "show", "3f2a")
        lines = [" ".join(line.split()) for line in said.splitlines()]
        assert "3:40 Self-massage with a ball right 12 s of 200 s not measured, ended early" in lines
        assert "0:30 Self-massage with a ball right strong pain" in lines
        _, said = run(monkeypatch, capsys, "--pose", "slow")
        assert "Slow breathing" in said
        assert "Supine" not in said
        _, said = run(monkeypatch, capsys, "--json")
        (told,) = json.loads(said)
        assert [(one["block"], one["side"], one["guided_s"]) for one in told["blocks"]] == [
            ("ball_massage", "left", 200.0),
            ("ball_massage", "right", 12.5),
            ("slow_breathing", None, 180.0),
        ]

    def test_it_can_be_read_in_a_terminal_of_eighty_columns(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hurt = stretch(pose="kneeling_hip_flexor", skipped=True, faults={"front_knee_past_toes": 12.0})
        pain = Pain(time_s=9.0, pose="kneeling_hip_flexor", side=Side.LEFT, answer=Answer.STRONG)
        with Store(path) as store:
            store.save(entry(stretches=(hurt,), pains=(pain,)))
            store.save(entry(id="two"))
        monkeypatch.setenv("FORCE_COLOR", "1")
        lines = re.sub(r"\x1b\[[0-9;]*m", "", run(monkeypatch, capsys, columns=80)[1]).splitlines()
        assert len(lines) <= 12
        assert all(len(line) <= 80 for line in lines)
        assert len({line.index(" of 60 s") for line in lines if " of 60 s" in line}) == 1, "the columns are the same for all"

    @pytest.mark.parametrize("yes", [[], ["--yes"]])
    def test_where_nothing_is_kept_nothing_is_asked(
        self, yes: list[str], path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, said = run(monkeypatch, capsys, "delete", *yes)
        assert (code, said) == (0, "Nothing is kept, so there is nothing to delete.\n")
        assert not path.parent.exists()

    def test_delete_asks_first(self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        with Store(path) as store:
            store.save(entry())
        safety.save_answers(
            safety.Answers(questionnaire=safety.questionnaire().version, on=STARTED.date(), yes=frozenset({"hip"}))
        )
        monkeypatch.setattr("builtins.input", lambda *_: "n")
        assert run(monkeypatch, capsys, "delete")[0] == 0
        assert len(kept(path)) == 1
        code, said = run(monkeypatch, capsys, "delete", "--yes")
        assert code == 0
        assert "are deleted" in said
        assert kept(path) == ()
        assert safety.load_answers() is None

    def test_trouble_is_a_sentence(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path.parent.mkdir()
        path.write_bytes(b"no database" * 100)
        code, said = run(monkeypatch, capsys)
        assert code == 1
        assert said.startswith(f"formcheck: The history {path} is damaged.")


def test_the_history_of_a_session_imports_nothing_heavy_before_it_begins() -> None:
    code = "import sys, formcheck.people.history\nprint('sqlite3' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO)
    assert run.stdout == "False\n"


def test_the_history_lies_in_the_data_folder(path: Path) -> None:
    assert history_file() == path


WRITER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from formcheck.people.history import Entry
from formcheck.people.history.database import Store
folder, name, began_s = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
for i in range(25):
    time.sleep(max(0.0, began_s + i / 10 - time.time()))
    with Store(folder / f"{i}.db") as store:
        store.save(Entry(id=name, started=datetime.now(UTC), version="1", plan="any"))
"""


def test_several_programs_begin_the_same_history_at_once(tmp_path: Path) -> None:
    """Each makes the file, its tables and its entry in the same moment as the others."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    began_s = str(time.time() + 1.5)
    writers = [subprocess.Popen([*command, name, began_s], stderr=subprocess.PIPE, text=True) for name in "ab"]
    said = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], said
    for i in range(25):
        with closing(sqlite3.connect(tmp_path / f"{i}.db")) as connection:
            assert connection.execute("SELECT id FROM sessions ORDER BY id").fetchall() == [("a",), ("b",)]
