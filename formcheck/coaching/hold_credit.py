"""For which task of the agenda the time that is held counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from formcheck.analysis.hold_timer import HoldTimer
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.tasks import NEARLY_S
from formcheck.core.values import Assessment, Hold, Moment, Status

MEANT_S = 2.0
"""The other leg is meant when it is stretched, well or badly, for this long; shorter, it may be a step on the way."""


class HoldCredit:
    """Credits holds to the current task of `agenda`, and changes to another one where the person does that.

    After each `follow`, `counting` is whether time counts for the current task, and `other_leg` whether a leg is stretched,
    well or badly, that is in no task; `deciding` is whether one of the two will be so in a moment, if nothing changes.
    `timers` are always those of the stretches that are looked for, by name.
    """

    def __init__(self, agenda: Agenda) -> None:
        self.counting = self.deciding = self.other_leg = False
        self._agenda = agenda
        self._begun_s = 0.0  # when the current task was begun
        self._unasked_since_s: float | None = None  # since when a leg is stretched that is not asked for now
        self._stayed = True  # in the stretch that was done when the current task was begun
        self._marks: dict[str, TimerMark] = {}  # from where on what is held of a stretch counts

    def begin(self, timers: Mapping[str, HoldTimer], time_s: float) -> None:
        """Count for the current task from now on, also of a hold that is under way."""
        self.counting = self.deciding = self.other_leg = False
        self._unasked_since_s = None
        self._stayed = True
        self._begun_s = time_s
        self._marks = {name: TimerMark.now(timer) for name, timer in timers.items()}

    def follow(self, moment: Moment, timers: Mapping[str, HoldTimer], *, resting: bool, easing: bool = False) -> None:
        """Take in a moment: credit what was held.

        `resting`: a hold from before does not count yet. `easing`: nothing counts, until the person has eased off.
        """
        agenda, now = self._agenda, moment.assessment
        if not agenda.planned:
            self._recognise(moment, timers)
        timer = timers[agenda.current.pose]
        if easing:
            agenda.stretch.put_off()
        before = timer.current is not None and timer.current.start_s < self._begun_s - NEARLY_S
        if easing or (resting and before):
            self._mark(TimerMark.now(timer))
        self._credit(timer)
        self._settle(timer)
        self._stayed = (self._stayed or resting or easing) and self.is_unasked_leg(now)
        later = agenda.asks_later(now.side)
        meant = self._meant(now, moment.time_s, later=later)
        if meant and later and now.side is not None:
            agenda.bring_forward(now.side)
            self._mark(TimerMark.before_this_hold(timer))
            self._unasked_since_s = None
            self._credit(timer)
        running = timer.running
        correct = now.status is Status.CORRECT and now.pose == agenda.current.pose
        under_way = [hold for hold in self._earned(timer) if running is not None and hold.end_s == running.end_s]
        self.counting = correct and any(hold.side is agenda.current.side for hold in under_way)
        self.other_leg = meant and not later
        may_count = (self._unasked_since_s is not None and not later) or self._may_count(timer)
        self.deciding = may_count and not (self.counting or self.other_leg)

    def _meant(self, now: Assessment, time_s: float, *, later: bool) -> bool:
        """Return whether a leg that is not asked for now is meant, for `MEANT_S`.

        A leg that is to come `later` is not where the person is still in the stretch that is over; in a rest nobody has to
        have left that.
        """
        if not self.is_unasked_leg(now) or (later and self._stayed):
            self._unasked_since_s = None
        elif self._unasked_since_s is None:
            self._unasked_since_s = time_s
        return self._unasked_since_s is not None and time_s - self._unasked_since_s >= MEANT_S

    def _may_count(self, timer: HoldTimer) -> bool:
        """Return whether a hold of the current task is not confirmed yet, or one lapses: both are over in a moment."""
        current = timer.current
        if current is None or current.start_s < self._begun_s - NEARLY_S:
            return False
        return timer.lapsed or current.held_s < MEANT_S

    def is_unasked_leg(self, now: Assessment) -> bool:
        """Return whether the leg that is stretched, well or badly, is another than the one of the current task."""
        current = self._agenda.current
        known = now.status.in_shape and now.pose == current.pose and None not in (now.side, current.side)
        return self._agenda.planned and known and now.side is not current.side

    def watch(self, moment: Moment, *, stretching: bool) -> None:
        """Take in how the current task is done. `stretching`: it is meant to be done now; else only what counts is of it."""
        agenda = self._agenda
        if stretching or self.counting:
            agenda.stretch.watch(agenda.spec, moment.assessment, moment.time_s, counting=self.counting)
            if agenda.planned and agenda.stretch not in agenda.begun and agenda.stretch.fault_spans:
                agenda.record()
        else:
            agenda.stretch.stop_watching()

    def _recognise(self, moment: Moment, timers: Mapping[str, HoldTimer]) -> None:
        """Without a plan: what is recognised becomes the task. A goal that is reached goes on as long as its hold does."""
        if not moment.recognised:
            return
        pose, current = moment.assessment.pose, self._agenda.stretch
        current.known = current.known or pose == current.pose
        if pose != current.pose or (current.complete and timers[pose].running is None):
            current.put_off()
            self._mark(TimerMark.now(timers[current.pose]))
            self._agenda.take_up(pose)

    def _settle(self, timer: HoldTimer) -> None:
        """Make what is held now the task, where the person may choose."""
        agenda, current, running = self._agenda, self._agenda.stretch, timer.running
        earned = self._earned(timer)
        if not earned or running is None or earned[-1].end_s != running.end_s or earned[-1].side is current.side:
            return
        side = earned[-1].side
        if agenda.planned and agenda.has_left(side):
            return
        if agenda.side_open:
            agenda.choose_side(side)
        elif side is None or running.start_s < self._begun_s - NEARLY_S:
            return
        elif not agenda.planned:
            current.put_off()
            self._mark(TimerMark.before_this_hold(timer))
            agenda.take_up(current.pose)
            agenda.choose_side(side)
        elif earned[-1].held_s >= MEANT_S and agenda.bring_forward(side):
            self._mark(TimerMark.before_this_hold(timer))
        self._credit(timer)

    def _credit(self, timer: HoldTimer) -> None:
        self._agenda.stretch.credit(self._earned(timer), running=timer.running is not None)
        if self._agenda.stretch.held_s > 0:
            self._agenda.record()

    def _earned(self, timer: HoldTimer) -> tuple[Hold, ...]:
        return self._marks.get(self._agenda.current.pose, TimerMark()).since(timer)

    def _mark(self, mark: "TimerMark") -> None:
        self._marks[self._agenda.current.pose] = mark


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerMark:
    """A point on a timer: so many holds were over, and this was held of the one under way. Without arguments the beginning."""

    over: int = 0
    under_way: Hold | None = None

    @classmethod
    def now(cls, timer: HoldTimer) -> Self:
        return cls(over=len(timer.done), under_way=timer.current)

    @classmethod
    def before_this_hold(cls, timer: HoldTimer) -> Self:
        return cls(over=len(timer.done))

    def since(self, timer: HoldTimer) -> tuple[Hold, ...]:
        """Return what was held from the mark on; of the hold that was under way then, only the rest."""
        holds = (self._rest(hold) for hold in timer.holds[self.over :])
        return tuple(hold for hold in holds if hold.held_s > NEARLY_S)

    def _rest(self, hold: Hold) -> Hold:
        before = self.under_way
        if before is None or hold.start_s != before.start_s:
            return hold
        held_s, score_s = hold.held_s - before.held_s, hold.score_s - before.score_s
        return replace(hold, start_s=before.end_s, held_s=held_s, score_s=score_s)
