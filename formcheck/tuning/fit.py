"""Ranges and limits from evidence. What the clips do not contradict stays as it is; what they do moves as they say.

A limit is good when few correct intervals and many of its fault's lie beyond it, each reading being taken as uncertain by
its measurement error: that keeps the limit clear of both. A full range is good when it holds the correct intervals and
ends before a fault that stops the clock begins.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np

from formcheck.labels import CORRECT
from formcheck.posefile import Fault, Limit, PoseSpec, Target
from formcheck.tuning.errors import found_error, sigma
from formcheck.tuning.evidence import Span
from formcheck.tuning.guard import guarded, guards

LEAST_CLIPS = 2
"""Fewer clips with correct form than this say nothing about a range."""

SEPARATES = 0.35
"""The mean of the shares of correct and of faulty intervals on the wrong side of the best limit: with more, the two read alike."""

AS_GOOD = 0.02
"""A limit whose share of wrong answers is this close to the best is as good: evidence of a few clips tells no finer."""

REACH = 30
"""A limit is looked for up to this many degrees beyond the evidence."""

COSTLY = 3.0
"""A fault told of somebody who does it right is worse than one not told: it stops her clock, and her trust."""

WORST, TYPICAL = 0.95, 0.5
"""Of an interval in correct form counts what 95 % of its time do not exceed, for a moment beyond a limit breaks the hold; of a
faulty one the median, for a fault is told once it lasts."""

CLEARS = 2.0, 5.0
"""A fault clears this many degrees inside its limit, at least and at most."""

INSIDE = 0.9
"""A range that holds this share of the correct intervals is not contradicted by them."""

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person in charge decides: measures that stay, the only ones that may move, and whether guards may be loosened."""

    keep: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    allow_looser: bool = False

    def frees(self, measure: str) -> bool:
        return measure not in self.keep and (not self.only or measure in self.only)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number (or pair) of the pose file, before and after.

    `table` is `targets` or `faults`, `name` the measure of a target or the name of a fault, `key` the key in its table
    (`full`, `zero`, `above`, `below`, `clear`; a second witness is `also[0].above`). `why` is the evidence in words.
    """

    table: str
    name: str
    measure: str
    key: str
    old: float | Pair
    new: float | Pair
    why: str

    @property
    def changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pose file's numbers, row by row in the order of the file, and the stretch that results."""

    spec: PoseSpec
    rows: tuple[Row, ...] = field(default=())

    @property
    def changes(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.changed)


def propose(spec: PoseSpec, shipped: PoseSpec | None, spans: Sequence[Span], wishes: Wishes) -> Proposal:
    """Return what the `spans` of one stretch say about its pose file.

    `shipped` is the file as it came, past which guards are not loosened; `None` for a stretch that ships nowhere, where the
    file's own limits take its place.
    """
    guard = shipped or spec
    rows: list[Row] = []
    faults = []
    for fault in spec.faults:
        fitted, told = _fault(fault, _shipped_fault(guard, fault), spans, wishes)
        faults.append(fitted)
        rows += told
    targets = []
    for target in spec.targets:
        fitted_target, told = _target(target, _shipped_target(guard, target), faults, spans, wishes)
        targets.append(fitted_target)
        rows += told
    rows.sort(key=lambda row: row.table, reverse=True)  # targets first, as in the file
    data = spec.model_dump() | {"targets": targets, "faults": faults}
    return Proposal(spec=PoseSpec.model_validate(data), rows=tuple(rows))


def _shipped_fault(guard: PoseSpec, fault: Fault) -> Fault | None:
    return next((other for other in guard.faults if other.name == fault.name and other.measure == fault.measure), None)


def _shipped_target(guard: PoseSpec, target: Target) -> Target | None:
    return next((other for other in guard.targets if other.measure == target.measure), None)


# Limits of faults.


def _fault(fault: Fault, shipped: Fault | None, spans: Sequence[Span], wishes: Wishes) -> tuple[dict[str, object], list[Row]]:
    good = [span for span in spans if span.label == CORRECT]
    bad = [span for span in spans if span.label == fault.name]
    gap = _gap(fault)
    value, why = _limit(fault, good, bad, gap, wishes)
    if shipped is not None and guarded(fault) and not wishes.allow_looser and _sign(shipped) == _sign(fault):
        held = min(value * _sign(fault), _value(shipped) * _sign(fault)) * _sign(fault)
        if held != value:
            value, why = held, f"{why}; a limit that guards the back is not loosened past the shipped one"
    clear = value - _sign(fault) * gap if wishes.frees(fault.measure) else fault.clear
    key = "above" if fault.above is not None else "below"
    rows = [_row(fault, key, _value(fault), value, why)]
    rows.append(_row(fault, "clear", fault.clear, clear, "goes with its limit"))
    also = []
    for i, witness in enumerate(fault.also):
        inner, reason = _limit(witness, good, bad, 0.0, wishes)
        name = "above" if witness.above is not None else "below"
        rows.append(_row(fault, f"also[{i}].{name}", _value(witness), inner, reason, measure=witness.measure))
        also.append(witness.model_dump() | {name: inner})
    return fault.model_dump() | {key: value, "clear": clear, "also": also}, rows


def _row(fault: Fault, key: str, old: float, new: float, why: str, *, measure: str | None = None) -> Row:
    return Row(table="faults", name=fault.name, measure=measure or fault.measure, key=key, old=old, new=new, why=why)


def _sign(limit: Limit) -> int:
    return 1 if limit.above is not None else -1


def _value(limit: Limit) -> float:
    return limit.above if limit.above is not None else (limit.below or 0.0)


def _gap(fault: Fault) -> float:
    """How far inside its limit a fault clears: as in the file, within what keeps it from flickering and lets it end."""
    return min(max(abs(_value(fault) - fault.clear), CLEARS[0]), CLEARS[1])


def _limit(limit: Limit, good: Sequence[Span], bad: Sequence[Span], gap: float, wishes: Wishes) -> tuple[float, str]:
    """The value that parts `good` from `bad` best, and the evidence; the present one if the clips do not contradict it.

    Correct form must lie within the limit all the time, and typically so far within (`gap`) that a fault before it clears.
    """
    sign, old = _sign(limit), _value(limit)
    if not wishes.frees(limit.measure):
        return old, "kept, as asked for"
    correct = _beyond(limit.measure, sign, good, WORST)
    faulty = _beyond(limit.measure, sign, bad, TYPICAL)
    if len({span.clip for span in good}) < LEAST_CLIPS:
        return old, f"kept: too little evidence, {_clips(good)} with correct form"
    grid = _grid(sign * old, [*correct, *faulty])
    clearing = _share(_beyond(limit.measure, sign, good, TYPICAL), grid - gap, limit.measure, beyond=True)
    false = np.maximum(_share(correct, grid, limit.measure, beyond=True), clearing)
    at = int(np.argmin(np.abs(grid - sign * old)))
    if not faulty:
        if false[at] <= 1.0 - INSIDE:
            return old, "kept: no clip shows this fault, and none in correct form is near the limit"
        best = int(np.argmax(false <= 1.0 - INSIDE))
    else:
        missed = _share(faulty, grid, limit.measure, beyond=False)
        wrong = (COSTLY * false + missed) / (1 + COSTLY)
        least = int(np.argmin(wrong))
        if wrong[least] > SEPARATES:
            return old, "kept: correct form and this fault read alike"
        by_chance = np.hypot(COSTLY * _by_chance(false[least], len(correct)), _by_chance(missed[least], len(faulty))) / (1 + COSTLY)
        alike = np.flatnonzero(wrong <= wrong[least] + AS_GOOD)
        best = at if wrong[at] <= wrong[least] + max(AS_GOOD, by_chance) else int(round(alike.mean()))
    value = sign * float(grid[best])
    return value, _told(value, sign, correct, faulty)


def _by_chance(share: float, count: int) -> float:
    """The standard error of a share of `count` intervals."""
    return float(np.sqrt(share * (1.0 - share) / count))


def _told(value: float, sign: int, correct: Sequence["_Reading"], faulty: Sequence["_Reading"]) -> str:
    beyond = [len({r.clip for r in rs if r.value > sign * value}) for rs in (correct, faulty)]
    clips = [len({r.clip for r in rs}) for rs in (correct, faulty)]
    return f"{beyond[1]} of {clips[1]} faults beyond, {beyond[0]} of {clips[0]} correct clips"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One interval on the scale of a limit: larger is worse, the view's tolerance taken off."""

    clip: str
    value: float


def _beyond(measure: str, sign: int, spans: Sequence[Span], share: float) -> list[_Reading]:
    """What each interval reaches: the value that `share` of its time does not exceed."""
    return [
        _Reading(clip=span.clip, value=float(np.quantile(sign * span.values[measure], share)) - span.tolerance)
        for span in spans
        if measure in span.values
    ]


def _grid(old: float, readings: Sequence[_Reading]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    ends = [old, *(reading.value for reading in readings)]
    # Whole degrees from the present limit, so that it is among them: finer than that no camera measures.
    low, high = floor(min(ends) - old) - REACH, ceil(max(ends) - old) + REACH
    return old + np.arange(low, high + 1, dtype=np.float64)


def _share(
    readings: Sequence[_Reading], grid: np.ndarray[tuple[int], np.dtype[np.float64]], measure: str, *, beyond: bool
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """By limit: the share of intervals beyond it (or within it), each blurred by the measurement error."""
    if not readings:
        return np.zeros_like(grid)
    values = np.array([reading.value for reading in readings])
    share = _normal((values[:, None] - grid[None, :]) / sigma(measure)).mean(axis=0)
    return share if beyond else 1.0 - share


def _normal(z: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The normal distribution function, by the logistic one: it differs by a hundredth at most."""
    return 1.0 / (1.0 + np.exp(-1.702 * np.clip(z, -40, 40)))


# Target ranges.


def _target(
    target: Target, shipped: Target | None, faults: Sequence[dict[str, object]], spans: Sequence[Span], wishes: Wishes
) -> tuple[dict[str, object], list[Row]]:
    good = [span for span in spans if span.label == CORRECT and target.measure in span.values]
    full, zero = target.full, target.zero
    if not wishes.frees(target.measure):
        why = "kept, as asked for"
    elif len({span.clip for span in good}) < LEAST_CLIPS:
        why = f"kept: too little evidence, {_clips(good)} with correct form"
    else:
        low = -_edge(target, -1, faults, good, shipped, wishes)
        high = _edge(target, 1, faults, good, shipped, wishes)
        full = _wide_enough(low, high, target.measure)
        zero = (-_zero(target, -1, full, faults), _zero(target, 1, full, faults))
        why = _within(full, target.measure, spans)
    rows = [
        Row(table="targets", name=target.measure, measure=target.measure, key="full", old=target.full, new=full, why=why),
        Row(table="targets", name=target.measure, measure=target.measure, key="zero", old=target.zero, new=zero, why="from the full range and the limits of faults"),
    ]
    return target.model_dump() | {"full": full, "zero": zero}, rows


def _edge(
    target: Target,
    sign: int,
    faults: Sequence[dict[str, object]],
    good: Sequence[Span],
    shipped: Target | None,
    wishes: Wishes,
) -> float:
    """The edge of the full range on one side, on the scale `sign` x degrees."""
    medians = sorted(sign * float(np.median(span.values[target.measure])) for span in good)
    old = sign * (target.full[1] if sign > 0 else target.full[0])
    needed = float(np.quantile(medians, INSIDE))
    edge = old if needed <= old else float(ceil(max(medians) + sigma(target.measure) / 2))
    stop = _stop(target.measure, sign, faults)
    if stop is not None and edge > stop[0]:
        edge = max(stop[1], needed)
        edge = float(floor(min(edge, stop[0])))
    if shipped is not None and guards(target.measure) and not wishes.allow_looser:
        edge = min(edge, sign * (shipped.full[1] if sign > 0 else shipped.full[0]))
    return edge


def _stop(measure: str, sign: int, faults: Sequence[dict[str, object]]) -> Pair | None:
    """The nearest limit on this side at which a fault stops the clock, and where it clears, on the scale `sign` x degrees."""
    key = "above" if sign > 0 else "below"
    found = [
        (sign * float(str(fault[key])), sign * float(str(fault["clear"])))
        for fault in faults
        if fault["measure"] == measure and fault[key] is not None and fault["stops_clock"]
    ]
    return min(found, default=None)


def _zero(target: Target, sign: int, full: Pair, faults: Sequence[dict[str, object]]) -> float:
    """The edge of no credit on one side, on the scale `sign` x degrees: as far out as before, and clear of measurement error."""
    before = sign * (target.full[1] - target.zero[1] if sign > 0 else target.full[0] - target.zero[0])
    old, new = (sign * pair[1 if sign > 0 else 0] for pair in (target.zero, full))
    apart = max(abs(before), 2.0 * sigma(target.measure))
    stop = _stop(target.measure, sign, faults)
    least = max(new + apart, stop[0] + sigma(target.measure) if stop is not None else -360.0)
    return old if new == sign * target.full[1 if sign > 0 else 0] and old >= least else float(round(least))


def _wide_enough(low: float, high: float, measure: str) -> Pair:
    lacking = 2.0 * found_error(measure) - (high - low)
    if lacking <= 0:
        return low, high
    return low - ceil(lacking / 2), high + ceil(lacking / 2)


def _within(full: Pair, measure: str, spans: Sequence[Span]) -> str:
    def share(some: Iterator[Span]) -> tuple[int, int]:
        known = [(span.clip, median) for span in some if (median := span.median(measure)) is not None]
        return len({clip for clip, median in known if full[0] <= median <= full[1]}), len({clip for clip, _ in known})

    good = share(span for span in spans if span.label == CORRECT)
    bad = share(span for span in spans if span.label != CORRECT)
    return f"{good[0]} of {good[1]} correct clips, {bad[0]} of {bad[1]} faults inside"


def _clips(spans: Sequence[Span]) -> str:
    count = len({span.clip for span in spans})
    return f"{count} clip" if count == 1 else f"{count} clips"
