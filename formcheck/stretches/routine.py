"""The schema of a routine file.

A routine unrolled into the holds and guided blocks that are asked for, one after the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self, overload

from pydantic import BeforeValidator, Field, model_validator

from formcheck.core.values import Side
from formcheck.core.wording.language import N_
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.spec import ONE_OF, StretchSpec, is_path
from formcheck.stretches.validation import PROSE, FileTable, TranslatedFile, as_written, did_you_mean

REST_S = 15.0
"""Seconds between two holds: the short end of the usual 15 to 30, and time enough to change legs, which is the rest."""

_SIDES = {"both": (Side.LEFT, Side.RIGHT), "left": (Side.LEFT,), "right": (Side.RIGHT,)}


NO_SIDE = N_("{given} is none of both, left, right{suggestion}")
NO_SIDES = N_('give "both", "left", "right", or a list that has each side at most once (found {found})')
BLOCK_HAS_TIMES = N_("a block has its own times: leave out hold_s and repetitions")


def _sides(given: Any) -> Any:
    """Return the sides of one word, or of a list in its order. Raises ValueError for anything else, in one sentence."""
    if isinstance(given, str):
        if given not in _SIDES:
            raise ValueError(NO_SIDE.format(given=as_written(given), suggestion=did_you_mean(given, _SIDES)))
        return _SIDES[given]
    words = list(given) if isinstance(given, list | tuple) else []
    if not words or any(word not in list(Side) for word in words) or len(set(words)) < len(words):
        raise ValueError(NO_SIDES.format(found=as_written(given)))
    return words


Rest = Annotated[float, Field(ge=0, le=600, strict=True)]


class Step(FileTable):
    """One stretch, on one side or both, once or several times; or a guided block, which has its own times."""

    pose: Annotated[
        str | None, Field(min_length=1, description="A name from `formcheck poses`, or a pose file beside this one.")
    ] = None
    block: Annotated[
        str | None, Field(min_length=1, description="Instead of a pose: a block from `formcheck poses`, or a file of one.")
    ] = None
    sides: Annotated[tuple[Side, ...], BeforeValidator(_sides)] = _SIDES["both"]
    hold_s: Annotated[float, Field(gt=0, le=600, strict=True)] | None = None
    repetitions: Annotated[int, Field(ge=1, le=20, strict=True)] = 1
    rest_s: Rest | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.pose is None) == (self.block is None):
            raise ValueError(ONE_OF.format(keys="pose, block"))
        if self.block is not None and (self.hold_s is not None or self.repetitions != 1):
            raise ValueError(BLOCK_HAS_TIMES)
        return self

    @property
    def name(self) -> str:
        """The name of the stretch or block: a file is called as what is in it."""
        given = self.pose or self.block or ""
        return Path(given).stem if is_path(given) else given


class Routine(TranslatedFile):
    """A parsed routine file. Once loaded, the files of its steps are given by their whole paths."""

    format: Literal[1]
    name: Annotated[str, Field(min_length=1, description="As the file is called, without .toml.")]
    title: Annotated[str, Field(min_length=1, max_length=80), PROSE]
    description: Annotated[str, Field(max_length=400), PROSE] = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockBout:
    """A guided block on one side (`None`: it has no sides), and the rest after it (seconds)."""

    block: str
    side: Side | None
    guided_s: float
    rest_s: float


@overload
def expand(routine: Routine, specs: Mapping[str, StretchSpec]) -> tuple[Bout, ...]: ...
@overload
def expand(
    routine: Routine, specs: Mapping[str, StretchSpec], blocks: Mapping[str, BlockSpec]
) -> tuple[Bout | BlockBout, ...]: ...
def expand(
    routine: Routine, specs: Mapping[str, StretchSpec], blocks: Mapping[str, BlockSpec] = MappingProxyType({})
) -> tuple[Any, ...]:
    """Return the bouts of `routine`; `specs` holds its stretches by name, `blocks` its guided blocks, where it has any.

    A repetition goes through all sides before the next begins: one side rests while the other is stretched. Getting ready for
    what comes after a block is rest enough.
    """
    bouts: list[Bout | BlockBout] = []
    for step in routine.steps:
        if step.block is not None:
            block = blocks[step.name]
            bouts += block_bouts(block, step.sides if block.sides else (None,), step.rest_s or 0.0)
            continue
        spec = specs[step.name]
        hold_s = step.hold_s if step.hold_s is not None else spec.hold_s
        sides = step.sides if spec.legs is not None else (None,)
        rest_s = step.rest_s if step.rest_s is not None else routine.rest_s
        bout = partial(Bout, pose=step.name, hold_s=hold_s, rest_s=rest_s, repetitions=step.repetitions)
        each = product(range(1, step.repetitions + 1), sides)
        bouts += [bout(side=side, repetition=repetition) for repetition, side in each]
    return (*bouts[:-1], replace(bouts[-1], rest_s=0.0))


def block_bouts(block: BlockSpec, sides: Iterable[Side | None], rest_s: float = 0.0) -> list[BlockBout]:
    """Return a bout for each of `sides`; `rest_s` comes after the last."""
    bouts = [BlockBout(block=block.name, side=side, guided_s=block.side_s, rest_s=0.0) for side in sides]
    return [*bouts[:-1], replace(bouts[-1], rest_s=rest_s)]


def duration_s(bouts: Iterable[Bout | BlockBout]) -> float:
    """Return the seconds of holding, guided blocks and resting.

    Getting into position comes on top, and what is held to the end.
    """
    return sum(((bout.hold_s or 0.0) if isinstance(bout, Bout) else bout.guided_s) + bout.rest_s for bout in bouts)
