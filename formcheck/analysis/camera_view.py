"""How the person stands to the camera, and what a side view can be made to tell from there.

Two estimates of the yaw are weighed up, because they err in opposite ways: a line in the engine's world landmarks (the
shoulders' of somebody upright reads 1.3 times the turn, the leg of somebody lying half of it) and the shoulders' distance
in the picture against the trunk's length (saturates). On rendered people of many builds in all three stretches, a true 30
degrees is estimated at 16 to 38, either way round, and a true 45 at 37 to 60, but for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import asin, atan2, copysign, cos, degrees, dist, radians

from formcheck.core.geometry import distance, over_horizon, vector
from formcheck.core.measures import facing_evidence, locate, size_of
from formcheck.core.smoothing import MedianWindow
from formcheck.core.values import Landmarks, Point, Side, Vec3, View

OBLIQUE_FROM = 17.0
"""Say "turn a little" from here on, either way. A true 15 is estimated at up to 17."""

UNUSABLE_FROM, USABLE_BELOW = 39.0, 37.0
"""Judge no more from here on; judge again below. Of 51 rendered people, those turned by 30 degrees (to be judged) are estimated
at 38 at most, those turned by 45 (a knee reads 20 off) at 40 and more but for two."""

TOLERANCE_FROM, TOLERANCE_GROWTH = 10.0, 0.3
"""Limits of faults move out by this many degrees per degree of yaw beyond the first number: the remaining bias of the
worst measures (rear hip from behind, rear knee from the front), so that a slanted view makes no faults of its own."""

TRUNK_AT_LEAST = 0.055
"""A trunk shorter than this (frame heights) is too small to measure: a person some 8 m from an ordinary webcam."""

_WORLD_SHARE, _WORLD_EXCESS = 0.4, 25.0

_SHOULDERS = 0.9
"""The distance of the engine's shoulder points in trunk lengths, seen from the front."""

_LYING_BELOW, _LEG_SHARE, _LYING_OFFSET = 45.0, 0.35, -6.2
"""Somebody lying down (trunk closer than this to the floor): the shoulders' distance in the picture, this share of the turn of
the longer leg in the world landmarks, and an offset. Fitted on 55 rendered people at known angles; left out one by one they
read 35 at most at a true 30 and 43 at least at a true 45, but for one."""

_YAW_WINDOW_S = 1.0
_TURNING_WINDOW_S = 0.5
_FACING_WINDOW_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewState:
    """The view so far; `seen` folds in one more frame."""

    yaw: MedianWindow = field(default_factory=lambda: MedianWindow(window_s=_YAW_WINDOW_S))
    facing: MedianWindow = field(default_factory=lambda: MedianWindow(window_s=_FACING_WINDOW_S))
    unusable: bool = False

    def seen(self, landmarks: Landmarks, time_s: float) -> tuple["ViewState", View]:
        """Return the next state and the view at `time_s`."""
        yaw = self.yaw.push(time_s, yaw_of(landmarks))
        facing = self.facing.push(time_s, facing_evidence(landmarks))
        now = yaw.lasting
        turned = abs(now) if now is not None else None
        lately = replace(yaw, samples=tuple(s for s in yaw.samples if time_s - s[0] <= _TURNING_WINDOW_S)).lasting
        # Somebody who is turning away is believed at once, somebody who has turned back once it lasts.
        most = max((abs(value) for value in (now, lately) if value is not None), default=None)
        unusable = most is None or most >= (USABLE_BELOW if self.unusable else UNUSABLE_FROM)
        view = View(
            yaw=now,
            facing=1 if (facing.lasting or 0.0) >= 0 else -1,
            oblique=not unusable and turned is not None and turned >= OBLIQUE_FROM,
            unusable=unusable,
            tolerance=max(0.0, TOLERANCE_GROWTH * ((turned or 0.0) - TOLERANCE_FROM)),
        )
        return ViewState(yaw=yaw, facing=facing, unusable=unusable), view


def yaw_of(landmarks: Landmarks) -> float | None:
    """Return the yaw in degrees: 0 seen exactly from the side, + more from the front, - more from behind, up to 90.

    `None` without world landmarks or without a trunk.
    """
    try:
        left, right = landmarks.world["left_shoulder"], landmarks.world["right_shoulder"]
    except KeyError:
        return None
    hip, shoulder = locate(landmarks, {}, "mid_hip"), locate(landmarks, {}, "mid_shoulder")
    trunk = distance(hip, shoulder)
    if trunk == 0.0:
        return None
    from_world = degrees(atan2(left[0] - right[0], abs(left[2] - right[2])))
    apart = (landmarks.points["left_shoulder"].x - landmarks.points["right_shoulder"].x) / trunk
    from_picture = degrees(asin(max(-1.0, min(1.0, apart / _SHOULDERS))))
    if abs(over_horizon(vector(hip, shoulder))) < _LYING_BELOW:
        estimate = from_picture + _LEG_SHARE * _out_of_picture(landmarks.world) + _LYING_OFFSET
    else:
        estimate = _WORLD_SHARE * from_world + (1.0 - _WORLD_SHARE) * from_picture
    # A trunk that points at the camera has no length to compare with; then the world landmarks alone must do.
    least = abs(from_world) - _WORLD_EXCESS
    estimate = copysign(max(abs(estimate), least), estimate or from_world)
    return max(-90.0, min(90.0, estimate))


def _out_of_picture(world: Mapping[str, Vec3]) -> float:
    """How far the leg that reaches further leads out of the picture's plane, in degrees, + = towards the camera; 0 unknown."""
    legs = [(world[f"{side}_hip"], world[f"{side}_ankle"]) for side in Side if f"{side}_ankle" in world]
    if not legs:
        return 0.0
    hip, ankle = max(legs, key=lambda leg: dist(*leg))
    return degrees(atan2(hip[2] - ankle[2], abs(ankle[0] - hip[0])))


def square_on(landmarks: Landmarks, yaw: float) -> Landmarks:
    """Return the person as they would look from the side: lengths along the picture's width divided by cos(yaw).

    A turn foreshortens what lies in the sagittal plane. Undoing it takes a third to a half off the angle errors at 20 to 40
    degrees and changes next to nothing below 10. `yaw` is taken as at most `UNUSABLE_FROM`. The picture grows wider
    with the points, so that what is inside the frame stays inside.
    """
    wider = 1.0 / cos(radians(min(abs(yaw), UNUSABLE_FROM)))
    points = {
        name: Point(x=point.x * wider, y=point.y, visibility=point.visibility) for name, point in landmarks.points.items()
    }
    return replace(landmarks, points=points, aspect=landmarks.aspect * wider)


def too_far(landmarks: Landmarks) -> bool:
    """Return whether the person is too small in the picture to be measured."""
    return size_of(landmarks) < TRUNK_AT_LEAST
