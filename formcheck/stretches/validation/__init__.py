"""What a data file got wrong, in lines a person can act on: key path, what is wrong, a suggestion if one is near.

Only text is checked here; `stretches.files` reads it from the disk, so that specs and their faults need none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from difflib import get_close_matches
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from formcheck.core.errors import FormcheckError
from formcheck.core.wording.language import N_, NP_, Sentence, joined, one_of
from formcheck.stretches.validation.tables import PROSE, FileTable, StrictModel, TranslatedFile
from formcheck.stretches.validation.translations import KEY, mirror, read_translations, translated
from formcheck.system.documents import TextError, impossible_values, parse_toml

__all__ = [
    "INVALID",
    "MOST_FAULTS",
    "PROSE",
    "TWICE",
    "FileTable",
    "Model",
    "StrictModel",
    "Tables",
    "TranslatedFile",
    "as_written",
    "check_toml",
    "describe_fault",
    "did_you_mean",
    "either",
    "known_name",
    "mended",
    "model_faults",
    "tables_in",
]

INVALID = N_("not valid TOML: {error}")
"""The fault of a text that is no TOML."""

MOST_FAULTS = 100
"""So many of a kind are told of one file; whoever has more mends these first."""

_LONGEST = 200
"""Characters of a value that are repeated in its fault."""


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
        return [invalid.format(error=error.args[0])]
    if faults := list(islice(impossible_values(data), MOST_FAULTS)):
        return faults
    if name is not None:
        data = {"name": name, **data}
        if data["name"] != name:
            faults = [OTHER_NAME.format(found=repr(data["name"]), name=name)]
    faults += islice(across(data), MOST_FAULTS)
    translations: Mapping[str, Any] = {}
    if KEY in data and issubclass(model, TranslatedFile):
        translations, unlike, wrong = read_translations(data.pop(KEY), model, data)
        mirrors = {key: texts for key, kind in tables.items() if (texts := mirror(kind)) is not None}
        faults += model_faults(wrong, mirrors) if wrong is not None else ()
        faults += [_at(where, what) for where, what in unlike[:MOST_FAULTS]]
    try:
        checked = model.model_validate(data)
    except ValidationError as error:
        return list(dict.fromkeys([*model_faults(error, tables), *hidden(error, data), *faults]))
    return faults or translated(checked, translations)


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
    return DID_YOU_MEAN.format(word=close[0]) if close else "."


def known_name(
    word: str, known: Iterable[str], *, kind: str, error: type[FormcheckError], advice: str = "", listed: bool = True
) -> str:
    """Return the one of the `known` names that is `word`, or the only one that begins with it.

    Raises `error` where there is none, or several; `kind` is what the names are of, `advice` is said last, and all
    names before it if they are to be `listed`.
    """
    known = list(known)
    begun = [word] if word in known else [name for name in known if word and name.startswith(word)]
    given = as_written(word)
    if len(begun) > 1:
        raise error(AMBIGUOUS.format(given=given, names=one_of(begun)))
    if not begun:
        parts = [NONE_CALLED.format(kind=kind, given=given, suggestion=did_you_mean(word, known))]
        parts += [KNOWN.format(names=", ".join(known))] if known and listed else []
        raise error(joined(" ", [*parts, advice] if advice else parts))
    return begun[0]


def model_faults(error: ValidationError, tables: Tables) -> list[str]:
    """Return a line for every fault in `error`: key path, what is wrong, a suggestion if one is near."""
    # A list whose every entry is faulty counts as empty, too; that is no news.
    news = [fault for fault in error.errors(include_url=False) if not (fault["type"] == "too_short" and fault["input"])]
    more = [MORE.format(number=len(news) - MOST_FAULTS)] if len(news) > MOST_FAULTS else []
    return [*(_line(fault, tables) for fault in news[:MOST_FAULTS]), *more]


def _line(fault: Any, tables: Tables) -> str:
    path = fault["loc"]
    if fault["type"] == "extra_forbidden":
        near = next(tables[part] for part in (*reversed(path[:-1]), "") if part in tables)
        return _at(path, UNKNOWN_KEY.format(suggestion=did_you_mean(str(path[-1]), near.model_fields)))
    return _at(path, MISSING if fault["type"] == "missing" else describe_fault(fault))


def _at(path: Sequence[str | int], what: str) -> str:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part[:_LONGEST]}" for part in path).lstrip(".")
    return f"{where}: " + what if where else what


def describe_fault(fault: Any) -> str:
    """Return what is wrong with one value, in words: pydantic's own speak of the program. `fault` is one of its details."""
    if fault["type"] == "value_error":
        return fault["ctx"]["error"].args[0]  # type: ignore[no-any-return]
    limits = dict(fault.get("ctx", {}))
    if "expected" in limits:
        limits["expected"] = one_of(limits["expected"].replace(" or ", ", ").split(", "))
    words = _WORDS.get(fault["type"], NOT_EXPECTED).format(**limits)
    return FOUND.format(what=words, found=as_written(fault["input"]))


OTHER_NAME = N_("name: {found}, but the file is called {name}.toml; they must be the same")
DID_YOU_MEAN = N_("; did you mean {word!r}?")
AMBIGUOUS = N_("{given} may be {names}: give more letters of it.")
NONE_CALLED = N_("There is no {kind} called {given}{suggestion}")
KNOWN = N_("Known: {names}.")
TWICE = N_("{name} is there twice")
MORE = N_("and {number} more")
UNKNOWN_KEY = N_("unknown key{suggestion}")
MISSING = NP_("key", "missing")
NOT_EXPECTED = N_("is not what is expected here")
FOUND = N_("{what} (found {found})")

_NUMBER, _WHOLE = N_("must be a number"), N_("must be a whole number")
_TRUTH, _DATE = N_("must be true or false"), N_("must be a date and time, as 2025-11-22T18:30:00+01:00")
_WORDS: Mapping[str, Sentence] = {
    "string_type": N_("must be a text in quotes"),
    "string_too_short": N_("must not be empty"),
    "string_too_long": N_("must have {max_length} characters or fewer"),
    "string_pattern_mismatch": N_("must have lower-case letters, digits and _ only, and begin with a letter"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "greater_than": N_("must be more than {gt:g}"),
    "greater_than_equal": N_("must be {ge:g} or more"),
    "less_than": N_("must be less than {lt:g}"),
    "less_than_equal": N_("must be {le:g} or less"),
    "literal_error": N_("must be {expected}"),
    "enum": N_("must be {expected}"),
    "tuple_type": N_("must be a list in square brackets"),
    "list_type": N_("must be a list in square brackets"),
    "too_short": N_("must have {min_length} or more entries"),
    "too_long": N_("must have {max_length} or fewer entries"),
    "model_type": N_("must be a table with keys of its own"),
    "model_attributes_type": N_("must be a table with keys of its own"),
    "dict_type": N_("must be a table with keys of its own"),
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
