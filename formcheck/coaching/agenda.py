"""What is asked now, what comes later, and for which task the time that is held counts.

The person decides what they do; the agenda follows. A task that leaves the side open takes the one that is held. Somebody who
does the other side first has it brought forward, and what was held of the first is kept for when it comes. Without a plan
each stretch on each side is a task of its own, made when it is seen.
"""

from collections.abc import Iterator, Mapping, Sequence

from formcheck.analysis.hold_timer import HoldTimer
from formcheck.coaching.events import SummaryRow
from formcheck.coaching.tasks import NEARLY_S, StretchTask, TaskProgress, TimerMark
from formcheck.core.values import Assessment, Hold, Moment, Side, Status
from formcheck.stretches import StretchSpec

MEANT_S = 2.0
"""A hold of this length on the other side is meant; shorter, it may be a misunderstanding."""


class Agenda:
    """The tasks in order; `barred` says which stretches are left out, and why.

    `begun` has what was taken up or left out, in that order: it only grows. After each `follow`, `counting` tells whether the
    clock runs for the present task, and `other_leg` whether a leg is stretched, well or badly, that nothing asks for.
    """

    def __init__(self, specs: Mapping[str, StretchSpec], tasks: Sequence[StretchTask], barred: Mapping[str, str]) -> None:
        if not tasks:
            raise ValueError("a session needs at least one task")
        self.planned = tasks[0].pose is not None
        self.begun: list[TaskProgress] = []
        self.counting = self.other_leg = False
        self.specs = specs
        self._barred = barred
        self._parts = [self._part(task) for task in tasks]
        self._at = -1
        self._asked_s = 0.0
        self._wrong_since_s: float | None = None
        self._hurt: set[tuple[str, Side]] = set()  # left for this session
        self._dropped: list[TaskProgress] = []  # what a stop left of the plan
        self._marks: dict[str, TimerMark] = {}  # from where on what is held of a stretch counts
        self.advance()

    # --- what is asked -------------------------------------------------------------------------------------------------

    @property
    def over(self) -> bool:
        return self._at >= len(self._parts)

    @property
    def present(self) -> TaskProgress:
        """What is asked now; once all is over, what was asked last."""
        return self._parts[min(self._at, len(self._parts) - 1)]

    @property
    def spec(self) -> StretchSpec:
        """The stretch that is asked now."""
        return self.specs[self.present.pose]

    @property
    def candidates(self) -> tuple[StretchSpec, ...]:
        """The stretches to look for now."""
        if self.planned:
            return (self.spec,)
        return tuple(spec for name, spec in self.specs.items() if name not in self._barred) or tuple(self.specs.values())

    @property
    def following(self) -> TaskProgress | None:
        """What comes after the present task."""
        return next((part for part in self._later() if part.pose not in self._barred), None)

    @property
    def step(self) -> tuple[int, int] | None:
        """The number of the present task and that of all that are not left out; `None` without a plan, and for a single one."""
        asked = [part.pose not in self._barred for part in self._parts]
        return (sum(asked[: self._at + 1]), sum(asked)) if self.planned and not self.over and sum(asked) > 1 else None

    @property
    def either(self) -> bool:
        """Whether either side may come first: nothing of this stretch was held yet, and both sides are to come."""
        mine = self.present
        same = [part for part in self._parts if part.pose == mine.pose]
        both = mine.side is None or any(part.side is mine.side.other for part in self._later() if part in same)
        return self.planned and not self.over and both and not any(part.held_s > 0 or part.skipped for part in same)

    @property
    def can_change_sides(self) -> bool:
        """Whether the other leg may be asked for: a side is known, and the other was not left because it hurt."""
        mine = self.present
        return self.planned and mine.side is not None and (mine.pose, mine.side.other) not in self._hurt

    @property
    def summary(self) -> tuple[TaskProgress, ...]:
        """The tasks that were held or skipped, in that order, and then those of the plan that were never begun."""
        begun = [part for part in self.begun if part.held_s > 0 or part.skipped]
        waiting = [part for part in (*self._parts, *self._dropped) if part not in begun] if self.planned else []
        return (*begun, *waiting)

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        """The summary, to be shown."""
        return tuple(
            SummaryRow(
                title=self.specs[part.pose].title,
                side=part.side,
                held_s=round(part.held_s, 3),  # a sum of many frames: 29.999999 s are 30
                goal_s=part.goal_s,
                skipped=part.skipped,
                note=part.note,
            )
            for part in self.summary
        )

    @property
    def score(self) -> float | None:
        """The mean form score of all that was held, 0..100."""
        held_s = sum(part.held_s for part in self.begun)
        return sum((part.score or 0.0) * part.held_s for part in self.begun) / held_s if held_s > 0 else None

    # --- what is done about it -----------------------------------------------------------------------------------------

    def advance(self) -> None:
        """Go on to the next task that is not left out."""
        if not self.planned and self._at >= 0:
            self._append(self.present.pose)
            return
        self._at += 1
        while not self.over and (reason := self._reason()) is not None:
            self.skip(reason)
            self._at += 1

    def ask(self, clocks: Mapping[str, HoldTimer], time_s: float) -> None:
        """Begin to count for the present task: from now on, also of a hold that is under way."""
        self.counting = self.other_leg = False
        self._wrong_since_s = None
        self._asked_s = time_s
        self._marks = {name: TimerMark.now(clock) for name, clock in clocks.items()}

    def skip(self, note: str | None = None) -> None:
        """Leave the present task at what was held of it."""
        self.present.skip(note)
        if self.planned or self.present.known:
            self._log(self.present)

    def leave_side(self, note: str) -> None:
        """Skip the present task, and ask no more for this stretch on this side."""
        self.skip(note)
        mine = self.present
        if mine.side is None:
            return
        self._hurt.add((mine.pose, mine.side))
        same = [part for part in self._later() if (part.pose, part.side) == (mine.pose, mine.side)]
        self._parts = [part for part in self._parts if part not in same]

    def stop(self, note: str) -> None:
        """Skip the present task, and end."""
        self.skip(note)
        self._dropped = self._parts[self._at + 1 :]
        del self._parts[self._at + 1 :]
        self._at = len(self._parts)

    def other_side(self) -> None:
        """Ask for the other leg: now what was to come later, or in the place of this one."""
        mine = self.present
        assert mine.side is not None, "there is a side to change"
        if self._bring_forward(mine.side.other):
            return
        turned = self._part(mine.task)
        turned.side, turned.rest_s = mine.side.other, mine.rest_s
        self._parts[self._at] = turned

    def follow(self, moment: Moment, clocks: Mapping[str, HoldTimer], *, resting: bool) -> None:
        """Take in a moment: credit what was held. `resting`: a hold from before does not count yet."""
        if not self.planned:
            self._recognise(moment, clocks)
        clock = clocks[self.present.pose]
        if resting and clock.current is not None and clock.current.start_s < self._asked_s - NEARLY_S:
            self._mark(TimerMark.now(clock))
        self._credit(clock)
        self._settle(clock)
        running = clock.running
        correct = moment.assessment.status is Status.CORRECT and moment.assessment.pose == self.present.pose
        mine = [hold for hold in self._earned(clock) if running is not None and hold.end_s == running.end_s]
        self.counting = correct and any(hold.side is self.present.side for hold in mine)
        self._wrong_since_s = self._wrong_since(moment)
        self.other_leg = self._wrong_since_s is not None and moment.time_s - self._wrong_since_s >= MEANT_S

    def blame(self, now: Assessment, passed_s: float) -> None:
        """Take in that what `now` says was so for `passed_s` more."""
        mine = self.present
        if (now.pose, now.side) == (mine.pose, mine.side):
            mine.blame(now.breaches, passed_s)
            goal = self.spec.goal
            value = now.measurements.get(goal.measure) if goal is not None else None
            if value is not None and now.status is Status.CORRECT and not now.breaches:
                mine.reached(value, passed_s)

    def _wrong_since(self, moment: Moment) -> float | None:
        """Since when the leg that is stretched, well or badly, is one that is not asked for, now or later."""
        now, mine = moment.assessment, self.present
        known = now.status.in_shape and now.pose == mine.pose and None not in (now.side, mine.side)
        later = any((part.pose, part.side) == (mine.pose, now.side) for part in self._later())
        if not known or now.side is mine.side or later or not self.planned:
            return None
        return moment.time_s if self._wrong_since_s is None else self._wrong_since_s

    # --- for which task it counts --------------------------------------------------------------------------------------

    def _credit(self, clock: HoldTimer) -> None:
        self.present.follow(self._earned(clock))
        if self.present.held_s > 0:
            self._log(self.present)

    def _settle(self, clock: HoldTimer) -> None:
        """See to it that what is held now is what is asked, where the person may choose."""
        mine, running = self.present, clock.running
        earned = self._earned(clock)
        if not earned or running is None or earned[-1].end_s != running.end_s or earned[-1].side is mine.side:
            return
        side = earned[-1].side
        if (mine.pose, side) in self._hurt and self.planned:
            return
        if mine.held_s == 0 and mine.task.side is None and all(part.held_s == 0 for part in self._siblings()):
            self._choose(side)
        elif side is None or running.start_s < self._asked_s - NEARLY_S:
            return
        elif not self.planned:
            mine.put_off()
            self._mark(TimerMark.before_this_hold(clock))
            self._append(mine.pose)
            self._choose(side)
        elif earned[-1].held_s >= MEANT_S and self._bring_forward(side):
            self._mark(TimerMark.before_this_hold(clock))
        self._credit(clock)

    def _choose(self, side: Side | None) -> None:
        """Let the present task be for `side`, and the one that goes with it for the other."""
        mine = self.present
        last = self.begun[-1] if self.begun else None
        if not self.planned and last is not None and (last.pose, last.side) == (mine.pose, side) and not last.complete:
            self._parts[self._at] = last  # nothing else was done meanwhile: it goes on
            return
        mine.side = side
        for part in self._siblings():
            part.side = side.other if side is not None else None

    def _siblings(self) -> list[TaskProgress]:
        """The other one of the two tasks that leave open which side comes first."""
        mine = self.present
        same = [part for part in self._parts if part is not mine and part.pose == mine.pose and part.task.side is None]
        return same if self.planned else []

    def _bring_forward(self, side: Side) -> bool:
        """Let the present task change places with the next one of the same stretch on `side`, if there is one."""
        later = next((i for i, part in self._numbered() if part.pose == self.present.pose and part.side is side), None)
        if later is None:
            return False
        mine, other = self.present, self._parts[later]
        mine.put_off()
        self._parts[self._at], self._parts[later] = other, mine
        mine.rest_s, other.rest_s = other.rest_s, mine.rest_s  # a rest belongs to its place
        return True

    def _recognise(self, moment: Moment, clocks: Mapping[str, HoldTimer]) -> None:
        """Without a plan: what is recognised is asked. A goal that is reached goes on as long as its hold does."""
        if not moment.recognised:
            return
        pose, mine = moment.assessment.pose, self.present
        mine.known = mine.known or pose == mine.pose
        if pose != mine.pose or (mine.complete and clocks[pose].running is None):
            mine.put_off()
            self._mark(TimerMark.now(clocks[mine.pose]))
            self._append(pose)

    def _append(self, pose: str) -> None:
        part = self._part(self.present.task)
        part.pose, part.goal_s, part.known = pose, self.specs[pose].hold_s, True
        self._parts.append(part)
        self._at = len(self._parts) - 1

    def _earned(self, clock: HoldTimer) -> tuple[Hold, ...]:
        return self._marks.get(self.present.pose, TimerMark()).since(clock)

    def _mark(self, mark: TimerMark) -> None:
        self._marks[self.present.pose] = mark

    def _later(self) -> Iterator[TaskProgress]:
        return (part for _, part in self._numbered())

    def _numbered(self) -> Iterator[tuple[int, TaskProgress]]:
        return ((i, part) for i, part in enumerate(self._parts) if i > self._at)

    def _log(self, part: TaskProgress) -> None:
        if part not in self.begun:
            self.begun.append(part)

    def _reason(self) -> str | None:
        """Why the present task is left out, if it is."""
        if self.planned:
            return self._barred.get(self.present.pose)
        return None if set(self.specs) - set(self._barred) else next(iter(self._barred.values()))

    def _part(self, task: StretchTask) -> TaskProgress:
        pose = task.pose or next(iter(self.specs))
        goal_s = task.goal_s if task.goal_s is not None else self.specs[pose].hold_s
        known = task.pose is not None
        return TaskProgress(task=task, pose=pose, goal_s=goal_s, side=task.side, known=known, rest_s=task.rest_s)
