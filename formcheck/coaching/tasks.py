"""The tasks of a session, a stretch or a guided block on one side each and then a rest, and how far each of them has come."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from formcheck.analysis.scoring.fault_totals import FaultTotal, ranked
from formcheck.analysis.scoring.losses import Losses, summed
from formcheck.analysis.scoring.tally import SideSum, Tally, TimeSpan, with_share
from formcheck.core.values import Assessment, Hold, Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.blocks import BlockPhase, BlockSpec
from formcheck.stretches.routine import BlockBout, Bout

NEARLY_S = 1e-6
"""Times are sums of many frames."""

FALSE_START_S = 3.0
"""What is held to the end is over when its form is lost; what lasted less than this was no go yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchTask:
    """`pose` is `None` for any that is recognised, `side` for either that comes first; a second such task is the other side.

    Times in seconds; `goal_s` is `None` where the stretch's own is meant.
    """

    pose: str | None
    side: Side | None
    goal_s: float | None = None
    rest_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierBout:
    """What was done of a stretch or a guided block on one side, before the session was cut off that is to go on.

    Times in seconds; `started_s` is on the clock of the session that goes on, so it is below 0. `score` is 0..100, `reach` the
    seconds that were held by whole degrees of the goal.
    """

    pose: str
    side: Side | None
    started_s: float
    done_s: float
    longest_s: float = 0.0
    score: float | None = None
    skipped: bool = False
    reach: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTask:
    """A guided block on one `side` (`None`: it has no sides), and the rest after it in seconds."""

    block: BlockSpec
    side: Side | None
    rest_s: float = 0.0


ANYTHING = (StretchTask(pose=None, side=None),)
"""No plan: any stretch that is done is recognised and timed, for as long as the person likes."""


def of_stretch(spec: StretchSpec, side: Side | None, rest_s: float) -> tuple[StretchTask, ...]:
    """Return the tasks of one stretch: `side`, or one side after the other with a rest between."""
    if side is not None or spec.legs is None:
        return (StretchTask(pose=spec.name, side=side),)
    return (StretchTask(pose=spec.name, side=None, rest_s=rest_s), StretchTask(pose=spec.name, side=None))


def of_routine(
    bouts: Iterable[Bout | BlockBout], blocks: Mapping[str, BlockSpec] = MappingProxyType({})
) -> tuple[StretchTask | BlockTask, ...]:
    """Return the tasks of a routine; `blocks` are its guided blocks by name."""
    return tuple(
        StretchTask(pose=bout.pose, side=bout.side, goal_s=bout.hold_s, rest_s=bout.rest_s)
        if isinstance(bout, Bout)
        else BlockTask(block=blocks[bout.block], side=bout.side, rest_s=bout.rest_s)
        for bout in bouts
    )


@dataclass(slots=True, eq=False, kw_only=True)
class AnyProgress(ABC):
    """How far one task has come, whatever it is of.

    `pose` is the name of the stretch or block; `side` is `None` until it shows, and where there is none. Times in seconds,
    `started_s` from the first picture. `known` is whether `pose` is sure: without a plan it is a guess until a stretch is
    recognised.
    """

    pose: str
    goal_s: float | None  # `None`: it is held to the end, in one go
    side: Side | None
    sided: bool = True  # whether the stretch has sides at all
    known: bool = True
    rest_s: float = 0.0  # after it
    started_s: float = 0.0
    shown_s: float = 0.0  # done, as a clock shows it: some may be taken back, but no whole second that was seen
    skipped: bool = False
    note: str | None = None
    _happened: set[str] = field(default_factory=set)

    @property
    @abstractmethod
    def done_s(self) -> float:
        """Seconds that count for the goal."""

    @property
    def left_s(self) -> float | None:
        """Seconds to the goal; `None` without one."""
        return max(0.0, self.goal_s - self.done_s) if self.goal_s is not None else None

    @property
    def complete(self) -> bool | None:
        """Whether the goal is reached; `None` without one."""
        return self.done_s >= self.goal_s - NEARLY_S if self.goal_s is not None else None

    @property
    def finished(self) -> bool:
        """Whether there is no more to do."""
        return self.complete is True

    def first_time(self, event: str) -> bool:
        """Return whether `event` comes for the first time in this task; from now on it does not."""
        first = event not in self._happened
        self._happened.add(event)
        return first

    @abstractmethod
    def put_off(self) -> None:
        """Store what was done, until this task is taken up again."""

    def skip(self, note: str | None) -> None:
        """Leave it at what was done. What is complete was not skipped, whatever the note says of it."""
        self.skipped, self.note = not self.finished, note

    def restore(self, bout: EarlierBout) -> None:
        """Take in what was done of it before the session was cut off."""
        self.side, self.started_s, self.known = bout.side, bout.started_s, True
        self.shown_s = bout.done_s
        self._restore(bout)
        if bout.skipped:
            self.skip(None)

    @abstractmethod
    def _restore(self, bout: EarlierBout) -> None: ...


@dataclass(slots=True, eq=False, kw_only=True)
class TaskProgress(AnyProgress):
    """How far a stretch has come: the holds that count for it, and what went wrong meanwhile."""

    task: StretchTask
    reach: dict[int, float] = field(default_factory=dict)  # seconds that were held, by whole degrees of the goal
    _stored: tuple[Hold, ...] = ()  # from before the task was put off
    _latest: tuple[Hold, ...] = ()
    _tally: Tally | None = None
    _gone: bool = False  # without a goal: whether the one go is over
    _last_s: float | None = None  # when the clock ran for it, at the last picture

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
        """The form score of the whole time in the stretch from the first correct moment on, 0..100, as of a side of a clip.

        What was held before it was clear that it is for this task counts by the score of its hold. `None` where it is held
        to the end: nobody grades that.
        """
        sums = self._sums
        seen, held_s = sums or SideSum(), self.held_s
        more_s = max(0.0, held_s - seen.correct_s)
        shape_s = seen.shape_s + more_s
        if shape_s == 0 or self.goal_s is None:
            return None
        score_s = seen.score_s + (more_s * sum(hold.score_s for hold in self.holds) / held_s if held_s > 0 else 0.0)
        return with_share(score_s / shape_s, (seen.correct_s + more_s) / shape_s)

    @property
    def lost(self) -> Losses:
        """What the points of the score were lost for, as far as it was seen for what, per second of it."""
        sums = self._sums
        return summed([sums.lost], [1 / sums.shape_s]) if sums is not None and sums.shape_s > 0 else {}

    @property
    def _sums(self) -> SideSum | None:
        known = self.side is not None or not self.sided
        return self._tally.sides.get(self.side) if self._tally is not None and known else None

    @property
    def fault_spans(self) -> list[TimeSpan]:
        """The faults that lasted long enough to count, in order of time."""
        spans = self._tally.faults if self._tally is not None else []
        return [
            replace(span, side=self.side or span.side) for span in spans if self.side is None or span.side in (self.side, None)
        ]

    @property
    def faults(self) -> tuple[FaultTotal, ...]:
        """What stopped the clock, longest first, and then what was advised."""
        if self._tally is None:
            return ()
        spec, until_s = self._tally.spec, self._tally.until_s
        return ranked(
            FaultTotal(
                name=span.what,
                cue=spec.fault(span.what).cue,
                seconds=round(span.end_s, 2) - round(span.start_s, 2),  # as the document has it
                stops_clock=spec.fault(span.what).stops_clock,
                starts_s=(span.start_s,),
                at_end=span.end_s >= until_s,
            )
            for span in self.fault_spans
        )

    @property
    def done_s(self) -> float:
        return self.held_s

    @property
    def finished(self) -> bool:
        """Whether there is no more to hold: the goal is reached, or the one go has come to its end."""
        return self._gone if self.complete is None else self.complete

    def credit(self, holds: Iterable[Hold], *, running: bool) -> None:
        """Take in what has been held since this task was taken up, on either side; `running`: the last of it goes on.

        Of what is held to the end, one go counts: the first that was no false start.
        """
        if self._gone:
            return
        self._latest = tuple(hold for hold in holds if hold.side is self.side)
        if self.goal_s is None:
            self._latest = self._latest[-1:]
            self._gone = not running and self.held_s >= FALSE_START_S
        if self.holds and self.shown_s == 0.0:
            self.started_s = self.holds[0].start_s
        self.shown_s = max(self.held_s, float(int(self.shown_s)))

    def _restore(self, bout: EarlierBout) -> None:
        """As two holds: the longest without a break, and the rest."""
        score = bout.score or 0.0
        parts = [held_s for held_s in (bout.longest_s, bout.done_s - bout.longest_s) if held_s > NEARLY_S]
        start_s = bout.started_s
        self._stored = tuple(
            Hold(side=bout.side, start_s=start_s, end_s=start_s + held_s, held_s=held_s, score_s=score * held_s)
            for held_s in parts
        )
        self.reach = dict(bout.reach)
        self._gone = self.goal_s is None and self.held_s >= FALSE_START_S

    def put_off(self) -> None:
        """Store what was held, until this task is taken up again."""
        self._stored, self._latest = self.holds, ()
        self.stop_watching()

    def watch(self, spec: StretchSpec, now: Assessment, time_s: float, *, counting: bool) -> None:
        """Take in what is seen while this task is done; `counting` is whether the clock runs for it."""
        if now.pose != self.pose:
            self.stop_watching()
            return
        if self._tally is None:
            self._tally = Tally(spec)
            self._tally.interrupt()
        self._tally.add(now, time_s)
        value = now.measurements.get(spec.goal.measure) if spec.goal is not None else None
        if counting and self._last_s is not None and value is not None and not now.breaches:
            self.reach[round(value)] = self.reach.get(round(value), 0.0) + time_s - self._last_s
        self._last_s = time_s if counting else None

    def stop_watching(self, unknown_from_s: float | None = None) -> None:
        """Take in that what is seen from now on is not of this task, until it is watched again.

        Of faults, what was seen from `unknown_from_s` on is taken back.
        """
        self._last_s = None
        if self._tally is not None:
            self._tally.interrupt(unknown_from_s)


AWAY_S = 2.0
"""Who has not been seen for this long has left the picture; shorter, the engine may have missed somebody who lies still."""


@dataclass(slots=True, eq=False, kw_only=True)
class BlockProgress(AnyProgress):
    """How far a guided block has come: for how long somebody was there while it ran. Nothing is judged.

    Time counts from one sight of somebody to the next, where those are not further apart than a blink of the engine.
    """

    task: BlockTask
    guided_s: float = 0.0
    _seen_s: float | None = None  # when somebody was last seen while it ran

    @property
    def spec(self) -> BlockSpec:
        return self.task.block

    @property
    def done_s(self) -> float:
        return self.guided_s

    @property
    def phase(self) -> BlockPhase:
        """The phase of now; the last one once all is over."""
        return self.spec.phases[self.phase_number]

    @property
    def phase_number(self) -> int:
        return self.spec.phase_at(self.guided_s)[0]

    @property
    def into_phase_s(self) -> float:
        """Seconds of this phase that are over."""
        return self.guided_s - self.spec.phase_at(self.guided_s)[1]

    def look(self, time_s: float, *, there: bool) -> None:
        """Take in whether somebody is there, while it runs."""
        if not there:
            return
        if self.first_time("seen"):
            self.started_s = time_s
        if self._seen_s is not None and time_s - self._seen_s < AWAY_S:
            guided_s = self.guided_s + time_s - self._seen_s
            self._set(guided_s if guided_s < self.spec.side_s - NEARLY_S else self.spec.side_s)
        self._seen_s = time_s

    def is_away(self, time_s: float) -> bool:
        """Return whether nobody has been there lately, while it ran."""
        return self._seen_s is None or time_s - self._seen_s >= AWAY_S

    def interrupt(self, unknown_from_s: float | None = None) -> None:
        """Take in that nothing is known from the last look on, or from `unknown_from_s`, where that is earlier."""
        if self._seen_s is not None and unknown_from_s is not None:
            self._set(max(0.0, self.guided_s - max(0.0, self._seen_s - unknown_from_s)))
        self._seen_s = None

    def _restore(self, bout: EarlierBout) -> None:
        self._set(min(bout.done_s, self.spec.side_s))
        if bout.done_s > 0:
            self.first_time("seen")

    def put_off(self) -> None:
        self.interrupt()

    def _set(self, guided_s: float) -> None:
        self.guided_s = guided_s
        self.shown_s = max(guided_s, float(int(self.shown_s)))
