from types import TracebackType
from typing import Self

import numpy as np

from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.interfaces import EngineInfo, Frame, Image
from formcheck.core.values import Landmarks
from formcheck.testing import shifted, standing
from formcheck.vision.engines.wrappers import SELDOM_S, SkipStillFrames

RATE = 30
BODY = standing()


class Counting:
    """An engine that counts how often it was asked, and sees one body: where it is, or further to the right each time."""

    traits = DEFAULT_TRAITS

    def __init__(self, step: float = 0.0) -> None:
        self.looks = 0
        self.step = step

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(name="counting", version="1", model="none")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        self.looks += 1
        return (shifted(BODY, self.step * self.looks),)

    def follow(self, person: Landmarks) -> None:
        pass

    def restart(self) -> None:
        """Nobody is tracked."""


def room(left: int = 600) -> Image:
    """A noisy picture with a bright figure in it."""
    noise = np.random.default_rng(left).normal(60.0, 2.0, (360, 640, 3))
    noise[90:300, left // 2 : left // 2 + 40] += 120.0
    return noise.clip(0, 255).astype(np.uint8)


def looks(pictures: list[Image], step: float = 0.0) -> int:
    engine = Counting(step)
    with SkipStillFrames(engine) as sparing:
        for i, picture in enumerate(pictures):
            assert sparing.detect(Frame(image=picture, time_s=i / RATE)) == (shifted(BODY, step * engine.looks),)
    return engine.looks


def test_somebody_who_keeps_still_is_looked_at_now_and_then() -> None:
    assert 3 / SELDOM_S <= looks([room()] * 3 * RATE) <= 3 / SELDOM_S + 6


def test_every_picture_with_a_movement_is_looked_at() -> None:
    assert looks([room(600 + 8 * i) for i in range(RATE)], step=8 / 720) == RATE


def test_what_moves_beside_a_body_that_does_not_is_no_movement() -> None:
    """A curtain, or breath."""
    assert looks([room(600 + 8 * (i % 2)) for i in range(3 * RATE)]) <= 3 / SELDOM_S + 8


def test_a_movement_after_stillness_is_seen_at_once() -> None:
    still, more = [room()] * 2 * RATE, [room(640)]
    assert looks(still + more) == looks(still) + 1


def test_somebody_else_to_follow_is_looked_for_at_once() -> None:
    engine = Counting()
    with SkipStillFrames(engine) as sparing:
        for i in range(2 * RATE):
            sparing.detect(Frame(image=room(), time_s=i / RATE))
        before = engine.looks
        sparing.follow(BODY)
        sparing.detect(Frame(image=room(), time_s=2.0))
    assert engine.looks == before + 1
