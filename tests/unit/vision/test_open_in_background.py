"""An engine opens while others work, and is closed whoever took it or did not."""

from threading import Event, current_thread
from types import TracebackType
from typing import Self

import numpy as np
import pytest

from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.errors import ModelError
from formcheck.core.interfaces import EngineInfo, Frame
from formcheck.core.values import Landmarks
from formcheck.testing import kneeling
from formcheck.vision.engines.wrappers import open_in_background

PATIENCE_S = 10.0
PERSON = kneeling()


class Slow:
    """An engine that opens when told to."""

    info = EngineInfo(name="slow", version="1", model="none")
    traits = DEFAULT_TRAITS

    def __init__(self, error: Exception | None = None) -> None:
        self.go = Event()
        self.error = error
        self.opened_in: str | None = None
        self.closed = 0
        self.followed: list[Landmarks] = []

    def __enter__(self) -> Self:
        assert self.go.wait(PATIENCE_S)
        if self.error is not None:
            raise self.error
        self.opened_in = current_thread().name
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.closed += 1

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return (PERSON,)

    def follow(self, person: Landmarks) -> None:
        self.followed.append(person)

    def restart(self) -> None:
        """Nobody is tracked."""


def test_it_opens_meanwhile_and_sees_what_the_engine_sees() -> None:
    slow = Slow()
    with open_in_background(slow) as engine:
        slow.go.set()  # would never come if opening had waited
        assert engine.info is slow.info
        with engine:
            assert slow.opened_in not in (None, current_thread().name)
            assert engine.detect(Frame(image=np.zeros((4, 4, 3), np.uint8), time_s=0.0)) == (PERSON,)
            engine.follow(PERSON)
        assert slow.closed == 1
    assert slow.closed == 1
    assert slow.followed == [PERSON]


def test_what_its_opening_raised_is_raised_where_it_is_entered() -> None:
    slow = Slow(error=ModelError("no such model"))
    slow.go.set()
    with open_in_background(slow) as engine, pytest.raises(ModelError, match="no such model"), engine:
        pytest.fail("is open")
    assert slow.closed == 0


@pytest.mark.parametrize("error", [None, ModelError("no such model")])
def test_where_the_camera_is_not_there_it_is_closed_all_the_same(error: Exception | None) -> None:
    slow = Slow(error=error)
    slow.go.set()
    with pytest.raises(OSError, match="no camera"), open_in_background(slow):
        raise OSError("no camera")
    assert slow.closed == (0 if error else 1)
