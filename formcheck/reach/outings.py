"""From the history to how far somebody got in each session, stretch by stretch and side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from formcheck.history import Entry
from formcheck.values import Side

LEAST_S = 3.0
"""Less than this in a session says nothing of a person's range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """One session of one stretch on one side: seconds held without a fault by whole degrees, and whether it hurt."""

    on: datetime
    reach: Mapping[int, float]
    pain: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says how far the person gets in comfort."""
        return not self.pain and sum(self.reach.values()) >= LEAST_S


def outings(entries: Iterable[Entry], pose: str) -> dict[Side, list[Outing]]:
    """Return the outings of `pose` for each side that has any, in order of time."""
    found: dict[Side, list[Outing]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.started):
        for side in Side:
            done = [one for one in entry.stretches if (one.pose, one.side) == (pose, side)]
            hurt = any(pain.pose == pose and pain.side in (side, None) for pain in entry.pains)
            reach: dict[int, float] = defaultdict(float)
            for one in done:
                for degrees, seconds in one.reach.items():
                    reach[degrees] += seconds
            if reach or hurt:
                found[side].append(Outing(on=entry.started, reach=dict(reach), pain=hurt))
    return dict(found)


def percentile(reaches: Iterable[Mapping[int, float]], share: float) -> float | None:
    """Return the degrees that were not exceeded for `share` (0..1) of the time; `None` where there is none."""
    seconds: dict[int, float] = defaultdict(float)
    for reach in reaches:
        for degrees, held_s in reach.items():
            seconds[degrees] += held_s
    wanted_s = share * sum(seconds.values())
    passed_s = 0.0
    for degrees in sorted(seconds):
        passed_s += seconds[degrees]
        if passed_s >= wanted_s - 1e-9:
            return float(degrees)
    return None
