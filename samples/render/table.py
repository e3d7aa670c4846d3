"""Lying at a table's end, both knees held to the chest, and one leg let down: the modified Thomas test. No stretch."""

from math import cos, radians, sin

import numpy as np

from .body import Body, Side, other
from .camera import Camera, Facing
from .motion import Parameters
from .people import Person
from .room import Prop
from .skeleton import NEUTRAL_NECK_DEG, Leg, Posture, Skeleton
from .stretches import RELAXED_FOOT_DEG, Stretch
from .truth import turn

TABLE_M = 0.74
"""Height of the table's top over the floor."""

_PELVIS_M = 0.09
"""How far the middle of the hips is above the part of the pelvis that lies on the table."""

# ``thigh``: the let-down thigh over level, ``knee``: the flexion of that knee, ``held_hip`` and ``held_knee``: of the other
# leg, ``pelvis``: how far the pelvis is rolled forward (the back hollow), all in degrees.
REST = {
    "thigh": 122.0,
    "knee": 128.0,
    "held_hip": 126.0,
    "held_knee": 130.0,
    "pelvis": 0.0,
    "tilt": 0.0,
    "neck": NEUTRAL_NECK_DEG,
    "hands": 0.0,
}


def lie_at_the_end(body: Body, state: Parameters, lowered: Side) -> Posture:
    """The posture with ``lowered`` as the leg that is let down; a pelvis that rolls takes the hips along."""
    rolled = radians(state["pelvis"])
    hip_x, sink = _PELVIS_M * sin(rolled) * body.scale, _PELVIS_M * (1.0 - cos(rolled)) * body.scale
    legs = {
        lowered: Leg(hip_flexion=state["thigh"] + state["tilt"], knee_flexion=state["knee"], ankle=RELAXED_FOOT_DEG),
        other(lowered): Leg(hip_flexion=state["held_hip"], knee_flexion=state["held_knee"], ankle=RELAXED_FOOT_DEG),
    }
    hip_y = TABLE_M + body.lying_m - sink
    return Posture(hip_x_m=hip_x, hip_y_m=hip_y, trunk=state["tilt"] - 90.0, neck=state["neck"], legs=legs)


def _as_wanted(_body: Body, wanted: Parameters) -> dict[str, float]:
    return dict(wanted)


AT_THE_END = Stretch(rest=REST, settle=_as_wanted, posture=lie_at_the_end)


def table(body: Body, facing: Facing, colour: tuple[int, int, int] = (150, 118, 84)) -> Prop:
    """The table, its end where the thighs begin."""
    flip = 1.0 if facing == "right" else -1.0
    length, end = 1.85, 0.05 * body.scale
    return Prop(kind="table", x_m=flip * (end - length / 2), z_m=0.0, size_m=(length, TABLE_M, 0.62), colour=colour)


def camera(
    person: Person,
    facing: Facing,
    *,
    yaw_deg: float,
    roll_deg: float = 0.0,
    height_m: float = TABLE_M + 0.1,
    distance_m: float = 2.9,
    wider: float = 1.0,
) -> Camera:
    """A camera at about the table's height that sees the whole person."""
    tall = person.body.stature_m
    flip = 1.0 if facing == "right" else -1.0
    half_m = (0.62 * tall * wider) * 9.0 / 16.0
    lens_deg = 2 * float(np.degrees(np.arctan(half_m / (distance_m - 0.3))))
    aim = (0.01 * tall * flip, TABLE_M + 0.04)
    return Camera(
        yaw_deg=yaw_deg, height_m=height_m, distance_m=distance_m, roll_deg=roll_deg, aim=aim, lens_deg=round(lens_deg, 1)
    )


def true_angles(skeleton: Skeleton, lowered: Side) -> dict[str, float]:
    """``hip``: the let-down thigh over level, + = knee above the hip; ``knee``: its flexion. Degrees."""
    joints = skeleton.joints
    thigh, shank = joints[f"{lowered}_knee"] - joints[f"{lowered}_hip"], joints[f"{lowered}_ankle"] - joints[f"{lowered}_knee"]
    return {"hip": turn(np.array([1.0, 0.0, 0.0]), thigh), "knee": -turn(thigh, shank)}
