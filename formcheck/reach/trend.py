"""Whether somebody gets further than they did: medians of five sessions, and no word before the change is beyond doubt.

A change between sessions is real only above the minimal detectable change, 1.96 * sqrt(2) * sigma_within; with one set-up
sigma_within, the spread of somebody's session medians, is about 3 to 4 degrees. Where their own is larger, that counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median, stdev

from formcheck.reach.outings import Outing, percentile

SESSIONS = 5

SIGMA = 3.5
"""Degrees; the middle of what is to be expected of one set-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The median of the last sessions, and that of those `before` (`None`: too few yet). `detectable` is the smallest change
    that counts. All in degrees.
    """

    now: float
    before: float | None
    detectable: float

    @property
    def change(self) -> float | None:
        """Return by how much it has changed, for certain; `None` where that is more than the camera can tell."""
        change = self.now - self.before if self.before is not None else None
        return change if change is not None and abs(change) > self.detectable else None


def trend(outings: Sequence[Outing]) -> Trend | None:
    """Return how far somebody gets, now and at the beginning; `None` where nothing was held.

    The first five sessions are compared with the last five; with fewer than ten, there is nothing to compare yet.
    """
    medians = [found for one in outings if one.tells and (found := percentile([one.reach], 0.5)) is not None]
    if not medians:
        return None
    first, last = medians[:SESSIONS], medians[-SESSIONS:]
    enough = len(medians) >= 2 * SESSIONS
    sigma = max(SIGMA, *(stdev(part) for part in (first, last))) if enough else SIGMA
    return Trend(now=median(last), before=median(first) if enough else None, detectable=1.96 * sqrt(2.0) * sigma)
