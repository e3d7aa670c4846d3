"""How far off a measure may be: the margin that separates two forms, and the width below which a range is pretence."""

from formcheck.core.measures import MEASURES

_LYING = 1.5
"""Lying people are measured this much worse than upright ones."""


def sigma(measure: str, *, lying: bool) -> float:
    """Return the standard deviation of one reading in degrees, half as much again for a person who lies."""
    return MEASURES[measure].sigma_deg * (_LYING if lying else 1.0)


def found_error(measure: str, *, lying: bool) -> float:
    """Return the mean absolute error that was found on clips with known angles, in degrees; where none is, `sigma`."""
    found = MEASURES[measure].error_deg
    return sigma(measure, lying=lying) if found is None else found
