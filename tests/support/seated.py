"""Somebody at a desk as landmarks, without a picture: head and shoulders, and days made of such sights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.values import JOINTS, Landmarks, Point

People = Sequence[Landmarks] | None


def seated(x: float = 0.89, y: float = 0.40, width: float = 0.60, visibility: float = 1.0) -> Landmarks:
    """Head and shoulders before a camera on the desk; what is below is guessed, as the engine does it."""
    points = {joint: Point(x=x, y=-0.4, visibility=0.0) for joint in JOINTS}
    points |= {
        "left_ear": Point(x=x + 0.1 * width, y=y + 0.5 * width, visibility=1.0),
        "right_ear": Point(x=x - 0.1 * width, y=y + 0.5 * width, visibility=1.0),
        "left_shoulder": Point(x=x + width / 2, y=y, visibility=visibility),
        "right_shoulder": Point(x=x - width / 2, y=y, visibility=visibility),
    }
    return Landmarks(points=points, world={}, aspect=16 / 9)


STANDING = seated(y=0.98)
NOBODY: People = ()
DARK: People = None


@dataclass(frozen=True)
class Stay:
    """So many minutes of the same sight."""

    minutes: float
    people: People


def looks(stays: Sequence[Stay], every_s: float = 5.0, noise: float = 0.0, seed: int = 0) -> Iterator[tuple[People, float]]:
    """A look every so often; `noise` is that of the shoulders, a standard deviation in their widths."""
    chance = np.random.default_rng(seed)
    number, end_s = 0, 0.0
    for stay in stays:
        end_s += 60 * stay.minutes
        while number * every_s < end_s - 1e-6:
            yield _shaken(stay.people, noise, chance), number * every_s
            number += 1


def _shaken(people: People, noise: float, chance: np.random.Generator) -> People:
    if not people or not noise:
        return people
    one = people[0].points
    left, right = one["left_shoulder"], one["right_shoulder"]
    width = (left.x - right.x) * (1 + chance.normal(0, noise))
    x, y = chance.normal((left.x + right.x) / 2, noise * width), chance.normal(left.y, noise * width)
    return (seated(x, y, width),)


HERE, ASIDE, NEARER = (seated(),), (seated(x=1.0),), (seated(width=0.75),)
