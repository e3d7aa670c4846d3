from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.geometry import Vec, distance, from_vertical, midpoint, over_horizon, turn, vector, within_turn
from tests.support.laws import between, law

directions = between(-180, 180)
lengths = between(0.01, 100)
points = st.tuples(between(-10, 10), between(-10, 10))


def along(direction: float, length: float = 1.0) -> Vec:
    return length * cos(radians(direction)), length * sin(radians(direction))


def same_angle(a: float, b: float) -> bool:
    """Whether two angles name the same direction."""
    return abs((a - b + 180) % 360 - 180) < 1e-6


def test_counter_clockwise_is_positive() -> None:
    assert turn((1, 0), (0, 1)) == 90
    assert turn((0, 1), (1, 0)) == -90


def test_a_zero_vector_turns_nothing() -> None:
    assert turn((0, 0), (1, 2)) == 0
    assert turn((1, 2), (0, 0)) == 0


@law
@given(directions, directions, lengths, lengths)
def test_a_turn_is_the_difference_of_directions_whatever_the_lengths(a: float, b: float, short: float, long: float) -> None:
    assert same_angle(turn(along(a, short), along(b, long)), b - a)


@law
@given(directions, directions)
def test_turning_back_undoes_a_turn(a: float, b: float) -> None:
    assert same_angle(turn(along(a), along(b)), -turn(along(b), along(a)))


@law
@given(directions, directions)
def test_a_mirror_reverses_every_turn(a: float, b: float) -> None:
    u, v = along(a), along(b)
    assert same_angle(turn((-u[0], u[1]), (-v[0], v[1])), -turn(u, v))


@pytest.mark.parametrize(("v", "lean"), [((0, 1), 0), ((1, 1), 45), ((-1, 1), -45), ((1, 0), 90), ((0, -1), 180)])
def test_leaning_is_told_from_straight_up_to_the_right(v: Vec, lean: float) -> None:
    assert from_vertical(v) == pytest.approx(lean)


@pytest.mark.parametrize(("v", "up"), [((1, 0), 0), ((-1, 0), 0), ((1, 1), 45), ((-1, 1), 45), ((1, -1), -45), ((0, 1), 90)])
def test_elevation_is_the_same_to_both_sides(v: Vec, up: float) -> None:
    assert over_horizon(v) == pytest.approx(up)


@law
@given(directions, lengths)
def test_elevation_never_leaves_a_quarter_turn(direction: float, length: float) -> None:
    assert -90 <= over_horizon(along(direction, length)) <= 90


@law
@given(between(-2000, 2000), between(-360, 180))
def test_an_angle_within_a_turn_keeps_its_direction(angle: float, lowest: float) -> None:
    brought = within_turn(angle, lowest)
    assert same_angle(brought, angle)
    assert lowest < brought <= lowest + 360 + 1e-9


@pytest.mark.parametrize(
    ("angle", "lowest", "brought"),
    [(-20, -90, -20), (190, -90, 190), (-170, -90, 190), (-89, -90, -89), (270, -90, 270), (271, -90, -89), (-90, -90, 270)],
)
def test_an_angle_is_within_the_turn_that_begins_at_the_lowest(angle: float, lowest: float, brought: float) -> None:
    assert within_turn(angle, lowest) == brought


@law
@given(points, points)
def test_a_midpoint_is_half_way(a: Vec, b: Vec) -> None:
    middle = midpoint(a, b)
    assert distance(a, middle) == pytest.approx(distance(a, b) / 2, abs=1e-9)
    assert distance(b, middle) == pytest.approx(distance(a, b) / 2, abs=1e-9)


@law
@given(points, points)
def test_a_vector_leads_from_its_start_to_its_end(a: Vec, b: Vec) -> None:
    step = vector(a, b)
    assert (a[0] + step[0], a[1] + step[1]) == pytest.approx(b)
    assert distance(a, b) == pytest.approx(distance((0, 0), step))
