"""From where on a stretch's goal earns full credit for one person: their own range, followed slowly.

R is the 80th percentile of what was held, comfortably and without a fault, in the last 5 sessions; 12 degrees to begin with.
Full credit from 0.8 R on, but not from less than 8, with which a stretch begins; who cannot reach 8 is asked for R - 3. The
edge follows the history session by session, so that the history alone decides and nothing has to be kept beside it. These are
degrees of hip extension, the only goal that the shipped stretches have.

From the history to how far somebody got in each session, stretch by stretch and side by side.

Whether somebody gets further than they did: medians of five sessions, and no word before the change is beyond doubt.

A change between sessions is real only above the minimal detectable change, 1.96 * sqrt(2) * sigma_within; with one set-up
sigma_within, the spread of somebody's session medians, is about 3 to 4 degrees. Where their own is larger, that counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf, sqrt
from statistics import median, stdev

from formcheck.core.values import Side
from formcheck.people.history import Entry
from formcheck.stretches import StretchSpec

LEAST_S = 3.0
"""Less than this in a session says nothing of a person's range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReach:
    """One session of one stretch on one side: seconds held without a fault by whole degrees, and whether it hurt."""

    on: datetime
    reach: Mapping[int, float]
    pain: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says how far the person gets in comfort."""
        return not self.pain and sum(self.reach.values()) >= LEAST_S


def session_reaches(entries: Iterable[Entry], pose: str) -> dict[Side, list[SessionReach]]:
    """Return the outings of `pose` for each side that has any, in order of time."""
    found: dict[Side, list[SessionReach]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.started):
        for side in Side:
            done = [one for one in entry.stretches if (one.pose, one.side) == (pose, side)]
            hurt = any(pain.pose == pose and pain.side in (side, None) for pain in entry.pains)
            reach: dict[int, float] = defaultdict(float)
            for one in done:
                for degrees, seconds in one.reach.items():
                    reach[degrees] += seconds
            if reach or hurt:
                found[side].append(SessionReach(on=entry.started, reach=dict(reach), pain=hurt))
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


SESSIONS, SHARE = 5, 0.8
START, LEAST, ROOM = 12.0, 8.0, 3.0
FLOOR = 0.0
"""Nothing lower is ever asked for: a hip that is not even straight stretches nothing."""

MOST = 22.0
"""Full credit reaches to 30 at least in any case (beyond that the back adds to it), and begins 8 below it at the latest."""

A_WEEK_AT_MOST = 2.0
"""The edge rises by no more than this (degrees) a week, nor from one session to the next, whatever lies between them."""

_WEEK_S = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalGoal:
    """Full credit from `edge` on, as `reach` (R) is the person's range now; both in degrees."""

    edge: float
    reach: float

    @property
    def short(self) -> bool:
        """Whether the person is asked for less than the stretch begins with."""
        return self.edge < LEAST


def personal_goal(spec: StretchSpec, sides: Mapping[Side, Sequence[SessionReach]], now: datetime) -> PersonalGoal | None:
    """Return what is asked of both sides: what the stiffer one, of those that were stretched, is fit for.

    `None` for a stretch without a goal.
    """
    if spec.goal is None:
        return None
    each = [_of_side(outings, now) for outings in sides.values() if outings]
    return min(each, key=lambda one: one.edge, default=PersonalGoal(edge=_wanted(START), reach=START))


def _of_side(outings: Iterable[SessionReach], now: datetime) -> PersonalGoal:
    edge, reach, before = _wanted(START), START, None
    told: list[SessionReach] = []
    for outing in outings:
        edge = _risen(edge, _wanted(reach), before, outing.on)
        before = outing.on
        if outing.pain:
            edge = max(FLOOR, min(LEAST, edge - ROOM))
        elif outing.tells:
            told.append(outing)
            reach = percentile((one.reach for one in told[-SESSIONS:]), SHARE) or 0.0
        edge = min(edge, _wanted(reach))
    return PersonalGoal(edge=_risen(edge, _wanted(reach), before, now), reach=reach)


def _wanted(reach: float) -> float:
    return min(MOST, max(LEAST, 0.8 * reach)) if reach >= LEAST else max(FLOOR, reach - ROOM)


def _risen(edge: float, wanted: float, since: datetime | None, now: datetime) -> float:
    """Return where the edge is by `now`, on its way to what is wanted."""
    weeks = (now - since).total_seconds() / _WEEK_S if since is not None else inf
    return min(wanted, edge + A_WEEK_AT_MOST * max(0.0, min(1.0, weeks)))


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


def trend(outings: Sequence[SessionReach]) -> Trend | None:
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
