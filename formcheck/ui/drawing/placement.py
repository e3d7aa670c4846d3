"""Choosing one of several places for something drawn, so that it does not jump about from frame to frame."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

CostOfPlace = Callable[[int, float], float]
"""What the place with this index costs, infinite where nothing may be drawn; counting may stop at the second number."""

TOLERABLE = 0.1
"""A place that costs no more than this is not left, and a better one is better by at least this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """A chosen place.

    `index` is its index among all places. `worse_since_s` is since when another one has been better, in seconds from the first
    frame; `None` while there is none.
    """

    index: int
    worse_since_s: float | None = None


def choose_place(before: PlaceChoice | None, cost: CostOfPlace, count: int, now_s: float, patience_s: float) -> PlaceChoice:
    """Return the cheapest of `count` places, or the one from `before`.

    That one is kept until another has been better for `patience_s` seconds, or nothing may be drawn there any more.
    """
    kept = inf if before is None else cost(before.index, inf)
    if before is not None and kept <= TOLERABLE:
        return PlaceChoice(index=before.index)
    best, least = (0 if before is None else before.index), kept if kept == inf else kept - TOLERABLE
    for index in range(count):
        found = cost(index, least)
        if found < least:
            best, least = index, found
    if before is None or kept == inf:
        return PlaceChoice(index=best)
    if best == before.index:
        return PlaceChoice(index=best)
    since_s = now_s if before.worse_since_s is None else before.worse_since_s
    if now_s - since_s >= patience_s:
        return PlaceChoice(index=best)
    return PlaceChoice(index=before.index, worse_since_s=since_s)
