"""What a camera looks like from the thread that reads it, wherever the camera is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter
from typing import Protocol

from formcheck.core.interfaces import Image
from formcheck.vision.camera.address import Address, LocalCamera

clock = perf_counter
"""Seconds of a monotonic clock. `time.monotonic` is the same clock on Linux and macOS; on Windows it steps by 16 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedFrame:
    """One picture as it arrived, turned into RGB when first asked for and only once: most consumers skip some."""

    arrived: float  # on `clock`
    develop: Callable[[], Image]
    _developed: list[Image] = field(default_factory=list)
    _once: Lock = field(default_factory=Lock)

    @property
    def image(self) -> Image:
        """The picture, the same one for all who ask, and so not to be painted on."""
        with self._once:
            if not self._developed:
                image = self.develop()
                image.flags.writeable = False
                self._developed.append(image)
            return self._developed[0]


class CameraBackend(Protocol):
    """An opened camera. Used from one thread at a time."""

    def next(self) -> CapturedFrame:
        """Wait for a picture. Raises SourceError when none comes any more."""
        ...

    def close(self) -> None: ...


def open_lens(address: Address) -> CameraBackend:
    """Open the camera. Raises SourceError, saying why as far as can be known, and what to do."""
    from formcheck.vision.camera.network import NetworkCamera
    from formcheck.vision.camera.usb import UsbCamera

    return UsbCamera(address) if isinstance(address, LocalCamera) else NetworkCamera(address)
