"""Sitting: what a day is made of comes out of its looks, and prompts keep to their rules whatever is seen."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.sitting import (
    BREAK_DUE_S,
    BREAK_S,
    HOUR_S,
    PAUSE_WITHIN_S,
    PROMPTS_AN_HOUR,
    SHIFT_DUE_S,
    SNOOZE_S,
    Prompted,
    SittingDay,
    SittingWatch,
)
from formcheck.core.values import Point
from tests.support.laws import between, seeds, slow_law
from tests.support.seated import ASIDE, DARK, HERE, NEARER, NOBODY, STANDING, Stay, looks, seated


def judged(stays: Sequence[Stay], every_s: float = 5.0, noise: float = 0.0) -> SittingDay:
    watch = SittingWatch()
    for people, time_s in looks(stays, every_s, noise):
        watch.step(people, time_s)
    return watch.finish(60 * sum(stay.minutes for stay in stays))


def test_sitting_breaks_and_shifts_are_counted() -> None:
    day = judged([Stay(10, HERE), Stay(5, ASIDE), Stay(4, NOBODY), Stay(8, HERE), Stay(2, (STANDING,)), Stay(6, HERE)])
    assert day.sat_s == pytest.approx(29 * 60, abs=15)
    assert day.away_s == pytest.approx(6 * 60, abs=15)
    assert day.up_s == pytest.approx(2 * 60, abs=15)
    assert day.unseen_s == 0.0
    assert [(round(one.start_s / 60), round(one.end_s / 60)) for one in day.breaks] == [(15, 19), (27, 29)]
    assert [round(time_s / 60) for time_s in day.shifts] == [10]
    assert day.longest_s == pytest.approx(15 * 60, abs=15)


@pytest.mark.parametrize(
    ("stays", "shifts"),
    [
        ([Stay(3, HERE), Stay(3, NEARER)], 1),
        ([Stay(3, HERE), Stay(0.25, ASIDE), Stay(3, HERE)], 0),  # reached for something
        ([Stay(3, HERE), Stay(0.5, ASIDE), Stay(3, HERE)], 2),  # there and back
        ([Stay(3, HERE), Stay(3, (seated(x=0.92),))], 0),  # half of what a shift is
        ([Stay(3, HERE), Stay(2, NOBODY), Stay(3, ASIDE)], 0),  # back from a break one sits somewhere
        ([Stay(0.5, (seated(y=0.4 - 0.002 * i),)) for i in range(60)], 0),  # slid down in half an hour
    ],
)
@pytest.mark.parametrize("noise", [0.0, 0.02])
def test_a_shift_is_a_move_that_stays(stays: list[Stay], shifts: int, noise: float) -> None:
    assert len(judged(stays, noise=noise).shifts) == shifts


def test_a_move_that_does_not_end_is_no_shift_until_it_ends() -> None:
    swaying = [Stay(1 / 12, (seated(x=0.89 + 0.12 * (1 + i % 3)),)) for i in range(36)]
    day = judged([Stay(3, HERE), *swaying, Stay(3, ASIDE)])
    assert [round(time_s / 60, 1) for time_s in day.shifts] == [pytest.approx(6.0, abs=0.2)]


def test_a_single_look_that_errs_changes_nothing() -> None:
    day = judged([Stay(5, HERE), Stay(1 / 12, NOBODY), Stay(5, HERE), Stay(1 / 12, DARK), Stay(5, HERE)])
    assert day.away_s == day.unseen_s == 0.0
    assert day.sat_s == pytest.approx(15 * 60 + 10)
    away = judged([Stay(5, HERE), Stay(5, NOBODY), Stay(1 / 12, HERE), Stay(5, NOBODY), Stay(1, HERE)])
    assert len(away.breaks) == 1


def test_what_is_dark_or_not_looked_at_is_unseen() -> None:
    watch = SittingWatch()
    for people, time_s in looks([Stay(5, HERE), Stay(5, DARK), Stay(5, HERE)]):
        watch.step(people, time_s)
    assert watch.day.unseen_s == pytest.approx(300, abs=1)
    watch.step(HERE, 5000.0)
    assert watch.day.unseen_s == pytest.approx(300 + 4105, abs=1)
    assert watch.day.breaks == ()
    assert watch.snapshot().unbroken_s == 0.0  # more than an hour of which nothing is known


def test_somebody_further_back_is_not_the_one_who_sits_there() -> None:
    day = judged([Stay(5, HERE), Stay(5, (seated(width=0.2, y=0.5),)), Stay(5, HERE)])
    assert len(day.breaks) == 1
    both = judged([Stay(5, HERE), Stay(5, (seated(width=0.2, y=0.5), *HERE)), Stay(5, HERE)])
    assert both.breaks == ()


def test_who_turns_aside_still_sits_there() -> None:
    narrow = seated()
    points = {**narrow.points, "left_shoulder": Point(x=0.95, y=0.4, visibility=0.9)}
    points |= {"right_shoulder": Point(x=0.83, y=0.4, visibility=0.9)}
    day = judged([Stay(5, HERE), Stay(5, (replace(narrow, points=points),)), Stay(5, HERE)])
    assert day.sat_s == pytest.approx(15 * 60)
    assert len(day.shifts) == 2


def test_a_tiny_person_on_a_face_tells_nothing() -> None:
    tiny = (seated(y=0.9, width=0.05),)
    assert judged([Stay(5, HERE), Stay(5, tiny), Stay(5, HERE)]).sat_s == pytest.approx(15 * 60)
    assert judged([Stay(5, HERE), Stay(5, NOBODY), Stay(5, tiny)]).away_s == pytest.approx(10 * 60)


def test_half_a_person_still_sits_there() -> None:
    day = judged([Stay(5, HERE), Stay(5, (seated(visibility=0.2),)), Stay(5, HERE)])
    assert day.sat_s == pytest.approx(15 * 60)


def test_who_stands_first_and_sits_down_then_has_risen() -> None:
    day = judged([Stay(1, (STANDING,)), Stay(5, HERE), Stay(2, (STANDING,)), Stay(5, HERE)])
    assert day.up_s == pytest.approx(120, abs=1)


def test_a_raised_desk_is_the_new_height() -> None:
    day = judged([Stay(10, HERE), Stay(60, (STANDING,))])
    assert day.up_s == pytest.approx(20 * 60, abs=30)


def test_leaning_in_is_counted_and_no_more() -> None:
    day = judged([Stay(20, HERE), Stay(2, NEARER), Stay(5, HERE)])
    assert day.leaning_in_s == pytest.approx(120, abs=20)


def test_leaving_for_good_is_no_break_yet() -> None:
    assert judged([Stay(5, HERE), Stay(60, NOBODY)]).breaks == ()
    assert judged([Stay(5, NOBODY), Stay(5, HERE)]).breaks == ()


def test_prompts_come_when_they_are_due() -> None:
    still = judged([Stay(60, HERE)])
    assert [prompt.reason for prompt in still.prompts] == [Prompted.NO_SHIFT, Prompted.NO_BREAK]
    assert SHIFT_DUE_S <= still.prompts[0].time_s <= SHIFT_DUE_S + PAUSE_WITHIN_S + 10
    assert BREAK_DUE_S <= still.prompts[1].time_s <= BREAK_DUE_S + PAUSE_WITHIN_S + 10
    shifting = judged([Stay(7, HERE), Stay(7, ASIDE), Stay(7, HERE), Stay(7, ASIDE), Stay(7, HERE)])
    assert [prompt.reason for prompt in shifting.prompts] == [Prompted.NO_BREAK]
    resting = judged([Stay(14, HERE), Stay(1, NOBODY)] * 6)
    assert resting.prompts == ()


def test_a_movement_is_a_pause() -> None:
    moving = judged([Stay(10, HERE), Stay(10, ASIDE), Stay(10.5, HERE), Stay(5, ASIDE)])
    assert [prompt.time_s for prompt in moving.prompts] == [pytest.approx(30.5 * 60, abs=5)]


def test_a_snooze_is_kept() -> None:
    watch = SittingWatch()
    times = []
    for people, time_s in looks([Stay(90, HERE)]):
        if time_s == 600:
            watch.snooze(time_s + SNOOZE_S)
        times += [time_s] if watch.step(people, time_s) is not None else []
    assert times[0] == pytest.approx(600 + SNOOZE_S)


sights = st.sampled_from([HERE, ASIDE, NEARER, (STANDING,), NOBODY, DARK, (seated(visibility=0.1),), (*HERE, *NEARER)])
days = st.lists(st.builds(Stay, between(0.05, 40.0), sights), min_size=1, max_size=14)


@slow_law
@given(stays=days, every_s=st.sampled_from([1.0, 5.0, 20.0, 60.0]), noise=st.sampled_from([0.0, 0.03]), seed=seeds)
def test_law_prompts_keep_to_their_rules(stays: list[Stay], every_s: float, noise: float, seed: int) -> None:
    watch, chance = SittingWatch(), np.random.default_rng(seed)
    call_until_s = -1.0
    for people, time_s in looks(stays, every_s, noise, seed):
        if chance.random() < 0.01:
            call_until_s = time_s + 600
        calm = time_s >= call_until_s
        prompt = watch.step(people, time_s, disturb=calm)
        assert prompt is None or (calm and prompt.time_s == time_s and watch.day.prompts[-1] == prompt)
    day = watch.finish(60 * sum(stay.minutes for stay in stays))
    for prompt in day.prompts:
        assert sum(prompt.time_s - HOUR_S < other.time_s <= prompt.time_s for other in day.prompts) <= PROMPTS_AN_HOUR
        assert not [one for one in day.breaks if one.start_s <= prompt.time_s < one.end_s + SHIFT_DUE_S - 90]
        assert prompt.sat_s >= SHIFT_DUE_S - 1e-6


@slow_law
@given(stays=days, every_s=between(1.0, 60.0), seed=seeds)
def test_law_all_time_is_counted_once(stays: list[Stay], every_s: float, seed: int) -> None:
    end_s = 60 * sum(stay.minutes for stay in stays)
    watch = SittingWatch()
    last_s = 0.0
    for people, time_s in looks(stays, max(every_s, end_s / 300), 0.03, seed):
        watch.step(people, time_s)
        last_s = time_s
    day = watch.finish(max(end_s, last_s))
    assert day.sat_s + day.away_s + day.unseen_s == pytest.approx(max(end_s, last_s))
    assert day.up_s <= day.away_s + 1e-6
    assert day.leaning_in_s <= day.sat_s + 1e-6
    assert day.longest_s <= day.sat_s + 1e-6
    assert all(one.end_s - one.start_s >= BREAK_S - 1e-6 for one in day.breaks)
    assert list(day.breaks) == sorted(day.breaks, key=lambda one: one.start_s)
    assert list(day.shifts) == sorted(set(day.shifts))


@slow_law
@given(stays=days, share=between(0.0, 1.0), seed=seeds)
def test_law_a_restored_watch_goes_on_as_the_one_before(stays: list[Stay], share: float, seed: int) -> None:
    seen = list(looks(stays, max(5.0, 0.2 * sum(stay.minutes for stay in stays)), 0.02, seed))
    cut = round(share * len(seen))
    one, other = SittingWatch(), SittingWatch()
    for people, time_s in seen[:cut]:
        one.step(people, time_s)
    before = one.snapshot()
    other.restore(before)
    for people, time_s in seen[cut:]:
        assert one.step(people, time_s) == other.step(people, time_s)
        assert one.snapshot() == other.snapshot()
    other.restore(before)
    assert other.snapshot() == before


def test_time_does_not_run_backwards() -> None:
    watch = SittingWatch()
    watch.step(HERE, 5.0)
    with pytest.raises(ValueError, match="backwards"):
        watch.step(HERE, 4.0)
