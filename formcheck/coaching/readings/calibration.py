"""A calibration in front of the camera as a fold, as a guided session is: stand straight, 3-2-1, lie flat, 3-2-1, done.

No button: it counts while all is well, and begins to count anew when it is not.
"""

from collections.abc import Iterator, Mapping, Sequence

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.capture import INSTRUCTIONS, BaselineCapture
from formcheck.analysis.baseline.offsets import Baseline, StraightPosture
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.coaching.events import Chime, Key, ScreenState, SessionPhase, StepResult
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import SpeechScheduler
from formcheck.coaching.guidance.setup import Advice, InstructionFilter, advice
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment
from formcheck.stretches import StretchSpec

LEAVE_S = 4.0
"""How long the end is shown (seconds), so that it can be heard and read."""

_KEYS = (Key.MUTE, Key.FULL_SCREEN, Key.QUIT)


class Calibration:
    """`baseline` is there once both postures were taken. `step`, `lose_camera`, `wait` and `press` are called in order of time.

    `specs` are any stretches: an analyzer of them follows the person and measures how they are turned. `traits` are those of
    the engine that sees the person.
    """

    def __init__(self, specs: Mapping[str, StretchSpec], *, muted: bool = False, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self.analyzer = FormAnalyzer(tuple(specs.values()), traits=traits)
        self.muted = muted
        self.wants_to_quit = False
        self.phase = SessionPhase.SETUP
        self.needs_people = True
        self._capture = BaselineCapture(traits)
        self._capture.requested = StraightPosture.STANDING
        self._instruction: str = INSTRUCTIONS[StraightPosture.STANDING]
        self._count: int | None = None
        self._done_s: float | None = None
        self._lost = False
        self._no_picture = phrases.NO_PICTURE
        self._filter = InstructionFilter()
        self._speech = SpeechScheduler()

    @property
    def baseline(self) -> Baseline | None:
        return self._capture.baseline

    @property
    def fit(self) -> BaselineCheck:
        """The person's baseline: none yet."""
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
            self._measure(moment, light, time_s)
        return self._result(time_s, moment)

    def lose_camera(self, time_s: float, *, same_since_s: float | None = None) -> StepResult:
        """Take in that the camera gives no new pictures: what was being taken is begun anew.

        `same_since_s` is since when it gives the same picture again and again; `None` where it gives none.
        """
        moment = None
        if not self._lost and self._done_s is None:
            self._lost = True
            moment = self.analyzer.step((), time_s)
            self._capture.step(moment)
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

    def _measure(self, moment: Moment, light: Light, time_s: float) -> None:
        done = self._capture.step(moment)
        count, before = self._capture.left, self._count
        self._count = count
        if done is not None:
            self._next(time_s)
        elif count is None:
            self._filter.update(self._advice(moment, light), time_s)
            if self._filter.shown is not None:
                self._instruction = self._filter.shown.text
                self._speech.instruct(time_s, self._instruction)
        elif count != before:
            self._filter, self._instruction = InstructionFilter(), phrases.STAY
            self._speech.say(time_s, phrases.STAY if before is None else None, Chime.READY if before is None else Chime.TICK)

    def _advice(self, moment: Moment, light: Light) -> Iterator[Advice]:
        """Yield what to change: what keeps the camera from seeing first, as before a stretch."""
        people = () if moment.landmarks is None else (moment.landmarks,)
        yield from (one for one in advice(people, moment.view, light, None) if one.needed)
        if self._capture.why is not None:
            yield Advice(text=self._capture.why)

    def _next(self, time_s: float) -> None:
        self._filter = InstructionFilter()
        if self.baseline is not None:
            self._done_s = time_s
            self._instruction = phrases.CALIBRATED
            self._speech.say(time_s, phrases.CALIBRATED, Chime.DONE)
            return
        self._capture.requested = StraightPosture.LYING
        self._instruction = INSTRUCTIONS[StraightPosture.LYING]
        self._speech.say(time_s, phrases.DONE_NOW.format(instruction=self._instruction), Chime.CHANGE)

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

    def _screen(self, time_s: float) -> ScreenState:
        return ScreenState(
            phase=self.phase,
            time_s=time_s,
            title=phrases.CALIBRATION,
            instruction=self._no_picture if self._lost else self._instruction,
            count=self._count,
            step=(1 + len(self._capture.readings), len(StraightPosture)) if self._done_s is None else None,
            keys=_KEYS,
            muted=self.muted,
        )
