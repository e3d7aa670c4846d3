"""A flexibility check in front of the camera as a fold: to the start, out of it, at rest, back; a few times a side.

No button: it goes on by what is seen. What was read is told once it is over, when the person has said what no camera sees.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from statistics import pstdev

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.checks.frames import CheckFrame, CheckReader
from formcheck.analysis.checks.trials import Trial, find_trials
from formcheck.coaching.events import Chime, ScreenState
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.setup import Advice, InstructionFilter, advice, facing_for
from formcheck.coaching.readings.guided_reading import KEYS, GuidedReading
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment, Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.checks import CheckSpec

READY_S = 1.0
"""Who has been at the start for so long is asked to leave it: two seconds before a trial are part of it."""

COUNTED_FROM_S = 1.0
"""A leg is at rest for so long before it is counted: one that is let down slowly seems to be for a moment."""

MOST_TRIALS = 6
"""After so many of a side it is left at what was read."""


class FlexibilityCheck(GuidedReading):
    """A check: `frames` has what was read so far.

    `side` is the one to be checked; `None`: both, beginning with the one on the camera's side. `specs` are any stretches: an
    analyzer of them measures how the person is turned. `traits` are those of the engine that sees the person.
    """

    def __init__(
        self,
        spec: CheckSpec,
        specs: Mapping[str, StretchSpec],
        *,
        side: Side | None = None,
        level_deg: float | None = None,
        muted: bool = False,
        traits: EngineTraits = DEFAULT_TRAITS,
    ) -> None:
        super().__init__(FormAnalyzer(tuple(specs.values()), traits=traits), spec.says.start, muted=muted)
        self.frames: list[CheckFrame] = []
        self._spec = spec
        self._traits = traits
        self.level_deg = level_deg
        self._side = side
        self._both = side is None
        self._sides_done: list[Side] = []
        self._trials: list[Trial] = []  # of this side
        self._own: list[CheckFrame] = []  # from a while before the trial that is under way, or comes next
        self._start_s: float | None = None  # since when the leg is at the start
        self._away = False
        self._left_s = 0.0  # when the trial under way left the start
        self._out_s = 0.0  # in all the trials of this side that are over
        self._rested = False  # whether the trial under way was at rest for long enough

    @property
    def level_deg(self) -> float | None:
        """The camera's roll, in degrees; `None`: not known, and taken to be none. It is set before the first step."""
        return self._level_deg

    @level_deg.setter
    def level_deg(self, level_deg: float | None) -> None:
        self._level_deg = level_deg
        self._reader = CheckReader(self._spec, level_deg=level_deg or 0.0, traits=self._traits)

    def _read(self, people: Sequence[Landmarks], moment: Moment, light: Light, time_s: float) -> None:
        frame = self._reader.step(people, time_s)
        self.frames.append(frame)
        side = self._side or frame.near
        value = frame.legs[side].main if side is not None and frame.near is side else None
        low, high = self._spec.trials.start
        if value is None or side is None:
            self._count = None
            self._help(moment, light, frame)
            return
        self._own.append(frame)
        if low <= value <= high:
            self._at_start(side, frame.time_s)
        elif self._start_s is not None or self._away:
            self._leave(side, frame.time_s)
        else:
            self._help(moment, light, frame)

    def _help(self, moment: Moment, light: Light, frame: CheckFrame) -> None:
        """Tell what keeps the camera from seeing, the other leg before the one to be checked, too, or else how to start."""
        people = () if moment.landmarks is None else (moment.landmarks,)
        needed = [one for one in advice(people, moment.view, light, self._side) if one.needed]
        if self._side is not None and frame.near is self._side.other:
            needed.append(Advice(text=phrases.TURN_ROUND.format(side=self._side)))
        self._filter.update(needed, frame.time_s)
        self._instruction = self._filter.shown.text if self._filter.shown is not None else self._spec.says.start
        self._speech.instruct(frame.time_s, self._instruction)

    def _at_start(self, side: Side, time_s: float) -> None:
        if self._away:
            self._end_trial(side, time_s)
            if self._done_s is not None or self._side is not side:
                return
        if self._start_s is None:
            self._start_s, self._side = time_s, side
            self._instruction = phrases.STAY
        elif time_s - self._start_s >= READY_S and self._instruction != self._spec.says.go:
            self._instruction = self._spec.says.go
            self._speech.say(time_s, self._instruction, Chime.READY)
        self._own = [frame for frame in self._own if time_s - frame.time_s <= 3.0]

    def _leave(self, side: Side, time_s: float) -> None:
        """Go on with a trial: count while the leg is at rest."""
        if not self._away:
            self._away, self._rested, self._start_s, self._left_s = True, False, None, time_s
            self._instruction = self._spec.says.stay
            self._speech.say(time_s, self._instruction)
        if self._out_s + time_s - self._left_s >= self._spec.trials.longest_s:
            self._rested, self._count = True, None
            self._instruction = self._spec.says.back
            self._speech.instruct(time_s, self._instruction)
        rest_s = self._rest_s(side, time_s)
        settled_s = self._spec.trials.settled_s
        if self._rested:
            return
        count = ceil(settled_s - rest_s) if rest_s >= COUNTED_FROM_S else None
        if rest_s >= settled_s - 1e-6:
            self._rested, self._count = True, None
            self._instruction = self._spec.says.back
            self._speech.say(time_s, self._instruction, Chime.DONE)
        else:
            if count is not None and count != self._count:
                self._speech.say(time_s, None, Chime.TICK)
            self._count = count

    def _rest_s(self, side: Side, time_s: float) -> float:
        """For how long the leg has been at rest, in seconds, as far as that matters."""
        rules = self._spec.trials
        low, high = rules.start
        latest: list[tuple[float, float]] = []
        for frame in reversed(self._own):
            value = frame.legs[side].main
            if value is None or low <= value <= high or time_s - frame.time_s > rules.settled_s + 0.5:
                break
            latest.append((frame.time_s, value))
        for count in range(len(latest), 1, -1):
            if pstdev(value for _, value in latest[:count]) <= rules.settled_within_deg:
                return min(time_s - latest[count - 1][0], rules.settled_s)
        return 0.0

    def _end_trial(self, side: Side, time_s: float) -> None:
        """Take in a trial that is over; go on to the next, to the other side, or to the end."""
        found = find_trials(self._own, self._spec, side)
        self._out_s += time_s - self._left_s
        self._away, self._count, self._own, self._start_s = False, None, self._own[-1:], None
        self._trials += found
        if self._out_s >= self._spec.trials.longest_s:
            self._next_side(side, time_s)
            return
        if not found:
            return
        rules = self._spec.trials
        values = [value for one in self._trials if one.settled and (value := one.angles[self._spec.main.name]) is not None]
        last = values[-rules.count :]
        alike = len(last) == rules.count and max(last) - min(last) <= rules.agree_within_deg
        if alike or len(self._trials) >= MOST_TRIALS:
            self._next_side(side, time_s)
        elif not found[-1].settled:
            self._speech.say(time_s, phrases.NOT_STEADY)
        elif len(last) == rules.count:
            self._speech.say(time_s, phrases.APART)

    def _next_side(self, side: Side, time_s: float) -> None:
        self._sides_done.append(side)
        self._trials, self._own, self._out_s = [], [], 0.0
        if self._both and len(self._sides_done) == 1:
            self._side = side.other
            self._filter = InstructionFilter()
            self._instruction = phrases.TURN_ROUND.format(side=self._side)
            self._speech.say(time_s, self._instruction, Chime.CHANGE)
            return
        self._end(phrases.ALL_OVER, time_s)

    def _begin_anew(self, moment: Moment) -> None:
        self._own, self._start_s, self._away, self._count = [], None, False, None

    def _screen(self, time_s: float) -> ScreenState:
        done = self._done_s is not None
        settled = sum(one.settled for one in self._trials)
        step = (min(settled + 1, self._spec.trials.count), self._spec.trials.count)
        return ScreenState(
            phase=self.phase,
            time_s=time_s,
            title=phrases.FLEXIBILITY_CHECK,
            side=None if done else self._side,
            facing=facing_for(self._side) if self._side is not None else 1,
            instruction=self._shown_instruction,
            count=self._count,
            step=None if done else step,
            keys=KEYS,
            muted=self.muted,
        )
