"""Whether a proposal is better on clips left out of the fitting, and how sure that is.

Sureness comes from resampling people (or clips, where there is but one person). A proposal is better when it makes a figure
better in most draws and none worse, and when it agrees with the labels left out: with random labels some figure gets better by
chance, agreement never does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from formcheck.core.wording.language import N_, joined
from formcheck.tuning.evaluation.counts import EvaluationCounts
from formcheck.tuning.fitting.evidence import Values

DRAWS = 2000
LIKELY = 0.8
"""A figure is better (or worse) when it is so in this share of the draws: three to six people allow nothing surer."""

AGREES = 0.4
"""Less agreement than this (Cohen's kappa, the lower end of its interval) is no more than fair: ranges and labels have little
to do with each other. With random labels the lower end was 0.2 at most, with wrong ranges put right 0.7 at least."""

SEED = 1
"""The same clips give the same answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure; `None` where it cannot be computed.

    Attributes
    ----------
    value : float or None
        The figure, in the unit that `Figures` gives.
    low, high : float or None
        The interval that 95 % of the draws lie in.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well some clips were judged.

    Attributes
    ----------
    false_hold, missed_hold : Figure
        Seconds held falsely, and seconds of a hold that were missed, for every minute of clip.
    recall, precision : Figure
        The share of labelled faults that were reported, and of reported faults that were there, 0 to 1.
    kappa : Figure
        Agreement on correct seconds beyond chance (Cohen's kappa), 1 at best.
    """

    false_hold: Figure
    missed_hold: Figure
    recall: Figure
    precision: Figure
    kappa: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Before and after on clips that were left out of the fitting, and the verdict.

    Attributes
    ----------
    before, after : Figures
        With the ranges as they are, and with those fitted without the clips.
    better : bool
        Whether a figure is better and none worse, and the verdicts agree with the labels that were left out.
    why : str
        The reason for that verdict, in words.
    """

    before: Figures
    after: Figures
    better: bool
    why: str


_Sums = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""A row for every person, clip or draw, of the sums that `_columns` gives; every figure is computed from them."""


def judge(before: Mapping[str, Sequence[EvaluationCounts]], after: Mapping[str, Sequence[EvaluationCounts]]) -> Comparison:
    """Compare counts by person (or by clip): `before` with the file as it is, `after` with what was fitted without them."""
    old, new = _sums(before), _sums(after)
    draws = np.random.default_rng(SEED).integers(0, len(old), (DRAWS, len(old)))
    some_old, some_new = _rates(old[draws].sum(axis=1)), _rates(new[draws].sum(axis=1))
    changes = {name: sign * (some_new[key] - some_old[key]) for name, (key, sign) in _DECIDES.items()}
    up = [name for name, change in changes.items() if np.mean(change > 1e-9) >= LIKELY]
    down = [name for name, change in changes.items() if np.mean(change < -1e-9) >= LIKELY]
    figures = _figures(new, some_new)
    agreed = figures.kappa.low is not None and figures.kappa.low >= AGREES
    if down:
        why = N_("worse on clips it has not seen: {figures}").format(figures=joined(", ", down))
    elif not agreed:
        why = N_("ranges fitted to these labels do not foretell the labels of clips that were left out")
    elif up:
        why = N_("better on clips it has not seen: {figures}").format(figures=joined(", ", up))
    else:
        why = N_("not better on clips it has not seen")
    return Comparison(before=_figures(old, some_old), after=figures, better=agreed and bool(up) and not down, why=why)


def _sums(groups: Mapping[str, Sequence[EvaluationCounts]]) -> _Sums:
    return np.array([np.add.reduce([_columns(one) for one in counts], axis=0) for counts in groups.values()])


def _columns(counts: EvaluationCounts) -> list[float]:
    faults = [sum(getattr(fault, name) for fault in counts.faults.values()) for name in ("hit", "missed", "false")]
    return [counts.clip_s, counts.holds.false_s, counts.holds.missed_s, *faults, *astuple(counts.agreement)]


def _ratio(part: Values, whole: Values) -> Values:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _rates(sums: _Sums) -> dict[str, Values]:
    """Return the figures of every row of `sums`, those of `Figures` and those that decide; NaN where one cannot be computed."""
    clip_s, false_s, missed_s, hit, missed, false, both, only_told, only_true, neither = sums.T
    false_hold, missed_hold = 60.0 * _ratio(false_s, clip_s), 60.0 * _ratio(missed_s, clip_s)
    seconds = both + only_told + only_true + neither
    chance = _ratio((both + only_told) * (both + only_true) + (neither + only_told) * (neither + only_true), seconds**2)
    return {
        "false_hold": false_hold,
        "missed_hold": missed_hold,
        "recall": _ratio(hit, hit + missed),
        "precision": _ratio(hit, hit + false),
        "kappa": _ratio(_ratio(both + neither, seconds) - chance, 1.0 - chance),
        "wrong": false_hold + missed_hold,
        "f1": _ratio(2 * hit, 2 * hit + missed + false),
    }


_DECIDES = {
    N_("agreement with the labels"): ("kappa", 1),
    N_("seconds held falsely or missed"): ("wrong", -1),
    N_("faults found and told rightly"): ("f1", 1),
}
"""The figures that decide, and whether more of each is better."""


def _figures(sums: _Sums, draws: Mapping[str, Values]) -> Figures:
    """Return the figures of all rows of `sums` together, each with the interval of its `draws`."""
    whole = _rates(sums.sum(axis=0, keepdims=True))

    def figure(name: str) -> Figure:
        value, some = whole[name][0], draws[name][~np.isnan(draws[name])]
        if np.isnan(value) or not len(some):
            return Figure(value=None, low=None, high=None)
        low, high = np.percentile(some, (2.5, 97.5))
        return Figure(value=float(value), low=float(low), high=float(high))

    return Figures(**{field.name: figure(field.name) for field in fields(Figures)})
