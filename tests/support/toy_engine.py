"""An engine from outside the package: sees one person, who stands for two seconds and then holds the kneeling stretch."""

from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.interfaces import EngineInfo, Frame
from formcheck.core.values import Landmarks
from formcheck.testing import kneeling, upright

FACTORY = "tests.support.toy_engine:create"
KNEELS_FROM_S = 2.0


class ToyEngine:
    """Needs no model file and looks at no pixel."""

    info = EngineInfo(name="toy", version="1", model="none")
    traits = DEFAULT_TRAITS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to close."""

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return (kneeling() if frame.time_s >= KNEELS_FROM_S else upright(),)

    def follow(self, person: Landmarks) -> None:
        """There is nobody else."""

    def restart(self) -> None:
        """Nobody is tracked."""


class FaintEngine(ToyEngine):
    """Sees the same and is sure of nothing: its confidence is not on the scale of others."""

    traits = EngineTraits(visible=0.1)

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        (person,) = super().detect(frame)
        faint = {name: replace(point, visibility=0.3 * point.visibility) for name, point in person.points.items()}
        return (replace(person, points=faint),)


def create_faint(model_file: Path | None, *, still: bool = False) -> FaintEngine:
    return FaintEngine()


def create(model_file: Path | None, *, still: bool = False) -> ToyEngine:
    return ToyEngine()
