"""A clip is cut at times that follow from its length alone: what is seen does not depend on how many processes do."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

SEGMENT_S = 40.0
"""A segment is no longer than this (seconds), nor shorter than half unless it is all of a clip: a warm-up weighs little."""

WARM_S = 1.5
"""Detected in before a segment begins: the engine's smoothing then differs by a tenth of a degree from one that has run on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a clip, in seconds that passed since its first frame; an `end_s` of `None` is the clip's end."""

    begin_s: float
    end_s: float | None

    @property
    def from_s(self) -> float:
        """When the warm-up begins."""
        return max(0.0, self.begin_s - WARM_S)


def segments_of(
    length_s: float | None, from_s: float = 0.0, to_s: float | None = None, times_s: Sequence[float] = ()
) -> list[Segment]:
    """Return the segments of a clip of `length_s` seconds, `None` = unknown, or of its part from `from_s` to `to_s`.

    The last one runs to `to_s`, `None` = the clip's end.

    They are of one length, and of an even number: two processes, or four, are through with them at nearly the same time.
    Where the times of all pictures are known (`times_s`, in order), segments that have none are left out.
    """
    spent_s = length_s - from_s if length_s is not None else None
    if spent_s is None or spent_s <= SEGMENT_S:
        return [Segment(begin_s=from_s, end_s=to_s)]
    count = 2 * ceil(spent_s / (2 * SEGMENT_S))
    cuts = [from_s + spent_s * i / count for i in range(count)]
    segments = [Segment(begin_s=begin, end_s=end) for begin, end in zip(cuts, [*cuts[1:], to_s], strict=True)]
    return [one for one in segments if not times_s or _pictures(one, times_s) > 0]


def _pictures(segment: Segment, times_s: Sequence[float]) -> int:
    return bisect_left(times_s, inf if segment.end_s is None else segment.end_s) - bisect_left(times_s, segment.begin_s)
