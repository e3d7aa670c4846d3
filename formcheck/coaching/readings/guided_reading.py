"""What a calibration and a check have in common: the person is led to something that is read, and it ends by itself.

No button: it goes on by what is seen. Without pictures what was being read is begun anew.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.coaching.events import Chime, Key, ScreenState, SessionPhase, StepResult
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import SpeechScheduler
from formcheck.coaching.guidance.setup import InstructionFilter
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment

LEAVE_S = 4.0
"""How long the end is shown (seconds), so that it can be heard and read."""

KEYS = (Key.MUTE, Key.FULL_SCREEN, Key.QUIT)


class GuidedReading(ABC):
    """One person who is led. `step`, `lose_camera`, `wait` and `press` are called in order of time.

    `instruction` is the first sentence. The `analyzer` says who is the person, and how they are turned.
    """

    def __init__(self, analyzer: FormAnalyzer, instruction: str, *, muted: bool) -> None:
        self.analyzer = analyzer
        self.muted = muted
        self.wants_to_quit = False
        self.phase = SessionPhase.SETUP
        self.needs_people = True
        self._instruction = instruction
        self._count: int | None = None
        self._done_s: float | None = None
        self._lost = False
        self._no_picture: str = phrases.NO_PICTURE
        self._filter = InstructionFilter()
        self._speech = SpeechScheduler()

    @property
    def fit(self) -> BaselineCheck:
        """The person's baseline: what is read here is read without one."""
        return self.analyzer.fit

    @property
    def first_screen(self) -> ScreenState:
        """What to show before the first picture is judged."""
        return self._screen(0.0)

    def step(self, people: Sequence[Landmarks], light: Light, time_s: float) -> StepResult:
        """Take in one picture: who is seen in it, in what light."""
        if self._lost:
            self._lost = False
            self._speech.say(time_s, phrases.CAMERA_BACK)
        moment = self.analyzer.step(people, time_s)
        if self._done_s is None:
            self._read(people, moment, light, time_s)
        return self._result(time_s, moment)

    def lose_camera(self, time_s: float, *, same_since_s: float | None = None) -> StepResult:
        """Take in that the camera gives no new pictures: what was being read is begun anew.

        `same_since_s` is since when it gives the same picture again and again; `None` where it gives none.
        """
        moment = None
        if not self._lost and self._done_s is None:
            self._lost = True
            moment = self.analyzer.step((), time_s)
            self._begin_anew(moment)
            self._no_picture = phrases.NO_PICTURE if same_since_s is None else phrases.STANDS_STILL
            sentence = phrases.CAMERA_LOST if same_since_s is None else phrases.STANDS_STILL
            self._speech.say(time_s, sentence, Chime.ALERT, urgent=True)
        return self._result(time_s, moment)

    def wait(self, time_s: float) -> StepResult:
        """Return how things stand between two pictures."""
        return self._result(time_s, None)

    def press(self, key: Key, time_s: float) -> Moment | None:
        """Take in a key."""
        if key is Key.QUIT:
            self.wants_to_quit = True
        elif key is Key.MUTE:
            self.muted = not self.muted
        return None

    @abstractmethod
    def _read(self, people: Sequence[Landmarks], moment: Moment, light: Light, time_s: float) -> None:
        """Take in what is seen, and lead on."""

    @abstractmethod
    def _begin_anew(self, moment: Moment) -> None:
        """Forget what was being read: nobody is seen in `moment`, and nothing is known of what comes before the next."""

    @abstractmethod
    def _screen(self, time_s: float) -> ScreenState:
        """Return what to show."""

    @property
    def _shown_instruction(self) -> str:
        return self._no_picture if self._lost else self._instruction

    def _end(self, sentence: str, time_s: float) -> None:
        """Say that it is over; it ends by itself once that was heard."""
        self._done_s, self._instruction = time_s, sentence
        self._speech.say(time_s, sentence, Chime.DONE)

    def _result(self, time_s: float, moment: Moment | None) -> StepResult:
        if self._done_s is not None and time_s - self._done_s >= LEAVE_S:
            self.wants_to_quit = True
        if self._done_s is not None:
            self.phase = SessionPhase.DONE
        elif self._lost:
            self.phase = SessionPhase.LOST
        else:
            self.phase = SessionPhase.SETUP if self._count is None else SessionPhase.COUNTDOWN
        return StepResult(screen=self._screen(time_s), utterances=self._speech.take(), moment=moment)
