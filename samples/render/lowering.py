"""Set-ups by chance at a table's end: somebody, a camera, and a leg that is let down to known angles."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from .camera import Facing
from .chance import ROOMS, random_person
from .clip import Clip
from .film import Film
from .motion import Parameters
from .table import camera, table

HUGGED: Parameters = {"hands": 0.0}
"""Both knees held to the chest, which is how the act rests."""

UPRIGHT_DEG = 90.0
"""The thigh of the leg on its way down as it points straight up, over level."""

FPS = Fraction(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """One set-up before it is drawn. Angles in degrees: ``hip`` and ``knee`` as they are once the leg has come to rest."""

    clip: Clip
    hip: float
    knee: float
    pelvis: float

    def at_rest(self) -> Parameters:
        """The leg let down, and the pelvis as it is then."""
        return {"thigh": self.hip, "knee": self.knee, "pelvis": self.pelvis, "hands": 1.0}

    def stills(self) -> Iterator[Clip]:
        """Clips of one picture each: both knees held, the thigh upright, the leg let down."""
        for state in (HUGGED, {"thigh": UPRIGHT_DEG, "knee": 100.0, "hands": 1.0}, self.at_rest()):
            held = self.clip.steps[0][1]
            yield replace(self.clip, steps=((0.0, {**held, **state}), (1.0, {})))

    def film(self, *, sway_deg: float = 0.0) -> Clip:
        """A clip of three lowerings; ``sway_deg``: by how much the leg goes on moving to and fro once it is down."""
        chance = random.Random(f"film/{self.clip.name}")
        steps: list[tuple[float, Parameters]] = [(0.0, {**self.clip.steps[0][1], **HUGGED})]
        at_s = 1.5
        for _ in range(3):
            down = {**self.at_rest(), "thigh": self.hip + chance.gauss(0.0, 0.7)}
            steps += [(at_s, {}), (at_s + 2.5, down)]
            at_s += 2.5
            for swing in range(8):
                at_s += 0.6
                steps.append((at_s, {"thigh": down["thigh"] + sway_deg * (-1) ** swing + chance.gauss(0.0, 0.4)}))
            steps.append((at_s + 1.4, {"thigh": 122.0, "knee": 128.0, "pelvis": 0.0, **HUGGED}))
            at_s += 2.4
        steps.append((at_s, {}))
        return replace(self.clip, steps=steps, fps=FPS)


def random_setup(seed: int, index: int) -> Setup:
    """The set-up with this number in the set with this seed."""
    chance = random.Random(f"lowering/{seed}/{index}")
    person = random_person(chance, "tuning")
    facing: Facing = chance.choice(("left", "right"))
    held: Parameters = {
        "held_hip": round(max(113.0, chance.gauss(126.0, 5.0)), 1),
        "held_knee": round(chance.gauss(128.0, 8.0), 1),
        "tilt": round(chance.gauss(0.0, 1.5), 1),
    }
    clip = Clip(
        name=f"lowering_{seed}_{index:03}",
        pose="none",
        person=f"l{seed}-{index}",
        stretched="right" if facing == "right" else "left",
        facing=facing,
        camera=camera(
            person,
            facing,
            yaw_deg=round(chance.choice((-1, 1)) * chance.uniform(0.0, 35.0), 1),
            roll_deg=round(chance.choice((0.0, chance.uniform(-5.0, 5.0))), 1),
            height_m=round(chance.uniform(0.6, 1.1), 2),
            distance_m=round(chance.uniform(2.5, 3.6), 2),
            wider=round(chance.uniform(1.0, 1.3), 2),
        ),
        steps=((0.0, held), (1.0, {})),
        hands=("round_both_shins", "round_shin"),
        act="table",
        room=replace(chance.choice(ROOMS), mat=None, props=(table(person.body, facing),)),
        film=Film(noise=6.0 * chance.random() ** 2),
        who=person,
    )
    return Setup(
        clip=clip,
        hip=round(chance.uniform(-30.0, 25.0), 1),
        knee=round(chance.uniform(20.0, 110.0), 1),
        pelvis=round(chance.choice((0.0, chance.uniform(0.0, 20.0))), 1),
    )
