"""The programme files: shipped ones in `programmes/` beside the pose files, and the person's own in their data folder.

Everything that is wrong with one is told, its stretches included, each fault with its key path.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from formcheck.core.errors import FormcheckError, ProgrammeError
from formcheck.core.wording.language import N_
from formcheck.stretches.files import NamedFiles
from formcheck.stretches.programmes.spec import (
    Cutoffs,
    Level,
    Programme,
    ProgrammeStep,
    Rule,
    Times,
    Until,
    When,
)
from formcheck.stretches.routine_files import located_steps, step_faults
from formcheck.stretches.validation import Tables, check_toml, tables_in
from formcheck.system.paths import programmes_folder

_TABLES: Tables = {
    "": Programme,
    "pain": Cutoffs,
    "rules": Rule,
    "when": When,
    "strong": Times,
    "until": Until,
    "levels": Level,
    "steps": ProgrammeStep,
}


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
        yield from (f"levels[{i}]." + line for line in step_faults(level, folder))


PROGRAMMES: NamedFiles[Programme] = NamedFiles(
    kind=N_("programme"),
    kind_of_file=N_("programme file"),
    folder="programmes",
    own=programmes_folder,
    key="levels",
    error=ProgrammeError,
    check=lambda text, path: check_text(text, name=path.stem, folder=path.parent),
)


def shown_decisions(name: str, kept: Iterable[str]) -> list[str]:
    """Return decisions of the programme called `name`, which are kept in English, as sentences that are translated where shown.

    One that the programme does not say any more, and those of a programme that is not there, stay as they are.
    """
    kept, said = list(kept), dict[str, str]()
    if kept:
        with suppress(FormcheckError):  # what was kept stays readable without its programme
            said = {str(sentence): sentence for sentence in PROGRAMMES.find(name).decisions}
    return [said.get(sentence, sentence) for sentence in kept]
