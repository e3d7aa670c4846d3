"""How far one task has come: the side it turned out to be, the holds that count for it, what went wrong meanwhile.

What is asked of a session, in order: one stretch on one side, for so long, then a rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from formcheck.analysis.hold_timer import HoldTimer
from formcheck.core.values import Breach, Hold, Side
from formcheck.stretches import Bout, StretchSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchTask:
    """`pose` is `None` for whichever is recognised, `side` for whichever comes first; a second such task is the other side.

    Times in seconds; `goal_s` is `None` where the stretch's own is meant.
    """

    pose: str | None
    side: Side | None
    goal_s: float | None = None
    rest_s: float = 0.0


def of_stretch(spec: StretchSpec, side: Side | None, rest_s: float) -> tuple[StretchTask, ...]:
    """Return the tasks of one stretch: `side`, or one side after the other with a rest between."""
    if side is not None:
        return (StretchTask(pose=spec.name, side=side),)
    return (StretchTask(pose=spec.name, side=None, rest_s=rest_s), StretchTask(pose=spec.name, side=None))


def of_routine(bouts: Iterable[Bout]) -> tuple[StretchTask, ...]:
    """Return the tasks of a routine."""
    return tuple(StretchTask(pose=bout.pose, side=bout.side, goal_s=bout.hold_s, rest_s=bout.rest_s) for bout in bouts)


ANYTHING = (StretchTask(pose=None, side=None),)
"""No plan: whatever stretch is done is recognised and timed, for as long as the person likes."""


NEARLY_S = 1e-6
"""Times are sums of many frames."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerMark:
    """A point on a clock: so many holds were over, and this was held of the one under way. Without arguments the beginning."""

    over: int = 0
    under_way: Hold | None = None

    @classmethod
    def now(cls, clock: HoldTimer) -> Self:
        return cls(over=len(clock.done), under_way=clock.current)

    @classmethod
    def before_this_hold(cls, clock: HoldTimer) -> Self:
        return cls(over=len(clock.done))

    def since(self, clock: HoldTimer) -> tuple[Hold, ...]:
        """Return what was held from the mark on; of the hold that was under way then, only the rest."""
        holds = (self._rest(hold) for hold in clock.holds[self.over :])
        return tuple(hold for hold in holds if hold.held_s > NEARLY_S)

    def _rest(self, hold: Hold) -> Hold:
        before = self.under_way
        if before is None or hold.start_s != before.start_s:
            return hold
        held_s, score_s = hold.held_s - before.held_s, hold.score_s - before.score_s
        return replace(hold, start_s=before.end_s, held_s=held_s, score_s=score_s)


@dataclass(slots=True, eq=False)
class TaskProgress:
    """One task as it comes along. `side` is `None` until it shows; times in seconds, `started_s` from the first picture.

    `known` tells whether `pose` is sure: without a plan it is a guess until a stretch is recognised.
    """

    task: StretchTask
    pose: str
    goal_s: float
    side: Side | None
    known: bool = True
    rest_s: float = 0.0  # after it
    started_s: float = 0.0
    shown_s: float = 0.0  # held, as a clock shows it: a lapse may take some back, but no whole second that was seen
    faults: dict[str, float] = field(default_factory=dict)
    reach: dict[int, float] = field(default_factory=dict)  # seconds by whole degrees of the goal
    skipped: bool = False
    note: str | None = None
    _said: set[str] = field(default_factory=set)
    _kept: tuple[Hold, ...] = ()  # from before the task was put off
    _now: tuple[Hold, ...] = ()

    @property
    def holds(self) -> tuple[Hold, ...]:
        return (*self._kept, *self._now)

    @property
    def held_s(self) -> float:
        return sum(hold.held_s for hold in self.holds)

    @property
    def longest_s(self) -> float:
        return max((hold.held_s for hold in self.holds), default=0.0)

    @property
    def score(self) -> float | None:
        """The mean form score of all that was held, 0..100."""
        held_s = self.held_s
        return sum(hold.score_s for hold in self.holds) / held_s if held_s > 0 else None

    @property
    def left_s(self) -> float:
        return max(0.0, self.goal_s - self.held_s)

    @property
    def complete(self) -> bool:
        return self.held_s >= self.goal_s - NEARLY_S

    def first(self, what: str) -> bool:
        """Return whether `what` comes for the first time in this task; from now on it does not."""
        if what in self._said:
            return False
        self._said.add(what)
        return True

    def follow(self, holds: Iterable[Hold]) -> None:
        """Take in what has been held since this task was taken up, on either side."""
        self._now = tuple(hold for hold in holds if hold.side is self.side)
        if self.holds and self.shown_s == 0.0:
            self.started_s = self.holds[0].start_s
        self.shown_s = max(self.held_s, float(int(self.shown_s)))

    def put_off(self) -> None:
        """Keep what was held, for when this task is taken up again."""
        self._kept, self._now = self.holds, ()

    def blame(self, breaches: Iterable[Breach], passed_s: float) -> None:
        """Take in that faults have lasted for `passed_s` more."""
        for breach in breaches:
            self.faults[breach.name] = self.faults.get(breach.name, 0.0) + passed_s

    def reached(self, degrees: float, passed_s: float) -> None:
        """Take in that the goal was held at `degrees`, without a fault, for `passed_s` more."""
        self.reach[round(degrees)] = self.reach.get(round(degrees), 0.0) + passed_s

    def skip(self, note: str | None) -> None:
        """Leave it at what was held. What is complete was not skipped, whatever the note says of it."""
        self.skipped, self.note = not self.complete, note
