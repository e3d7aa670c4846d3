"""Judges the pictures of a session and advises what to change before the camera can see well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.analysis.hold_timer import GAP_S, HoldTimer
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import SessionPhase
from formcheck.coaching.guidance.setup import Advice, advice
from formcheck.coaching.hold_credit import HoldCredit
from formcheck.core.geometry import distance
from formcheck.core.lighting import Light
from formcheck.core.measures import locate
from formcheck.core.values import Landmarks, Moment, Side


class FrameObserver:
    """Judges with a `FormAnalyzer` for each stretch of the agenda, and has `credit` count what is held.

    `moment` is the latest one of the analyzer; `None` before the first and after a break. `place` is where the person is in the
    picture. `side` is the side of every stretch, where that is given.
    """

    def __init__(self, agenda: Agenda, side: Side | None, fit: BaselineCheck) -> None:
        self.analyzer = FormAnalyzer(agenda.candidates, side, fit=fit)
        self.credit = HoldCredit(agenda)
        self.moment: Moment | None = None
        self.place = VerticalPlace()
        self._agenda = agenda
        self._side = side
        self._last_s = 0.0  # when the last picture was judged

    def judge(self, people: Sequence[Landmarks], phase: SessionPhase, time_s: float) -> Moment:
        """Return the moment of one picture, credited."""
        passed_s = time_s - self._last_s
        in_a_row = self.moment is not None and passed_s <= GAP_S
        self.moment, self._last_s = self.analyzer.step(people, time_s), time_s
        self.place.update(self.moment.landmarks, time_s)
        if not in_a_row:
            self._agenda.current.stop_watching()
        self.credit.follow(self.moment, self._timers, resting=phase is SessionPhase.REST)
        self.credit.watch(self.moment, stretching=phase is SessionPhase.STRETCH)
        return self.moment

    def interrupt(self, phase: SessionPhase) -> Moment:
        """Close what is being judged right after the last picture: what follows is not known, whatever it is."""
        moment = self.analyzer.interrupt(self._last_s)
        self.credit.follow(moment, self._timers, resting=phase is SessionPhase.REST)
        self._agenda.current.stop_watching()
        self.moment = None
        return moment

    def begin(self, time_s: float) -> None:
        """Look for what the agenda asks from now on."""
        if self._agenda.candidates != self.analyzer.candidates:
            self.analyzer, self.moment = FormAnalyzer(self._agenda.candidates, self._side, fit=self.analyzer.fit), None
        self.credit.begin(self._timers, time_s)

    def change_sides(self) -> None:
        """Where the side was given, it is the other one from now on."""
        if self._side is not None:
            self._side = self._side.other
            for tracker in self.analyzer.trackers:
                tracker.give_side(self._side)

    def advice(self, people: Sequence[Landmarks], moment: Moment, light: Light) -> Iterator[Advice]:
        """Yield what to change, the most urgent first. The person is the one of `people` that `moment` is about."""
        person = moment.landmarks
        if person is not None:
            people = sorted(people, key=lambda one: distance(locate(one, {}, "mid_hip"), locate(person, {}, "mid_hip")))
        side = None if self._agenda.either else self._agenda.current.side
        return advice(people, moment.view, light, side)

    @property
    def _timers(self) -> dict[str, HoldTimer]:
        return {tracker.spec.name: tracker.state.timer for tracker in self.analyzer.trackers}


MORE = 0.1
"""Heights of the picture by which there must be more room above or below: a step is no reason to move words."""

SETTLED_S = 1.0
"""It counts once it has been so for this long: lying down takes longer, a raised arm does not last."""


@dataclass(slots=True)
class VerticalPlace:
    """Where the person is in the picture: words go where there is more room, and must not jump about for it.

    `low` is whether there is more room above the person than below, as far as is settled.
    """

    low: bool = False
    _since_s: float | None = None

    def update(self, person: Landmarks | None, time_s: float) -> None:
        """Take in where the person is; without one nothing changes."""
        if person is None:
            return
        heights = [point.y for point in person.points.values()]
        above, below = 1.0 - max(heights), min(heights)
        if abs(above - below) < MORE or (above > below) is self.low:
            self._since_s = None
            return
        self._since_s = time_s if self._since_s is None else self._since_s
        if time_s - self._since_s >= SETTLED_S:
            self.low, self._since_s = not self.low, None
