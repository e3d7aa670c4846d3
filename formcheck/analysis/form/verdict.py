"""The verdict on one moment in a document's words: correct or not, or so near a limit that no more can be said."""

from formcheck.analysis.assessment import ENTER_SCORE, Measurements, credit, exceeded, score, seen_targets
from formcheck.analysis.form.causes import causes_of
from formcheck.core.measures import MEASURES
from formcheck.core.measures.accuracy import NORMAL
from formcheck.core.values import Assessment, Status, Verdict
from formcheck.stretches import StretchSpec, Target

IN_DOUBT = 0.125
"""The share of the half width of a measurement's interval by which a verdict must be clear of a limit.

It is what two looks at one photograph differ by, some one degree. Most of an interval is what the engine sets wrongly on one
body and not on another; limits have room for that. With twice the share correct photographs of real people were left open."""


def verdict_of(spec: StretchSpec, now: Assessment) -> Verdict:
    """Return the verdict on `now`: `BORDERLINE` where a measurement that is off by a little would turn it."""
    match now.status:
        case Status.UNSEEN:
            return Verdict.UNSEEN
        case Status.ELSEWHERE:
            return Verdict.NONE
    if in_doubt(spec, now):
        return Verdict.BORDERLINE
    return Verdict.CORRECT if now.status is Status.CORRECT else Verdict.ADJUST


def in_doubt(spec: StretchSpec, now: Assessment) -> tuple[str, ...]:
    """Return the measures that turn the verdict when they alone are off by `IN_DOUBT` of their error, either way.

    Where what was before decides, as between the limit of a fault and where it ends, it is the measure that costs most. Empty
    where the person is not in the shape.
    """
    if not now.status.in_shape:
        return ()
    spec = spec.with_start(now.start)
    correct = now.status is Status.CORRECT
    if _correct(spec, now, now.measurements, None) is not correct:
        costly = max(causes_of(spec, now), key=lambda cause: cause.points, default=None)
        return (costly.measure,) if costly is not None and costly.measure is not None else ()
    judged = {part.measure for part in (*spec.targets, *spec.faults)}
    names = [name for name, value in now.measurements.items() if name in judged and value is not None]
    near = _at_a_limit(spec, now) | _worth_enough(spec, now)
    return tuple(
        name for name in names if name in near and any(_turned(spec, now, name, sign, correct=correct) for sign in (-1, 1))
    )


def beyond_doubt(spec: StretchSpec, now: Assessment, name: str) -> bool:
    """Return whether the fault `name` is so far beyond its limit that an error of `IN_DOUBT` does not bring it back.

    A fault of which the measure is not known is taken to be.
    """
    fault = spec.with_start(now.start).fault(name)
    value = now.measurements.get(fault.measure)
    doubtful = now.tolerances.get(fault.measure, 0.0) + IN_DOUBT * error_of(now, fault.measure)
    return value is None or fault.exceeded_by(value) >= doubtful


def error_of(now: Assessment, name: str) -> float:
    """Return the half width of the interval of a measurement in degrees; where it is not known, from the measure's own row."""
    return now.errors.get(name, NORMAL * MEASURES[name].sigma_deg)


def _at_a_limit(spec: StretchSpec, now: Assessment) -> set[str]:
    """The measures so near a limit of some fault that it may begin or end."""
    limits = [limit for fault in spec.faults for limit in (fault, *fault.also)]
    return {
        limit.measure
        for limit in limits
        if (value := now.measurements.get(limit.measure)) is not None
        and abs(limit.exceeded_by(value) - now.tolerances.get(limit.measure, 0.0)) <= IN_DOUBT * error_of(now, limit.measure)
    }


def _worth_enough(spec: StretchSpec, now: Assessment) -> set[str]:
    """The measures that may bring the score over the mark of correct form, or under it."""
    form = score(spec, now.measurements)
    seen = seen_targets(spec, now.measurements)
    weight = sum(target.weight for target, _ in seen)
    return {
        target.measure
        for target, value in seen
        if form is not None
        and abs(form - ENTER_SCORE)
        <= 100.0 * target.weight / weight * _change(target, value, IN_DOUBT * error_of(now, target.measure))
    }


def _change(target: Target, value: float, off: float) -> float:
    """By how much the credit may change at most."""
    return max(abs(credit(target, value + by) - credit(target, value)) for by in (-off, off))


def _turned(spec: StretchSpec, now: Assessment, name: str, sign: int, *, correct: bool) -> bool:
    value = now.measurements[name]
    assert value is not None, "it is seen"
    moved = {**now.measurements, name: value + sign * IN_DOUBT * error_of(now, name)}
    return _correct(spec, now, moved, name) is not correct


def _correct(spec: StretchSpec, now: Assessment, measurements: Measurements, moved: str | None) -> bool:
    """Whether it is correct with these measurements, whatever was before; only faults of the measure that moved may change."""
    running = {breach.name for breach in now.breaches}
    there = [
        fault
        for fault in spec.faults
        if (
            all(exceeded(limit, measurements, now.tolerances.get(limit.measure, 0.0)) for limit in (fault, *fault.also))
            if moved in (None, fault.measure)
            else fault.name in running
        )
    ]
    form = score(spec, measurements, (fault.name for fault in there))
    return form is not None and form >= ENTER_SCORE and not any(fault.stops_clock for fault in there)
