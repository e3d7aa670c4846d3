"""A session that was cut off goes on: what was done counts, and nothing of it is asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.events import SessionPhase
from formcheck.coaching.guided_session import GuidedSession
from formcheck.core.values import Side
from formcheck.people.history import Entry, History, Pain
from formcheck.people.history.database import Store
from formcheck.pipeline.live.results import earlier_bouts, history_blocks, history_pains, history_stretches
from tests.support.laws import slow_law
from tests.support.rehearsal import LEFT, READY, RIGHT, SPECS, Rehearsal, both

STARTED = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)


def entry_of(session: GuidedSession) -> Entry:
    return Entry(
        id="one",
        started=STARTED,
        version="1",
        plan="kneeling_hip_flexor",
        stretches=tuple(history_stretches(session)),
        pains=tuple(history_pains(session)),
        blocks=tuple(history_blocks(session)),
    )


def cut_off_after(held_s: float, *, side: Side | None = None) -> Entry:
    told = Rehearsal.of(*both(side=side)).see(4.0, READY).until(SessionPhase.STRETCH, RIGHT).see(held_s, RIGHT)
    return entry_of(told.session)


@slow_law
@given(st.floats(0.5, 45.0))
def test_what_was_held_counts_and_the_rest_is_asked(held_s: float) -> None:
    entry = cut_off_after(held_s)
    before = {one.side: one.held_s for one in entry.stretches}
    session = GuidedSession(SPECS, both(), earlier=earlier_bouts(entry, 60.0))
    assert {row.side: row.held_s for row in session.summary.rows if row.held_s > 0} == pytest.approx(before)
    assert len(session.summary.rows) == 2
    assert {row.side for row in session.summary.rows if row.side is not None} <= {Side.RIGHT, Side.LEFT}
    told = Rehearsal(session)
    if before.get(Side.RIGHT, 0.0) >= 30.0:
        assert session.agenda.current.side is Side.LEFT
        told.until(SessionPhase.STRETCH, LEFT).see(3.0, LEFT)
        assert {row.side: row.held_s for row in session.summary.rows}[Side.RIGHT] == pytest.approx(before[Side.RIGHT])
        return
    told.see(4.0, READY).until(SessionPhase.STRETCH, RIGHT).see(3.0, RIGHT)
    (right,) = [row for row in session.summary.rows if row.side is Side.RIGHT]
    assert min(30.0, before.get(Side.RIGHT, 0.0) + 2.5) - 0.2 <= right.held_s
    stored = history_stretches(session)
    assert [one.side for one in stored][: len(entry.stretches)] == [one.side for one in entry.stretches], "numbers stay"


def test_the_longest_hold_and_the_score_are_those_of_before() -> None:
    entry = cut_off_after(12.0)
    session = GuidedSession(SPECS, both(), earlier=earlier_bouts(entry, 60.0))
    (now,) = history_stretches(session)
    (then,) = entry.stretches
    assert (now.held_s, now.longest_s, now.score) == pytest.approx((then.held_s, then.longest_s, then.score), abs=0.02)
    assert now.reach == then.reach
    assert now.started_s == pytest.approx(then.started_s - 60.0)


def test_what_was_left_is_not_asked_again() -> None:
    entry = Entry(
        id="one",
        started=STARTED,
        version="1",
        plan="kneeling_hip_flexor",
        stretches=(cut_off_after(5.0).stretches[0],),
    )
    left = entry.stretches[0]
    entry = replace(entry, stretches=(replace(left, skipped=True),))
    session = GuidedSession(SPECS, both(), earlier=earlier_bouts(entry, 60.0))
    assert session.agenda.current.side is Side.LEFT


def test_the_history_has_one_session_on_one_clock(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    first = cut_off_after(10.0)
    first = replace(first, pains=(Pain(time_s=3.0, pose="kneeling_hip_flexor", side=Side.RIGHT),))
    with Store(path) as store:
        store.save(first)
    with Store(path) as store:
        (found,) = store.recent()
    begins_s = 120.0
    session = GuidedSession(SPECS, both(), earlier=earlier_bouts(found, begins_s))
    told = Rehearsal(session).see(4.0, READY).until(SessionPhase.STRETCH, RIGHT).see(4.0, RIGHT)
    with History(path) as history:
        record = history.begin(found, begins_s)
        record.update(history_stretches(told.session), history_pains(told.session), history_blocks(told.session))
        record.end()
    with Store(path) as store:
        (kept,) = store.recent()
    assert kept.started == STARTED
    assert kept.ended is not None
    assert kept.ended > STARTED + timedelta(days=1)
    assert len(kept.stretches) == len(found.stretches)
    assert kept.stretches[0].started_s == pytest.approx(found.stretches[0].started_s)
    assert kept.stretches[0].held_s > found.stretches[0].held_s + 3.0
    assert kept.pains == found.pains
