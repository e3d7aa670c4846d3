"""The desk at which a clip is marked: where in the clip one is, and what each key does there. A fold over keys and time.

Which key means which label: the faults of a stretch have the digits, in the order of the pose file.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from formcheck.core.values import Side
from formcheck.stretches import StretchSpec
from formcheck.tuning.labeling import intervals
from formcheck.tuning.labeling.intervals import EditHistory, Strip
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN

GAP = "0"
"""The key for no label."""
_MORE = "123456789abdgijkl"
"""Keys for faults: nine digits, and letters that mean nothing else, for stretches of many faults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMap:
    """`labels` maps keys to labels. `both`: the clip shows both sides, so every label of the stretch says which."""

    labels: dict[str, str]
    both: bool = False

    def side_for(self, label: str | None, side: Side) -> Side | None:
        """Return the side that an interval with `label` names."""
        return side if self.both and label not in (None, OTHER, UNSEEN) else None


def palette(spec: StretchSpec | None, *, both: bool = False) -> KeyMap:
    """Return the keys for a stretch, or for a clip without one."""
    faults = zip(_MORE, (fault.name for fault in spec.faults), strict=False) if spec is not None else ()
    correct = {"c": CORRECT} if spec is not None else {}
    return KeyMap(labels={**correct, **dict(faults), "u": UNSEEN, "n": OTHER}, both=both)


def spoken(label: str) -> str:
    """Return a label as words on the screen."""
    return label.replace("_", " ")


SECOND_S = 1.0


class Asking(StrEnum):
    """What the next key answers."""

    RELABEL = "relabel"  # the whole interval here: which label?
    LEAVE = "leave"  # not saved: save, throw away, or go back?


class EditorRequest(StrEnum):
    """What the person wants done that the desk can't do itself."""

    SAVE = "save"
    SAVE_AND_LEAVE = "save_and_leave"
    LEAVE = "leave"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipTimes:
    """`times_s` are those of its pictures, in order, from 0; `length_s` is when the last of them ends."""

    times_s: Sequence[float]
    length_s: float

    def number_at(self, time_s: float) -> int:
        """Return the number of the picture that shows at `time_s`."""
        return max(0, bisect_right(self.times_s, time_s + 1e-6) - 1)

    def nearest(self, time_s: float) -> int:
        """Return the number of the picture whose beginning is nearest."""
        after = min(bisect_left(self.times_s, time_s), len(self.times_s) - 1)
        before = max(0, after - 1)
        return min((before, after), key=lambda number: abs(self.times_s[number] - time_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEditor:
    """`at_s` is where one is; while `playing` it runs on. `side` is what new marks get where the clip shows both.

    `saved` is the strip as it was last saved, `None` where that would not do, whatever is marked. `filmed`: the clip was just
    made, and is lost as well if nothing is saved. `note` is a sentence for the person, until the next key.
    """

    clip: ClipTimes
    palette: KeyMap
    marks: EditHistory
    saved: Strip | None = ()
    filmed: bool = False
    at_s: float = 0.0
    playing: bool = False
    side: Side = Side.LEFT
    asking: Asking | None = None
    wish: EditorRequest | None = None
    note: str = ""

    @property
    def number(self) -> int:
        """The picture that is shown."""
        return self.clip.number_at(self.at_s)

    @property
    def here_s(self) -> float:
        """When the picture that is shown begins."""
        return self.clip.times_s[self.number]

    @property
    def strip(self) -> Strip:
        """The intervals as they stand, with what the pen has painted up to here."""
        return self.marks.strip_at(self._until_s)

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost."""
        return self.strip != self.saved

    def played(self, seconds: float) -> Self:
        """Go on by so much, if playing; at the end it stops."""
        if not self.playing:
            return self
        at_s = self.at_s + seconds
        last_s = self.clip.times_s[-1]
        return replace(self, at_s=min(at_s, last_s), playing=at_s < last_s)

    def told(self, note: str, *, saved: bool = False) -> Self:
        """Say something; after saving, remember what was saved."""
        if saved:
            return replace(self, note=note, wish=None, saved=self.strip, filmed=False)
        return replace(self, note=note, wish=None)

    def press(self, key: str) -> Self:
        """Return the desk after a key."""
        desk = replace(self, note="", wish=None, asking=None)
        if self.asking is Asking.LEAVE:
            return desk._leaving(key)
        if self.asking is Asking.RELABEL:
            return desk._relabel(key)
        if key in self.palette.labels or key == GAP:
            return desk._down(self.palette.labels.get(key))
        return desk._wind(key) or desk._mend(key) or desk._save_or_leave(key) or self

    @property
    def _until_s(self) -> float:
        """What is lifted at the last picture holds to the clip's end."""
        last = self.number == len(self.clip.times_s) - 1
        return self.clip.length_s if last else self.here_s

    def _wind(self, key: str) -> Self | None:
        times_s = self.clip.times_s
        match key:
            case "space":
                at_end = self.number == len(times_s) - 1
                return replace(self, playing=not self.playing, at_s=0.0 if at_end and not self.playing else self.at_s)
            case "left" | "right":
                number = self.number + (1 if key == "right" else -1)
                return self._to(times_s[max(0, min(number, len(times_s) - 1))])
            case "page_up" | "page_down":
                return self._to(self.here_s + (SECOND_S if key == "page_down" else -SECOND_S), playing=self.playing)
            case "home" | "end":
                return self._to(0.0 if key == "home" else times_s[-1])
            case "up" | "down":
                numbers = [self.clip.nearest(edge_s) for edge_s in intervals.edges(self.marks.strip)]
                found = (
                    [n for n in numbers if n > self.number] if key == "down" else [n for n in numbers if n < self.number][::-1]
                )
                return self._to(times_s[found[0]]) if found else replace(self, note="No further boundary that way.")
        return None

    def _to(self, at_s: float, *, playing: bool = False) -> Self:
        return replace(self, at_s=max(0.0, min(at_s, self.clip.times_s[-1])), playing=playing)

    def _down(self, label: str | None) -> Self:
        return replace(self, marks=self.marks.down(label, self.here_s, self.palette.side_for(label, self.side)))

    def _mend(self, key: str) -> Self | None:
        marks, here_s = self.marks, self.here_s
        match key:
            case "enter":
                return replace(self, marks=marks.up(self._until_s))
            case "backspace":
                return replace(self, marks=marks.dropped() if marks.pen is not None else marks.erased(here_s))
            case "z" | "y":
                return replace(self, marks=marks.undone() if key == "z" else marks.redone())
            case "," | ".":
                return self._nudge(1 if key == "." else -1)
            case "r":
                found = marks.interval_at(here_s)
                if found is None or marks.pen is not None:
                    return replace(self, note="Wind into an interval first, with the pen up.")
                return replace(self, asking=Asking.RELABEL, playing=False)
            case "o" if self.palette.both:
                desk = replace(self, side=self.side.other)
                return desk._down(marks.pen.label) if marks.pen is not None else desk
        return None

    def _nudge(self, by: int) -> Self:
        """Move the nearest boundary by a picture, and go where it is."""
        found = intervals.edges(self.marks.strip)
        if not found or self.marks.pen is not None:
            return replace(self, note="There is no boundary to move." if not found else "End this label first: enter.")
        edge_s = min(found, key=lambda time_s: abs(time_s - self.here_s))
        times_s = [*self.clip.times_s, self.clip.length_s]
        nearest = len(times_s) - 1 if edge_s > (times_s[-2] + times_s[-1]) / 2 else self.clip.nearest(edge_s)
        to_s = times_s[max(0, min(nearest + by, len(times_s) - 1))]
        marks = self.marks.moved(edge_s, to_s, self.clip.length_s)
        note = "" if marks is not self.marks else "There is no room to move this boundary."
        return replace(self._to(to_s if not note else edge_s), marks=marks, note=note)

    def _relabel(self, key: str) -> Self:
        found = self.marks.interval_at(self.here_s)
        if found is None:
            return self
        label = self.palette.labels.get(key, found.label if key == "o" and self.palette.both else None)
        if label is None:
            return replace(self, note="Nothing was changed.")
        side = self.palette.side_for(
            label, (found.stretched_side or self.side).other if key == "o" else found.stretched_side or self.side
        )
        return replace(self, marks=self.marks.relabelled(self.here_s, label, side), note=f"Now it is {spoken(label)}.")

    def _save_or_leave(self, key: str) -> Self | None:
        match key:
            case "s":
                return replace(self, marks=self.marks.up(self._until_s), playing=False, wish=EditorRequest.SAVE)
            case "q" | "escape":
                if self.unsaved:
                    return replace(self, asking=Asking.LEAVE, playing=False)
                return replace(self, wish=EditorRequest.LEAVE)
        return None

    def _leaving(self, key: str) -> Self:
        match key:
            case "s":
                return replace(self, marks=self.marks.up(self._until_s), wish=EditorRequest.SAVE_AND_LEAVE)
            case "d":
                return replace(self, wish=EditorRequest.DISCARD)
        return self
