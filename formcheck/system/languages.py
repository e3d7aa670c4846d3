"""The languages there are: a catalogue each, beside the sentences, and which one this program is to speak."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from formcheck.core.errors import FormcheckError
from formcheck.core.wording import language
from formcheck.core.wording.language import ENGLISH, N_, Catalogue, joined, speak

LANGUAGE_VARIABLE = "FORMCHECK_LANGUAGE"
"""Of the environment; worker processes have it from the one that starts them."""

LANGUAGE_OPTION = "--language"

_FOLDER = Path(language.__file__).parent

UNKNOWN_LANGUAGE = N_("{given}: there is no such language. There are: {known}.")


def languages() -> dict[str, str]:
    """Return every language by its code, each in its own words; no catalogue is read for it."""
    from babel import Locale

    codes = [ENGLISH.language, *sorted(file.stem for file in _FOLDER.glob("*.po"))]
    return {code: Locale.parse(code).get_display_name(code) or code for code in codes}


def is_language(code: str) -> bool:
    """Whether `code` is that of a language (`de`), whether or not the program speaks it."""
    if not re.fullmatch("[a-z]{2,3}", code):
        return False
    if (_FOLDER / f"{code}.po").is_file():
        return True
    from babel.localedata import exists

    return exists(code)


def english_name(code: str) -> str:
    """Return what a language is called in English."""
    from babel import Locale

    return Locale.parse(code).english_name or code


def language_for(preferences: str) -> str | None:
    """Return the language there is that a browser would rather have, by its header `Accept-Language`; `None`: there is none."""
    asked = re.findall(r"(?:^|,)\s*([a-z]{2,3})\b[\w-]*\s*(?:;\s*q=([01](?:\.\d*)?))?", preferences.lower())
    ranked = sorted(((float(weight or 1), code) for code, weight in asked), key=lambda one: -one[0])
    return next((code for weight, code in ranked if weight > 0 and code in languages()), None)


def speak_language(code: str | None) -> None:
    """Speak the language with this code (`de`, also `de_AT.UTF-8`) from now on, here and in processes started from here.

    `None` is English, until one is asked for.

    Raises FormcheckError where there is no such language.
    """
    wanted = re.split("[-_.]", (code or ENGLISH.language).strip().lower())[0]
    file = _FOLDER / f"{wanted}.po"
    if wanted == ENGLISH.language:
        speak(ENGLISH)
    elif wanted.isalpha() and file.is_file():
        speak(_read(file))
    else:
        raise FormcheckError(UNKNOWN_LANGUAGE.format(given=code, known=joined(", ", languages())))
    if code is not None:
        os.environ[LANGUAGE_VARIABLE] = wanted


def asked_language(words: Sequence[str]) -> str | None:
    """Return the language that the command line, before its command, or the environment asks for; `None` if neither does."""
    given = None
    for index, word in enumerate(words):
        if not word.startswith("-"):
            break
        name, equals, value = word.partition("=")
        if name == LANGUAGE_OPTION:
            given = value if equals else next(iter(words[index + 1 :]), None)
            break
    return given or os.environ.get(LANGUAGE_VARIABLE) or None


def _read(file: Path) -> Catalogue:
    from babel.dates import parse_pattern
    from babel.messages.pofile import read_po
    from babel.numbers import get_decimal_symbol

    with file.open("rb") as stream:
        read = read_po(stream, locale=file.stem)
    sentences: dict[tuple[str | None, str], str | tuple[str, ...]] = {}
    for message in read:
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if message.id and forms and all(forms):
            key = message.id if isinstance(message.id, str) else message.id[0]
            sentences[message.context, key] = forms if message.pluralizable else forms[0]
    return Catalogue(
        language=file.stem,
        sentences=sentences,
        decimal=get_decimal_symbol(file.stem),
        dates=lambda day, pattern: parse_pattern(pattern).apply(day, file.stem),
    )
