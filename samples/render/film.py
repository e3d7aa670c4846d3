"""From pictures to film: blur of what moves, noise of a small sensor, and when each frame is taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """How it was filmed.

    ``noise``: standard deviation of each pixel in grey levels (0..255). ``blur``: share of the picture before that
    shows in each (0..0.9). ``irregular``: frames come late or not at all. ``quarter_turn``: a phone held upright,
    which stores a lying picture with a tag that says to turn it. ``crf``: 0..51, more is smaller and worse.
    """

    noise: float = 0.0
    blur: float = 0.0
    irregular: bool = False
    quarter_turn: bool = False
    crf: int = 23


def times_s(film: Film, fps: Fraction, end_s: float) -> list[float]:
    """When each frame is taken: evenly, or with every tenth or so missing and the others up to a quarter late."""
    even = [float(index / fps) for index in range(round(end_s * fps))]
    if not film.irregular:
        return even
    chance = np.random.default_rng(11)
    late = chance.uniform(0.0, 0.25 / float(fps), len(even))
    taken = chance.random(len(even)) > 0.1
    return [round(t + float(d), 3) for i, (t, d) in enumerate(zip(even, late, strict=True)) if taken[i] or i == 0]


def exposed(pictures: Iterable[Picture], film: Film) -> Iterator[Picture]:
    """The pictures with this film's blur and noise; the same every time."""
    chance, before = np.random.default_rng(5), None
    for picture in pictures:
        light = picture.astype(np.float32)
        if before is not None and film.blur > 0:
            light = light * (1.0 - film.blur) + before * film.blur
        before = light
        if film.noise > 0:
            # Grain of two pixels' width survives the encoder, as a real sensor's does after sharpening.
            height, width = picture.shape[:2]
            coarse = chance.normal(0.0, film.noise, (height // 2 + 1, width // 2 + 1, 1)).astype(np.float32)
            light = light + coarse.repeat(2, 0).repeat(2, 1)[:height, :width]
        developed: Picture = np.rint(light).clip(0, 255).astype(np.uint8)
        yield developed
