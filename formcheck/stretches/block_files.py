"""Read block files and tell everything that is wrong with one, each fault with its key path.

The shipped ones lie in `blocks/` beside the pose files, the person's own in the `blocks` folder of their data folder. One of
their own takes the place of a shipped one of the same name.
"""

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from formcheck.core.errors import BlockError
from formcheck.stretches.blocks import BlockPhase, BlockSource, BlockSpec
from formcheck.stretches.files import has_key, read_toml, stretch_names
from formcheck.stretches.safety_questions import SafetyQuestion
from formcheck.stretches.spec import is_path
from formcheck.stretches.validation import Tables, check_toml, known_name, mended, model_faults, tables_in
from formcheck.system.paths import blocks_folder
from formcheck.system.shipped import poses_folder, shipped_and_own


def block_paths() -> dict[str, Path]:
    """Return the file of every block by its name: the shipped ones, and the person's own."""
    return shipped_and_own("blocks", blocks_folder())


def is_block(name: str) -> bool:
    """Whether the name, or the file of that path, is one of a block."""
    return has_key(Path(name), "phases") if is_path(name) else name in block_paths()


def load_blocks() -> tuple[list[BlockSpec], list[BlockError]]:
    """Return every known block that can be used, and what is wrong with the others: one bad file hides no good one."""
    blocks, wrong = [], []
    for path in block_paths().values():
        try:
            blocks.append(_load(path))
        except BlockError as error:
            wrong.append(error)
    return blocks, wrong


def find_block(name: str) -> BlockSpec:
    """Return the block called `name`, or the only one that begins so, or the one in the file of that path.

    Raises BlockError.
    """
    if is_path(name):
        return _load(Path(name))
    files = block_paths()
    advice = f"Your own lie in {blocks_folder()}; one that lies elsewhere is given by its path, ending in .toml."
    return _load(files[known_name(name, files, kind="block", error=BlockError, advice=advice)])


@cache
def shipped_block(name: str) -> BlockSpec | None:
    """Return the shipped block called `name`, for what people read of it; `None` where there is none of that name."""
    return next((_load(path) for path in (poses_folder() / "blocks").glob("*.toml") if path.stem == name), None)


def check_text(text: str, *, name: str) -> BlockSpec | list[str]:
    """Return the block, or a line for every fault of the file: key path, what is wrong, a suggestion if one is near."""
    return check_toml(text, BlockSpec, _TABLES, across=partial(_across, name=name), hidden=_hidden, name=name)


def _load(path: Path) -> BlockSpec:
    return read_toml(path, partial(check_text, name=path.stem), kind="block file", error=BlockError)


def _across(data: dict[str, Any], name: str) -> Iterator[str]:
    """What takes more than one table to be seen wrong. Reads the raw data, which may be wrong in any other way too."""
    if name in stretch_names():
        yield f"name: a stretch is called {name}; give the block another name"
    asked: list[object] = []
    for i, question in tables_in(data, "questions"):
        if (known := question.get("id")) in asked and known is not None:
            yield f"questions[{i}].id: {known} is there twice"
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
