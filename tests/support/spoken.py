"""Other languages for tests: those there are, and a made-up one in which every sentence of the program stands in brackets."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from formcheck.core.wording.language import Catalogue, Sentence, speak, spoken
from formcheck.system.languages import LANGUAGE_VARIABLE, speak_language
from tests.languages import marked

_LEFT, _RIGHT = "⟦", "⟧"


class Bracketed(Catalogue):
    """Every sentence as it is in English, in brackets, also those that a file brings along."""

    def say(self, sentence: Sentence) -> str:
        return f"{_LEFT}{sentence}{_RIGHT}" if sentence.own is not None else super().say(sentence)


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language; `brackets` is the made-up one."""
    if language == "brackets":
        sentences: dict[tuple[str | None, str], str | tuple[str, ...]] = {}
        for message in marked():
            forms = (message.id,) if isinstance(message.id, str) else message.id
            bracketed = tuple(f"{_LEFT}{form}{_RIGHT}" for form in forms)
            sentences[message.context, forms[0]] = bracketed if message.pluralizable else bracketed[0]
        return Bracketed(language="xx", sentences=sentences)
    before, kept = spoken(), os.environ.get(LANGUAGE_VARIABLE)
    try:
        speak_language(language)
        return spoken()
    finally:
        speak(before)
        os.environ.pop(LANGUAGE_VARIABLE)
        os.environ |= {} if kept is None else {LANGUAGE_VARIABLE: kept}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything within is shown in a language; see `catalogue`."""
    before = spoken()
    speak(catalogue(language))
    try:
        yield
    finally:
        speak(before)


def outside_brackets(text: str) -> list[str]:
    """Return the words of a text that are in no sentence: those with two letters or more."""
    depth, outside = 0, ""
    for letter in text:
        depth += (letter == _LEFT) - (letter == _RIGHT)
        outside += " " if depth > 0 or letter == _RIGHT else letter
    return re.findall(r"[^\W\d_]{2,}", outside)
