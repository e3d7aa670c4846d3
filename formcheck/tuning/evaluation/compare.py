"""Compares the result of one clip with its labels and, where known, its true angles.

Moments without a label are ambiguous and don't count.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from formcheck.analysis.hold_timer import LAPSE_S
from formcheck.analysis.scoring.document import Document
from formcheck.core.values import Side, Status
from formcheck.stretches import StretchSpec
from formcheck.tuning.evaluation.counts import ErrorSums, EvaluationCounts, FaultCounts
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelInterval, Labels

YAW_BANDS = ((0.0, 15.0), (15.0, 30.0), (30.0, 45.0), (45.0, 180.0))
"""Bands of absolute yaw in degrees, each with its upper end."""

FAULT_TOLERANCE_S = 0.5
"""A fault reported this much too early or too late is still the same fault."""

FAULT_AT_LEAST_S = 1.5
"""A labelled fault must have been there for as long as it takes to report it (a second) and half as much again."""

HOLD_AT_LEAST_S = 1.0
TRULY_THERE = 0.5
"""A fault reported without a label is right all the same if the true angles show it for this share of the time."""

MAJORITY = 0.6
"""A second counts for the verdict when this share of its frames agree on the label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFrame:
    """The result of one frame: the verdict shown, and the measurements of the labelled stretch (degrees)."""

    time_s: float
    pose: str
    status: Status
    measurements: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOutcome:
    """The result of a clip: its document, and every frame."""

    document: Document
    frames: Sequence[JudgedFrame]


Truth = Sequence[tuple[float, Mapping[str, float]]]
"""True angles by time: (seconds, degrees by measure), in order of time."""


def compare(outcome: ClipOutcome, labels: Labels, truth: Truth, spec: StretchSpec | None) -> EvaluationCounts:
    """Return the counts of one clip. `spec` is the labelled stretch, `None` where the label says none."""
    counts = EvaluationCounts(clips=1, clip_s=outcome.document.clip.duration_s)
    _recognition(counts, outcome, labels)
    _measures(counts, outcome, labels, truth)
    holding = {CORRECT, *(fault.name for fault in spec.faults if not fault.stops_clock)} if spec else {CORRECT}
    _holds(counts, outcome, labels, holding)
    if spec is not None:
        _faults(counts, outcome, labels, truth, spec)
    _verdicts(counts, outcome, labels, holding)
    return counts


def yaw_band(yaw_deg: float) -> str:
    """Return the name of the band of yaw, for example `15..30`."""
    low, high = next(band for band in YAW_BANDS if abs(yaw_deg) <= band[1])
    return f"{low:.0f}..{high:.0f}" if high < 180 else f"over {low:.0f}"


def true_holds(labels: Labels, holding: Set[str] = frozenset({CORRECT})) -> list[tuple[Side | None, float, float, float]]:
    """Return the labelled holds as (side, start, end, held seconds): correct intervals, joined where less than a second apart.

    `holding` are the labels that let the clock run: `correct`, and faults that are advice only. On the way from one such
    label to another the clock runs; between two intervals of the same label something else went on.
    """
    holds: list[tuple[Side | None, float, float, float]] = []
    last = ""
    for entry in labels.intervals:
        if entry.label not in holding:
            continue
        side, length = labels.side_of(entry), entry.end_s - entry.start_s
        if holds and holds[-1][0] is side and entry.start_s - holds[-1][2] < LAPSE_S:
            _, start_s, end_s, held_s = holds.pop()
            between_s = entry.start_s - end_s if entry.label != last else 0.0
            holds.append((side, start_s, entry.end_s, held_s + between_s + length))
        else:
            holds.append((side, entry.start_s, entry.end_s, length))
        last = entry.label
    return [hold for hold in holds if hold[3] >= HOLD_AT_LEAST_S]


def _recognition(counts: EvaluationCounts, outcome: ClipOutcome, labels: Labels) -> None:
    judgeable = [entry for entry in labels.intervals if entry.label not in (OTHER, UNSEEN)]
    expected = labels.pose if labels.pose != "none" and judgeable else None
    counts.pose_right = int(outcome.document.pose == expected)
    sides = {labels.side_of(entry) for entry in judgeable} - {None}
    if expected is not None and sides:
        counts.side_labelled = 1
        counts.side_right = int(set(outcome.document.sides) == sides)


def _measures(counts: EvaluationCounts, outcome: ClipOutcome, labels: Labels, truth: Truth) -> None:
    if not truth or labels.camera is None:
        return
    band = yaw_band(labels.camera.yaw_deg)
    for frame in outcome.frames:
        entry = labels.at(frame.time_s)
        if entry is None or entry.label in (OTHER, UNSEEN):
            continue
        for name, true in nearest(truth, frame.time_s).items():
            value = frame.measurements.get(name)
            if value is not None:
                counts.measures.setdefault((name, band), ErrorSums()).add(value - true)


def nearest(truth: Truth, time_s: float) -> Mapping[str, float]:
    """Return the true angles at the time nearest to `time_s`."""
    at = bisect_left(truth, time_s, key=lambda row: row[0])
    around = truth[max(0, at - 1) : at + 1]
    return min(around, key=lambda row: abs(row[0] - time_s))[1]


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0]))


def _holds(counts: EvaluationCounts, outcome: ClipOutcome, labels: Labels, holding: Set[str]) -> None:
    holds = counts.holds
    right = outcome.document.pose == labels.pose
    held = outcome.document.holds
    spans = [(hold.start_s, hold.end_s) for hold in held]
    for side, start_s, end_s, held_s in true_holds(labels, holding):
        holds.labelled += 1
        there = zip(held, spans, strict=True) if right else ()
        meeting = [hold for hold, span in there if hold.side is side and _overlap(span, (start_s, end_s)) > 0]
        if not meeting:
            holds.missed += 1
            continue
        holds.split += len(meeting) - 1
        holds.onset.add(meeting[0].start_s - start_s)
        holds.offset.add(meeting[-1].end_s - end_s)
        holds.held.add(sum(hold.held_s for hold in meeting) - held_s)
    good = [(entry.start_s, entry.end_s) for entry in labels.intervals if entry.label in holding]
    wrong = [(entry.start_s, entry.end_s) for entry in labels.intervals if entry.label not in holding]
    for start_s, end_s in good:
        covered = sum(_overlap(span, (start_s, end_s)) for span in spans) if right else 0.0
        holds.missed_s += end_s - start_s - covered
    for hold, span in zip(held, spans, strict=True):
        against = sum(_overlap(span, other) for other in wrong)
        lapses = hold.end_s - hold.start_s - hold.held_s  # not counted as held, so not held falsely either
        holds.false_s += max(0.0, against - lapses)
        if not any(_overlap(span, other) > 0 for other in good):
            holds.invented += 1


def _faults(counts: EvaluationCounts, outcome: ClipOutcome, labels: Labels, truth: Truth, spec: StretchSpec) -> None:
    faults = outcome.document.faults if outcome.document.pose == spec.name else []
    for entry in labels.intervals:
        if entry.label in (CORRECT, OTHER, UNSEEN) or entry.end_s - entry.start_s < FAULT_AT_LEAST_S:
            continue
        span = (entry.start_s - FAULT_TOLERANCE_S, entry.end_s + FAULT_TOLERANCE_S)
        hit = any(f.name == entry.label and _overlap(span, (f.start_s, f.end_s)) > 0 for f in faults)
        fault_counts = counts.faults.setdefault(entry.label, FaultCounts())
        fault_counts.hit += hit
        fault_counts.missed += not hit
    for fault in faults:
        span = (fault.start_s, fault.end_s)
        if not _labelled(labels, fault.name, span) and not _truly_there(truth, spec, fault.name, span):
            against = sum(_overlap(span, (e.start_s, e.end_s)) for e in labels.intervals if e.label != fault.name)
            counts.faults.setdefault(fault.name, FaultCounts()).false += against > FAULT_TOLERANCE_S


def _labelled(labels: Labels, name: str, span: tuple[float, float]) -> bool:
    wide = (span[0] - FAULT_TOLERANCE_S, span[1] + FAULT_TOLERANCE_S)
    return any(entry.label == name and _overlap(wide, (entry.start_s, entry.end_s)) > 0 for entry in labels.intervals)


def _truly_there(truth: Truth, spec: StretchSpec, name: str, span: tuple[float, float]) -> bool:
    """Return whether the true angles show the fault too: several can be there at once, a label names one."""
    fault = spec.fault(name)
    values = [row[fault.measure] for time_s, row in truth if span[0] <= time_s <= span[1] and fault.measure in row]
    beyond = [value for value in values if fault.past_clear(value) > 0]
    return bool(values) and len(beyond) >= TRULY_THERE * len(values)


def _verdicts(counts: EvaluationCounts, outcome: ClipOutcome, labels: Labels, holding: Set[str]) -> None:
    """Count second by second: reported correct or not against labelled correct or not; unseen apart."""
    seconds: dict[int, list[tuple[LabelInterval | None, JudgedFrame]]] = {}
    for frame in outcome.frames:
        seconds.setdefault(int(frame.time_s), []).append((labels.at(frame.time_s), frame))
    for frames in seconds.values():
        known = [(entry.label, frame) for entry, frame in frames if entry is not None]
        share = 1.0 / len(frames)
        for label, frame in known:
            unseen = frame.status is Status.UNSEEN
            if label == UNSEEN:
                counts.sight.unseen_s += share
                counts.sight.told_s += share * unseen
            else:
                counts.sight.seen_s += share
                counts.sight.denied_s += share * unseen
        judged = [(label in holding, frame) for label, frame in known if label != UNSEEN]
        true = sum(correct for correct, _ in judged)
        if len(judged) < MAJORITY * len(frames) or max(true, len(judged) - true) / len(judged) < MAJORITY:
            continue
        # In a clip of no stretch, any stretch reported correct is wrong.
        frames_correct = sum(f.status is Status.CORRECT and labels.pose in (f.pose, "none") for _, f in judged)
        told_correct, truly = 2 * frames_correct > len(judged), 2 * true > len(judged)
        counts.agreement.both += told_correct and truly
        counts.agreement.only_told += told_correct and not truly
        counts.agreement.only_true += truly and not told_correct
        counts.agreement.neither += not told_correct and not truly
