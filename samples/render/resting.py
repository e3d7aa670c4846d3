"""Lying on the back with both legs doing the same: flat, knees up, hips lifted, or both knees hugged. No stretch."""

from .body import SIDES, Body, Side
from .motion import Parameters
from .skeleton import NEUTRAL_NECK_DEG, Posture
from .stretches import Stretch, lying_bent_leg, lying_hip_m

# As for the lying stretch, but ``bent_hip`` and ``bent_knee`` (degrees) hold for both legs; feet stay on the floor
# where the knees allow.
RESTING_REST = {"bent_hip": -2.0, "bent_knee": 0.0, "trunk_elevation": 0.0, "neck": NEUTRAL_NECK_DEG, "hands": 0.0}


def rest(body: Body, state: Parameters, stretched: Side) -> Posture:
    """``bent_hip`` and ``trunk_elevation`` (- = hips lifted) as measured."""
    tilt, hip_y = state["trunk_elevation"], lying_hip_m(body, state["trunk_elevation"])
    legs = {side: lying_bent_leg(body, state, hip_y) for side in SIDES}
    return Posture(hip_x_m=0.0, hip_y_m=hip_y, trunk=tilt - 90.0, neck=state["neck"], legs=legs)


def _as_wanted(_body: Body, wanted: Parameters) -> dict[str, float]:
    return dict(wanted)


RESTING = Stretch(rest=RESTING_REST, settle=_as_wanted, posture=rest)
