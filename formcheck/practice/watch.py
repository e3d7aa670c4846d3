"""The eye of a session: judges the pictures with a `Session` for each stretch, and has the agenda credit what is held."""

from collections.abc import Iterator, Sequence

from formcheck.baseline import Fit
from formcheck.geometry import distance
from formcheck.hold import GAP_S, Clock
from formcheck.light import Light
from formcheck.measures import locate
from formcheck.practice.agenda import Agenda
from formcheck.practice.lowness import Lowness
from formcheck.practice.setup import Advice, advice
from formcheck.practice.stage import Phase
from formcheck.session import Session
from formcheck.values import Landmarks, Moment, Side


class Watch:
    """`moment` is the latest one of this session; `None` before the first and after a break. `side`: that of every stretch."""

    def __init__(self, agenda: Agenda, side: Side | None, fit: Fit) -> None:
        self.session = Session(agenda.candidates, side, fit=fit)
        self.moment: Moment | None = None
        self._agenda = agenda
        self._side = side
        self._lowness = Lowness()
        self._last_s = 0.0  # when the last picture was judged

    @property
    def low(self) -> bool:
        """Whether the person is low in the picture."""
        return self._lowness.low

    def judge(self, people: Sequence[Landmarks], phase: Phase, time_s: float) -> Moment:
        """Return what is to be said of one picture, once the agenda knows it."""
        passed_s = time_s - self._last_s
        in_a_row = self.moment is not None and passed_s <= GAP_S
        self.moment, self._last_s = self.session.step(people, time_s), time_s
        self._lowness.look(self.moment.landmarks, time_s)
        if phase is Phase.STRETCH and in_a_row:
            self._agenda.blame(self.moment.assessment, passed_s)
        self._agenda.follow(self.moment, self._clocks(), resting=phase is Phase.REST)
        return self.moment

    def interrupt(self, phase: Phase) -> Moment:
        """Close what is being judged right after the last picture: what follows is not known, whatever it is."""
        moment = self.session.interrupt(self._last_s)
        self._agenda.follow(moment, self._clocks(), resting=phase is Phase.REST)
        self.moment = None
        return moment

    def ask(self, time_s: float) -> None:
        """Look at what the agenda asks from now on."""
        if self._agenda.candidates != tuple(track.spec for track in self.session.tracks):
            self.session, self.moment = Session(self._agenda.candidates, self._side, fit=self.session.fit), None
        self._agenda.ask(self._clocks(), time_s)

    def other_side(self) -> None:
        """Where the side was given, it is the other one from now on."""
        if self._side is not None:
            self._side = self._side.other
            for track in self.session.tracks:
                track.given_side = self._side

    def advice(self, people: Sequence[Landmarks], moment: Moment, light: Light) -> Iterator[Advice]:
        """Yield what to change, the most urgent first. The person is the one of `people` that `moment` is about."""
        person = moment.landmarks
        if person is not None:
            people = sorted(people, key=lambda one: distance(locate(one, {}, "mid_hip"), locate(person, {}, "mid_hip")))
        side = None if self._agenda.either else self._agenda.present.side
        return advice(people, moment.view, light, side)

    def _clocks(self) -> dict[str, Clock]:
        return {track.spec.name: track.clock for track in self.session.tracks}
