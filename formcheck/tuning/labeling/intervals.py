"""A strip of labelled intervals, and what can be done to it. It is always sorted, and intervals never overlap.

Times are cut to the millisecond, downwards: a boundary lies at its frame or just before it, so that the frame belongs to what
begins there, in the file as on the screen.

Marks as they are made: a strip, a pen that paints from where it was put down, and all that can be undone.

The pen paints forwards only: time before the place where it was put down is left alone, wherever one winds to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import floor
from typing import Self

from formcheck.core.values import Side
from formcheck.tuning.labels import LabelInterval

Strip = tuple[LabelInterval, ...]

SLIVER_S = 0.002
"""What is left of an interval and no longer than this is an error of rounding."""


def cut_s(time_s: float) -> float:
    """Return `time_s` in whole milliseconds, never later. A hair is forgiven, so that cutting twice is cutting once."""
    return floor(time_s * 1000 + 1e-6) / 1000


def at(strip: Strip, time_s: float) -> LabelInterval | None:
    """Return the interval that covers `time_s`."""
    return next((entry for entry in strip if entry.start_s <= time_s < entry.end_s), None)


def painted(strip: Strip, start_s: float, end_s: float, label: str | None, side: Side | None = None) -> Strip:
    """Return the strip with `label` from `start_s` up to `end_s`, in place of what was there; `None` leaves a gap.

    It melts into what touches it and says the same.
    """
    if not start_s < end_s:
        return strip
    kept = [piece for entry in strip for piece in _beside(entry, start_s, end_s)]
    if label is not None:
        alike = [
            entry
            for entry in kept
            if (entry.label, entry.stretched_side) == (label, side)
            and (abs(entry.end_s - start_s) <= SLIVER_S or abs(entry.start_s - end_s) <= SLIVER_S)
        ]
        kept = [entry for entry in kept if entry not in alike]
        start_s, end_s = min([start_s, *(e.start_s for e in alike)]), max([end_s, *(e.end_s for e in alike)])
        kept.append(LabelInterval(start_s=start_s, end_s=end_s, label=label, stretched_side=side))
    return tuple(sorted(kept, key=lambda entry: entry.start_s))


def relabelled(strip: Strip, old: LabelInterval, label: str, side: Side | None) -> Strip:
    """Return the strip with another label for one whole interval."""
    new = LabelInterval(start_s=old.start_s, end_s=old.end_s, label=label, stretched_side=side)
    return tuple(new if entry == old else entry for entry in strip)


def without(strip: Strip, old: LabelInterval) -> Strip:
    """Return the strip with one interval erased."""
    return tuple(entry for entry in strip if entry != old)


def edges(strip: Strip) -> tuple[float, ...]:
    """Return every time at which an interval begins or ends, in order."""
    return tuple(sorted({time_s for entry in strip for time_s in (entry.start_s, entry.end_s)}))


def moved(strip: Strip, edge_s: float, to_s: float, length_s: float) -> Strip:
    """Return the strip with the boundary at `edge_s` put at `to_s`; where two intervals touch there, both follow.

    As it was where that would swallow an interval, run into another, or leave the clip.
    """
    if not 0 <= to_s <= length_s:
        return strip
    times = [
        (to_s if entry.start_s == edge_s else entry.start_s, to_s if entry.end_s == edge_s else entry.end_s) for entry in strip
    ]
    if any(not start_s < end_s for start_s, end_s in times):
        return strip
    if any(after[0] < before[1] for before, after in pairwise(times)):
        return strip
    return tuple(
        LabelInterval(start_s=start_s, end_s=end_s, label=entry.label, stretched_side=entry.stretched_side)
        for entry, (start_s, end_s) in zip(strip, times, strict=True)
    )


def within(strip: Strip, length_s: float) -> Strip:
    """Return the strip without what lies beyond the clip's end."""
    return tuple(piece for entry in strip for piece in _beside(entry, length_s, max(length_s, entry.end_s)))


def _beside(entry: LabelInterval, start_s: float, end_s: float) -> Iterator[LabelInterval]:
    """What is left of `entry` before `start_s` and after `end_s`."""
    if entry.end_s <= start_s or entry.start_s >= end_s:
        yield entry
        return
    for low, high in ((entry.start_s, start_s), (end_s, entry.end_s)):
        if high - low > SLIVER_S:
            yield LabelInterval(start_s=low, end_s=high, label=entry.label, stretched_side=entry.stretched_side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """The pen is down since `since_s` with a label; `None` is a gap."""

    label: str | None
    side: Side | None
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHistory:
    """Every method returns the marks after it. `before` and `after` are what undo and redo give back."""

    strip: Strip = ()
    pen: Pen | None = None
    before: Self | None = field(default=None, compare=False, repr=False)
    after: Self | None = field(default=None, compare=False, repr=False)

    def strip_at(self, time_s: float) -> Strip:
        """Return the strip as it would be if the pen were lifted at `time_s`."""
        pen = self.pen
        if pen is None:
            return self.strip
        return painted(self.strip, pen.since_s, cut_s(time_s), pen.label, pen.side)

    def down(self, label: str | None, time_s: float, side: Side | None = None) -> Self:
        """From `time_s` on `label` holds, until the next one or until the pen is lifted. The same again changes nothing."""
        if self.pen is not None and (self.pen.label, self.pen.side) == (label, side):
            return self
        return self._then(self.strip_at(time_s), Pen(label=label, side=side, since_s=cut_s(time_s)))

    def up(self, time_s: float) -> Self:
        """Lift the pen at `time_s`."""
        return self._then(self.strip_at(time_s), None)

    def dropped(self) -> Self:
        """Take the pen away, and what it has painted."""
        return self._then(self.strip, None)

    def erased(self, time_s: float) -> Self:
        """Erase the interval at `time_s`."""
        found = at(self.strip, time_s)
        return self if found is None else self._then(without(self.strip, found), self.pen)

    def relabelled(self, time_s: float, label: str, side: Side | None) -> Self:
        """Give the whole interval at `time_s` another label."""
        found = at(self.strip, time_s)
        return self if found is None else self._then(relabelled(self.strip, found, label, side), self.pen)

    def moved(self, edge_s: float, to_s: float, length_s: float) -> Self:
        """Put the boundary at `edge_s` to `to_s`, if there is room."""
        return self._then(moved(self.strip, edge_s, cut_s(to_s), length_s), self.pen)

    def undone(self) -> Self:
        """Take back the last step."""
        return self if self.before is None else replace(self.before, after=self)

    def redone(self) -> Self:
        """Do again what was taken back."""
        return self if self.after is None else self.after

    def interval_at(self, time_s: float) -> LabelInterval | None:
        """Return the interval at `time_s`, without what the pen is painting."""
        return at(self.strip, time_s)

    def _then(self, strip: Strip, pen: Pen | None) -> Self:
        if (strip, pen) == (self.strip, self.pen):
            return self
        return replace(self, strip=strip, pen=pen, before=self, after=None)
