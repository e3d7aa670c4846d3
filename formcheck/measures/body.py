"""Where a joint of a role is: `rear_knee` is the left or the right knee, `mid_hip` lies between both hips."""

from collections.abc import Iterable, Mapping

from formcheck.geometry import Vec, distance, midpoint
from formcheck.values import Landmarks, Point, Reason, Side

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
    points = _points(landmarks, roles, joint)
    if len(points) == 1:
        return points[0].x, points[0].y
    return midpoint((points[0].x, points[0].y), (points[1].x, points[1].y))


def joint_state(landmarks: Landmarks, roles: Roles, joint: str) -> Reason | None:
    """Return why `joint` cannot be used: out of frame or hidden; `None` when it can.

    Of a pair the better seen one decides: in a side view the near shoulder and hip cover the far ones, and the engine
    places the covered one well enough for a midpoint.
    """
    states = [_state(point, landmarks.aspect) for point in _points(landmarks, roles, joint)]
    return None if None in states else states[0]


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


def _state(point: Point, aspect: float) -> Reason | None:
    inset = min(point.x, aspect - point.x, point.y, 1.0 - point.y)
    if inset < 0.0 or (inset < EDGE and point.visibility < VISIBLE):
        return Reason.OUT_OF_FRAME
    return Reason.HIDDEN if point.visibility < VISIBLE else None


def _points(landmarks: Landmarks, roles: Roles, joint: str) -> tuple[Point, ...]:
    part, _, rest = joint.partition("_")
    if part == "mid":
        return landmarks.points[f"left_{rest}"], landmarks.points[f"right_{rest}"]
    if part in roles:
        return (landmarks.points[f"{roles[part]}_{rest}"],)
    return (landmarks.points[joint],)
