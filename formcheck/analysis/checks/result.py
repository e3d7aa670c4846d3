"""From trials to what is told of a side: the middle one of the last few, its error, its band, or why there is no verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from statistics import median

from formcheck.analysis.checks.frames import CheckFrame
from formcheck.analysis.checks.trials import Trial, find_trials
from formcheck.core import wording
from formcheck.core.values import Side
from formcheck.core.wording.language import number
from formcheck.stretches.checks import CheckBand, CheckSpec

SPREAD_SHARE = 0.7
"""Of the spread of three trials, what their middle one may be off by in 90 of 100 cases: a spread is 1.7 standard deviations,
and the middle one of three varies by 0.67 of one."""

UNLEVELLED_DEG = 3.0
"""By how much a camera that nobody levelled may lean: a lean enters an angle to level as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSide:
    """What is told of one side. Angles are in degrees by the reading's name, `None` where not seen.

    `bands` are `None` where no verdict is due; `reasons` then says why, a sentence each. `error_deg` is half the width of the
    interval round the first reading that has the true value in 90 of 100 cases, `spread_deg` how far its last trials are apart,
    where there are several. `read` is of how many trials the middle one is told.
    """

    side: Side
    angles: Mapping[str, float | None]
    bands: Mapping[str, CheckBand | None]
    error_deg: float | None
    spread_deg: float | None
    reasons: tuple[str, ...]
    trials: tuple[Trial, ...]
    read: int = 0


def judge(
    frames: Sequence[CheckFrame],
    spec: CheckSpec,
    *,
    side: Side | None = None,
    answers: Mapping[str, bool] | None = None,
    levelled: bool = False,
) -> tuple[CheckedSide, ...]:
    """Return what is told of each side that was seen in `frames`, or of that `side` alone.

    Parameters
    ----------
    frames
        In order of time.
    spec
        The check.
    side
        The side to be told; `None`: each that faced the camera while a leg did what is asked, or for longest if none did.
    answers
        To the questions of `spec`, by name.
    levelled
        Whether the camera's roll is known.

    Returns
    -------
    tuple of CheckedSide
        In the order in which they were seen; empty where nobody is, and no side is named.
    """
    trials = {one: find_trials(frames, spec, one) for one in Side}
    sides = [side] if side is not None else sorted((one for one in Side if trials[one]), key=lambda one: trials[one][0].start_s)
    if not sides and (seen := [frame.near for frame in frames if frame.near is not None]):
        sides = [max(Side, key=seen.count)]
    return tuple(_checked(frames, spec, one, trials[one], answers or {}, levelled=levelled) for one in sides)


def judge_photo(
    frame: CheckFrame, spec: CheckSpec, *, side: Side | None = None, levelled: bool = False
) -> tuple[CheckedSide, ...]:
    """Return what a photo tells: the angles as the picture shows them, and never a verdict.

    Whether the leg is at rest, and what the hips did on its way, is not in it. Of the other leg than the one on the camera's
    side, and of a leg that is not let down, no angle is told. Arguments are those of `judge`.
    """
    if frame.near is None:
        return ()
    side = side or frame.near
    leg, (low, high) = frame.legs[side], spec.trials.start
    shown = frame.near is side and leg.main is not None and not low <= leg.main <= high
    reason = wording.CHECK_PHOTO if shown else wording.CHECK_NOT_DONE.format(side=side, start=spec.says.start)
    angles = {
        one.name: round(value, 1) if shown and (value := leg.angles[one.name]) is not None else None for one in spec.readings
    }
    return (
        CheckedSide(
            side=side,
            angles=angles,
            bands={one.name: None for one in spec.readings},
            error_deg=round(_error(spec, 0.0, levelled=levelled), 1) if shown else None,
            spread_deg=None,
            reasons=(reason, wording.CHECK_TURNED) if frame.turned else (reason,),
            trials=(),
        ),
    )


def _error(spec: CheckSpec, spread: float, *, levelled: bool) -> float:
    """Half the width of the interval round the first reading, in degrees, whose trials are so far apart."""
    unlevelled = 0.0 if levelled or spec.main.kind == "turn" else UNLEVELLED_DEG
    return hypot(spec.main.error_deg, SPREAD_SHARE * spread, unlevelled)


def _checked(
    frames: Sequence[CheckFrame],
    spec: CheckSpec,
    side: Side,
    trials: Sequence[Trial],
    answers: Mapping[str, bool],
    *,
    levelled: bool,
) -> CheckedSide:
    rules, main = spec.trials, spec.main.name
    last = [trial for trial in trials if trial.settled and trial.angles[main] is not None][-rules.count :]
    angles: dict[str, float | None] = {}
    for reading in spec.readings:
        values = [value for trial in last if (value := trial.angles[reading.name]) is not None]
        angles[reading.name] = round(median(values), 1) if values else None
    mains = [value for trial in last if (value := trial.angles[main]) is not None]
    spread = max(mains) - min(mains) if len(mains) > 1 else None
    reasons = tuple(_reasons(frames, spec, side, trials, last, spread, answers))
    bands: dict[str, CheckBand | None] = {}
    for reading in spec.readings:
        value = angles[reading.name]
        row = reading.band_of(value) if value is not None and not reasons else None
        bands[reading.name] = row.band if row is not None else None
    if not reasons and None in angles.values():
        reasons = (wording.CHECK_HIDDEN,)
    return CheckedSide(
        side=side,
        angles=angles,
        bands=bands,
        error_deg=round(_error(spec, spread or 0.0, levelled=levelled), 1) if mains else None,
        spread_deg=round(spread, 1) if spread is not None else None,
        reasons=reasons,
        trials=tuple(trials),
        read=len(mains),
    )


def _reasons(
    frames: Sequence[CheckFrame],
    spec: CheckSpec,
    side: Side,
    trials: Sequence[Trial],
    last: Sequence[Trial],
    spread: float | None,
    answers: Mapping[str, bool],
) -> list[str]:
    """Why there is no verdict, a sentence each; empty where there is one."""
    rules, reasons = spec.trials, list[str]()
    if not trials:
        far = find_trials(frames, spec, side, far=True) or find_trials(frames, spec, side.other, far=True)
        return [wording.CHECK_FAR_LEG if far else wording.CHECK_NOT_DONE.format(side=side, start=spec.says.start)]
    if len(last) < rules.count:
        if any(not trial.settled for trial in trials):
            reasons.append(wording.CHECK_UNSTEADY.format(seconds=number(rules.settled_s)))
        reasons.append(wording.CHECK_TOO_FEW.format(seen=len(last), count=rules.count))
    if any(trial.turned or _ways_apart(trial, spec) > rules.turned_from_deg for trial in last):
        reasons.append(wording.CHECK_TURNED)
    if spread is not None and spread > rules.agree_within_deg:
        reasons.append(wording.CHECK_APART.format(degrees=round(spread)))
    reasons += [one.otherwise for one in spec.witnesses if any(one.name in trial.failed for trial in last)]
    if sum(trial.end_s - trial.start_s for trial in trials) > rules.longest_s:
        reasons.append(wording.CHECK_TOO_LONG.format(seconds=f"{rules.longest_s:.0f}"))
    for question in spec.questions:
        if question.name not in answers:
            if not question.needed:
                continue
            reasons.append(wording.CHECK_UNANSWERED.format(question=question.text, name=question.name))
        elif answers[question.name] is not (question.expected == "yes"):
            reasons.append(question.otherwise)
    return reasons


def _ways_apart(trial: Trial, spec: CheckSpec) -> float:
    """By how many degrees the first reading by length and by direction differ."""
    value = trial.angles[spec.main.name]
    return abs(value - trial.other_way) if value is not None and trial.other_way is not None else 0.0
