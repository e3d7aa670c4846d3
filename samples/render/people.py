"""The cast: made-up people by code. Each belongs to one part of the split, never to both."""

from dataclasses import dataclass
from typing import Literal

from .body import Body, Look

Part = Literal["tuning", "test"]


@dataclass(frozen=True, slots=True)
class Person:
    """A body, what it wears and which part of the samples it belongs to."""

    body: Body
    look: Look
    part: Part


PEOPLE: dict[str, Person] = {
    "p1": Person(
        Body(stature_m=1.78, girth=1.0),
        Look(shirt=(178, 58, 52), trousers=(52, 56, 70), shoes=(235, 235, 235), soles=(90, 90, 96)),
        "tuning",
    ),
    "p2": Person(
        Body(stature_m=1.64, girth=0.92, shoulder_width=0.92, hip_width=1.08, bust_m=0.028),
        Look(
            skin=(150, 104, 78),
            hair=(30, 24, 22),
            shirt=(66, 146, 140),
            trousers=(44, 40, 48),
            shoes=(230, 110, 90),
            soles=(240, 240, 240),
            sleeves="none",
            hair_cut="bun",
        ),
        "tuning",
    ),
    "p3": Person(
        Body(stature_m=1.70, girth=1.12, shoulder_width=1.0, hip_width=1.04),
        Look(
            skin=(226, 184, 160),
            hair=(120, 84, 52),
            shirt=(58, 84, 140),
            trousers=(84, 88, 94),
            shoes=(40, 42, 48),
            soles=(220, 220, 220),
            legs="shorts",
        ),
        "test",
    ),
}
