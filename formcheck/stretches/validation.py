"""What a data file got wrong, in lines a person can act on: key path, what is wrong, a suggestion if one is near.

Only text is checked here; `stretches.files` reads it from the disk, so that specs and their faults need none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from formcheck.core.errors import FormcheckError
from formcheck.core.plain_text import one_line
from formcheck.system.documents import TextError, impossible_values, parse_toml

INVALID = "not valid TOML: {error}"
"""The fault of a text that is no TOML."""

MOST_FAULTS = 100
"""So many of a kind are told of one file; whoever has more mends these first."""

_LONGEST = 200
"""Characters of a value that are repeated in its fault."""


class StrictModel(BaseModel):
    """A frozen value of a document: a key that its schema does not have is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FileTable(StrictModel):
    """A table of a file that people write by hand: a string is one line, and blanks around it mean nothing."""

    @field_validator("*", mode="before")
    @classmethod
    def _lines(cls, value: Any) -> Any:
        return _one_line_each(value)


def _one_line_each(value: Any) -> Any:
    """Return what a key holds with each of its strings as it is shown."""
    if isinstance(value, str):
        return one_line(value.strip())
    if isinstance(value, list | tuple):
        return type(value)(map(_one_line_each, value))
    return value


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
        data = parse_toml(text)
    except TextError as error:
        return [invalid.format(error=error)]
    if faults := list(islice(impossible_values(data), MOST_FAULTS)):
        return faults
    if name is not None:
        data = {"name": name, **data}
        if data["name"] != name:
            faults = [f"name: {data['name']!r}, but the file is called {name}.toml; they must be the same"]
    faults += islice(across(data), MOST_FAULTS)
    try:
        checked = model.model_validate(data)
    except ValidationError as error:
        return list(dict.fromkeys([*model_faults(error, tables), *hidden(error, data), *faults]))
    return faults or checked


def mended(error: ValidationError, data: Mapping[str, Any], good: Mapping[str, object]) -> dict[str, Any]:
    """Return `data` without its unknown keys, and with `good` values, by key, in the place of those that `error` tells.

    What is compared only once all else is in order can so be seen at once; other faults stay.
    """
    better = deepcopy(dict(data))
    for detail in error.errors(include_url=False):
        if not detail["loc"]:  # of the whole, which is all in order but for this
            continue
        *path, last = detail["loc"]
        table: Any = better
        for step in path:
            table = table[step]
        key = str(path[-1] if isinstance(last, int) and path else last)
        if detail["type"] == "extra_forbidden":
            del table[last]
        elif key in good:
            table[last] = good[key]
    return better


def tables_in(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the tables that are listed under `key`, with their places; what is no table there is a fault of another kind."""
    listed = data.get(key)
    for i, table in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(table, dict):
            yield i, table


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion to end a sentence with, or a full stop where no known word is near."""
    close = get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else "."


def known_name(
    word: str, known: Iterable[str], *, kind: str, error: type[FormcheckError], advice: str = "", listed: bool = True
) -> str:
    """Return the one of the `known` names that is `word`, or the only one that begins with it.

    Raises `error` where there is none, or several; `kind` is what the names are of, `advice` is said last, and all
    names before it if they are to be `listed`.
    """
    known = list(known)
    begun = [word] if word in known else [name for name in known if word and name.startswith(word)]
    if len(begun) > 1:
        raise error(f"{as_written(word)} may be {' or '.join(begun)}: give more letters of it.")
    if not begun:
        names = f" Known: {', '.join(known)}." if known and listed else ""
        raise error(f"There is no {kind} called {as_written(word)}{did_you_mean(word, known)}{names} {advice}".rstrip())
    return begun[0]


def model_faults(error: ValidationError, tables: Tables) -> list[str]:
    """Return a line for every fault in `error`: key path, what is wrong, a suggestion if one is near."""
    # A list whose every entry is faulty counts as empty, too; that is no news.
    news = [fault for fault in error.errors(include_url=False) if not (fault["type"] == "too_short" and fault["input"])]
    more = [f"and {len(news) - MOST_FAULTS:,} more"] if len(news) > MOST_FAULTS else []
    return [*(_line(fault, tables) for fault in news[:MOST_FAULTS]), *more]


def _line(fault: Any, tables: Tables) -> str:
    path = fault["loc"]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part[:_LONGEST]}" for part in path).lstrip(".")
    if fault["type"] == "extra_forbidden":
        inner = [part for part in path[:-1] if isinstance(part, str)]
        return f"{where}: unknown key{did_you_mean(str(path[-1]), tables[inner[-1] if inner else ''].model_fields)}"
    if fault["type"] == "missing":
        return f"{where}: missing"
    return f"{where}: {describe_fault(fault)}" if where else describe_fault(fault)


def describe_fault(fault: Any) -> str:
    """Return what is wrong with one value, in words: pydantic's own speak of the program. `fault` is one of its details."""
    if fault["type"] == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    words = _WORDS.get(fault["type"], "is not what is expected here")
    return f"{words.format(**fault.get('ctx', {}))} (found {as_written(fault['input'])})"


_NUMBER, _WHOLE = "must be a number", "must be a whole number"
_TRUTH, _DATE = "must be true or false", "must be a date and time, as 2025-11-22T18:30:00+01:00"
_WORDS: Mapping[str, str] = {
    "string_type": "must be a text in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must have {max_length} characters or fewer",
    "string_pattern_mismatch": "must have lower-case letters, digits and _ only, and begin with a letter",
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be {le:g} or less",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "tuple_type": "must be a list in square brackets",
    "list_type": "must be a list in square brackets",
    "too_short": "must have {min_length} or more entries",
    "too_long": "must have {max_length} or fewer entries",
    "model_type": "must be a table with keys of its own",
    "model_attributes_type": "must be a table with keys of its own",
    "dict_type": "must be a table with keys of its own",
    "datetime_type": _DATE,
    "datetime_parsing": _DATE,
    "datetime_from_date_parsing": _DATE,
}
"""What must be so, by the type of a pydantic error."""


def as_written(value: object) -> str:
    """Return `value` about as a file has it; a long one is cut short."""
    text = _as_written(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _as_written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_as_written, value[:_LONGEST]))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_as_written(inner)}' for key, inner in islice(value.items(), _LONGEST))}}}"
    return repr(value) if isinstance(value, str | int | float) else str(value)
