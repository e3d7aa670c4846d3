"""Hand-made bodies for tests of measures, stretches and judging: known joint angles in, landmarks out, no picture needed.

A body is a plain `Landmarks`, as an engine would report it: frame heights, x right, y up. It is built facing right, so its
right side is nearer to the camera and is the one that stretches; `mirrored` makes it face left. Builders take joint angles
in degrees with the signs of the measures' table. Every function returns a new body and leaves its argument as it is.

Examples
--------
A measure reads the angle that the body was built with, and a hidden joint makes it unseen:

>>> from formcheck.core.measures import MEASURES, measure
>>> from formcheck.core.values import Side
>>> from formcheck.testing import hidden, kneeling
>>> roles = {"rear": Side.RIGHT, "front": Side.LEFT}
>>> round(measure(MEASURES["rear_hip_extension"], kneeling(extension=18.0), roles, facing=1), 6)
18.0
>>> measure(MEASURES["rear_hip_extension"], hidden(kneeling(), "right_knee"), roles, facing=1) is None
True

"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import asin, cos, degrees, radians, sin
from random import Random

from formcheck.core.geometry import Vec, distance
from formcheck.core.measures import locate
from formcheck.core.values import Landmarks, Point, Side
from formcheck.vision.sampling import fusion

WIDE = 16 / 9
"""Width over height of the picture that bodies are placed in."""

NEAR, FAR = 0.99, 0.8
"""Visibility of the near and the far side of a person in side view, as the engine reports it, 0 to 1."""

# Segment lengths in metres of a person of 1.75 m.
THIGH, SHANK, TRUNK, ANKLE, FOOT = 0.429, 0.431, 0.504, 0.068, 0.2
NECK, FACE, ARM, FOREARM = 0.186, 0.113, 0.325, 0.255
KNEE_ON_FLOOR = 0.05
"""How high the middle of a knee lies that is set on the floor, metres."""

LEG = ("hip", "knee", "ankle", "heel", "toe")
"""The joints of one leg, without their side."""

SHOULDERS = 0.9
"""How far apart the engine sets the shoulders of somebody seen from the front, in trunk lengths."""


@dataclass(frozen=True, kw_only=True)
class Leg:
    """The joint angles of a leg, in degrees.

    Parameters
    ----------
    hip : float
        Flexion of the hip; 0 = the thigh in line with the trunk, negative = behind it.
    knee : float
        Flexion of the knee; 0 = straight.
    foot : float
        Angle of the ankle; 0 = the sole at a right angle to the shin, positive = toes up.

    """

    hip: float
    knee: float
    foot: float = 0.0


def figure(*, lean: float, left: Leg, right: Leg, neck: float = 8.0) -> dict[str, Vec]:
    """Return the joints of a body of any posture, in metres, with the hips at the origin.

    Parameters
    ----------
    lean : float
        Inclination of the trunk from vertical, degrees; positive = forward (right), -90 = on the back, head left.
    left, right : Leg
        The joint angles of each leg.
    neck : float
        The ear against the line of the trunk, degrees; positive = head forward.

    Returns
    -------
    dict of str to (float, float)
        Each name of `JOINTS` with x (right) and y (up), metres; `placed` makes a body of them.

    """
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
    """Return a body in the half-kneeling stretch of the right side: rear knee and front foot on the floor.

    Parameters
    ----------
    extension : float
        Extension of the rear (right) hip, degrees.
    lean : float
        Inclination of the trunk, degrees; positive = forward.
    shin : float
        The front shin from vertical, degrees; positive = knee ahead of the ankle.
    rear_knee : float or None
        Flexion of the rear knee, degrees; `None` = as much as lays the rear shank level.
    neck : float
        The ear against the line of the trunk, degrees.

    Returns
    -------
    Landmarks
        A body that faces right.

    """
    thigh = extension + lean
    hip_above_floor = KNEE_ON_FLOOR + THIGH * cos(radians(thigh))
    rear = Leg(hip=-extension, knee=90 - thigh if rear_knee is None else rear_knee, foot=-60)
    return placed(figure(lean=lean, right=rear, left=_planted(hip_above_floor, lean, shin), neck=neck))


def standing(
    *, extension: float = 20.0, lean: float = 2.0, rear_knee: float = 12.0, shin: float = 8.0, neck: float = 8.0
) -> Landmarks:
    """Return a body in a lunge that stretches the right side: the front foot flat on the floor, the rear one on its toes.

    Parameters
    ----------
    extension : float
        Extension of the rear (right) hip, degrees.
    lean : float
        Inclination of the trunk, degrees; positive = forward.
    rear_knee : float
        Flexion of the rear knee, degrees.
    shin : float
        The front shin from vertical, degrees; positive = knee ahead of the ankle.
    neck : float
        The ear against the line of the trunk, degrees.

    Returns
    -------
    Landmarks
        A body that faces right.

    """
    thigh = extension + lean
    rear_ankle_above_floor = 0.12
    hip_above_floor = rear_ankle_above_floor + SHANK * cos(radians(thigh + rear_knee)) + THIGH * cos(radians(thigh))
    front = _planted(min(hip_above_floor, ANKLE + SHANK * cos(radians(shin)) + THIGH), lean, shin)
    return placed(figure(lean=lean, right=Leg(hip=-extension, knee=rear_knee, foot=-25), left=front, neck=neck))


def supine(
    *, held: float = 115.0, leg: float = 0.0, straight_knee: float = 3.0, shoulders: float = 0.0, neck: float = 8.0
) -> Landmarks:
    """Return a body on its back, head left, with the left knee held to the chest and the right leg out.

    Parameters
    ----------
    held : float
        Flexion of the held (left) hip, degrees.
    leg : float
        How far the right thigh is lifted off the floor, degrees.
    straight_knee : float
        Flexion of the right knee, degrees.
    shoulders : float
        How far the trunk is lifted off the floor, degrees.
    neck : float
        The ear against the line of the trunk, degrees.

    Returns
    -------
    Landmarks
        A body whose feet point right.

    """
    lean = shoulders - 90
    straight, bent = Leg(hip=leg + shoulders, knee=straight_knee), Leg(hip=held, knee=125)
    return placed(figure(lean=lean, right=straight, left=bent, neck=neck))


def upright(*, lean: float = -2.0) -> Landmarks:
    """Return a body that stands and does nothing, the trunk inclined by `lean` degrees over legs that stay vertical."""
    leg = Leg(hip=lean, knee=2)
    return placed(figure(lean=lean, left=leg, right=leg))


def lying(left: Leg, right: Leg) -> Landmarks:
    """Return a body flat on its back, head left, with its legs as given."""
    return placed(figure(lean=-90, left=left, right=right))


def knees_hugged() -> Landmarks:
    """Return a body on its back with both knees drawn to the chest."""
    return lying(Leg(hip=125, knee=130), Leg(hip=120, knee=128))


def hook_lying() -> Landmarks:
    """Return a body on its back with bent knees and both feet on the floor."""
    return lying(Leg(hip=47, knee=95), Leg(hip=45, knee=95))


def legs_flat() -> Landmarks:
    """Return a body flat on its back with both legs straight on the floor."""
    return lying(Leg(hip=0, knee=3), Leg(hip=-1, knee=4))


def leg_let_down(
    *, thigh: float = -10.0, knee: float = 75.0, held: float = 125.0, trunk: float = 0.0, along: float = 0.0
) -> Landmarks:
    """Return a body on its back at a table's end, head left: the left knee held to the chest, the right leg let down.

    All such bodies are in one place and of one size, so that several of them make a movement.

    Parameters
    ----------
    thigh : float
        The right thigh over level, degrees; negative = the knee lower than the hip.
    knee : float
        Flexion of the right knee, degrees.
    held : float
        Flexion of the held (left) hip, degrees.
    trunk : float
        How far the trunk is lifted off the table, degrees.
    along : float
        How far the hips have moved towards the feet, in trunk lengths.

    Returns
    -------
    Landmarks
        A body whose feet point right.

    """
    right, left = Leg(hip=thigh + trunk, knee=knee), Leg(hip=held, knee=128)
    joints = figure(lean=trunk - 90, right=right, left=left)
    scale, middle = 0.45, WIDE / 2 + 0.45 * along * TRUNK
    return _in_picture({name: (middle + scale * x, 0.5 + scale * y) for name, (x, y) in joints.items()}, WIDE)


def placed(joints: Mapping[str, Vec], *, aspect: float = WIDE, fill: float = 0.8) -> Landmarks:
    """Return joints in metres as a body in the middle of a picture, seen exactly from the side.

    Parameters
    ----------
    joints : mapping of str to (float, float)
        What `figure` returns.
    aspect : float
        Width over height of the picture.
    fill : float
        The share of the picture's height or width that the body fills at most, 0 to 1.

    Returns
    -------
    Landmarks
        The right joints have the visibility `NEAR`, the left ones `FAR`.

    """
    xs, ys = [x for x, _ in joints.values()], [y for _, y in joints.values()]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(fill * aspect / wide, fill / tall)
    left, low = aspect / 2 - scale * (min(xs) + wide / 2), 0.5 - scale * (min(ys) + tall / 2)
    return _in_picture({name: (left + scale * x, low + scale * y) for name, (x, y) in joints.items()}, aspect)


def _in_picture(joints: Mapping[str, Vec], aspect: float) -> Landmarks:
    """The body with its joints there, in frame heights, seen exactly from the side."""
    points = {name: Point(x=x, y=y, visibility=FAR if name.startswith("left") else NEAR) for name, (x, y) in joints.items()}
    return Landmarks(points=points, world=shoulder_line(0.0), aspect=aspect)


def turned(body: Landmarks, yaw: float) -> Landmarks:
    """Return the body turned about a vertical axis, as the camera sees a person who is not exactly side-on.

    All of it grows narrower and the shoulders come apart. A person lying has shoulders turned by less, and more to the front.

    Parameters
    ----------
    body : Landmarks
        A body seen from the side, facing right.
    yaw : float
        Degrees; positive shows more of the front, negative more of the back.

    Returns
    -------
    Landmarks
        Its world landmarks are `shoulder_line` and `leg_line` of that turn.

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
    """Return a leg as world landmarks, in metres, of a person lying who is turned by `yaw` degrees."""
    return {"right_hip": (0.0, 0.0, 0.0), "right_ankle": (0.86 * cos(radians(yaw)), 0.0, -0.86 * sin(radians(yaw)))}


def shoulder_line(yaw: float) -> dict[str, tuple[float, float, float]]:
    """Return the shoulders as world landmarks, in metres, of a person turned by `yaw` degrees; the left one is further away."""
    across, away = 0.18 * sin(radians(yaw)), 0.18 * cos(radians(yaw))
    return {"left_shoulder": (across, 0.5, away), "right_shoulder": (-across, 0.5, -away)}


def moved(body: Landmarks, change: Callable[[str, Point], Point]) -> Landmarks:
    """Return the body with each point replaced by `change(name, point)`, in both looks at it; its world landmarks stay."""

    def of_look(name: str, sign: int) -> Point:
        point, (x, y) = body.points[name], body.spread[name]
        return change(name, replace(point, x=point.x + sign * x, y=point.y + sign * y))

    looks = {name: (of_look(name, -1), of_look(name, 1)) for name in body.spread}
    return replace(
        body,
        points={name: change(name, point) for name, point in body.points.items()},
        spread={name: ((other.x - one.x) / 2, (other.y - one.y) / 2) for name, (one, other) in looks.items()},
    )


def shifted(body: Landmarks, right: float, up: float = 0.0) -> Landmarks:
    """Return the body elsewhere in the picture, by `right` and `up` frame heights."""
    return moved(body, lambda _, point: replace(point, x=point.x + right, y=point.y + up))


def scaled(body: Landmarks, factor: float) -> Landmarks:
    """Return the body nearer to the camera (`factor` over 1) or further away: it grows from the middle of the picture."""
    middle = body.aspect / 2
    return moved(
        body, lambda _, point: replace(point, x=middle + factor * (point.x - middle), y=0.5 + factor * (point.y - 0.5))
    )


def rolled(body: Landmarks, angle: float) -> Landmarks:
    """Return the body turned about the middle of the picture by `angle` degrees, counter-clockwise, as by a tilted camera."""
    middle, c, s = body.aspect / 2, cos(radians(angle)), sin(radians(angle))

    def turn(_: str, point: Point) -> Point:
        x, y = point.x - middle, point.y - 0.5
        return replace(point, x=middle + c * x - s * y, y=0.5 + s * x + c * y)

    return moved(body, turn)


mirrored = fusion.mirrored


def legs_swapped(body: Landmarks) -> Landmarks:
    """Return the body with each leg taken for the other, a mistake that engines make."""

    def taken_for(name: str) -> str:
        side, _, part = name.partition("_")
        return f"{Side(side).other}_{part}" if part in LEG else name

    return replace(
        body,
        points={name: body.points[taken_for(name)] for name in body.points},
        spread={name: body.spread[taken_for(name)] for name in body.spread},
    )


def hidden(body: Landmarks, *joints: str) -> Landmarks:
    """Return the body with `joints` hidden: where they are is a guess, and their visibility says so."""
    return moved(body, lambda name, point: replace(point, visibility=0.1) if name in joints else point)


def pushed_out(body: Landmarks, *joints: str) -> Landmarks:
    """Return the body with `joints` below the lower edge of the picture."""
    return moved(body, lambda name, point: replace(point, y=-0.05, visibility=0.1) if name in joints else point)


def shaken(body: Landmarks, random: Random, spread: float) -> Landmarks:
    """Return the body with noise on every coordinate, normally distributed with a deviation of `spread` frame heights."""
    return moved(
        body, lambda _, point: replace(point, x=point.x + random.gauss(0.0, spread), y=point.y + random.gauss(0.0, spread))
    )


def trunk_length(body: Landmarks) -> float:
    """Return the length of the trunk in frame heights; a person's trunk is about half a metre, which makes this a scale."""
    return distance(locate(body, {}, "mid_hip"), locate(body, {}, "mid_shoulder"))


def _planted(hip_above_floor: float, lean: float, shin: float) -> Leg:
    """The front leg whose foot is flat on the floor with its shin at `shin` degrees forward of vertical."""
    knee_above_floor = ANKLE + SHANK * cos(radians(shin))
    rise = degrees(asin(max(-1.0, (knee_above_floor - hip_above_floor) / THIGH)))  # of the thigh over the horizontal
    return Leg(hip=90 + rise + lean, knee=90 + rise + shin, foot=shin)


def _step(start: Vec, direction: float, length: float) -> Vec:
    return start[0] + length * cos(radians(direction)), start[1] + length * sin(radians(direction))
