"""A camera, read by a thread of its own, and the feeds of its consumers.

Reading never waits for a consumer, nor a consumer for the reading: a stalled or lost camera is a condition to show, not an
exception, and it is opened again until it is back. Time is that of arrival and runs on while nothing arrives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Thread
from typing import Self

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Frame, Image
from formcheck.core.lighting import Light, light_of
from formcheck.core.wording.language import N_, joined
from formcheck.system.signals import join
from formcheck.vision.camera.address import Address, LocalCamera, NamedCamera
from formcheck.vision.camera.backend import CameraBackend, CapturedFrame, clock
from formcheck.vision.camera.latest import LatestValue
from formcheck.vision.orientation import AS_STORED, Orientation
from formcheck.vision.sampling.motion import DIFFERS, identical, moved
from formcheck.vision.sampling.standstill import STANDS_STILL_S

STALLED_S = 1.0
"""Without a picture for this long the camera has stalled: thirty frames of most, and five of the slowest."""

PAUSES_S = (0.5, 1.0, 2.0)
"""Before each further attempt to open a lost camera; the last one again and again: a camera that is back is noticed after
two seconds of a hold at most."""

LEAVE_S = 0.5
"""How long to wait for the reading thread to end. If its library blocks, it is left behind, holding nothing else."""


COMPARE_S = 0.25
"""So often pictures are compared, to tell whether the camera stands still."""

CALM_S = 0.22
"""While nothing moves there is news so often: four times a second at thirty pictures, which shows breath and a running clock.
A verdict needs no more, for any movement is news at once."""

NEWS = 2 * DIFFERS
"""Pixels of small copies that differ by more than this, of 255, are news: an edge has moved by two thousandths of the height,
half a degree of a thigh. A quiet breath moves less from one picture to the next, and its edges are no news."""


class CameraState(StrEnum):
    """Whether new pictures arrive."""

    LIVE = "live"
    STALLED = "stalled"  # still connected, but for a second nothing has come, or for two the same picture again and again
    LOST = "lost"  # unplugged or cut off; being opened again
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCondition:
    """The state of the camera now; `reason` is why no new pictures arrive.

    `same_since_s` is since when the camera gives the same picture again and again, on the clock of the frames.
    """

    state: CameraState
    reason: str | None = None
    same_since_s: float | None = None


class Camera:
    """A camera, read while it is entered. Entering raises SourceError when it gives no picture; later nothing raises.

    `orientation` is what is done to its pictures, for a camera that hangs on its side or mirrors. `opened` opens it, where that
    takes more than its address. `captured` counts the pictures, `reconnects` how often it was opened again.
    """

    def __init__(
        self,
        address: Address,
        orientation: Orientation = AS_STORED,
        *,
        opened: Callable[[], CameraBackend] | None = None,
    ) -> None:
        self.address = address
        self._orientation = orientation
        self._opened = opened
        self._newest: LatestValue[tuple[float, CapturedFrame]] = LatestValue()
        self._closing = Event()
        # These are written by the thread that reads, and by no other.
        self.captured = self.reconnects = 0
        self._lost: str | None = None
        self._first = self._last = 0.0  # when the first and the newest frame arrived, on `clock`
        self._compared = self._new = 0.0  # when the newest frame arrived that was compared, and the last that was new
        self._picture: Image | None = None  # that one's
        self._told: tuple[float, Image | None] = (0.0, None)  # when the last picture arrived that was news, and its small copy
        self._asked = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        # Here and not in the thread: macOS asks for permission only in the thread of the window.
        backend = self._open()
        try:
            captured = backend.next()
        except BaseException:
            backend.close()
            raise
        self._first = captured.arrived
        self._publish(captured)
        self._thread = Thread(target=self._read, args=(backend,), name="camera", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading. Takes no longer than `LEAVE_S`, whatever the camera does."""
        self._closing.set()
        self._newest.close()
        if self._thread is not None:
            join(self._thread, LEAVE_S)

    def _open(self) -> CameraBackend:
        return self._opened() if self._opened is not None else open_backend(self.address)

    def hurry(self) -> None:
        """Let the next picture be news, whatever it shows."""
        self._asked.set()

    def feed(self) -> "Feed":
        """Return the feed for one consumer, beginning with the newest frame of now."""
        return Feed(self._newest)

    def now_s(self) -> float:
        """Return the time now on the clock of the frames: seconds since the first one arrived."""
        return clock() - self._first

    @property
    def condition(self) -> CameraCondition:
        """The state of the camera now."""
        if self._thread is None or self._closing.is_set():
            return CameraCondition(state=CameraState.CLOSED)
        lost, silent_s = self._lost, clock() - self._last
        if lost is not None:
            return CameraCondition(state=CameraState.LOST, reason=lost)
        if silent_s >= STALLED_S:
            reason = N_("{camera}: has sent no picture for {seconds:.0f} s.").format(camera=str(self.address), seconds=silent_s)
            return CameraCondition(state=CameraState.STALLED, reason=reason)
        if self._stands_still:
            reason = N_(
                "{camera}: sends the same picture again and again: the camera, or its app, stands still. Start it anew."
            ).format(camera=str(self.address))
            return CameraCondition(state=CameraState.STALLED, reason=reason, same_since_s=self._new - self._first)
        return CameraCondition(state=CameraState.LIVE)

    def _publish(self, captured: CapturedFrame) -> None:
        self._last = captured.arrived
        self.captured += 1
        if self._orientation != AS_STORED:
            captured = captured.upright(self._orientation)
        news = self._is_news(captured)
        if news:
            self._compare(captured)
        if not self._stands_still:
            self._newest.put((captured.arrived - self._first, captured), news=news)

    @property
    def _stands_still(self) -> bool:
        """Whether the same picture has come for so long that it shows what was, and not what is."""
        return self._last - self._new >= STANDS_STILL_S

    def _is_news(self, captured: CapturedFrame) -> bool:
        """Whether anything has moved since the last picture that was news, or that was so long ago that it is time for one."""
        (at, before), now = self._told, captured.thumb
        calm = captured.arrived - at < CALM_S and not self._asked.is_set()
        if calm and before is not None and before.shape == now.shape and not moved(before, now, differs=NEWS):
            return False
        self._asked.clear()
        self._told = captured.arrived, now
        return True

    def _compare(self, captured: CapturedFrame) -> None:
        """Note whether a frame is a new one, a few times a second. What a covered lens gives is another matter."""
        if self._picture is not None and captured.arrived - self._compared < COMPARE_S and not self._stands_still:
            return
        self._compared = captured.arrived
        image = captured.image
        if self._picture is None or not identical(self._picture, image) or light_of(image) is not Light.FINE:
            self._picture, self._new = image, captured.arrived

    def _read(self, backend: CameraBackend | None) -> None:
        """Read until closed; open the camera again where it was lost."""
        failures = 0
        while not self._closing.is_set():
            try:
                if backend is None:
                    backend = self._open()
                captured = backend.next()
            except SourceError as error:
                self._lost = joined("\n", error.lines)
                if backend is not None:
                    backend.close()
                    backend = None
                self._closing.wait(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                failures += 1
                continue
            if failures:
                failures = 0
                self._lost = None
                self.reconnects += 1
            self._publish(captured)
        if backend is not None:
            backend.close()


def open_backend(address: Address) -> CameraBackend:
    """Open the camera. Raises SourceError, saying why as far as can be known, and what to do."""
    from formcheck.vision.camera.listing import find_camera
    from formcheck.vision.camera.network import NetworkCamera
    from formcheck.vision.camera.usb import UsbCamera
    from formcheck.vision.camera.web import open_web_camera

    match address:
        case LocalCamera():
            return UsbCamera(address)
        case NamedCamera():
            return UsbCamera(find_camera(address.name))
    return open_web_camera(address) if address.url.lower().startswith("http") else NetworkCamera(address)


class Feed:
    """The frames of a camera for one consumer: at each call the newest, never one it has had or an older one.

    Who holds a stretch keeps still: with `sparing`, pictures in which nothing moves come only every `CALM_S`.
    """

    def __init__(self, newest: LatestValue[tuple[float, CapturedFrame]]) -> None:
        self._newest = newest
        self._seen = max(0, newest.number - 1)

    def next(self, timeout_s: float, *, sparing: bool = False) -> Frame | None:
        """Wait for a newer frame; `None` if none came in time or the camera is closed. Its image is read-only."""
        newer = self._newest.after(self._seen, timeout_s, news=sparing)
        if newer is None:
            return None
        self._seen, (time_s, captured) = newer
        return Frame(image=captured.image, time_s=time_s, thumb=captured.thumb)
