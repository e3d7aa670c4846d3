"""A clip is cut at times that its length tells, whoever works on it: what is seen does not depend on how many processes do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from formcheck.core.values import Landmarks
from formcheck.vision.sampling import Detection, interpolated

SEGMENT_S = 40.0
"""A piece is no longer than this (seconds), nor shorter than half unless it is all of a clip: a warm-up weighs little."""

WARM_S = 1.5
"""Looked at before a piece begins: the engine's smoothing then differs by a tenth of a degree from one that has run on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a clip, in seconds from its first frame; an `end_s` of `None` is the clip's end."""

    begin_s: float
    end_s: float | None

    @property
    def from_s(self) -> float:
        """When the warm-up begins."""
        return max(0.0, self.begin_s - WARM_S)


def segments_of(length_s: float | None) -> list[Segment]:
    """Return the pieces of a clip of `length_s` seconds, `None` = unknown. The last one runs to the end.

    They are of one length, and of an even number: two processes, or four, are through with them at nearly the same time.
    """
    if length_s is None or length_s <= SEGMENT_S:
        return [Segment(begin_s=0.0, end_s=None)]
    count = 2 * ceil(length_s / (2 * SEGMENT_S))
    cuts = [length_s * i / count for i in range(count)]
    return [Segment(begin_s=begin, end_s=end) for begin, end in zip(cuts, [*cuts[1:], None], strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentDetections:
    """What was seen in a piece: the looks, the last one before it among them, and the times of all its frames (seconds).

    `cut` tells that somebody asked for an end before the piece had one.
    """

    looks: Sequence[Detection]
    times_s: Sequence[float]
    cut: bool = False

    def people(self) -> Iterator[tuple[float, Callable[[], Sequence[Landmarks]]]]:
        """Yield the time of every frame, and what tells who is taken to have been seen in it."""
        i = 0
        for time_s in self.times_s:
            while i + 1 < len(self.looks) and self.looks[i].time_s < time_s:
                i += 1
            pair = self.looks[max(0, i - 1) : i + 1]
            yield time_s, partial(interpolated, pair[0], pair[-1], time_s) if pair else tuple
