"""The ranges of a target: where full credit begins and ends, and where none is left.

The full range holds the correct intervals and ends before a fault that stops the clock begins. What the clips do not
contradict stays as it is.
"""

from collections.abc import Sequence, Set
from math import ceil, floor

import numpy as np

from formcheck.core.wording.language import N_
from formcheck.stretches import Fault, Target
from formcheck.tuning.fitting.error_model import found_error, sigma
from formcheck.tuning.fitting.evidence import EvidenceSpan
from formcheck.tuning.labels import CORRECT

INSIDE = 0.9
"""A range that holds this share of the correct intervals is not contradicted by them."""

OUTSIDE = 360.0
"""Beyond any angle, in degrees."""

Pair = tuple[float, float]


def fit_full(target: Target, correct: Sequence[EvidenceSpan], faults: Sequence[Fault], *, lying: bool) -> Pair:
    """Return the range of full credit, in degrees. `faults` have their fitted limits, `correct` is not empty."""
    low, high = (sign * _edge(target, sign, correct, faults, lying=lying) for sign in (-1, 1))
    lacking = 2.0 * found_error(target.measure, lying=lying) - (high - low)
    return (low, high) if lacking <= 0 else (low - ceil(lacking / 2), high + ceil(lacking / 2))


def fit_zero(target: Target, full: Pair, faults: Sequence[Fault], *, lying: bool) -> Pair:
    """Return the edges of no credit: as far from `full` as before, and clear of measurement error and of the faults' limits."""
    low, high = (_zero(target, side, sign, full, faults, lying=lying) for side, sign in ((0, -1), (1, 1)))
    return low, high


def inside(full: Pair, measure: str, spans: Sequence[EvidenceSpan], own: Set[str]) -> str:
    """Return what lies in the range, in words: clips all of whose correct form does, and intervals of the faults in `own`."""
    known = [(span, median) for span in spans if (median := span.median(measure)) is not None]
    out = {span.clip for span, median in known if span.label == CORRECT and not full[0] <= median <= full[1]}
    good = {span.clip for span, _ in known if span.label == CORRECT}
    bad = [full[0] <= median <= full[1] for span, median in known if span.label in own]
    told = (
        N_("{inside} of {clips} correct clips, {astray} of {faults} faults inside")
        if bad
        else N_("{inside} of {clips} correct clips inside")
    )
    return told.format(inside=len(good - out), clips=len(good), astray=sum(bad), faults=len(bad))


def _edge(target: Target, sign: int, correct: Sequence[EvidenceSpan], faults: Sequence[Fault], *, lying: bool) -> float:
    """Return the edge of the full range on one side, on the scale `sign` x degrees, on which larger is further out."""
    medians = [sign * float(np.median(span.values[target.measure])) for span in correct]
    old = sign * target.full[1 if sign > 0 else 0]
    needed = float(np.quantile(medians, INSIDE))
    edge = old if needed <= old else float(ceil(max(medians) + sigma(target.measure, lying=lying) / 2))
    stop = _stop(target.measure, sign, faults)
    if stop is not None and edge > sign * stop.value:
        edge = float(floor(min(max(sign * stop.clear, needed), sign * stop.value)))
    return edge


def _zero(target: Target, side: int, sign: int, full: Pair, faults: Sequence[Fault], *, lying: bool) -> float:
    """Return the edge of no credit on one side. It stays where the full range stays and leaves it room."""
    stop = _stop(target.measure, sign, faults)
    limit = sign * stop.value if stop is not None else -OUTSIDE
    before = sign * (full[side] - target.full[side] + target.zero[side])
    if full[side] == target.full[side] and before > max(limit, sign * full[side] + found_error(target.measure, lying=lying)):
        return target.zero[side]
    error = sigma(target.measure, lying=lying)
    return sign * float(round(max(before, sign * full[side] + 2.0 * error, limit + error)))


def _stop(measure: str, sign: int, faults: Sequence[Fault]) -> Fault | None:
    """Return the nearest fault on this side that stops the clock."""
    there = [fault for fault in faults if fault.measure == measure and fault.sign == sign and fault.stops_clock]
    return min(there, key=lambda fault: sign * fault.value, default=None)
