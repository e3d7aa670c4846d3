"""A leg that leaps onto the other one has been lost by the engine, not moved by the person: it is hidden from then on.

Lying with the stretched leg on the far side, the engine drops it the moment the near leg crosses it and reports both legs
in one place, all of them "seen". Left alone that reads as a straight leg bent by 100 degrees. No leg travels so far in so
short a time; what can't have happened was not seen. The leg keeps its last place relative to the hips, marked as hidden,
until the engine has found it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from formcheck.geometry import Vec, distance, turn, vector
from formcheck.measures import locate, size_of
from formcheck.values import Landmarks, Side

LEAP_S = 0.3
"""The engine's own smoothing stretches a leap over up to 0.2 s; a person needs most of a second to draw a leg up."""

APART, TOGETHER = 0.8, 0.35
"""How far apart knees or ankles were before, and are after a leap, in trunk lengths. Walking, knees are never so far apart."""

BENT = 45.0
"""The knee of the leg that is leapt upon is bent by more than this (degrees): it hides the other, which lies lower."""

FOUND, FOUND_S = 0.6, 0.2
"""Legs this far apart (trunk lengths) for this long are two legs again."""

_PARTS = ("knee", "ankle", "heel", "toe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """Both legs so far; `seen` folds in one more frame."""

    samples: tuple[tuple[float, Landmarks], ...] = ()
    lost: Side | None = None
    kept: Mapping[str, Vec] | None = None  # where the lost leg's joints were, from the middle of the hips
    apart_s: float | None = None  # since when the legs have been apart again

    def seen(self, person: Landmarks, time_s: float) -> tuple["Legs", Landmarks]:
        """Return the next state, and the person with a lost leg hidden."""
        samples = (*((at, body) for at, body in self.samples if time_s - at <= LEAP_S), (time_s, person))
        state = replace(self, samples=samples)
        state = state._found(person, time_s) if self.lost else state._leapt(person)
        return state, state._hidden(person)

    def _leapt(self, person: Landmarks) -> "Legs":
        if _apart(person) > TOGETHER:
            return self
        before = next((body for _, body in self.samples if _apart(body) > APART), None)
        if before is None:
            return self
        travelled = {side: distance(_from_hips(before, f"{side}_knee"), _from_hips(person, f"{side}_knee")) for side in Side}
        lost = max(travelled, key=lambda side: travelled[side])
        if travelled[lost] < 2 * travelled[lost.other] or abs(_bend(person, lost.other)) < BENT:
            return self
        kept = {f"{lost}_{part}": _from_hips(before, f"{lost}_{part}") for part in _PARTS}
        return replace(self, lost=lost, kept=kept, apart_s=None)

    def _found(self, person: Landmarks, time_s: float) -> "Legs":
        if _apart(person) < FOUND:
            return replace(self, apart_s=None)
        since_s = time_s if self.apart_s is None else self.apart_s
        if time_s - since_s < FOUND_S:
            return replace(self, apart_s=since_s)
        return Legs(samples=self.samples)

    def _hidden(self, person: Landmarks) -> Landmarks:
        if self.kept is None:
            return person
        middle = locate(person, {}, "mid_hip")
        points = dict(person.points)
        for name, (x, y) in self.kept.items():
            points[name] = replace(points[name], x=middle[0] + x, y=middle[1] + y, visibility=0.0)
        return replace(person, points=points)


def _apart(person: Landmarks) -> float:
    """How far apart knees or ankles are, whichever are more, in trunk lengths."""
    gaps = (distance(locate(person, {}, f"left_{j}"), locate(person, {}, f"right_{j}")) for j in ("knee", "ankle"))
    return max(gaps) / max(size_of(person), 1e-6)


def _bend(person: Landmarks, side: Side) -> float:
    hip, knee, ankle = (locate(person, {}, f"{side}_{joint}") for joint in ("hip", "knee", "ankle"))
    return turn(vector(hip, knee), vector(knee, ankle))


def _from_hips(person: Landmarks, joint: str) -> Vec:
    return vector(locate(person, {}, "mid_hip"), locate(person, {}, joint))
