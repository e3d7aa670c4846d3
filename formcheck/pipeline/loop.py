"""The one loop of the program: people are detected in a frame and judged, and the engine is told whom to follow.

Clips, live sessions, calibrations and recordings of landmarks all go through `observe`; they differ in where the frames come
from and in what judges the people seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from formcheck.core.interfaces import Engine, Frame
from formcheck.core.values import Landmarks
from formcheck.core.wording.language import N_

NOTHING_LOOKED_AT = N_("Stopped before anything was looked at; nothing is written.")
"""Of a clip that was stopped at once."""

Judged = TypeVar("Judged")
Judged_co = TypeVar("Judged_co", covariant=True)


class Analyzer(Protocol[Judged_co]):
    """What judges the people seen in a frame. `wanted` is whom the engine should follow, where it follows another person."""

    @property
    def wanted(self) -> Landmarks | None: ...

    def step(self, people: Sequence[Landmarks], time_s: float) -> Judged_co: ...


def observe(
    frames: Iterable[Frame], engine: Engine, analyzer: Analyzer[Judged]
) -> Iterator[tuple[Frame, Sequence[Landmarks], Judged]]:
    """Yield each of `frames`, the people the engine saw in it, and what the analyzer made of them. `engine` is open.

    The next frame is taken only when the one before has been dealt with.
    """
    for frame in frames:
        people = engine.detect(frame)
        judged = analyzer.step(people, frame.time_s)
        if analyzer.wanted is not None:
            engine.follow(analyzer.wanted)
        yield frame, people, judged
