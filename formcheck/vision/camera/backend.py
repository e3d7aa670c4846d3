"""The protocol of an opened camera, wherever it is, and the pictures it gives."""

from collections.abc import Callable
from threading import Lock
from time import perf_counter
from typing import Protocol

from formcheck.core.interfaces import Image
from formcheck.vision.orientation import Orientation
from formcheck.vision.video.pixels import grey

clock = perf_counter
"""Seconds of a monotonic clock. `time.monotonic` is the same clock on Linux and macOS; on Windows it steps by 16 ms."""


class CapturedFrame:
    """One picture as it arrived, which all consumers share. It is made when it is first asked for: most consumers skip some.

    `arrived` is on `clock`. `convert` returns it in RGB, and `shrink` the small grey copy, where that needs no conversion.
    """

    def __init__(self, arrived: float, convert: Callable[[], Image], shrink: Callable[[], Image] | None = None) -> None:
        self.arrived = arrived
        self._convert = convert
        self._shrink = shrink
        self._making = Lock()
        self._image: Image | None = None
        self._thumb: Image | None = None

    @property
    def image(self) -> Image:
        """The picture, read-only."""
        with self._making:
            if self._image is None:
                self._image = self._convert()
                self._image.flags.writeable = False
            return self._image

    @property
    def thumb(self) -> Image:
        """A small grey copy of the picture, as `Frame` has it."""
        if self._thumb is None:
            self._thumb = self._shrink() if self._shrink is not None else grey(self.image)
        return self._thumb

    def upright(self, orientation: Orientation) -> "CapturedFrame":
        """Return the picture as it is shown where the camera hangs on its side, or mirrors."""
        return CapturedFrame(self.arrived, lambda: orientation.upright(self.image), lambda: orientation.upright(self.thumb))


class CameraBackend(Protocol):
    """An opened camera. Used from one thread at a time."""

    def next(self) -> CapturedFrame:
        """Wait for a picture. Raises SourceError when none comes any more."""

    def close(self) -> None: ...
