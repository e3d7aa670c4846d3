"""The stretches: a handful of wanted angles becomes a posture whose knee, feet and back stay on the floor.

``settle`` turns the angles a key asks for into a state that may be blended with others, ``posture`` turns any
state into a posture. What the floor decides (a front leg on its planted foot) comes out of inverse kinematics
and is not asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from .body import Body, Side, other
from .motion import Parameters
from .reach import two_bone_angles
from .skeleton import NEUTRAL_NECK_DEG, Leg, Posture

INSTEP_DOWN_DEG = -47.0  # ankle angle of a rear foot whose instep lies on the mat
RELAXED_FOOT_DEG = -18.0  # ankle angle of a foot nobody stands on
LONGEST_DORSIFLEXION_DEG = 14.0  # beyond it the heel of a standing rear foot comes off the floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One stretch. ``rest`` is a full set of parameters: how a person looks who is about to begin."""

    rest: Parameters
    settle: Callable[[Body, Parameters], dict[str, float]]
    posture: Callable[[Body, Parameters, Side], Posture]


def planted_leg(body: Body, hip: tuple[float, float], ankle: tuple[float, float], trunk: float, pitch: float) -> Leg:
    """A leg to a foot that stands on the floor, its heel raised by ``pitch`` degrees with the toes flat."""
    dx, dy = ankle[0] - hip[0], ankle[1] - hip[1]
    # A planted foot that is out of reach would float, and the truth with it.
    if hypot(dx, dy) > (body.thigh_m + body.shank_m) * 1.001:
        raise ValueError(f"the foot at {ankle[0]:.2f} m is out of reach of the hip at {hip[0]:.2f} m: shorten the step")
    thigh, knee = two_bone_angles(dx, dy, body.thigh_m, body.shank_m)
    return Leg(hip_flexion=thigh + trunk, knee_flexion=knee, ankle=-(thigh - knee) - pitch, toes=pitch)


# --- kneeling: the rear knee is a fixed point, so is the front foot

KNEELING_REST = {"extension": 2.0, "trunk": -2.0, "neck": NEUTRAL_NECK_DEG, "step": 0.62, "hands": 0.0}


def kneel(body: Body, state: Parameters, stretched: Side) -> Posture:
    """``extension`` of the rear hip, ``trunk``, ``neck`` as measured; ``step``: knee to ankle / leg length."""
    trunk, lean = state["trunk"], state["extension"] + state["trunk"]
    hip_x = body.thigh_m * sin(radians(lean))
    hip_y = body.kneeling_knee_m + body.thigh_m * cos(radians(lean))
    rise = degrees(asin((body.kneeling_ankle_m - body.kneeling_knee_m) / body.shank_m))
    rear = Leg(hip_flexion=-state["extension"], knee_flexion=90.0 + rise - lean, ankle=INSTEP_DOWN_DEG)
    front_ankle = state["step"] * (body.thigh_m + body.shank_m), body.ankle_m
    front = planted_leg(body, (hip_x, hip_y), front_ankle, trunk, 0.0)
    legs = {stretched: rear, other(stretched): front}
    return Posture(hip_x_m=hip_x, hip_y_m=hip_y, trunk=trunk, neck=state["neck"], legs=legs)


# --- standing: the ball of the rear foot and the front foot are fixed points

STANDING_REST = {
    "extension": 28.0,
    "trunk": 1.0,
    "neck": NEUTRAL_NECK_DEG,
    "rear_knee": 9.0,
    "step": 0.74,
    "stage": 0.0,
    "hands": 0.0,
}


def settle_lunge(body: Body, wanted: Parameters) -> dict[str, float]:
    """Where the hip must be and how far the rear heel is up, seen from the ball of the rear foot."""
    thigh_lean = wanted["extension"] + wanted["trunk"]
    shank_lean = thigh_lean + wanted["rear_knee"]
    spare = shank_lean - LONGEST_DORSIFLEXION_DEG
    pitch = (spare + sqrt(spare**2 + 16.0)) / 2.0  # a corner-free max(spare, 0)
    ankle_x, ankle_y = _ankle_over_ball(body, pitch)
    return {
        **{name: wanted[name] for name in ("trunk", "neck", "step", "stage", "hands")},
        "pitch": pitch,
        "hip_x": ankle_x + body.thigh_m * sin(radians(thigh_lean)) + body.shank_m * sin(radians(shank_lean)),
        "hip_y": ankle_y + body.thigh_m * cos(radians(thigh_lean)) + body.shank_m * cos(radians(shank_lean)),
    }


def lunge(body: Body, state: Parameters, stretched: Side) -> Posture:
    """``stage`` 0 = upright, feet side by side; 1 = the lunge; between them the rear foot is in the air."""
    stage, leg_m = state["stage"], body.thigh_m + body.shank_m
    front_x = state["step"] * leg_m
    aloft = 4.0 * stage * (1.0 - stage)
    ball = (1.0 - stage) * (front_x + body.ball_m), 0.055 * body.scale * aloft
    pitch = stage * state["pitch"] + 6.0 * aloft
    hip_x = stage * state["hip_x"] + (1.0 - stage) * (front_x + 0.035 * body.scale)
    hip_y = stage * state["hip_y"] + (1.0 - stage) * (body.ankle_m + 0.995 * leg_m)
    ankle_x, ankle_y = _ankle_over_ball(body, pitch)
    trunk, hip = state["trunk"], (hip_x, hip_y)
    rear = planted_leg(body, hip, (ball[0] + ankle_x, ball[1] + ankle_y), trunk, pitch)
    front = planted_leg(body, hip, (front_x, body.ankle_m), trunk, 0.0)
    legs = {stretched: rear, other(stretched): front}
    return Posture(hip_x_m=hip_x, hip_y_m=hip_y, trunk=trunk, neck=state["neck"], legs=legs)


def _ankle_over_ball(body: Body, pitch: float) -> tuple[float, float]:
    """The ankle centre as seen from the ball of a foot whose heel is raised by ``pitch`` degrees."""
    c, s = cos(radians(pitch)), sin(radians(pitch))
    return -body.ball_m * c + body.ankle_m * s, body.ball_m * s + body.ankle_m * c


# --- supine: the back and the straight leg's heel rest on the floor

SUPINE_REST = {
    "bent_hip": 3.0,
    "bent_knee": 2.0,
    "straight_knee": 2.0,
    "leg_lift": 0.0,
    "trunk_elevation": 0.0,
    "neck": NEUTRAL_NECK_DEG,
    "hands": 0.0,
}


def lie(body: Body, state: Parameters, stretched: Side) -> Posture:
    """``bent_hip``, ``straight_knee``, ``trunk_elevation``, ``neck`` as measured; ``leg_lift`` over rest.

    Curling up (+ trunk elevation) leaves the hips down, lifting the hips (-) leaves the shoulders down.
    """
    tilt = state["trunk_elevation"]
    hip_y = lying_hip_m(body, tilt)
    knee = state["straight_knee"]
    forth = body.thigh_m + body.shank_m * cos(radians(knee))
    aside = body.shank_m * sin(radians(knee))
    line = degrees(asin((body.lying_ankle_m - hip_y) / hypot(forth, aside))) + state["leg_lift"]
    straight = Leg(hip_flexion=line + degrees(atan2(aside, forth)) + tilt, knee_flexion=knee, ankle=RELAXED_FOOT_DEG)
    legs = {stretched: straight, other(stretched): lying_bent_leg(body, state, hip_y)}
    return Posture(hip_x_m=0.0, hip_y_m=hip_y, trunk=tilt - 90.0, neck=state["neck"], legs=legs)


def lying_hip_m(body: Body, tilt: float) -> float:
    """Height of the hips when the trunk is tilted by so many degrees, the shoulders staying down for - tilts."""
    return body.lying_m + body.trunk_m * sin(radians(max(-tilt, 0.0)))


def lying_bent_leg(body: Body, state: Parameters, hip_y: float) -> Leg:
    """The hugged leg, kept above the floor; its foot goes flat while it stands on the way up."""
    thigh = state["bent_hip"] - state["trunk_elevation"]
    knee_y = hip_y + body.thigh_m * sin(radians(thigh))
    lowest = degrees(asin(min(max((body.lying_ankle_m - knee_y) / body.shank_m, -1.0), 1.0)))
    shank = max(thigh - state["bent_knee"], lowest)
    height = knee_y + body.shank_m * sin(radians(shank)) - body.lying_ankle_m
    standing = min(max((-shank - 15.0) / 25.0, 0.0), 1.0) * min(max(1.0 - height / (0.12 * body.scale), 0.0), 1.0)
    ankle = standing * -(90.0 + shank) + (1.0 - standing) * RELAXED_FOOT_DEG
    return Leg(hip_flexion=state["bent_hip"], knee_flexion=thigh - shank, ankle=ankle)


# --- standing on one leg, the other heel drawn to the buttock: a stretch of somebody's own, which ships nowhere

QUAD_REST = {"extension": 4.0, "trunk": 0.0, "neck": NEUTRAL_NECK_DEG, "knee": 131.0, "stage": 0.0, "hands": 0.0}
STANDING_BEND = 0.997  # hip to ankle of a leg that is stood on, in leg lengths: a knee that isn't locked
POINTED_DEG = -30.0  # ankle angle of a foot that a hand holds


def draw_up(body: Body, state: Parameters, stretched: Side) -> Posture:
    """``extension`` and ``knee`` of the drawn-up leg, ``trunk``, ``neck`` as measured; ``stage`` 0 = on both feet."""
    trunk, stage = state["trunk"], state["stage"]
    hip = 0.0, body.ankle_m + STANDING_BEND * (body.thigh_m + body.shank_m)
    standing = planted_leg(body, hip, (0.0, body.ankle_m), trunk, 0.0)
    drawn = Leg(
        hip_flexion=(1.0 - stage) * standing.hip_flexion - stage * state["extension"],
        knee_flexion=(1.0 - stage) * standing.knee_flexion + stage * state["knee"],
        ankle=(1.0 - stage) * standing.ankle + stage * POINTED_DEG,
    )
    legs = {stretched: drawn, other(stretched): standing}
    return Posture(hip_x_m=hip[0], hip_y_m=hip[1], trunk=trunk, neck=state["neck"], legs=legs)


def _as_wanted(_body: Body, wanted: Parameters) -> dict[str, float]:
    return dict(wanted)


SHIPPED = ("kneeling_hip_flexor", "supine_psoas", "standing_psoas")
STRETCHES: dict[str, Stretch] = {
    "kneeling_hip_flexor": Stretch(rest=KNEELING_REST, settle=_as_wanted, posture=kneel),
    "supine_psoas": Stretch(rest=SUPINE_REST, settle=_as_wanted, posture=lie),
    "standing_psoas": Stretch(rest=STANDING_REST, settle=settle_lunge, posture=lunge),
    "standing_quad": Stretch(rest=QUAD_REST, settle=_as_wanted, posture=draw_up),
}
