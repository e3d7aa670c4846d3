"""Bodies made by hand, as an engine would report them, and what can happen to them.

A body is a plain `Landmarks`: frame heights, x right, y up. It is built facing right, so its right side is nearer to the
camera; `mirrored` makes it face left. Builders take joint angles in degrees with the signs of the measures' table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import asin, cos, degrees, radians, sin
from random import Random

from formcheck.core.geometry import Vec, distance
from formcheck.core.measures import locate
from formcheck.core.values import Landmarks, Point, Side

WIDE = 16 / 9
NEAR, FAR = 0.99, 0.8
"""How well the engine sees the near and the far side of a person in side view."""

# Segment lengths in metres of a person of 1.75 m.
THIGH, SHANK, TRUNK, ANKLE, FOOT = 0.429, 0.431, 0.504, 0.068, 0.2
NECK, FACE, ARM, FOREARM = 0.186, 0.113, 0.325, 0.255
KNEE_ON_FLOOR = 0.05

LEG = ("hip", "knee", "ankle", "heel", "toe")

SHOULDERS = 0.9
"""How far apart the engine sets the shoulders of somebody seen from the front, in trunk lengths."""


@dataclass(frozen=True, kw_only=True)
class Leg:
    """Joint angles: 0 = straight and in line with the trunk. `foot` is the ankle's, 0 = sole at a right angle to the shin."""

    hip: float
    knee: float
    foot: float = 0.0


def figure(*, lean: float, left: Leg, right: Leg, neck: float = 8.0) -> dict[str, Vec]:
    """Return joints in metres, hips at the origin. `lean` is the trunk's, from vertical; -90 lies on the back, head left."""
    joints: dict[str, Vec] = {}
    shoulder, ear = _step((0.0, 0.0), 90 - lean, TRUNK), 90 - lean - neck
    for side, leg in ((Side.LEFT, left), (Side.RIGHT, right)):
        thigh = -90 - lean + leg.hip
        shin = thigh - leg.knee
        sole = shin + 90 + leg.foot
        joints[f"{side}_hip"] = (0.0, 0.0)
        joints[f"{side}_knee"] = _step((0.0, 0.0), thigh, THIGH)
        joints[f"{side}_ankle"] = ankle = _step(joints[f"{side}_knee"], shin, SHANK)
        joints[f"{side}_heel"] = _step(_step(ankle, sole - 90, ANKLE - 0.02), sole + 180, 0.06)
        joints[f"{side}_toe"] = _step(_step(ankle, sole - 90, ANKLE - 0.02), sole, FOOT)
        joints[f"{side}_shoulder"] = shoulder
        joints[f"{side}_elbow"] = elbow = _step(shoulder, -90 - lean + 15, ARM)
        joints[f"{side}_wrist"] = _step(elbow, -90 - lean + 40, FOREARM)
        joints[f"{side}_ear"] = _step(shoulder, ear, NECK)
    joints["nose"] = _step(joints["left_ear"], ear - 102, FACE)
    return joints


def kneeling(
    *, extension: float = 18.0, lean: float = 2.0, shin: float = 5.0, rear_knee: float | None = None, neck: float = 8.0
) -> Landmarks:
    """A half-kneeling stretch of the right side: knee and front foot on the floor, the rear shank level by default."""
    thigh = extension + lean
    hip_above_floor = KNEE_ON_FLOOR + THIGH * cos(radians(thigh))
    rear = Leg(hip=-extension, knee=90 - thigh if rear_knee is None else rear_knee, foot=-60)
    return placed(figure(lean=lean, right=rear, left=_planted(hip_above_floor, lean, shin), neck=neck))


def standing(
    *, extension: float = 20.0, lean: float = 2.0, rear_knee: float = 12.0, shin: float = 8.0, neck: float = 8.0
) -> Landmarks:
    """A lunge that stretches the right side: the front foot flat on the floor, the rear one on its toes."""
    thigh = extension + lean
    rear_ankle_above_floor = 0.12
    hip_above_floor = rear_ankle_above_floor + SHANK * cos(radians(thigh + rear_knee)) + THIGH * cos(radians(thigh))
    front = _planted(min(hip_above_floor, ANKLE + SHANK * cos(radians(shin)) + THIGH), lean, shin)
    return placed(figure(lean=lean, right=Leg(hip=-extension, knee=rear_knee, foot=-25), left=front, neck=neck))


def supine(
    *, held: float = 115.0, leg: float = 0.0, straight_knee: float = 3.0, shoulders: float = 0.0, neck: float = 8.0
) -> Landmarks:
    """On the back, left knee held, right leg out: `leg` lifts the thigh off the floor, `shoulders` the trunk."""
    lean = shoulders - 90
    straight, bent = Leg(hip=leg + shoulders, knee=straight_knee), Leg(hip=held, knee=125)
    return placed(figure(lean=lean, right=straight, left=bent, neck=neck))


def upright(*, lean: float = -2.0) -> Landmarks:
    """Standing, doing nothing."""
    leg = Leg(hip=lean, knee=2)
    return placed(figure(lean=lean, left=leg, right=leg))


def lying(left: Leg, right: Leg) -> Landmarks:
    """On the back, the legs as given."""
    return placed(figure(lean=-90, left=left, right=right))


def knees_hugged() -> Landmarks:
    return lying(Leg(hip=125, knee=130), Leg(hip=120, knee=128))


def hook_lying() -> Landmarks:
    """On the back with both feet on the floor."""
    return lying(Leg(hip=47, knee=95), Leg(hip=45, knee=95))


def legs_flat() -> Landmarks:
    return lying(Leg(hip=0, knee=3), Leg(hip=-1, knee=4))


def placed(joints: Mapping[str, Vec], *, aspect: float = WIDE, fill: float = 0.8) -> Landmarks:
    """Return joints in metres as a body in the middle of a picture, of which it fills a share of `fill` at most."""
    xs, ys = [x for x, _ in joints.values()], [y for _, y in joints.values()]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(fill * aspect / wide, fill / tall)
    left, low = aspect / 2 - scale * (min(xs) + wide / 2), 0.5 - scale * (min(ys) + tall / 2)
    points = {
        name: Point(x=left + scale * x, y=low + scale * y, visibility=FAR if name.startswith("left") else NEAR)
        for name, (x, y) in joints.items()
    }
    return Landmarks(points=points, world=shoulder_line(0.0), aspect=aspect)


def turned(body: Landmarks, yaw: float) -> Landmarks:
    """Turn a body seen from the side by `yaw` degrees: + shows more of the front, - more of the back.

    All of it grows narrower and the shoulders come apart. Somebody lying has shoulders turned by less, and more to the front.
    """
    middle, narrower = body.aspect / 2, cos(radians(yaw))
    narrow = moved(body, lambda _, point: replace(point, x=middle + narrower * (point.x - middle)))
    shoulder, hip = locate(narrow, {}, "mid_shoulder"), locate(narrow, {}, "mid_hip")
    lying = abs(shoulder[1] - hip[1]) < abs(shoulder[0] - hip[0])
    seeming = 0.65 * yaw + 6.2 if lying else yaw
    apart = SHOULDERS * distance(shoulder, hip) * sin(radians(seeming))
    points = {
        **narrow.points,
        "left_shoulder": replace(narrow.points["left_shoulder"], x=shoulder[0] + apart / 2),
        "right_shoulder": replace(narrow.points["right_shoulder"], x=shoulder[0] - apart / 2),
    }
    return replace(narrow, points=points, world=shoulder_line(seeming) | leg_line(yaw))


def leg_line(yaw: float) -> dict[str, tuple[float, float, float]]:
    """A leg in world landmarks, of somebody lying who is turned by `yaw` degrees."""
    return {"right_hip": (0.0, 0.0, 0.0), "right_ankle": (0.86 * cos(radians(yaw)), 0.0, -0.86 * sin(radians(yaw)))}


def shoulder_line(yaw: float) -> dict[str, tuple[float, float, float]]:
    """The shoulders in world landmarks, of somebody turned by `yaw` degrees. The left one is further from the camera."""
    across, away = 0.18 * sin(radians(yaw)), 0.18 * cos(radians(yaw))
    return {"left_shoulder": (across, 0.5, away), "right_shoulder": (-across, 0.5, -away)}


def moved(body: Landmarks, change: Callable[[str, Point], Point]) -> Landmarks:
    """Return the body with every point changed by `change(name, point)`."""
    return replace(body, points={name: change(name, point) for name, point in body.points.items()})


def shifted(body: Landmarks, right: float, up: float = 0.0) -> Landmarks:
    return moved(body, lambda _, point: replace(point, x=point.x + right, y=point.y + up))


def scaled(body: Landmarks, factor: float) -> Landmarks:
    """Nearer to the camera or further away: everything grows from the middle of the picture."""
    middle = body.aspect / 2
    return moved(
        body, lambda _, point: replace(point, x=middle + factor * (point.x - middle), y=0.5 + factor * (point.y - 0.5))
    )


def rolled(body: Landmarks, angle: float) -> Landmarks:
    """Turned in the picture about its middle, counter-clockwise, as by a tilted camera."""
    middle, c, s = body.aspect / 2, cos(radians(angle)), sin(radians(angle))

    def turn(_: str, point: Point) -> Point:
        x, y = point.x - middle, point.y - 0.5
        return replace(point, x=middle + c * x - s * y, y=0.5 + s * x + c * y)

    return moved(body, turn)


def mirrored(body: Landmarks) -> Landmarks:
    """The same posture facing the other way: left and right change places."""
    return Landmarks(
        points={_other(name): replace(point, x=body.aspect - point.x) for name, point in body.points.items()},
        world={_other(name): (-x, y, z) for name, (x, y, z) in body.world.items()},
        aspect=body.aspect,
    )


def legs_swapped(body: Landmarks) -> Landmarks:
    """The engine's mistake: each leg is taken for the other."""
    points = {
        name: body.points[_other(name)] if name.partition("_")[2] in LEG else point for name, point in body.points.items()
    }
    return replace(body, points=points)


def hidden(body: Landmarks, *joints: str) -> Landmarks:
    """The engine guesses where `joints` are and says so."""
    return moved(body, lambda name, point: replace(point, visibility=0.1) if name in joints else point)


def pushed_out(body: Landmarks, *joints: str) -> Landmarks:
    """`joints` lie below the lower edge of the picture."""
    return moved(body, lambda name, point: replace(point, y=-0.05, visibility=0.1) if name in joints else point)


def shaken(body: Landmarks, random: Random, spread: float) -> Landmarks:
    """Every coordinate off by a normally distributed error of `spread` frame heights."""
    return moved(
        body,
        lambda _, point: replace(point, x=point.x + random.gauss(0.0, spread), y=point.y + random.gauss(0.0, spread)),
    )


def trunk_length(body: Landmarks) -> float:
    """In frame heights; a person's trunk is about half a metre, which makes this a scale."""
    return distance(locate(body, {}, "mid_hip"), locate(body, {}, "mid_shoulder"))


def _planted(hip_above_floor: float, lean: float, shin: float) -> Leg:
    """The front leg whose foot is flat on the floor with its shin at `shin` degrees forward of vertical."""
    knee_above_floor = ANKLE + SHANK * cos(radians(shin))
    rise = degrees(asin((knee_above_floor - hip_above_floor) / THIGH))  # of the thigh over the horizontal
    return Leg(hip=90 + rise + lean, knee=90 + rise + shin, foot=shin)


def _step(start: Vec, direction: float, length: float) -> Vec:
    return start[0] + length * cos(radians(direction)), start[1] + length * sin(radians(direction))


def _other(name: str) -> str:
    side, _, part = name.partition("_")
    return f"{Side(side).other}_{part}" if side in ("left", "right") else name
