"""How far off a measure may be: the margin that separates two forms, and the width below which a range is pretence."""

_TRUNK, _NECK, _OTHER = 4.0, 7.0, 5.0
_LYING = 1.5
"""Lying people are measured this much worse than upright ones; their measures are told by their names, but for the neck's."""

# Mean absolute error by `formcheck evaluate` on the tuning part of samples/ and 36 more rendered people, the camera within
# 15 degrees of side-on.
_FOUND = {
    "trunk_inclination": 1.7,
    "neck_relative": 6.3,
    "rear_hip_extension": 3.3,
    "rear_knee_flexion": 4.3,
    "front_knee_flexion": 2.4,
    "front_shin_angle": 2.3,
    "bent_hip_flexion": 5.0,
    "straight_knee_flexion": 2.1,
    "straight_hip_flexion": 2.5,
    "straight_leg_elevation": 2.2,
    "trunk_elevation": 2.4,
}


def sigma(measure: str, *, lying: bool) -> float:
    """Return the standard deviation of one reading in degrees, a person's bias and the view included.

    From the literature: 4 for the trunk, 7 for the neck, 5 else, and half as much again for somebody lying down.
    """
    upright = _TRUNK if measure.startswith("trunk_") else _NECK if measure == "neck_relative" else _OTHER
    return upright * _LYING if lying else upright


def found_error(measure: str, *, lying: bool) -> float:
    """Return the mean absolute error that was found on films with known angles, in degrees; where none is, `sigma`."""
    return _FOUND.get(measure, sigma(measure, lying=lying))
