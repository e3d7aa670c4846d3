"""A day at a desk: who sits, shifts, stands or is away when, as truth, and as a film of rendered pictures at its own times."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from formcheck.core.interfaces import Image
from formcheck.system.native.media_libs import av
from samples.render.desk import AWAY, CAMERA, AtDesk, pictures
from samples.render.people import PEOPLE
from samples.render.rooms import STUDY

SEATED = (
    AtDesk(),
    AtDesk(aside_m=0.10),
    AtDesk(aside_m=-0.09, lower_m=0.02),
    AtDesk(nearer_m=0.13),
    AtDesk(lower_m=0.06, trunk=-8.0),
    AtDesk(trunk=16.0, aside_m=0.12),
    AtDesk(nearer_m=-0.12, aside_m=0.05),
)
"""Ways to sit, each further from the others than a shift is."""

STANDING = AtDesk(standing=True, nearer_m=-0.45)
SIZE = (480, 270)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDay:
    """Who is where from when on: `changes` are seconds and ways, the first at 0."""

    changes: Sequence[tuple[float, AtDesk]]
    end_s: float

    def spans(self) -> Iterator[tuple[float, float, AtDesk]]:
        ends = [*(start_s for start_s, _ in self.changes[1:]), self.end_s]
        for (start_s, way), end_s in zip(self.changes, ends, strict=True):
            yield start_s, end_s, way

    @property
    def sat_s(self) -> float:
        return sum(end_s - start_s for start_s, end_s, way in self.spans() if way in SEATED)

    @property
    def breaks(self) -> list[tuple[float, float]]:
        """Out of the seat for a minute and more, between two times in it."""
        found = [(start_s, end_s) for start_s, end_s, way in self.spans() if way not in SEATED]
        return [one for one in found if one[1] - one[0] >= 60 and one[0] > 0 and one[1] < self.end_s]

    @property
    def shifts(self) -> list[float]:
        """From one way to sit straight to another."""
        ways = [way for _, way in self.changes]
        return [at_s for i, (at_s, way) in enumerate(self.changes) if i and way in SEATED and ways[i - 1] in SEATED]

    def at(self, time_s: float) -> AtDesk:
        return [way for start_s, way in self.changes if start_s <= time_s][-1]


def random_day(hours: float, seed: int) -> DeskDay:
    """A day of sitting, with shifts every 3 to 25 minutes and breaks of 1 to 30 every 20 to 70, by chance."""
    chance = random.Random(f"desk/{seed}")
    end_s, time_s, way = 3600 * hours, 0.0, SEATED[0]
    changes = [(time_s, way)]
    break_s = 60 * chance.uniform(20, 70)
    while True:
        time_s += 60 * chance.uniform(3, 25)
        if time_s >= end_s - 120:
            return DeskDay(changes=changes, end_s=end_s)
        if time_s >= break_s:
            length_s = 60 * chance.choice((1.2, 2.0, 5.0, chance.uniform(5, 30)))
            changes.append((time_s, chance.choice((AWAY, AWAY, STANDING))))
            time_s = min(time_s + length_s, end_s - 60)
            break_s = time_s + 60 * chance.uniform(20, 70)
        way = chance.choice([one for one in SEATED if one is not way])
        changes.append((time_s, way))


def draw(person: str = "p1") -> dict[AtDesk, Image]:
    """A picture of each way to be at the desk."""
    ways = [*SEATED, STANDING, AWAY]
    drawn = pictures(PEOPLE[person], ways, STUDY, replace(CAMERA, size=SIZE))
    return dict(zip(ways, drawn, strict=True))


def film(path: Path, day: DeskDay, drawn: dict[AtDesk, Image], *, every_s: float = 5.0, noise: float = 0.0) -> Path:
    """Write a picture every so often, at the times of the day; `noise` (grey levels) makes each another one."""
    chance = np.random.default_rng(5)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(1), options={"preset": "veryfast", "crf": "26"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for i in range(int(day.end_s / every_s)):
            image = drawn[day.at(i * every_s)]
            if noise:
                grain = chance.normal(0.0, noise, (*image.shape[:2], 1)).astype(np.float32)
                image = np.clip(image + grain, 0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
            frame.time_base = stream.codec_context.time_base
            frame.pts = round(1000 * i * every_s)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
