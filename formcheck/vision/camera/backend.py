"""What a camera looks like from the thread that reads it, wherever the camera is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter
from typing import Protocol

from formcheck.core.interfaces import Image
from formcheck.vision.camera.address import Address, Device

clock = perf_counter
"""Seconds of a monotonic clock. `time.monotonic` is the same clock on Linux and macOS; on Windows it steps by 16 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
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


class Lens(Protocol):
    """An opened camera. Used from one thread at a time."""

    def next(self) -> Shot:
        """Wait for a picture. Raises SourceError when none comes any more."""
        ...

    def close(self) -> None: ...


def open_lens(address: Address) -> Lens:
    """Open the camera. Raises SourceError, saying why as far as can be known, and what to do."""
    from formcheck.vision.camera.network import StreamLens
    from formcheck.vision.camera.usb import DeviceLens

    return DeviceLens(address) if isinstance(address, Device) else StreamLens(address)
