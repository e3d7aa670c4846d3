"""Whether a proposal is better on clips left out of the fitting, and how sure that is.

Sureness comes from resampling people (or clips, where there is but one person). A proposal is better when it makes a figure
better in most draws and none worse, and when it agrees with the labels left out: with random labels some figure gets better by
chance, agreement never does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

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


# The sums that are resampled; every figure is computed from them.
_COLUMNS = ("clip_s", "false_s", "missed_s", "hit", "missed", "false", "both", "only_told", "only_true", "neither")
_Sums = np.ndarray[tuple[int, int], np.dtype[np.float64]]
_Compute = Callable[[_Sums], Values]


def judge(before: Mapping[str, Sequence[EvaluationCounts]], after: Mapping[str, Sequence[EvaluationCounts]]) -> Comparison:
    """Compare counts by person (or by clip): `before` with the file as it is, `after` with what was fitted without them."""
    old, new = _sums(before), _sums(after)
    draws = np.random.default_rng(SEED).integers(0, len(old), (DRAWS, len(old)))
    some_old, some_new = old[draws].sum(axis=1), new[draws].sum(axis=1)
    sure = {name: _sure(compute, some_old, some_new, sign) for name, (compute, sign) in _DECIDES.items()}
    up = [name for name, (better, _) in sure.items() if better >= LIKELY]
    down = [name for name, (_, worse) in sure.items() if worse >= LIKELY]
    figures = _figures(new, some_new)
    agreed = figures.kappa.low is not None and figures.kappa.low >= AGREES
    if down:
        why = f"worse on clips it has not seen: {', '.join(down)}"
    elif not agreed:
        why = "ranges fitted to these labels do not foretell the labels of clips that were left out"
    elif up:
        why = f"better on clips it has not seen: {', '.join(up)}"
    else:
        why = "not better on clips it has not seen"
    return Comparison(before=_figures(old, some_old), after=figures, better=agreed and bool(up) and not down, why=why)


def _sums(groups: Mapping[str, Sequence[EvaluationCounts]]) -> _Sums:
    return np.array([np.add.reduce([_columns(one) for one in counts], axis=0) for counts in groups.values()])


def _columns(counts: EvaluationCounts) -> list[float]:
    faults = [sum(getattr(fault, name) for fault in counts.faults.values()) for name in ("hit", "missed", "false")]
    agreement = [getattr(counts.agreement, name) for name in _COLUMNS[6:]]
    return [counts.clip_s, counts.holds.false_s, counts.holds.missed_s, *faults, *agreement]


def _column(sums: _Sums, name: str) -> Values:
    column: Values = sums[:, _COLUMNS.index(name)]
    return column


def _ratio(part: Values, whole: Values) -> Values:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _kappa(sums: _Sums) -> Values:
    both, only_told, only_true, neither = (_column(sums, name) for name in _COLUMNS[6:])
    seconds = both + only_told + only_true + neither
    chance = _ratio((both + only_told) * (both + only_true) + (neither + only_told) * (neither + only_true), seconds**2)
    return _ratio(_ratio(both + neither, seconds) - chance, 1.0 - chance)


def _per_minute(name: str) -> _Compute:
    return lambda sums: 60.0 * _ratio(_column(sums, name), _column(sums, "clip_s"))


def _hit_share(others: str) -> _Compute:
    """Return the share of hits among hits and `others`: recall among those missed, precision among the false ones."""
    return lambda sums: _ratio(_column(sums, "hit"), _column(sums, "hit") + _column(sums, others))


def _f1(sums: _Sums) -> Values:
    hit = 2 * _column(sums, "hit")
    return _ratio(hit, hit + _column(sums, "missed") + _column(sums, "false"))


def _wrong(sums: _Sums) -> Values:
    return _per_minute("false_s")(sums) + _per_minute("missed_s")(sums)


_DECIDES: dict[str, tuple[_Compute, int]] = {
    "agreement with the labels": (_kappa, 1),
    "seconds held falsely or missed": (_wrong, -1),
    "faults found and told rightly": (_f1, 1),
}
"""The figures that decide, and whether more of each is better."""


def _sure(compute: _Compute, old: _Sums, new: _Sums, sign: int) -> tuple[float, float]:
    """Return the shares of draws in which the new sums are better, and worse."""
    change = sign * (compute(new) - compute(old))
    return float(np.mean(change > 1e-9)), float(np.mean(change < -1e-9))


def _figures(sums: _Sums, draws: _Sums) -> Figures:
    whole = sums.sum(axis=0, keepdims=True)

    def figure(compute: _Compute) -> Figure:
        value, some = compute(whole)[0], compute(draws)
        some = some[~np.isnan(some)]
        if np.isnan(value) or not len(some):
            return Figure(value=None, low=None, high=None)
        low, high = np.percentile(some, (2.5, 97.5))
        return Figure(value=float(value), low=float(low), high=float(high))

    return Figures(
        false_hold=figure(_per_minute("false_s")),
        missed_hold=figure(_per_minute("missed_s")),
        recall=figure(_hit_share("missed")),
        precision=figure(_hit_share("false")),
        kappa=figure(_kappa),
    )
