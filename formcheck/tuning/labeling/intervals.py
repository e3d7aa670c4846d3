"""The labelled intervals of a clip and what can be done to them, with a pending label and all that can be undone.

Intervals are always sorted and never overlap. Times are cut to the millisecond, downwards: a boundary lies at its frame or just
before it, so that the frame belongs to the interval that begins there, in the file as on the screen.

A pending label covers the time from its beginning to the furthest place reached since, and lies over the intervals beneath it.
`EditHistory.shown` is what is marked: the lanes, the label file and the draft all state it. Going back never shortens it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import floor
from typing import Literal, Self

from formcheck.core.values import Side
from formcheck.core.wording.language import NN_
from formcheck.tuning.labels import OTHER, UNSEEN, LabelInterval

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


def with_sides(intervals: Intervals, side: Side | Literal["both"] | None) -> Intervals:
    """Return the intervals with the `side` of their clip in each, where one does not name its own and needs one."""
    if not isinstance(side, Side):
        return intervals
    return tuple(
        entry.model_copy(update={"stretched_side": side})
        if entry.stretched_side is None and entry.label not in (OTHER, UNSEEN)
        else entry
        for entry in intervals
    )


def interval_count(intervals: Intervals) -> str:
    """Return how many intervals there are, in words."""
    return NN_("{count} interval", "{count} intervals").format(count=len(intervals))


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingLabel:
    """A label that holds since `since_s` and is not ended yet; it covers the time up to `until_s`. `None` is a gap."""

    label: str | None
    side: Side | None
    since_s: float
    until_s: float

    @property
    def covers_time(self) -> bool:
        """Whether it covers any time yet."""
        return self.since_s < self.until_s


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHistory:
    """Intervals, a pending label over them, and the states to undo and redo. Every method returns the history after it."""

    intervals: Intervals = ()
    pending: PendingLabel | None = None
    before: Self | None = field(default=None, compare=False, repr=False)
    after: Self | None = field(default=None, compare=False, repr=False)

    @property
    def shown(self) -> Intervals:
        """All that is marked: the intervals with the pending label over them."""
        return self._shown_until(self.pending.until_s) if self.pending is not None else self.intervals

    def begin_label(self, label: str | None, time_s: float, side: Side | None = None, *, until_s: float = 0.0) -> Self:
        """Begin `label` at `time_s`, until the next one or until it is ended. The same again changes nothing.

        It covers the time up to `until_s` already. Begun within a pending label, it takes over the rest of what that covers.
        """
        start_s = cut_s(time_s)
        around = self.pending if self.pending is not None and self.pending.since_s <= start_s else None
        if around is not None and (around.label, around.side) == (label, side):
            return self
        until_s = max(start_s, cut_s(until_s), around.until_s if around is not None else 0.0)
        beneath = self.extended(time_s).shown
        return self._then(beneath, PendingLabel(label=label, side=side, since_s=start_s, until_s=until_s))

    def extended(self, time_s: float) -> Self:
        """Let the pending label reach to `time_s`, if it does not already. No step of its own to undo."""
        pending, until_s = self.pending, cut_s(time_s)
        if pending is None or until_s <= pending.until_s:
            return self
        return replace(self, pending=replace(pending, until_s=until_s))

    def left_behind(self, time_s: float) -> Self:
        """End the pending label as it is shown where `time_s` is not after its beginning. No step of its own to undo.

        A label that covers no time yet goes on waiting at its beginning.
        """
        pending = self.pending
        if pending is None or not pending.covers_time or cut_s(time_s) > pending.since_s:
            return self
        return replace(self, intervals=self.shown, pending=None)

    def end_label(self, time_s: float) -> Self:
        """End the pending label at `time_s`: what lies beneath it after that is as it was before it.

        Where that is not after its beginning, it ends as it is shown.
        """
        pending = self.pending
        if pending is None:
            return self
        end_s = cut_s(time_s)
        return self._then(self._shown_until(end_s if end_s > pending.since_s else pending.until_s), None)

    def closed(self) -> Self:
        """End the pending label as it is shown. A label that covers no time yet goes on waiting at its beginning."""
        return self._then(self.shown, None) if self.pending is not None and self.pending.covers_time else self

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
        """Take back the last step: all is as it was shown before it."""
        return self if self.before is None else replace(self.before, after=self)

    def redone(self) -> Self:
        """Do again what was taken back."""
        return self if self.after is None else replace(self.after, before=self)

    def interval_at(self, time_s: float) -> LabelInterval | None:
        """Return the interval at `time_s`, without the pending label."""
        return interval_at(self.intervals, time_s)

    def _shown_until(self, end_s: float) -> Intervals:
        pending = self.pending
        if pending is None:
            return self.intervals
        return labelled(self.intervals, pending.since_s, end_s, pending.label, pending.side)

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
