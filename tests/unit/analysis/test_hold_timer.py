from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.hold_timer import HoldTimer, advance, ended
from formcheck.core.values import Side
from tests.support.laws import between, law, seeds

NEARLY = 1e-6

Samples = list[tuple[float, bool, float]]
"""Time in seconds, whether correct, score."""
Signal = list[tuple[float, bool]]
"""For how many seconds, and whether correct."""


def run(samples: Samples, side: Side = Side.LEFT) -> HoldTimer:
    clock = HoldTimer()
    for time_s, correct, score in samples:
        clock = advance(clock, correct=correct, score=score, side=side, time_s=time_s)
    return clock


def sampled(signal: Signal, times: list[float]) -> Samples:
    samples = []
    for time_s in times:
        end_s, now = 0.0, False
        for lasting_s, correct in signal:
            now = correct
            end_s += lasting_s
            if time_s < end_s - 1e-9:
                break
        samples.append((time_s, now, 90.0))
    return samples


def steadily(signal: Signal, fps: float = 30.0) -> HoldTimer:
    """Return the clock at the end of the signal, sampled at `fps`."""
    length_s = sum(lasting_s for lasting_s, _ in signal)
    return run(sampled(signal, [i / fps for i in range(int(length_s * fps + 1e-9) + 1)]))


@st.composite
def any_samples(draw: st.DrawFn) -> Samples:
    steps = draw(st.lists(st.tuples(between(0.0, 1.6), st.booleans(), between(0, 100)), min_size=1, max_size=60))
    time_s, samples = draw(between(0, 5)), []
    for passed_s, correct, score in steps:
        samples.append((time_s, correct, score))
        time_s += passed_s
    return samples


@st.composite
def clear_signals(draw: st.DrawFn) -> Signal:
    """Alternating right and wrong, no stretch of it within a slow camera's frame of the timer's own limits."""
    right = st.one_of(between(0.1, 0.4), between(0.7, 4.0))
    wrong = st.one_of(between(0.1, 0.9), between(1.1, 3.0))
    pairs = draw(st.lists(st.tuples(wrong, right), min_size=1, max_size=5))
    return [part for pair in pairs for part in _labelled(*pair)] + [(1.2, False)]


def _labelled(wrong_s: float, right_s: float) -> Signal:
    return [(wrong_s, False), (right_s, True)]


@law
@given(any_samples())
def test_held_time_never_exceeds_elapsed_time(samples: Samples) -> None:
    clock = run(samples)
    for hold in clock.holds:
        assert 0 <= hold.held_s <= hold.end_s - hold.start_s + NEARLY
        assert samples[0][0] <= hold.start_s <= hold.end_s <= samples[-1][0]
    assert sum(hold.held_s for hold in clock.holds) <= samples[-1][0] - samples[0][0] + NEARLY


@law
@given(any_samples())
def test_holds_are_in_order_and_a_lapse_apart(samples: Samples) -> None:
    for before, after in pairwise(run(samples).holds):
        assert after.start_s - before.end_s >= 1.0 - NEARLY


@law
@given(any_samples())
def test_nothing_shorter_than_the_confirmation_is_a_hold(samples: Samples) -> None:
    assert all(hold.held_s >= 0.5 - NEARLY for hold in run(samples).holds)


@law
@given(any_samples())
def test_a_hold_starts_and_ends_at_samples_and_starts_with_a_correct_one(samples: Samples) -> None:
    correct_at = {time_s for time_s, correct, _ in samples if correct}
    for hold in run(samples).holds:
        assert hold.start_s in correct_at
        assert hold.end_s in {time_s for time_s, _, _ in samples}


@law
@given(any_samples())
def test_the_score_of_a_hold_lies_within_those_of_its_correct_samples(samples: Samples) -> None:
    for hold in run(samples).holds:
        during = [score for time_s, correct, score in samples if correct and hold.start_s <= time_s <= hold.end_s]
        assert min(during) - NEARLY <= hold.mean_score <= max(during) + NEARLY


@law
@given(any_samples())
def test_finished_holds_and_held_time_are_never_taken_back(samples: Samples) -> None:
    clock, held_s = HoldTimer(), 0.0
    for time_s, correct, score in samples:
        before = clock.done
        clock = advance(clock, correct=correct, score=score, side=Side.LEFT, time_s=time_s)
        assert clock.done[: len(before)] == before
        assert clock.held_s(Side.LEFT) >= held_s - NEARLY
        held_s = clock.held_s(Side.LEFT)


@law
@given(any_samples())
def test_a_hold_that_is_ended_is_kept_and_nothing_more_comes_to_it(samples: Samples) -> None:
    clock = run(samples)
    over = ended(clock)
    assert over.running is None
    assert over.holds == over.done == clock.holds
    later = advance(over, correct=True, score=90, side=Side.LEFT, time_s=samples[-1][0] + 0.1)
    assert later.holds == clock.holds


@law
@given(any_samples(), st.integers(0, 1000))
def test_the_clock_does_not_care_when_the_clip_began(samples: Samples, later_s: int) -> None:
    # Times in 64ths of a second, so that none is rounded across a limit.
    samples = [(round(64 * time_s) / 64, correct, score) for time_s, correct, score in samples]
    here, there = run(samples), run([(time_s + later_s, correct, score) for time_s, correct, score in samples])
    assert len(here.holds) == len(there.holds)
    for one, other in zip(here.holds, there.holds, strict=True):
        assert other.held_s == pytest.approx(one.held_s, abs=NEARLY)
        assert other.start_s - later_s == pytest.approx(one.start_s, abs=NEARLY)


@law
@given(clear_signals(), seeds)
def test_every_frame_rate_times_the_same_holds_within_a_frame(signal: Signal, seed: int) -> None:
    length_s, random = sum(lasting_s for lasting_s, _ in signal), Random(seed)
    irregular = [0.0]
    while irregular[-1] < length_s:
        irregular.append(irregular[-1] + random.uniform(0.005, 1 / 15))
    rates = [[i / fps for i in range(int(length_s * fps + 1e-9) + 1)] for fps in (15, 24, 29.97, 60, 240)]
    *others, finest = [run(sampled(signal, times)) for times in (irregular, *rates)]
    frame_s = 1 / 15 + NEARLY
    for clock in others:
        assert len(clock.holds) == len(finest.holds)
        for coarse, fine in zip(clock.holds, finest.holds, strict=True):
            assert coarse.start_s == pytest.approx(fine.start_s, abs=frame_s)
            assert coarse.end_s == pytest.approx(fine.end_s, abs=frame_s)
            # Each change between right and wrong within a hold may be seen up to a frame late.
            assert coarse.held_s == pytest.approx(fine.held_s, abs=frame_s * len(signal))


def test_a_steady_pose_is_held_from_its_first_moment_and_confirmed_later() -> None:
    assert steadily([(1.0, False), (0.45, True)]).running is None
    running = steadily([(1.0, False), (0.55, True)], fps=100).running
    assert running is not None
    assert running.start_s == pytest.approx(1.0)
    assert running.held_s == pytest.approx(0.55)


def test_a_pose_that_passes_by_is_no_hold() -> None:
    assert steadily([(1.0, False), (0.45, True), (2.0, False)]).holds == ()


def test_interrupted_attempts_do_not_add_up_to_a_hold() -> None:
    assert steadily([(0.4, True), (0.2, False)] * 5).holds == ()


def test_a_wobble_stays_in_the_hold_and_is_not_counted() -> None:
    (hold,) = steadily([(5.0, True), (0.4, False), (5.0, True)]).holds
    assert hold.start_s == 0
    assert hold.end_s == pytest.approx(10.4)
    assert hold.held_s == pytest.approx(10.0)


@pytest.mark.parametrize(("lapse_s", "holds"), [(0.1, 1), (0.9, 1), (1.0, 2), (1.1, 2), (10.0, 2)])
def test_a_lapse_of_a_second_ends_the_hold_and_keeps_the_total(lapse_s: float, holds: int) -> None:
    clock = steadily([(3.0, True), (lapse_s, False), (4.0, True)])
    assert len(clock.holds) == holds
    assert clock.held_s(Side.LEFT) == pytest.approx(7.0)


def test_a_hold_ends_when_the_form_was_lost_not_when_that_was_certain() -> None:
    (hold,) = steadily([(3.0, True), (5.0, False)]).holds
    assert hold.end_s == pytest.approx(3.0)


def test_short_returns_do_not_keep_a_lapsed_hold_from_ending() -> None:
    assert len(steadily([(3.0, True), (1.2, False), (0.3, True), (1.2, False), (3.0, True)]).holds) == 2


def test_time_without_samples_is_not_counted() -> None:
    before = [(i / 10, True, 90.0) for i in range(21)]
    after = [(3.1 + i / 10, True, 90.0) for i in range(21)]
    clock = run(before + after)
    assert len(clock.holds) == 2
    assert clock.held_s(Side.LEFT) == pytest.approx(4.0)


def test_a_slow_camera_is_no_gap() -> None:
    (hold,) = run([(i * 0.9, True, 90.0) for i in range(11)]).holds
    assert hold.held_s == pytest.approx(9.0)


def test_time_that_runs_backwards_is_refused_and_time_that_stands_still_is_not() -> None:
    clock = run([(1.0, True, 90.0), (1.0, True, 90.0)])
    with pytest.raises(ValueError, match="time runs backwards"):
        advance(clock, correct=True, score=90, side=Side.LEFT, time_s=0.99)


def test_the_side_is_corrected_within_a_hold_and_told_apart_between_holds() -> None:
    clock = HoldTimer()
    for i in range(121):
        side = Side.RIGHT if i < 3 or i > 80 else Side.LEFT
        clock = advance(clock, correct=not 40 < i < 80, score=90, side=side, time_s=i / 20)
    assert [hold.side for hold in clock.holds] == [Side.LEFT, Side.RIGHT]
    assert clock.held_s(Side.LEFT) == pytest.approx(41 / 20)
    assert clock.held_s(Side.RIGHT) == pytest.approx(2.0)
    assert clock.held_s(None) == 0


def test_the_score_is_weighted_by_time() -> None:
    (hold,) = run([(0.0, True, 100.0), (0.9, True, 60.0), (1.0, True, 60.0), (1.0, True, 60.0)]).holds
    assert hold.mean_score == pytest.approx(0.9 * 100 + 0.1 * 60)


@law
@given(any_samples(), between(0, 3))
def test_time_taken_back_leaves_a_hold_a_hold(samples: Samples, before_s: float) -> None:
    """Whenever form is said to have begun to go: nothing negative, nothing before the last lapse, finished holds untouched."""
    clock = HoldTimer()
    for time_s, correct, score in samples:
        was = clock
        clock = advance(clock, correct=correct, score=score, side=Side.LEFT, time_s=time_s, lost_s=time_s - before_s)
        assert clock.done[: len(was.done)] == was.done
        if clock.current is not None:
            assert 0 <= clock.current.held_s <= clock.current.end_s - clock.current.start_s + NEARLY
            assert -NEARLY <= clock.current.mean_score <= 100 + NEARLY
        if correct and was.current is not None and clock.current is not None and clock.current.start_s == was.current.start_s:
            assert clock.current.held_s >= was.current.held_s
    assert all(hold.held_s >= 0.5 - NEARLY for hold in clock.holds)


def test_form_that_began_to_go_earlier_ends_the_hold_there() -> None:
    clock = run([(0.0, True, 90.0), (1.0, True, 90.0), (2.0, True, 90.0)])
    clock = advance(clock, correct=False, score=40.0, side=Side.LEFT, time_s=2.4, lost_s=2.1)
    assert clock.running is not None
    assert [clock.running.end_s, clock.running.held_s] == pytest.approx([2.1, 2.1])
    assert clock.running.mean_score == pytest.approx(90.0)


def test_time_before_a_lapse_is_not_taken_back() -> None:
    clock = run([(0.0, True, 90.0), (1.0, True, 90.0), (1.1, False, 40.0), (1.4, True, 90.0), (1.6, True, 90.0)])
    clock = advance(clock, correct=False, score=40.0, side=Side.LEFT, time_s=1.7, lost_s=0.9)
    assert clock.running is not None
    assert [clock.running.end_s, clock.running.held_s] == pytest.approx([1.4, 1.1])
