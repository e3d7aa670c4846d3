"""The thread that judges: newest picture, engine, session; what comes out is there for screen, sound and history to take.

It never waits for the display nor the display for it. A slow machine judges fewer pictures; the clock runs on the time at
which they were taken.
"""

from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from statistics import fmean
from threading import Condition, Event, Thread
from time import perf_counter
from typing import Self

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.coaching.events import Key, ScreenState, StepResult
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.readings.guided_reading import GuidedReading
from formcheck.core.interfaces import Engine, Frame
from formcheck.core.lighting import Light, light_of
from formcheck.core.values import Landmarks, Moment
from formcheck.pipeline.live.results import PerStretchResults
from formcheck.pipeline.loop import observe
from formcheck.system.signals import join
from formcheck.vision.camera.camera import Camera, CameraState

WAIT_S = 0.3
"""How long to wait for a picture before checking what is wrong, and whether a key was pressed."""

LEAVE_S = 3.0
"""How long to wait for the thread at the end: one picture, and the engine's closing."""

RATE_OVER = 60
"""Times over which rate and delay are averaged: two seconds of them."""

GuidedFold = GuidedSession | GuidedReading
"""What frames are fed to."""

Hear = Callable[[StepResult], None]
"""Called in this thread with every result; must not block."""


class LatencyStats:
    """How often something was done with a picture lately, and how long after it was taken, on average. Read in any thread."""

    def __init__(self) -> None:
        self._latest: tuple[tuple[float, float], ...] = ()  # when, and how long after the picture was taken

    def add(self, delay_s: float) -> None:
        """Take in that it is done now, `delay_s` seconds after the picture was taken."""
        self._latest = (*self._latest[1 - RATE_OVER :], (perf_counter(), delay_s))

    @property
    def rate_hz(self) -> float:
        """How often a second; 0 before the second time."""
        latest = self._latest
        spent_s = latest[-1][0] - latest[0][0] if latest else 0.0
        return (len(latest) - 1) / spent_s if spent_s > 0 else 0.0

    @property
    def delay_s(self) -> float:
        """Seconds after the picture was taken."""
        return fmean([delay_s for _, delay_s in latest]) if (latest := self._latest) else 0.0


class Worker:
    """Judges while it is entered; leaving it ends the session.

    With `sparing`, pictures in which nothing moves are judged only now and then. `screen` is the latest one, `error` what ended
    the thread before its time, `over` is set when it has ended. `press` may be called from any thread.
    """

    def __init__(
        self, camera: Camera, engine: Engine, session: GuidedFold, hear: Hear, *, tracked: bool = False, sparing: bool = False
    ) -> None:
        self.session = session
        self.results = PerStretchResults(session.analyzer, tracked=tracked)
        self.screen: ScreenState = session.first_screen
        self.error: BaseException | None = None
        self.over = Event()
        self._leaving = Event()
        self._told = Condition()
        self.last_s = 0.0
        self.pace = LatencyStats()
        self._camera = camera
        self._sparing = sparing
        self._engine = engine
        self._hear = hear
        self._keys: SimpleQueue[Key] = SimpleQueue()
        self._light = Light.FINE  # of the next frame
        self._judging = session.analyzer  # that judged the last frame
        self._judged = False
        self._thread = Thread(target=self._run, name="engine", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._leaving.set()
        join(self._thread, LEAVE_S)

    def press(self, key: Key) -> None:
        """Hand on a key that was pressed."""
        self._keys.put(key)
        self._camera.hurry()

    def wait_for(self, time_s: float, timeout_s: float) -> None:
        """Wait until a frame of `time_s` or a later one was judged, `timeout_s` at most."""
        with self._told:
            self._told.wait_for(lambda: self.last_s >= time_s or self.over.is_set(), timeout_s)

    @property
    def sparing(self) -> bool:
        """Whether still pictures are few now. Where time alone changes the screen, as in a paced breath, all are needed."""
        return self._sparing and self.session.needs_people

    def _run(self) -> None:
        try:
            with self._engine:
                self._judge()
        except BaseException as error:
            self.error = error
        finally:
            self.over.set()

    def _judge(self) -> None:
        for frame, _, result in observe(self._frames(), self._engine, self):
            self._take(self._judging, result, frame)

    def _frames(self) -> Iterator[Frame]:
        """Yield the newest frame each time, where it matters who is seen in it; all else that happens is dealt with here."""
        feed, session = self._camera.feed(), self.session
        while not (session.wants_to_quit or self._leaving.is_set()):
            frame = feed.next(WAIT_S, sparing=self.sparing)
            now_s = self._camera.now_s() if frame is None else frame.time_s
            while not self._keys.empty():
                analyzer, key = session.analyzer, self._keys.get()
                self._store(analyzer, session.press(key, now_s))
            if frame is None:
                analyzer, condition = session.analyzer, self._camera.condition
                if condition.state is CameraState.LIVE:
                    self._take(analyzer, session.wait(now_s))
                else:
                    self._take(analyzer, session.lose_camera(now_s, same_since_s=condition.same_since_s))
                continue
            self._light = light_of(frame.image)
            if session.needs_people:
                yield frame
            else:
                result = self.step((), frame.time_s)
                self._take(self._judging, result, frame)

    @property
    def wanted(self) -> Landmarks | None:
        """Whom the engine should follow, where the last frame was judged."""
        return self._judging.wanted if self._judged and self._judging is not None else None

    def step(self, people: Sequence[Landmarks], time_s: float) -> StepResult:
        """Hand on what is seen in a frame to the session."""
        self._judging = self.session.analyzer  # the step may go on to another stretch
        result = self.session.step(people, self._light, time_s)
        self._judged = result.moment is not None
        return result

    def _take(self, analyzer: FormAnalyzer | None, result: StepResult, frame: Frame | None = None) -> None:
        """Hand on a result of `analyzer`, of `frame` where there was one."""
        self._store(analyzer, result.moment)
        with self._told:
            self.screen = result.screen
            if frame is not None:
                self.last_s = frame.time_s
                self.pace.add(self._camera.now_s() - frame.time_s)
            self._told.notify_all()
        self._hear(result)

    def _store(self, analyzer: FormAnalyzer | None, moment: Moment | None) -> None:
        if moment is not None and analyzer is not None:
            self.results.add(analyzer, moment)
