"""The routine files: shipped ones in `routines/` beside the pose files, and the person's own in their data folder.

Everything that is wrong with one is told, its stretches and blocks included, each fault with its key path.
"""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from formcheck.core.errors import BlockError, PoseFileError, RoutineError
from formcheck.core.wording.language import N_
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.files import NamedFiles, find_stretch, stretch_names
from formcheck.stretches.routine import BlockBout, Bout, Routine, Step, expand
from formcheck.stretches.spec import StretchSpec, is_path
from formcheck.stretches.validation import as_written, check_toml, did_you_mean, tables_in
from formcheck.system.paths import routines_folder

AnyStep = TypeVar("AnyStep", bound=Step)


NO_STRETCH = N_("there is no stretch called {given}{suggestion}")
NO_BLOCK = N_("there is no block called {given}{suggestion}")
SAME_NAME = N_("another stretch called {name} is in this routine ({other}); they are told apart by name")
HELD_TO_THE_END = N_("{name} is held to the end; leave hold_s out")
LEGS_ALIKE = N_("in {name} both legs do the same; leave sides out")
BLOCK_TWICE = N_("{name} is in this routine already; its time is meant for a whole session")
BLOCK_WITHOUT_SIDES = N_("{name} has no sides; leave sides out")


def specs_of(routine: Routine) -> dict[str, StretchSpec]:
    """Return the stretches of `routine` by name. Raises PoseFileError where a pose file has changed since it was loaded."""
    specs = (find_stretch(pose) for pose in dict.fromkeys(step.pose for step in routine.steps) if pose is not None)
    return {spec.name: spec for spec in specs}


def blocks_of(routine: Routine) -> dict[str, BlockSpec]:
    """Return the guided blocks of `routine` by name. Raises BlockError where a block file has changed since it was loaded."""
    blocks = (BLOCKS.find(step.block) for step in routine.steps if step.block is not None)
    return {block.name: block for block in blocks}


def bouts_of(routine: Routine) -> tuple[Bout | BlockBout, ...]:
    """Return what `routine` asks for, one after the other. Raises PoseFileError and BlockError as above."""
    return expand(routine, specs_of(routine), blocks_of(routine))


def check_text(text: str, *, name: str, folder: Path) -> Routine | list[str]:
    """Return the routine, or a line for every fault. Paths of files in it start from `folder`."""
    across = partial(step_faults, folder=folder)
    routine = check_toml(text, Routine, {"": Routine, "steps": Step}, across=across, name=name)
    if isinstance(routine, list):
        return routine
    return routine.model_copy(update={"steps": located_steps(routine.steps, folder)})


def located_steps(steps: Sequence[AnyStep], folder: Path) -> tuple[AnyStep, ...]:
    """Return the steps of a file in `folder`, with pose and block files by their whole paths."""
    return tuple(
        step.model_copy(update={"pose": _located(step.pose, folder), "block": _located(step.block, folder)}) for step in steps
    )


def _located(given: str | None, folder: Path) -> str | None:
    return os.path.realpath(folder / given) if given is not None and is_path(given) else given


def step_faults(data: dict[str, Any], folder: Path) -> Iterator[str]:
    """Yield a line for each of the `steps` whose stretch or block is not there, or not in order.

    `data` is raw: it may be wrong in any other way too.
    """
    yield from _of_poses(data, folder)
    yield from _of_blocks(data, folder)


def _of_poses(data: dict[str, Any], folder: Path) -> Iterator[str]:
    """Stretches that are not there, or not in order. Reads the raw data, which may be wrong in any other way too."""
    named: dict[str, str] = {}
    for i, step in tables_in(data, "steps"):
        pose = step.get("pose")
        if not isinstance(pose, str) or not pose.strip():
            continue
        pose = _located(pose.strip(), folder) or ""
        where = f"steps[{i}].pose"
        if not is_path(pose) and pose not in stretch_names():
            near = did_you_mean(pose, stretch_names())
            yield f"{where}: " + NO_STRETCH.format(given=as_written(pose), suggestion=near)
            continue
        try:
            spec = find_stretch(pose)
        except PoseFileError as error:
            yield from (f"{where}: " + line for line in error.lines)
            continue
        if named.setdefault(spec.name, pose) != pose:
            other = named[spec.name]
            yield f"{where}: " + SAME_NAME.format(name=spec.name, other=other)
        if spec.to_the_end and "hold_s" in step:
            yield f"steps[{i}].hold_s: " + HELD_TO_THE_END.format(name=spec.name)
        if spec.legs is None and "sides" in step:
            yield f"steps[{i}].sides: " + LEGS_ALIKE.format(name=spec.name)


def _of_blocks(data: dict[str, Any], folder: Path) -> Iterator[str]:
    """Blocks that are not there, not in order, or asked for twice: their time is a ceiling. Reads the raw data."""
    asked: set[str] = set()
    for i, step in tables_in(data, "steps"):
        block = step.get("block")
        if not isinstance(block, str) or not block.strip():
            continue
        block = _located(block.strip(), folder) or ""
        where = f"steps[{i}].block"
        if not is_path(block) and block not in (known := BLOCKS.paths()):
            yield f"{where}: " + NO_BLOCK.format(given=as_written(block), suggestion=did_you_mean(block, known))
            continue
        try:
            spec = BLOCKS.find(block)
        except BlockError as error:
            yield from (f"{where}: " + line for line in error.lines)
            continue
        if spec.name in asked:
            yield f"{where}: " + BLOCK_TWICE.format(name=spec.name)
        asked.add(spec.name)
        if not spec.sides and "sides" in step:
            yield f"steps[{i}].sides: " + BLOCK_WITHOUT_SIDES.format(name=spec.name)


ROUTINES: NamedFiles[Routine] = NamedFiles(
    kind=N_("routine"),
    kind_of_file=N_("routine file"),
    folder="routines",
    own=routines_folder,
    key="steps",
    error=RoutineError,
    check=lambda text, path: check_text(text, name=path.stem, folder=path.parent),
)
