"""Filming with marks, a fold over keys and time: ready, a countdown for walking to the mat, then keys mark what is filmed."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from formcheck.core.values import Side
from formcheck.tuning.labeling.editor import GAP, KeyMap
from formcheck.tuning.labeling.intervals import EditHistory

COUNTDOWN_S = 5.0
"""From the key to the first picture: three metres to the mat, and a breath."""


class FilmingPhase(StrEnum):
    READY = "ready"
    COUNTDOWN = "countdown"
    FILMING = "filming"
    DONE = "done"  # the film is over
    LEFT = "left"  # nothing was filmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Filming:
    """`since_s` is when the phase began and `now_s` the time now, on the camera's clock."""

    palette: KeyMap
    marks: EditHistory = field(default_factory=EditHistory)
    phase: FilmingPhase = FilmingPhase.READY
    since_s: float = 0.0
    now_s: float = 0.0
    side: Side = Side.LEFT

    @property
    def film_s(self) -> float:
        """How long the film runs."""
        return max(0.0, self.now_s - self.since_s) if self.phase in (FilmingPhase.FILMING, FilmingPhase.DONE) else 0.0

    @property
    def count(self) -> int:
        """Seconds until the film begins, as said: never nought."""
        return max(1, int(self.since_s + COUNTDOWN_S - self.now_s + 0.999))

    def at(self, now_s: float) -> Self:
        """Return the state at a later time."""
        if self.phase is FilmingPhase.COUNTDOWN and now_s >= self.since_s + COUNTDOWN_S:
            return replace(self, phase=FilmingPhase.FILMING, since_s=now_s, now_s=now_s)
        return replace(self, now_s=now_s) if self.phase is not FilmingPhase.DONE else self

    def press(self, key: str) -> Self:
        """Return the state after a key; marks are set at the picture that is shown."""
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
                return self._mark(key)
            case _:
                return self

    def _mark(self, key: str) -> Self:
        marks = self.marks
        if key in self.palette.labels or key == GAP:
            label = self.palette.labels.get(key)
            return replace(self, marks=marks.down(label, self.film_s, self.palette.side_for(label, self.side)))
        match key:
            case "enter":
                return replace(self, marks=marks.up(self.film_s))
            case "backspace":
                return replace(self, marks=marks.dropped())
            case "z" | "y":
                return replace(self, marks=marks.undone() if key == "z" else marks.redone())
            case "o" if self.palette.both:
                side = self.side.other
                pen = marks.pen
                marks = marks.down(pen.label, self.film_s, self.palette.side_for(pen.label, side)) if pen is not None else marks
                return replace(self, side=side, marks=marks)
        return self
