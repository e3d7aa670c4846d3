"""How often the engine detects, as a fold: often in movement, seldom while nothing moves and the landmarks have settled.

The engine's own smoothing settles over a second after a movement, so a picture without movement is not enough: the time until
the next detection grows only while each one finds what the one before found. In movement the engine detects some ten times
a second, however fast it is, and in every frame while somebody comes or goes, until it has the same person twice.

Somebody who breathes moves a little all the time. Where a picture differs and the engine finds nothing moved, so much of a
change is from then on no movement in that part of the picture, until the joints move.

Every frame of fast movements made 13 % more detections and no hold truer, nor any of 91 recorded people's verdicts.

Tried on the tuning clips against every frame: half as many detections in movement (6 a second) shift a hold by up to 0.25 s,
also where joints are taken to speed up and slow down smoothly between them; a fixed time to settle in costs up to 1.4 degrees
in a person lying, whose hidden leg settles late.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Self

from formcheck.core.geometry import distance
from formcheck.core.interfaces import Image
from formcheck.core.measures import MeasuredBody, locate, size_of
from formcheck.core.values import Landmarks
from formcheck.vision.sampling.motion import box_of, moved, sway

STEP_S = 0.075
"""The least time between two detections of the same person: with a frame's length to spare, ten a second."""

SELDOM_S = 2.0
"""The longest time without a detection: changes that creep in below every threshold are found then."""

SETTLED = 0.015
"""Joints that moved by less than this share of the trunk's length between two detections have settled: a degree of a thigh. Of
detections that are nearer to each other than `STEP_S` by as much less."""

GROWS = 4
"""How much longer the time until the next detection gets with each one that found nothing new. With 2 there are a tenth more
detections, and holds begin and end as near to where every frame has them."""

_JOINTS = tuple(f"{side}_{joint}" for side in ("left", "right") for joint in ("ear", "shoulder", "hip", "knee", "ankle", "toe"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The time of the last detection (seconds), the people it saw, a small copy of its picture, and how long to wait.

    `usual` is how much of a change of each pixel is no movement, as `sway` has it.
    """

    detected_s: float = -inf
    seen: Sequence[Landmarks] | None = None
    thumb: Image | None = None
    usual: Image | None = None
    wait_s: float = 0.0

    @property
    def every_frame(self) -> bool:
        """Whether the engine is to see every frame."""
        return self.wait_s == 0.0

    def moving(self, thumb: Image) -> bool:
        """Return whether, by a small copy of a picture, the person who was seen has moved, or anything where nobody was."""
        if self.thumb is None or self.thumb.shape != thumb.shape:
            return True
        return moved(self.thumb, thumb, box_of(self.seen[0]) if self.seen else None, usual=self.usual)

    def due(self, time_s: float, *, moving: bool) -> bool:
        """Return whether to detect at `time_s`; `moving`: something has moved since the last detection."""
        wait_s = min(self.wait_s, STEP_S) if moving else self.wait_s
        return time_s - self.detected_s >= wait_s

    def after_detection(self, people: Sequence[Landmarks], time_s: float, *, moving: bool, thumb: Image | None = None) -> Self:
        """Return the pace after a detection at `time_s` that saw `people`."""
        change = _change(self.seen, people) if self.seen is not None else inf
        passed_s, usual = time_s - self.detected_s, None
        if change >= SETTLED * min(1.0, passed_s / STEP_S):
            wait_s = STEP_S if change < inf else 0.0
        else:
            wait_s = max(STEP_S, min(self.wait_s, passed_s)) if moving else min(SELDOM_S, GROWS * max(self.wait_s, STEP_S))
            if self.thumb is not None and thumb is not None and self.thumb.shape == thumb.shape:
                usual = sway(self.thumb, thumb, box_of(people[0]) if people else None, self.usual)
        return replace(self, detected_s=time_s, seen=people, thumb=thumb, usual=usual, wait_s=wait_s)


def _change(before: Sequence[Landmarks], now: Sequence[Landmarks]) -> float:
    """Return how far the followed person has moved, in trunk lengths, by joints not hidden; come or gone is infinite."""
    if not before or not now:
        return 0.0 if not before and not now else inf
    one, other = MeasuredBody(before[0]), MeasuredBody(now[0])
    paths = [
        distance(locate(one, {}, joint), locate(other, {}, joint))
        for joint in _JOINTS
        if max(body.landmarks.points[joint].visibility for body in (one, other)) >= one.traits.visible
    ]
    return max(paths, default=inf) / max(size_of(one), 1e-6)
