"""How far one task has come: the side it turned out to be, the time held, what went wrong meanwhile."""

from dataclasses import dataclass, field

from formcheck.hold import Clock
from formcheck.practice.tasks import Task
from formcheck.values import Hold, Side


@dataclass(slots=True)
class Progress:
    """`base_s` is what the clock of the side had held before this task. Times in seconds from the first frame."""

    task: Task
    pose: str
    goal_s: float
    side: Side | None
    started_s: float
    base_s: float = 0.0
    held_s: float = 0.0
    longest_s: float = 0.0
    score: float | None = None
    faults: dict[str, float] = field(default_factory=dict)
    skipped: bool = False
    note: str | None = None
    said: set[str] = field(default_factory=set)  # what is said once in a task

    @property
    def left_s(self) -> float:
        return max(0.0, self.goal_s - self.held_s)

    @property
    def complete(self) -> bool:
        return self.held_s >= self.goal_s - 1e-6

    def begin(self, clock: Clock, side: Side | None) -> None:
        """Count from now on for `side`; what a hold under way has earned already counts in full."""
        self.side = side
        running = clock.running
        ours = running.held_s if running is not None and running.side is side else 0.0
        self.base_s = clock.held_s(side) - ours

    def follow(self, clock: Clock) -> None:
        """Take in the clock. Held time never runs back on the way to a goal that was reached."""
        if self.side is None:
            return
        self.held_s = max(0.0, clock.held_s(self.side) - self.base_s)
        holds = self._holds(clock)
        self.longest_s = max((hold.held_s for hold in holds), default=0.0)
        held_s = sum(hold.held_s for hold in holds)
        self.score = sum(hold.score_s for hold in holds) / held_s if held_s > 0 else None

    def _holds(self, clock: Clock) -> list[Hold]:
        """The holds that make up the time since `base_s`, latest first."""
        ours: list[Hold] = []
        missing = self.held_s
        for hold in reversed(clock.holds):
            if hold.side is self.side and missing > 1e-6:
                ours.append(hold)
                missing -= hold.held_s
        return ours
