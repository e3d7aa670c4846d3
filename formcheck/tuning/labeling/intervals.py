"""The labelled intervals of a clip and what can be done to them, with a pending label and all that can be undone.

Intervals are always sorted and never overlap. Times are cut to the millisecond, downwards: a boundary lies at its frame or just
before it, so that the frame belongs to the interval that begins there, in the file as on the screen. A pending label extends
forwards only: time before its beginning is left alone, wherever the person seeks to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import floor
from typing import Self

from formcheck.core.values import Side
from formcheck.tuning.labels import LabelInterval

Intervals = tuple[LabelInterval, ...]

SLIVER_S = 0.002
"""What is left of an interval and no longer than this is an error of rounding."""


def cut_s(time_s: float) -> float:
    """Return `time_s` in whole milliseconds, never later. Rounding is allowed for, so that cutting twice is cutting once."""
    return floor(time_s * 1000 + 1e-6) / 1000


def interval_at(intervals: Intervals, time_s: float) -> LabelInterval | None:
    """Return the interval that covers `time_s`."""
    return next((entry for entry in intervals if entry.start_s <= time_s < entry.end_s), None)


def labelled(intervals: Intervals, start_s: float, end_s: float, label: str | None, side: Side | None = None) -> Intervals:
    """Return the intervals with `label` from `start_s` up to `end_s`, in place of those there; `None` leaves a gap.

    It joins intervals of the same label that it touches.
    """
    if not start_s < end_s:
        return intervals
    rest = [piece for entry in intervals for piece in _beside(entry, start_s, end_s)]
    if label is not None:
        alike = [
            entry
            for entry in rest
            if (entry.label, entry.stretched_side) == (label, side)
            and (abs(entry.end_s - start_s) <= SLIVER_S or abs(entry.start_s - end_s) <= SLIVER_S)
        ]
        rest = [entry for entry in rest if entry not in alike]
        start_s, end_s = min([start_s, *(e.start_s for e in alike)]), max([end_s, *(e.end_s for e in alike)])
        rest.append(LabelInterval(start_s=start_s, end_s=end_s, label=label, stretched_side=side))
    return tuple(sorted(rest, key=lambda entry: entry.start_s))


def edges(intervals: Intervals) -> tuple[float, ...]:
    """Return every time at which an interval begins or ends, in order."""
    return tuple(sorted({time_s for entry in intervals for time_s in (entry.start_s, entry.end_s)}))


def moved(intervals: Intervals, edge_s: float, to_s: float, length_s: float) -> Intervals:
    """Return the intervals with the boundary at `edge_s` put at `to_s`; where two intervals touch there, both follow.

    Unchanged where that would remove an interval, overlap another, or leave the clip.
    """
    if not 0 <= to_s <= length_s:
        return intervals
    times = [
        (to_s if entry.start_s == edge_s else entry.start_s, to_s if entry.end_s == edge_s else entry.end_s)
        for entry in intervals
    ]
    empty = any(not start_s < end_s for start_s, end_s in times)
    if empty or any(after[0] < before[1] for before, after in pairwise(times)):
        return intervals
    return tuple(
        entry.model_copy(update={"start_s": start_s, "end_s": end_s})
        for entry, (start_s, end_s) in zip(intervals, times, strict=True)
    )


def within(intervals: Intervals, length_s: float) -> Intervals:
    """Return the intervals without what lies beyond the clip's end."""
    return tuple(piece for entry in intervals for piece in _beside(entry, length_s, max(length_s, entry.end_s)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingLabel:
    """A label that holds since `since_s` until it is ended; `None` is a gap."""

    label: str | None
    side: Side | None
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHistory:
    """Intervals, a pending label, and the states to undo and redo. Every method returns the history after it."""

    intervals: Intervals = ()
    pending: PendingLabel | None = None
    before: Self | None = field(default=None, compare=False, repr=False)
    after: Self | None = field(default=None, compare=False, repr=False)

    def intervals_at(self, time_s: float) -> Intervals:
        """Return the intervals as they would be if the pending label ended at `time_s`."""
        pending = self.pending
        if pending is None:
            return self.intervals
        return labelled(self.intervals, pending.since_s, cut_s(time_s), pending.label, pending.side)

    def begin_label(self, label: str | None, time_s: float, side: Side | None = None) -> Self:
        """Begin `label` at `time_s`, until the next one or until it is ended. The same again changes nothing."""
        if self.pending is not None and (self.pending.label, self.pending.side) == (label, side):
            return self
        return self._then(self.intervals_at(time_s), PendingLabel(label=label, side=side, since_s=cut_s(time_s)))

    def end_label(self, time_s: float) -> Self:
        """End the pending label at `time_s`."""
        return self._then(self.intervals_at(time_s), None)

    def dropped(self) -> Self:
        """Drop the pending label, and the time it covers."""
        return self._then(self.intervals, None)

    def erased(self, time_s: float) -> Self:
        """Erase the interval at `time_s`."""
        old = self.interval_at(time_s)
        return self._then(tuple(entry for entry in self.intervals if entry != old), self.pending)

    def relabelled(self, time_s: float, label: str, side: Side | None) -> Self:
        """Give the whole interval at `time_s` another label."""
        old, new = self.interval_at(time_s), {"label": label, "stretched_side": side}
        intervals = (entry.model_copy(update=new) if entry == old else entry for entry in self.intervals)
        return self._then(tuple(intervals), self.pending)

    def moved(self, edge_s: float, to_s: float, length_s: float) -> Self:
        """Put the boundary at `edge_s` to `to_s`, if there is room."""
        return self._then(moved(self.intervals, edge_s, cut_s(to_s), length_s), self.pending)

    def undone(self) -> Self:
        """Take back the last step."""
        return self if self.before is None else replace(self.before, after=self)

    def redone(self) -> Self:
        """Do again what was taken back."""
        return self if self.after is None else self.after

    def interval_at(self, time_s: float) -> LabelInterval | None:
        """Return the interval at `time_s`, without the pending label."""
        return interval_at(self.intervals, time_s)

    def _then(self, intervals: Intervals, pending: PendingLabel | None) -> Self:
        if (intervals, pending) == (self.intervals, self.pending):
            return self
        return replace(self, intervals=intervals, pending=pending, before=self, after=None)


def _beside(entry: LabelInterval, start_s: float, end_s: float) -> Iterator[LabelInterval]:
    """Yield the rest of `entry` before `start_s` and after `end_s`."""
    if entry.end_s <= start_s or entry.start_s >= end_s:
        yield entry
        return
    for low, high in ((entry.start_s, start_s), (end_s, entry.end_s)):
        if high - low > SLIVER_S:
            yield entry.model_copy(update={"start_s": low, "end_s": high})
