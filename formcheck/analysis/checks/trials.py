"""The trials of one leg: each leads from the start to where the leg comes to rest, and is read there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import median, pstdev
from typing import TypeVar

from formcheck.analysis.checks.frames import CheckFrame, LegFrame, by_length
from formcheck.core.geometry import Vec, distance
from formcheck.core.measures.joints import outweighing
from formcheck.core.values import Reason, Side
from formcheck.stretches.checks import CheckSpec

_LEAST_S, _LEAST_DEG = 1.0, 15.0
"""A trial lasts for so long and leads so far out of the start: less is a grip that is changed."""

_LOST_S = 1.5
"""Unseen for longer than this, whatever was under way has ended."""

_GAP_S = 0.6
"""A leg that is unseen for longer than this is not known to be at rest."""

_BEFORE_S = 2.0
"""A segment's length is taken from so long before a trial on: the leg may point straight up before it leaves the start."""

_LEAVING_S = 0.7
"""What moves in a trial moves from where it was so long before. Earlier the engine sees a leg that is held close elsewhere."""

_SHORTER, _LONGER = 0.7, 1.2
"""As long as this, of its length, a segment seems at rest at least and at most. Shorter it would be turned by 45 degrees,
longer it cannot be: the engine saw it elsewhere than it is, and nothing is read."""

_NEAR_DEG = 5.0
"""Of the times in which a leg is at rest those within this of the furthest one count; the stillest of these is read."""

_LONG_SHARE = 0.95
"""A segment is as long as it is seen in all but the longest twentieth of the frames: one frame may be wild."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One trial. Times are in seconds, angles in degrees by the reading's name; `None`: not seen, or never at rest.

    `other_way` is the first reading by direction, where `angles` has it by length. `failed` has the witnesses that did not
    agree, `turned` whether the person was turned too far from the camera, `unseen` why a joint was not seen.
    """

    start_s: float
    end_s: float
    angles: Mapping[str, float | None]
    settled: bool
    other_way: float | None = None
    failed: tuple[str, ...] = ()
    turned: bool = False
    unseen: Reason | None = None


def find_trials(frames: Sequence[CheckFrame], spec: CheckSpec, side: Side, *, far: bool = False) -> list[Trial]:
    """Return the trials of the leg of that side, where it is the one on the camera's side, or with `far` the other one."""
    near = side.other if far else side
    own = [frame for frame in frames if frame.near is near]
    return [trial for first, last in _spans(own, spec, side) if (trial := _read(own, spec, side, first, last)) is not None]


def _spans(frames: Sequence[CheckFrame], spec: CheckSpec, side: Side) -> list[tuple[int, int]]:
    """The first and the last frame of each time away from the start that began there."""
    low, high = spec.trials.start
    spans: list[tuple[int, int]] = []
    first: int | None = None
    at_start_s: float | None = None
    last, last_s = 0, float("-inf")
    for i, frame in enumerate(frames):
        value = frame.legs[side].main
        if value is None:
            continue
        if frame.time_s - last_s > _LOST_S:
            if first is not None:
                spans.append((first, last))
            first, at_start_s = None, None
        if low <= value <= high:
            if first is not None:
                spans.append((first, last))
            first, at_start_s = None, frame.time_s
        elif first is None and at_start_s is not None:
            first = i
        last, last_s = i, frame.time_s
    return [*spans, (first, last)] if first is not None else spans


def _read(frames: Sequence[CheckFrame], spec: CheckSpec, side: Side, first: int, last: int) -> Trial | None:
    """The trial from the `first` to the `last` frame; `None` where it is none."""
    start_s, end_s = frames[first].time_s, frames[last].time_s
    low, high = spec.trials.start
    away = [
        max(low - value, value - high) for frame in frames[first : last + 1] if (value := frame.legs[side].main) is not None
    ]
    if end_s - start_s < _LEAST_S or max(away) < _LEAST_DEG:
        return None
    unread: dict[str, float | None] = {reading.name: None for reading in spec.readings}
    rest = _at_rest(frames[first : last + 1], spec, side)
    if rest is None:
        return Trial(start_s=start_s, end_s=end_s, angles=unread, settled=False)
    before = [frame for frame in frames[:first] if start_s - frame.time_s <= _BEFORE_S]
    leaving = [frame for frame in before if start_s - frame.time_s <= _LEAVING_S]
    on_the_way = [*before, *(frame for frame in frames[first : last + 1] if frame.time_s < rest[0].time_s)]
    legs = [frame.legs[side] for frame in rest]
    angles: dict[str, float | None] = {}
    other_way: float | None = None
    for reading in spec.readings:
        seen = _mostly(leg.angles[reading.name] for leg in legs)
        angles[reading.name] = median(seen) if seen else None
        if reading.kind != "turn" and seen:
            lengths = sorted(rise[1] for frame in on_the_way if (rise := frame.legs[side].rises[reading.name]) is not None)
            lengths = lengths or sorted(rise[1] for leg in legs if (rise := leg.rises[reading.name]) is not None)
            length = lengths[max(0, ceil(_LONG_SHARE * len(lengths)) - 1)]
            seeming = median(rise[1] for leg in legs if (rise := leg.rises[reading.name]) is not None)
            if not _SHORTER * length <= seeming <= _LONGER * length:
                return Trial(start_s=start_s, end_s=end_s, angles=unread, settled=False)
            values = [
                by_length(reading, rise, length, direction)
                for leg in legs
                if (rise := leg.rises[reading.name]) is not None and (direction := leg.angles[reading.name]) is not None
            ]
            if reading is spec.main:
                other_way = median(seen)
            angles[reading.name] = median(values)
    return Trial(
        start_s=start_s,
        end_s=end_s,
        angles=angles,
        settled=True,
        other_way=other_way,
        failed=_failed(spec, rest, leaving, side),
        turned=2 * sum(frame.turned for frame in rest) > len(rest),
        unseen=_unseen(legs),
    )


def _at_rest(frames: Sequence[CheckFrame], spec: CheckSpec, side: Side) -> Sequence[CheckFrame] | None:
    """The frames in which the leg is at rest, furthest from the start and there the stillest; `None` where it never is."""
    seen = [(frame, value) for frame in frames if (value := frame.legs[side].main) is not None]
    low, high = spec.trials.start
    candidates: list[tuple[float, float, int, int]] = []
    end = 0
    for begin, (frame, _) in enumerate(seen):
        until_s = frame.time_s + spec.trials.settled_s
        while end < len(seen) and seen[end][0].time_s < until_s - 1e-6:
            end += 1
        if end == len(seen):
            break
        window = seen[begin : end + 1]
        if any(later.time_s - earlier.time_s > _GAP_S for (earlier, _), (later, _) in pairwise(window)):
            continue
        values = [value for _, value in window]
        deviation = pstdev(values)
        if deviation <= spec.trials.settled_within_deg:
            middle = median(values)
            candidates.append((max(low - middle, middle - high), deviation, begin, end))
    if not candidates:
        return None
    furthest = max(candidate[0] for candidate in candidates)
    _, _, begin, end = min((c for c in candidates if c[0] >= furthest - _NEAR_DEG), key=lambda c: c[1])
    return [frame for frame, _ in seen[begin : end + 1]]


def _failed(spec: CheckSpec, rest: Sequence[CheckFrame], leaving: Sequence[CheckFrame], side: Side) -> tuple[str, ...]:
    """The witnesses that did not agree; one that was not seen does not."""
    failed: list[str] = []
    for witness in spec.witnesses:
        if witness.kind == "shift":
            ends = [_mostly(frame.legs[side].places[witness.name] for frame in frames) for frames in (leaving, rest)]
            trunk = median(frame.trunk for frame in rest)
            middles = [(median(x for x, _ in end), median(y for _, y in end)) for end in ends if end]
            value = distance(*middles) / trunk if len(middles) == 2 and trunk > 0 else None
        else:
            seen = _mostly(frame.legs[side].angles[witness.name] for frame in rest)
            value = median(seen) if seen else None
        if value is None or not witness.agrees(value):
            failed.append(witness.name)
    return tuple(failed)


def _unseen(legs: Sequence[LegFrame]) -> Reason | None:
    """Why a joint was not seen for most of the time at rest."""
    hidden = [leg.unseen for leg in legs if leg.unseen is not None]
    return outweighing(hidden) if 2 * len(hidden) > len(legs) else None


_Value = TypeVar("_Value", float, Vec)


def _mostly(values: Iterable[_Value | None]) -> list[_Value]:
    """Return what was seen of `values`, if that is at least half of them."""
    every = list(values)
    seen = [value for value in every if value is not None]
    return seen if 2 * len(seen) >= len(every) else []
