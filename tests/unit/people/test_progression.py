from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.assessment import credit
from formcheck.core.values import Side
from formcheck.people.history import Answer, Entry, Pain, Stretch
from formcheck.people.progression import (
    A_WEEK_AT_MOST,
    LEAST,
    MOST,
    SessionReach,
    percentile,
    personal_goal,
    session_reaches,
    trend,
)
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import check_text
from formcheck.testing import kneeling
from tests.support.calibrated import watched
from tests.support.laws import between, law
from tests.support.rehearsal import RIGHT, Rehearsal, planned
from tests.support.specs import KNEELING, STANDING, SUPINE, small

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def went(week: float, degrees: float, *, pain: bool = False, seconds: float = 60.0) -> SessionReach:
    return SessionReach(on=MONDAY + week * WEEK, reach={round(degrees): seconds}, pain=pain)


def edge(*done: SessionReach, at: float) -> float:
    found = personal_goal(KNEELING, {Side.RIGHT: done}, MONDAY + at * WEEK)
    assert found is not None
    return found.full_credit_from_deg


class TestEdge:
    def test_to_begin_with_it_is_that_of_12_degrees(self) -> None:
        found = personal_goal(KNEELING, {}, MONDAY)
        assert found is not None
        assert found.full_credit_from_deg == pytest.approx(9.6)
        assert (found.reach, found.short) == (12.0, False)

    def test_it_follows_the_range_slowly(self) -> None:
        weekly = [went(week, 20) for week in range(8)]
        edges = [edge(*weekly[: week + 1], at=week) for week in range(8)]
        assert edges[:4] == pytest.approx([9.6, 11.6, 13.6, 15.6])
        assert edges[4:] == pytest.approx([16.0] * 4)  # 0.8 of 20

    def test_a_long_break_is_no_leap(self) -> None:
        assert edge(went(0, 25), at=40) == pytest.approx(9.6 + A_WEEK_AT_MOST)

    def test_it_falls_at_once(self) -> None:
        high = [went(week, 24) for week in range(10)]
        assert edge(*high, at=10) == pytest.approx(0.8 * 24)
        low = [went(10 + day / 7, 12) for day in range(5)]
        assert edge(*high, *low, at=11) == pytest.approx(9.6)

    def test_after_pain_it_is_lowered_at_once_and_rises_slowly_again(self) -> None:
        high = [went(week, 24) for week in range(10)]
        assert edge(*high, went(10, 24, pain=True), at=10) == LEAST
        assert edge(*high, went(10, 24, pain=True), at=10.5) == pytest.approx(LEAST + 1)
        assert edge(*high, went(10, 24, pain=True), went(11, 24), at=12) == pytest.approx(LEAST + 4)

    def test_who_cannot_reach_8_is_asked_for_their_range_today(self) -> None:
        found = personal_goal(KNEELING, {Side.RIGHT: [went(0, 6)]}, MONDAY)
        assert found is not None
        assert (found.full_credit_from_deg, found.short) == (3.0, True)
        assert edge(*(went(week, 1) for week in range(5)), at=5) == 0.0, "less than a straight hip is no stretch"

    def test_both_sides_are_asked_for_what_the_stiffer_one_is_fit_for(self) -> None:
        sides = {Side.LEFT: [went(week, 24) for week in range(9)], Side.RIGHT: [went(week, 14) for week in range(9)]}
        found = personal_goal(KNEELING, sides, MONDAY + 9 * WEEK)
        assert found is not None
        assert found.full_credit_from_deg == pytest.approx(0.8 * 14)
        assert found.reach == 14

    def test_of_five_sessions_the_80th_percentile(self) -> None:
        assert percentile([{10: 6.0}, {20: 2.0}, {12: 2.0}], 0.8) == 12
        assert percentile([{10: 6.0}, {20: 3.0}], 0.8) == 20
        assert percentile([], 0.8) is None
        old, new = [went(week, 26) for week in range(5)], [went(5 + week, 12) for week in range(5)]
        assert edge(*old, *new, at=10) == pytest.approx(9.6)

    def test_a_stretch_that_the_floor_ends_has_no_goal(self) -> None:
        assert personal_goal(SUPINE, {Side.RIGHT: [went(0, 20)]}, MONDAY) is None
        assert SUPINE.with_goal_from(20.0) is SUPINE
        assert {spec.goal.measure for spec in (KNEELING, STANDING) if spec.goal} == {"rear_hip_extension"}

    @law
    @given(
        st.lists(st.tuples(between(0, 3), between(-10, 60), st.booleans(), between(0, 60)), max_size=30),
        between(0, 3),
    )
    def test_it_never_rises_by_more_than_two_degrees_a_week(
        self, sessions: list[tuple[float, float, bool, float]], rest: float
    ) -> None:
        week, edges = 0.0, [(0.0, 9.6)]
        done: list[SessionReach] = []
        for pause, degrees, pain, seconds in sessions:
            week += pause
            edges.append((week, edge(*done, at=week)))
            done.append(went(week, degrees, pain=pain, seconds=seconds))
            edges.append((week, edge(*done, at=week)))
            if pain:
                assert edges[-1][1] <= LEAST
        edges.append((week + rest, edge(*done, at=week + rest)))
        for (before, low), (after, high) in pairwise(edges):
            assert high - low <= A_WEEK_AT_MOST * (after - before) + 1e-6
        assert all(0 <= value <= MOST for _, value in edges)


class TestSpec:
    def test_a_higher_edge_moves_full_credit_alone(self) -> None:
        mine = KNEELING.with_goal_from(16.0)
        assert mine.goal is not None
        assert KNEELING.goal is not None
        assert mine.goal.full == (16.0, KNEELING.goal.full[1])
        assert mine.goal.zero == KNEELING.goal.zero
        assert mine.faults == KNEELING.faults

    def test_a_lower_one_takes_along_the_fault_of_not_getting_there(self) -> None:
        mine = KNEELING.with_goal_from(3.0)
        assert mine.goal is not None
        assert (mine.goal.full[0], mine.goal.zero[0]) == (3.0, -7.0)
        assert (mine.fault("hips_not_forward").below, mine.fault("hips_not_forward").clear) == (-2.0, 1.0)
        others = [fault for fault in KNEELING.faults if fault.name != "hips_not_forward"]
        assert [fault for fault in mine.faults if fault.name != "hips_not_forward"] == others

    def test_who_reaches_4_degrees_can_hold_and_score(self) -> None:
        body = kneeling(extension=4.0)
        before = watched(KNEELING, body, None)[-1].assessment
        after = watched(KNEELING.with_goal_from(3.0), body, None)[-1].assessment
        assert [breach.name for breach in before.breaches] == ["hips_not_forward"]
        assert (after.breaches, after.score) == ((), 100.0)

    @law
    @given(between(0, MOST), between(-30, 70))
    def test_it_is_a_stretch_like_any_other(self, at: float, value: float) -> None:
        mine = KNEELING.with_goal_from(at)
        checked = StretchSpec.model_validate(mine.model_dump())
        assert checked == mine
        assert mine.goal is not None
        assert KNEELING.goal is not None
        assert credit(mine.goal, value) == 1.0 or value < at or value > mine.goal.full[1]
        if at >= KNEELING.goal.full[0]:
            assert credit(mine.goal, value) <= credit(KNEELING.goal, value)

    def test_a_file_has_one_goal_at_most(self) -> None:
        text = "format = 1\n" + "".join(
            f'[[targets]]\nmeasure = "{name}"\nfull = [0, 1]\nzero = [-1, 2]\nweight = 1\ngoal = true\n'
            for name in ("trunk_inclination", "neck_relative")
        )
        faults = check_text(text, name="mine")
        assert isinstance(faults, list)
        assert "targets[1].goal: there is a goal already; a stretch has one at most" in faults
        assert small().goal is None


def entry(week: float, *stretches: Stretch, pains: tuple[Pain, ...] = (), **more: Any) -> Entry:
    on = MONDAY + week * WEEK
    return Entry(id=f"{week}", started=on, version="1", plan="any", stretches=stretches, pains=pains, **more)


def stretch(side: Side | None = Side.RIGHT, **reach: float) -> Stretch:
    return Stretch(
        pose=KNEELING.name,
        side=side,
        started_s=0,
        held_s=30,
        longest_s=30,
        goal_s=30,
        complete=True,
        reach={int(key[1:]): seconds for key, seconds in reach.items()},
    )


class TestOutings:
    def test_repetitions_of_a_session_are_one_outing_and_sides_are_apart(self) -> None:
        done = session_reaches(
            [entry(1, stretch(_12=5), stretch(_12=5, _13=2), stretch(Side.LEFT, _9=8)), entry(0, stretch(_8=30))], KNEELING.name
        )
        assert [one.reach for one in done[Side.RIGHT]] == [{8: 30}, {12: 10, 13: 2}]
        assert [one.reach for one in done[Side.LEFT]] == [{9: 8}]

    @pytest.mark.parametrize(("side", "tells"), [(Side.RIGHT, False), (None, False), (Side.LEFT, True)])
    def test_what_hurt_says_nothing_of_the_range(self, side: Side | None, tells: bool) -> None:
        hurt = Pain(time_s=3, pose=KNEELING.name, side=side, answer=Answer.MILD)
        done = session_reaches([entry(0, stretch(_20=30), pains=(hurt,))], KNEELING.name)
        assert done[Side.RIGHT][0].conclusive is tells

    def test_a_moment_says_nothing(self) -> None:
        assert not went(0, 12, seconds=1.0).conclusive

    def test_what_a_session_holds_without_a_fault_is_kept(self) -> None:
        live = Rehearsal.of(planned(Side.RIGHT)).see(2, kneeling(lean=24)).see(12, RIGHT)
        (part,) = live.session.agenda.begun
        assert sum(part.reach.values()) == pytest.approx(part.held_s, abs=0.7)
        assert percentile([part.reach], 0.5) == 18

    def test_what_is_held_with_a_fault_is_not(self) -> None:
        """Advice stops no clock, and yet it is no example of how far to go."""
        far = kneeling(extension=26, shin=31)
        live = Rehearsal.of(planned(Side.RIGHT)).see(8, far)
        (part,) = live.session.agenda.begun
        assert part.held_s > 5
        assert sum(part.reach.values()) < 1


class TestTrend:
    def test_a_change_within_what_the_camera_can_tell_is_none(self) -> None:
        found = trend([went(week, 12 if week < 5 else 19) for week in range(10)])
        assert found is not None
        assert (found.before, found.now, found.change) == (12, 19, None)
        assert 8 <= found.detectable <= 11

    def test_beyond_it_is_one(self) -> None:
        for first, last in ((12, 24), (24, 12)):
            found = trend([went(week, first if week < 5 else last) for week in range(10)])
            assert found is not None
            assert found.change == last - first

    def test_somebody_who_differs_from_day_to_day_must_change_more(self) -> None:
        first, last = (4, 10, 12, 14, 20), (16, 22, 24, 26, 32)
        found = trend([went(week, degrees) for week, degrees in enumerate((*first, *last))])
        assert found is not None
        assert found.detectable > 12
        assert found.change is None

    def test_with_few_sessions_there_is_nothing_to_compare(self) -> None:
        assert trend([]) is None
        assert trend([went(0, 12, pain=True)]) is None
        found = trend([went(week, 12 + week) for week in range(9)])
        assert found is not None
        assert (found.now, found.before, found.change) == (18, None, None)
