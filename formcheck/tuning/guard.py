"""Limits that guard the back. No clip and no person's habit loosens them past those that are shipped."""

from formcheck.posefile import Fault

_BACK = ("trunk_inclination", "trunk_elevation")


def guards(measure: str) -> bool:
    """Whether `measure` tells of the back."""
    return measure in _BACK


def guarded(fault: Fault) -> bool:
    """Whether `fault` is there for safety: it is said first, or tells of the back."""
    return fault.priority == 1 or guards(fault.measure)
