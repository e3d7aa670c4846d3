"""The protocols of the outside world: frames come from a source, people from an engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from formcheck.core.engine_traits import EngineTraits
from formcheck.core.values import Landmarks

Image = NDArray[np.uint8]
"""A picture: uint8 array of shape (height, width, 3), RGB, upright as a person would see it, C-contiguous."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture and its time in seconds from the first one.

    `thumb` may be a small grey copy, uint8 of shape (height, width): an engine may tell from it that nothing has changed.
    """

    image: Image
    time_s: float
    thumb: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipInfo:
    """What is known of a source before it is read. Sizes in pixels, upright; `None` = not stated by the file."""

    path: str
    width: int
    height: int
    fps: float | None
    expected_s: float | None
    still: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """Which engine saw what is reported."""

    name: str
    version: str
    model: str


class Opened(Protocol):
    """A context manager that is entered as itself."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: Any, error: Any, trace: Any, /) -> None: ...


class Source(Opened, Protocol):
    """Inert until entered. `frames` raises SourceError when the pictures end before they should."""

    @property
    def info(self) -> ClipInfo: ...

    def frames(self) -> Iterator[Frame]: ...


class Engine(Opened, Protocol):
    """Inert until entered."""

    @property
    def info(self) -> EngineInfo: ...

    @property
    def traits(self) -> EngineTraits:
        """Where the engine errs, and by how much."""

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        """Return the people seen, the one being tracked first. Frames come in order of time."""

    def follow(self, person: Landmarks) -> None:
        """Track `person` (as just seen) from the next frame on."""

    def restart(self) -> None:
        """Forget whom it tracked and when: the next frame may be of any time, and is detected as the first of a clip is."""
