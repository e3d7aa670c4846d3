"""The program in another language, for a while."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from formcheck.core.wording.language import ENGLISH, speak
from formcheck.system.languages import LANGUAGE_VARIABLE, speak_language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    before = os.environ.get(LANGUAGE_VARIABLE)
    speak_language(language)
    try:
        yield
    finally:
        speak(ENGLISH)
        os.environ.pop(LANGUAGE_VARIABLE)
        if before is not None:
            os.environ[LANGUAGE_VARIABLE] = before
