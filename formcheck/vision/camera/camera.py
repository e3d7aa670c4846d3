"""The thread that reads a camera, and what its consumers see of it.

Reading never waits for anybody and nobody waits for reading: a stalled or lost camera is a condition to be told, not an
exception, and it is tried again until it is back. Time is that of arrival and runs on while nothing arrives.
"""

from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Frame
from formcheck.vision.camera.address import Address
from formcheck.vision.camera.backend import CameraBackend, CapturedFrame, clock, open_lens
from formcheck.vision.camera.latest import LatestValue

STALLED_S = 1.0
"""Without a picture for this long the camera has stalled: thirty frames of most, and five of the slowest."""

PAUSES_S = (0.5, 1.0, 2.0)
"""Before each further attempt to open a lost camera; the last one again and again: a camera that is back is missed for two
seconds of a hold at most."""

LEAVE_S = 0.5
"""How long to wait for the reading thread to end. If its library blocks, it is left behind: it holds nothing of ours."""


class CameraState(StrEnum):
    """Whether pictures come."""

    LIVE = "live"
    STALLED = "stalled"  # still connected, but for a second nothing has come
    LOST = "lost"  # unplugged or cut off; being tried again
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCondition:
    """How the camera is now; `reason`, where pictures lack, is for the person."""

    state: CameraState
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureStats:
    """`age_s`: how long ago the newest frame arrived, in seconds; `None` before the first."""

    captured: int
    reconnects: int
    age_s: float | None


class Camera:
    """A camera, read while it is entered. Entering raises SourceError when it gives no picture; later nothing raises."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._newest: LatestValue[tuple[float, CapturedFrame]] = LatestValue()
        self._closing = Event()
        self._lock = Lock()
        self._lost: str | None = None
        self._first = self._last = 0.0  # when the first and the newest frame arrived, on `clock`
        self._captured = self._reconnects = 0
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        # Here and not in the thread: macOS asks for permission only in the thread of the window.
        lens = open_lens(self.address)
        try:
            shot = lens.next()
        except BaseException:
            lens.close()
            raise
        self._first = shot.arrived
        self._take(shot)
        self._thread = Thread(target=self._read, args=(lens,), name="camera", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading. Takes no longer than `LEAVE_S`, whatever the camera does."""
        self._closing.set()
        self._newest.close()
        if self._thread is not None:
            self._thread.join(LEAVE_S)

    def feed(self) -> "Feed":
        """Return a way to see the frames, for one consumer; it sees the newest frame of now first."""
        return Feed(self._newest)

    def now_s(self) -> float:
        """Return the time now on the clock of the frames: seconds since the first one arrived."""
        return clock() - self._first

    @property
    def condition(self) -> CameraCondition:
        """How the camera is at this moment."""
        if self._thread is None or self._closing.is_set():
            return CameraCondition(state=CameraState.CLOSED)
        with self._lock:
            lost, silent_s = self._lost, clock() - self._last
        if lost is not None:
            return CameraCondition(state=CameraState.LOST, reason=lost)
        if silent_s >= STALLED_S:
            return CameraCondition(
                state=CameraState.STALLED, reason=f"{self.address}: has sent no picture for {silent_s:.0f} s."
            )
        return CameraCondition(state=CameraState.LIVE)

    @property
    def counts(self) -> CaptureStats:
        with self._lock:
            age_s = clock() - self._last if self._captured else None
            return CaptureStats(captured=self._captured, reconnects=self._reconnects, age_s=age_s)

    def _take(self, shot: CapturedFrame) -> None:
        with self._lock:
            self._last = shot.arrived
            self._captured += 1
        self._newest.put((shot.arrived - self._first, shot))

    def _read(self, lens: CameraBackend | None) -> None:
        """Read until closed; open again what was lost."""
        failures = 0
        while not self._closing.is_set():
            try:
                if lens is None:
                    lens = open_lens(self.address)
                shot = lens.next()
            except SourceError as error:
                with self._lock:
                    self._lost = str(error)
                if lens is not None:
                    lens.close()
                    lens = None
                self._closing.wait(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                failures += 1
                continue
            if failures:
                failures = 0
                with self._lock:
                    self._lost = None
                    self._reconnects += 1
            self._take(shot)
        if lens is not None:
            lens.close()


class Feed:
    """What one consumer sees of a camera: at each call the newest frame, and never one it has had or an older one."""

    def __init__(self, newest: LatestValue[tuple[float, CapturedFrame]]) -> None:
        self._newest = newest
        self._seen = self._started = max(0, newest.number - 1)
        self._taken = 0

    def next(self, timeout_s: float) -> Frame | None:
        """Wait for a newer frame; `None` if none came in time or the camera is closed. Its image is read-only."""
        found = self._newest.after(self._seen, timeout_s)
        if found is None:
            return None
        self._seen, (time_s, shot) = found
        self._taken += 1
        return Frame(image=shot.image, time_s=time_s)

    @property
    def taken(self) -> int:
        """Frames this consumer has had."""
        return self._taken

    @property
    def dropped(self) -> int:
        """Frames it has missed because a newer one was there when it asked."""
        return self._seen - self._started - self._taken
