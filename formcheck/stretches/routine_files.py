"""Read routine files and tell everything that is wrong with one, its stretches and blocks included, each with its key path.

The shipped ones lie in `routines/` beside the pose files, the person's own in a folder that the caller names (`own`). One of
their own takes the place of a shipped one of the same name.
"""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from formcheck.core.errors import BlockError, PoseFileError, RoutineError
from formcheck.stretches.block_files import block_paths, find_block
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.files import find_stretch, read_toml, stretch_names
from formcheck.stretches.routine import BlockBout, Bout, Routine, Step, expand
from formcheck.stretches.spec import StretchSpec, is_path
from formcheck.stretches.validation import check_toml, did_you_mean, known_name, tables_in
from formcheck.system.shipped import shipped_and_own

AnyStep = TypeVar("AnyStep", bound=Step)


def routine_paths(own: Path) -> dict[str, Path]:
    """Return the file of every routine by its name: the shipped ones, and those in the folder `own`."""
    return shipped_and_own("routines", own)


def load_routines(own: Path) -> tuple[list[Routine], list[RoutineError]]:
    """Return every known routine that can be used, and what is wrong with the others: one bad file hides no good one."""
    routines, wrong = [], []
    for path in routine_paths(own).values():
        try:
            routines.append(_load(path))
        except RoutineError as error:
            wrong.append(error)
    return routines, wrong


def find_routine(name: str, own: Path) -> Routine:
    """Return the routine called `name`, or the only one that begins so, or the one in the file of that path.

    Raises RoutineError.
    """
    if is_path(name):
        return _load(Path(name))
    files = routine_paths(own)
    advice = f"Your own lie in {own}; one that lies elsewhere is given by its path, ending in .toml."
    return _load(files[known_name(name, files, kind="routine", error=RoutineError, advice=advice)])


def specs_of(routine: Routine) -> dict[str, StretchSpec]:
    """Return the stretches of `routine` by name. Raises PoseFileError where a pose file has changed since it was loaded."""
    specs = (find_stretch(pose) for pose in dict.fromkeys(step.pose for step in routine.steps) if pose is not None)
    return {spec.name: spec for spec in specs}


def blocks_of(routine: Routine) -> dict[str, BlockSpec]:
    """Return the guided blocks of `routine` by name. Raises BlockError where a block file has changed since it was loaded."""
    blocks = (find_block(step.block) for step in routine.steps if step.block is not None)
    return {block.name: block for block in blocks}


def bouts_of(routine: Routine) -> tuple[Bout | BlockBout, ...]:
    """Return what `routine` asks for, one after the other. Raises PoseFileError and BlockError as above."""
    return expand(routine, specs_of(routine), blocks_of(routine))


def _load(path: Path) -> Routine:
    check = partial(check_text, name=path.stem, folder=path.parent)
    return read_toml(path, check, kind="routine file", error=RoutineError)


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
            yield f"{where}: there is no stretch called {pose!r}{did_you_mean(pose, stretch_names())}"
            continue
        try:
            spec = find_stretch(pose)
        except PoseFileError as error:
            yield f"{where}: " + str(error).replace("\n", "\n  ")
            continue
        if named.setdefault(spec.name, pose) != pose:
            other = named[spec.name]
            yield f"{where}: another stretch called {spec.name} is in this routine ({other}); they are told apart by name"
        if spec.to_the_end and "hold_s" in step:
            yield f"steps[{i}].hold_s: {spec.name} is held to the end; leave hold_s out"
        if spec.legs is None and "sides" in step:
            yield f"steps[{i}].sides: in {spec.name} both legs do the same; leave sides out"


def _of_blocks(data: dict[str, Any], folder: Path) -> Iterator[str]:
    """Blocks that are not there, not in order, or asked for twice: their time is a ceiling. Reads the raw data."""
    asked: set[str] = set()
    for i, step in tables_in(data, "steps"):
        block = step.get("block")
        if not isinstance(block, str) or not block.strip():
            continue
        block = _located(block.strip(), folder) or ""
        where = f"steps[{i}].block"
        if not is_path(block) and block not in block_paths():
            yield f"{where}: there is no block called {block!r}{did_you_mean(block, block_paths())}"
            continue
        try:
            spec = find_block(block)
        except BlockError as error:
            yield f"{where}: " + str(error).replace("\n", "\n  ")
            continue
        if spec.name in asked:
            yield f"{where}: {spec.name} is in this routine already; its time is meant for a whole session"
        asked.add(spec.name)
        if not spec.sides and "sides" in step:
            yield f"steps[{i}].sides: {spec.name} has no sides; leave sides out"
