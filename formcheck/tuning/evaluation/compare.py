"""Compares the result of one clip with its labels and, where known, its true angles.

Moments without a label are ambiguous and don't count.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby

from formcheck.analysis.hold_timer import LAPSE_S
from formcheck.analysis.scoring.document import Document, FaultEntry, HoldEntry
from formcheck.core.values import Hold, Moment, Status
from formcheck.stretches import Fault, StretchSpec
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


Truth = Sequence[tuple[float, Mapping[str, float]]]
"""True angles by time: (seconds, degrees by measure), in order of time."""

_Lasting = LabelInterval | HoldEntry | FaultEntry | Hold


def compare(
    document: Document, moments: Sequence[Moment], labels: Labels, truth: Truth, spec: StretchSpec | None
) -> EvaluationCounts:
    """Return the counts of one clip: its document and every moment, against its labels.

    `spec` is the labelled stretch, `None` where the label says none.
    """
    counts = EvaluationCounts(clips=1, clip_s=document.clip.length_s)
    _recognition(counts, document, labels)
    _measures(counts, moments, labels, truth)
    holding = {CORRECT, *(fault.name for fault in spec.faults if not fault.stops_clock)} if spec else {CORRECT}
    _holds(counts, document, labels, holding)
    if spec is not None:
        _faults(counts, document, labels, truth, spec)
    _verdicts(counts, moments, labels, holding)
    return counts


def yaw_band(yaw_deg: float) -> str:
    """Return the name of the band of yaw, for example `15..30`."""
    low, high = next(band for band in YAW_BANDS if abs(yaw_deg) <= band[1])
    return f"{low:.0f}..{high:.0f}" if high < 180 else f"over {low:.0f}"


def true_holds(labels: Labels, holding: Set[str] = frozenset({CORRECT})) -> list[Hold]:
    """Return the labelled holds: correct intervals, joined where less than a second apart.

    `holding` are the labels that let the clock run: `correct`, and faults that are advice only. On the way from one such
    label to another the clock runs; between two intervals of the same label something else went on.
    """
    holds: list[Hold] = []
    last = ""
    for entry in labels.intervals:
        if entry.label not in holding:
            continue
        side, length = labels.side_of(entry), entry.end_s - entry.start_s
        if holds and holds[-1].side is side and entry.start_s - holds[-1].end_s < LAPSE_S:
            between_s = entry.start_s - holds[-1].end_s if entry.label != last else 0.0
            holds[-1] = replace(holds[-1], end_s=entry.end_s, held_s=holds[-1].held_s + between_s + length)
        else:
            holds.append(Hold(side=side, start_s=entry.start_s, end_s=entry.end_s, held_s=length))
        last = entry.label
    return [hold for hold in holds if hold.held_s >= HOLD_AT_LEAST_S]


def _recognition(counts: EvaluationCounts, document: Document, labels: Labels) -> None:
    judgeable = [entry for entry in labels.intervals if entry.label not in (OTHER, UNSEEN)]
    expected = labels.pose if labels.pose != "none" and judgeable else None
    counts.pose_right = int(document.pose == expected)
    sides = {labels.side_of(entry) for entry in judgeable} - {None}
    if expected is not None and sides:
        counts.side_labelled = 1
        counts.side_right = int(set(document.sides) == sides)


def _measures(counts: EvaluationCounts, moments: Sequence[Moment], labels: Labels, truth: Truth) -> None:
    if not truth or labels.camera is None:
        return
    band = yaw_band(labels.camera.yaw_deg)
    for moment in moments:
        entry = labels.at(moment.time_s)
        if entry is None or entry.label in (OTHER, UNSEEN):
            continue
        for now in (one for one in moment.assessments if one.pose == labels.pose):
            for name, true in nearest(truth, moment.time_s).items():
                if (value := now.measurements.get(name)) is not None:
                    counts.measures.setdefault((name, band), ErrorSums()).add(value - true, now.errors.get(name))


def nearest(truth: Truth, time_s: float) -> Mapping[str, float]:
    """Return the true angles at the time nearest to `time_s`."""
    at = bisect_left(truth, time_s, key=lambda row: row[0])
    around = truth[max(0, at - 1) : at + 1]
    return min(around, key=lambda row: abs(row[0] - time_s))[1]


def _overlap(one: _Lasting, other: _Lasting, tolerance_s: float = 0.0) -> float:
    """Return for how many seconds both were there, `one` taken to begin earlier and end later by `tolerance_s`."""
    return max(0.0, min(one.end_s + tolerance_s, other.end_s) - max(one.start_s - tolerance_s, other.start_s))


def _holds(counts: EvaluationCounts, document: Document, labels: Labels, holding: Set[str]) -> None:
    holds, held = counts.holds, document.holds
    right = document.pose == labels.pose
    for true in true_holds(labels, holding):
        holds.labelled += 1
        meeting = [hold for hold in held if right and hold.side is true.side and _overlap(hold, true) > 0]
        if not meeting:
            holds.missed += 1
            continue
        holds.split += len(meeting) - 1
        holds.onset.add(meeting[0].start_s - true.start_s)
        holds.offset.add(meeting[-1].end_s - true.end_s)
        holds.held.add(sum(hold.held_s for hold in meeting) - true.held_s)
    good = [entry for entry in labels.intervals if entry.label in holding]
    wrong = [entry for entry in labels.intervals if entry.label not in holding]
    for entry in good:
        holds.missed_s += entry.end_s - entry.start_s - sum(_overlap(hold, entry) for hold in held if right)
    for hold in held:
        lapses = hold.end_s - hold.start_s - hold.held_s  # not counted as held, so not held falsely either
        holds.false_s += max(0.0, sum(_overlap(hold, entry) for entry in wrong) - lapses)
        holds.invented += not any(_overlap(hold, entry) > 0 for entry in good)


def _faults(counts: EvaluationCounts, document: Document, labels: Labels, truth: Truth, spec: StretchSpec) -> None:
    told = document.faults if document.pose == spec.name else []
    for entry in labels.intervals:
        if entry.label not in (CORRECT, OTHER, UNSEEN) and entry.end_s - entry.start_s >= FAULT_AT_LEAST_S:
            hit = any(fault.name == entry.label and _overlap(entry, fault, FAULT_TOLERANCE_S) > 0 for fault in told)
            fault_counts = counts.faults.setdefault(entry.label, FaultCounts())
            fault_counts.hit += hit
            fault_counts.missed += not hit
    for fault in told:
        same = [entry for entry in labels.intervals if entry.label == fault.name]
        others = [entry for entry in labels.intervals if entry.label != fault.name]
        labelled = any(_overlap(fault, entry, FAULT_TOLERANCE_S) > 0 for entry in same)
        if not labelled and not _truly_there(truth, spec.fault(fault.name), fault):
            against = sum(_overlap(fault, entry) for entry in others)
            counts.faults.setdefault(fault.name, FaultCounts()).false += against > FAULT_TOLERANCE_S


def _truly_there(truth: Truth, fault: Fault, told: FaultEntry) -> bool:
    """Return whether the true angles show the fault too: several can be there at once, a label names one."""
    values = [row[fault.measure] for time_s, row in truth if told.start_s <= time_s <= told.end_s and fault.measure in row]
    return bool(values) and sum(fault.past_clear(value) > 0 for value in values) >= TRULY_THERE * len(values)


def _verdicts(counts: EvaluationCounts, moments: Sequence[Moment], labels: Labels, holding: Set[str]) -> None:
    """Count second by second: reported correct or not against labelled correct or not; unseen apart."""
    for _, second in groupby(moments, key=lambda moment: int(moment.time_s)):
        frames = [(labels.at(moment.time_s), moment.assessment) for moment in second]
        known = [(entry.label, now) for entry, now in frames if entry is not None]
        share = 1.0 / len(frames)
        for label, now in known:
            unseen = now.status is Status.UNSEEN
            if label == UNSEEN:
                counts.sight.unseen_s += share
                counts.sight.told_s += share * unseen
            else:
                counts.sight.seen_s += share
                counts.sight.denied_s += share * unseen
        judged = [(label in holding, now) for label, now in known if label != UNSEEN]
        true = sum(correct for correct, _ in judged)
        if len(judged) < MAJORITY * len(frames) or max(true, len(judged) - true) / len(judged) < MAJORITY:
            continue
        # In a clip of no stretch, any stretch reported correct is wrong.
        frames_correct = sum(now.status is Status.CORRECT and labels.pose in (now.pose, "none") for _, now in judged)
        told_correct, truly = 2 * frames_correct > len(judged), 2 * true > len(judged)
        counts.agreement.both += told_correct and truly
        counts.agreement.only_told += told_correct and not truly
        counts.agreement.only_true += truly and not told_correct
        counts.agreement.neither += not told_correct and not truly
