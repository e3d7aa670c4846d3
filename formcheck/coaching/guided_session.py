"""A session in front of the camera as a fold: from what is seen, and the keys pressed, to what is shown and said.

Time is an argument here as everywhere below the devices. What happens in which phase is in `course`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline import BaselineCheck
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import Chime, Key, ScreenState, SessionPhase, SummaryRow, Utterance
from formcheck.coaching.flow import KEYS, WATCHING, PainReport, SessionFlow
from formcheck.coaching.guidance import phrases
from formcheck.coaching.presenter import instruction, staged
from formcheck.coaching.tasks import StretchTask, TaskProgress
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment, Side
from formcheck.stretches import StretchSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What one step has to tell. `moment` is `None` where nothing was judged."""

    stage: ScreenState
    utterances: tuple[Utterance, ...] = ()
    moment: Moment | None = None


class GuidedSession:
    """One session of `tasks` with the stretches in `specs` (by name); `barred` says which are skipped, and why.

    `step`, `blind`, `wait` and `press` are called in order of time. `session` is the one that judges now; it is a new one for
    each stretch of a plan. `side` is the side of every stretch, where that is not to be found; `fit` has the person's baseline.
    """

    def __init__(
        self,
        specs: Mapping[str, StretchSpec],
        tasks: Sequence[StretchTask],
        *,
        side: Side | None = None,
        barred: Mapping[str, str] | None = None,
        muted: bool = False,
        fit: BaselineCheck | None = None,
    ) -> None:
        self.agenda = Agenda(specs, tasks, barred or {})
        self.muted = muted
        self.wants_to_quit = False
        self._course = SessionFlow(self.agenda, side, fit or BaselineCheck())

    # --- what comes in -------------------------------------------------------------------------------------------------

    def step(self, people: Sequence[Landmarks], light: Light, time_s: float) -> StepResult:
        """Take in one picture: who is seen in it, in what light."""
        if self.phase is SessionPhase.LOST:
            self._course.go_on(time_s, phrases.CAMERA_BACK)
        return self._told(time_s, self._course.see(people, light, time_s) if self.phase in WATCHING else None)

    def blind(self, time_s: float) -> StepResult:
        """Take in that the camera gives no pictures. The clock stands still from the last one on."""
        moment = None
        if self.phase in WATCHING:
            moment = self._course.break_off(SessionPhase.LOST, time_s)
            self._course.speech.say(time_s, phrases.CAMERA_LOST, Chime.ALERT, urgent=True)
        return self._told(time_s, moment)

    def wait(self, time_s: float) -> StepResult:
        """Say how things stand between two pictures."""
        return self._told(time_s, None)

    def press(self, key: Key, time_s: float) -> Moment | None:
        """Take in a key; one that is not meant now does nothing. Returns the moment that closes what was being judged."""
        course, moment = self._course, None
        match key:
            case _ if key not in self.keys:
                pass
            case Key.QUIT:
                self.wants_to_quit = True
            case Key.MUTE:
                self.muted = not self.muted
            case Key.PAUSE if self.phase is SessionPhase.PAIN:
                course.set_up(time_s)
                course.speech.say(time_s, phrases.GOING_ON)
            case Key.PAUSE if self.phase is SessionPhase.PAUSED:
                course.go_on(time_s, phrases.GOING_ON)
            case Key.PAUSE:
                moment = course.break_off(SessionPhase.PAUSED, time_s)
                course.speech.say(time_s, phrases.PAUSED)
            case Key.PAIN:
                moment = course.hurt(time_s)
            case Key.MILD | Key.STRONG | Key.SHARP:
                course.answer(key, time_s)
            case Key.SKIP if self.phase is SessionPhase.REST:
                course.set_up(time_s)
            case Key.SKIP:
                course.skip(time_s)
            case Key.OTHER_SIDE:
                moment = course.other_side(time_s)
        return moment

    # --- what is known -------------------------------------------------------------------------------------------------

    @property
    def phase(self) -> SessionPhase:
        return self._course.phase

    @property
    def pains(self) -> list[PainReport]:
        """What hurt, in order."""
        return self._course.pains

    @property
    def session(self) -> FormAnalyzer:
        return self._course.watch.session

    @property
    def watching(self) -> bool:
        """Whether who is seen in a picture matters now."""
        return self.phase in WATCHING or self.phase is SessionPhase.LOST

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys that are meant now. Without a plan there is nothing to skip."""
        idle = set() if self.agenda.planned else {Key.SKIP}
        idle |= set() if self.agenda.can_change_sides else {Key.OTHER_SIDE}
        return tuple(key for key in KEYS[self.phase] if key not in idle)

    @property
    def stretches(self) -> tuple[TaskProgress, ...]:
        """All tasks taken up or skipped so far, in that order."""
        return tuple(self.agenda.begun)

    @property
    def summary(self) -> tuple[TaskProgress, ...]:
        """What was held or skipped, and what of the plan was never begun."""
        return self.agenda.summary

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        """The summary, as far as it has come."""
        return self.agenda.rows

    @property
    def first(self) -> ScreenState:
        """What to show before the first picture is judged."""
        return self._staged(0.0)

    # --- what goes out -------------------------------------------------------------------------------------------------

    def _told(self, time_s: float, moment: Moment | None) -> StepResult:
        return StepResult(stage=self._staged(time_s), utterances=self._course.speech.take(), moment=moment)

    def _staged(self, time_s: float) -> ScreenState:
        course = self._course
        left = course.spell.left(time_s)
        return staged(
            self.agenda,
            phase=self.phase,
            time_s=time_s,
            moment=course.watch.moment,
            low=course.watch.low,
            running=course.announcer.running and self.phase is SessionPhase.STRETCH,
            instruction=instruction(course),
            count=max(1, left) if left is not None else None,  # at its end the phase waits for a picture
            keys=self.keys,
            muted=self.muted,
            score=self.agenda.score if course.farewell is None and not self.pains else None,
        )
