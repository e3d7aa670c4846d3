"""The protocols of the outside world: frames come from a source, people from an engine."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from formcheck.core.engine_traits import EngineTraits
from formcheck.core.values import Landmarks

Image = NDArray[np.uint8]
"""A picture: uint8 array of shape (height, width, 3), RGB, upright as a person would see it, C-contiguous."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture and its time.

    Attributes
    ----------
    image : NDArray[np.uint8]
        The picture, shape (height, width, 3), RGB, upright as a person would see it, C-contiguous.
    time_s : float
        Seconds from the first picture.
    thumb : NDArray[np.uint8] or None
        A small grey copy, shape (height, width): an engine may tell from it that nothing has changed. `None`: there is none.
    repeats : bool
        Whether it is the same as the picture before, to the last bit.
    """

    image: Image
    time_s: float
    thumb: Image | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipInfo:
    """What is known of a source before it is read.

    Attributes
    ----------
    path : str
        Where it is.
    width, height : int
        Pixels of the upright picture.
    fps : float or None
        Frames a second; `None` where it is not known.
    expected_s : float or None
        The length in seconds, 0 of a photo; `None` where it is not known, as of a camera.
    still : bool
        Whether it is a photo.
    damaged : str or None
        What is damaged, without a full stop; `None` where nothing is, or it is not known yet.
    filmed : str or None
        The day on which it was filmed, as the file states it (`2026-11-30`); `None` where it does not.
    """

    path: str
    width: int
    height: int
    fps: float | None
    expected_s: float | None
    still: bool = False
    damaged: str | None = None
    filmed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """Which engine saw what is reported.

    Attributes
    ----------
    name : str
        The engine.
    version : str
        The version of the engine; empty where it is not known.
    model : str
        The model that it looked with; empty where it is not known or there is none.
    """

    name: str
    version: str
    model: str


class Source(AbstractContextManager["Source"], Protocol):
    """Inert until entered, as itself. `damaged` says what is damaged in it, all of it once the frames were taken."""

    @property
    def info(self) -> ClipInfo: ...

    @property
    def damaged(self) -> str | None: ...

    def frames(self) -> Iterator[Frame]: ...


class Engine(AbstractContextManager["Engine"], Protocol):
    """Inert until entered, as itself."""

    @property
    def info(self) -> EngineInfo: ...

    @property
    def traits(self) -> EngineTraits:
        """Where the engine errs, and by how much."""

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        """Return the people seen in a frame.

        Parameters
        ----------
        frame
            The next frame; frames come in order of time, unless `restart` was called between two of them.

        Returns
        -------
        tuple[Landmarks, ...]
            The one being tracked first; empty where nobody is seen. Frame heights, x right, y up; a joint that is not seen is
            there all the same, with a low visibility.
        """

    def follow(self, person: Landmarks) -> None:
        """Track a person from the next frame on.

        Parameters
        ----------
        person
            As just seen by `detect`.
        """

    def restart(self) -> None:
        """Forget whom it tracked and when: the next frame may be of any time, and is detected as the first of a clip is."""
