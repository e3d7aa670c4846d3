"""The queue of a session's tasks: what is requested now, what comes later, what was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from formcheck.coaching.tasks import AnyProgress, BlockProgress, BlockTask, EarlierBout, StretchTask, TaskProgress
from formcheck.core.values import Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.blocks import BlockSpec


class Agenda:
    """The tasks in order; `excluded` says which stretches and blocks are left out, and why.

    The person decides what is done, and the queue follows: the other side is brought forward when it is done first, and a task
    that leaves the side open takes the one that is held. Without a plan each stretch on each side is a task of its own, taken
    up when it is seen. A session that was cut off goes on after its `earlier` bouts.
    """

    def __init__(
        self,
        specs: Mapping[str, StretchSpec],
        tasks: Sequence[StretchTask | BlockTask],
        excluded: Mapping[str, str],
        earlier: Sequence[EarlierBout] = (),
    ) -> None:
        if not tasks:
            raise ValueError("a session needs at least one task")
        self.specs = specs
        self.planned = isinstance(tasks[0], BlockTask) or tasks[0].pose is not None
        self._begun: list[AnyProgress] = []
        self._excluded = excluded
        self._queue = [self._queued(task) for task in tasks]
        self._at = -1
        self._left: set[tuple[str, Side]] = set()  # stretches and sides not to come again in this session
        self._dropped: list[AnyProgress] = []  # what a stop left of the plan
        for bout in earlier:
            self._restore(bout)
        self.advance()

    # --- what is requested --------------------------------------------------------------------------------------------

    @property
    def over(self) -> bool:
        return self._at >= len(self._queue)

    @property
    def current(self) -> AnyProgress:
        """The task of now; once all is over, the last one."""
        return self._queue[min(self._at, len(self._queue) - 1)]

    @property
    def block(self) -> BlockProgress | None:
        """The current task, where it is a guided block: nothing is judged then."""
        return self.current if isinstance(self.current, BlockProgress) else None

    @property
    def stretch(self) -> TaskProgress:
        """The current task, which is a stretch."""
        assert isinstance(self.current, TaskProgress), "a block is guided, not judged"
        return self.current

    @property
    def requested(self) -> StretchSpec | BlockSpec:
        """The stretch or block of the current task."""
        return self.spec if self.block is None else self.block.spec

    @property
    def spec(self) -> StretchSpec:
        """The stretch of the current task."""
        return self.specs[self.stretch.pose]

    @property
    def candidates(self) -> tuple[StretchSpec, ...]:
        """The stretches to look for now, in a block those of the next task that has one; none where there is none."""
        if self.block is not None:
            poses = [task.pose for task in (*self._later, *reversed(self._queue)) if isinstance(task, TaskProgress)]
            return (self.specs[poses[0]],) if poses else ()
        if self.planned:
            return (self.spec,)
        return tuple(spec for name, spec in self.specs.items() if name not in self._excluded) or tuple(self.specs.values())

    @property
    def following(self) -> AnyProgress | None:
        """What comes after the current task."""
        return next((task for task in self._later if task.pose not in self._excluded), None)

    @property
    def step(self) -> tuple[int, int] | None:
        """The number of the current task and that of all that are not left out; `None` without a plan, and for a single one."""
        included = [task.pose not in self._excluded for task in self._queue]
        counted = self.planned and not self.over and sum(included) > 1
        return (sum(included[: self._at + 1]), sum(included)) if counted else None

    @property
    def either(self) -> bool:
        """Whether either side may come first: nothing of this stretch was held yet, and both sides are to come."""
        current = self.current
        both = self.block is None and (current.side is None or self.asks_later(current.side.other))
        begun = any(task.done_s > 0 or task.skipped for task in self._queue if task.pose == current.pose)
        return self.planned and not self.over and current.sided and both and not begun

    @property
    def side_open(self) -> bool:
        """Whether the side of the current task can still be chosen: nothing was held, nor of the task that goes with it."""
        current = self.stretch
        return current.task.side is None and all(task.held_s == 0 for task in (current, *self._siblings))

    @property
    def can_change_sides(self) -> bool:
        """Whether the other leg may come first: a side is known, and the other was neither left because it hurt nor is done.

        The time of a block is a ceiling: no side of it comes twice.
        """
        side = self.current.side
        if not self.planned or side is None or self.has_left(side.other):
            return False
        done = any(task.finished for task in self._begun if (task.pose, task.side) == (self.current.pose, side.other))
        return self.asks_later(side.other) or (self.block is None and not done)

    @property
    def all_done(self) -> bool:
        """Whether all that was asked has been done to its end."""
        return all(task.finished for task in self._all if not self.leaves_out(task))

    @property
    def begun(self) -> tuple[TaskProgress, ...]:
        """The stretches that were taken up or left out, in that order: it only grows."""
        return tuple(task for task in self._begun if isinstance(task, TaskProgress))

    @property
    def begun_blocks(self) -> tuple[BlockProgress, ...]:
        """The guided blocks that were taken up or left out, in that order: it only grows."""
        return tuple(task for task in self._begun if isinstance(task, BlockProgress))

    @property
    def done_s(self) -> float:
        """Seconds of all that was held or guided."""
        return sum(task.done_s for task in self._begun)

    @property
    def summary(self) -> tuple[TaskProgress, ...]:
        """The stretches that were begun or skipped, in that order, and then those of the plan that were never begun."""
        return tuple(task for task in self._all if isinstance(task, TaskProgress))

    @property
    def blocks(self) -> tuple[BlockProgress, ...]:
        """The guided blocks that were begun or skipped, in that order, and then those that were never begun."""
        return tuple(task for task in self._all if isinstance(task, BlockProgress))

    @property
    def _all(self) -> tuple[AnyProgress, ...]:
        waiting = [task for task in (*self._queue, *self._dropped) if task not in self._begun] if self.planned else []
        return (*self._begun, *waiting)

    def leaves_out(self, task: AnyProgress) -> bool:
        """Return whether the stretch or block of `task` is left out."""
        return task.pose in self._excluded

    def asks_later(self, side: Side | None) -> bool:
        """Return whether the current stretch is to come on `side` later."""
        return any((task.pose, task.side) == (self.current.pose, side) for task in self._later)

    def has_left(self, side: Side | None) -> bool:
        """Return whether `side` of the current stretch is not to come again."""
        return (self.current.pose, side) in self._left

    # --- what is done about it -----------------------------------------------------------------------------------------

    def advance(self) -> None:
        """Go on to the next task that is not left out."""
        if not self.planned and self._at >= 0:
            self.take_up(self.current.pose)
            return
        self._at += 1
        while not self.over and not self._is_to_do():
            self._at += 1

    def take_up(self, pose: str) -> None:
        """Add a task for a stretch that is seen, and ask for it now."""
        task = self._new(self.stretch.task)
        spec = self.specs[pose]
        task.pose, task.goal_s, task.sided, task.known = pose, spec.hold_s, spec.legs is not None, True
        self._queue.append(task)
        self._at = len(self._queue) - 1

    def record(self) -> None:
        """Write down that the current task was begun, or that it hurt."""
        if self.current not in self._begun:
            self._begun.append(self.current)

    def skip(self, note: str | None = None) -> None:
        """Leave the current task at what was held of it."""
        self.current.skip(note)
        if self.planned or self.current.known:
            self.record()

    def leave_side(self, hurt: AnyProgress, note: str) -> None:
        """Leave the task that `hurt`, the current one or one before it, and ask no more for its stretch on its side."""
        self._leave(hurt, note)
        if hurt.side is None:
            return
        same = hurt.pose, hurt.side
        self._left.add(same)
        self._later = [task for task in self._later if (task.pose, task.side) != same]
        if (self.current.pose, self.current.side) == same and self.current is not hurt:
            self.skip(note)

    def stop(self, hurt: AnyProgress, note: str) -> None:
        """Leave the task that `hurt`, the current one or one before it, and end."""
        self._leave(hurt, note)
        waiting = [] if hurt is self.current else [self.current]
        self._dropped, self._later = [*waiting, *self._later], []
        self._at = len(self._queue)

    def _leave(self, task: AnyProgress, note: str) -> None:
        """Leave `task` at what was held of it."""
        if task is self.current:
            self.skip(note)
        else:
            task.skip(note)

    def change_sides(self) -> None:
        """Ask for the other leg first: what of it was to come later, else once more, and then go on with this one."""
        current = self.current
        assert current.side is not None, "there is a side to change"
        if not self.bring_forward(current.side.other):
            current.put_off()
            turned = self._new(replace(self.stretch.task, side=current.side.other, rest_s=current.rest_s))
            self._queue.insert(self._at, turned)

    def choose_side(self, side: Side | None) -> None:
        """Let the current task be for `side`, and the one that goes with it for the other."""
        current = self.stretch
        last = next((task for task in reversed(self.begun) if task.held_s > 0 or task.skipped), None)
        goes_on = last is not None and (last.pose, last.side) == (current.pose, side) and not (last.finished or last.skipped)
        if not self.planned and last is not None and goes_on:
            self._queue[self._at] = last  # nothing else was done meanwhile
            return
        current.side = side
        for task in self._siblings:
            task.side = side.other if side is not None else None

    def bring_forward(self, side: Side) -> bool:
        """Let the current task change places with the next one of the same stretch on `side`; `False` if there is none."""
        current = self.current
        other = next((task for task in self._later if (task.pose, task.side) == (current.pose, side)), None)
        if other is None:
            return False
        current.put_off()
        later = self._queue.index(other)
        self._queue[self._at], self._queue[later] = other, current
        current.rest_s, other.rest_s = other.rest_s, current.rest_s  # a rest belongs to its place
        return True

    # --- the queue -----------------------------------------------------------------------------------------------------

    @property
    def _later(self) -> list[AnyProgress]:
        return self._queue[self._at + 1 :]

    @_later.setter
    def _later(self, tasks: list[AnyProgress]) -> None:
        self._queue[self._at + 1 :] = tasks

    @property
    def _siblings(self) -> list[TaskProgress]:
        """The other one of the two tasks that leave open which side comes first."""
        current = self.current
        stretches = (task for task in self._queue if isinstance(task, TaskProgress))
        same = [task for task in stretches if task is not current and task.pose == current.pose and task.task.side is None]
        return same if self.planned and current.sided else []

    def _is_to_do(self) -> bool:
        """Whether the current task is not left out, nor was done or left before the session was cut off."""
        if (reason := self._exclusion()) is not None:
            self.skip(reason)
            return False
        return self.current not in self._begun or not (self.current.finished or self.current.skipped)

    def _restore(self, bout: EarlierBout) -> None:
        """Take in what was done before: of the first task of this stretch and side that is still to come, else of a new one."""
        fits = (
            task
            for task in self._queue
            if task.pose == bout.pose and task.known and task not in self._begun and task.side in (bout.side, None)
        )
        task = next(fits, None)
        if task is None:
            stretch = StretchTask(pose=bout.pose, side=bout.side)
            task = self._new(stretch)
            self._queue.insert(len(self._begun), task)
        elif task.side is None and bout.side is not None and isinstance(task, TaskProgress):
            for other in self._queue:
                if other is not task and other.pose == task.pose and other.side is None:
                    other.side = bout.side.other
        task.restore(bout)
        self._begun.append(task)

    def _exclusion(self) -> str | None:
        """Why the current task is left out, if it is."""
        if self.planned:
            return self._excluded.get(self.current.pose)
        return None if set(self.specs) - set(self._excluded) else next(iter(self._excluded.values()))

    def _queued(self, task: StretchTask | BlockTask) -> AnyProgress:
        if isinstance(task, StretchTask):
            return self._new(task)
        return BlockProgress(task=task, pose=task.block.name, goal_s=task.block.side_s, side=task.side, rest_s=task.rest_s)

    def _new(self, task: StretchTask) -> TaskProgress:
        pose = task.pose or next(iter(self.specs))
        goal_s = task.goal_s if task.goal_s is not None else self.specs[pose].hold_s
        known = task.pose is not None
        sided = self.specs[pose].legs is not None
        return TaskProgress(task=task, pose=pose, goal_s=goal_s, side=task.side, sided=sided, known=known, rest_s=task.rest_s)
