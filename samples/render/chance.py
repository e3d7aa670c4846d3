"""Further clips by chance: a body, a camera, a room and a plan that no other clip has, the same for a seed every time.

In one of eight somebody else walks through the room, in front or behind.
"""

import random
from fractions import Fraction
from typing import Literal

from .body import Body, Colour, Look
from .camera import Facing
from .clip import Clip, Extra
from .direction import shot
from .film import Film
from .hard import walking
from .labels import FAULTS
from .people import PEOPLE, Part, Person
from .plan import LONG_STEP, SHORT_STEP, beats
from .rooms import BARE, DARK_FLOOR, EVENING, GREEN, GYM, LIVING, STUDY, WINDOW
from .stretches import SHIPPED

ROOMS = (BARE, DARK_FLOOR, GREEN, GYM, LIVING, STUDY, BARE, DARK_FLOOR, GREEN, EVENING, WINDOW)
SKINS: tuple[Colour, ...] = ((236, 198, 178), (222, 176, 150), (198, 150, 118), (150, 104, 78), (98, 68, 52))
HAIRS: tuple[Colour, ...] = ((30, 24, 22), (64, 44, 32), (120, 84, 52), (176, 132, 78), (150, 146, 142))
LENS_M = {"kneeling_hip_flexor": (0.3, 1.0), "supine_psoas": (0.3, 1.1), "standing_psoas": (0.6, 1.4)}


def random_clip(seed: int, index: int, part: Part = "tuning") -> Clip:
    """The clip with this number in the set with this seed; somebody new does one of the stretches with two faults."""
    chance = random.Random(f"{seed}/{index}")
    pose = chance.choice(sorted(SHIPPED))
    person = random_person(chance, part)
    first, second = chance.sample(_together(pose, chance), 2)
    return shot(
        f"random_{seed}_{index:03}",
        pose,
        f"r{seed}-{index}",
        beats(
            ("start", 0.4),
            ("correct", round(chance.uniform(3.5, 6.0), 1)),
            (first, 2.4),
            ("correct", 0.6),
            (second, 2.4),
            move_s=round(chance.uniform(0.7, 1.2), 1),
        ),
        facing=chance.choice(("left", "right")),
        far_leg=chance.random() < 0.2,
        fps=chance.choice((Fraction(12), Fraction(15), Fraction(24), Fraction(30000, 1001))),
        room=chance.choice(ROOMS),
        film=Film(noise=6.0 * chance.random() ** 2, blur=chance.choice((0.0, 0.0, 0.3)), irregular=chance.random() < 0.1),
        who=person,
        yaw_deg=round(chance.choice((chance.uniform(-15, 15), chance.uniform(-15, 15), chance.uniform(-45, 45))), 1),
        height_m=round(chance.uniform(*LENS_M[pose]), 2),
        distance_m=round(chance.uniform(2.6, 4.0), 2),
        roll_deg=round(chance.choice((0.0, chance.uniform(-5, 5))), 1),
        size=(640, 360) if pose == "supine_psoas" or chance.random() < 0.8 else (360, 640),
        extras=_passers(chance),
    )


def _passers(chance: random.Random) -> tuple[Extra, ...]:
    """Somebody who walks through the room while the first form is held, in one of eight clips."""
    if chance.random() >= 1 / 8:
        return ()
    way: Facing = chance.choice(("left", "right"))
    scene = walking(way, round(chance.uniform(0.0, 2.0), 1), 10)
    x_m = round(chance.uniform(2.2, 3.0), 1) * (1 if way == "left" else -1)
    return (Extra(person=chance.choice(sorted(PEOPLE)), scenes=(scene,), x_m=x_m, z_m=chance.choice((-1.0, 0.8))),)


def random_person(chance: random.Random, part: Part) -> Person:
    """Somebody of any height and build."""

    def colour() -> Colour:
        return chance.randint(30, 220), chance.randint(30, 220), chance.randint(30, 220)

    body = Body(
        stature_m=round(chance.uniform(1.50, 1.95), 2),
        girth=round(chance.uniform(0.88, 1.22), 2),
        shoulder_width=round(chance.uniform(0.90, 1.08), 2),
        hip_width=round(chance.uniform(1.0, 1.14), 2),
        bust_m=chance.choice((0.0, 0.022, 0.030)),
    )
    cuts: tuple[Literal["short", "bun", "long", "bald"], ...] = ("short", "short", "bun", "long", "bald")
    legs: tuple[Literal["long", "wide", "leggings", "shorts"], ...] = ("long", "wide", "leggings", "shorts")
    sleeves: tuple[Literal["short", "none", "long"], ...] = ("short", "none", "long")
    look = Look(
        skin=chance.choice(SKINS),
        hair=chance.choice(HAIRS),
        shirt=colour(),
        trousers=colour(),
        shoes=colour(),
        sleeves=chance.choice(sleeves),
        legs=chance.choice(legs),
        hair_cut=chance.choice(cuts),
        loose_m=chance.choice((0.0, 0.0, 0.018)),
    )
    return Person(body, look, part)


def _together(pose: str, chance: random.Random) -> list[str]:
    """Faults that can be shown with the front foot in one place."""
    names = [fault.name for fault in FAULTS[pose]]
    if pose not in LONG_STEP:
        return names
    needs: dict[str, float] = {name: step for (of, name), step in SHORT_STEP.items() if of == pose}
    anywhere = {"head_drops", *(["hips_not_forward"] if pose == "kneeling_hip_flexor" else [])}
    step = chance.choice([LONG_STEP[pose], *sorted(set(needs.values()))])
    return [name for name in names if name in anywhere or needs.get(name, LONG_STEP[pose]) == step]
