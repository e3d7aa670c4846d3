"""Where a joint of a role is: `rear_knee` is the left or the right knee, `mid_hip` lies between both hips."""

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property

from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.geometry import Vec, distance, midpoint
from formcheck.core.values import PARTS, Landmarks, Point, Reason, Side

Roles = Mapping[str, Side]
"""Which leg plays which role, for example `{"rear": Side.LEFT, "front": Side.RIGHT}`."""


PAIRS = {f"mid_{part}": (f"left_{part}", f"right_{part}") for part in PARTS}
"""The joints half way between left and right, and which two these are."""

Joint = tuple[Vec, Reason | None]
"""Where a joint is, and why it cannot be used: out of frame or hidden; `None` when it can."""


class MeasuredBody:
    """One person in one frame, whose joints and measurements are worked out once, however many stretches need them.

    The analyzer makes one of every person in a frame. `traits` are those of the engine that saw the person; `joints` has every
    joint by its side (`left_knee`, `mid_hip`), `measurements` those that `measure` has worked out so far.
    """

    def __init__(self, landmarks: Landmarks, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self.landmarks = landmarks
        self.traits = traits
        self.joints: Mapping[str, Joint] = _Joints(landmarks, traits)
        self.measurements: dict[Hashable, float | None] = {}

    @cached_property
    def size(self) -> float:
        """The longest of trunk and thighs, in frame heights: a size that survives a limb pointing at the camera."""
        limbs = (("mid_hip", "mid_shoulder"), *((f"{side}_hip", f"{side}_knee") for side in Side))
        return max(distance(self.joints[start][0], self.joints[end][0]) for start, end in limbs)


class _Joints(dict[str, Joint]):
    """The joints of one person in one frame, each worked out when it is first looked up."""

    def __init__(self, landmarks: Landmarks, traits: EngineTraits) -> None:
        super().__init__()
        self._landmarks = landmarks
        self._traits = traits

    def __missing__(self, name: str) -> Joint:
        if name in PAIRS:
            (left, unseen), (right, other_unseen) = map(self.__getitem__, PAIRS[name])
            joint: Joint = midpoint(left, right), unseen if other_unseen is not None else None
        else:
            point = self._landmarks.points[name]
            joint = (point.x, point.y), self._state(point)
        self[name] = joint
        return joint

    def _state(self, point: Point) -> Reason | None:
        aspect = self._landmarks.aspect
        if point.visibility >= self._traits.visible and 0.0 <= point.x <= aspect and 0.0 <= point.y <= 1.0:
            return None
        inset = min(point.x, aspect - point.x, point.y, 1.0 - point.y)
        return Reason.OUT_OF_FRAME if inset < self._traits.edge else Reason.HIDDEN


BodyLike = Landmarks | MeasuredBody
"""One person in one frame. Of plain landmarks each call works out anew what it needs."""


def body_of(person: BodyLike) -> MeasuredBody:
    """Return `person` as a body; plain landmarks as the shipped engine sees them."""
    return person if isinstance(person, MeasuredBody) else MeasuredBody(person)


def locate(person: BodyLike, roles: Roles, joint: str) -> Vec:
    """Return where `joint` is. A `mid_` joint lies half way between left and right.

    Raises KeyError for a joint that the engine does not know or a role that the stretch does not have.
    """
    return body_of(person).joints[joint_name(joint, roles) if roles else joint][0]


def joint_state(person: BodyLike, roles: Roles, joint: str) -> Reason | None:
    """Return why `joint` cannot be used: out of frame or hidden; `None` when it can.

    Of a pair the better seen one decides: in a side view the near shoulder and hip cover the far ones, and the engine
    places the covered one well enough for a midpoint.
    """
    return body_of(person).joints[joint_name(joint, roles) if roles else joint][1]


def joint_name(joint: str, roles: Roles) -> str:
    """Return what `joint` is called by its side: `left_knee` for `rear_knee`; itself where it has none of the `roles`."""
    role, _, part = joint.partition("_")
    side = roles.get(role)
    return joint if side is None else f"{side}_{part}"


def outweighing(states: Iterable[Reason | None]) -> Reason | None:
    """Return the one reason to tell of several: out of the picture before hidden, as moving the camera helps with it.

    `None` where all joints are seen.
    """
    found = set(states)
    return next((reason for reason in (Reason.OUT_OF_FRAME, Reason.HIDDEN) if reason in found), None)


def size_of(person: BodyLike) -> float:
    """Return the longest of trunk and thighs, in frame heights: a size that survives a limb pointing at the camera."""
    return body_of(person).size


def overlapping(one: BodyLike, other: BodyLike) -> bool:
    """Return whether two skeletons seen at nearly the same time are one person: their trunks lie over each other."""
    ends = ("mid_shoulder", "mid_hip")
    one, other = body_of(one), body_of(other)
    trunk = max(distance(locate(body, {}, ends[0]), locate(body, {}, ends[1])) for body in (one, other))
    return all(distance(locate(one, {}, end), locate(other, {}, end)) < 0.6 * trunk for end in ends)
