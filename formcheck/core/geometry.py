"""Plane geometry of points: angles in degrees, x to the right, y up, counter-clockwise positive.

Points are `(x, y)` in any unit, as long as it is the same along both axes. Nothing here knows a body.
"""

from math import atan2, degrees, hypot

Vec = tuple[float, float]


def vector(start: Vec, end: Vec) -> Vec:
    """Return the vector that leads from `start` to `end`."""
    return end[0] - start[0], end[1] - start[1]


def midpoint(a: Vec, b: Vec) -> Vec:
    """Return the point half way between `a` and `b`."""
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def distance(a: Vec, b: Vec) -> float:
    """Return the distance between two points, in their own unit."""
    return hypot(b[0] - a[0], b[1] - a[1])


def turn(u: Vec, v: Vec) -> float:
    """Return the angle that turns the direction of `u` into that of `v`: degrees in (-180, 180], + = counter-clockwise.

    A zero vector has no direction; the angle is then 0.
    """
    return degrees(atan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1]))


def from_vertical(v: Vec) -> float:
    """Return how far `v` leans from straight up: degrees in (-180, 180], + = to the right."""
    return degrees(atan2(v[0], v[1]))


def over_horizon(v: Vec) -> float:
    """Return how far `v` points above the horizontal, whichever way it goes: degrees in [-90, 90], + = up."""
    return degrees(atan2(v[1], abs(v[0])))


def within_turn(angle: float, lowest: float) -> float:
    """Return the same direction as an angle in (lowest, lowest + 360]."""
    wrapped = (angle - lowest) % 360.0
    return lowest + (wrapped or 360.0)
