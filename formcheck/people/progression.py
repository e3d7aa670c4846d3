"""A person's own range of a stretch: how far each session reached, from where on they get full credit, and the trend.

R is the 80th percentile of what was held, comfortably and without a fault, in the last 5 sessions; 12 degrees to begin with.
Full credit starts at 0.8 R, but not below 8, with which a stretch begins; a person who cannot reach 8 gets it from R - 3. That
edge follows the history session by session, so the history alone decides and nothing is stored beside it. These are degrees of
hip extension, the only goal that the shipped stretches have.

The trend compares medians of five sessions. A change is real only above the minimal detectable change, 1.96 * sqrt(2) *
sigma_within; with one set-up sigma_within, the spread of a person's session medians, is about 3 to 4 degrees. Where their own
is larger, that counts.
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
"""Seconds; less in a session says nothing about a person's range."""

SESSIONS, SHARE = 5, 0.8
START, LEAST, ROOM = 12.0, 8.0, 3.0
FLOOR = 0.0
"""The edge never lies lower: a hip that is not even straight stretches nothing."""

MOST = 22.0
"""Full credit reaches to 30 at least in any case (beyond that the back adds to it), and begins 8 below it at the latest."""

A_WEEK_AT_MOST = 2.0
"""The edge rises by no more than this (degrees) a week, nor from one session to the next, whatever lies between them."""

_WEEK_S = 7 * 24 * 3600.0

SIGMA = 3.5
"""Degrees; the middle of what one set-up gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReach:
    """One session of one stretch on one side: seconds held without a fault by whole degrees, and whether it hurt."""

    on: datetime
    reach: Mapping[int, float]
    pain: bool = False

    @property
    def conclusive(self) -> bool:
        """Whether the session shows how far the person gets in comfort."""
        return not self.pain and sum(self.reach.values()) >= LEAST_S


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalGoal:
    """From where on the person gets full credit, and `reach` (R), their range now; both in degrees."""

    full_credit_from_deg: float
    reach: float

    @property
    def short(self) -> bool:
        """Whether full credit starts below the 8 degrees with which a stretch begins."""
        return self.full_credit_from_deg < LEAST


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
        """The change, where it is certain; `None` where it is less than the camera can detect."""
        change = self.now - self.before if self.before is not None else None
        return change if change is not None and abs(change) > self.detectable else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesReach:
    """The median of the last sessions of each side, and the smallest difference that counts; all in degrees."""

    left: float
    right: float
    detectable: float

    @property
    def left_minus_right(self) -> float | None:
        """The difference, where it is certain; `None` where it is less than the camera can detect."""
        difference = self.left - self.right
        return difference if abs(difference) > self.detectable else None


def session_reaches(entries: Iterable[Entry], pose: str) -> dict[Side, list[SessionReach]]:
    """Return the sessions of `pose` for each side that has any, in order of time."""
    by_side: dict[Side, list[SessionReach]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.started):
        for side in Side:
            done = [one for one in entry.stretches if (one.pose, one.side) == (pose, side)]
            hurt = any(pain.pose == pose and pain.side in (side, None) for pain in entry.pains)
            reach = _seconds_by_degree(one.reach for one in done if one.held_s > 0)
            if reach or hurt:
                by_side[side].append(SessionReach(on=entry.started, reach=reach, pain=hurt))
    return {side: by_side[side] for side in Side if side in by_side}


def personal_goal(spec: StretchSpec, sides: Mapping[Side, Sequence[SessionReach]], now: datetime) -> PersonalGoal | None:
    """Return the goal for both sides, that of the stiffer one of those stretched; `None` for a stretch without a goal."""
    if spec.goal is None:
        return None
    each = [_of_side(reaches, now) for reaches in sides.values() if reaches]
    return min(each, key=lambda one: one.full_credit_from_deg, default=_of_side((), now))


def session_medians(reaches: Iterable[SessionReach]) -> list[tuple[datetime, float]]:
    """Return how far each session went that shows it: when it was, and the median of what was held, in degrees."""
    medians = ((one.on, percentile([one.reach], 0.5)) for one in reaches if one.conclusive)
    return [(on, degrees) for on, degrees in medians if degrees is not None]


def trend(reaches: Sequence[SessionReach]) -> Trend | None:
    """Return how far the person gets, now and at the beginning; `None` where nothing was held."""
    return trend_of(session_medians(reaches))


def trend_of(medians: Sequence[tuple[datetime, float]]) -> Trend | None:
    """Return the trend of what `session_medians` returned.

    The first five sessions are compared with the last five; with fewer than ten, there is nothing to compare yet.
    """
    if not medians:
        return None
    first, last = _degrees(medians[:SESSIONS]), _degrees(medians[-SESSIONS:])
    enough = len(medians) >= 2 * SESSIONS
    detectable = _detectable(first, last) if enough else _detectable()
    return Trend(now=median(last), before=median(first) if enough else None, detectable=detectable)


def sides_reach(left: Sequence[tuple[datetime, float]], right: Sequence[tuple[datetime, float]]) -> SidesReach | None:
    """Return how far each side gets in its last five sessions, of what `session_medians` returned for each.

    `None` where a side has fewer.
    """
    both = [_degrees(side[-SESSIONS:]) for side in (left, right)]
    if min(map(len, both)) < SESSIONS:
        return None
    return SidesReach(left=median(both[0]), right=median(both[1]), detectable=_detectable(*both))


def _degrees(medians: Iterable[tuple[datetime, float]]) -> list[float]:
    return [degrees for _, degrees in medians]


def _detectable(*parts: Sequence[float]) -> float:
    """Return by how many degrees medians of sessions must differ for it to count."""
    return 1.96 * sqrt(2.0) * max((SIGMA, *map(stdev, parts)))


def percentile(reaches: Iterable[Mapping[int, float]], share: float) -> float | None:
    """Return the degrees that were not exceeded for `share` (0..1) of the time; `None` where there is none."""
    seconds = _seconds_by_degree(reaches)
    target_s = share * sum(seconds.values())
    passed_s = 0.0
    for degrees in sorted(seconds):
        passed_s += seconds[degrees]
        if passed_s >= target_s - 1e-9:
            return float(degrees)
    return None


def _seconds_by_degree(reaches: Iterable[Mapping[int, float]]) -> dict[int, float]:
    seconds: dict[int, float] = defaultdict(float)
    for reach in reaches:
        for degrees, held_s in reach.items():
            seconds[degrees] += held_s
    return dict(seconds)


def _of_side(sessions: Iterable[SessionReach], now: datetime) -> PersonalGoal:
    edge, reach, before = _edge_for(START), START, None
    conclusive: list[SessionReach] = []
    for session in sessions:
        edge = _risen(edge, _edge_for(reach), before, session.on)
        before = session.on
        if session.pain:
            edge = max(FLOOR, min(LEAST, edge - ROOM))
        elif session.conclusive:
            conclusive.append(session)
            reach = percentile((one.reach for one in conclusive[-SESSIONS:]), SHARE) or 0.0
        edge = min(edge, _edge_for(reach))
    return PersonalGoal(full_credit_from_deg=_risen(edge, _edge_for(reach), before, now), reach=reach)


def _edge_for(reach: float) -> float:
    return min(MOST, max(LEAST, 0.8 * reach)) if reach >= LEAST else max(FLOOR, reach - ROOM)


def _risen(edge: float, target: float, since: datetime | None, now: datetime) -> float:
    """Return the edge by `now`, on its way to `target`."""
    weeks = (now - since).total_seconds() / _WEEK_S if since is not None else inf
    return min(target, edge + A_WEEK_AT_MOST * max(0.0, min(1.0, weeks)))
