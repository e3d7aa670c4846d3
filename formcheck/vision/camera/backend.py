"""The protocol of an opened camera, wherever it is, and the pictures it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Protocol

from formcheck.core.interfaces import Image

clock = perf_counter
"""Seconds of a monotonic clock. `time.monotonic` is the same clock on Linux and macOS; on Windows it steps by 16 ms."""


@dataclass(frozen=True, kw_only=True)
class CapturedFrame:
    """One picture as it arrived. `image` converts it to RGB on first use, once: most consumers skip some."""

    arrived: float  # on `clock`
    convert: Callable[[], Image]

    @cached_property
    def image(self) -> Image:
        """The picture, read-only: all consumers share it."""
        image = self.convert()
        image.flags.writeable = False
        return image


class CameraBackend(Protocol):
    """An opened camera. Used from one thread at a time."""

    def next(self) -> CapturedFrame:
        """Wait for a picture. Raises SourceError when none comes any more."""

    def close(self) -> None: ...
