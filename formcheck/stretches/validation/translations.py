"""The texts of a file in other languages: its tables `[text.<language>]`, which mirror the keys of the file.

Of the model of a file another one is made that has its texts alone, so that what holds for a text holds for its translations.
The tables of a list are mirrored by a table with their names, those without a name by a list in the same order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import GenericAlias, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, Field, ValidationError, create_model

from formcheck.core.wording.language import ENGLISH, N_, NP_, Sentence
from formcheck.stretches.validation.tables import PROSE, FileTable, TranslatedFile
from formcheck.system.languages import is_language

KEY = "text"
"""Under which the translations of a file stand."""

_NAMING = ("name", "id", "measure", "band")
"""What tells the tables of a list apart: the first of these that they have, unless it is itself a text for people."""

NO_LANGUAGE = N_("there is no such language; give its code, as de")
NOT_ENGLISH = N_("English is what the file itself has; give another language")
NO_TEXT = N_("the file has no such text in English")
OTHER_LENGTH = N_("must have as many entries as in English, {expected} (found {found})")
OTHER_PLACEHOLDERS = N_("must have the placeholders of the English text: {expected} (found {found})")
EMPTY = N_("must not be empty")
NONE = NP_("placeholders", "none")

Unlike = tuple[tuple[str | int, ...], str]
"""Where a translation is other than it must be, and what is wrong there."""

Content = TypeVar("Content")


@cache
def mirror(model: type[BaseModel]) -> type[FileTable] | None:
    """Return a model of the texts of `model`, none of them needed; `None` where it has none."""
    texts = {key: (_mirrored(field.annotation, field.metadata), field.description) for key, field in model.model_fields.items()}
    fields: dict[str, Any] = {
        key: (kind, Field(default_factory=type(None), description=told)) for key, (kind, told) in texts.items() if kind
    }
    return create_model(f"{model.__name__}Text", __base__=FileTable, **fields) if fields else None


def by_language(model: type[BaseModel]) -> GenericAlias:
    """Return the type of the table `text` of a file: a mirror for each language, by its code."""
    return GenericAlias(dict, (str, mirror(model)))


@cache
def _reader(model: type[BaseModel]) -> type[FileTable]:
    table: Any = by_language(model)
    return create_model("Translations", __base__=FileTable, text=(table, ...))


def _mirrored(kind: Any, marks: Sequence[Any] = ()) -> Any:
    """Return the type of what is translated of a value of this type; `None` where nothing is."""
    origin, parts = get_origin(kind), get_args(kind)
    if PROSE in marks:
        return Annotated[(kind, *marks)]
    if origin is Annotated:
        return _mirrored(parts[0], parts[1:])
    if origin is tuple:
        inner = _mirrored(parts[0])
        return inner and (GenericAlias(dict, (str, inner)) if _naming(parts[0]) else GenericAlias(tuple, (inner, ...)))
    if origin in (Union, UnionType):
        return next(filter(None, map(_mirrored, parts)), None)
    return mirror(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _naming(kind: Any) -> str | None:
    """Return the key by which tables of a list are called; `None` where they have none."""
    fields = getattr(kind, "model_fields", {})
    return next((key for key in _NAMING if key in fields and PROSE not in fields[key].metadata), None)


def read_translations(
    given: Any, model: type[TranslatedFile], english: Mapping[str, Any]
) -> tuple[Mapping[str, Any], list[Unlike], ValidationError | None]:
    """Return the translations by language that a file has under `text`, and what is wrong with them.

    `english` are the raw data of the file, which may be wrong in any way.
    """
    try:
        read, error = _reader(model).model_validate({KEY: given}), None
    except ValidationError as wrong:
        read, error = None, wrong
    told = {fault["loc"] for fault in error.errors(include_url=False)} if error is not None else set()
    faults: list[Unlike] = []
    for code, texts in given.items() if isinstance(given, dict) else ():
        if code == ENGLISH.language:
            faults.append(((KEY, code), NOT_ENGLISH))
        elif not is_language(code):
            faults.append(((KEY, code), NO_LANGUAGE))
        faults += ((where, what) for where, what in _unlike(texts, english, (KEY, code)) if where not in told)
    return getattr(read, KEY, {}), faults, error


def _unlike(other: Any, english: Any, where: tuple[str | int, ...]) -> Iterator[Unlike]:
    """Yield where a translation does not mirror what it translates; what has no type of a text is told by the model."""
    if isinstance(other, dict):
        known = _by_name(english) if isinstance(english, list) else english
        for key, inner in other.items():
            if isinstance(known, dict) and key in known:
                yield from _unlike(inner, known[key], (*where, key))
            else:
                yield (*where, key), NO_TEXT
    elif isinstance(other, list) and isinstance(english, list):
        if len(other) != len(english):
            yield where, OTHER_LENGTH.format(expected=len(english), found=len(other))
        for i, (inner, part) in enumerate(zip(other, english, strict=False)):
            yield from _unlike(inner, part, (*where, i))
    elif isinstance(other, str) and isinstance(english, str):
        expected, found = (_placeholders(text) for text in (english, other))
        if not other.strip():
            yield where, EMPTY
        elif expected != found:
            yield where, OTHER_PLACEHOLDERS.format(expected=_listed(expected), found=_listed(found))


def _by_name(tables: list[Any]) -> dict[Any, Any]:
    named = ((table, next((key for key in _NAMING if key in table), "")) for table in tables if isinstance(table, dict))
    return {table[key]: table for table, key in named if isinstance(table.get(key), str)}


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}|[{}]", text))


def _listed(placeholders: set[str]) -> str:
    return ", ".join(sorted(placeholders)) or NONE


def translated(value: Content, others: Mapping[str, Any]) -> Content:
    """Return a value of a file whose texts bring along their translations; `others` mirrors it, by language."""
    changed: Any = value
    if isinstance(value, Sentence):
        changed = Sentence(value, own={code: str(text) for code, text in others.items()})
    elif isinstance(value, tuple):
        changed = tuple(translated(part, _inner(others, i, _name_of(part))) for i, part in enumerate(value))
    elif isinstance(value, BaseModel):
        each = {key: translated(getattr(value, key), _inner(others, key)) for key in value.model_fields_set}
        changed = value.model_copy(update=each)
    return changed  # type: ignore[no-any-return]


def _inner(others: Mapping[str, Any], key: str | int, name: str | None = None) -> Mapping[str, Any]:
    """Return what mirrors a part, by language: the one with that key, of a list the one at that place or of that name."""
    found = {
        code: other.get(name) if isinstance(other, dict) else other[key] if isinstance(key, int) else getattr(other, key, None)
        for code, other in others.items()
    }
    return {code: inner for code, inner in found.items() if inner is not None}


def _name_of(part: Any) -> str | None:
    naming = _naming(type(part))
    return getattr(part, naming) if naming else None


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, Sentence]]:
    """Yield every text of a file, with its key path in a table `[text.<language>]`."""
    if isinstance(value, Sentence):
        if value:
            yield path, value
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            name = _name_of(part)
            yield from texts_in(part, f"{path}.{name}" if name else f"{path}[{i}]")
    elif isinstance(value, BaseModel):
        for key in (key for key in type(value).model_fields if key in value.model_fields_set):
            yield from texts_in(getattr(value, key), f"{path}.{key}".lstrip("."))


def untranslated(content: BaseModel) -> Mapping[str, list[str]]:
    """Return the key paths of what each language of a file has no text for; languages that lack nothing are left out."""
    texts = [(path, text.own or {}) for path, text in texts_in(content)]
    codes = dict.fromkeys(code for _, own in texts for code in own)
    lacks = {code: [path for path, own in texts if code not in own] for code in codes}
    return {code: paths for code, paths in lacks.items() if paths}
