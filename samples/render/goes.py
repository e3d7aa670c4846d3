"""Clips of holds for strength: a go that ends when the form is lost, a rest, and another go.

``GOES`` are the committed ones, one a hold; ``random_go`` draws others by chance, the same for a seed every time.
"""

import random
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from .chance import ROOMS, random_person
from .clip import Clip
from .direction import shot
from .film import Film
from .people import Part
from .plan import FORMS, Beat, beats
from .rooms import GREEN, GYM, LIVING
from .strength import STRENGTH

Pose = Literal["bridge", "single_leg_bridge", "plank"]

LOST: dict[str, tuple[str, ...]] = {
    "bridge": ("hips_drop", "start"),
    "single_leg_bridge": ("hips_drop", "start"),
    "plank": ("hips_sag", "hips_too_high", "knees_drop"),
}
"""The forms in which a go ends."""

OWN_HIP_DEG = {"bridge": (-3.0, 10.0), "single_leg_bridge": (-2.0, 14.0), "plank": (-4.0, 8.0)}
"""How far the hips are bent in somebody's correct form: not all get as high as others."""


def random_go(seed: int, index: int, part: Part = "test") -> Clip:
    """The clip with this number in the set with this seed: somebody new, two goes of one hold."""
    chance = random.Random(f"goes/{seed}/{index}")
    pose = sorted(STRENGTH)[index % len(STRENGTH)]
    person = random_person(chance, part)
    plan = beats(("start", 0.3))
    for rest_s in (1.3, 1.2):
        plan.append(Beat(form="correct", held_s=round(chance.uniform(2.5, 5.0), 1), move_s=0.9))
        plan.append(Beat(form=chance.choice(LOST[pose]), held_s=rest_s, move_s=round(chance.uniform(0.4, 1.0), 2)))
    clip = shot(
        f"{pose}_{seed}_{index:03}",
        pose,
        f"g{seed}-{index}",
        plan,
        facing=chance.choice(("left", "right")),
        far_leg=chance.random() < 0.2,
        fps=chance.choice((Fraction(12), Fraction(15))),
        room=chance.choice(ROOMS),
        film=Film(noise=6.0 * chance.random() ** 2, blur=chance.choice((0.0, 0.0, 0.3))),
        who=person,
        yaw_deg=round(chance.choice((chance.uniform(-12, 12), chance.uniform(-25, 25))), 1),
        height_m=round(chance.uniform(0.3, 1.0), 2),
        distance_m=round(chance.uniform(2.6, 3.8), 2),
    )
    return _held_so(clip, round(chance.uniform(*OWN_HIP_DEG[pose]), 1))


def _held_so(clip: Clip, hip: float) -> Clip:
    """The same clip with this angle at the hips in its correct form."""
    correct = FORMS[clip.pose]["correct"]
    steps = [(time_s, {**values, "hip": hip} if values == correct else values) for time_s, values in clip.steps]
    return replace(clip, steps=steps)


GOES: tuple[Clip, ...] = (
    shot(
        "bridge_p2", "bridge", "p2", beats(("start", 0.5), ("correct", 4.0), ("start", 1.5), move_s=0.8),
        yaw_deg=4, room=GREEN, height_m=0.6,
    ),
    shot(
        "single_leg_bridge_p11", "single_leg_bridge", "p11",
        beats(("start", 0.5), ("correct", 4.0), ("hips_drop", 1.6), move_s=0.8), yaw_deg=-5, room=GYM, height_m=0.6,
    ),
    shot(
        "plank_p1", "plank", "p1", beats(("start", 0.5), ("correct", 4.0), ("hips_sag", 1.6), move_s=0.8),
        yaw_deg=3, facing="left", room=LIVING, height_m=0.6,
    ),
)  # fmt: skip
