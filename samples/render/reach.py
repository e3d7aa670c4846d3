"""Two-bone inverse kinematics: where the middle joint goes when both ends are given."""

import math

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

# A limb is never pulled quite straight: there the bend has no direction and the middle joint would jump.
LONGEST = 0.9995


def unit(vector: Vector) -> Vector:
    """The same direction with length 1; a zero vector stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-12 else vector


def reach(start: Vector, goal: Vector, first_m: float, second_m: float, pole: Vector) -> tuple[Vector, Vector]:
    """Middle and end joint of a two-bone limb from ``start`` to ``goal``, bending towards ``pole``.

    ``pole`` is a direction, not a point. A goal out of reach is moved along the line from ``start``.
    """
    line = goal - start
    span = float(np.linalg.norm(line))
    along = unit(line)
    span = min(max(span, abs(first_m - second_m) / LONGEST), (first_m + second_m) * LONGEST)
    middle_along = (first_m**2 - second_m**2 + span**2) / (2 * span)
    middle_aside = math.sqrt(max(first_m**2 - middle_along**2, 0.0))
    aside = unit(pole - along * float(pole @ along))
    return start + along * middle_along + aside * middle_aside, start + along * span


def two_bone_angles(dx_m: float, dy_m: float, first_m: float, second_m: float) -> tuple[float, float]:
    """Leg angles that carry the ankle to (dx, dy) from the hip: (thigh, knee flexion), degrees.

    ``thigh`` is measured from straight down, + forward; the knee bends backwards (flexion >= 0).
    """
    span = min(math.hypot(dx_m, dy_m), (first_m + second_m) * LONGEST)
    line = math.degrees(math.atan2(dx_m, -dy_m))
    at_hip = (first_m**2 + span**2 - second_m**2) / (2 * first_m * span)
    at_knee = (first_m**2 + second_m**2 - span**2) / (2 * first_m * second_m)
    inside = math.degrees(math.acos(min(max(at_knee, -1.0), 1.0)))
    return line + math.degrees(math.acos(min(max(at_hip, -1.0), 1.0))), 180.0 - inside
