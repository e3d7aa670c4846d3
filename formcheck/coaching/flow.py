"""The course of a session: from phase to phase and from task to task, and what is spoken on the way.

The clock never waits for ceremony. Set-up and countdown help a person who is not there yet; form that is held is a hold in
any phase, and the stretch then begins by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import Chime, Key, SessionPhase
from formcheck.coaching.frame_observer import FrameObserver
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import COUNT, Announcer, SpeechScheduler
from formcheck.coaching.guidance.blocks import BlockAnnouncer
from formcheck.coaching.guidance.setup import Advice, InstructionFilter, absence
from formcheck.coaching.tasks import AWAY_S, AnyProgress, BlockProgress
from formcheck.core import wording
from formcheck.core.durations import whole_seconds
from formcheck.core.engine_traits import EngineTraits
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment, Reason, Side, Status

WELL_S = 1.0
"""All must have been well for this long before the countdown; a person is not in place while passing through it."""

COUNTDOWN_S = 3.0

EASE_S = 6.0
"""After mild pain the way back begins so much later: first the person eases off, until nothing hurts."""

ELSEWHERE_S = 5.0
"""A person who has been out of the stretch for this long hears again how to get into it."""

UNSEEN_S = 8.0
"""A person who could not be judged for this long in a stretch is helped as in the set-up."""

_NEARLY_S = 1e-6

_BREAKS = frozenset({SessionPhase.PAUSED, SessionPhase.LOST})
"""They come into another phase, and go back to it."""


class SessionFlow:
    """Where the session stands. `announcement` is how the current task was announced, `farewell` why all ended before its time,
    `no_picture` why there are no new pictures.

    `side` is the side of every stretch, where that is given; `traits` are the engine's. What is to be spoken collects in
    `speech`; `instructions` has what to change before a stretch can be judged.
    """

    def __init__(self, agenda: Agenda, side: Side | None, fit: BaselineCheck, traits: EngineTraits) -> None:
        self.agenda = agenda
        self.observer = FrameObserver(agenda, side, fit, traits)
        self.instructions = InstructionFilter()
        self.speech = SpeechScheduler()
        self.announcer = Announcer(self.speech)
        self.block_announcer = BlockAnnouncer(self.speech)
        self.timer = PhaseTimer(phase=SessionPhase.SETUP, since_s=0.0)
        self.pains: list[PainReport] = []
        self.announcement: str | None = None
        self.farewell: str | None = None
        self.no_picture: str = phrases.NO_PICTURE
        self.light = Light.FINE  # of the latest picture
        self._eased_s = 0.0  # until when the person eases off
        self._before: AnyProgress | None = None  # the task before the current one
        self._misfits = 0  # sentences about them that were spoken
        self._broken_off = self.timer, 0.0  # what a pause, or lost pictures, came into, and when
        self._lost: Moment | None = None  # closed what was being judged when pictures were lost
        self._there_s = 0.0  # when somebody was last seen, in a guided block
        self._counted: int | None = None  # the last count of this phase that was heard
        self._status: tuple[Status, float] | None = None  # in a stretch: how it is, since when
        if agenda.over:
            self._end(0.0, phrases.NOTHING_LEFT)
        elif agenda.planned:
            known = agenda.current.side is not None or not agenda.either
            name = (
                phrases.named(agenda.requested, agenda.current.side)
                if known
                else wording.EITHER_SIDE_FIRST.format(title=agenda.requested.title)
            )
            self.speech.say(0.0, name)

    @property
    def phase(self) -> SessionPhase:
        return self.timer.phase

    @property
    def posture(self) -> str:
        """How to get into the requested stretch, or into position for the block."""
        return self.agenda.requested.posture if self.agenda.planned else phrases.ANY_STRETCH

    # --- what comes in -------------------------------------------------------------------------------------------------

    def observe(self, people: Sequence[Landmarks], light: Light, time_s: float) -> Moment | None:
        """Judge one picture, and do and speak what is due. In a guided block nothing is judged: `None`."""
        self.light = light
        if self.agenda.block is not None:
            self._guide(self.agenda.block, people, time_s)
            return None
        moment = self.observer.judge(people, self.phase, time_s, easing=self.easing(time_s))
        if len(self.observer.fit.misfits) > self._misfits:
            self._misfits += 1
            self.speech.say(time_s, phrases.OUT_OF_DATE)
        self._move_on(moment, self.observer.advice(people, moment, light), time_s)
        credit = self.observer.credit
        if self.phase is SessionPhase.STRETCH and not (credit.other_leg or credit.is_unasked_leg(moment.assessment)):
            spec = self.agenda.specs[moment.assessment.pose]
            self.announcer.announce(moment, self.agenda.stretch, spec, counting=credit.counting)
        return moment

    def lose_camera(self, time_s: float, same_since_s: float | None) -> Moment | None:
        """Stop judging until new pictures come; returns the moment that closes what was being judged, if anything was.

        Where they are the same since `same_since_s`, nothing is known from then on.
        """
        self.no_picture = phrases.NO_PICTURE if same_since_s is None else phrases.STANDS_STILL
        self._lost = self.break_off(SessionPhase.LOST, time_s, Reason.NO_NEW_PICTURE, same_since_s)
        return self._lost

    def stay_lost(self, time_s: float) -> Moment | None:
        """Return the moment that closed what was being judged as it is at a later time, still without new pictures.

        `None` where nothing was being judged, as in a guided block.
        """
        return replace(self._lost, time_s=time_s) if self._lost is not None else None

    def break_off(
        self,
        phase: SessionPhase,
        time_s: float,
        reason: Reason = Reason.NO_PERSON,
        unknown_from_s: float | None = None,
    ) -> Moment | None:
        """Stop judging, for now; returns the moment that closes what was being judged, if anything was.

        `reason` is why, and `unknown_from_s` from when on what was judged is taken back, where that is before now.
        """
        moment = self._interrupt(reason, unknown_from_s)
        self._misfits = 0  # sentences about them that were spoken
        self._broken_off = self.timer, time_s
        self.timer = PhaseTimer(phase=phase, since_s=time_s)
        return moment

    def go_on(self, time_s: float, sentence: str) -> None:
        """Go on where a pause, or lost pictures, came in."""
        timer, at_s = self._broken_off
        self.timer = replace(timer, since_s=timer.since_s + time_s - at_s)  # nothing of the phase passed meanwhile
        self.instructions, self._status = InstructionFilter(), None
        self.speech.say(time_s, sentence)

    def set_up(self, time_s: float) -> None:
        """Help into the current task, whatever was before."""
        self._enter(SessionPhase.SETUP, time_s)

    def report_pain(self, time_s: float) -> Moment | None:
        """End the hold, and ask how it was. In a rest it is the task before that hurt: pain comes on the way out of it."""
        phase = self._broken_off[0].phase if self.phase in _BREAKS else self.phase
        hurt = self._before if phase is SessionPhase.REST and self._before is not None else self.agenda.current
        moment = self.break_off(SessionPhase.PAIN, time_s)
        if hurt is self.agenda.current:
            self.agenda.record()
        self.pains.append(PainReport(time_s=time_s, progress=hurt))
        self.speech.say(time_s, phrases.EASE_OUT, Chime.ALERT, urgent=True)
        return moment

    def take_back_pain(self, time_s: float) -> None:
        """Take in that nothing hurt: the key was a slip of the finger."""
        self.pains.pop()
        self.set_up(time_s)
        self.speech.say(time_s, phrases.GOING_ON)

    def easing(self, time_s: float) -> bool:
        """Return whether the person is still to ease off after mild pain."""
        return self.phase is SessionPhase.SETUP and time_s < self._eased_s

    def answer_pain(self, answer: Key, time_s: float) -> None:
        """Take in how the pain was."""
        sentence = phrases.ANSWERS[answer]
        self.pains[-1].answer = answer
        hurt = self.pains[-1].progress
        if answer is Key.SHARP:
            self.agenda.stop(hurt, wording.PAIN_NOTES[answer])
            self._end(time_s, sentence)
            return
        if answer is Key.STRONG:
            self.agenda.leave_side(hurt, wording.PAIN_NOTES[answer])
        current = self.agenda.current
        goes_on = answer is Key.MILD or (current is not hurt and not current.skipped)
        if goes_on or self.agenda.following is not None or not self.agenda.planned:
            self.speech.say(time_s, sentence)
        if answer is Key.MILD:
            self._eased_s = time_s + EASE_S
        if goes_on:
            self.set_up(time_s)
        else:
            self._next(time_s, farewell=sentence)

    def skip(self, time_s: float) -> None:
        """Leave the current task at what was held of it."""
        self.agenda.skip()
        self._next(time_s)

    def leave(self, time_s: float) -> Moment | None:
        """End before all is done, by the person's wish; returns the moment that closes what was being judged."""
        moment = self._interrupt() if self.agenda.block is not None or self.observer.moment is not None else None
        self._end(time_s, phrases.LEFT_EARLY)
        return moment

    def change_sides(self, time_s: float) -> Moment | None:
        """Ask for the other leg now; returns the moment that closes what was being judged, if anything was."""
        moment = self._interrupt()
        self.agenda.change_sides()
        self.observer.begin(time_s)
        self.set_up(time_s)
        if self.agenda.current.side is not None:
            self.speech.say(time_s, phrases.OTHER_SIDE.format(side=self.agenda.current.side))
        return moment

    # --- from phase to phase -------------------------------------------------------------------------------------------

    def _move_on(self, moment: Moment, advice: Iterator[Advice], time_s: float) -> None:
        """Do what is due in this phase. A hold that counts leads to the stretch from any.

        While it is being decided whether one does, no phase begins that would be taken back in a moment.
        """
        if self.agenda.current.finished and self.agenda.current.first_time("done"):
            self._finish(time_s)
        elif self.phase is SessionPhase.STRETCH:
            self._help_in_stretch(moment, advice, time_s)
        elif self.easing(time_s):
            return
        elif self.observer.credit.counting:
            self._enter(SessionPhase.STRETCH, time_s)
        elif self.phase is SessionPhase.REST:
            if self._count(time_s) == 0 and not self.observer.credit.deciding:
                self.set_up(time_s)
        elif self.phase is SessionPhase.SETUP:
            self._help_to_set_up(advice, time_s)
        else:
            self._count_down(moment, advice, time_s)

    def _guide(self, block: BlockProgress, people: Sequence[Landmarks], time_s: float) -> None:
        """Do what is due in a guided block: all that matters is that somebody is there."""
        missing = absence(people, self.light)
        if missing is None:
            self._there_s = time_s
        if self.phase is SessionPhase.GUIDED:
            block.look(time_s, there=missing is None)
        match self.phase:
            case SessionPhase.GUIDED if block.complete:
                self._finish(time_s)
            case SessionPhase.GUIDED:
                if block.guided_s > 0:
                    self.agenda.record()
                self.block_announcer.announce(block, time_s)
            case SessionPhase.REST if self._count(time_s) == 0:
                self.set_up(time_s)
            case SessionPhase.SETUP | SessionPhase.COUNTDOWN if not self.easing(time_s):
                self._get_ready(block, missing, time_s)

    def _get_ready(self, block: BlockProgress, missing: str | None, time_s: float) -> None:
        """Say how to get into position for a block, and count down while somebody is there."""
        self.instructions.update([Advice(text=missing)] if missing is not None else [], time_s)
        shown = self.instructions.shown
        if self.phase is SessionPhase.COUNTDOWN:
            if time_s - self._there_s >= AWAY_S:
                self.set_up(time_s)
            elif self._count(time_s) == 0:
                self._enter(SessionPhase.GUIDED, time_s)
                block.look(time_s, there=missing is None)
                self.block_announcer.announce(block, time_s)
        elif shown is not None:
            self.speech.instruct(time_s, shown.text)
        elif self.instructions.well_s(time_s) >= WELL_S:
            self.speech.say(time_s, self.posture, Chime.READY)
            self._enter(SessionPhase.COUNTDOWN, time_s, block.spec.ready_s)

    def _help_to_set_up(self, advice: Iterator[Advice], time_s: float) -> None:
        self.instructions.update(advice, time_s)
        if self.observer.credit.other_leg:
            self.speech.instruct(time_s, phrases.OTHER_LEG)
        elif self.instructions.shown is not None:
            self.speech.instruct(time_s, self.instructions.shown.text)
        elif self.instructions.well_s(time_s) >= WELL_S and not self.observer.credit.deciding:
            self.speech.say(time_s, phrases.READY, Chime.READY)
            self._enter(SessionPhase.COUNTDOWN, time_s, COUNTDOWN_S)

    def _count_down(self, moment: Moment, advice: Iterator[Advice], time_s: float) -> None:
        self.instructions.update(advice, time_s)
        shown = self.instructions.shown
        if self.observer.credit.other_leg or (shown is not None and shown.needed):
            self.set_up(time_s)
        elif self._count(time_s) == 0:
            self._enter(SessionPhase.STRETCH, time_s)
            if not moment.assessment.status.in_shape:
                self.speech.instruct(time_s, self.posture)

    def _help_in_stretch(self, moment: Moment, advice: Iterator[Advice], time_s: float) -> None:
        """Help where the clock does not run, and what the camera sees does not change."""
        now = moment.assessment
        if self._status is None or self._status[0] is not now.status:
            self._status = now.status, time_s
        lasting_s = time_s - self._status[1]
        if self.observer.credit.other_leg:
            self.speech.instruct(time_s, phrases.OTHER_LEG)
        elif now.status is Status.ELSEWHERE and lasting_s >= ELSEWHERE_S and self.agenda.planned:
            self.speech.instruct(time_s, self.posture)
        elif now.reason is not None and lasting_s >= UNSEEN_S:
            if any(one.needed for one in advice):
                self.set_up(time_s)
            else:
                self.speech.instruct(time_s, wording.REASONS[now.reason].cue)

    def _count(self, time_s: float) -> int | None:
        """Return what is left of this phase; the last seconds are heard, but for one with which it begins: that has a sound."""
        left = self.timer.left(time_s)
        if left != self._counted and left in range(1, COUNT + 1):
            self.speech.say(time_s, None, Chime.TICK)
        self._counted = left
        return left

    def _finish(self, time_s: float) -> None:
        """The goal is reached, or the one go is over. Where that is the end of all, the farewell says so."""
        current, rest_s = self.agenda.current, self.agenda.current.rest_s
        if current.goal_s is None:
            self.speech.say(time_s, phrases.HELD_FOR.format(seconds=whole_seconds(current.done_s)), Chime.DONE)
        elif self.agenda.following is not None or not self.agenda.planned:
            self.speech.say(time_s, phrases.DONE, Chime.DONE)
        if self.agenda.planned:
            self._next(time_s, rest_s=rest_s)

    def _next(self, time_s: float, *, rest_s: float = 0.0, farewell: str | None = None) -> None:
        """Go on to the next task. `farewell` is what to end with if there is none."""
        before = self._before = self.agenda.current
        self.agenda.advance()
        self.announcer.stop()
        self.block_announcer.stop()
        if self.agenda.over:
            self._end(time_s, farewell)
            return
        if self.agenda.planned:
            self.announcement = self._announcement_after(before)
            self.speech.say(time_s, self.announcement, Chime.CHANGE)
        self.observer.begin(time_s)
        self._enter(SessionPhase.REST if rest_s > 0 else SessionPhase.SETUP, time_s, rest_s if rest_s > 0 else None)

    def _announcement_after(self, before: AnyProgress) -> str:
        """How the current task is announced after another one."""
        current = self.agenda.current
        if current.pose != before.pose or current.side is None:
            return phrases.following(self.agenda.requested, current.side)
        if self.agenda.block is not None:
            return phrases.NOW_SIDE.format(side=current.side)
        return phrases.ONCE_MORE if current.side is before.side else phrases.CHANGE_SIDES

    def _end(self, time_s: float, farewell: str | None = None) -> None:
        """All is over; `farewell` says why, where it is not because all was done."""
        self.farewell = farewell
        held = farewell is None and self.agenda.done_s > 0
        sentence = farewell or (phrases.ALL_DONE if held and self.agenda.all_done else phrases.ALL_OVER)
        self.speech.say(time_s, sentence, Chime.DONE if held else None, urgent=farewell is not None)
        self._enter(SessionPhase.DONE, time_s)

    def _interrupt(self, reason: Reason = Reason.NO_PERSON, unknown_from_s: float | None = None) -> Moment | None:
        if self.agenda.block is not None:
            self.agenda.block.interrupt(unknown_from_s)
            self.block_announcer.stop()
            return None
        moment = self.observer.interrupt(self.phase, reason, unknown_from_s)
        self.announcer.stop()
        return moment

    def _enter(self, phase: SessionPhase, time_s: float, length_s: float | None = None) -> None:
        if phase is SessionPhase.SETUP and self.phase is not SessionPhase.COUNTDOWN:
            self.instructions = InstructionFilter()
        self.timer = PhaseTimer(phase=phase, since_s=time_s, length_s=length_s)
        self._counted = self.timer.left(time_s)
        self._status = None


@dataclass(slots=True)
class PainReport:
    """The pain key was pressed, during which task; `answer` is how it was, once answered."""

    time_s: float
    progress: AnyProgress
    answer: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTimer:
    """A phase since it was entered. `length_s` is `None` where it lasts until something happens."""

    phase: SessionPhase
    since_s: float
    length_s: float | None = None

    def left(self, time_s: float) -> int | None:
        """Return the seconds that are left as they are counted: three, two, one; 0 once it is over."""
        if self.length_s is None:
            return None
        return max(0, ceil(self.since_s + self.length_s - time_s - _NEARLY_S))
