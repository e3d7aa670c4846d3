"""Read routine files and tell everything that is wrong with one, its stretches included, each fault with its key path.

The shipped ones lie in `routines/` beside the pose files, the person's own in a folder that the caller names (`own`). One of
their own takes the place of a shipped one of the same name.
"""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from formcheck.core.errors import PoseFileError, RoutineError
from formcheck.stretches.files import find_stretch, read_toml, stretch_names
from formcheck.stretches.routine import Routine, Step
from formcheck.stretches.spec import StretchSpec, is_path
from formcheck.stretches.validation import check_toml, did_you_mean, known_name, tables_in
from formcheck.system.shipped import poses_folder

AnyStep = TypeVar("AnyStep", bound=Step)


def routine_paths(own: Path) -> dict[str, Path]:
    """Return the file of every routine by its name: the shipped ones, and those in the folder `own`."""
    files = {path.stem: path for folder in (poses_folder() / "routines", own) for path in folder.glob("*.toml")}
    return dict(sorted(files.items()))


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
    specs = (find_stretch(pose) for pose in dict.fromkeys(step.pose for step in routine.steps))
    return {spec.name: spec for spec in specs}


def _load(path: Path) -> Routine:
    check = partial(check_text, name=path.stem, folder=path.parent)
    return read_toml(path, check, kind="routine file", error=RoutineError)


def check_text(text: str, *, name: str, folder: Path) -> Routine | list[str]:
    """Return the routine, or a line for every fault. Paths of pose files in it start from `folder`."""
    across = partial(step_faults, folder=folder)
    routine = check_toml(text, Routine, {"": Routine, "steps": Step}, across=across, name=name)
    if isinstance(routine, list):
        return routine
    return routine.model_copy(update={"steps": located_steps(routine.steps, folder)})


def located_steps(steps: Sequence[AnyStep], folder: Path) -> tuple[AnyStep, ...]:
    """Return the steps of a file in `folder`, with pose files by their whole paths."""
    return tuple(step.model_copy(update={"pose": _located(step.pose, folder)}) for step in steps)


def _located(pose: str, folder: Path) -> str:
    return os.path.realpath(folder / pose) if is_path(pose) else pose


def step_faults(data: dict[str, Any], folder: Path) -> Iterator[str]:
    """Yield a line for each of the `steps` whose stretch is not there, or not in order.

    `data` is raw: it may be wrong in any other way too.
    """
    named: dict[str, str] = {}
    for i, step in tables_in(data, "steps"):
        pose = step.get("pose")
        if not isinstance(pose, str) or not pose.strip():
            continue
        pose = _located(pose.strip(), folder)
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
