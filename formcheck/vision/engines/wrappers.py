"""Engines around another one: all that they do not do otherwise, the other does.

`LookTwice` looks at a picture and at its mirror image: an engine is not symmetric, and the second look is a second witness.

`SkipStillFrames` detects only where there is something new to see. A person who holds a stretch keeps still, and nothing is
detected anew in a picture like the last one: a laptop stays cool, and a slow machine has time for the moments that matter.

`open_in_background` opens an engine while other things are got ready. Importing MediaPipe and loading two networks takes most
of a second. A camera takes as long to give its first picture, and neither needs the other.
"""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any, Self

import numpy as np

from formcheck.core.engine_traits import EngineTraits
from formcheck.core.interfaces import Engine, EngineInfo, Frame, Image
from formcheck.core.values import Landmarks
from formcheck.vision.sampling.fusion import fused_people, mirrored
from formcheck.vision.sampling.pace import Pace
from formcheck.vision.video.pixels import grey


class EngineWrapper:
    """Sees what `engine` sees."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def info(self) -> EngineInfo:
        return self._engine.info

    @property
    def traits(self) -> EngineTraits:
        return self._engine.traits

    def __enter__(self) -> Self:
        self._engine.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._engine.__exit__(*error)

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return self._engine.detect(frame)

    def follow(self, person: Landmarks) -> None:
        self._engine.follow(person)

    def restart(self) -> None:
        self._engine.restart()


class LookTwice(EngineWrapper):
    """Sees what `engine` sees in a picture and in its mirror image, half way between both; the engine tracks nobody.

    What it sees of the mirror image of a picture is the mirror image of what it sees of the picture.
    """

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        thumb = None if frame.thumb is None else _flipped(frame.thumb)
        others = self._engine.detect(replace(frame, image=_flipped(frame.image), thumb=thumb))
        return fused_people(self._engine.detect(frame), [mirrored(person) for person in others])


def _flipped(picture: Image) -> Image:
    return np.ascontiguousarray(picture[:, ::-1])


@contextmanager
def open_in_background(engine: Engine) -> Iterator[Engine]:
    """Yield an engine that sees what `engine` sees, being opened from now on in a thread of its own.

    Entering it waits until it is open, and raises what its opening raised. Where it is never entered, it is closed at the end.
    """
    early = _Early(engine)
    try:
        yield early
    finally:
        if not early.taken and early.opening.exception() is None:
            engine.__exit__(None, None, None)


class _Early(EngineWrapper):
    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.taken = False
        self.opening: Future[object] = Future()
        Thread(target=self._open, name="opening", daemon=True).start()

    def _open(self) -> None:
        try:
            self.opening.set_result(self._engine.__enter__())
        except BaseException as error:
            self.opening.set_exception(error)

    def __enter__(self) -> Self:
        self.taken = True
        self.opening.result()
        return self


SELDOM_S = 1.0
"""The longest time without a detection (seconds), where nothing visible moves. A clip has time for twice as much: here a person
waits for the verdict on what creeps in below every threshold."""


class SkipStillFrames(EngineWrapper):
    """Sees what `engine` sees, and between two detections what it saw last."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._pace = Pace()

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        seen, thumb = self._pace.seen, grey(frame.image) if frame.thumb is None else frame.thumb
        moving = self._pace.moving(thumb)
        if seen is not None and not moving and not self._pace.due(frame.time_s, moving=False):
            return tuple(seen[:1])
        people = self._engine.detect(replace(frame, thumb=thumb))
        pace = self._pace.after_detection(people, frame.time_s, moving=moving, thumb=thumb)
        self._pace = replace(pace, wait_s=min(pace.wait_s, SELDOM_S))
        return people

    def follow(self, person: Landmarks) -> None:
        super().follow(person)
        self._pace = replace(self._pace, thumb=None)

    def restart(self) -> None:
        super().restart()
        self._pace = Pace()
