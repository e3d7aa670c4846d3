"""The record of a session as values: no pictures, no landmarks, only what was held, for how long, and how it was.

Times are seconds from the start of the session, as everywhere below; `Entry.started` ties them to the clock on the wall.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from math import fsum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field

from formcheck.core.values import Side

SHORT_ID = 6
"""Of an ID, as much as tells sessions apart, in all likelihood."""

# What a stored value may be: checked where the history is read, for a file may be damaged or edited.
Seconds = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
Moment = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Word = Annotated[str, Field(max_length=400)]
Amount = Annotated[int, Field(ge=0, le=10)]


def _without_rounding(score: object) -> object:
    return 100.0 if isinstance(score, float) and 100.0 < score < 100.0 + 1e-6 else score


Score = Annotated[float, Field(ge=0, le=100), BeforeValidator(_without_rounding)]
"""Earlier versions stored a little more than 100 where all was correct: that is no damage."""


class Answer(StrEnum):
    """The pain, in the person's word."""

    MILD = "mild"
    STRONG = "strong"
    SHARP = "sharp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One stretch on one side (`None`: not known) as far as it has come. `started_s` is when it was begun, not requested.

    `held_s` adds up all its holds, `longest_s` is the longest without a break, `score` (0..100) their mean. `faults` has the
    seconds of each fault by name, `reach` those held without any fault by whole degrees of the stretch's goal. `goal_s` and
    `complete` are `None` of what is held to the end.
    """

    pose: Word
    side: Side | None
    started_s: Moment
    held_s: Seconds
    longest_s: Seconds
    goal_s: Seconds | None
    complete: bool | None
    score: Score | None = None
    skipped: bool = False
    faults: Mapping[Word, Seconds] = field(default_factory=dict)
    reach: Mapping[int, Seconds] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidedTime:
    """A guided block on one side (`None`: it has no sides): `guided_s` is for how long it ran while somebody was there.

    Nothing of it was measured or judged.
    """

    block: Word
    side: Side | None
    started_s: Moment
    guided_s: Seconds
    goal_s: Seconds
    complete: bool
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """The pain key was pressed. `answer` is `None` until, or unless, the person says how it was."""

    time_s: Moment
    pose: Word
    side: Side | None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a programme has decided, in words, and the name of its rule; `None` where none held."""

    rule: Word | None
    says: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRecord:
    """A day at the desk, as far as it has come: seconds, and how often. `longest_s` was sat without a break."""

    sat_s: Seconds
    away_s: Seconds
    unseen_s: Seconds
    longest_s: Seconds
    breaks: Count
    shifts: Count
    prompts: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A session. `plan` is the routine or the stretch that it was for; `ended` is `None` unless it came to an orderly end.
    `profile` is the person's, if one was given. `sitting` is what was counted, if it was a day at the desk.

    `level` is that of the programme that the session was of, from 1; `None` for a session of anything else. `pain_before` and
    `pain_after` are the pain that was told, 0 (none) to 10, `pain_where` is where it was, in words; `None` where nothing was.
    `decisions` are those of the programme. `looked_at` is the answer to whether somebody has looked at strong pain, `None`
    where that was not asked; `check_put_off` says that the flexibility check was not wanted.

    Stretches, blocks and pains are in order, and a place in the list identifies one: stretches and blocks only grow at their
    ends, and of the pains only the last can be taken back.
    """

    id: Word
    started: datetime
    version: Word
    plan: Word
    ended: datetime | None = None
    profile: Word | None = None
    level: Annotated[int, Field(ge=1, le=1000)] | None = None
    pain_before: Amount | None = None
    pain_after: Amount | None = None
    pain_where: Word | None = None
    looked_at: bool | None = None
    check_put_off: bool | None = None
    decisions: tuple[Decided, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    pains: tuple[Pain, ...] = ()
    blocks: tuple[GuidedTime, ...] = ()
    sitting: SittingRecord | None = None

    @property
    def short_id(self) -> str:
        """As much of the ID as tells sessions apart, in all likelihood."""
        return self.id[:SHORT_ID]

    @property
    def anything_done(self) -> bool:
        """Whether anything was held, guided or counted."""
        held = any(stretch.held_s > 0 for stretch in self.stretches)
        return held or any(block.guided_s > 0 for block in self.blocks) or self.sitting is not None

    def of_pose(self, pose: str) -> Self:
        """Return the session with what was done of one stretch, or guided block, alone."""
        return replace(
            self,
            stretches=tuple(stretch for stretch in self.stretches if stretch.pose == pose),
            pains=tuple(pain for pain in self.pains if pain.pose == pose),
            blocks=tuple(block for block in self.blocks if block.block == pose),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """All that was held of one stretch on one side, over how many sessions."""

    pose: str
    side: Side | None
    sessions: int
    held_s: float


def totals(entries: Iterable[Entry]) -> tuple[Total, ...]:
    """Return the totals of each stretch and side that was held, by name."""
    done: defaultdict[tuple[str, str | None], list[tuple[str, float]]] = defaultdict(list)
    for entry in entries:
        for one in entry.stretches:
            done[one.pose, one.side].append((entry.id, one.held_s))
    return totals_of(done)


def totals_of(done: Mapping[tuple[str, str | None], Iterable[tuple[Hashable, float]]]) -> tuple[Total, ...]:
    """Return the totals of stretches: of each pose and side its sessions, and how long it was held, in any order."""
    held = {what: [(session, held_s) for session, held_s in each if held_s > 0] for what, each in done.items()}
    return tuple(
        Total(pose=pose, side=Side(side) if side else None, sessions=len(dict(each)), held_s=_sum_s(each))
        for (pose, side), each in sorted(held.items(), key=lambda named: (named[0][0], named[0][1] or ""))
        if each
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidedTotal:
    """All that was guided of one block, over how many sessions."""

    block: str
    sessions: int
    guided_s: float


def guided_totals(entries: Iterable[Entry]) -> tuple[GuidedTotal, ...]:
    """Return the totals of each guided block that ran, by name."""
    return guided_totals_of((entry.id, one.block, one.guided_s) for entry in entries for one in entry.blocks)


def guided_totals_of(blocks: Iterable[tuple[str, str, float]]) -> tuple[GuidedTotal, ...]:
    """Return the totals of guided blocks, each told by its session, its name and how long it ran, in any order."""
    guided: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for session, block, guided_s in blocks:
        if guided_s > 0:
            guided[block].append((session, guided_s))
    ordered = sorted(guided.items())
    return tuple(GuidedTotal(block=block, sessions=len(dict(each)), guided_s=_sum_s(each)) for block, each in ordered)


def _sum_s(each: Iterable[tuple[Hashable, float]]) -> float:
    """Return the sum of these seconds; it is exact, so that it is the same in any order."""
    return fsum(seconds for _, seconds in each)
