"""An engine around another one: all that it does not do otherwise, the other does."""

from types import TracebackType
from typing import Self

from formcheck.ports import Engine, EngineInfo, Frame
from formcheck.values import Landmarks


class Around:
    """Sees what `engine` sees."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def info(self) -> EngineInfo:
        return self._engine.info

    def __enter__(self) -> Self:
        self._engine.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._engine.__exit__(kind, error, trace)

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return self._engine.detect(frame)

    def follow(self, person: Landmarks) -> None:
        self._engine.follow(person)
