"""A leg that leaps onto the other one has been lost by the engine, not moved by the person: it is hidden from then on.

Lying with the stretched leg on the far side, the engine drops it the moment the near leg crosses it and reports both legs
in one place, all of them "seen". Left alone that reads as a straight leg bent by 100 degrees. No leg travels so far in so
short a time; what can't have happened was not seen. The leg keeps its last place relative to the hips, marked as hidden,
until the engine has found it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from formcheck.core.geometry import Vec, distance, over_horizon, turn, vector
from formcheck.core.measures import MeasuredBody, locate, size_of
from formcheck.core.values import Side

APART = 0.8
"""How far apart knees or ankles are before a leap, in trunk lengths. Walking, they are never so far apart."""

BENT, STRAIGHT = 45.0, 25.0
"""The knee of the leg that is leapt upon is bent by more than the first (degrees) and hides the other, which lies lower and was
bent by less than the second. Two bent legs that change places are taken for each other, and their roles deal with that."""

FOUND, CALM, FOUND_S = 0.6, 0.3, 0.3
"""Legs this far apart that have moved by less than this (trunk lengths both) for this long are two legs again."""

LYING = 45.0
"""Only with the trunk closer to level than this (degrees). Upright, legs that leap are legs that were taken for each other, and
the roles of the legs, which are found anew in every frame, deal with that."""

_PARTS = ("knee", "ankle", "heel", "toe")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegOcclusion:
    """Both legs so far; `seen` folds in one more frame."""

    samples: tuple[tuple[float, MeasuredBody], ...] = ()
    lost: Side | None = None
    stored: Mapping[str, Vec] | None = None  # where the lost leg's joints were, from the middle of the hips
    lost_s: float = 0.0

    def seen(self, person: MeasuredBody, time_s: float) -> tuple["LegOcclusion", MeasuredBody]:
        """Return the next state, and the person with a lost leg hidden."""
        samples = (*((at, body) for at, body in self.samples if time_s - at <= FOUND_S + 1e-9), (time_s, person))
        state = replace(self, samples=samples)
        state = state._found(person, time_s) if self.lost else state._leapt(person, time_s)
        return state, state._hidden(person)

    def _leapt(self, person: MeasuredBody, time_s: float) -> "LegOcclusion":
        if abs(over_horizon(vector(locate(person, {}, "mid_hip"), locate(person, {}, "mid_shoulder")))) > LYING:
            return self
        gap = _apart(person)
        lately = (body for at, body in self.samples if time_s - at <= person.traits.leap_s + 1e-9)
        before = next((body for body in lately if _apart(body) > max(APART, gap + person.traits.leap)), None)
        if before is None:
            return self
        travelled = {side: _moved(before, person, side) for side in Side}
        lost = max(travelled, key=lambda side: travelled[side])
        if travelled[lost] < 2 * travelled[lost.other]:
            return self
        was_bent = min(abs(_bend(body, lost)) for _, body in self.samples)
        if abs(_bend(person, lost.other)) < BENT or was_bent > STRAIGHT:
            return self
        stored = {f"{lost}_{part}": _from_hips(before, f"{lost}_{part}") for part in _PARTS}
        return replace(self, lost=lost, stored=stored, lost_s=time_s)

    def _found(self, person: MeasuredBody, time_s: float) -> "LegOcclusion":
        lost = self.lost
        if lost is None or time_s - self.lost_s < FOUND_S:
            return self
        calm = all(_apart(body) >= FOUND and _moved(body, person, lost) <= CALM for _, body in self.samples)
        return LegOcclusion(samples=self.samples) if calm else self

    def _hidden(self, person: MeasuredBody) -> MeasuredBody:
        if self.stored is None:
            return person
        middle = locate(person, {}, "mid_hip")
        points = dict(person.landmarks.points)
        for name, (x, y) in self.stored.items():
            points[name] = replace(points[name], x=middle[0] + x, y=middle[1] + y, visibility=0.0)
        return MeasuredBody(replace(person.landmarks, points=points), person.traits)


def _apart(person: MeasuredBody) -> float:
    """How far apart knees or ankles are, whichever are more, in trunk lengths."""
    gaps = (distance(locate(person, {}, f"left_{j}"), locate(person, {}, f"right_{j}")) for j in ("knee", "ankle"))
    return max(gaps) / max(size_of(person), 1e-6)


def _moved(before: MeasuredBody, now: MeasuredBody, side: Side) -> float:
    """How far a knee has moved from the hips' point of view, in trunk lengths."""
    path = distance(_from_hips(before, f"{side}_knee"), _from_hips(now, f"{side}_knee"))
    return path / max(size_of(now), 1e-6)


def _bend(person: MeasuredBody, side: Side) -> float:
    hip, knee, ankle = (locate(person, {}, f"{side}_{joint}") for joint in ("hip", "knee", "ankle"))
    return turn(vector(hip, knee), vector(knee, ankle))


def _from_hips(person: MeasuredBody, joint: str) -> Vec:
    return vector(locate(person, {}, "mid_hip"), locate(person, {}, joint))
