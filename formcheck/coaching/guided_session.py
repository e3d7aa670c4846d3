"""A session in front of the camera as a fold: from what is seen, and the keys pressed, to what is shown and spoken.

Time is an argument here as everywhere below the devices. What happens in which phase is in `flow`.
"""

from collections.abc import Mapping, Sequence

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import Chime, Key, ScreenState, SessionPhase, StepResult
from formcheck.coaching.flow import PainReport, SessionFlow
from formcheck.coaching.guidance import phrases
from formcheck.coaching.presenter import screen_state, summary_of
from formcheck.coaching.summary import SessionSummary
from formcheck.coaching.tasks import BlockTask, EarlierBout, StretchTask
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment, Side
from formcheck.stretches import StretchSpec

_JUDGED = frozenset({SessionPhase.SETUP, SessionPhase.COUNTDOWN, SessionPhase.STRETCH, SessionPhase.GUIDED, SessionPhase.REST})
"""In these phases it matters what the camera sees."""

_ALWAYS = (Key.MUTE, Key.FULL_SCREEN, Key.QUIT)
_KEYS: Mapping[SessionPhase, tuple[Key, ...]] = {
    SessionPhase.SETUP: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    SessionPhase.COUNTDOWN: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    SessionPhase.STRETCH: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    SessionPhase.GUIDED: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    SessionPhase.REST: (Key.PAUSE, Key.PAIN, Key.SKIP, *_ALWAYS),
    SessionPhase.PAUSED: (Key.PAUSE, Key.PAIN, *_ALWAYS),
    SessionPhase.PAIN: (Key.MILD, Key.STRONG, Key.SHARP, Key.PAUSE, Key.QUIT),
    SessionPhase.LOST: (Key.PAIN, *_ALWAYS),
    SessionPhase.DONE: (Key.PAUSE, Key.FULL_SCREEN, Key.QUIT),
}
"""The keys that mean something. Skipping while paused would leave it open what is skipped, the rest or the stretch. The pause
key takes back a pain that was a slip of the finger, and closes the summary, which whoever quits sees first."""


class GuidedSession:
    """One session of `tasks` with the stretches in `specs` (by name); `excluded` says what is left out, and why.

    One that was cut off goes on after its `earlier` bouts.
    `step`, `lose_camera`, `wait` and `press` are called in order of time. `agenda` has the tasks, and what was held of each.
    `side` is the side of every stretch, where that is not to be found; `fit` has the person's baseline, `traits`
    are those of the engine that sees them.
    """

    def __init__(
        self,
        specs: Mapping[str, StretchSpec],
        tasks: Sequence[StretchTask | BlockTask],
        *,
        side: Side | None = None,
        excluded: Mapping[str, str] | None = None,
        earlier: Sequence[EarlierBout] = (),
        muted: bool = False,
        fit: BaselineCheck | None = None,
        traits: EngineTraits = DEFAULT_TRAITS,
    ) -> None:
        self.agenda = Agenda(specs, tasks, excluded or {}, earlier)
        self.muted = muted
        self.wants_to_quit = False
        self._flow = SessionFlow(self.agenda, side, fit or BaselineCheck(), traits)

    # --- what comes in -------------------------------------------------------------------------------------------------

    def step(self, people: Sequence[Landmarks], light: Light, time_s: float) -> StepResult:
        """Take in one picture: who is seen in it, in what light."""
        if self.phase is SessionPhase.LOST:
            self._flow.go_on(time_s, phrases.CAMERA_BACK)
        return self._result(time_s, self._flow.observe(people, light, time_s) if self.phase in _JUDGED else None)

    def lose_camera(self, time_s: float, *, same_since_s: float | None = None) -> StepResult:
        """Take in that the camera gives no new pictures. The clock stands still from the last one on.

        `same_since_s` is since when it gives the same picture again and again; `None` where it gives none.
        """
        moment = None
        if self.phase in _JUDGED:
            moment = self._flow.lose_camera(time_s, same_since_s)
            sentence = phrases.CAMERA_LOST if same_since_s is None else phrases.STANDS_STILL
            self._flow.speech.say(time_s, sentence, Chime.ALERT, urgent=True)
        elif self.phase is SessionPhase.LOST:
            moment = self._flow.stay_lost(time_s)
        return self._result(time_s, moment)

    def wait(self, time_s: float) -> StepResult:
        """Return how things stand between two pictures."""
        return self._result(time_s, None)

    def press(self, key: Key, time_s: float) -> Moment | None:
        """Take in a key; one that is not meant now does nothing. Returns the moment that closes what was being judged."""
        flow, moment = self._flow, None
        match key:
            case _ if key not in self._keys:
                pass
            case Key.QUIT if self.phase is not SessionPhase.DONE and self.agenda.done_s > 0:
                moment = flow.leave(time_s)
            case Key.QUIT | Key.PAUSE if key is Key.QUIT or self.phase is SessionPhase.DONE:
                self.wants_to_quit = True
            case Key.MUTE:
                self.muted = not self.muted
            case Key.PAUSE if self.phase is SessionPhase.PAIN:
                flow.take_back_pain(time_s)
            case Key.PAUSE if self.phase is SessionPhase.PAUSED:
                flow.go_on(time_s, phrases.GOING_ON)
            case Key.PAUSE:
                moment = flow.break_off(SessionPhase.PAUSED, time_s)
                flow.speech.say(time_s, phrases.PAUSED)
            case Key.PAIN:
                moment = flow.report_pain(time_s)
            case Key.MILD | Key.STRONG | Key.SHARP:
                flow.answer_pain(key, time_s)
            case Key.SKIP if self.phase is SessionPhase.REST:
                flow.set_up(time_s)
            case Key.SKIP:
                flow.skip(time_s)
            case Key.OTHER_SIDE:
                moment = flow.change_sides(time_s)
        return moment

    # --- what is known -------------------------------------------------------------------------------------------------

    @property
    def phase(self) -> SessionPhase:
        return self._flow.phase

    @property
    def pains(self) -> Sequence[PainReport]:
        """What hurt, in order."""
        return self._flow.pains

    @property
    def summary(self) -> SessionSummary:
        """What the session has come to so far."""
        return summary_of(self._flow)

    @property
    def analyzer(self) -> FormAnalyzer | None:
        """The one that judges now, or next; it is a new one for each stretch of a plan. `None`: guided blocks alone."""
        return self._flow.observer.analyzer

    @property
    def fit(self) -> BaselineCheck:
        """The person's baseline, and whether it fits the person who is seen."""
        return self._flow.observer.fit

    @property
    def needs_people(self) -> bool:
        """Whether the people in a picture matter now."""
        return self.phase in _JUDGED or self.phase is SessionPhase.LOST

    @property
    def first_screen(self) -> ScreenState:
        """What to show before the first picture is judged."""
        return self._screen(0.0)

    # --- what goes out -------------------------------------------------------------------------------------------------

    @property
    def _keys(self) -> tuple[Key, ...]:
        """The keys that are meant now. Without a plan there is nothing to skip."""
        idle = set() if self.agenda.planned else {Key.SKIP}
        idle |= set() if self.agenda.can_change_sides else {Key.OTHER_SIDE}
        return tuple(key for key in _KEYS[self.phase] if key not in idle)

    def _result(self, time_s: float, moment: Moment | None) -> StepResult:
        return StepResult(screen=self._screen(time_s), utterances=self._flow.speech.take(), moment=moment)

    def _screen(self, time_s: float) -> ScreenState:
        return screen_state(self._flow, time_s, keys=self._keys, muted=self.muted)
