"""The thread that judges: newest picture, engine, practice; what comes out is there for screen, sound and history to take.

It never waits for the display nor the display for it. A slow machine judges fewer pictures; the clock runs on the time at
which they were taken.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from time import perf_counter
from types import TracebackType
from typing import Protocol, Self

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.coaching.events import Key, ScreenState, SessionPhase
from formcheck.coaching.guided_session import StepResult
from formcheck.core.interfaces import Engine
from formcheck.core.lighting import Light, light_of
from formcheck.core.values import Landmarks, Moment
from formcheck.pipeline.live.results import PerStretchResults
from formcheck.vision.camera import Camera, CameraState

WAIT_S = 0.2
"""How long to wait for a picture before looking what is wrong, and whether a key was pressed."""

LEAVE_S = 3.0
"""How long to wait for the thread at the end: one picture, and the engine's closing."""

RATE_OVER = 60
"""Verdicts over which rate and delay are told: two seconds of them."""

Hear = Callable[[StepResult], None]
"""Called in this thread with everything that is told; must not block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencyStats:
    """Verdicts a second, and seconds from taking a picture to its verdict, lately and on average."""

    verdicts_hz: float = 0.0
    delay_s: float = 0.0


class GuidedFold(Protocol):
    """What is judged here: a practice, or a calibration."""

    @property
    def session(self) -> FormAnalyzer: ...
    @property
    def phase(self) -> SessionPhase: ...
    @property
    def first(self) -> ScreenState: ...
    @property
    def watching(self) -> bool: ...
    @property
    def wants_to_quit(self) -> bool: ...
    def step(self, people: Sequence[Landmarks], light: Light, time_s: float) -> StepResult: ...
    def blind(self, time_s: float) -> StepResult: ...
    def wait(self, time_s: float) -> StepResult: ...
    def press(self, key: Key, time_s: float) -> Moment | None: ...


class Worker:
    """Judges while it is entered; leaving it ends the session.

    `stage` is the latest one, `error` what ended the thread before its time, `over` is set when it has ended. `press` may be
    called from any thread.
    """

    def __init__(self, camera: Camera, engine: Engine, practice: GuidedFold, hear: Hear) -> None:
        self.practice = practice
        self.chapters = PerStretchResults(practice.session)
        self.stage: ScreenState = practice.first
        self.error: BaseException | None = None
        self.over = Event()
        self.last_s = 0.0
        self.pace = LatencyStats()
        self._camera = camera
        self._engine = engine
        self._hear = hear
        self._keys: SimpleQueue[Key] = SimpleQueue()
        self._delays: deque[tuple[float, float]] = deque(maxlen=RATE_OVER)  # when, and how long after the picture was taken
        self._thread = Thread(target=self._run, name="engine", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.press(Key.QUIT)
        self._thread.join(LEAVE_S)

    def press(self, key: Key) -> None:
        """Hand on a key that was pressed."""
        self._keys.put(key)

    def _run(self) -> None:
        try:
            with self._engine:
                self._judge()
        except BaseException as error:
            self.error = error
        finally:
            self.over.set()

    def _judge(self) -> None:
        feed = self._camera.feed()
        practice = self.practice
        while not practice.wants_to_quit:
            frame = feed.next(WAIT_S)
            now_s = self._camera.now_s() if frame is None else frame.time_s
            while not self._keys.empty():
                session, key = practice.session, self._keys.get()
                self._keep(session, practice.press(key, now_s))
            session = practice.session
            if frame is not None:
                people = self._engine.detect(frame) if practice.watching else ()
                told = practice.step(people, light_of(frame.image), frame.time_s)
                if told.moment is not None and session.wanted is not None:
                    self._engine.follow(session.wanted)
                self.last_s = frame.time_s
                self._measure(self._camera.now_s() - frame.time_s)
            else:
                condition = self._camera.condition
                live = condition.state is CameraState.LIVE
                told = practice.wait(now_s) if live else practice.blind(now_s)
            self._keep(session, told.moment)
            self.stage = told.stage
            self._hear(told)

    def _measure(self, delay_s: float) -> None:
        self._delays.append((perf_counter(), delay_s))
        spent_s = self._delays[-1][0] - self._delays[0][0]
        self.pace = LatencyStats(
            verdicts_hz=(len(self._delays) - 1) / spent_s if spent_s > 0 else 0.0,
            delay_s=sum(delay for _, delay in self._delays) / len(self._delays),
        )

    def _keep(self, session: FormAnalyzer, moment: Moment | None) -> None:
        if moment is not None:
            self.chapters.add(session, moment)
