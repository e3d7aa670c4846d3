"""The course of a session: from phase to phase and from task to task, and what is said on the way.

The clock never waits for ceremony. Set-up and countdown help somebody who is not there yet; form that is held is a hold in
any phase, and the stretch then begins by itself.

A phase as it passes: which keys are meant in it, and how long it lasts if it ends by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Self

from formcheck.analysis.baseline import BaselineCheck
from formcheck.analysis.cues import UNSEEN_CUES
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import Chime, Key, SessionPhase
from formcheck.coaching.frame_observer import FrameObserver
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import COUNT, Announcer, SpeechScheduler
from formcheck.coaching.guidance.setup import Advice, InstructionFilter
from formcheck.coaching.tasks import TaskProgress
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment, Side, Status

WATCHING = frozenset({SessionPhase.SETUP, SessionPhase.COUNTDOWN, SessionPhase.STRETCH, SessionPhase.REST})
"""In these it matters what the camera sees."""

_ALWAYS = (Key.MUTE, Key.FULL_SCREEN, Key.QUIT)
KEYS: Mapping[SessionPhase, tuple[Key, ...]] = {
    SessionPhase.SETUP: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    SessionPhase.COUNTDOWN: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    SessionPhase.STRETCH: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    SessionPhase.REST: (Key.PAUSE, Key.SKIP, *_ALWAYS),
    SessionPhase.PAUSED: (Key.PAUSE, Key.PAIN, *_ALWAYS),
    SessionPhase.PAIN: (Key.MILD, Key.STRONG, Key.SHARP, Key.PAUSE, Key.QUIT),
    SessionPhase.LOST: _ALWAYS,
    SessionPhase.DONE: (Key.FULL_SCREEN, Key.QUIT),
}
"""The keys that mean something. Skipping while paused would leave it open what is skipped, the rest or the stretch. The pause
key takes back a pain that was a slip of the finger."""

_NEARLY_S = 1e-6


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

    def after_break(self, broken_off_s: float, time_s: float) -> Self:
        """Return the same phase as it goes on at `time_s`: nothing of it passed since it was broken off."""
        return replace(self, since_s=self.since_s + time_s - broken_off_s)


WELL_S = 1.0
"""All must have been well for this long before the countdown; a person is not in place while passing through it."""

COUNTDOWN_S = 3.0

ELSEWHERE_S = 5.0
"""Somebody who has been out of the stretch for this long is told again how to get into it."""

UNSEEN_S = 8.0
"""Somebody who could not be judged for this long in a stretch is helped as in the set-up."""


@dataclass(slots=True)
class PainReport:
    """The pain key was pressed, during which task; `answer` is how it was, once told."""

    time_s: float
    progress: TaskProgress
    answer: Key | None = None


class SessionFlow:
    """Where the session stands. `call` is how the present task was announced, `farewell` why all ended before its time.

    `side` is the side of every stretch, where that is not to be found. What is told of it is in `speech`, `guide` and `watch`.
    """

    def __init__(self, agenda: Agenda, side: Side | None, fit: BaselineCheck) -> None:
        self.agenda = agenda
        self.watch = FrameObserver(agenda, side, fit)
        self.guide = InstructionFilter()
        self.speech = SpeechScheduler()
        self.announcer = Announcer(self.speech)
        self.spell = PhaseTimer(phase=SessionPhase.SETUP, since_s=0.0)
        self.pains: list[PainReport] = []
        self.call: str | None = None
        self.farewell: str | None = None
        self._misfits = 0  # that were told
        self._broken_off = self.spell, 0.0  # what a pause, or lost pictures, came into, and when
        self._ticked: int | None = None  # the last count of this phase that was heard
        self._status: tuple[Status, float] | None = None  # in a stretch: how it is, since when
        mine = agenda.present
        if agenda.over:
            self._end(0.0, phrases.NOTHING_LEFT)
        elif agenda.planned:
            said = phrases.named(agenda.spec, mine.side)
            self.speech.say(0.0, phrases.either_first(said) if agenda.either and mine.side is None else said)

    @property
    def phase(self) -> SessionPhase:
        return self.spell.phase

    @property
    def posture(self) -> str:
        """How to get into what is asked."""
        return phrases.posture(self.agenda.spec) if self.agenda.planned else phrases.ANY_STRETCH

    # --- what comes in -------------------------------------------------------------------------------------------------

    def see(self, people: Sequence[Landmarks], light: Light, time_s: float) -> Moment:
        """Judge one picture, and do and say what is due."""
        moment = self.watch.judge(people, self.phase, time_s)
        if len(self.watch.session.fit.misfits) > self._misfits:
            self._misfits += 1
            self.speech.say(time_s, phrases.OUT_OF_DATE)
        self._move_on(moment, self.watch.advice(people, moment, light), time_s)
        if self.phase is SessionPhase.STRETCH and not self.agenda.other_leg:
            spec = self.agenda.specs[moment.assessment.pose]
            self.announcer.hear(moment, self.agenda.present, spec, counting=self.agenda.counting)
        return moment

    def break_off(self, phase: SessionPhase, time_s: float) -> Moment:
        """Stop looking, for now; returns the moment that closes what was being judged."""
        moment = self.watch.interrupt(self.phase)
        self.announcer.hush()
        self._misfits = 0  # that were told
        self._broken_off = self.spell, time_s
        self.spell = PhaseTimer(phase=phase, since_s=time_s)
        return moment

    def go_on(self, time_s: float, sentence: str) -> None:
        """Go on where a pause, or lost pictures, came in."""
        spell, at_s = self._broken_off
        self.spell = spell.after_break(at_s, time_s)
        self.guide, self._status = InstructionFilter(), None
        self.speech.say(time_s, sentence)

    def set_up(self, time_s: float) -> None:
        """Help into the present task, whatever was before."""
        self._turn(SessionPhase.SETUP, time_s)

    def hurt(self, time_s: float) -> Moment:
        """End the hold, and ask how it was."""
        moment = self.break_off(SessionPhase.PAIN, time_s)
        self.pains.append(PainReport(time_s=time_s, progress=self.agenda.present))
        self.speech.say(time_s, phrases.EASE_OUT, Chime.ALERT, urgent=True)
        return moment

    def answer(self, answer: Key, time_s: float) -> None:
        """Take in how the pain was."""
        sentence, note = phrases.ANSWERS[answer], f"{answer} pain"
        self.pains[-1].answer = answer
        if answer is Key.SHARP:
            self.agenda.stop(note)
            self._end(time_s, sentence)
            return
        if answer is Key.STRONG:
            self.agenda.leave_side(note)
        if answer is Key.MILD or self.agenda.following is not None or not self.agenda.planned:
            self.speech.say(time_s, sentence)
        if answer is Key.MILD:
            self._turn(SessionPhase.SETUP, time_s)
        else:
            self._next(time_s, farewell=sentence)

    def skip(self, time_s: float) -> None:
        """Leave the present task at what was held of it."""
        self.agenda.skip()
        self._next(time_s)

    def other_side(self, time_s: float) -> Moment:
        """The person wants the other leg now; returns the moment that closes what was being judged."""
        moment = self.watch.interrupt(self.phase)
        self.announcer.hush()
        self.agenda.other_side()
        self.watch.other_side()
        self.watch.ask(time_s)
        self._turn(SessionPhase.SETUP, time_s)
        if self.agenda.present.side is not None:
            self.speech.say(time_s, phrases.instead(self.agenda.present.side))
        return moment

    # --- from phase to phase -------------------------------------------------------------------------------------------

    def _move_on(self, moment: Moment, wanted: Iterator[Advice], time_s: float) -> None:
        """Do what is due in this phase. A hold that counts leads to the stretch from any."""
        if self.agenda.present.complete and self.agenda.present.first("done"):
            self._finish(time_s)
        elif self.phase is SessionPhase.STRETCH:
            self._stretch(moment, wanted, time_s)
        elif self.agenda.counting:
            self._turn(SessionPhase.STRETCH, time_s)
        elif self.phase is SessionPhase.REST:
            self._rest(time_s)
        elif self.phase is SessionPhase.SETUP:
            self._set_up(wanted, time_s)
        else:
            self._count_down(moment, wanted, time_s)

    def _set_up(self, wanted: Iterator[Advice], time_s: float) -> None:
        self.guide.look(wanted, time_s)
        well_s = self.guide.well_since_s
        if self.agenda.other_leg:
            self.speech.instruct(time_s, phrases.OTHER_LEG)
        elif self.guide.shown is not None:
            self.speech.instruct(time_s, self.guide.shown.text)
        elif well_s is not None and time_s - well_s >= WELL_S:
            self.speech.say(time_s, phrases.READY, Chime.READY)
            self._turn(SessionPhase.COUNTDOWN, time_s, COUNTDOWN_S)

    def _count_down(self, moment: Moment, wanted: Iterator[Advice], time_s: float) -> None:
        self.guide.look(wanted, time_s)
        if self.agenda.other_leg or (self.guide.shown is not None and self.guide.shown.needed):
            self._turn(SessionPhase.SETUP, time_s)
        elif self._tick(time_s) == 0:
            self._turn(SessionPhase.STRETCH, time_s)
            if not moment.assessment.status.in_shape:
                self.speech.instruct(time_s, self.posture)

    def _rest(self, time_s: float) -> None:
        if self._tick(time_s) == 0:
            self._turn(SessionPhase.SETUP, time_s)

    def _tick(self, time_s: float) -> int | None:
        """Return what is left of this phase; the last seconds are heard, but for one with which it begins: that has a sound."""
        left = self.spell.left(time_s)
        if left != self._ticked and left in range(1, COUNT + 1):
            self.speech.say(time_s, None, Chime.TICK)
        self._ticked = left
        return left

    def _stretch(self, moment: Moment, wanted: Iterator[Advice], time_s: float) -> None:
        """Help where the clock does not run, and what the camera sees does not change."""
        now = moment.assessment
        if self._status is None or self._status[0] is not now.status:
            self._status = now.status, time_s
        lasting_s = time_s - self._status[1]
        if self.agenda.other_leg:
            self.speech.instruct(time_s, phrases.OTHER_LEG)
        elif now.status is Status.ELSEWHERE and lasting_s >= ELSEWHERE_S and self.agenda.planned:
            self.speech.instruct(time_s, self.posture)
        elif now.reason is not None and lasting_s >= UNSEEN_S:
            if any(one.needed for one in wanted):
                self._turn(SessionPhase.SETUP, time_s)
            else:
                self.speech.instruct(time_s, UNSEEN_CUES[now.reason])

    def _finish(self, time_s: float) -> None:
        """The goal is reached. Where that is the end of all, what is said at the end says it."""
        rest_s = self.agenda.present.rest_s
        if self.agenda.following is not None or not self.agenda.planned:
            self.speech.say(time_s, phrases.DONE, Chime.DONE)
        if self.agenda.planned:
            self._next(time_s, rest_s=rest_s)

    def _next(self, time_s: float, *, rest_s: float = 0.0, farewell: str | None = None) -> None:
        """Go on to the next task. `farewell` is what to end with if there is none."""
        before = self.agenda.present
        self.agenda.advance()
        self.announcer.hush()
        if self.agenda.over:
            self._end(time_s, farewell)
            return
        if self.agenda.planned:
            self.call = self._calling(before)
            self.speech.say(time_s, self.call, Chime.CHANGE)
        self.watch.ask(time_s)
        self._turn(SessionPhase.REST if rest_s > 0 else SessionPhase.SETUP, time_s, rest_s if rest_s > 0 else None)

    def _calling(self, before: TaskProgress) -> str:
        """How the present task is announced after another one."""
        mine = self.agenda.present
        if mine.pose != before.pose or mine.side is None:
            return phrases.following(self.agenda.spec, mine.side)
        return phrases.ONCE_MORE if mine.side is before.side else phrases.CHANGE_SIDES

    def _end(self, time_s: float, farewell: str | None = None) -> None:
        """All is over; `farewell` says why, where it is not because all was done."""
        self.farewell = farewell
        held = farewell is None and self.agenda.score is not None
        sentence = farewell or (phrases.ALL_DONE if held else phrases.ALL_OVER)
        self.speech.say(time_s, sentence, Chime.DONE if held else None, urgent=farewell is not None)
        self._turn(SessionPhase.DONE, time_s)

    def _turn(self, phase: SessionPhase, time_s: float, length_s: float | None = None) -> None:
        if phase is SessionPhase.SETUP and self.phase is not SessionPhase.COUNTDOWN:
            self.guide = InstructionFilter()
        self.spell = PhaseTimer(phase=phase, since_s=time_s, length_s=length_s)
        self._ticked = self.spell.left(time_s)
        self._status = None
