"""The record of a flexibility check, and what can be told of two of them: never a change that the readings alone may make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import hypot
from typing import Annotated

from pydantic import Field

from formcheck.core.values import Side
from formcheck.people.history.records import SHORT_ID, Word

Degrees = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRecord:
    """One reading of one side. All of one check have its `id`; `band` is `None` where there was no verdict."""

    id: Word
    taken: datetime
    version: Word
    profile: Word | None
    check: Word
    side: Side
    reading: Word
    degrees: Degrees
    error_deg: Degrees
    spread_deg: Degrees
    band: Word | None

    @property
    def short_id(self) -> str:
        """As much of the ID as tells checks apart, in all likelihood."""
        return self.id[:SHORT_ID]


def detectable_deg(one: CheckRecord, other: CheckRecord) -> float:
    """Return by how many degrees two readings must differ for it to be more than both may be off."""
    return hypot(one.error_deg, other.error_deg)


def told_apart(one: CheckRecord, other: CheckRecord) -> bool:
    """Return whether two readings differ by more than both may be off."""
    return abs(one.degrees - other.degrees) > detectable_deg(one, other)


def last_alike(now: CheckRecord, earlier: Iterable[CheckRecord]) -> CheckRecord | None:
    """Return the latest one of `earlier` that `now` can be compared with: the same reading and side, with a verdict."""
    if now.band is None:
        return None
    same = [
        one
        for one in earlier
        if one.band is not None
        and (one.check, one.side, one.reading, one.profile) == (now.check, now.side, now.reading, now.profile)
    ]
    return max(same, key=lambda one: one.taken, default=None)


def sides_differ_again(now: Iterable[CheckRecord], earlier: Iterable[CheckRecord], reading: str) -> float | None:
    """Return by how many degrees left is above right, where that can be told now and could be told the last time.

    `now` has one check; `None` where it can't, or the last time it was the other way round.
    """
    earlier = list(earlier)
    sides = {one.side: one for one in now if one.reading == reading}
    if set(sides) != set(Side):
        return None
    before = {side: last_alike(one, earlier) for side, one in sides.items()}
    then_left, then_right = before[Side.LEFT], before[Side.RIGHT]
    left, right = sides[Side.LEFT], sides[Side.RIGHT]
    if then_left is None or then_right is None:
        return None
    difference, then = left.degrees - right.degrees, then_left.degrees - then_right.degrees
    both = told_apart(left, right) and told_apart(then_left, then_right)
    return difference if both and difference * then > 0 else None
