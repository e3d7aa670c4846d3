"""What has become of somebody over their sessions, as values: sums are those of the history, changes those of the trend."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.values import Side
from formcheck.people.history import Answer, Entry, GuidedTime, Pain, SittingRecord
from formcheck.people.progress import MOST_BARS, MOST_POINTS, Progress, Span, progress_of, span_for
from formcheck.people.progression import session_medians, session_reaches, sides_reach, trend
from tests.support.histories import KNEELING, MONDAY, SUPINE, held, reached, read, risen, session
from tests.support.laws import law
from tests.unit.people.test_history import entries

days = st.dates(date(2000, 1, 1), date(2200, 1, 1))
TEN = [12] * 5 + [30] * 5


@law
@given(days, st.sampled_from(Span))
def test_a_span_has_each_of_its_days_and_no_other(day: date, span: Span) -> None:
    begin = span.begin(day)
    assert begin <= day < span.after(begin)
    assert {span.begin(begin), span.begin(span.after(begin) - timedelta(days=1))} == {begin}
    assert span.begin(span.after(begin)) == span.after(begin)


@law
@given(st.lists(days, max_size=4), st.sampled_from([MOST_BARS, MOST_POINTS]))
def test_there_are_never_many_more_spans_than_there_may_be(some: list[date], most: int) -> None:
    span = span_for(some, most)
    begin, count = span.begin(min(some, default=date(2000, 1, 1))), 0
    while begin <= max(some, default=date(1999, 1, 1)):
        begin, count = span.after(begin), count + 1
    assert count <= most + 2 or span is Span.YEAR


@law
@given(st.lists(entries, min_size=1, max_size=5))
def test_what_was_held_is_all_that_the_sessions_have(sessions: list[Entry]) -> None:
    found = progress_of(sessions)
    kept = sum(stretch.held_s for entry in sessions for stretch in entry.stretches)
    assert sum(sum(one.held_s.values()) for one in found.held) == pytest.approx(kept)
    assert sum(one.held_s for one in found.people) == pytest.approx(kept)
    assert found.sessions == len(sessions)
    assert found.days == (min(one.started.date() for one in sessions), max(one.started.date() for one in sessions))
    alone = len({entry.profile for entry in sessions}) == 1
    assert alone or not (found.ranges or found.checks or found.faults or found.pains)


def test_days_without_a_session_are_not_there() -> None:
    found = progress_of([session(0, held()), session(0.1, held(Side.RIGHT)), session(3, held(pose=SUPINE, at=None))])
    assert [(one.begin, dict(one.held_s)) for one in found.held] == [
        (MONDAY.date(), {KNEELING: 50.0}),
        (MONDAY.date() + timedelta(days=3), {SUPINE: 25.0}),
    ]
    assert found.bars is Span.DAY


def test_a_long_time_is_told_by_weeks_months_and_years() -> None:
    for days_of_it, span in ((MOST_BARS, Span.DAY), (MOST_BARS + 1, Span.WEEK), (1000, Span.MONTH), (9999, Span.YEAR)):
        assert progress_of([session(0, held()), session(days_of_it - 1, held())]).bars is span


class TestRange:
    def test_it_is_that_of_the_trend(self) -> None:
        sessions = risen(TEN, [12, 14, 13, 12, 15, 14, 13, 15, 12, 14])
        (found,) = progress_of(sessions).ranges
        reaches = session_reaches(sessions, KNEELING)
        for course in found.sides:
            expected = trend(reaches[course.side])
            assert expected is not None
            assert (course.then, course.now, course.detectable) == (expected.before, expected.now, expected.detectable)
            assert (course.change, course.readings) == (expected.change, 10)
        assert [course.change for course in found.sides] == [18.0, None]
        assert found.apart == sides_reach(session_medians(reaches[Side.LEFT]), session_medians(reaches[Side.RIGHT]))

    def test_with_fewer_than_ten_sessions_there_is_nothing_to_compare(self) -> None:
        (found,) = progress_of(risen(TEN[:9], TEN[:9])).ranges
        assert [(course.then, course.change, course.readings) for course in found.sides] == [(None, None, 9)] * 2

    def test_a_point_is_a_session_and_of_a_long_time_the_middle_of_a_week_or_month(self) -> None:
        few = risen([10, 20, 15], [10, 10, 10])
        (course, _) = progress_of(few).ranges[0].sides
        assert [(point.begin, point.degrees) for point in course.points] == [
            (entry.started.date(), float(degrees)) for entry, degrees in zip(few, [10, 20, 15], strict=True)
        ]
        many = risen([10, 20, 30] * 100, [10] * 300, every=1)
        found = progress_of(many)
        (course, _) = found.ranges[0].sides
        assert found.points is Span.WEEK
        assert course.readings == 300
        assert course.points[0].degrees == median([10, 20, 30, 10, 20, 30, 10])
        assert len(course.points) == 43

    @pytest.mark.parametrize(
        ("left", "right", "apart"),
        [([20] * 5, [30] * 5, -10.0), ([20] * 5, [29] * 5, None), ([5, 15, 25, 35, 45], [40] * 5, None)],
        ids=["apart", "no more than the camera may be off", "every day something else"],
    )
    def test_sides_are_told_apart_where_that_is_certain(self, left: list[int], right: list[int], apart: float | None) -> None:
        (found,) = progress_of(risen(left, right)).ranges
        assert found.apart is not None
        assert found.apart.left_minus_right == apart

    def test_sides_are_not_compared_by_less_than_five_sessions(self) -> None:
        assert progress_of(risen([20] * 4, [40] * 4)).ranges[0].apart is None

    def test_a_session_that_hurt_is_no_point(self) -> None:
        hurt = replace(session(9, held(at=40)), pains=(Pain(time_s=9.0, pose=KNEELING, side=Side.LEFT),))
        (course,) = progress_of([session(0, held(at=10)), hurt]).ranges[0].sides
        assert (course.readings, course.now) == (1, 10.0)


class TestFaults:
    @pytest.mark.parametrize(
        ("seconds", "certain"),
        [
            ([9, 8, 9, 8, 9, 3, 2, 3, 2, 3], True),
            ([3, 2, 3, 2, 3, 9, 8, 9, 8, 9], True),
            ([9, 8, 9, 8, 3, 3, 2, 3, 2, 3], False),
            ([5] * 10, False),
        ],
        ids=["rarer", "more frequent", "one day as good as the worst since", "alike"],
    )
    def test_a_change_is_certain_where_all_of_the_last_are_beyond_all_of_the_first(
        self, seconds: list[float], certain: bool
    ) -> None:
        (found,) = progress_of(risen(TEN, TEN, fault_s=seconds)).faults
        shares = [lasting / (50.0 + lasting) for lasting in seconds]
        assert found.then == pytest.approx(sum(shares[:5]) / 5)
        assert found.now == pytest.approx(sum(shares[5:]) / 5)
        assert found.certain is certain
        assert found.cue == "Grow tall, chest over hips"

    def test_nine_sessions_are_too_few(self) -> None:
        (found,) = progress_of(risen(TEN[:9], TEN[:9], fault_s=[9, 9, 9, 9, 1, 1, 1, 1, 1])).faults
        assert (found.then, found.certain) == (None, False)

    def test_what_was_hardly_begun_does_not_count(self) -> None:
        barely = session(50, held(held_s=0.5, at=None, faults={"leaning_forward": 0.5}))
        (found,) = progress_of([*risen([12] * 5, [12] * 5, fault_s=[10] * 5), barely]).faults
        assert found.now == pytest.approx(10 / 60)

    def test_advice_takes_no_time_from_the_stretch(self) -> None:
        (found,) = progress_of([session(0, held(held_s=20.0, faults={"front_knee_past_toes": 10.0}))]).faults
        assert found.now == pytest.approx(0.5)


def test_pain_is_told_as_it_was() -> None:
    pains = (Pain(time_s=1.0, pose=KNEELING, side=None, answer=Answer.MILD), Pain(time_s=2.0, pose=KNEELING, side=None))
    found = progress_of(
        [session(0, held()), session(1, held(), pain_before=4, pain_after=2), session(1.2, held(), pain_before=7, pains=pains)]
    )
    (told,) = found.pains
    assert (told.begin, told.before, told.after) == (MONDAY.date() + timedelta(days=1), 5.5, 2.0)
    assert dict(told.told) == {"mild": 1, "": 1}


class TestChecks:
    def test_the_last_is_compared_with_the_first_by_their_own_errors(self) -> None:
        checks = [read(0, 2.0), read(7, -4.0), read(14, -7.0), read(0, 2.0, Side.RIGHT), read(14, -6.0, Side.RIGHT)]
        (found,) = progress_of([], checks).checks
        left, right = found.sides
        assert (left.then, left.now, left.change, left.readings) == (2.0, -7.0, -9.0, 3)
        assert (right.then, right.now, right.change) == (2.0, -6.0, None)
        assert left.detectable == pytest.approx(72**0.5)
        assert found.left_minus_right is None

    def test_one_without_a_verdict_says_nothing(self) -> None:
        (found,) = progress_of([], [read(0, 2.0), read(7, -30.0, band=None)]).checks
        assert (found.sides[0].then, found.sides[0].now) == (None, 2.0)
        assert not progress_of([], [read(0, 2.0, band=None)]).checks

    def test_sides_differ_where_they_did_the_time_before_too(self) -> None:
        twice = [read(day, degrees, side) for day in (0, 7) for side, degrees in ((Side.LEFT, 5.0), (Side.RIGHT, -9.0))]
        assert progress_of([], twice).checks[0].left_minus_right == 14.0
        assert progress_of([], twice[:2]).checks[0].left_minus_right is None


def test_of_several_people_there_is_what_was_held_by_each() -> None:
    sessions = [
        replace(one, profile=name, pain_before=3) for one, name in zip(risen(TEN, TEN), ["anna", "Bob"] * 5, strict=True)
    ]
    found = progress_of(sessions, [read(0, 2.0)])
    assert [(one.profile, one.sessions, one.held_s) for one in found.people] == [
        (None, 0, 0),
        ("anna", 5, 250),
        ("Bob", 5, 250),
    ]
    assert (found.ranges, found.checks, found.faults, found.pains) == ((), (), (), ())
    assert len(found.held) == 10


def test_guided_time_and_days_at_the_desk_are_sums() -> None:
    block = GuidedTime(block="ball_massage", side=Side.LEFT, started_s=1.0, guided_s=90.0, goal_s=90.0, complete=True)
    day = SittingRecord(sat_s=3600.0, away_s=60.0, unseen_s=0.0, longest_s=1800.0, breaks=3, shifts=9, prompts=1)
    found: Progress = progress_of([session(0, blocks=(block,)), *(session(at, sitting=day) for at in (1, 2))])
    assert [(one.block, one.guided_s) for one in found.guided] == [("ball_massage", 90.0)]
    assert found.sitting is not None
    assert (found.sitting.days, found.sitting.sat_s, found.sitting.breaks, found.sitting.shifts) == (2, 7200.0, 6, 18)
    assert found.sessions == 1
    assert not found.held


def test_the_middle_of_a_reach_is_where_half_of_the_time_lies_below() -> None:
    (course,) = progress_of([session(0, held(reach=reached(17)))]).ranges[0].sides
    assert course.now == 17.0
