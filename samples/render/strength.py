"""Holds for strength: lying with the hips lifted, on both feet or on one, and the front plank on forearms and toes.

Shoulders, elbows and feet stay where they are on the floor; what moves are the hips, and the line through the body with them.
"""

from math import asin, atan2, cos, degrees, hypot, radians, sin

from .body import SIDES, Body, Side, other
from .motion import Parameters
from .skeleton import NEUTRAL_NECK_DEG, Leg, Posture
from .stretches import RELAXED_FOOT_DEG, Stretch, planted_leg

HIGHEST_LIFT_DEG = 48.0
"""The trunk of a person on the shoulders is not lifted further than this."""

NECK_SHARE = 0.6
"""The head stays on the mat while the trunk is lifted: the neck bends by this share of it, the rest is the upper back's."""

RAISED_KNEE_DEG = 4.0
"""Knee flexion of the leg that is held up straight."""

TUCKED_DEG = 72.0
"""How far the heel of a foot on its toes is turned up, somebody on forearms and toes."""

# ``hip``: flexion between trunk and thighs once ``up`` is 1 (0: the hips lie); ``foot``: shoulder to ankle along the floor, in
# what trunk and thigh reach at 25 degrees; ``raised`` 1: one leg is held in line with the thigh, its knee straight.
BRIDGE_REST = {"hip": 4.0, "up": 0.0, "foot": 1.06, "neck": NEUTRAL_NECK_DEG, "hands": 0.0}
SINGLE_REST = {**BRIDGE_REST, "raised": 0.0}
PLANK_REST = {"hip": 55.0, "knee": 3.0, "neck": NEUTRAL_NECK_DEG, "hands": 0.0}


def lift_for(body: Body, hip: float, foot: float) -> float:
    """Return how far the trunk must be lifted (degrees) for this hip flexion over feet that stand there."""
    low, high = 0.0, HIGHEST_LIFT_DEG
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _standing_leg(body, middle, foot).hip_flexion > hip else (low, middle)
    return low


def _standing_leg(body: Body, lift: float, foot: float) -> Leg:
    x, y = _hips(body, lift)
    ankle_x = foot * (body.trunk_m + body.thigh_m) * cos(radians(25.0)) - body.trunk_m
    return planted_leg(body, (x, y), (ankle_x, body.ankle_m), -90.0 - lift, 0.0)


def _hips(body: Body, lift: float) -> tuple[float, float]:
    """Where the hips are: the shoulders stay on the floor, the flat hips are at 0."""
    rise = radians(lift)
    return body.trunk_m * (cos(rise) - 1.0), body.lying_m + body.trunk_m * sin(rise)


def settle_bridge(body: Body, wanted: Parameters) -> dict[str, float]:
    """The lift of the trunk in place of the angle at the hips."""
    kept = {name: value for name, value in wanted.items() if name not in {"hip", "up"}}
    return {**kept, "lift": wanted["up"] * lift_for(body, wanted["hip"], wanted["foot"])}


def bridge(body: Body, state: Parameters, stretched: Side) -> Posture:
    """Both feet on the floor, or, with ``raised``, the one of the ``stretched`` side in the air."""
    lift = state["lift"]
    x, y = _hips(body, lift)
    standing = _standing_leg(body, lift, state["foot"])
    raised = state.get("raised", 0.0)
    aloft = Leg(
        hip_flexion=standing.hip_flexion,
        knee_flexion=(1.0 - raised) * standing.knee_flexion + raised * RAISED_KNEE_DEG,
        ankle=(1.0 - raised) * standing.ankle + raised * RELAXED_FOOT_DEG,
    )
    legs = {stretched: aloft, other(stretched): standing}
    return Posture(hip_x_m=x, hip_y_m=y, trunk=-90.0 - lift, neck=state["neck"] + NECK_SHARE * lift, legs=legs)


def plank(body: Body, state: Parameters, stretched: Side) -> Posture:
    """``hip``: + = the hips are up, - = they sag; ``knee``: bent towards the floor. Elbows and toes stay on it."""
    hip, knee = radians(state["hip"]), radians(state["knee"])
    c, s = cos(radians(TUCKED_DEG)), sin(radians(TUCKED_DEG))
    ankle_x, ankle_y = -body.ball_m * c + body.ankle_m * s, body.ball_m * s + body.ankle_m * c
    # The chain from the ankle, its shank along the floor, is turned until the shoulders are over the elbows.
    along = body.shank_m + body.thigh_m * cos(knee) + body.trunk_m * cos(knee - hip)
    over = body.thigh_m * sin(knee) + body.trunk_m * sin(knee - hip)
    rise = (shoulder_m(body) - ankle_y) / hypot(along, over)
    shank = asin(max(-1.0, min(1.0, rise))) - atan2(over, along)
    thigh, trunk = shank + knee, shank + knee - hip
    hip_x = ankle_x + body.shank_m * cos(shank) + body.thigh_m * cos(thigh)
    hip_y = ankle_y + body.shank_m * sin(shank) + body.thigh_m * sin(thigh)
    leg = Leg(hip_flexion=state["hip"], knee_flexion=state["knee"], ankle=90.0 - degrees(shank) - TUCKED_DEG, toes=TUCKED_DEG)
    legs = dict.fromkeys(SIDES, leg)
    return Posture(hip_x_m=hip_x, hip_y_m=hip_y, trunk=90.0 - degrees(trunk), neck=state["neck"], legs=legs)


def shoulder_m(body: Body) -> float:
    """How high the shoulders of somebody on the forearms are."""
    return body.upper_arm_m + 0.04 * body.scale


def _as_wanted(_body: Body, wanted: Parameters) -> dict[str, float]:
    return dict(wanted)


STRENGTH: dict[str, Stretch] = {
    "bridge": Stretch(rest=BRIDGE_REST, settle=settle_bridge, posture=bridge),
    "single_leg_bridge": Stretch(rest=SINGLE_REST, settle=settle_bridge, posture=bridge),
    "plank": Stretch(rest=PLANK_REST, settle=_as_wanted, posture=plank),
}
