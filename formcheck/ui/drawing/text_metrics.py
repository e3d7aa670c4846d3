"""The room that words take, so that a layout can be made, and tested, without a painter.

What is measured is what a painter paints: the words in the language that is spoken.

The widths are those of the painter's font at its bold weight; the regular weight is never wider by more than a hair. A
test holds them against the real font.
"""

import unicodedata
from functools import lru_cache

from formcheck.core.wording.language import shown

CAPITALS = 0.75
"""The height of a capital, in heights of the line."""

PITCH = 1.16
"""From one line of a text to the next, in heights of the line."""

_FOR_A_LINE_LESS = 0.82
_LEAST = 1e-3
"""Words that do not fit at this line height have no room at all."""

# Hundredths of the line's height, and the characters that are so wide.
_WIDTHS = {
    25: "'",
    29: " ,|’",
    32: ".il!:;j",
    35: "I·",
    40: "[]",
    43: "`°",
    45: "{}",
    49: '*f"r^t',
    51: "-",
    57: "<>/\\",
    61: "sz~=–",
    64: "kx?Lacevy●×",
    66: "Fo+",
    68: "TbdgpqEnu",
    71: "Zh()0123456789KS$J",
    75: "PYRX#VBC",
    77: "ADGNOQU",
    79: "&H_…",
    90: "%MWw@",
    97: "m",
}
_WIDEST = 1.1
_WIDTH = {letter: hundredths / 100 for hundredths, letters in _WIDTHS.items() for letter in letters}


@lru_cache(maxsize=4096)
def _widths(text: str) -> float:
    return sum(_width(letter) for letter in text)


def width(text: str, size: float) -> float:
    """Return the room that `text` takes at line height `size`, in the same unit: never too little, at most a tenth too much."""
    return size * _widths(shown(text))


def wrap(text: str, size: float, room: float) -> list[str]:
    """Return the fewest lines no wider than `room` (a single word may be), of lengths as even as can be."""
    words = shown(text).split()
    lines = _fill_lines(words, size, room)
    narrow = room
    while lines and (tried := max(width(line, size) for line in lines) - 1e-9) < narrow and len(lines) > 1:
        narrow = tried
        closer = _fill_lines(words, size, narrow)
        if len(closer) > len(lines) or max(width(line, size) for line in closer) > room:
            break
        lines = closer
    return lines


def fit(text: str, size: float, room: float, height: float) -> tuple[float, tuple[str, ...]]:
    """Return the line height, at most `size`, at which `text`, wrapped, fits into `room` x `height`, and its lines.

    A line less is worth letters that are a fifth smaller; otherwise they are as large as can be.
    """
    return _fit(shown(text), size, room, height)


@lru_cache(maxsize=256)
def _fit(text: str, size: float, room: float, height: float) -> tuple[float, tuple[str, ...]]:
    best: tuple[float, tuple[str, ...]] | None = None
    tried = size
    while best is None or tried >= _FOR_A_LINE_LESS * size:
        lines = wrap(text, tried, room)
        tall = tried * (1 + PITCH * (len(lines) - 1))
        fits = tall <= height + 1e-9 and all(width(line, tried) <= room + 1e-9 for line in lines)
        if (fits or tried < _LEAST) and (best is None or len(lines) < len(best[1])):
            best = tried, tuple(lines)
        tried *= 0.97
    return best


def _fill_lines(words: list[str], size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _width(letter: str) -> float:
    room = _WIDTH.get(letter)
    if room is None:  # an accent adds nothing to its letter
        room = _WIDTH.get(unicodedata.normalize("NFKD", letter)[0])
    return _WIDEST if room is None else room
