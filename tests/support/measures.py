"""A measure that a package outside could add."""

from formcheck.core.geometry import Vec, from_vertical, vector
from formcheck.core.measures import Measure


def _thigh(facing: int, hip: Vec, knee: Vec) -> float:
    return -facing * from_vertical(vector(knee, hip))


FRONT_THIGH_ANGLE = Measure(
    name="front_thigh_angle",
    joints=("front_hip", "front_knee"),
    formula=_thigh,
    zero="front thigh hangs down",
    positive="knee ahead of the hip",
    meaning="how far the front thigh is raised",
    short="thigh",
    label_joint="front_hip",
    standing_deg=0.0,
    sigma_deg=3.0,
    draft_weight=20,
    too_low="Raise your front thigh a little",
    too_high="Lower your front thigh a little",
)
