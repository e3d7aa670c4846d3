"""What a data file got wrong, in lines a person can act on: key path, what is wrong, a suggestion if one is near.

Only text is checked here; `stretches.files` reads it from the disk, so that specs and their faults need none.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

INVALID = "not valid TOML: {error}"
"""The fault of a text that is no TOML."""


class StrictModel(BaseModel):
    """A frozen value of a document: a key that its schema does not have is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileTable(StrictModel):
    """A table of a file that people write by hand: blanks around a string mean nothing."""

    model_config = ConfigDict(str_strip_whitespace=True)


Model = TypeVar("Model", bound=BaseModel)
Tables = Mapping[str, type[BaseModel]]
"""The models of a file's tables by key, "" for its top."""


def check_toml(
    text: str,
    model: type[Model],
    tables: Tables,
    *,
    across: Callable[[dict[str, Any]], Iterable[str]] = lambda _data: (),
    hidden: Callable[[ValidationError, dict[str, Any]], Iterable[str]] = lambda _error, _data: (),
    name: str | None = None,
    invalid: str = INVALID,
) -> Model | list[str]:
    """Return the `model` that `text` (TOML) describes, or a line for every fault.

    `across` finds in the raw data what takes more than one key to be seen wrong, `hidden` what cannot be seen before other
    faults are mended. `name` is that of the file, without its ending: what the text calls itself, if it does, must be the same.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [invalid.format(error=error)]
    faults = []
    if name is not None:
        data = {"name": name, **data}
        if data["name"] != name:
            faults = [f"name: {data['name']!r}, but the file is called {name}.toml; they must be the same"]
    faults += across(data)
    try:
        checked = model.model_validate(data)
    except ValidationError as error:
        return list(dict.fromkeys([*model_faults(error, tables), *hidden(error, data), *faults]))
    return faults or checked


def tables_in(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the tables that are listed under `key`, with their places; what is no table there is a fault of another kind."""
    listed = data.get(key)
    for i, table in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(table, dict):
            yield i, table


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion to end a sentence with, or a full stop where no known word is near."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else "."


def model_faults(error: ValidationError, tables: Tables) -> list[str]:
    """Return a line for every fault in `error`: key path, what is wrong, a suggestion if one is near."""
    # A list whose every entry is faulty counts as empty, too; that is no news.
    news = [fault for fault in error.errors(include_url=False) if not (fault["type"] == "too_short" and fault["input"])]
    return [_line(fault, tables) for fault in news]


def _line(fault: Any, tables: Tables) -> str:
    path = fault["loc"]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    if fault["type"] == "extra_forbidden":
        inner = [part for part in path[:-1] if isinstance(part, str)]
        return f"{where}: unknown key{did_you_mean(str(path[-1]), tables[inner[-1] if inner else ''].model_fields)}"
    if fault["type"] == "missing":
        return f"{where}: missing"
    text = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "value_error":
        return f"{where}: {text}" if where else text
    return f"{where}: {text[:1].lower()}{text[1:]} (found {fault['input']!r})"
