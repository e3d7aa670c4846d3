"""A baseline of a person: by how many degrees each joint reads off, and what distinguishes one set-up from another.

An engine sets a joint a few centimetres off, much the same for one person in front of one camera. So does how they are built
and what they wear. A person who stands straight, or lies flat, shows by how many degrees each joint then reads off.

Legs are stored as near and far, not as left and right: the offset is mostly how the engine sets a leg that it sees, or one that
the near leg covers. A person who turns round to stretch the other leg has that one near, and it reads as the first one did.

How long the segments are in the picture and how far apart the shoulders are tells whether the camera stands where it stood.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import cos, radians

from formcheck.analysis.view.camera_view import square_on
from formcheck.core.geometry import distance, over_horizon, vector
from formcheck.core.measures import BodyLike, BodyPart, MeasuredBody, SidedMeasure, body_of, joint_state, locate, near_leg
from formcheck.core.measures.table import OF_A_LEG
from formcheck.core.values import View

LIMIT = 8.0
"""At most this is subtracted (degrees): a landmark is that far off at most, and what is more is how the person stood."""

LYING_BELOW = 45.0
"""A person whose trunk is closer than this to level (degrees) lies."""

_JOINTS = frozenset({BodyPart.HIP, BodyPart.KNEE})


class StraightPosture(StrEnum):
    """Standing (a person who kneels counts as standing) or lying: the engine errs otherwise in each."""

    STANDING = "standing"
    LYING = "lying"


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightReading:
    """How one straight posture read.

    Attributes
    ----------
    offsets : Mapping[str, float]
        Degrees, measured less straight, by part: `trunk`, `neck`, and `near_` or `far_` before `hip`, `knee`, and, of a lying
        person, `leg`. Hip and knee count as flexion. A part of the far leg that was hardly seen has no entry.
    lengths : Mapping[str, float]
        The lengths of `trunk`, near `thigh` and near `shank` in frame heights, as seen from the side.
    view_ratio : float
        The distance of the shoulders along the picture's width in trunk lengths, 0 or more: 0.16 at a turn of 10 degrees, 0.31
        at 20.
    floor : float or None
        How far the line from ankle to shoulder of a lying person points above the horizontal, in degrees, + = up; `None` of a
        standing one.
    """

    offsets: Mapping[str, float]
    lengths: Mapping[str, float]
    view_ratio: float
    floor: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Both straight postures of one person in front of one camera.

    Attributes
    ----------
    standing : StraightReading
        How the person read standing side-on: offsets in degrees, lengths in frame heights.
    lying : StraightReading
        The same lying flat on the back.
    """

    standing: StraightReading
    lying: StraightReading

    def of(self, posture: StraightPosture) -> StraightReading:
        """Return how the person read in one posture.

        Parameters
        ----------
        posture
            `StraightPosture.STANDING` or `StraightPosture.LYING`.

        Returns
        -------
        StraightReading
            Offsets in degrees, lengths in frame heights.
        """
        return self.standing if posture is StraightPosture.STANDING else self.lying


def posture_of(person: BodyLike) -> StraightPosture:
    """Return which straight posture a person is nearer to, by the trunk."""
    trunk = vector(locate(person, {}, "mid_hip"), locate(person, {}, "mid_shoulder"))
    return StraightPosture.LYING if abs(over_horizon(trunk)) < LYING_BELOW else StraightPosture.STANDING


def lengths(person: BodyLike, view: View) -> Mapping[str, float] | None:
    """Return the lengths of trunk, near thigh and near shank in frame heights, as seen from the side.

    `None` where one of them cannot be seen, or has no length at all.
    """
    body = body_of(person)
    hip, knee, ankle = (f"{near_leg(view.facing)}_{joint}" for joint in ("hip", "knee", "ankle"))
    ends = {"trunk": ("mid_shoulder", "mid_hip"), "thigh": (hip, knee), "shank": (knee, ankle)}
    if any(joint_state(body, {}, joint) is not None for pair in ends.values() for joint in pair):
        return None
    square = MeasuredBody(square_on(body.landmarks, view.yaw or 0.0, body.traits), body.traits)
    found = {name: distance(locate(square, {}, a), locate(square, {}, b)) for name, (a, b) in ends.items()}
    return found if min(found.values()) > 0.0 else None


def view_ratio(person: BodyLike) -> float:
    """Return the distance of the shoulders along the picture's width in trunk lengths; the trunk must have a length."""
    body = body_of(person)
    trunk = distance(locate(body, {}, "mid_shoulder"), locate(body, {}, "mid_hip"))
    points = body.landmarks.points
    return abs(points["left_shoulder"].x - points["right_shoulder"].x) / trunk


def corrected(one: SidedMeasure, value: float | None, reading: StraightReading, facing: int) -> float | None:
    """Return what `one` measures without what `reading` says is the person's offset; never changed by more than `LIMIT`.

    A joint that is set d too far forward turns one of its segments by d/length, and the other by that times the cosine of
    the joint's bend: straight it reads off by both, bent by a right angle by one. So the offset fades with the bend.
    """
    row = one.row
    if row.part is None or value is None:
        return value
    part = key(row.part, near=near_leg(facing) in one.sides)
    offset = max(-LIMIT, min(LIMIT, reading.offsets.get(part, 0.0)))
    if row.part in _JOINTS:
        offset *= (1.0 + cos(radians(value))) / 2.0
    return value - row.sign * offset


def key(part: BodyPart, *, near: bool) -> str:
    """Return the name of a part, of the near leg or of the far one, in `StraightReading.offsets`."""
    return f"{'near' if near else 'far'}_{part}" if part in OF_A_LEG else str(part)
