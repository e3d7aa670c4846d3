"""The block files: shipped ones in `blocks/` beside the pose files, and the person's own in their data folder.

Everything that is wrong with one is told, each fault with its key path.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from pydantic import ValidationError

from formcheck.core.errors import BlockError
from formcheck.core.wording.language import N_
from formcheck.stretches.blocks import BlockPhase, BlockSource, BlockSpec
from formcheck.stretches.files import NamedFiles, once_each_text, stretch_names
from formcheck.stretches.safety_questions import SafetyQuestion
from formcheck.stretches.validation import TWICE, Tables, check_toml, mended, model_faults, tables_in
from formcheck.system.paths import blocks_folder

NAME_OF_STRETCH = N_("a stretch is called {name}; give the block another name")


@once_each_text
def check_text(text: str, *, name: str) -> BlockSpec | list[str]:
    """Return the block, or a line for every fault of the file: key path, what is wrong, a suggestion if one is near."""
    return check_toml(text, BlockSpec, _TABLES, across=partial(_across, name=name), hidden=_hidden, name=name)


def _across(data: dict[str, Any], name: str) -> Iterator[str]:
    """What takes more than one table to be seen wrong. Reads the raw data, which may be wrong in any other way too."""
    if name in stretch_names():
        yield "name: " + NAME_OF_STRETCH.format(name=name)
    asked: list[object] = []
    for i, question in tables_in(data, "questions"):
        if (known := question.get("id")) in asked and known is not None:
            yield f"questions[{i}].id: " + TWICE.format(name=known)
        asked.append(known)


def _hidden(error: ValidationError, data: dict[str, Any]) -> list[str]:
    """The faults that hide behind others: what a body should not be asked for is looked at only once the rest is in order."""
    try:
        BlockSpec.model_validate(mended(error, data, _GOOD))
    except ValidationError as rest:
        return model_faults(rest, _TABLES)
    return []


_TABLES: Tables = {"": BlockSpec, "phases": BlockPhase, "questions": SafetyQuestion, "sources": BlockSource}

_GOOD = dict.fromkeys(
    ("title", "purpose", "needs", "position", "rules", "do", "say", "id", "text", "any_of", "agreed", "advice"), "good"
) | {"name": "good", "format": 1, "strength": "weak", "ready_s": 20.0}
"""Values in order, by key: none of those that the limits of a block are about."""

BLOCKS: NamedFiles[BlockSpec] = NamedFiles(
    kind=N_("block"),
    kind_of_file=N_("block file"),
    folder="blocks",
    own=blocks_folder,
    key="phases",
    error=BlockError,
    check=lambda text, path: check_text(text, name=path.stem),
)
