"""Landmarks between two detections: joints move straight from one to the other, from when the picture began to change."""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.core.measures import overlapping
from formcheck.core.values import Landmarks, Point, Vec3


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The people whom the engine saw in one frame.

    Attributes
    ----------
    time_s : float
        When it is, in seconds from the clip's first frame.
    people : Sequence[Landmarks]
        The tracked person first; empty where nobody is seen.
    still_s : float
        Until when the picture was as at the detection before, in seconds; where nothing moved and a detection was merely due,
        that is the time of the detection before.
    """

    time_s: float
    people: Sequence[Landmarks]
    still_s: float


def interpolated(before: Detection, after: Detection, time_s: float) -> Sequence[Landmarks]:
    """Return the people at `time_s`, which lies between two detections.

    Only the tracked person: the others appear in detections alone. A person in only one of the two is there until, or from,
    half way between.
    """
    if time_s >= after.time_s:
        return after.people
    if time_s <= before.time_s:
        return before.people
    start, end = before.people[:1], after.people[:1]
    if time_s <= after.still_s:
        return start
    share = (time_s - after.still_s) / (after.time_s - after.still_s)
    if start and end and overlapping(start[0], end[0]):
        return (mixed(start[0], end[0], share),)
    return start if share < 0.5 else end


def mixed(one: Landmarks, other: Landmarks, share: float) -> Landmarks:
    """Return the person with every joint a `share` (0..1) of the way from `one` to `other`.

    The spread is that of the nearer of the two.
    """

    def mix(a: float, b: float) -> float:
        return a + (b - a) * share

    def mix_point(a: Point, b: Point) -> Point:
        return Point(x=mix(a.x, b.x), y=mix(a.y, b.y), visibility=mix(a.visibility, b.visibility))

    def mix_place(a: Vec3, b: Vec3) -> Vec3:
        return mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])

    return Landmarks(
        points={name: mix_point(point, other.points[name]) for name, point in one.points.items()},
        world={name: mix_place(place, other.world[name]) for name, place in one.world.items() if name in other.world},
        aspect=one.aspect,
        spread=(one if share < 0.5 else other).spread,
    )
