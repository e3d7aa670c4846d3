"""Data files as text: read and parsed within limits, so that no file can make the program hang, grow or stop with a traceback.

Every TOML and JSON file comes in here. What people and formcheck itself write is far from these limits; what is beyond them is
damaged, another kind of file, or made to do harm, and is told in a sentence. Parsers alone do not see to that: of a key with
20 000 parts the standard library makes 1.6 GB in 40 s, and of brackets within brackets a RecursionError.
"""

import codecs
import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from formcheck.core.wording.language import N_
from formcheck.system.inputs import refuse_special

MOST_BYTES = 250_000
"""The largest file; a pose file has 5 kB, the labels of a clip of an hour 50 kB. To keep its comments takes 20 us a byte."""

MOST_TABLE_BYTES = 100_000_000
"""The largest table: true angles of ten hours."""

DEEPEST = 32
"""Lists and tables within each other, and the parts of one dotted key; pose files need four."""

LONGEST_WORD = 100
"""Characters of what stands without quotes: numbers, dates, and names of keys."""

_WHOLE_NUMBERS = range(-(2**63), 2**63)
"""What TOML promises to take."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_TOKEN = re.compile(
    r'(?P<quoted>"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|#[^\n]*)'
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<dot>\.)|(?P<word>[\w+-]+)|(?P<end>[\n=,])",
    re.DOTALL,
)
"""What of TOML matters to its limits. A quote that is never closed reaches to the end: each character is looked at once."""


TOO_DEEP = N_("{where}: lists and tables lie more than {most} deep in each other")
LINE = N_("line {number}")
LINE_AND_KEY = N_("line {number}, {key}")


class TextError(ValueError):
    """Why a file is not taken, to go on after its name."""


def read_text(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a file with its ends of line as they are, without a byte order mark. Raises OSError and TextError."""
    refuse_special(path)
    with path.open("rb") as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        size = path.stat().st_size / 1e6
        raise TextError(
            N_("is too large for such a file ({size:.1f} MB; {most:g} MB is the most)").format(
                size=size, most=most_bytes / 1000000.0
            )
        )
    return text_of(content)


def text_of(content: bytes) -> str:
    """Return the text in `content`, without a byte order mark. Raises TextError."""
    even = content[: 2 * (len(content) // 2)]
    if content.startswith(_UTF16) or (even and (not any(even[::2]) or not any(even[1::2]))):
        raise TextError(N_("cannot be read as UTF-8 text (it is written in UTF-16; save it as UTF-8)"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError(
            N_("cannot be read as UTF-8 text (byte {place} belongs to no character)").format(place=error.start + 1)
        ) from None


def parse_toml(text: str) -> dict[str, Any]:
    """Return what `text` says as TOML. Raises TextError with the place in it; `impossible_values` has the rest."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_limits(text)
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise TextError(str(error)) from None


def parse_json(text: str) -> Any:
    """Return what `text` says as JSON. Raises TextError."""
    try:
        data = json.loads(text)
    except RecursionError:
        raise TextError(N_("lists and objects lie more than {most} deep in each other").format(most=DEEPEST)) from None
    except ValueError as error:
        raise TextError(str(error)) from None
    for fault in impossible_values(data):
        raise TextError(fault)
    return data


def table_rows(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells by column of every row of a CSV file that has `columns`. Raises OSError and TextError.

    Cells behind the last column are left out: notes with a comma in them come last, and are seldom in quotes.
    """
    rows = csv.reader(io.StringIO(read_text(path, MOST_TABLE_BYTES), newline=""))
    try:
        heads = next(rows, [])
        if lacking := [name for name in columns if name not in heads]:
            raise TextError(N_("has no column {columns}").format(columns=", ".join(lacking)))
        for cells in filter(None, rows):
            if len(cells) < len(heads):
                raise TextError(
                    N_("line {number} has {found} cells; {expected} are expected, one a column").format(
                        number=rows.line_num, found=len(cells), expected=len(heads)
                    )
                )
            if "\0" in "".join(cells):
                raise TextError(N_("line {number} has a character NUL").format(number=rows.line_num))
            yield rows.line_num, dict(zip(heads, cells, strict=False))
    except csv.Error as error:
        raise TextError(
            N_("line {number} cannot be read as a row of a table ({reason})").format(number=rows.line_num, reason=error)
        ) from None


def impossible_values(data: Any) -> Iterator[str]:
    """Yield a line for every value that no file of ours can have, with its key path."""
    waiting: list[tuple[str, int, Any]] = [("", 0, data)]
    while waiting:
        where, depth, value = waiting.pop()
        if isinstance(value, dict | list) and depth > DEEPEST:
            yield TOO_DEEP.format(where=_shortened(where), most=DEEPEST)
        elif isinstance(value, dict):
            for key in value:
                if unprintable := _unprintable(str(key)):
                    yield N_("{where}: {unprintable} in the name of a key").format(
                        where=_shortened(where) or N_("a key"), unprintable=unprintable
                    )
            waiting += [(f"{where}.{key}".lstrip("."), depth + 1, inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(f"{where}[{i}]", depth + 1, value[i]) for i in range(len(value) - 1, -1, -1)]
        elif isinstance(value, int) and value not in _WHOLE_NUMBERS:
            yield N_("{where}: the number is too large").format(where=_shortened(where))
        elif isinstance(value, str) and (unprintable := _unprintable(value)):
            yield N_("{where}: {unprintable} in the text").format(where=_shortened(where), unprintable=unprintable)


def _unprintable(text: str) -> str:
    """What of `text` no file name, database or screen takes; empty where there is nothing."""
    if "\0" in text:
        return N_("there is a character NUL")
    return N_("there is half a character") if any("\ud800" <= sign <= "\udfff" for sign in text) else ""


def _check_limits(text: str) -> None:
    """Raise TextError where brackets, dotted keys or bare words go beyond the limits."""
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "dot":
            dots += 1
        elif kind == "end":
            dots = 0
        if depth > DEEPEST:
            raise TextError(TOO_DEEP.format(where=_place(text, token.start()), most=DEEPEST))
        if dots >= DEEPEST:
            raise TextError(
                N_("{where}: a key has more than {most} parts").format(where=_place(text, token.start()), most=DEEPEST)
            )
        if kind == "word" and token.end() - token.start() > LONGEST_WORD:
            length = token.end() - token.start()
            raise TextError(
                N_("{where}: {length} letters or digits in a row, without quotes").format(
                    where=_place(text, token.start()), length=length
                )
            )


def _place(text: str, at: int) -> str:
    """The line, and its key where it has one."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    key, equals, _ = line.partition("=")
    number = text.count(chr(10), 0, at) + 1
    return LINE_AND_KEY.format(number=number, key=_shortened(key.strip())) if equals else LINE.format(number=number)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_WORD else f"{text[: LONGEST_WORD - 1]}…"
