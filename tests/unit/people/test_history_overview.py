"""The list of sessions, for which not all is read: it is the same as if all had been."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from formcheck.cli.reports.history import print_history
from formcheck.core.values import Side
from formcheck.people.history import Answer, Entry, GuidedTime, Pain, Stretch
from formcheck.people.history.database import Store
from formcheck.people.history.overview import Overview, is_plain
from formcheck.people.history.records import guided_totals, totals
from tests.support.laws import law, seeds
from tests.support.years import keep_years

POSES = ("kneeling_hip_flexor", "supine_psoas", "plank")
SIDES = (Side.LEFT, Side.LEFT, Side.RIGHT, None)
STARTED = datetime(2026, 1, 5, 18, 0, tzinfo=timezone(timedelta(hours=1)))
CELLS = {
    "sessions": ("id", "started", "version", "plan", "ended", "profile", "level", "pain_before", "looked_at"),
    "stretches": ("pose", "side", "started", "held_s", "longest_s", "goal_s", "complete", "score", "skipped", "number"),
    "faults": ("fault", "seconds", "number"),
    "reach": ("degrees", "seconds", "number"),
    "pains": ("at", "pose", "side", "answer", "number"),
    "guided": ("number", "block", "side", "started", "guided_s", "goal_s", "complete", "skipped"),
}
TIMES = (
    "", "x", "9999-12-31T23:59:59+00:00", "2026-02-30T10:00:00+00:00", "2026-01-05T18:00:00", "2026-01-05",
    "2026-01-05T24:00:00+01:00", "2026-01-05T18:00:00+19:59", "2026-01-05T18:60:00+01:00", "2026-00-05T18:00:00+01:00",
    "2026-01-00T18:00:00+01:00", "2026-01-05T18:00:00+01:00\0 more", "2026-01-05 18:00:00+01:00", "20260105T180000+0100",
    "2026-01-05T18:00:00.25+01:00", "2026-01-05T18:00:00.250000+01:00", "2026-01-06T00:00:01+01:00",
    "2026-01-20T18:00:00+01:00",
    "2026-02-29T18:00:00+01:00", "2024-02-29T18:00:00+01:00", "1999-12-31T23:59:59+01:00", "2026-01-05T18:00:00-00:00",
)  # fmt: skip
VALUES = (
    *TIMES, b"\xff\x00", -1, 11,
    2**62, 1e300, 1e6 + 1, float("inf"), 100.00000000000007, 100.1, 12.5, "x" * 401, "left", "mild", "null", 0, 1, 2,
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("overview") / "history.db") as opened:
        yield opened


def sessions(random: Random) -> Iterator[Entry]:
    """Some sessions of up to two people; in most, it can be told how far they went, in some only just, or not."""
    people = random.choice(((None,), ("anna",), (None, "anna")))
    told_at = random.choice((0.3, 0.9, 1.0))
    for _ in range(random.randrange(30)):
        stretches, pains, blocks = [], [], []
        for _ in range(random.randrange(4)):
            pose, side = random.choice(POSES), random.choice(SIDES)
            reach = [
                (random.randrange(-5, 30), random.choice((0.1, 0.3, 0.5, 2.4, 3.0, 40.0))) for _ in range(random.randrange(12))
            ]
            stretches.append(
                Stretch(
                    pose=pose,
                    side=side,
                    started_s=4.0,
                    held_s=random.choice((0.0, 0.1, 29.7, 30.3)),
                    longest_s=20.0,
                    goal_s=random.choice((None, 60.0)),
                    complete=random.choice((None, True, False)),
                    score=random.choice((None, 88.0)),
                    faults={"head_lifts": 2.5},
                    reach=dict(reach) if random.random() < told_at else {},
                )
            )
            if random.random() < 0.1:
                pains.append(Pain(time_s=9.0, pose=pose, side=random.choice(SIDES), answer=Answer.MILD))
        if random.random() < 0.2:
            times: dict[str, Any] = {"started_s": 4.0, "guided_s": random.choice((0.0, 0.1, 200.3)), "goal_s": 200.0}
            blocks.append(GuidedTime(block="slow_breathing", side=None, complete=True, **times))
        yield Entry(
            id=f"{random.getrandbits(64):016x}",
            started=STARTED + timedelta(days=random.randrange(40), microseconds=random.choice((0, 250_000))),
            version="1",
            plan="routine",
            profile=random.choice(people),
            level=random.choice((None, 2)),
            stretches=tuple(stretches),
            pains=tuple(pains),
            blocks=tuple(blocks),
        )


def kept(store: Store, random: Random) -> None:
    store.clear()
    store.save(*sessions(random))


def spoil(path: Path, table: str, column: str, value: Any, random: Random) -> None:
    """Put a value into a cell of a row, whichever that is; SQLite may not take it."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT rowid FROM {table}").fetchall()  # noqa: S608 (names of ours)
        if rows:
            one = random.choice(rows)[0]
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid = ?", (value, one))  # noqa: S608
            connection.commit()


def listed(short: Overview, count: int, profile: str | None) -> str:
    console = Console(file=io.StringIO(), width=160, record=True)
    print_history(short.entries[:count][::-1], short.entries, short.totals, profile, console, guided=short.guided)
    return console.export_text()


def agrees(store: Store, count: int, profile: str | None) -> bool:
    """Whether what is listed is what would be, had all been read. Returns whether not all was."""
    entries = store.recent(profile=profile)
    every = Overview(entries=entries, totals=totals(entries), guided=guided_totals(entries))
    damaged = store.faulty, store.partly
    short = store.overview(count, profile=profile)
    assert (store.faulty, store.partly) == damaged
    assert short.entries[:count] == entries[:count]
    assert (short.totals, short.guided) == (every.totals, every.guided)
    assert listed(short, count, profile) == listed(every, count, profile)
    return len(short.entries) < len(entries)


@law
@given(seeds, st.integers(1, 12), st.sampled_from((None, "anna")))
def test_it_is_the_same_as_if_all_had_been_read(store: Store, seed: int, count: int, profile: str | None) -> None:
    kept(store, Random(seed))
    with store._transaction() as connection:
        assert is_plain(connection)
    agrees(store, count, profile)


@law
@given(
    seeds, st.sampled_from([(table, column) for table, columns in CELLS.items() for column in columns]), st.sampled_from(VALUES)
)
def test_so_it_is_where_something_is_damaged(store: Store, seed: int, cell: tuple[str, str], value: object) -> None:
    random = Random(seed)
    kept(store, random)
    spoil(store.path, *cell, value, random)
    agrees(store, 10, None)


@pytest.mark.parametrize("written", TIMES)
@pytest.mark.parametrize(("table", "column"), [("sessions", "started"), ("sessions", "ended"), ("stretches", "started")])
def test_a_time_that_sql_takes_for_sure_can_be_read(tmp_path: Path, table: str, column: str, written: str) -> None:
    done = Stretch(pose="plank", side=None, started_s=4.0, held_s=9.0, longest_s=9.0, goal_s=None, complete=None)
    with Store(tmp_path / "history.db") as store:
        store.save(Entry(id="one", started=STARTED, ended=STARTED, version="1", plan="routine", stretches=(done,)))
        with closing(sqlite3.connect(store.path)) as connection:
            connection.execute(f"UPDATE {table} SET {column} = ?", (written,))  # noqa: S608 (names of ours)
            connection.commit()
        with store._transaction() as connection:
            sure = is_plain(connection)
        store.recent()
        assert not (sure and (store.faulty or store.partly))


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(hours=7), timedelta(days=-3), timedelta(days=11, microseconds=5)])
@pytest.mark.parametrize("day", [datetime(2024, 2, 29, 23, 59, 59), datetime(2026, 12, 31), datetime(2025, 4, 30, 12)])
@pytest.mark.parametrize("hours", [-12, 0, 5.5, 13])
def test_a_time_as_it_is_written_needs_no_second_look(tmp_path: Path, day: datetime, wait: timedelta, hours: float) -> None:
    started = day.replace(tzinfo=timezone(timedelta(hours=hours)))
    pain = Pain(time_s=wait.total_seconds(), pose="plank", side=None)
    with Store(tmp_path / "history.db") as store:
        store.save(Entry(id="one", started=started, ended=started + wait, version="1", plan="routine", pains=(pain,)))
        with store._transaction() as connection:
            assert is_plain(connection)


@pytest.mark.parametrize("profile", [None, "anna"])
def test_of_many_sessions_few_are_read(tmp_path: Path, profile: str | None) -> None:
    keep_years(tmp_path / "history.db", 120, profile=profile)
    with Store(tmp_path / "history.db") as store:
        assert agrees(store, 10, profile)
        assert len(store.overview(10, profile=profile).entries) < 40
