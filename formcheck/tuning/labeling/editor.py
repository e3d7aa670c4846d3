"""The editor of a clip's labels: where in the clip the person is, and what each key does there. A fold over keys and time.

The faults of a stretch have the digits as their keys, in the order of the pose file. A label that is being marked grows as the
person goes on, never shrinks as they go back, and is over once they are back at its beginning.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from formcheck.core.values import Side
from formcheck.core.wording.language import N_
from formcheck.stretches import StretchSpec
from formcheck.tuning.labeling.intervals import EditHistory, Intervals, cut_s, edges
from formcheck.tuning.labels import CORRECT, LABEL_NAMES, OTHER, UNSEEN

GAP = "0"
"""The key for no label."""
_MORE = "123456789abdgijkl"
"""Keys for faults: nine digits, and letters that mean nothing else, for stretches of many faults."""

SECOND_S = 1.0

_END_FIRST = N_("End this label first: enter.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMap:
    """`labels` maps keys to labels. `both`: the clip shows both sides, so every label of the stretch names one."""

    labels: dict[str, str]
    both: bool = False

    def side_for(self, label: str | None, side: Side) -> Side | None:
        """Return the side that an interval with `label` names."""
        return side if self.both and label not in (None, OTHER, UNSEEN) else None


class Asking(StrEnum):
    """The question that the next key answers."""

    RELABEL = "relabel"  # the whole interval here: which label?
    LEAVE = "leave"  # not saved: save, throw away, or go back?


class EditorRequest(StrEnum):
    """A request of the person that needs the disk: the editor's caller carries it out."""

    SAVE = "save"
    SAVE_AND_LEAVE = "save_and_leave"
    LEAVE = "leave"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipTimes:
    """The times of a clip: `times_s` of its pictures, in order, from 0; `length_s` is when the last of them, or label, ends."""

    times_s: Sequence[float]
    length_s: float

    def number_at(self, time_s: float) -> int:
        """Return the number of the picture shown at `time_s`."""
        return max(0, bisect_right(self.times_s, time_s + 1e-6) - 1)

    def nearest(self, time_s: float) -> int:
        """Return the number of the picture whose beginning is nearest."""
        after = min(bisect_left(self.times_s, time_s), len(self.times_s) - 1)
        before = max(0, after - 1)
        return min((before, after), key=lambda number: abs(self.times_s[number] - time_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEditor:
    """The editor's state. `at_s` is the present time in the clip; while `playing` it runs on.

    `side` goes with new labels where the clip shows both. `saved` are the intervals last saved, `None` where they must be saved
    in any case. `filmed`: the clip was just made, and is lost as well if nothing is saved. `note` is a sentence for the person,
    until the next key.
    """

    clip: ClipTimes
    key_map: KeyMap
    history: EditHistory
    saved: Intervals | None = ()
    filmed: bool = False
    at_s: float = 0.0
    playing: bool = False
    side: Side = Side.LEFT
    asking: Asking | None = None
    request: EditorRequest | None = None
    note: str = ""

    @property
    def number(self) -> int:
        """The number of the picture shown."""
        return self.clip.number_at(self.at_s)

    @property
    def here_s(self) -> float:
        """When the picture shown begins."""
        return self.clip.times_s[self.number]

    @property
    def intervals(self) -> Intervals:
        """All that is marked, with the pending label."""
        return self.history.shown

    @property
    def unsaved(self) -> bool:
        """Whether leaving would lose something."""
        return self.intervals != self.saved

    def played(self, seconds: float) -> Self:
        """Return the editor after `seconds` of playing; at the end it stops."""
        if not self.playing:
            return self
        at_s = self.at_s + seconds
        return self._to(at_s, playing=at_s < self.clip.times_s[-1])

    def with_note(self, note: str, *, saved: bool = False) -> Self:
        """Return the editor with a note; after saving, with the present intervals as the saved ones."""
        if saved:
            return replace(self, note=note, request=None, saved=self.intervals, filmed=False)
        return replace(self, note=note, request=None)

    def press(self, key: str) -> Self:
        """Return the editor after a key."""
        editor = replace(self, note="", request=None, asking=None)
        if self.asking is Asking.LEAVE:
            return editor._leave(key)
        if self.asking is Asking.RELABEL:
            return editor._relabel(key)
        if key in self.key_map.labels or key == GAP:
            return editor._begin_label(self.key_map.labels.get(key))
        return editor._seek(key) or editor._edit(key) or editor._save_or_leave(key) or self

    @property
    def _until_s(self) -> float:
        """When a label ended here ends: at the last picture, at the clip's end."""
        last = self.number == len(self.clip.times_s) - 1
        return self.clip.length_s if last else self.here_s

    def _seek(self, key: str) -> Self | None:
        times_s = self.clip.times_s
        match key:
            case "space":
                at_end = self.number == len(times_s) - 1
                return self._to(0.0 if at_end and not self.playing else self.at_s, playing=not self.playing)
            case "left" | "right":
                number = self.number + (1 if key == "right" else -1)
                return self._to(times_s[max(0, min(number, len(times_s) - 1))])
            case "page_up" | "page_down":
                return self._to(self.here_s + (SECOND_S if key == "page_down" else -SECOND_S), playing=self.playing)
            case "home" | "end":
                return self._to(0.0 if key == "home" else times_s[-1])
            case "up" | "down":
                numbers = [self.clip.nearest(edge_s) for edge_s in edges(self.intervals)]
                beyond = (
                    [n for n in numbers if n > self.number] if key == "down" else [n for n in numbers if n < self.number][::-1]
                )
                return self._to(times_s[beyond[0]]) if beyond else replace(self, note=N_("No further boundary that way."))
        return None

    def _to(self, at_s: float, *, playing: bool = False) -> Self:
        """Return the editor at another time; a pending label goes along, or is over where that is back at its beginning."""
        there = replace(self, at_s=max(0.0, min(at_s, self.clip.times_s[-1])), playing=playing)
        back = there.number < self.number
        return replace(there, history=self.history.left_behind(there.here_s) if back else self.history.extended(there._until_s))

    def _begin_label(self, label: str | None, *, not_before_s: float = 0.0) -> Self:
        at_s = max(self.here_s, not_before_s)
        side = self.key_map.side_for(label, self.side)
        return replace(self, history=self.history.begin_label(label, at_s, side, until_s=self._until_s))

    def _edit(self, key: str) -> Self | None:
        history, here_s = self.history, self.here_s
        match key:
            case "enter" if history.pending is None:
                return replace(self, note=N_("No label is being marked."))
            case "enter":
                return replace(self, history=history.end_label(self._until_s))
            case "backspace":
                changed = history.dropped() if history.pending is not None else history.erased(here_s)
                return replace(self, history=changed, note="" if changed is not history else N_("Nothing is marked here."))
            case "z" | "y":
                return self._step_through_history(back=key == "z")
            case "," | ".":
                return self._move_boundary(1 if key == "." else -1)
            case "r":
                here = history.interval_at(here_s)
                if here is None or history.pending is not None:
                    return replace(self, note=N_("Nothing is marked here.") if history.pending is None else _END_FIRST)
                return replace(self, asking=Asking.RELABEL, playing=False)
            case "o" if self.key_map.both:
                editor, pending = replace(self, side=self.side.other), history.pending
                return editor._begin_label(pending.label, not_before_s=pending.since_s) if pending is not None else editor
        return None

    def _step_through_history(self, *, back: bool) -> Self:
        """Return the editor one step back, or forward again: all is shown as it was.

        Where a label is being marked again, that goes on from where it had got to.
        """
        history = self.history.undone() if back else self.history.redone()
        if history is self.history:
            return replace(self, note=N_("There is nothing to undo.") if back else N_("There is nothing to do again."))
        pending = history.pending
        if pending is None or pending.since_s < cut_s(self.here_s) <= pending.until_s:
            return replace(self, history=history)
        at_s = self.clip.times_s[self.clip.nearest(pending.until_s)]
        return replace(self, history=history, at_s=at_s, playing=False)

    def _move_boundary(self, by: int) -> Self:
        """Return the editor with the nearest boundary moved by a picture, and at that boundary."""
        boundaries = edges(self.history.intervals)
        if not boundaries or self.history.pending is not None:
            return replace(self, note=_END_FIRST if self.history.pending is not None else N_("There is no boundary to move."))
        edge_s = min(boundaries, key=lambda time_s: abs(time_s - self.here_s))
        times_s = [*self.clip.times_s, self.clip.length_s]
        nearest = len(times_s) - 1 if edge_s > (times_s[-2] + times_s[-1]) / 2 else self.clip.nearest(edge_s)
        to_s = times_s[max(0, min(nearest + by, len(times_s) - 1))]
        history = self.history.moved(edge_s, to_s, self.clip.length_s)
        note = "" if history is not self.history else N_("There is no room to move this boundary.")
        return replace(self._to(to_s if not note else edge_s), history=history, note=note)

    def _relabel(self, key: str) -> Self:
        old = self.history.interval_at(self.here_s)
        if old is None:
            return self
        label = self.key_map.labels.get(key, old.label if key == "o" and self.key_map.both else None)
        if label is None:
            return replace(self, note=N_("Nothing was changed."))
        before = old.stretched_side or self.side
        side = self.key_map.side_for(label, before.other if key == "o" else before)
        note = N_("Now it is {label}.").format(label=label_words(label))
        return replace(self, history=self.history.relabelled(self.here_s, label, side), note=note)

    def _save_or_leave(self, key: str) -> Self | None:
        match key:
            case "s":
                return self._save(EditorRequest.SAVE)
            case "q" | "escape":
                if self.unsaved:
                    return replace(self, asking=Asking.LEAVE, playing=False)
                return replace(self, request=EditorRequest.LEAVE)
        return None

    def _leave(self, key: str) -> Self:
        match key:
            case "s":
                return self._save(EditorRequest.SAVE_AND_LEAVE)
            case "d":
                return replace(self, request=EditorRequest.DISCARD)
        return self

    def _save(self, request: EditorRequest) -> Self:
        """Return the editor with a request to save what is shown, and the pending label ended as it is shown."""
        pending = self.history.pending
        if not self.intervals and pending is not None and pending.label is not None:
            note = N_("Nothing is marked yet: {label} begins here. Play or wind on to mark it.")
            return replace(self, playing=False, note=note.format(label=label_words(pending.label)))
        return replace(self, history=self.history.closed(), playing=False, request=request)


def make_key_map(spec: StretchSpec | None, *, both: bool = False) -> KeyMap:
    """Return the keys for a stretch, or for a clip without one."""
    faults = zip(_MORE, (fault.name for fault in spec.faults), strict=False) if spec is not None else ()
    correct = {"c": CORRECT} if spec is not None else {}
    return KeyMap(labels={**correct, **dict(faults), "u": UNSEEN, "n": OTHER}, both=both)


def label_words(label: str | None) -> str:
    """Return a label in words for the screen; `None` is a gap."""
    return LABEL_NAMES.get(label) or label.replace("_", " ") if label is not None else N_("no label")
