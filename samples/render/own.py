"""Clips of a stretch that ships nowhere: somebody doing it right, clips to tune on, clips to test on.

Thighs and heels are as different as people are: whoever shows the stretch bends the knee less than most of the others do.
"""

from dataclasses import replace

from .clip import Clip
from .direction import shot
from .plan import Beat, beats
from .rooms import DARK_FLOOR, EVENING, GREEN, GYM, LIVING, STUDY

QUAD = "standing_quad"


def _wrong(first: str, second: str) -> list[Beat]:
    """On both feet, a correct hold, and two wrong forms with the right one between them."""
    return beats(("start", 1.0), ("correct", 3.6), (first, 2.1), ("correct", 0.8), (second, 2.1), move_s=0.8)


def bending(clip: Clip, knee: float, further: float) -> Clip:
    """The same clip with the knee bent by ``knee`` degrees, and the thigh ``further`` back in all that is done."""
    steps = [
        (time_s, {**values, "knee": knee, "extension": values["extension"] + further} if "knee" in values else values)
        for time_s, values in clip.steps
    ]
    return replace(clip, steps=steps)


_LEAN, _THIGH = "trunk_inclination_high", "rear_hip_extension_low"
_SHOWN = beats(("start", 1.2), ("correct", 8.0), ("start", 0.6))

OWN: tuple[Clip, ...] = (
    bending(shot("quad_shown_p2", QUAD, "p2", _SHOWN, yaw_deg=3, room=STUDY, height_m=0.9, distance_m=3.2), 116, 0),
    bending(
        shot("quad_p1", QUAD, "p1", _wrong(_LEAN, _THIGH), yaw_deg=-6, facing="left", room=GREEN, height_m=1.0), 143, 3
    ),
    bending(shot("quad_p4", QUAD, "p4", _wrong(_THIGH, _LEAN), yaw_deg=8, room=LIVING, height_m=0.9, distance_m=3.4), 141, -2),
    bending(shot("quad_p11", QUAD, "p11", _wrong(_LEAN, _THIGH), yaw_deg=2, room=GYM, height_m=0.8, distance_m=3.2), 144, 4),
    bending(
        shot("quad_p12", QUAD, "p12", _wrong(_THIGH, _LEAN), yaw_deg=-3, facing="left", room=DARK_FLOOR, height_m=1.0), 130, -3
    ),
    bending(shot("quad_p6", QUAD, "p6", _wrong(_THIGH, _LEAN), yaw_deg=5, facing="left", room=STUDY, height_m=0.9), 142, 2),
    bending(shot("quad_p9", QUAD, "p9", _wrong(_LEAN, _THIGH), yaw_deg=-5, room=EVENING, height_m=1.0), 134, -2),
    shot("quad_stands_p8", QUAD, "p8", beats(("start", 8.0)), yaw_deg=4, room=GYM, height_m=0.9, distance_m=3.2),
)  # fmt: skip
