"""What to change before a stretch can be judged: one thing at a time, what keeps the camera from seeing first.

Some of it only makes the numbers worse (the far leg stretched, a camera that leans, somebody else in the room). That is asked
for, but not for ever: nobody is kept from stretching by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.geometry import distance, from_vertical, over_horizon, turn, vector
from formcheck.light import Light
from formcheck.measures import joint_state, locate, size_of
from formcheck.posefile import PoseSpec
from formcheck.values import Landmarks, Reason, Side, View
from formcheck.view import too_far

TILTED = 7.0
"""Degrees that somebody upright, or lying, leans in the picture before the camera is blamed: standing people sway by 3, and
the engine errs by as much."""

STRAIGHT = 15.0
"""Hips and knees bent less than this (degrees) make a line by which to tell whether the camera is level."""

NEARLY_AS_LARGE = 0.5
"""Somebody of this share of the person's size is near enough to be mistaken for them."""

_LIGHT = {
    Light.BLACK: "The camera sees black: uncover the lens",
    Light.BLOCKED: "Something is right before the lens",
    Light.DARK: "Please make more light",
}
_WHOLE = ("mid_ear", "mid_shoulder", "mid_hip", "left_knee", "right_knee", "left_ankle", "right_ankle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One instruction. `needed`: without it nothing can be judged; else it is asked for only for a while."""

    text: str
    needed: bool = True


def advice(
    people: Sequence[Landmarks], view: View | None, light: Light, spec: PoseSpec | None, side: Side | None
) -> Advice | None:
    """Return the one thing to change now, or `None` when all is well.

    `people` has the person first; `view` is theirs. `side` is the leg to be stretched, if that is settled.
    """
    if light in _LIGHT:
        return Advice(text=_LIGHT[light])
    if not people or view is None:
        return Advice(text="Step into the picture")
    person = people[0]
    if too_far(person):
        return Advice(text="Come closer to the camera")
    if (found := _out_of_picture(person)) is not None:
        return Advice(text=found)
    if view.unusable:
        return Advice(text=f"Turn your {side or 'left or right'} side to the camera")
    if any(size_of(other) >= NEARLY_AS_LARGE * size_of(person) for other in people[1:]):
        return Advice(text="One person in the picture, please", needed=False)
    if side is not None and view.facing != facing_for(side):
        return Advice(text=f"Turn round: your {side} side to the camera", needed=False)
    if view.oblique:
        return Advice(text="Turn a little more side-on", needed=False)
    if (lean := leaning(person)) is not None and abs(lean) >= TILTED:
        return Advice(text="Level the camera: the picture leans", needed=False)
    return None


def facing_for(side: Side) -> int:
    """Return how to face in the picture so that `side` is nearer to the camera: +1 right (lying: head left), -1 left."""
    return 1 if side is Side.RIGHT else -1


def leaning(person: Landmarks) -> float | None:
    """Return by how many degrees somebody who is straight leans off the upright or the level; `None` if they are bent."""
    shoulder, hip = locate(person, {}, "mid_shoulder"), locate(person, {}, "mid_hip")
    knee, ankle = locate(person, {}, "mid_knee"), locate(person, {}, "mid_ankle")
    apart = distance(locate(person, {}, "left_ankle"), locate(person, {}, "right_ankle"))
    bends = (turn(vector(shoulder, hip), vector(hip, knee)), turn(vector(hip, knee), vector(knee, ankle)))
    if max(map(abs, bends)) > STRAIGHT or apart > 0.4 * size_of(person):
        return None
    body = vector(ankle, shoulder)
    up = from_vertical(body)
    return up if abs(up) < 45.0 else over_horizon(body)


def _out_of_picture(person: Landmarks) -> str | None:
    """Say where to go when part of the person is outside the picture."""
    lost = [joint for joint in _WHOLE if joint_state(person, {}, joint) is Reason.OUT_OF_FRAME]
    if not lost:
        return None
    places = [locate(person, {}, joint) for joint in lost]
    left, right = any(x < 0 for x, _ in places), any(x > person.aspect for x, _ in places)
    low, high = any(y < 0 for _, y in places), any(y > 1 for _, y in places)
    if (low and high) or (left and right) or not (low or high or left or right):
        return "Move back so I see you fully"
    if left or right:
        return "Move back, or turn the camera towards you"
    return "Tilt the camera down: I can't see your feet" if low else "Tilt the camera up: I can't see your head"
