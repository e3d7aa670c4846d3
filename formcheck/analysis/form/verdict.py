"""The verdict on one moment in a document's words: correct or not, or so near a limit that no more can be said."""

from formcheck.analysis.assessment import ENTER_SCORE, Measurements, credit, exceeded, score, seen_targets
from formcheck.analysis.form.causes import causes_of
from formcheck.core.measures import MEASURES
from formcheck.core.values import Assessment, Status, Verdict
from formcheck.stretches import StretchSpec

IN_DOUBT = 0.25
"""The share of the half width of a measurement's interval within which its other side of a limit is as likely as not."""


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
    correct = now.status is Status.CORRECT
    if _correct(spec, now, now.measurements, None) is not correct:
        costly = max(causes_of(spec, now), key=lambda cause: cause.points, default=None)
        return (costly.measure,) if costly is not None and costly.measure is not None else ()
    judged = {part.measure for part in (*spec.targets, *spec.faults)}
    names = [name for name, value in now.measurements.items() if name in judged and value is not None]
    return tuple(
        name
        for name in names
        if _near(spec, now, name) and any(_turned(spec, now, name, sign, correct=correct) for sign in (-1, 1))
    )


def beyond_doubt(spec: StretchSpec, now: Assessment, name: str) -> bool:
    """Return whether the fault `name` is so far beyond its limit that an error of `IN_DOUBT` does not bring it back.

    A fault of which the measure is not known is taken to be.
    """
    fault = spec.fault(name)
    value = now.measurements.get(fault.measure)
    doubtful = now.tolerances.get(fault.measure, 0.0) + IN_DOUBT * error_of(now, fault.measure)
    return value is None or fault.exceeded_by(value) >= doubtful


def error_of(now: Assessment, name: str) -> float:
    """Return the half width of the interval of a measurement in degrees; where it is not known, from the measure's own row."""
    return now.errors.get(name, 1.645 * MEASURES[name].sigma_deg)


def _near(spec: StretchSpec, now: Assessment, name: str) -> bool:
    """Whether a measure is near enough to a limit, or worth enough of the score, to be tried: few are."""
    value = now.measurements[name]
    assert value is not None, "it is seen"
    off = IN_DOUBT * error_of(now, name)
    moved_out = now.tolerances.get(name, 0.0)
    limits = [limit for fault in spec.faults for limit in (fault, *fault.also) if limit.measure == name]
    if any(abs(limit.exceeded_by(value) - moved_out) <= off for limit in limits):
        return True
    form = score(spec, now.measurements)
    target = next((target for target in spec.targets if target.measure == name), None)
    if form is None or target is None:
        return False
    seen = sum(target.weight for target, _ in seen_targets(spec, now.measurements))
    change = max(abs(credit(target, value + by) - credit(target, value)) for by in (-off, off))
    return abs(form - ENTER_SCORE) <= 100.0 * target.weight / seen * change


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
