"""Single pictures by chance: one body in many forms, varied, deeper and shallower, each before a camera of its own."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .chance import LENS_M, ROOMS, random_person
from .clip import Clip
from .direction import shot
from .film import Film
from .labels import judged
from .moments import Moment, moments
from .motion import Parameters
from .people import Person
from .plan import FORMS, LONG_STEP, SHORT_STEP, Beat, form
from .stretches import SHIPPED

PASSED_THROUGH = {"start", "knee_up"}
"""Forms that are no stretch."""

SPREAD_DEG = {
    "extension": 7.0,
    "trunk": 4.0,
    "neck": 6.0,
    "rear_knee": 5.0,
    "bent_hip": 8.0,
    "bent_knee": 8.0,
    "straight_knee": 5.0,
    "leg_lift": 4.0,
    "trunk_elevation": 4.0,
}
"""By how much a form varies: the standard deviation of each angle that is asked for."""

DEEP_DEG = 5.0, 30.0
"""What a deep stretch adds to the extension, in one still of six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One picture before it is drawn: the clip that has it as its first frame, that frame, and the form it was meant to show.

    `label` is what its true angles make it, as of a clip: `correct`, a fault, or `None` where either answer is right.
    """

    clip: Clip
    moment: Moment
    form: str
    label: str | None


def random_stills(seed: int, index: int, count: int) -> Iterator[Still]:
    """The stills of the body with this number in the set with this seed, the stretches in turn."""
    chance = random.Random(f"still/{seed}/{index}")
    person, poses = random_person(chance, "tuning"), sorted(SHIPPED)
    for i in range(count):
        yield _still(chance, person, poses[i % len(poses)], f"still_{seed}_{index:03}_{i:02}")


def _still(chance: random.Random, person: Person, pose: str, name: str) -> Still:
    shown = chance.choice(sorted(FORMS[pose].keys() - PASSED_THROUGH))
    clip = shot(
        name,
        pose,
        name,
        [Beat(form="correct", held_s=1.0)],
        facing=chance.choice(("left", "right")),
        far_leg=chance.random() < 1 / 3,
        room=chance.choice(ROOMS),
        film=Film(noise=6.0 * chance.random() ** 2),
        who=person,
        yaw_deg=round(chance.choice((chance.uniform(-20, 20), chance.uniform(-20, 20), chance.uniform(-45, 45))), 1),
        height_m=round(chance.uniform(*LENS_M[pose]), 2),
        distance_m=round(chance.uniform(2.6, 4.0), 2),
        roll_deg=round(chance.choice((0.0, chance.uniform(-5, 5))), 1),
        wider=round(chance.uniform(1.0, 1.4), 2),
    )
    while True:
        varied = replace(clip, steps=((0.0, _varied(chance, person, pose, shown)), (1.0, {})))
        try:
            moment = next(moments(varied))
        except ValueError:
            # The front foot is out of reach so.
            continue
        label = judged(pose, moment.skeleton, moment.measures, person.body, clip.stretched)
        return Still(clip=varied, moment=moment, form=shown, label=label)


def _varied(chance: random.Random, person: Person, pose: str, shown: str) -> Parameters:
    short = (pose, shown) in SHORT_STEP
    step = SHORT_STEP.get((pose, shown), LONG_STEP.get(pose))
    wanted = dict(form(pose, shown, person.body, step, short))
    for name, spread_deg in SPREAD_DEG.items():
        if name in wanted:
            wanted[name] += chance.gauss(0.0, spread_deg)
    if step is not None:
        deep = chance.random() < 1 / 6
        wanted["extension"] += chance.uniform(*DEEP_DEG) if deep else 0.0
        wanted["step"] = step * (chance.uniform(1.0, 1.5) if deep else chance.uniform(0.92, 1.08))
    return wanted
