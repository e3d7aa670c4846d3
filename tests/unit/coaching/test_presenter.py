import pytest
from hypothesis import given

from formcheck.coaching.guidance.breathing import IN_S, OUT_S, breath
from tests.support.laws import between, law


@law
@given(between(0.0, 300.0))
def test_a_breath_takes_ten_seconds_four_of_them_in(held_s: float) -> None:
    now = breath(held_s)
    assert 0 <= now.share < 1 + 1e-9
    assert now.inhaling == (held_s % 10 < 4)


@pytest.mark.parametrize(("goal_s", "breaths"), [(30, 3), (60, 6)])
def test_breaths_in_a_hold_are_whole(goal_s: int, breaths: int) -> None:
    inhaling = [breath(tick / 10).inhaling for tick in range(goal_s * 10)]
    begun = sum(now and not before for before, now in zip([False, *inhaling], inhaling, strict=False))
    assert begun == breaths
    assert not inhaling[-1]
    assert breath(goal_s) == breath(0.0)


def test_lungs_fill_and_empty_without_a_jump() -> None:
    assert [round(breath(s).share, 2) for s in (0, 1, 2, 3.999, IN_S, 7, IN_S + OUT_S - 0.001)] == [0, 0.25, 0.5, 1, 0, 0.5, 1]
