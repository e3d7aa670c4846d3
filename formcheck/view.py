"""How the person stands to the camera, and whether a side view can be judged from there.

The engine's world landmarks are too coarse for joint angles (in side view the picture's own angles are several times
better) but good enough to tell a turn of the body: the shoulder line lies along the camera's axis when the person is
seen from the side.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, degrees

from formcheck.geometry import distance
from formcheck.measures import facing_evidence, locate
from formcheck.smoothing import Trail
from formcheck.values import Landmarks, Side, View

# Raw reading of the shoulder line -> true yaw, from rendered people turned by known angles (SD 2 to 4 degrees). Below
# 10 degrees the reading tells nothing: it is 3 to 5 whatever the yaw.
_READING_TO_YAW = (
    (0.0, 0.0),
    (4.0, 10.0),
    (8.0, 20.0),
    (20.0, 30.0),
    (36.0, 45.0),
    (52.0, 60.0),
    (73.0, 75.0),
    (90.0, 90.0),
)

OBLIQUE_FROM = 20.0
"""Say "turn a little" from here on. At 15 degrees of yaw a knee reads 3 off, at 30 about 8."""

UNUSABLE_FROM, USABLE_BELOW = 39.0, 36.0
"""Judge no more from here on; judge again below. Between 30 (must be judged) and 45 degrees (a knee reads 15 off)."""

TRUNK_AT_LEAST = 0.055
"""A trunk shorter than this (frame heights) is too small to measure: a person some 8 m from an ordinary webcam."""

_YAW_WINDOW_S = 1.0
_FACING_WINDOW_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """The view so far; `seen` folds in one more frame."""

    yaw: Trail = field(default_factory=lambda: Trail(window_s=_YAW_WINDOW_S))
    facing: Trail = field(default_factory=lambda: Trail(window_s=_FACING_WINDOW_S))
    unusable: bool = False

    def seen(self, landmarks: Landmarks, time_s: float) -> tuple["Looking", View]:
        """Return the next state and the view at `time_s`."""
        yaw = self.yaw.push(time_s, yaw_of(landmarks))
        facing = self.facing.push(time_s, facing_evidence(landmarks))
        turned = yaw.value
        limit = USABLE_BELOW if self.unusable else UNUSABLE_FROM
        unusable = turned is None or turned >= limit
        view = View(
            yaw=turned,
            facing=1 if (facing.value or 0.0) >= 0 else -1,
            oblique=not unusable and turned is not None and turned >= OBLIQUE_FROM,
            unusable=unusable,
        )
        return Looking(yaw=yaw, facing=facing, unusable=unusable), view


def yaw_of(landmarks: Landmarks) -> float | None:
    """Return the yaw in degrees, 0 seen from the side, 90 from the front or back; `None` without world landmarks."""
    try:
        left, right = landmarks.world["left_shoulder"], landmarks.world["right_shoulder"]
    except KeyError:
        return None
    reading = degrees(atan2(abs(left[0] - right[0]), abs(left[2] - right[2])))
    for (low, at_low), (high, at_high) in pairwise(_READING_TO_YAW):
        if reading <= high:
            return at_low + (at_high - at_low) * (reading - low) / (high - low)
    return 90.0


def too_far(landmarks: Landmarks) -> bool:
    """Return whether the person is too small in the picture to be measured."""
    trunk = distance(locate(landmarks, {}, "mid_shoulder"), locate(landmarks, {}, "mid_hip"))
    thighs = (distance(locate(landmarks, {}, f"{s}_hip"), locate(landmarks, {}, f"{s}_knee")) for s in Side)
    return max(trunk, *thighs) < TRUNK_AT_LEAST
