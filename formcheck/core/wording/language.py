"""Sentences in the person's language: written in English where they are needed, translated where they are shown.

A sentence keeps what it was made of, so that one value serves both: as a `str` it is English, which is what documents (JSON,
CSV) have, and `shown` makes of it what the person reads. `python -m tests.languages` finds the marks in the source. All
translations stand in the catalogue beside this file (`de.po`); those of a TOML file in its own table `[text.<language>]`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from string import Formatter
from typing import Any


class Sentence(str):
    """A text for people. As a `str` it is English; `shown` returns it in the language that is spoken.

    Attributes
    ----------
    key : str
        What is looked up in a catalogue: the text as it stands in the source, with its placeholders.
    context : str or None
        What tells it from a sentence that is the same in English.
    args : tuple
        What fills the placeholders without a name.
    values : mapping or None
        What fills the placeholders by name; `None` as long as it is not filled. Sentences among the values are translated too,
        and so is a word that is marked with the name of its placeholder as context: `NP_("side", "left")`.
    own : mapping or None
        Its translations by language, of a text of a file, which brings along its own; `None` where they are in a catalogue.
    hint : Sentence or None
        What may be typed in the terminal about it. The terminal says both (`with_hint`), pages and documents leave it out.
    """

    __slots__ = ("args", "context", "hint", "key", "own", "values")
    key: str
    context: str | None
    args: tuple[Any, ...]
    values: Mapping[str, Any] | None
    own: Mapping[str, str] | None
    hint: "Sentence | None"

    def __new__(
        cls,
        text: str,
        *,
        key: str | None = None,
        context: str | None = None,
        args: tuple[Any, ...] = (),
        values: Mapping[str, Any] | None = None,
        own: Mapping[str, str] | None = None,
        hint: "Sentence | None" = None,
    ) -> "Sentence":
        self = super().__new__(cls, text)
        self.key, self.context, self.args, self.values, self.own = key or text, context, args, values, own
        self.hint = hint
        return self

    def hinting(self, hint: "Sentence") -> "Sentence":
        """Return the sentence with what may be typed about it; the same values fill both."""
        (text,), kept = self.__getnewargs_ex__()
        return Sentence(text, **{**kept, "hint": hint})

    def format(self, *args: Any, **values: Any) -> "Sentence":
        """Return the sentence with its placeholders filled, as `str.format` does; of an error its text is kept."""
        args, values = tuple(map(_lasting, args)), {name: _lasting(value) for name, value in values.items()}
        text = str.format(self, *args, **values)
        hint = self.hint.format(*args, **values) if self.hint is not None else None
        return Sentence(text, key=self.key, context=self.context, args=args, values=values, own=self.own, hint=hint)

    def changed(self, change: Callable[[str], str]) -> "Sentence":
        """Return the sentence with `change` done to each of the texts that fill it."""

        def of(value: Any) -> Any:
            if isinstance(value, Sentence):
                return value.changed(change)
            return change(str(value)) if isinstance(value, str | PathLike) else value

        args = tuple(map(of, self.args))
        values = {name: of(value) for name, value in self.values.items()} if self.values is not None else None
        hint = self.hint.changed(change) if self.hint is not None else None
        text = change(str(self))
        return type(self)(text, key=self.key, context=self.context, args=args, values=values, own=self.own, hint=hint)

    def __add__(self, other: str) -> "Sentence":
        return joined("", (self, other))

    def __radd__(self, other: str) -> "Sentence":
        return joined("", (other, self))

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (str(self),), {name: getattr(self, name) for name in Sentence.__slots__}


class _Capitalized(Sentence):
    """What `args` has, with its first letter large."""

    __slots__ = ()


class _Headless(Sentence):
    """What `args` has first, without the text that `args` has second at its beginning."""

    __slots__ = ()


def text_of(error: Exception) -> str:
    """Return what `str(error)` does; where it is a sentence, it stays one."""
    said = str(error)
    return next((given for given in error.args if isinstance(given, Sentence) and given == said), said)


def _lasting(value: Any) -> Any:
    return text_of(value) if isinstance(value, Exception) else value


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence that has one form for a single thing, and `other` for any other number of things."""

    one: str
    other: str

    def format(self, *, count: int, **values: Any) -> Sentence:
        """Return the sentence for `count` things; the placeholder `{count}` is filled with it."""
        form = self.one if count == 1 else self.other
        values = {name: _lasting(value) for name, value in values.items()}
        return Sentence(form.format(count=count, **values), key=self.one, values={"count": count, **values})


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The sentences of one language.

    `sentences` has the translation by context and English text; of a `Counted` a tuple of its forms, of which `plural`
    returns the number. `decimal` stands between the whole and the rest of a number; `dates` writes a day by what the
    translation has after the colon of its placeholder.
    """

    language: str
    sentences: dict[tuple[str | None, str], str | tuple[str, ...]] = field(default_factory=dict)
    plural: Callable[[int], int] = lambda count: int(count != 1)
    decimal: str = "."
    dates: Callable[[Any, str], str] = format

    def say(self, sentence: Sentence) -> str:
        """Return a sentence in this language; in English, as far as this has no translation of it."""
        if isinstance(sentence, _Capitalized):
            (inner,) = sentence.args
            return _first_large(self.say(inner) if isinstance(inner, Sentence) else inner)
        if isinstance(sentence, _Headless):
            inner, head = sentence.args
            return (self.say(inner) if isinstance(inner, Sentence) else inner).removeprefix(head)
        found: str | tuple[str, ...]
        if sentence.own is not None:
            found = sentence.own.get(self.language, sentence.key)
        else:
            found = self.sentences.get((sentence.context, sentence.key), sentence.key)
        if isinstance(found, tuple):
            found = found[self.plural(sentence.values["count"] if sentence.values else 1)]
        if sentence.values is None:
            return found
        return _Filling(self).vformat(found, sentence.args, sentence.values)


class _Filling(Formatter):
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        value = super().get_value(key, args, kwargs)
        return self._catalogue.sentences.get((str(key), value), value) if isinstance(value, str) else value

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, Sentence):
            value = self._catalogue.say(value)
        if hasattr(value, "strftime"):
            return self._catalogue.dates(value, format_spec)
        written = format(value, format_spec)
        return written.replace(".", self._catalogue.decimal) if isinstance(value, float) else written

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return super().convert_field(self._catalogue.say(value) if isinstance(value, Sentence) else value, conversion)


ENGLISH = Catalogue(language="en")

_spoken: list[Catalogue] = [ENGLISH]


def speak(catalogue: Catalogue) -> None:
    """Show everything from now on in the language of `catalogue`."""
    _spoken[0] = catalogue


def spoken() -> Catalogue:
    """Return the catalogue of the language that is spoken."""
    return _spoken[0]


def shown(text: str) -> str:
    """Return a text as the person reads or hears it: a `Sentence` in the language that is spoken, any other text as it is."""
    return _spoken[0].say(text) if isinstance(text, Sentence) and _spoken[0] is not ENGLISH else text


def with_hint(text: str) -> str:
    """Return a text as the terminal says it: with what may be typed about it, where it has that."""
    return joined(" ", (text, text.hint)) if isinstance(text, Sentence) and text.hint is not None else text


def forms(counted: Counted) -> list[str]:
    """Return every form of a sentence with plurals in the language that is spoken, its placeholders still in it."""
    found = _spoken[0].sentences.get((None, counted.one), (counted.one, counted.other))
    return [found] if isinstance(found, str) else list(found)


def N_(text: str) -> Sentence:  # noqa: N802 (gettext's name)
    """Mark a sentence for translation where it is shown."""
    return Sentence(text)


def NP_(context: str, text: str) -> Sentence:  # noqa: N802 (gettext's name)
    """Mark a sentence that another one equals in English; `context` tells the two apart."""
    return Sentence(text, context=context)


def NN_(one: str, other: str) -> Counted:  # noqa: N802 (gettext's name)
    """Mark a sentence with a form for one thing and one for another number of things, both with `{count}` or neither."""
    return Counted(one, other)


def joined(separator: str, texts: Iterable[str]) -> Sentence:
    """Return what `separator.join(texts)` does; the sentences among them are translated where it is shown."""
    parts = tuple(texts)
    plain = separator.replace("{", "{{").replace("}", "}}")
    return Sentence(plain.join("{}" for _ in parts)).format(*parts)


def capitalized(text: str) -> Sentence:
    """Return `text` with its first letter large, in whatever language it is shown."""
    return _Capitalized(_first_large(text), args=(text,))


def without_head(text: str, head: str) -> Sentence:
    """Return `text` without `head` at its beginning, in whatever language it is shown."""
    return _Headless(text.removeprefix(head), args=(text, head))


def one_of(names: Sequence[str]) -> str:
    """Return names as a choice: `a`, `a or b`, `a, b or c`."""
    *some, last = names
    return N_("{some} or {last}").format(some=joined(", ", some), last=last) if some else last


def number(value: float, form: str = "g") -> Sentence:
    """Return a number in the form of a format specification, as it is written where it is shown."""
    return Sentence(f"{{:{form}}}").format(value)


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
