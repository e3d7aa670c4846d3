"""From where on a stretch's goal earns full credit for one person: their own range, followed slowly.

R is the 80th percentile of what was held, comfortably and without a fault, in the last 5 sessions; 12 degrees to begin with.
Full credit from 0.8 R on, but not from less than 8, with which a stretch begins; who cannot reach 8 is asked for R - 3. The
edge follows the history session by session, so that the history alone decides and nothing has to be kept beside it. These are
degrees of hip extension, the only goal that the shipped stretches have.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from formcheck.posefile import PoseSpec
from formcheck.reach.outings import Outing, percentile
from formcheck.values import Side

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
class Asked:
    """Full credit from `edge` on, as `reach` (R) is the person's range now; both in degrees."""

    edge: float
    reach: float

    @property
    def short(self) -> bool:
        """Whether the person is asked for less than the stretch begins with."""
        return self.edge < LEAST


def asked(spec: PoseSpec, sides: Mapping[Side, Sequence[Outing]], now: datetime) -> Asked | None:
    """Return what is asked of both sides: what the stiffer one, of those that were stretched, is fit for.

    `None` for a stretch without a goal.
    """
    if spec.goal is None:
        return None
    each = [_of_side(outings, now) for outings in sides.values() if outings]
    return min(each, key=lambda one: one.edge, default=Asked(edge=_wanted(START), reach=START))


def _of_side(outings: Iterable[Outing], now: datetime) -> Asked:
    edge, reach, before = _wanted(START), START, None
    told: list[Outing] = []
    for outing in outings:
        edge = _risen(edge, _wanted(reach), before, outing.on)
        before = outing.on
        if outing.pain:
            edge = max(FLOOR, min(LEAST, edge - ROOM))
        elif outing.tells:
            told.append(outing)
            reach = percentile((one.reach for one in told[-SESSIONS:]), SHARE) or 0.0
        edge = min(edge, _wanted(reach))
    return Asked(edge=_risen(edge, _wanted(reach), before, now), reach=reach)


def _wanted(reach: float) -> float:
    return min(MOST, max(LEAST, 0.8 * reach)) if reach >= LEAST else max(FLOOR, reach - ROOM)


def _risen(edge: float, wanted: float, since: datetime | None, now: datetime) -> float:
    """Return where the edge is by `now`, on its way to what is wanted."""
    weeks = (now - since).total_seconds() / _WEEK_S if since is not None else inf
    return min(wanted, edge + A_WEEK_AT_MOST * max(0.0, min(1.0, weeks)))
