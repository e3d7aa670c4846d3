"""Judges the pictures of a session and advises what to change before the camera can see well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.analysis.hold_timer import HoldTimer, is_gap
from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import SessionPhase
from formcheck.coaching.guidance.setup import Advice, advice
from formcheck.coaching.hold_credit import HoldCredit
from formcheck.core.engine_traits import EngineTraits
from formcheck.core.geometry import distance
from formcheck.core.lighting import Light
from formcheck.core.measures import locate
from formcheck.core.values import Area, Landmarks, Moment, Reason, Side


class FrameObserver:
    """Judges with a `FormAnalyzer` for each stretch of the agenda, and has `credit` count what is held.

    `analyzer` is the one of the stretch that is asked for now, or next; `None` where there are guided blocks alone.
    `moment` is the latest one of the analyzer; `None` before the first and after a break. `focus` is the part of the
    picture in which the person is. `side` is the side of every stretch, where that is given; `traits` are the engine's.
    """

    def __init__(self, agenda: Agenda, side: Side | None, fit: BaselineCheck, traits: EngineTraits) -> None:
        self._traits = traits
        self._side = None if agenda.planned else side  # a plan says which leg; that it is the other one must be seen
        self._fit = fit
        self._agenda = agenda
        self._used = False  # whether the analyzer has judged anything
        self.analyzer = self._new_analyzer()
        self.credit = HoldCredit(agenda)
        self.moment: Moment | None = None
        self.focus = PictureFocus()
        self._last_s = 0.0  # when the last picture was judged

    def judge(self, people: Sequence[Landmarks], phase: SessionPhase, time_s: float, *, easing: bool = False) -> Moment:
        """Return the moment of one picture, credited; nothing is credited while the person is `easing` off."""
        assert self.analyzer is not None, "there is a stretch to judge"
        passed_s = time_s - self._last_s
        in_a_row = self.moment is not None and not is_gap(passed_s)
        self.moment, self._last_s, self._used = self.analyzer.step(people, time_s), time_s, True
        stretching = phase is SessionPhase.STRETCH
        in_shape = stretching and self.moment.assessment.status.in_shape
        self.focus.update(self.moment.landmarks, time_s, stretching=in_shape)
        if not in_a_row:
            self._agenda.stretch.stop_watching()
        self.credit.follow(self.moment, self._timers, resting=phase is SessionPhase.REST, easing=easing)
        self.credit.watch(self.moment, stretching=stretching)
        return self.moment

    def interrupt(self, phase: SessionPhase, reason: Reason, unknown_from_s: float | None = None) -> Moment:
        """Close what is being judged right after the last picture: what follows is not known, whatever it is.

        `reason` is why. What was held from `unknown_from_s` on is taken back, where that is earlier; then the moment has that
        time, and what was judged after it does not count.
        """
        assert self.analyzer is not None, "there is a stretch to judge"
        moment = self.analyzer.interrupt(self._last_s, reason, unknown_from_s)
        self.credit.follow(moment, self._timers, resting=phase is SessionPhase.REST)
        self._agenda.stretch.stop_watching(unknown_from_s)
        self.moment = None
        return moment if unknown_from_s is None else replace(moment, time_s=min(unknown_from_s, moment.time_s))

    def begin(self, time_s: float) -> None:
        """Look for what the agenda asks from now on; what comes after a guided block is looked for anew."""
        candidates = self.analyzer.candidates if self.analyzer is not None else ()
        if (self._agenda.block is not None and self._used) or self._agenda.candidates != candidates:
            self._fit = self.fit
            self.analyzer, self.moment, self._used = self._new_analyzer(), None, False
        self.credit.begin(self._timers, time_s)

    @property
    def fit(self) -> BaselineCheck:
        """The person's baseline, and whether it fits the person who is seen."""
        return self.analyzer.fit if self.analyzer is not None else self._fit

    def _new_analyzer(self) -> FormAnalyzer | None:
        candidates = self._agenda.candidates
        return FormAnalyzer(candidates, self._side, fit=self._fit, traits=self._traits) if candidates else None

    def advice(self, people: Sequence[Landmarks], moment: Moment, light: Light) -> Iterator[Advice]:
        """Yield what to change, the most urgent first. The person is the one of `people` that `moment` is about."""
        person = moment.landmarks
        if person is not None:
            people = sorted(people, key=lambda one: distance(locate(one, {}, "mid_hip"), locate(person, {}, "mid_hip")))
        side = None if self._agenda.either else self._agenda.current.side
        return advice(people, moment.view, light, side)

    @property
    def _timers(self) -> dict[str, HoldTimer]:
        trackers = self.analyzer.trackers if self.analyzer is not None else ()
        return {tracker.spec.name: tracker.state.timer for tracker in trackers}


GLIDE_S = 0.4
"""In so many seconds the part of the picture that is shown comes two thirds of the way to where the person is."""

STEP = 0.12
"""A person who moves less than this share of their size stays where they are: the picture does not follow a breath."""

SETTLED_S = 1.0
"""Who has been out of the stretch, or unseen, for this long is shown with all around them: they may walk anywhere."""


@dataclass(slots=True)
class PictureFocus:
    """The part of the picture that is worth showing large: the person in the stretch, else all of it.

    `area` glides from one to the other and stays while the person hardly moves, so that the mirror is a calm one.
    """

    area: Area | None = None
    _aim: Area | None = None  # the person, as they were when they last moved
    _since_s: float | None = None  # since when nobody is in the stretch
    _last_s: float = 0.0

    def update(self, person: Landmarks | None, time_s: float, *, stretching: bool) -> None:
        """Take in where the person is, and whether they are in the stretch."""
        passed_s, self._last_s = max(0.0, time_s - self._last_s), time_s
        if person is not None and stretching:
            self._since_s = None
            xs, ys = ([getattr(point, axis) for point in person.points.values()] for axis in ("x", "y"))
            now = min(xs), min(ys), max(xs), max(ys)
            step = STEP * max(now[2] - now[0], now[3] - now[1])
            if self._aim is None or max(abs(a - b) for a, b in zip(self._aim, now, strict=True)) > step:
                self._aim = now
        else:
            self._since_s = time_s if self._since_s is None else self._since_s
            if time_s - self._since_s >= SETTLED_S:
                self._aim = None
        if person is None or (self.area is None and self._aim is None):
            return
        whole = 0.0, 0.0, person.aspect, 1.0
        start, end = self.area or whole, self._aim or whole
        share = 1.0 - exp(-passed_s / GLIDE_S)
        left, low, right, top = (a + share * (b - a) for a, b in zip(start, end, strict=True))
        self.area = (
            None
            if self._aim is None and max(left, low, person.aspect - right, 1.0 - top) < STEP / 10
            else (left, low, right, top)
        )
