"""A calibration in front of the camera as a fold, as a guided session is: stand straight, 3-2-1, lie flat, 3-2-1, done.

No button: it counts while all is well, and begins to count anew when it is not.
"""

from collections.abc import Iterator, Mapping, Sequence

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.capture import INSTRUCTIONS, BaselineCapture
from formcheck.analysis.baseline.offsets import Baseline, StraightPosture
from formcheck.coaching.events import Chime, ScreenState
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.setup import Advice, InstructionFilter, advice
from formcheck.coaching.readings.guided_reading import KEYS, GuidedReading
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment
from formcheck.stretches import StretchSpec


class Calibration(GuidedReading):
    """A calibration: `baseline` is there once both postures were taken.

    `specs` are any stretches: an analyzer of them follows the person and measures how they are turned. `traits` are those of
    the engine that sees the person.
    """

    def __init__(self, specs: Mapping[str, StretchSpec], *, muted: bool = False, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        analyzer = FormAnalyzer(tuple(specs.values()), traits=traits)
        super().__init__(analyzer, INSTRUCTIONS[StraightPosture.STANDING], muted=muted)
        self._capture = BaselineCapture(traits)
        self._capture.requested = StraightPosture.STANDING

    @property
    def baseline(self) -> Baseline | None:
        return self._capture.baseline

    def _read(self, people: Sequence[Landmarks], moment: Moment, light: Light, time_s: float) -> None:
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

    def _begin_anew(self, moment: Moment) -> None:
        self._capture.step(moment)

    def _next(self, time_s: float) -> None:
        self._filter = InstructionFilter()
        if self.baseline is not None:
            self._end(phrases.CALIBRATED, time_s)
            return
        self._capture.requested = StraightPosture.LYING
        self._instruction = INSTRUCTIONS[StraightPosture.LYING]
        self._speech.say(time_s, phrases.DONE_NOW.format(instruction=self._instruction), Chime.CHANGE)

    def _screen(self, time_s: float) -> ScreenState:
        return ScreenState(
            phase=self.phase,
            time_s=time_s,
            title=phrases.CALIBRATION,
            instruction=self._shown_instruction,
            count=self._count,
            step=(1 + len(self._capture.readings), len(StraightPosture)) if self._done_s is None else None,
            keys=KEYS,
            muted=self.muted,
        )
