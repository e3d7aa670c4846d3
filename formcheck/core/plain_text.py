"""Text from outside (names of files, titles, labels) as it is shown: on one line, and as text whatever is in it.

A name may hold a line break, or characters that a terminal takes for orders: its title, its colours, what was printed before.
"""

import os
import re
import unicodedata
from os import PathLike

from formcheck.core.wording.language import Sentence

_ORDERS = {"Cc", "Zl", "Zp"}
"""Categories of Unicode whose characters are orders to whatever shows them: controls, and ends of lines and paragraphs."""

_TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
"""Characters that turn the direction of reading: by them `gpj.exe` reads `exe.jpg`."""

_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def one_line(text: str) -> str:
    r"""Return `text` as it can be shown anywhere, on one line.

    Parameters
    ----------
    text
        Any text; also with halves of characters, as names that are no UTF-8 have in Python.

    Returns
    -------
    str
        The same, with every order to a terminal written out, and each byte that belongs to no character as `�`.

    Examples
    --------
    >>> one_line("a\nb \x1b]0;title\x07")
    'a\\nb \\x1b]0;title\\x07'
    """
    if text.isprintable():
        return text
    return text.changed(_quiet) if isinstance(text, Sentence) else _quiet(text)


def _quiet(text: str) -> str:
    return "".join(map(_shown, whole_characters(text)))


def _shown(sign: str) -> str:
    if unicodedata.category(sign) not in _ORDERS and sign not in _TURNING:
        return sign
    return _NAMED.get(sign) or (f"\\x{ord(sign):02x}" if ord(sign) < 0x100 else f"\\u{ord(sign):04x}")


def each_line(text: str) -> str:
    """Return a text of several lines, each as `one_line` gives it."""
    return text if text.isprintable() else "\n".join(map(one_line, text.split("\n")))


def quiet_json(json: str) -> str:
    """Return the same JSON with every order to a terminal in its strings escaped; writers escape only those below a blank."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def whole_characters(text: str) -> str:
    """Return `text` as it can be written as UTF-8: each byte that belongs to no character is `�`."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # halves of characters of Windows, which are no bytes
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def path_as_text(path: str | PathLike[str]) -> str:
    """Return a path as text that can be written: names on old disks may have bytes that are no UTF-8."""
    return whole_characters(os.fspath(path))
