"""How long somebody's segments are in the picture and how far apart their shoulders: what tells one set-up from another."""

from collections.abc import Mapping

from formcheck.baseline.offsets import near_leg
from formcheck.geometry import distance
from formcheck.measures import joint_state, locate
from formcheck.values import Landmarks, View
from formcheck.view import square_on


def lengths(person: Landmarks, view: View) -> Mapping[str, float] | None:
    """Return the lengths of trunk, near thigh and near shank in frame heights, as seen from the side.

    `None` where one of them cannot be seen, or has no length at all.
    """
    near = near_leg(view.facing)
    ends = {
        "trunk": ("mid_shoulder", "mid_hip"),
        "thigh": (f"{near}_hip", f"{near}_knee"),
        "shank": (f"{near}_knee", f"{near}_ankle"),
    }
    if any(joint_state(person, {}, joint) is not None for pair in ends.values() for joint in pair):
        return None
    square = square_on(person, view.yaw or 0.0)
    found = {name: distance(locate(square, {}, a), locate(square, {}, b)) for name, (a, b) in ends.items()}
    return found if min(found.values()) > 0.0 else None


def view_ratio(person: Landmarks) -> float:
    """Return the distance of the shoulders along the picture's width in trunk lengths; the trunk must have a length."""
    trunk = distance(locate(person, {}, "mid_shoulder"), locate(person, {}, "mid_hip"))
    return abs(person.points["left_shoulder"].x - person.points["right_shoulder"].x) / trunk
