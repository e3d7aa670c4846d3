from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.smoothing import WINDOW_S, MedianWindow, MedianWindows
from tests.support.laws import between, law

values = st.one_of(st.none(), between(-180, 180))
samples = st.lists(st.tuples(between(0.0, 0.5), values), min_size=1, max_size=40)


def fed(steps: list[tuple[float, float | None]]) -> list[MedianWindow]:
    """Return the trail after each of the samples, given as (seconds since the one before, value)."""
    trail, time_s, trails = MedianWindow(), 0.0, []
    for passed_s, value in steps:
        time_s += passed_s
        trail = trail.push(time_s, value)
        trails.append(trail)
    return trails


def at_rate(fps: float, values: list[float | None]) -> list[MedianWindow]:
    return fed([(1 / fps, value) for value in values])


@law
@given(samples)
def test_a_median_never_leaves_the_range_of_what_was_seen(steps: list[tuple[float, float | None]]) -> None:
    for trail in fed(steps):
        seen = [value for _, value in trail.samples if value is not None]
        assert trail.value is None or min(seen) <= trail.value <= max(seen)


@law
@given(samples)
def test_the_window_holds_the_newest_sample_and_nothing_older_than_itself(steps: list[tuple[float, float | None]]) -> None:
    time_s = 0.0
    for trail, (passed_s, value) in zip(fed(steps), steps, strict=True):
        time_s += passed_s
        assert trail.samples[-1] == (time_s, value)
        assert all(time_s - at <= WINDOW_S + 1e-6 for at, _ in trail.samples)


@law
@given(samples)
def test_what_is_dated_back_by_the_lag_stays_in_order(steps: list[tuple[float, float | None]]) -> None:
    happened = [trail.samples[-1][0] - trail.lag_s for trail in fed(steps)]
    assert all(0 <= trail.lag_s <= WINDOW_S / 2 + 1e-6 for trail in fed(steps))
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(happened))


@law
@given(samples, between(-50, 50))
def test_a_constant_offset_passes_through(steps: list[tuple[float, float | None]], offset: float) -> None:
    moved = [(passed_s, None if value is None else value + offset) for passed_s, value in steps]
    for before, after in zip(fed(steps), fed(moved), strict=True):
        assert (before.value is None) == (after.value is None)
        assert before.value is None or after.value is None or abs(after.value - before.value - offset) < 1e-6


def test_a_single_wild_frame_leaves_no_trace() -> None:
    for fps in (15, 24, 30, 60):
        steady: list[float | None] = [10.0] * 12
        values = [*steady, 170.0, *steady]
        assert {trail.value for trail in at_rate(fps, values)} == {10.0}


def test_a_step_shows_half_a_window_late_up_and_down_alike() -> None:
    for fps in (30, 60, 120):
        for before, after in ((0.0, 1.0), (1.0, 0.0)):
            trails = at_rate(fps, [*[before] * fps, *[after] * fps])
            shown = next(i for i, trail in enumerate(trails) if trail.value == after)
            stepped_s = (fps + 1) / fps
            assert abs(trails[shown].samples[-1][0] - trails[shown].lag_s - stepped_s) <= 1 / fps


def test_less_than_half_seen_is_unseen() -> None:
    assert at_rate(30, [None])[-1].value is None
    assert at_rate(30, [5.0, None])[-1].value == 5.0
    assert at_rate(30, [5.0, None, None])[-1].value is None
    assert at_rate(30, [None, None, 5.0, 7.0])[-1].value == 6.0


def test_an_empty_trail_has_no_value_and_no_lag() -> None:
    assert MedianWindow().value is None
    assert MedianWindow().lag_s == 0


def test_after_a_gap_only_the_new_sample_counts() -> None:
    last = fed([(0.03, 1.0), (0.03, 1.0), (0.03, 1.0), (0.5, 9.0)])[-1]
    assert last.value == 9.0
    assert last.lag_s == 0


@law
@given(st.lists(values, min_size=2, max_size=30), st.sampled_from([12.0, 25.0, 30.0, 60.0]))
def test_evenly_spaced_the_median_over_time_is_the_median(seen: list[float | None], fps: float) -> None:
    for trail in at_rate(fps, seen)[1:]:
        assert trail.lasting == trail.value


@law
@given(st.lists(between(-180, 180), min_size=2, max_size=20), st.integers(1, 19), st.integers(2, 5))
def test_samples_that_lie_denser_weigh_no_more(seen: list[float], start: int, dense: int) -> None:
    """Each value lasts a tenth of a second; from some time on it is sampled several times."""
    plain, finer = MedianWindow(window_s=9.0), MedianWindow(window_s=9.0)
    for i, value in enumerate(seen):
        plain = plain.push(i / 10, value)
        for k in range(dense if i > start else 1, 0, -1):
            finer = finer.push(i / 10 - (k - 1) / (10 * dense), value)
    assert finer.lasting == plain.lasting


@law
@given(samples)
def test_the_median_over_time_is_one_of_what_was_seen_or_between_two(steps: list[tuple[float, float | None]]) -> None:
    for trail in fed(steps):
        seen = [value for _, value in trail.samples if value is not None]
        assert trail.lasting is None or min(seen) <= trail.lasting <= max(seen)


@law
@given(st.lists(st.tuples(between(0.0, 0.5), values, values), min_size=1, max_size=40))
def test_quantities_taken_together_are_as_each_by_itself(steps: list[tuple[float, float | None, float | None]]) -> None:
    together, time_s = MedianWindows(), 0.0
    for passed_s, knee, hip in steps:
        time_s += passed_s
        together = together.push(time_s, {"knee": knee, "hip": hip})
    knee_alone = fed([(passed_s, knee) for passed_s, knee, _ in steps])[-1]
    hip_alone = fed([(passed_s, hip) for passed_s, _, hip in steps])[-1]
    told = together.values(("knee", "hip", "never taken"))
    assert told == {"knee": knee_alone.value, "hip": hip_alone.value, "never taken": None}
    assert together.lag_s == knee_alone.lag_s
