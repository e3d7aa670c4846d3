"""How often to look, as a fold: often while something moves, seldom while nothing does and what was found has settled.

The engine's own smoothing settles over a second after a movement, so a picture without movement is not enough: the time until
the next look doubles only while each look finds what the one before found. A movement is looked at some ten times a second, and
as often as there are pictures while it is so fast that the engine may lose a leg.

Tried on the tuning clips against looking at every frame: half as many looks in movement (6 a second) shift a hold by up to
0.25 s, a fixed time to settle in costs up to 1.4 degrees in somebody lying, whose hidden leg settles late.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from formcheck.core.geometry import distance
from formcheck.core.measures import MeasuredBody, locate, size_of
from formcheck.core.values import Landmarks

STEP_S = 0.075
"""The least time between two looks, but for fast movement: with a frame's length to spare, ten looks a second."""

SELDOM_S = 2.0
"""The longest time without a look: what creeps in below every threshold is found then."""

SETTLED = 0.015
"""Joints that moved by less than this share of the trunk's length between two looks have settled: a degree of a thigh."""

FAST = 0.2
"""Joints that moved by more than this share of the trunk's length between two looks move fast: 1 to 2 m/s."""

_JOINTS = tuple(f"{side}_{joint}" for side in ("left", "right") for joint in ("ear", "shoulder", "hip", "knee", "ankle", "toe"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When was looked last (seconds), what was seen, and how long to wait."""

    looked_s: float = -inf
    seen: Sequence[Landmarks] | None = None
    wait_s: float = 0.0

    @property
    def hurried(self) -> bool:
        """Whether every picture there is counts."""
        return self.wait_s == 0.0

    def due(self, time_s: float, *, moving: bool) -> bool:
        """Return whether to look at the picture of `time_s`; `moving` tells that something has moved since the last look."""
        wait_s = min(self.wait_s, STEP_S) if moving else self.wait_s
        return time_s - self.looked_s >= wait_s

    def looked(self, people: Sequence[Landmarks], time_s: float, *, moving: bool) -> "Pace":
        """Return the pace after a look at `time_s` that saw `people`."""
        change = _change(self.seen, people) if self.seen is not None else FAST
        if change < SETTLED and not moving:
            wait_s = min(SELDOM_S, 2 * max(self.wait_s, STEP_S))
        else:
            wait_s = STEP_S if change < FAST else 0.0
        return replace(self, looked_s=time_s, seen=people, wait_s=wait_s)


def _change(before: Sequence[Landmarks], now: Sequence[Landmarks]) -> float:
    """By how much the followed person has moved, in trunk lengths; hidden joints are left out. Come or gone is infinite."""
    if not before or not now:
        return 0.0 if not before and not now else inf
    one, other = MeasuredBody(before[0]), MeasuredBody(now[0])
    paths = [
        distance(locate(one, {}, joint), locate(other, {}, joint))
        for joint in _JOINTS
        if max(body.landmarks.points[joint].visibility for body in (one, other)) >= one.traits.visible
    ]
    return max(paths, default=inf) / max(size_of(one), 1e-6)
