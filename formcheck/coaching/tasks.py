"""The tasks of a session, one stretch on one side each and then a rest, and how far each of them has come."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from formcheck.core.values import Breach, Hold, Side
from formcheck.stretches import Bout, StretchSpec

NEARLY_S = 1e-6
"""Times are sums of many frames."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchTask:
    """`pose` is `None` for any that is recognised, `side` for either that comes first; a second such task is the other side.

    Times in seconds; `goal_s` is `None` where the stretch's own is meant.
    """

    pose: str | None
    side: Side | None
    goal_s: float | None = None
    rest_s: float = 0.0


ANYTHING = (StretchTask(pose=None, side=None),)
"""No plan: any stretch that is done is recognised and timed, for as long as the person likes."""


def of_stretch(spec: StretchSpec, side: Side | None, rest_s: float) -> tuple[StretchTask, ...]:
    """Return the tasks of one stretch: `side`, or one side after the other with a rest between."""
    if side is not None:
        return (StretchTask(pose=spec.name, side=side),)
    return (StretchTask(pose=spec.name, side=None, rest_s=rest_s), StretchTask(pose=spec.name, side=None))


def of_routine(bouts: Iterable[Bout]) -> tuple[StretchTask, ...]:
    """Return the tasks of a routine."""
    return tuple(StretchTask(pose=bout.pose, side=bout.side, goal_s=bout.hold_s, rest_s=bout.rest_s) for bout in bouts)


@dataclass(slots=True, eq=False)
class TaskProgress:
    """How far one task has come: the side it turned out to be, the holds that count for it, what went wrong meanwhile.

    `side` is `None` until it shows; times in seconds, `started_s` from the first picture. `known` is whether `pose` is sure:
    without a plan it is a guess until a stretch is recognised.
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
    _happened: set[str] = field(default_factory=set)
    _stored: tuple[Hold, ...] = ()  # from before the task was put off
    _latest: tuple[Hold, ...] = ()

    @property
    def holds(self) -> tuple[Hold, ...]:
        return (*self._stored, *self._latest)

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

    def first_time(self, event: str) -> bool:
        """Return whether `event` comes for the first time in this task; from now on it does not."""
        first = event not in self._happened
        self._happened.add(event)
        return first

    def credit(self, holds: Iterable[Hold]) -> None:
        """Take in what has been held since this task was taken up, on either side."""
        self._latest = tuple(hold for hold in holds if hold.side is self.side)
        if self.holds and self.shown_s == 0.0:
            self.started_s = self.holds[0].start_s
        self.shown_s = max(self.held_s, float(int(self.shown_s)))

    def put_off(self) -> None:
        """Store what was held, until this task is taken up again."""
        self._stored, self._latest = self.holds, ()

    def add_faults(self, breaches: Iterable[Breach], passed_s: float) -> None:
        """Take in that faults have lasted for `passed_s` more."""
        for breach in breaches:
            self.faults[breach.name] = self.faults.get(breach.name, 0.0) + passed_s

    def add_reach(self, degrees: float, passed_s: float) -> None:
        """Take in that the goal was held at `degrees`, without a fault, for `passed_s` more."""
        self.reach[round(degrees)] = self.reach.get(round(degrees), 0.0) + passed_s

    def skip(self, note: str | None) -> None:
        """Leave it at what was held. What is complete was not skipped, whatever the note says of it."""
        self.skipped, self.note = not self.complete, note
