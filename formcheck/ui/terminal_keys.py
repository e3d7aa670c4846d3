"""The keys of a session without a window: single presses in the terminal, without Enter.

They are the keys of the window. The terminal is reset when the session is left, in whatever way.
"""

import os
import re
import select
import sys
from contextlib import suppress
from typing import Any, Self

from formcheck.coaching.events import Key
from formcheck.coaching.guidance.phrases import LEADS_TO
from formcheck.core import wording
from formcheck.core.wording.language import joined
from formcheck.ui.screen.words import CAPS, KEY_NAMES

_KEYS = {cap: key for key, cap in CAPS.items() if key is not Key.FULL_SCREEN} | {" ": Key.PAUSE, "\x1b": Key.QUIT}

_AT_ONCE = 64
"""Bytes read at once: more than a person types, and than the sequence that an arrow key sends."""

_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)")
"""The sequence of an arrow or function key. It begins as Esc does, and is ignored."""

ANSWERS = joined(
    ", ",
    [
        *(
            wording.TERMINAL_ANSWER.format(key=CAPS[key], name=KEY_NAMES[key], consequence=text)
            for key, text in LEADS_TO.items()
        ),
        wording.TERMINAL_NO_PAIN,
    ],
)
"""How to answer the question how it was."""


def _named(*keys: Key) -> str:
    return joined(", ", (wording.TERMINAL_KEY.format(key=CAPS[key], name=KEY_NAMES[key]) for key in keys))


KEYS = wording.TERMINAL_KEYS.format(
    keys=_named(Key.PAUSE, Key.SKIP, Key.OTHER_SIDE, Key.MUTE, Key.PAIN), answers=_named(*LEADS_TO), quit=_named(Key.QUIT)
)


class Keyboard:
    """Reads the terminal while it is entered. `present`: whether there is one; a pipe or the background has no keys."""

    def __init__(self) -> None:
        self.present = False
        self._before: list[Any] | None = None

    def __enter__(self) -> Self:
        self.present = sys.stdin is not None and sys.stdin.isatty()
        if self.present and sys.platform != "win32":
            import termios
            import tty

            self._file = sys.stdin.fileno()
            try:
                self.present = os.tcgetpgrp(self._file) == os.getpgrp()
            except OSError:  # a terminal, and not the one that this program was started from
                self.present = False
            if self.present:
                self._before = termios.tcgetattr(self._file)
                tty.setcbreak(self._file)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None and sys.platform != "win32":
            import termios

            with suppress(termios.error):  # a terminal that was closed needs no resetting
                termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)

    def pressed(self) -> tuple[Key, ...]:
        """Return the keys of a session pressed since the last call, in order, without waiting."""
        return tuple(_KEYS[letter] for letter in self.letters() if letter in _KEYS)

    def letters(self) -> str:
        """Return what was typed since the last call, in small letters, without waiting."""
        return _SEQUENCE.sub("", self._typed()).lower() if self.present else ""

    def _typed(self) -> str:
        if sys.platform == "win32":
            import msvcrt

            typed = ""
            while msvcrt.kbhit():
                letter = msvcrt.getwch()
                if letter in "\x00\xe0":  # the first of the two characters of an arrow
                    msvcrt.getwch()
                else:
                    typed += letter
            return typed
        ready, _, _ = select.select([self._file], [], [], 0)
        try:
            return os.read(self._file, _AT_ONCE).decode(errors="ignore") if ready else ""
        except OSError:
            return ""  # the terminal was closed; that has a signal of its own
