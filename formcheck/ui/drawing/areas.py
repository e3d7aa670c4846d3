"""Areas of a picture, and how much of a person's body lies in them.

Coordinates are frame heights, x right, y up, as in `Landmarks`.
"""

from collections.abc import Iterable
from math import ceil, hypot
from typing import NamedTuple

from formcheck.core.geometry import Vec, distance
from formcheck.core.measures import MeasuredBody
from formcheck.core.values import Side


class Area(NamedTuple):
    """An upright rectangle."""

    left: float
    low: float
    right: float
    top: float

    def overlaps(self, other: "Area", gap: float = 0.0) -> bool:
        """Whether less than `gap` lies between this area and `other`."""
        across = self.left < other.right + gap and other.left < self.right + gap
        return across and self.low < other.top + gap and other.low < self.top + gap

    def overlaps_any(self, others: Iterable["Area"], gap: float = 0.0) -> bool:
        """Whether less than `gap` lies between this area and any of `others`."""
        return any(self.overlaps(other, gap) for other in others)

    def inside(self, aspect: float) -> bool:
        """Whether it lies within a picture of that width over height."""
        return self.left >= 0.0 and self.low >= 0.0 and self.right <= aspect and self.top <= 1.0

    def nearest(self, point: Vec) -> Vec:
        """Return its point that is nearest to `point`."""
        return min(max(point[0], self.left), self.right), min(max(point[1], self.low), self.top)


_LIMBS = (
    ("mid_hip", "mid_shoulder", 0.24),
    *(
        (f"{side}_{start}", f"{side}_{end}", thick)
        for side in Side
        for start, end, thick in (
            ("shoulder", "elbow", 0.1),
            ("elbow", "wrist", 0.1),
            ("hip", "knee", 0.16),
            ("knee", "ankle", 0.12),
            ("heel", "toe", 0.1),
        )
    ),
)
"""The limbs, and half of how thick each is, in sizes of the body (`MeasuredBody.size`, half a metre of a grown person)."""

_HEAD = 0.27
"""The radius of the head with its hair, in sizes of the body."""
_HEAD_WEIGHT = 0.5
"""What hiding the head weighs: as much as hiding so much of a limb, in frame heights."""
_APART = 1.3
"""From one disc of a limb to the next, in radii at most: no bone lies outside all of them."""
_FLESH = 0.5
"""How far an area must reach into a limb to hide all of it, in radii: the skin alone counts little."""

_Disc = tuple[float, float, float, float]  # x, y, radius, weight


class BodyArea:
    """The part of a picture that a body covers, with flesh and head.

    A limb counts for as much as its joints are seen: one that the engine only guesses weighs little.

    Attributes
    ----------
    size : float
        That of the body, in frame heights.
    head : tuple[float, float] or None
        The middle of the head; `None` where it is not seen.
    head_radius : float
        The radius of a head with its hair, in frame heights.
    bones : list[tuple[Vec, Vec]]
        The ends of the middle lines of all limbs.
    """

    def __init__(self, body: MeasuredBody) -> None:
        self.size = body.size
        points, joints = body.landmarks.points, body.joints
        seen = {name: point.visibility for name, point in points.items()}
        for part in ("hip", "shoulder"):
            seen[f"mid_{part}"] = max(seen[f"{side}_{part}"] for side in Side)
        self.head = head_centre(body)
        self.head_radius = _HEAD * self.size
        self.bones: list[tuple[Vec, Vec]] = []
        self._limbs: list[tuple[Area, list[_Disc]]] = []
        for start, end, thick in _LIMBS:
            self._add(joints[start][0], joints[end][0], thick * self.size, min(seen[start], seen[end]))
        if self.head is not None:
            disc = *self.head, self.head_radius, _HEAD_WEIGHT
            self._limbs.append((_around(*self.head, *self.head, self.head_radius), [disc]))

    def _add(self, start: Vec, end: Vec, radius: float, seen: float) -> None:
        if radius <= 0:
            return
        self.bones.append((start, end))
        (x, y), length = start, distance(start, end)
        count = 1 + ceil(length / (_APART * radius))
        weight, across, up = seen * length / count, (end[0] - x) / max(1, count - 1), (end[1] - y) / max(1, count - 1)
        discs = [(x + i * across, y + i * up, radius, weight) for i in range(count)]
        low_x, high_x = (x, end[0]) if x < end[0] else (end[0], x)
        low_y, high_y = (y, end[1]) if y < end[1] else (end[1], y)
        self._limbs.append((_around(low_x, low_y, high_x, high_y, radius), discs))

    def covered(self, area: Area) -> float:
        """Return how much of the body `area` hides: the length of limbs in it, in frame heights; a head is half of one."""
        left, low, right, top = area
        found = 0.0
        for around, discs in self._limbs:
            if around[0] < right and left < around[2] and around[1] < top and low < around[3]:
                for x, y, radius, weight in discs:
                    apart = hypot(x - min(max(x, left), right), y - min(max(y, low), top))
                    if apart < radius:
                        found += weight * min(1.0, (radius - apart) / (_FLESH * radius))
        return found

    def on_head(self, area: Area, share: float = 1.0) -> bool:
        """Whether `area` reaches into the head; with a `share`, of that share of its radius."""
        return self.head is not None and distance(self.head, area.nearest(self.head)) < share * self.head_radius


def _around(left: float, low: float, right: float, top: float, radius: float) -> Area:
    return Area(left - radius, low - radius, right + radius, top + radius)


def head_centre(body: MeasuredBody) -> Vec | None:
    """Return the middle of the head, a little above the ears; `None` where the ears are not seen."""
    ear, unseen = body.joints["mid_ear"]
    if unseen is not None:
        return None
    shoulder = body.joints["mid_shoulder"][0]
    above = _OVER_EAR * body.size / (distance(shoulder, ear) or 1.0)
    return ear[0] + above * (ear[0] - shoulder[0]), ear[1] + above * (ear[1] - shoulder[1])


_OVER_EAR = 0.03
"""How far above the ears the middle of the head is, away from the shoulders, in sizes of the body."""
