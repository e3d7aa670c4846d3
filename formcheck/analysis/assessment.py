"""Measurements against a pose file: the gross shape, the form score, and the faults that are beyond their limits.

Pure arithmetic on one moment; what happened before comes in as an argument.
"""

from collections.abc import Iterable, Mapping

from formcheck.core.measures import MEASURES, MeasuredBody, SidedMeasure, sided
from formcheck.core.values import Breach, Edge, Side
from formcheck.stretches import Limit, StretchSpec, Target

Measurements = Mapping[str, float | None]

MeasuresBySide = Mapping[Side, Mapping[str, SidedMeasure]]
"""The measures of a stretch by name, for either leg in the stretched role."""

OUTSIDE = -360.0
"""A margin below that of any shape."""

DROP_AT_MOST = 0.4
"""With more than this share of the weight unseen there is no score."""

ENTER_SCORE, LEAVE_SCORE = 70.0, 60.0
"""The form score at which correct form begins, and below which it ends."""

SPARE = 4.0
"""A further limit of a running fault counts as met until its measure is this many degrees inside it."""


def shape_margin(spec: StretchSpec, measurements: Measurements, *, entering: bool = False) -> float | None:
    """Return by how many degrees the tightest condition of the gross shape is met; negative when one is violated.

    With `entering`, the conditions are those for a person who was not expected to do this stretch. Unseen measures are left
    out; `None` when none is seen.
    """
    margins = [
        part.margin(value, entering=entering) for part in spec.shape if (value := measurements.get(part.measure)) is not None
    ]
    return min(margins, default=None)


def sided_measures(spec: StretchSpec) -> MeasuresBySide:
    """Return the measures that the pose file speaks of, for either leg in the stretched role."""
    return {side: {name: sided(MEASURES[name], spec.roles(side)) for name in spec.measures} for side in Side}


def readings(measures: Mapping[str, SidedMeasure], person: MeasuredBody, facing: int) -> dict[str, float | None]:
    """Return what one frame says, as it is; `facing` as in `View`."""
    return {name: one.read(person, facing) for name, one in measures.items()}


def credit(target: Target, value: float) -> float:
    """Return 0..1: one inside the full range, zero at or beyond the zero edges, linear in between."""
    if value < target.full[0]:
        return max(0.0, (value - target.zero[0]) / (target.full[0] - target.zero[0]))
    if value > target.full[1]:
        return max(0.0, (target.zero[1] - value) / (target.zero[1] - target.full[1]))
    return 1.0


def within(target: Target, value: float) -> bool:
    """Return whether `value` earns full credit."""
    return target.full[0] <= value <= target.full[1]


def seen_targets(spec: StretchSpec, measurements: Measurements) -> list[tuple[Target, float]]:
    """Return the targets of which the measure is seen, each with its value in degrees."""
    return [(target, value) for target in spec.targets if (value := measurements.get(target.measure)) is not None]


def inner_edge(spec: StretchSpec, name: str, edge: Edge) -> float:
    """Return the value of the measure `name` (degrees) at which, coming from beyond this edge, all is well.

    There it earns full credit, and every fault of the measure on this side has ended.
    """
    low = edge is Edge.LOW
    ends = [target.full[0 if low else 1] for target in spec.targets if target.measure == name]
    ends += [fault.clear for fault in spec.faults if fault.measure == name and fault.edge is edge]
    return max(ends) if low else min(ends)


def score(spec: StretchSpec, measurements: Measurements, faults: Iterable[str] = ()) -> float | None:
    """Return the form score, 0..100: the weighted credit of all seen targets, capped by each of `faults` (names).

    `None` when more than `DROP_AT_MOST` of the weight is unseen.
    """
    total = sum(target.weight for target in spec.targets)
    seen = seen_targets(spec, measurements)
    weight = sum(target.weight for target, _ in seen)
    if weight < (1.0 - DROP_AT_MOST) * total:
        return None
    form = 100.0 * sum(target.weight * credit(target, value) for target, value in seen) / weight
    return min([form, *(spec.fault(name).cap for name in faults)])


def breaches(
    spec: StretchSpec,
    measurements: Measurements,
    before: tuple[Breach, ...],
    time_s: float,
    tolerances: Mapping[str, float] | None = None,
    *,
    uncorrected: Measurements | None = None,
) -> tuple[Breach, ...]:
    """Return the faults beyond their limits now, given those a moment ago, in order of priority.

    A fault begins beyond its limit and ends at its clearing limit; `tolerances` (degrees, by measure) move both out. An unseen
    measure never makes or keeps a fault. Faults that guard the back are judged by the `uncorrected` measurements, where those
    differ.
    """
    running, moved = {breach.name: breach for breach in before}, tolerances or {}
    found = []
    for fault in sorted(spec.faults, key=lambda fault: fault.priority):
        values = uncorrected if fault.guards_the_back and uncorrected is not None else measurements
        value, breach = values.get(fault.measure), running.get(fault.name)
        if breach is None:
            there = all(exceeded(limit, values, moved.get(limit.measure, 0.0)) for limit in (fault, *fault.also))
        else:
            ended = value is None or fault.past_clear(value) <= moved.get(fault.measure, 0.0)
            there = not ended and all(exceeded(limit, values, -SPARE) for limit in fault.also)
        if there:
            found.append(breach or Breach(name=fault.name, since_s=time_s))
    return tuple(found)


def exceeded(limit: Limit, measurements: Measurements, by: float) -> bool:
    """Return whether the measure of `limit` is seen, and more than `by` degrees beyond it."""
    value = measurements.get(limit.measure)
    return value is not None and limit.exceeded_by(value) > by
