"""Laws of the rebuilt clock: it runs through, sound stamps stay as they are, and joined recordings add up."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.vision.video.container.clock import JUMPING_S, LONGEST_S, Stamp, rebuilt

TICK_S = 1 / 90_000
GROUP = 12
"""Pictures from one key picture to the next."""


def recording(steps: list[int], *, begin: int = 0, reordered: bool = False) -> list[Stamp]:
    """A recording with such steps between its pictures; `reordered`: every second one is decoded after the one that follows."""
    shown = [begin]
    for step in steps:
        shown.append(shown[-1] + step)
    order = list(range(len(shown)))
    if reordered:
        for first in range(1, len(order) - 1, 2):
            if first % GROUP and (first + 1) % GROUP:
                order[first], order[first + 1] = order[first + 1], order[first]
    decoded = [at - 2 * 90_000 // 10 for at in shown]
    return [Stamp(shown[i], decoded[number], i % GROUP == 0) for number, i in enumerate(order)]


def times(stamps: list[Stamp], longest_s: float = JUMPING_S) -> list[int]:
    """When the pictures are shown, in the order of decoding."""
    clock = rebuilt(stamps, TICK_S, longest_s)
    found = [stamp.shown for stamp in stamps] if clock is None else clock.shown
    assert None not in found
    return [at for at in found if at is not None]


ordinary = st.lists(st.integers(1500, 90_000), min_size=3, max_size=60)
recordings = st.builds(recording, ordinary, begin=st.integers(-90_000, 10**9), reordered=st.booleans())


@given(recordings)
def test_sound_stamps_are_left_alone(stamps: list[Stamp]) -> None:
    assert rebuilt(stamps, TICK_S, JUMPING_S) is None


@given(st.lists(recordings, min_size=1, max_size=4), st.integers(-(2**33), 2**33))
def test_where_the_clock_begins_makes_no_difference(parts: list[list[Stamp]], offset: int) -> None:
    stamps = [stamp for part in parts for stamp in part]
    moved = [Stamp(_moved(stamp.shown, offset), _moved(stamp.decoded, offset), stamp.key) for stamp in stamps]
    assert [at - offset for at in times(moved)] == times(stamps)


def _moved(at: int | None, by: int) -> int | None:
    return None if at is None else at + by


@given(st.lists(recordings, min_size=2, max_size=4))
def test_joined_recordings_add_up(parts: list[list[Stamp]]) -> None:
    """Each keeps its own steps; from one to the next is the usual step, or the true one where that may be one."""
    found = times([stamp for part in parts for stamp in part])
    before = None
    for part in parts:
        own, found = sorted(found[: len(part)]), found[len(part) :]
        shown = sorted(stamp.shown for stamp in part if stamp.shown is not None)
        assert [b - a for a, b in pairwise(own)] == [b - a for a, b in pairwise(shown)]
        assert before is None or 0 < own[0] - before <= JUMPING_S / TICK_S
        before = own[-1]


@given(st.lists(st.tuples(st.integers(-(2**40), 2**40) | st.none(), st.integers(-(2**40), 2**40) | st.none(), st.booleans())))
def test_whatever_the_stamps_it_ends_in_time(found: list[tuple[int | None, int | None, bool]]) -> None:
    """No longer than its pictures at the longest step each; pictures without a time stay without one."""
    stamps = [Stamp(*one) for one in found]
    clock = rebuilt(stamps, TICK_S, JUMPING_S)
    if clock is None:
        return
    assert [at is None for at in clock.shown] == [stamp.shown is None for stamp in stamps]
    shown = sorted({at for at in clock.shown if at is not None})
    assert set(clock.joins) <= set(shown)
    assert all(0 < b - a <= JUMPING_S / TICK_S for a, b in pairwise(shown))


@given(ordinary, st.integers(2, 40))
def test_a_late_last_stamp_is_one_usual_step_after_the_others(steps: list[int], hours: int) -> None:
    stamps = recording(steps)
    last = stamps[-1]
    assert last.shown is not None
    assert last.decoded is not None
    late = [*stamps[:-1], Stamp(last.shown + hours * 3600 * 90_000, last.decoded + hours * 3600 * 90_000, last.key)]
    found = times(late, LONGEST_S)
    assert found[:-1] == [stamp.shown for stamp in stamps[:-1]]
    assert found[-1] - found[-2] in steps


@given(ordinary, st.data())
def test_one_stamp_that_is_out_of_line_moves_no_other_by_more_than_a_step(steps: list[int], data: st.DataObject) -> None:
    stamps = recording(steps)
    at = data.draw(st.integers(1, len(stamps) - 2))
    there = stamps[at]
    assert there.shown is not None
    assert there.decoded is not None
    stray = Stamp(there.shown + 10**10, there.decoded + 10**10, there.key)
    found = times([*stamps[:at], stray, *stamps[at + 1 :]])
    assert all(a < b for a, b in pairwise(found))
    assert [b - a for a, b in pairwise(found)][at + 1 :] == steps[at + 1 :]


@pytest.mark.parametrize(
    ("longest_s", "gap_s", "stays"), [(JUMPING_S, 9.9, True), (JUMPING_S, 10.1, False), (LONGEST_S, 600.0, True)]
)
def test_a_true_gap_stays(longest_s: float, gap_s: float, stays: bool) -> None:
    stamps = recording([3000] * 20 + [round(gap_s * 90_000)] + [3000] * 20)
    assert (rebuilt(stamps, TICK_S, longest_s) is None) is stays


def gap_of(gap_s: float, behind: int) -> list[Stamp]:
    return recording([3000] * 20 + [round(gap_s * 90_000)] + [3000] * behind)


@given(st.floats(11.0, 3500.0), st.integers(1, 30), st.booleans())
def test_a_long_step_stays_where_the_recording_ran_on(gap_s: float, behind: int, ran_on: bool) -> None:
    asked = []

    def runs_on(before: int, after: int) -> bool:
        asked.append((before, after))
        return ran_on

    clock = rebuilt(gap_of(gap_s, behind), TICK_S, JUMPING_S, runs_on)
    assert (clock is None) is ran_on
    assert asked == [(20, 21)]
    assert clock is None or clock.joins == [21 * 3000]


def test_no_step_stays_that_is_longer_than_any_can_be_or_leads_to_a_single_picture() -> None:
    for stamps in (gap_of(LONGEST_S + 1.0, 20), gap_of(60.0, 0)):
        clock = rebuilt(stamps, TICK_S, JUMPING_S, lambda *_: True)
        assert clock is not None
        assert clock.joins == [21 * 3000]


def test_a_counter_that_runs_over_goes_on() -> None:
    whole = recording([3000] * 100, begin=2**33 - 150_000)
    over = [Stamp((stamp.shown or 0) % 2**33, (stamp.decoded or 0) % 2**33, stamp.key) for stamp in whole]
    found = times(over)
    assert max(found) - min(found) <= 100 * 3000 + GROUP * 3000
