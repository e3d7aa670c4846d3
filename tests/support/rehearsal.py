"""A session in front of the camera, played with hand-made bodies: what is shown and said, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from formcheck.coaching.events import Chime, Key, ScreenState, SessionPhase, StepResult, Utterance
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.summary import SummaryRow
from formcheck.coaching.tasks import BlockTask, StretchTask, of_stretch
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Moment, Side
from formcheck.stretches import StretchSpec
from formcheck.testing import kneeling, mirrored, scaled, upright
from tests.support.specs import KNEELING, SHIPPED

SPECS = {spec.name: spec for spec in SHIPPED}
REST_S = 5.0
FPS = 10.0

RIGHT, LEFT = kneeling(), mirrored(kneeling())
"""Holding the kneeling stretch of either side, that side nearer to the camera."""
READY, READY_LEFT = scaled(upright(), 0.9), mirrored(scaled(upright(), 0.9))
"""Standing there, all well to begin, the right or the left side nearer to the camera."""


def both(spec: StretchSpec = KNEELING, side: Side | None = None) -> tuple[StretchTask, ...]:
    return of_stretch(spec, side, REST_S)


def planned(side: Side, *, goal_s: float | None = None, rest_s: float = REST_S, spec: StretchSpec = KNEELING) -> StretchTask:
    return StretchTask(pose=spec.name, side=side, goal_s=goal_s, rest_s=rest_s)


@dataclass
class Rehearsal:
    """Plays the acts of a session one after the other and keeps all results."""

    session: GuidedSession
    fps: float = FPS
    time_s: float = 0.0
    results: list[StepResult] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        *tasks: StretchTask | BlockTask,
        specs: Mapping[str, StretchSpec] = SPECS,
        side: Side | None = None,
        excluded: Mapping[str, str] | None = None,
        fps: float = FPS,
    ) -> "Rehearsal":
        return cls(GuidedSession(specs, tasks, side=side, excluded=excluded), fps=fps)

    def see(self, lasting_s: float, *people: Landmarks, light: Light = Light.FINE) -> "Rehearsal":
        for _ in range(round(lasting_s * self.fps)):
            self.results.append(self.session.step(people, light, self.time_s))
            self.time_s = round(self.time_s + 1 / self.fps, 6)
        return self

    def until(self, phase: SessionPhase, *people: Landmarks, at_most_s: float = 90.0) -> "Rehearsal":
        """Go on until `phase` is entered (anew, if it is the present one)."""
        start_s, left = self.time_s, False
        while not (left and self.session.phase is phase):
            left = left or self.session.phase is not phase
            assert self.time_s - start_s < at_most_s, f"no {phase} within {at_most_s} s"
            self.see(1 / self.fps, *people)
        return self

    def press(self, *keys: Key) -> list[Moment | None]:
        return [self.session.press(key, self.time_s) for key in keys]

    def lose_camera(self, lasting_s: float) -> "Rehearsal":
        """No picture comes; that is noticed after a second."""
        start_s = self.time_s
        while self.time_s - start_s < lasting_s - 1e-9:
            late = self.time_s - start_s >= 1.0 - 1e-9
            self.results.append(self.session.lose_camera(self.time_s) if late else self.session.wait(self.time_s))
            self.time_s = round(self.time_s + 0.2, 6)
        return self

    def stand_still(self, lasting_s: float, *people: Landmarks) -> "Rehearsal":
        """The same picture comes again and again; that is noticed after two seconds."""
        start_s = self.time_s
        self.see(2.0, *people)
        while self.time_s - start_s < lasting_s - 1e-9:
            self.results.append(self.session.lose_camera(self.time_s, same_since_s=start_s))
            self.time_s = round(self.time_s + 0.2, 6)
        return self

    @property
    def screen(self) -> ScreenState:
        return self.results[-1].screen

    @property
    def screens(self) -> list[ScreenState]:
        return [result.screen for result in self.results]

    @property
    def phases(self) -> list[SessionPhase]:
        """Each phase as it was entered."""
        return [phase for phase, _ in groupby(screen.phase for screen in self.screens)]

    @property
    def instructions(self) -> list[str]:
        """Each instruction as it came up on the screen."""
        shown = (text for text, _ in groupby(screen.instruction for screen in self.screens))
        return [text for text in shown if text is not None]

    @property
    def heard(self) -> list[Utterance]:
        return [utterance for result in self.results for utterance in result.utterances]

    @property
    def texts(self) -> list[str]:
        return [utterance.text for utterance in self.heard if utterance.text is not None]

    @property
    def chimes(self) -> list[Chime]:
        return [utterance.chime for utterance in self.heard if utterance.chime is not None]

    def when(self, text: str) -> list[float]:
        """At what times a sentence was said."""
        return [utterance.time_s for utterance in self.heard if utterance.text == text]

    def clock_s(self, side: Side) -> float:
        """What the timers of the analyzer that judges now have for a side, in seconds."""
        assert self.session.analyzer is not None
        return sum(tracker.state.timer.held_s(side) for tracker in self.session.analyzer.trackers)

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        return self.session.summary.rows

    @property
    def held(self) -> list[tuple[Side | None, int]]:
        """The rows of the summary of what was begun: side, and whole seconds held."""
        return [(row.side, round(row.held_s)) for row in self.rows if row.begun]
