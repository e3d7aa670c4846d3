"""Filming with labels, a fold over keys and time: ready, a countdown for walking to the mat, then keys label the recording."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from formcheck.core.values import Side
from formcheck.tuning.labeling.editor import GAP, KeyMap
from formcheck.tuning.labeling.intervals import EditHistory

COUNTDOWN_S = 5.0
"""From the key to the first picture: three metres to the mat, and a breath."""


class FilmingPhase(StrEnum):
    """Where filming stands."""

    READY = "ready"
    COUNTDOWN = "countdown"
    FILMING = "filming"
    DONE = "done"  # the recording is over
    LEFT = "left"  # nothing was filmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Filming:
    """The state of filming. `since_s` is when the phase began and `now_s` the time now, on the camera's clock."""

    key_map: KeyMap
    history: EditHistory = field(default_factory=EditHistory)
    phase: FilmingPhase = FilmingPhase.READY
    since_s: float = 0.0
    now_s: float = 0.0
    side: Side = Side.LEFT

    @property
    def film_s(self) -> float:
        """Seconds recorded so far."""
        return max(0.0, self.now_s - self.since_s) if self.phase in (FilmingPhase.FILMING, FilmingPhase.DONE) else 0.0

    @property
    def count(self) -> int:
        """Seconds until the recording begins, as shown: never 0."""
        return max(1, int(self.since_s + COUNTDOWN_S - self.now_s + 0.999))

    def at(self, now_s: float) -> Self:
        """Return the state at a later time."""
        if self.phase is FilmingPhase.COUNTDOWN and now_s >= self.since_s + COUNTDOWN_S:
            return replace(self, phase=FilmingPhase.FILMING, since_s=now_s, now_s=now_s)
        return replace(self, now_s=now_s)._gone_along() if self.phase is not FilmingPhase.DONE else self

    def press(self, key: str) -> Self:
        """Return the state after a key; labels begin at the picture shown."""
        match self.phase, key:
            case ((FilmingPhase.READY | FilmingPhase.COUNTDOWN), ("q" | "escape")):
                return replace(self, phase=FilmingPhase.LEFT)
            case FilmingPhase.READY, "space":
                return replace(self, phase=FilmingPhase.COUNTDOWN, since_s=self.now_s)
            case FilmingPhase.COUNTDOWN, "space":
                return replace(self, phase=FilmingPhase.READY)
            case FilmingPhase.FILMING, ("q" | "escape" | "space"):
                return replace(self, phase=FilmingPhase.DONE)
            case FilmingPhase.FILMING, _:
                return self._label(key)
            case _:
                return self

    def _label(self, key: str) -> Self:
        history = self.history
        if key in self.key_map.labels or key == GAP:
            return self._begin_label(self.key_map.labels.get(key))
        match key:
            case "enter":
                return replace(self, history=history.end_label(self.film_s))
            case "backspace":
                return replace(self, history=history.dropped())
            case "z" | "y":
                return replace(self, history=history.undone() if key == "z" else history.redone())._gone_along()
            case "o" if self.key_map.both:
                filming = replace(self, side=self.side.other)
                return filming._begin_label(history.pending.label) if history.pending is not None else filming
        return self

    def _gone_along(self) -> Self:
        """Return the state with the pending label up to now: the film only goes on."""
        return replace(self, history=self.history.extended(self.film_s))

    def _begin_label(self, label: str | None) -> Self:
        return replace(self, history=self.history.begin_label(label, self.film_s, self.key_map.side_for(label, self.side)))
