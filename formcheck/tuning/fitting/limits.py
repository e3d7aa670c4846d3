"""Where the limit of a fault lies best: few correct intervals beyond it, many of the fault's.

Each reading is taken as uncertain by its measurement error, which keeps the limit clear of both. What the clips do not
contradict stays as it is.
"""

from collections.abc import Sequence
from math import ceil, floor

import numpy as np

from formcheck.core.wording.language import N_
from formcheck.stretches import Fault, Limit
from formcheck.tuning.fitting.error_model import sigma
from formcheck.tuning.fitting.evidence import EvidenceSpan, Values, too_little

COSTLY = 3.0
"""A fault reported in correct form is this much worse than a fault missed: it stops the person's clock, and their trust. Chosen
on tuning clips: with 1 or 2, people who were not fitted on lose some seconds of their holds."""

WORST, TYPICAL = 0.95, 0.5
"""Of an interval in correct form counts what 95 % of its time do not exceed, for a moment beyond a limit breaks the hold; of a
faulty one the median, for a fault is reported once it lasts."""

SEPARATES = 0.35
"""With a larger share of wrong answers than this (mean of false and missed) wherever the limit is, the two read alike."""

AS_GOOD = 0.02
"""Limits whose share of wrong answers is this close to the best are as good as the best: the middle of them is taken."""

NEAR = 0.05
"""A present limit that makes no more mistakes than the best one stays, unless it is worse by more than this once readings are
blurred: evidence of a few clips is no finer."""

EXACT = 0.01
"""A blur in degrees that is none: the readings as they are."""

ALIKE = N_("kept: correct form and this fault read alike")

TOO_MANY = 0.1
"""Where no clip shows the fault: the share of correct intervals beyond the limit that contradicts it."""

CLEARS = 2.0, 5.0
"""A fault clears this many degrees inside its limit, at least and at most: less flickers, more never ends."""

REACH = 30
"""A limit is looked for up to this many degrees beyond the evidence."""

_Reading = tuple[str, float]
"""The clip of one interval, and its value on the scale of a limit: larger is worse, what moves limits out taken off."""


def gap_of(fault: Fault) -> float:
    """Return how far inside its limit a fault is to clear: as in the file, within `CLEARS`."""
    return min(max(abs(fault.value - fault.clear), CLEARS[0]), CLEARS[1])


def fit_limit(
    limit: Limit, correct: Sequence[EvidenceSpan], faulty: Sequence[EvidenceSpan], *, gap: float, lying: bool
) -> tuple[float, str]:
    """Return the value that separates `correct` from `faulty` best, and the evidence in words.

    Correct form must lie within the limit all the time, and typically so far within (`gap`, degrees) that a fault before it
    clears. `lying` says whether people lie down in this stretch.
    """
    sign, old = limit.sign, limit.value
    if (lack := too_little(correct)) is not None:
        return old, lack
    good, bad = _readings(limit.measure, sign, correct, WORST), _readings(limit.measure, sign, faulty, TYPICAL)
    grid = _grid(sign * old, [*good, *bad])
    blur = sigma(limit.measure, lying=lying)
    clearing = _beyond(_readings(limit.measure, sign, correct, TYPICAL), grid - gap, blur)
    false, missed = np.maximum(_beyond(good, grid, blur), clearing), 1.0 - _beyond(bad, grid, blur)
    present = int(np.argmin(np.abs(grid - sign * old)))
    if not bad:
        if false[present] <= TOO_MANY:
            return old, N_("kept: no clip shows this fault, and none in correct form comes near")
        best = int(np.argmax(false <= TOO_MANY))
    else:
        if (false + missed).min() / 2 > SEPARATES:
            return old, ALIKE
        wrong = (COSTLY * false + missed) / (1.0 + COSTLY)
        least = int(np.argmin(wrong))
        near = wrong[present] <= wrong[least] + NEAR
        mistaken = _beyond(good, grid, EXACT) + 1.0 - _beyond(bad, grid, EXACT)
        stays = near and mistaken[present] <= mistaken[least] + AS_GOOD
        best = present if stays else round(np.flatnonzero(wrong <= wrong[least] + AS_GOOD).mean())
    value = sign * float(grid[best])
    caught = sum(reading > sign * value for _, reading in bad)
    clips = {clip for clip, _ in good}
    astray = {clip for clip, reading in good if reading > sign * value}
    told = N_("{caught} of {faults} faults beyond, {astray} of {clips} correct clips")
    return value, told.format(caught=caught, faults=len(bad), astray=len(astray), clips=len(clips))


def _readings(measure: str, sign: int, spans: Sequence[EvidenceSpan], share: float) -> list[_Reading]:
    """Return what each interval reaches: the value that `share` of its time does not exceed."""
    return [
        (span.clip, float(np.quantile(sign * span.values[measure], share)) - span.tolerances[measure])
        for span in spans
        if measure in span.values
    ]


def _grid(old: float, readings: Sequence[_Reading]) -> Values:
    ends = [old, *(reading for _, reading in readings)]
    # Whole degrees from the present limit, so that it is among them: finer than that no camera measures.
    low, high = floor(min(ends) - old) - REACH, ceil(max(ends) - old) + REACH
    return old + np.arange(low, high + 1, dtype=np.float64)


def _beyond(readings: Sequence[_Reading], grid: Values, blur: float) -> Values:
    """Return, by limit, the share of intervals beyond it, each blurred by `blur` degrees (normal, by the logistic function)."""
    if not readings:
        return np.zeros_like(grid)
    values = np.array([reading for _, reading in readings])
    z = np.clip((values[:, None] - grid[None, :]) / blur, -40, 40)
    shares: Values = np.mean(1.0 / (1.0 + np.exp(-1.702 * z)), axis=0)
    return shares
