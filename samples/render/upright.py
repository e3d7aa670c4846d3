"""Standing as straight as a ruler, arms hanging: what a baseline is taken of. No stretch."""

from .body import SIDES, Body, Side
from .motion import Parameters
from .skeleton import NEUTRAL_NECK_DEG, Leg, Posture
from .stretches import Stretch

UPRIGHT_REST = {"trunk": 0.0, "neck": NEUTRAL_NECK_DEG, "hands": 0.0}


def upright(body: Body, state: Parameters, stretched: Side) -> Posture:
    """``trunk`` and ``neck`` as measured; hips and knees straight."""
    legs = {side: Leg(hip_flexion=state["trunk"], knee_flexion=0.0) for side in SIDES}
    hip_y = body.ankle_m + body.thigh_m + body.shank_m
    return Posture(hip_x_m=0.0, hip_y_m=hip_y, trunk=state["trunk"], neck=state["neck"], legs=legs)


def _as_wanted(_body: Body, wanted: Parameters) -> dict[str, float]:
    return dict(wanted)


UPRIGHT = Stretch(rest=UPRIGHT_REST, settle=_as_wanted, posture=upright)
