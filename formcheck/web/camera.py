"""The camera of a page: its pictures as they arrive, on the clock of this machine."""

import io
import struct
from collections import deque
from threading import Lock
from time import sleep

import numpy as np
from PIL import Image as PillowImage

from formcheck.core import wording
from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Image
from formcheck.system.native.media_libs import cv2
from formcheck.vision.camera.backend import CapturedFrame, clock
from formcheck.vision.camera.camera import STALLED_S
from formcheck.vision.camera.latest import LatestValue

MOST_PIXELS = 1920 * 1920
"""A picture of more is not from the page, which sends 480 lines."""

LEAST_SIDE = 64
"""Nobody can be made out in a picture that is smaller."""

LONGEST_MS = 1e12
"""No clock of a page has run for longer: that is thirty years."""

APART_S = 1 / 30
"""Pictures are looked at no oftener than this; of those that come faster, as the page's never do, the newest."""

_TAKEN = struct.Struct("<d")
"""Before a picture: when the page took it."""

_LATE_S = 1.0
"""A picture that seems this late is not: one of the two clocks has stood still, as when the machine slept."""

_NEARLY_S = 1e-3

_KNOWN = 64
"""For so many of the latest pictures it is known when the page took them."""


class PageCamera:
    """A `CameraBackend` whose pictures are put in from other threads.

    The page says when it took a picture, on its own clock; the shortest way that any picture took here ties both clocks.
    """

    def __init__(self) -> None:
        self._newest: LatestValue[tuple[float, bytes]] = LatestValue()
        self._seen = 0
        self._looked = float("-inf")
        self._first: CapturedFrame | None = None
        self._putting = Lock()
        self._ahead_s: float | None = None  # by so much this clock is ahead of the page's
        self._last = float("-inf")
        self._taken: deque[tuple[float, float]] = deque(maxlen=_KNOWN)  # when it arrived, and when the page took it

    def connect(self) -> None:
        """Take in that the pictures that come now are those of another page, which has a clock of its own."""
        with self._putting:
            self._ahead_s = None

    def put(self, taken_ms: float, jpeg: bytes) -> None:
        """Take in a picture, taken at `taken_ms` on the page's clock; what is none, or of no time, is left alone."""
        if not (abs(taken_ms) <= LONGEST_MS and _is_picture(jpeg)):
            return
        with self._putting:
            now, taken = clock(), taken_ms / 1000.0
            ahead_s = now - taken
            if self._ahead_s is None or ahead_s < self._ahead_s or ahead_s > self._ahead_s + _LATE_S:
                self._ahead_s = ahead_s
            arrived = taken + self._ahead_s
            if arrived > self._last:  # an older one tells nothing
                self._last = arrived
                self._taken.append((arrived, taken_ms))
                self._newest.put((arrived, jpeg))

    def wait_first(self, timeout_s: float) -> bool:
        """Wait for the first picture; return whether it is there. It is the one that `next` returns."""
        self._first = self._first or self._after(timeout_s)
        return self._first is not None

    def taken_ms(self, arrived: float) -> float | None:
        """Return when the page took the latest picture that had arrived by then."""
        return next((taken_ms for at, taken_ms in reversed(list(self._taken)) if at <= arrived + _NEARLY_S), None)

    def next(self) -> CapturedFrame:
        """Wait for a picture. Raises SourceError when none comes."""
        found, self._first = self._first or self._after(STALLED_S), None
        if found is None:
            raise SourceError(wording.PAGE_SENDS_NOTHING)
        return found

    def close(self) -> None:
        """Nothing is to be closed: the page may send pictures again."""

    def _after(self, timeout_s: float) -> CapturedFrame | None:
        """Wait for a picture newer than the last one, that is whole."""
        end = clock() + timeout_s
        while True:
            sleep(max(0.0, min(APART_S, self._looked + APART_S - clock())))
            newer = self._newest.after(self._seen, max(0.0, end - clock()))
            if newer is None:
                return None
            self._looked = clock()
            self._seen, (arrived, jpeg) = newer
            if (image := decoded(jpeg)) is not None:
                return CapturedFrame(arrived, lambda: image)


def _is_picture(jpeg: bytes) -> bool:
    """Whether it begins as a picture does, neither tiny nor far too large."""
    try:
        with PillowImage.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
            width, height = opened.size
    except (OSError, ValueError, PillowImage.DecompressionBombError):
        return False
    return min(width, height) >= LEAST_SIDE and width * height <= MOST_PIXELS


def unpacked(packet: bytes) -> tuple[float, bytes]:
    """Return when the page took a picture, in milliseconds of its own clock, and the picture; both are 0 of what is neither."""
    return (*_TAKEN.unpack_from(packet), packet[_TAKEN.size :]) if len(packet) > _TAKEN.size else (0.0, b"")


def picture_of(jpeg: bytes) -> Image | None:
    """Return the picture, or `None` where it is none, tiny or far too large."""
    return decoded(jpeg) if _is_picture(jpeg) else None


def decoded(jpeg: bytes) -> Image | None:
    """Return the picture of what begins as one, or `None` where it is not whole."""
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    return None if image is None else np.ascontiguousarray(image[:, :, ::-1])
