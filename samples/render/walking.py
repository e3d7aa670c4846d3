"""Walking a few steps in a straight line: each foot stays where it was set down until it is lifted again."""

from math import pi, sin, sqrt

from .body import Body, Side, other
from .motion import Parameters, ease
from .skeleton import NEUTRAL_NECK_DEG, Posture
from .stretches import Stretch, planted_leg

LIFT_M = 0.06  # how high a foot is carried, on a 1.75 m body
LEAN_DEG = 2.0

# ``gone``: steps taken so far, of ``steps`` in all, each ``stride`` leg lengths; the last brings the feet together.
WALKING_REST = {"gone": 0.0, "steps": 6.0, "stride": 0.62, "neck": NEUTRAL_NECK_DEG, "trunk": LEAN_DEG, "hands": 0.0}


def walk(body: Body, state: Parameters, stretched: Side) -> Posture:
    """From standing over x = 0 to standing ``steps - 1`` strides further on; ``stretched`` is the leg that starts."""
    leg_m, count = body.thigh_m + body.shank_m, round(state["steps"])
    stride_m = state["stride"] * leg_m
    gone = min(max(state["gone"], 0.0), float(count))
    number = min(int(gone), count - 1)
    share = gone - number
    moving, still = (stretched, other(stretched)) if number % 2 == 0 else (other(stretched), stretched)
    foot_x = {side: _set_down(side, number, count, stretched) * stride_m for side in (moving, still)}
    goal = _set_down(moving, number + 1, count, stretched) * stride_m
    start, carried = foot_x[moving], ease(share)
    foot_x[moving] = start + (goal - start) * carried
    lift = {moving: LIFT_M * body.scale * sin(pi * carried), still: 0.0}
    hip_x = _hip(gone, count) * stride_m
    # As high as the straighter leg allows, and a hand's breadth lower in mid-stride.
    apart = max(abs(hip_x - x) for x in foot_x.values())
    hip_y = body.ankle_m + 0.985 * sqrt(leg_m**2 - apart**2)
    legs = {
        side: planted_leg(body, (hip_x, hip_y), (foot_x[side], body.ankle_m + lift[side]), state["trunk"], 0.0)
        for side in (moving, still)
    }
    return Posture(hip_x_m=hip_x, hip_y_m=hip_y, trunk=state["trunk"], neck=state["neck"], legs=legs)


def _set_down(side: Side, after: int, count: int, first: Side) -> int:
    """Where a foot stands after so many steps, in strides."""
    if after >= count:
        return count - 1
    # The foot that starts takes steps 0, 2, 4 ...; step k ends k + 1 strides on.
    last = after - 1 if (after - 1) % 2 == (0 if side == first else 1) else after - 2
    return last + 1 if last >= 0 else 0


def _hip(gone: float, count: int) -> float:
    """Where the hips are, in strides: half way between the feet at the end of each step."""
    ends = [0.0, *(k - 0.5 for k in range(1, count)), count - 1.0]
    number = min(int(gone), count - 1)
    share = gone - number
    return ends[number] + (ends[number + 1] - ends[number]) * share


def _as_wanted(_body: Body, wanted: Parameters) -> dict[str, float]:
    return dict(wanted)


WALKING = Stretch(rest=WALKING_REST, settle=_as_wanted, posture=walk)
