"""The schema of a routine file.

A routine unrolled into the holds that are asked for, one after the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from formcheck.core.values import Side
from formcheck.stretches.spec import StretchSpec, is_path
from formcheck.stretches.validation import FileTable, as_written, did_you_mean

REST_S = 15.0
"""Seconds between two holds: the short end of the usual 15 to 30, and time enough to change legs, which is the rest."""

_SIDES = {"both": (Side.LEFT, Side.RIGHT), "left": (Side.LEFT,), "right": (Side.RIGHT,)}


def _sides(given: Any) -> Any:
    """Return the sides of one word, or of a list in its order. Raises ValueError for anything else, in one sentence."""
    if isinstance(given, str):
        if given not in _SIDES:
            raise ValueError(f"{given!r} is none of both, left, right{did_you_mean(given, _SIDES)}")
        return _SIDES[given]
    words = list(given) if isinstance(given, list | tuple) else []
    if not words or any(word not in list(Side) for word in words) or len(set(words)) < len(words):
        raise ValueError(f'give "both", "left", "right", or a list that has each side at most once (found {as_written(given)})')
    return words


Rest = Annotated[float, Field(ge=0, le=600, strict=True)]


class Step(FileTable):
    """One stretch, on one side or both, once or several times."""

    pose: Annotated[str, Field(min_length=1, description="A name from `formcheck poses`, or a pose file beside this one.")]
    sides: Annotated[tuple[Side, ...], BeforeValidator(_sides)] = _SIDES["both"]
    hold_s: Annotated[float, Field(gt=0, le=600, strict=True)] | None = None
    repetitions: Annotated[int, Field(ge=1, le=20, strict=True)] = 1
    rest_s: Rest | None = None

    @property
    def pose_name(self) -> str:
        """The name of the stretch: a pose file is called as its stretch is."""
        return Path(self.pose).stem if is_path(self.pose) else self.pose


class Routine(FileTable):
    """A parsed routine file. Once loaded, the pose files of its steps are given by their whole paths."""

    format: Literal[1]
    name: Annotated[str, Field(min_length=1, description="As the file is called, without .toml.")]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    description: Annotated[str, Field(max_length=400)] = ""
    rest_s: Rest = REST_S
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One stretch on one side, and the rest after it (seconds; 0 after the last). Repetitions count from 1.

    `side` is `None` where both legs do the same, `hold_s` where it is held to the end.
    """

    pose: str
    side: Side | None
    hold_s: float | None
    rest_s: float
    repetition: int
    repetitions: int


def expand(routine: Routine, specs: Mapping[str, StretchSpec]) -> tuple[Bout, ...]:
    """Return the bouts of `routine`; `specs` holds its stretches by name.

    A repetition goes through all sides before the next begins: one side rests while the other is stretched.
    """
    bouts: list[Bout] = []
    for step in routine.steps:
        spec = specs[step.pose_name]
        hold_s = step.hold_s if step.hold_s is not None else spec.hold_s
        sides = step.sides if spec.legs is not None else (None,)
        rest_s = step.rest_s if step.rest_s is not None else routine.rest_s
        bout = partial(Bout, pose=step.pose_name, hold_s=hold_s, rest_s=rest_s, repetitions=step.repetitions)
        each = product(range(1, step.repetitions + 1), sides)
        bouts += [bout(side=side, repetition=repetition) for repetition, side in each]
    return (*bouts[:-1], replace(bouts[-1], rest_s=0.0))


def duration_s(bouts: Iterable[Bout]) -> float:
    """Return the seconds of holding and resting; getting into position comes on top, and what is held to the end."""
    return sum((bout.hold_s or 0.0) + bout.rest_s for bout in bouts)
