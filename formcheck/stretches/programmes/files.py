"""Read programme files and tell everything that is wrong with one, its stretches included, each fault with its key path.

The shipped ones lie in `programmes/` beside the pose files, the person's own in a folder that the caller names (`own`). One of
their own takes the place of a shipped one of the same name.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from formcheck.core.errors import ProgrammeError
from formcheck.stretches.files import has_key, read_toml
from formcheck.stretches.programmes.spec import Cutoffs, Level, Programme, ProgrammeStep, Rule, Times, When
from formcheck.stretches.routine_files import located_steps, step_faults
from formcheck.stretches.spec import is_path
from formcheck.stretches.validation import Tables, check_toml, known_name, tables_in
from formcheck.system.shipped import shipped_and_own

_TABLES: Tables = {
    "": Programme,
    "pain": Cutoffs,
    "rules": Rule,
    "when": When,
    "strong": Times,
    "levels": Level,
    "steps": ProgrammeStep,
}


def programme_paths(own: Path) -> dict[str, Path]:
    """Return the file of every programme by its name: the shipped ones, and those in the folder `own`."""
    return shipped_and_own("programmes", own)


def is_programme(name: str, own: Path) -> bool:
    """Whether `name` is that of a programme, or the path of a file of one."""
    return has_key(Path(name), "levels") if is_path(name) else name in programme_paths(own)


def load_programmes(own: Path) -> tuple[list[Programme], list[ProgrammeError]]:
    """Return every known programme that can be used, and what is wrong with the others: one bad file hides no good one."""
    programmes, wrong = [], []
    for path in programme_paths(own).values():
        try:
            programmes.append(find_programme(str(path), own))
        except ProgrammeError as error:
            wrong.append(error)
    return programmes, wrong


def find_programme(name: str, own: Path) -> Programme:
    """Return the programme called `name`, or the only one that begins so, or the one in the file of that path.

    Raises ProgrammeError.
    """
    files = programme_paths(own)
    advice = f"Your own lie in {own}; one that lies elsewhere is given by its path, ending in .toml."
    named = None if is_path(name) else known_name(name, files, kind="programme", error=ProgrammeError, advice=advice)
    path = Path(name) if named is None else files[named]
    check = partial(check_text, name=path.stem, folder=path.parent)
    return read_toml(path, check, kind="programme file", error=ProgrammeError)


def check_text(text: str, *, name: str, folder: Path) -> Programme | list[str]:
    """Return the programme, or a line for every fault. Paths of pose files in it start from `folder`."""
    programme = check_toml(text, Programme, _TABLES, across=partial(_of_levels, folder=folder), name=name)
    if isinstance(programme, list):
        return programme
    levels = (level.model_copy(update={"steps": located_steps(level.steps, folder)}) for level in programme.levels)
    return programme.model_copy(update={"levels": tuple(levels)})


def _of_levels(data: dict[str, Any], folder: Path) -> Iterator[str]:
    """The faults of the steps of every level. Reads the raw data, which may be wrong in any other way too."""
    for i, level in tables_in(data, "levels"):
        yield from (f"levels[{i}].{line}" for line in step_faults(level, folder))
