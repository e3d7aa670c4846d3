"""Marks as they are made: a strip, a pen that paints from where it was put down, and all that can be undone.

The pen paints forwards only: time before the place where it was put down is left alone, wherever one winds to.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from formcheck.labels import Interval
from formcheck.marking import strip as strips
from formcheck.marking.strip import Strip
from formcheck.values import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """The pen is down since `since_s` with a label; `None` is a gap."""

    label: str | None
    side: Side | None
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
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
        return strips.painted(self.strip, pen.since_s, strips.cut_s(time_s), pen.label, pen.side)

    def down(self, label: str | None, time_s: float, side: Side | None = None) -> Self:
        """From `time_s` on `label` holds, until the next one or until the pen is lifted. The same again changes nothing."""
        if self.pen is not None and (self.pen.label, self.pen.side) == (label, side):
            return self
        return self._then(self.strip_at(time_s), Pen(label=label, side=side, since_s=strips.cut_s(time_s)))

    def up(self, time_s: float) -> Self:
        """Lift the pen at `time_s`."""
        return self._then(self.strip_at(time_s), None)

    def dropped(self) -> Self:
        """Take the pen away, and what it has painted."""
        return self._then(self.strip, None)

    def erased(self, time_s: float) -> Self:
        """Erase the interval at `time_s`."""
        found = strips.at(self.strip, time_s)
        return self if found is None else self._then(strips.without(self.strip, found), self.pen)

    def relabelled(self, time_s: float, label: str, side: Side | None) -> Self:
        """Give the whole interval at `time_s` another label."""
        found = strips.at(self.strip, time_s)
        return self if found is None else self._then(strips.relabelled(self.strip, found, label, side), self.pen)

    def moved(self, edge_s: float, to_s: float, length_s: float) -> Self:
        """Put the boundary at `edge_s` to `to_s`, if there is room."""
        return self._then(strips.moved(self.strip, edge_s, strips.cut_s(to_s), length_s), self.pen)

    def undone(self) -> Self:
        """Take back the last step."""
        return self if self.before is None else replace(self.before, after=self)

    def redone(self) -> Self:
        """Do again what was taken back."""
        return self if self.after is None else self.after

    def interval_at(self, time_s: float) -> Interval | None:
        """Return the interval at `time_s`, without what the pen is painting."""
        return strips.at(self.strip, time_s)

    def _then(self, strip: Strip, pen: Pen | None) -> Self:
        if (strip, pen) == (self.strip, self.pen):
            return self
        return replace(self, strip=strip, pen=pen, before=self, after=None)
