"""Why a moment is not correct form, and where the points of its score went: a cause for each, in words for the person.

The voice is sparing with them (`analysis.cues`); the screen and the film show the main one from the first moment to the last,
and what is drawn on the body and on the gauges follows the same cause. Documents and reports add up all of them.
"""

from dataclasses import dataclass, replace

from formcheck.analysis.assessment import Measurements, credit, inner_edge, seen_targets
from formcheck.core import wording
from formcheck.core.measures import MEASURES
from formcheck.core.values import Assessment, Edge, Moment, Reason, Status
from formcheck.core.wording.language import capitalized
from formcheck.stretches import Fault, StretchSpec, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason why a moment is not correct, or why its score is below 100, and what to do about it.

    Attributes
    ----------
    text : str
        The sentence for the person.
    measure : str or None
        The measure that is at fault; `None` where the moment can't be judged, or the person is not in the shape.
    fault : str or None
        The fault, as the pose file calls it; `None` where none is beyond its limit.
    edge : Edge or None
        Whether the measure is too low or too high; `None` without a measure.
    beyond_deg : float
        How far, in degrees, to where it earns full credit and no fault begins or lasts.
    points : float
        What it costs of the form score (0..100).
    """

    text: str
    measure: str | None = None
    fault: str | None = None
    edge: Edge | None = None
    beyond_deg: float = 0.0
    points: float = 0.0


def cause_of(spec: StretchSpec, now: Assessment) -> Cause | None:
    """Return the main reason why `now` is not correct form; `None` where it is.

    What keeps it from being seen comes first; then that the person is not in the shape; then the fault that stops the clock, by
    priority. Without one the score is too low: then it is what costs most.
    """
    match now.status:
        case Status.CORRECT:
            return None
        case Status.UNSEEN:
            return Cause(text=wording.REASONS[now.reason or Reason.HIDDEN].cue)
        case Status.ELSEWHERE:
            return Cause(text=spec.posture)
    causes = causes_of(spec, now)
    stopping = next((breach.name for breach in now.breaches if spec.fault(breach.name).stops_clock), None)
    if stopping is not None:
        return next(cause for cause in causes if cause.fault == stopping)
    return max(causes, key=lambda cause: cause.points, default=Cause(text=spec.posture))


def causes_of(spec: StretchSpec, now: Assessment) -> tuple[Cause, ...]:
    """Return a cause for every point that the score of `now` is short of 100: their `points` add up to that.

    A target costs its weight times what is missing of its credit. A fault that caps the score costs, besides, what it takes off
    the score beyond the targets and the faults with higher caps; it is listed also where that is nothing. Targets that are not
    seen cost nothing.
    """
    spec = spec.with_start(now.start)
    seen = seen_targets(spec, now.measurements)
    weight = sum(target.weight for target, _ in seen)
    found = [
        _of_target(spec, target, value, 100.0 * target.weight * (1.0 - credit(target, value)) / weight)
        for target, value in seen
        if credit(target, value) < 1.0
    ]
    form = 100.0 - sum(cause.points for cause in found)
    for fault in sorted((spec.fault(breach.name) for breach in now.breaches), key=lambda fault: (-fault.cap, -fault.priority)):
        below = max(0.0, form - fault.cap)
        form -= below
        cause = _of_fault(spec, fault, now.measurements, below)
        # One fault is at both the target's range and its own limit: that is one cause.
        alike = next((one for one in found if (one.measure, one.edge, one.fault) == (cause.measure, cause.edge, None)), None)
        if alike is not None:
            found.remove(alike)
            cause = replace(cause, points=cause.points + alike.points, beyond_deg=max(cause.beyond_deg, alike.beyond_deg))
        found.append(cause)
    return tuple(found)


def shown_sentence(spec: StretchSpec, moment: Moment) -> str | None:
    """Return the one sentence that screen and film show: the cause while the form is not correct, else what was said of it.

    The voice may be silent about a cause, and may still be speaking of one that is gone; what is shown is what is there now.
    """
    cause = cause_of(spec, moment.assessment)
    if cause is not None:
        return cause.text
    cue = moment.cue
    there = {None, *(breach.name for breach in moment.assessment.breaches)}
    return cue.text if cue is not None and cue.fault in there else None


def advice_for(spec: StretchSpec, target: Target, edge: Edge) -> str:
    """Return what to do about a value below (`LOW`) or above (`HIGH`) the full credit of `target`.

    The pose file says it, at the target or with a fault of this measure on this side; else the measure's own row does, so
    that a pose file need not.
    """
    row, low = MEASURES[target.measure], edge is Edge.LOW
    faults = (fault for fault in spec.faults if fault.measure == target.measure and fault.edge is edge)
    own, general = (target.too_low, row.too_low) if low else (target.too_high, row.too_high)
    sentence = own or next((fault.cue for fault in faults), general)
    return sentence or (wording.MORE_OF if low else wording.LESS_OF).format(name=capitalized(row.name_with_leg))


def shape_advice(measure: str, edge: Edge) -> str:
    """Return what to do about a value below (`LOW`) or above (`HIGH`) the shape of a stretch, in words of the body."""
    row, low = MEASURES[measure], edge is Edge.LOW
    sentence = row.below_shape or row.too_low if low else row.above_shape or row.too_high
    return sentence or (wording.MORE_OF if low else wording.LESS_OF).format(name=capitalized(row.name_with_leg))


def _of_target(spec: StretchSpec, target: Target, value: float, points: float) -> Cause:
    edge = Edge.LOW if value < target.full[0] else Edge.HIGH
    beyond = abs(value - inner_edge(spec, target.measure, edge))
    return Cause(text=advice_for(spec, target, edge), measure=target.measure, edge=edge, beyond_deg=beyond, points=points)


def _of_fault(spec: StretchSpec, fault: Fault, measurements: Measurements, points: float) -> Cause:
    value = measurements.get(fault.measure)
    beyond = 0.0 if value is None else max(0.0, fault.sign * (value - inner_edge(spec, fault.measure, fault.edge)))
    return Cause(text=fault.cue, measure=fault.measure, fault=fault.name, edge=fault.edge, beyond_deg=beyond, points=points)
