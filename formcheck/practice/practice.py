"""The fold of a session in front of the camera: from what is seen, and the keys pressed, to what is shown and said.

The clock never waits for ceremony. Set-up and countdown help somebody who is not there yet; form that is held is a hold in
any phase, and the stretch then begins by itself. Time is an argument here as everywhere below the devices.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from formcheck.baseline import Fit
from formcheck.feedback import UNSEEN_CUES
from formcheck.light import Light
from formcheck.posefile import PoseSpec
from formcheck.practice import words
from formcheck.practice.agenda import Agenda
from formcheck.practice.announcer import COUNT, Announcer
from formcheck.practice.guide import Guide
from formcheck.practice.phases import KEYS, WATCHING, Spell
from formcheck.practice.progress import Progress
from formcheck.practice.setup import Advice
from formcheck.practice.speech import Speech
from formcheck.practice.stage import Chime, Key, Phase, Row, Stage, Utterance
from formcheck.practice.staging import staged
from formcheck.practice.tasks import Task
from formcheck.practice.watch import Watch
from formcheck.session import Session
from formcheck.values import Landmarks, Moment, Side, Status

WELL_S = 1.0
"""All must have been well for this long before the countdown; a person is not in place while passing through it."""

COUNTDOWN_S = 3.0

ELSEWHERE_S = 5.0
"""Somebody who has been out of the stretch for this long is told again how to get into it."""

UNSEEN_S = 8.0
"""Somebody who could not be judged for this long in a stretch is helped as in the set-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one step has to tell. `moment` is `None` where nothing was judged."""

    stage: Stage
    utterances: tuple[Utterance, ...] = ()
    moment: Moment | None = None


@dataclass(slots=True)
class Hurt:
    """The pain key was pressed, during which task; `answer` is how it was, once told."""

    time_s: float
    progress: Progress
    answer: Key | None = None


class Practice:
    """One session of `tasks` with the stretches in `specs` (by name); `barred` says which are skipped, and why.

    `step`, `blind`, `wait` and `press` are called in order of time. `session` is the one that judges now; it is a new one for
    each stretch of a plan. `side` is the side of every stretch, where that is not to be found; `fit` has the person's baseline.
    """

    def __init__(
        self,
        specs: Mapping[str, PoseSpec],
        tasks: Sequence[Task],
        *,
        side: Side | None = None,
        barred: Mapping[str, str] | None = None,
        muted: bool = False,
        fit: Fit | None = None,
    ) -> None:
        self.agenda = Agenda(specs, tasks, barred or {})
        self.muted = muted
        self.wants_to_quit = False
        self.pains: list[Hurt] = []
        self._watch = Watch(self.agenda, side, fit or Fit())
        self._misfits = 0  # that were told
        self._spell = Spell(phase=Phase.SETUP, since_s=0.0)
        self._broken_off = self._spell, 0.0  # what a pause, or lost pictures, came into, and when
        self._ticked: int | None = None  # the last count of this phase that was heard
        self._status: tuple[Status, float] | None = None  # in a stretch: how it is, since when
        self._call: str | None = None  # how the present task was announced
        self._farewell: str | None = None
        self._guide = Guide()
        self._speech = Speech()
        self._announcer = Announcer(self._speech)
        mine = self.agenda.present
        if self.agenda.over:
            self._end(0.0, words.NOTHING_LEFT)
        elif mine.side is not None:
            self._speech.say(0.0, words.named(self.agenda.spec, mine.side))

    # --- what comes in -------------------------------------------------------------------------------------------------

    def step(self, people: Sequence[Landmarks], light: Light, time_s: float) -> Told:
        """Take in one picture: who is seen in it, in what light."""
        if self.phase is Phase.LOST:
            self._go_on(time_s, words.CAMERA_BACK)
        if self.phase not in WATCHING:
            return self._told(time_s, None)
        moment = self._watch.judge(people, self.phase, time_s)
        if len(self.session.fit.misfits) > self._misfits:
            self._misfits += 1
            self._speech.say(time_s, words.OUT_OF_DATE)
        self._move_on(moment, self._watch.advice(people, moment, light), time_s)
        if self.phase is Phase.STRETCH and not self.agenda.other_leg:
            spec = self.agenda.specs[moment.assessment.pose]
            self._announcer.hear(moment, self.agenda.present, spec, counting=self.agenda.counting)
        return self._told(time_s, moment)

    def blind(self, time_s: float) -> Told:
        """Take in that the camera gives no pictures. The clock stands still from the last one on."""
        moment = None
        if self.phase in WATCHING:
            moment = self._break_off(Phase.LOST, time_s)
            self._speech.say(time_s, words.CAMERA_LOST, Chime.ALERT, urgent=True)
        return self._told(time_s, moment)

    def wait(self, time_s: float) -> Told:
        """Say how things stand between two pictures."""
        return self._told(time_s, None)

    def press(self, key: Key, time_s: float) -> Moment | None:
        """Take in a key; one that is not meant now does nothing. Returns the moment that closes what was being judged."""
        moment = None
        match key:
            case _ if key not in self.keys:
                pass
            case Key.QUIT:
                self.wants_to_quit = True
            case Key.MUTE:
                self.muted = not self.muted
            case Key.PAUSE if self.phase is Phase.PAIN:
                self._turn(Phase.SETUP, time_s)
                self._speech.say(time_s, words.GOING_ON)
            case Key.PAUSE if self.phase is Phase.PAUSED:
                self._go_on(time_s, words.GOING_ON)
            case Key.PAUSE:
                moment = self._break_off(Phase.PAUSED, time_s)
                self._speech.say(time_s, words.PAUSED)
            case Key.PAIN:
                moment = self._break_off(Phase.PAIN, time_s)
                self.pains.append(Hurt(time_s=time_s, progress=self.agenda.present))
                self._speech.say(time_s, words.EASE_OUT, Chime.ALERT, urgent=True)
            case Key.MILD | Key.STRONG | Key.SHARP:
                self._answer(key, time_s)
            case Key.SKIP if self.phase is Phase.REST:
                self._turn(Phase.SETUP, time_s)
            case Key.SKIP:
                self.agenda.skip()
                self._next(time_s)
            case Key.OTHER_SIDE:
                moment = self._watch.interrupt(self.phase)
                self._other_side(time_s)
        return moment

    # --- what is known -------------------------------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        return self._spell.phase

    @property
    def session(self) -> Session:
        return self._watch.session

    @property
    def watching(self) -> bool:
        """Whether who is seen in a picture matters now."""
        return self.phase in WATCHING or self.phase is Phase.LOST

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys that are meant now: a side must be known to be changed, and without a plan there is nothing to skip."""
        idle = set() if self.agenda.planned else {Key.SKIP, Key.OTHER_SIDE}
        idle |= {Key.OTHER_SIDE} if self.agenda.present.side is None else set()
        return tuple(key for key in KEYS[self.phase] if key not in idle)

    @property
    def stretches(self) -> tuple[Progress, ...]:
        """All tasks taken up or skipped so far, in that order."""
        return tuple(self.agenda.begun)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The summary, as far as it has come."""
        return self.agenda.rows

    @property
    def first(self) -> Stage:
        """What to show before the first picture is judged."""
        return self._staged(0.0)

    # --- from phase to phase -------------------------------------------------------------------------------------------

    def _move_on(self, moment: Moment, wanted: Iterator[Advice], time_s: float) -> None:
        """Do what is due in this phase. A hold that counts leads to the stretch from any."""
        if self.agenda.present.complete and self.agenda.present.first("done"):
            self._finish(time_s)
        elif self.phase is Phase.STRETCH:
            self._stretch(moment, wanted, time_s)
        elif self.agenda.counting:
            self._turn(Phase.STRETCH, time_s)
        elif self.phase is Phase.REST:
            self._rest(time_s)
        elif self.phase is Phase.SETUP:
            self._set_up(wanted, time_s)
        else:
            self._count_down(moment, wanted, time_s)

    def _set_up(self, wanted: Iterator[Advice], time_s: float) -> None:
        self._guide.look(wanted, time_s)
        well_s = self._guide.well_since_s
        if self.agenda.other_leg:
            self._speech.instruct(time_s, words.OTHER_LEG)
        elif self._guide.shown is not None:
            self._speech.instruct(time_s, self._guide.shown.text)
        elif well_s is not None and time_s - well_s >= WELL_S:
            self._speech.say(time_s, words.READY, Chime.READY)
            self._turn(Phase.COUNTDOWN, time_s, COUNTDOWN_S)

    def _count_down(self, moment: Moment, wanted: Iterator[Advice], time_s: float) -> None:
        self._guide.look(wanted, time_s)
        if self.agenda.other_leg or (self._guide.shown is not None and self._guide.shown.needed):
            self._turn(Phase.SETUP, time_s)
        elif self._tick(time_s) == 0:
            self._turn(Phase.STRETCH, time_s)
            if not moment.assessment.status.in_shape:
                self._speech.instruct(time_s, self._posture())

    def _rest(self, time_s: float) -> None:
        if self._tick(time_s) == 0:
            self._turn(Phase.SETUP, time_s)

    def _tick(self, time_s: float) -> int | None:
        """Return what is left of this phase; the last seconds are heard, but for one with which it begins: that has a sound."""
        left = self._spell.left(time_s)
        if left != self._ticked and left in range(1, COUNT + 1):
            self._speech.say(time_s, None, Chime.TICK)
        self._ticked = left
        return left

    def _stretch(self, moment: Moment, wanted: Iterator[Advice], time_s: float) -> None:
        """Help where the clock does not run, and what the camera sees does not change."""
        now = moment.assessment
        if self._status is None or self._status[0] is not now.status:
            self._status = now.status, time_s
        lasting_s = time_s - self._status[1]
        if self.agenda.other_leg:
            self._speech.instruct(time_s, words.OTHER_LEG)
        elif now.status is Status.ELSEWHERE and lasting_s >= ELSEWHERE_S and self.agenda.planned:
            self._speech.instruct(time_s, self._posture())
        elif now.reason is not None and lasting_s >= UNSEEN_S:
            if any(one.needed for one in wanted):
                self._turn(Phase.SETUP, time_s)
            else:
                self._speech.instruct(time_s, UNSEEN_CUES[now.reason])

    def _finish(self, time_s: float) -> None:
        """The goal is reached. Where that is the end of all, what is said at the end says it."""
        rest_s = self.agenda.present.rest_s
        if self.agenda.following is not None or not self.agenda.planned:
            self._speech.say(time_s, words.DONE, Chime.DONE)
        if self.agenda.planned:
            self._next(time_s, rest_s=rest_s)

    def _next(self, time_s: float, *, rest_s: float = 0.0, farewell: str | None = None) -> None:
        """Go on to the next task. `farewell` is what to end with if there is none."""
        before = self.agenda.present
        self.agenda.advance()
        self._announcer.hush()
        if self.agenda.over:
            self._end(time_s, farewell)
            return
        if self.agenda.planned:
            self._call = self._calling(before)
            self._speech.say(time_s, self._call, Chime.CHANGE)
        self._watch.ask(time_s)
        self._turn(Phase.REST if rest_s > 0 else Phase.SETUP, time_s, rest_s if rest_s > 0 else None)

    def _calling(self, before: Progress) -> str:
        """How the present task is announced after another one."""
        mine = self.agenda.present
        if mine.pose != before.pose or mine.side is None:
            return words.following(self.agenda.spec, mine.side)
        return words.ONCE_MORE if mine.side is before.side else words.CHANGE_SIDES

    def _answer(self, answer: Key, time_s: float) -> None:
        """Take in how the pain was."""
        sentence, note = words.ANSWERS[answer], f"{answer} pain"
        self.pains[-1].answer = answer
        if answer is Key.SHARP:
            self.agenda.stop(note)
            self._end(time_s, sentence)
            return
        if answer is Key.STRONG:
            self.agenda.leave_out_repetitions(note)
        if answer is Key.MILD or self.agenda.following is not None or not self.agenda.planned:
            self._speech.say(time_s, sentence)
        if answer is Key.MILD:
            self._turn(Phase.SETUP, time_s)
        else:
            self._next(time_s, farewell=sentence)

    def _other_side(self, time_s: float) -> None:
        """The person wants the other leg now."""
        self._announcer.hush()
        self.agenda.other_side()
        self._watch.other_side()
        self._watch.ask(time_s)
        self._turn(Phase.SETUP, time_s)
        if self.agenda.present.side is not None:
            self._speech.say(time_s, words.instead(self.agenda.present.side))

    def _end(self, time_s: float, farewell: str | None = None) -> None:
        """All is over; `farewell` says why, where it is not because all was done."""
        self._farewell = farewell
        held = farewell is None and self.agenda.score is not None
        sentence = farewell or (words.ALL_DONE if held else words.ALL_OVER)
        self._speech.say(time_s, sentence, Chime.DONE if held else None, urgent=farewell is not None)
        self._turn(Phase.DONE, time_s)

    def _turn(self, phase: Phase, time_s: float, length_s: float | None = None) -> None:
        if phase is Phase.SETUP and self.phase is not Phase.COUNTDOWN:
            self._guide = Guide()
        self._spell = Spell(phase=phase, since_s=time_s, length_s=length_s)
        self._ticked = self._spell.left(time_s)
        self._status = None

    def _break_off(self, phase: Phase, time_s: float) -> Moment:
        moment = self._watch.interrupt(self.phase)
        self._announcer.hush()
        self._broken_off = self._spell, time_s
        self._spell = Spell(phase=phase, since_s=time_s)
        return moment

    def _go_on(self, time_s: float, sentence: str) -> None:
        """Go on where a pause, or lost pictures, came in."""
        spell, at_s = self._broken_off
        self._spell = spell.after_break(at_s, time_s)
        self._guide, self._status = Guide(), None
        self._speech.say(time_s, sentence)

    # --- what goes out -------------------------------------------------------------------------------------------------

    def _posture(self) -> str:
        """How to get into what is asked."""
        return words.posture(self.agenda.spec) if self.agenda.planned else words.ANY_STRETCH

    def _instruction(self) -> str | None:
        """The one sentence to read now."""
        moment, shown = self._watch.moment, self._guide.shown
        match self.phase:
            case Phase.SETUP | Phase.STRETCH if self.agenda.other_leg:
                return words.OTHER_LEG
            case Phase.SETUP if shown is not None:
                return shown.text
            case Phase.SETUP if self._guide.well_since_s is not None:
                return words.STAY
            case Phase.COUNTDOWN:
                return self._posture()
            case Phase.STRETCH if moment is not None and moment.cue is not None:
                return moment.cue.text
            case Phase.STRETCH if moment is not None and moment.assessment.status is Status.ELSEWHERE:
                return self._posture()
            case Phase.REST:
                return self._call
            case Phase.PAIN:
                return words.HOW
            case Phase.LOST:
                return words.NO_PICTURE
            case Phase.DONE:
                return self._farewell
            case _:
                return None

    def _told(self, time_s: float, moment: Moment | None) -> Told:
        return Told(stage=self._staged(time_s), utterances=self._speech.take(), moment=moment)

    def _staged(self, time_s: float) -> Stage:
        left = self._spell.left(time_s)
        return staged(
            self.agenda,
            phase=self.phase,
            time_s=time_s,
            moment=self._watch.moment,
            running=self._announcer.running and self.phase is Phase.STRETCH,
            instruction=self._instruction(),
            count=max(1, left) if left is not None else None,  # at its end the phase waits for a picture
            keys=self.keys,
            muted=self.muted,
            score=self.agenda.score if self._farewell is None and not self.pains else None,
        )
