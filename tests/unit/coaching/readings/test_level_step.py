"""The level step: two clicks on a level edge, and what comes of any others."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.events import Key
from formcheck.coaching.guidance import phrases
from formcheck.coaching.readings.level_step import APART, SHOWN_S, STEEPEST_DEG, LevelStep, level_of

places = st.tuples(st.floats(0.0, 1.7), st.floats(0.0, 1.0))


@given(
    start=places,
    level_deg=st.floats(-STEEPEST_DEG + 0.01, STEEPEST_DEG - 0.01),
    length=st.floats(APART + 0.01, 1.5),
    backwards=st.booleans(),
)
def test_the_roll_is_what_the_edge_rises_by(
    start: tuple[float, float], level_deg: float, length: float, *, backwards: bool
) -> None:
    end = start[0] + length * cos(radians(level_deg)), start[1] + length * sin(radians(level_deg))
    step = LevelStep()
    for i, place in enumerate((end, start) if backwards else (start, end)):
        step.point(place, float(i))
    assert step.level_deg == pytest.approx(level_deg, abs=1e-6)
    assert not step.over(1.0 + SHOWN_S - 0.1)
    assert step.over(1.0 + SHOWN_S)
    assert step.screen(1.0).points == ((end, start) if backwards else (start, end))


@given(clicks=st.lists(places, max_size=8), key=st.sampled_from((None, Key.SKIP, Key.QUIT, Key.MUTE)))
def test_whatever_is_clicked_a_level_comes_of_two_points_that_are_shown(
    clicks: list[tuple[float, float]], key: Key | None
) -> None:
    step = LevelStep()
    for i, place in enumerate(clicks):
        step.point(place, float(i))
        points = step.screen(float(i)).points
        assert len(points) == (2 if step.level_deg is not None else len(points))
        if step.level_deg is not None:
            assert step.level_deg == level_of(*points)
            assert abs(step.level_deg) <= STEEPEST_DEG
    before = step.over(float(len(clicks)))
    if key is not None:
        step.press(key)
    assert step.wants_to_quit is (key is Key.QUIT)
    assert step.over(float(len(clicks))) is (before or key in (Key.SKIP, Key.QUIT))
    if key is Key.SKIP:
        assert step.level_deg is None


@pytest.mark.parametrize(
    ("second", "told", "kept"),
    [
        ((0.5 + APART / 2, 0.5), phrases.LEVEL_FURTHER, 1),
        ((0.6, 0.9), phrases.LEVEL_STEEP, 0),
        ((0.5, 0.1), phrases.LEVEL_STEEP, 0),
        ((1.4, 0.52), phrases.LEVEL_KNOWN, 2),
    ],
)
def test_what_is_said_to_the_second_click(second: tuple[float, float], told: str, kept: int) -> None:
    step = LevelStep()
    assert [one.text for one in step.take(0.0)] == [phrases.LEVEL_FIRST]
    assert step.take(0.1) == ()
    step.point((0.5, 0.5), 1.0)
    assert [one.text for one in step.take(1.0)] == [phrases.LEVEL_SECOND]
    step.point(second, 2.0)
    assert [one.text for one in step.take(2.0)] == [told]
    assert step.screen(2.0).instruction == told
    assert len(step.screen(2.0).points) == kept


def test_a_click_while_the_level_is_shown_begins_anew() -> None:
    step = LevelStep()
    for at_s, x in enumerate((0.2, 1.2, 0.3)):
        step.point((x, 0.4), float(at_s))
    assert step.level_deg is None
    assert step.screen(2.0).points == ((0.3, 0.4),)
    assert not step.over(60.0)
