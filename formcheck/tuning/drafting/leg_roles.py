"""Which leg is the stretched one."""

from statistics import median

from formcheck.core.errors import DraftError
from formcheck.core.measures.table import STRAIGHT_HIP_FLEXION, STRIDE
from formcheck.core.values import Side
from formcheck.tuning.drafting.hold_search import SteadyHold

APART = 12.0
"""Feet (as seen from the hips) or thighs that differ by less than this, in degrees, don't tell which leg is which."""


def stretched_side(hold: SteadyHold) -> Side:
    """Return the side that is stretched in the hold. Raises DraftError where nothing tells.

    Upright the stretched leg is the one whose foot is further back, lying the one whose thigh is more in line with the trunk.
    """
    more = _lying(hold) if hold.lying else _upright(hold)
    if more is None or abs(more) < APART:
        what = "both thighs are bent alike" if hold.lying else "neither foot is further back"
        raise DraftError(
            f"which leg is stretched can't be told: {what if more is not None else 'one of them is hidden'}. "
            "Say it with --side left or --side right."
        )
    return Side.LEFT if more > 0 else Side.RIGHT


def _upright(hold: SteadyHold) -> float | None:
    """How far the left foot is behind the right one, in degrees at the hips."""
    values = hold.values(STRIDE, {"rear": Side.LEFT, "front": Side.RIGHT})
    return median(values) if values else None


def _lying(hold: SteadyHold) -> float | None:
    """How much less the left hip is bent than the right one, in degrees."""
    left, right = (hold.values(STRAIGHT_HIP_FLEXION, {"straight": side}) for side in (Side.LEFT, Side.RIGHT))
    return median(right) - median(left) if left and right else None
