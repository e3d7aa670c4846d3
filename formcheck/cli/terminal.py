"""What is printed at the terminal: it reads on a dark and on a light ground, in any encoding, and is folded for a screen only.

Commands print to `console()`; errors go through `tell_error`, so that all of them begin alike.
"""

import codecs
import io
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from formcheck.core.plain_text import each_line, one_line
from formcheck.core.wording.language import N_, NP_, Sentence, joined, shown, with_hint

if TYPE_CHECKING:
    from rich.console import Console
    from rich.prompt import Confirm
    from rich.text import Text

YES = NP_("what may be typed, the first is shown", "y yes")
NO = NP_("what may be typed, the first is shown", "n no")
_YES_OR_NO = N_("Please answer with {yes} or {no}.")

STYLES = {"good": "bold color(32)", "warn": "bold color(166)", "bad": "bold color(196)"}
"""Blue, orange and red of the 256 colours, which no terminal paints in its own way, unlike the first sixteen. Each has a
contrast of 3:1 or more to black, to white, and to the grounds of the usual themes (a test measures it). Where a terminal has
sixteen colours only there is none: a word or a sign always says the same."""

_ENDLESS = 100_000
"""Columns of what is no terminal: who reads it from there folds it as they like."""

_PLAIN = dict(zip("…–—−‐‑•·→←✓✗×█▓░━╸╺│‘’‚“”„", "~-----*.><+xx##.---|''," + '"""', strict=True))
"""Signs for a terminal or file that lacks the first ones, each as wide as what it stands for."""


def console(*, stderr: bool = False) -> "Console":
    """Return the console of standard output, or of standard error. Text is printed as it is: brackets mean no style."""
    from rich.default_styles import DEFAULT_STYLES
    from rich.style import Style
    from rich.theme import Theme

    # What the library colours by itself (questions, bars) keeps its weight alone.
    own = {name: Style(bold=style.bold, italic=style.italic) for name, style in DEFAULT_STYLES.items()}
    made = _console_class()(stderr=stderr, markup=False, emoji=False, highlight=False, theme=Theme({**own, **STYLES}))
    if not made.is_terminal:
        made.width = _ENDLESS
    made.no_color = made.no_color or made.color_system in {"standard", "windows"}
    return made


@cache
def _console_class() -> "type[Console]":
    """A console that prints no order to the terminal that was in a text, and sentences in the language that is spoken."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from rich.text import Text

    class PlainConsole(Console):
        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for segment in super().render(renderable, options):
                yield segment if segment.control else Segment(each_line(segment.text), segment.style)

        def render_str(self, text: str, **options: Any) -> Text:
            return super().render_str(shown(text), **options)

    return PlainConsole


def words_for(words: Sentence) -> list[str]:
    """Return what may be typed for an answer, whose `words` have blanks between, in what is spoken and in English."""
    return list(dict.fromkeys((*shown(words).split(), *words.split())))


def confirmed(question: str, *, on: "Console | None" = None, default: bool | None = False) -> bool:
    """Ask for a yes; Enter alone is `default`, or, for `None`, asks again."""
    choices = [words_for(words)[0] for words in (YES, NO)]
    if default is None:
        return _confirm_class().ask(as_question(question), console=on or console(), choices=choices)
    return _confirm_class().ask(as_question(question), console=on or console(), choices=choices, default=default)


def asked(question: str, *, on: "Console", choices: list[str] | None = None) -> str:
    """Ask for a word, one of the `choices` where there are any."""
    from rich.prompt import Prompt

    return Prompt.ask(as_question(question), console=on, choices=choices)


def as_question(text: str) -> "Text":
    """Return a question as the library's prompts take it."""
    from rich.text import Text

    return Text(one_line(shown(text)))


@cache
def _confirm_class() -> "type[Confirm]":
    """A question that takes y, yes, n or no in any case, and the words for it of the language that is spoken."""
    from rich.prompt import Confirm, InvalidResponse

    class SpokenConfirm(Confirm):
        def process_response(self, value: str) -> bool:
            word = value.strip().casefold()
            if word not in (*words_for(YES), *words_for(NO)):
                yes, no = self.choices
                raise InvalidResponse(_YES_OR_NO.format(yes=yes, no=no))
            return word in words_for(YES)

    return SpokenConfirm


def waiting(what: str) -> AbstractContextManager[object]:
    """Show on standard error that something is going on, if it is a terminal."""
    from rich.text import Text

    return console(stderr=True).status(Text(one_line(shown(what))), spinner="line")  # of signs that every encoding has


def say(text: str, *, stderr: bool = False) -> None:
    """Print a line, whatever names of files are in it.

    On standard error a terminal that has been closed is no reason to lose what is being done.
    """
    with suppress(OSError) if stderr else nullcontext():
        print(one_line(shown(with_hint(text))), file=sys.stderr if stderr else sys.stdout, flush=stderr)


def tell(text: str) -> None:
    """Print one line or several on standard error at once."""
    for line in shown(with_hint(text)).split("\n"):
        say(line, stderr=True)


def tell_error(*lines: str) -> None:
    """Print what is for the person on standard error, mostly one sentence; all that goes wrong is told so."""
    say(joined("", ("formcheck: ", with_hint(lines[0]))), stderr=True)
    for line in lines[1:]:
        say(line, stderr=True)


def take_any_text() -> None:
    """Let standard output and standard error take any text: what their encoding lacks is printed in plain signs."""
    codecs.register_error("formcheck.plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="formcheck.plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plain_sign, error.object[error.start : error.end])), error.end


def plain_sign(sign: str) -> str:
    """Return ASCII text as wide as the one character `sign`: without its accent, or something that looks like it, or ?."""
    if sign in _PLAIN:
        return _PLAIN[sign]
    if unicodedata.combining(sign):
        return ""
    apart = unicodedata.normalize("NFKD", sign)
    base = apart[0]
    if base.isascii() and base.isprintable() and all(map(unicodedata.combining, apart[1:])):
        return base
    return "??" if unicodedata.east_asian_width(sign) in "WF" else "?"
