"""What was measured of a side over a clip: medians, the share of time inside the target range, how far off it may be.

Degrees are counted in tenths, each with the seconds for which it was read, so memory does not grow with a clip's length.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot

from formcheck.analysis.assessment import seen_targets, within
from formcheck.analysis.form.verdict import error_of
from formcheck.analysis.scoring.document import BOTH, MeasureEntry, Sides, SidesApartEntry
from formcheck.core.values import Assessment, Side, Status
from formcheck.stretches import StretchSpec

TENTHS = 10


@dataclass(slots=True)
class MeasureSum:
    """The seconds for which each tenth of a degree was read: in the shape, and of that in correct form; and of each error.

    `inside_s` is the time inside the target's full range.
    """

    shape_s: dict[int, float] = field(default_factory=dict)
    correct_s: dict[int, float] = field(default_factory=dict)
    errors_s: dict[int, float] = field(default_factory=dict)
    inside_s: float = 0.0


Measured = dict[str, MeasureSum]
"""The sums by measure."""


def add_measured(sums: Measured, spec: StretchSpec, now: Assessment, passed_s: float) -> None:
    """Add what was measured at a moment in the shape, which lasted for `passed_s` seconds; of a photo 1."""
    if passed_s <= 0:
        return
    for target, value in seen_targets(spec, now.measurements):
        one = sums.setdefault(target.measure, MeasureSum())
        counts = [(one.shape_s, value), (one.errors_s, error_of(now, target.measure))]
        counts += [(one.correct_s, value)] if now.status is Status.CORRECT else []
        for seconds, degrees in counts:
            tenth = round(TENTHS * degrees)
            seconds[tenth] = seconds.get(tenth, 0.0) + passed_s
        one.inside_s += passed_s if within(target, value) else 0.0


def measure_entries(spec: StretchSpec, sides: Mapping[Side | None, Measured]) -> list[MeasureEntry]:
    """Return an entry for each target of the stretch and each of the sides, as far as it was seen."""
    return [
        MeasureEntry(
            measure=target.measure,
            side=side,
            full=target.full,
            median=_median(one.correct_s),
            median_in_shape=median,
            inside=round(min(1.0, one.inside_s / sum(one.shape_s.values())), 2),
            error_deg=error,
        )
        for target in spec.targets
        for side, sums in sides.items()
        if (one := sums.get(target.measure)) is not None
        and (median := _median(one.shape_s)) is not None
        and (error := _median(one.errors_s)) is not None
    ]


def sides_apart(entries: list[MeasureEntry]) -> list[SidesApartEntry]:
    """Return how far apart left and right are, of each measure that was read in correct form on both."""
    found = []
    for left, right in pairwise(entries):
        if (left.measure, left.side, right.side) != (right.measure, Side.LEFT, Side.RIGHT):
            continue
        if left.median is None or right.median is None:
            continue
        apart, error = round(left.median - right.median, 1), error_of_both(left, right)
        found.append(
            SidesApartEntry(measure=left.measure, left_minus_right_deg=apart, error_deg=error, told_apart=abs(apart) > error)
        )
    return found


def error_of_both(one: MeasureEntry, other: MeasureEntry) -> float:
    """Return by how much both readings together may be off, in degrees: a smaller difference can't be told."""
    return round(hypot(one.error_deg, other.error_deg), 1)


def listed(sides: Mapping[Side | None, Measured], shown: Collection[Side | Sides]) -> dict[Side | None, Measured]:
    """Return those of the sides that the document has; of all where it has none."""
    order: tuple[Side | None, ...] = (None, *Side)
    return {side: sides[side] for side in order if side in sides and (not shown or (side or BOTH) in shown)}


def _median(seconds: Mapping[int, float]) -> float | None:
    """Return the degrees below which half of the time lies; `None` without any."""
    half, passed_s = sum(seconds.values()) / 2, 0.0
    for tenth in sorted(seconds):
        passed_s += seconds[tenth]
        if passed_s >= half:
            return tenth / TENTHS
    return None
