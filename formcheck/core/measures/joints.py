"""Where a joint of a role is: `rear_knee` is the left or the right knee, `mid_hip` lies between both hips."""

from collections.abc import Iterable, Mapping

from formcheck.core.geometry import Vec, distance, midpoint
from formcheck.core.values import Landmarks, Point, Reason, Side

Roles = Mapping[str, Side]
"""Which leg plays which role, for example `{"rear": Side.LEFT, "front": Side.RIGHT}`."""

VISIBLE = 0.4
"""A joint that the engine believes in less is a guess. A leg hidden behind the other reads about 0.2, the far leg of a
person in plain side view 0.4 to 0.9 (measured on recorded clips)."""

EDGE = 0.02
"""A doubtful joint this near to the border (frame heights) is out of the picture rather than hidden."""


def locate(landmarks: Landmarks, roles: Roles, joint: str) -> Vec:
    """Return where `joint` is. A `mid_` joint lies half way between left and right.

    Raises KeyError for a joint that the engine does not know or a role that the stretch does not have.
    """
    return found_joint(landmarks, roles, joint)[0]


def joint_state(landmarks: Landmarks, roles: Roles, joint: str) -> Reason | None:
    """Return why `joint` cannot be used: out of frame or hidden; `None` when it can.

    Of a pair the better seen one decides: in a side view the near shoulder and hip cover the far ones, and the engine
    places the covered one well enough for a midpoint.
    """
    return found_joint(landmarks, roles, joint)[1]


def found_joint(landmarks: Landmarks, roles: Roles, joint: str) -> tuple[Vec, Reason | None]:
    """Return `locate` and `joint_state` of `joint` in one, worked out once for each person in each frame."""
    name = joint_name(joint, roles) if roles else joint
    return landmarks.memo.get(name) or _found(landmarks, name)


def joint_name(joint: str, roles: Roles) -> str:
    """Return what `joint` is called by its side: `left_knee` for `rear_knee`; itself where it has none of the `roles`."""
    role, _, part = joint.partition("_")
    side = roles.get(role)
    return joint if side is None else f"{side}_{part}"


def _found(landmarks: Landmarks, name: str) -> tuple[Vec, Reason | None]:
    part, _, rest = name.partition("_")
    points = [landmarks.points[one] for one in ((f"left_{rest}", f"right_{rest}") if part == "mid" else (name,))]
    place = points[0].x, points[0].y
    if len(points) == 2:
        place = midpoint(place, (points[1].x, points[1].y))
    first, *others = (_state(point, landmarks.aspect) for point in points)
    unseen = None if None in others else first
    found: tuple[Vec, Reason | None] = place, unseen
    landmarks.memo[name] = found
    return found


def outweighing(states: Iterable[Reason | None]) -> Reason | None:
    """Return the one reason to tell of several: out of the picture before hidden, as moving the camera helps with it.

    `None` where all joints are seen.
    """
    found = set(states)
    return next((reason for reason in (Reason.OUT_OF_FRAME, Reason.HIDDEN) if reason in found), None)


def size_of(landmarks: Landmarks) -> float:
    """Return the longest of trunk and thighs, in frame heights: a size that survives a limb pointing at the camera."""
    trunk = distance(locate(landmarks, {}, "mid_hip"), locate(landmarks, {}, "mid_shoulder"))
    thighs = (distance(locate(landmarks, {}, f"{s}_hip"), locate(landmarks, {}, f"{s}_knee")) for s in Side)
    return max(trunk, *thighs)


def overlapping(one: Landmarks, other: Landmarks) -> bool:
    """Return whether two skeletons seen at nearly the same time are one person: their trunks lie over each other."""
    ends = ("mid_shoulder", "mid_hip")
    trunk = max(distance(locate(body, {}, ends[0]), locate(body, {}, ends[1])) for body in (one, other))
    return all(distance(locate(one, {}, end), locate(other, {}, end)) < 0.6 * trunk for end in ends)


def _state(point: Point, aspect: float) -> Reason | None:
    if point.visibility >= VISIBLE and 0.0 <= point.x <= aspect and 0.0 <= point.y <= 1.0:
        return None
    inset = min(point.x, aspect - point.x, point.y, 1.0 - point.y)
    if inset < 0.0 or (inset < EDGE):
        return Reason.OUT_OF_FRAME
    return Reason.HIDDEN
