"""Why a moment is not correct form: the one cause to name, in words for the person.

The voice is sparing with it (`analysis.cues`); the screen and the film show it from the first moment to the last, and what is
drawn on the body and on the gauges follows the same cause.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.analysis.assessment import Measurements, credit
from formcheck.core import wording
from formcheck.core.measures import MEASURES
from formcheck.core.values import Assessment, Moment, Reason, Status
from formcheck.stretches import Fault, StretchSpec, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason why a moment is not correct, and what to do about it.

    Attributes
    ----------
    text : str
        The sentence for the person.
    measure : str or None
        The measure that is at fault; `None` where the moment can't be judged, or the person is not in the shape.
    fault : str or None
        The fault, as the pose file calls it; `None` where none is beyond its limit.
    """

    text: str
    measure: str | None = None
    fault: str | None = None


def cause_of(spec: StretchSpec, now: Assessment) -> Cause | None:
    """Return why `now` is not correct form; `None` where it is.

    What keeps it from being seen comes first; then that the person is not in the shape; then the fault that stops the clock, by
    priority. Without one the score is too low: then it is the fault that caps it, or the target that costs most.
    """
    match now.status:
        case Status.CORRECT:
            return None
        case Status.UNSEEN:
            return Cause(text=wording.REASONS[now.reason or Reason.HIDDEN].cue)
        case Status.ELSEWHERE:
            return Cause(text=spec.posture)
    faults = [spec.fault(breach.name) for breach in now.breaches]  # in order of priority
    stopping = next((fault for fault in faults if fault.stops_clock), None)
    if stopping is not None:
        return _of_fault(stopping)
    lost = lost_points(spec, now.measurements)
    capping = min(faults, key=lambda fault: fault.cap, default=None)
    if capping is not None and 100.0 - capping.cap > sum(lost.values()):
        return _of_fault(capping)
    costliest = max(lost, key=lambda name: lost[name], default=None)
    if costliest is None:
        return Cause(text=spec.posture)
    target = next(target for target in spec.targets if target.measure == costliest)
    value = now.measurements[costliest]
    assert value is not None, "what costs points was measured"
    return Cause(text=advice_for(spec, target, too_low=value < target.full[0]), measure=costliest)


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


def lost_points(spec: StretchSpec, measurements: Measurements) -> Mapping[str, float]:
    """Return how many points of the form score (0..100) each target costs, by measure; what is unseen costs nothing."""
    seen = [(target, value) for target in spec.targets if (value := measurements.get(target.measure)) is not None]
    weight = sum(target.weight for target, _ in seen)
    return {target.measure: 100.0 * target.weight * (1.0 - credit(target, value)) / weight for target, value in seen}


def advice_for(spec: StretchSpec, target: Target, *, too_low: bool) -> str:
    """Return what to do about a value below (`too_low`) or above the full credit of `target`.

    The pose file says it, at the target or with a fault of this measure on this side; else the measure's own row does, so
    that a pose file need not.
    """
    row = MEASURES[target.measure]
    faults = (fault for fault in spec.faults if fault.measure == target.measure and (fault.below is not None) is too_low)
    own, general = (target.too_low, row.too_low) if too_low else (target.too_high, row.too_high)
    sentence = own or next((fault.cue for fault in faults), general)
    return sentence or (wording.MORE_OF if too_low else wording.LESS_OF).format(name=row.name_with_leg.capitalize())


def _of_fault(fault: Fault) -> Cause:
    return Cause(text=fault.cue, measure=fault.measure, fault=fault.name)
