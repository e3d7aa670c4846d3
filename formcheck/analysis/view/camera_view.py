"""How the person stands to the camera, and what a side view can show from there.

Two estimates of the yaw are weighed up, because they err in opposite ways: a line in the engine's world landmarks (the
shoulders' of an upright person reads 1.3 times the turn, the leg of a lying one half of it) and the shoulders' distance
in the picture against the trunk's length (saturates), where raised arms draw the shoulders together. On rendered people of
many builds in all three stretches, a true 30 degrees is estimated at 16 to 38, either way round, and a true 45 at 37 to 60,
but for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import asin, atan2, copysign, cos, degrees, dist, radians

from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.geometry import Vec, distance, over_horizon, vector
from formcheck.core.measures import BodyLike, MeasuredBody, ReadingErrors, body_of, facing_evidence, locate, size_of
from formcheck.core.smoothing import MedianWindow
from formcheck.core.values import Landmarks, Point, Reason, Side, Vec3, View

_LYING_BELOW = 45.0
"""A person whose trunk is closer than this (degrees) to level lies."""

_ARMS_DOWN, _ARMS_UP = -0.3, 0.4
"""How far elbows are above the shoulders, along the trunk and in its lengths: arms that hang or are held before the chest, and
arms overhead."""

_YAW_WINDOW_S = 1.0
_TURNING_WINDOW_S = 0.5
_FACING_WINDOW_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFrame:
    """One frame: the followed person, as seen squarely from the side, and why nothing of it can be judged, if so."""

    time_s: float
    person: MeasuredBody | None = None
    view: View | None = None
    errors: ReadingErrors | None = None
    reason: Reason | None = Reason.NO_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewState:
    """The view so far; `seen` folds in one more frame."""

    yaw: MedianWindow = field(default_factory=lambda: MedianWindow(window_s=_YAW_WINDOW_S))
    facing: MedianWindow = field(default_factory=lambda: MedianWindow(window_s=_FACING_WINDOW_S))
    unusable: bool = False

    def seen(self, person: BodyLike, time_s: float) -> tuple["ViewState", View]:
        """Return the next state and the view at `time_s`."""
        body = body_of(person)
        traits = body.traits
        yaw = self.yaw.push(time_s, yaw_of(body))
        facing = self.facing.push(time_s, facing_evidence(body))
        now = yaw.lasting
        turned = abs(now) if now is not None else None
        lately = replace(yaw, samples=tuple(s for s in yaw.samples if time_s - s[0] <= _TURNING_WINDOW_S)).lasting
        # Turning away counts at once, turning back once it lasts.
        most = max((abs(value) for value in (now, lately) if value is not None), default=None)
        unusable = most is None or most >= (traits.usable_below_deg if self.unusable else traits.unusable_from_deg)
        view = View(
            yaw=now,
            facing=1 if (facing.lasting or 0.0) >= 0 else -1,
            oblique=not unusable and turned is not None and turned >= traits.oblique_from_deg,
            unusable=unusable,
        )
        return ViewState(yaw=yaw, facing=facing, unusable=unusable), view


def yaw_of(person: BodyLike) -> float | None:
    """Return the yaw in degrees: 0 seen exactly from the side, + more from the front, - more from behind, up to 90.

    Without world landmarks the shoulders' distance in the picture alone gives it; `None` without a trunk.
    """
    body = body_of(person)
    landmarks, traits = body.landmarks, body.traits
    hip, shoulder = locate(body, {}, "mid_hip"), locate(body, {}, "mid_shoulder")
    trunk = distance(hip, shoulder)
    if trunk == 0.0:
        return None
    left, right = (landmarks.world.get(f"{side}_shoulder") for side in Side)
    from_world = degrees(atan2(left[0] - right[0], abs(left[2] - right[2]))) if left and right else None
    apart = (landmarks.points["left_shoulder"].x - landmarks.points["right_shoulder"].x) / trunk
    from_picture = degrees(asin(max(-1.0, min(1.0, apart / _shoulders(body, vector(hip, shoulder))))))
    if abs(over_horizon(vector(hip, shoulder))) < _LYING_BELOW:
        estimate = from_picture + traits.lying_leg_share * _out_of_picture(landmarks.world) + traits.lying_offset_deg
    elif from_world is None:
        estimate = from_picture
    else:
        estimate = traits.world_share * from_world + (1.0 - traits.world_share) * from_picture
    if from_world is not None:
        # A trunk that points at the camera has no length to compare with; then the world landmarks alone must do.
        least = abs(from_world) - traits.world_excess_deg
        estimate = copysign(max(abs(estimate), least), estimate or from_world)
    return max(-90.0, min(90.0, estimate))


def _shoulders(body: MeasuredBody, trunk: Vec) -> float:
    """How far apart the shoulders are seen from the front, in trunk lengths: arms that are raised draw them together.

    Arms that are not seen are taken to hang down.
    """
    traits, rises = body.traits, list[float]()
    for side in Side:
        (shoulder, _), (elbow, unseen) = body.joints[f"{side}_shoulder"], body.joints[f"{side}_elbow"]
        if unseen is None:
            arm = vector(shoulder, elbow)
            rises.append((arm[0] * trunk[0] + arm[1] * trunk[1]) / (trunk[0] ** 2 + trunk[1] ** 2))
    raised = sum(rises) / len(rises) if rises else _ARMS_DOWN
    share = max(0.0, min(1.0, (raised - _ARMS_DOWN) / (_ARMS_UP - _ARMS_DOWN)))
    return traits.shoulders + share * (traits.shoulders_arms_up - traits.shoulders)


def _out_of_picture(world: Mapping[str, Vec3]) -> float:
    """How far the leg that reaches further leads out of the picture's plane, in degrees, + = towards the camera; 0 unknown."""
    legs = [(world[f"{side}_hip"], world[f"{side}_ankle"]) for side in Side if f"{side}_ankle" in world]
    if not legs:
        return 0.0
    hip, ankle = max(legs, key=lambda leg: dist(*leg))
    return degrees(atan2(hip[2] - ankle[2], abs(ankle[0] - hip[0])))


def square_on(landmarks: Landmarks, yaw: float, traits: EngineTraits = DEFAULT_TRAITS) -> Landmarks:
    """Return the person as they would look from the side: lengths along the picture's width divided by cos(yaw).

    A turn foreshortens what lies in the sagittal plane. Undoing it takes a third to a half off the angle errors at 20 to 40
    degrees and changes next to nothing below 10. `yaw` is taken as at most `unusable_from_deg`. The picture grows wider
    with the points, so that what is inside the frame stays inside.
    """
    wider = 1.0 / cos(radians(min(abs(yaw), traits.unusable_from_deg)))
    points = {
        name: Point(x=point.x * wider, y=point.y, visibility=point.visibility) for name, point in landmarks.points.items()
    }
    spread = {name: (x * wider, y) for name, (x, y) in landmarks.spread.items()}
    return replace(landmarks, points=points, aspect=landmarks.aspect * wider, spread=spread)


def squared_frame(person: MeasuredBody, view: View, time_s: float) -> SeenFrame:
    """Return the frame of a person who is seen so; one who is too far away can't be judged."""
    traits = person.traits
    squared = MeasuredBody(square_on(person.landmarks, view.yaw or 0.0, traits), traits)
    errors = ReadingErrors(squared, view)
    return SeenFrame(
        time_s=time_s, person=squared, view=view, errors=errors, reason=Reason.TOO_FAR if too_far(person) else None
    )


def too_far(person: BodyLike) -> bool:
    """Return whether the person is too small in the picture to be measured."""
    body = body_of(person)
    return size_of(body) < body.traits.smallest_person
