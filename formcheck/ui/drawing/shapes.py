"""Shapes as data: lines, dots, rings, texts, dark backgrounds, bodies. A painter turns them into pixels.

Coordinates are heights of the picture (or of the window) that is drawn on: x right, y up, origin at the lower left; so is
every size. Colours are named by their meaning, so that the painter can keep them apart for every kind of colour vision.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from formcheck.core.geometry import Vec


class Tone(StrEnum):
    """A colour by its meaning. The painter chooses shades that differ in lightness too."""

    GOOD = "good"
    ADJUST = "adjust"
    UNSEEN = "unseen"
    PLAIN = "plain"
    FAINT = "faint"
    ALERT = "alert"


class Anchor(StrEnum):
    """Which point of a text its position names (vertically always the middle of the capitals)."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    start: Vec
    end: Vec
    width: float
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    at: Vec
    radius: float
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A ring on a dark disc, of which `share` (0..1) is filled, clockwise from the top."""

    at: Vec
    radius: float
    width: float
    share: float
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text. `size` is the height of the line; its capitals are `text_metrics.CAPITALS` of that."""

    at: Vec
    text: str
    size: float
    tone: Tone = Tone.PLAIN
    anchor: Anchor = Anchor.LEFT
    bold: bool = False
    outlined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBackground:
    """A dark, half transparent background for words. It is painted below everything else, so that it hides no bone."""

    low: Vec
    high: Vec


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """A part of a body: round at both ends, straight between them."""

    start: Vec
    end: Vec
    start_radius: float
    end_radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A half transparent shape with an outline, made of limbs that melt into one. `share` (0..1) is how opaque it is."""

    limbs: tuple[Limb, ...]
    tone: Tone
    share: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CachedMarks:
    """Marks that stay while the picture moves, painted once and blended into many pictures as one.

    It is equal to itself only, so that a painter finds it without comparing its marks.
    """

    marks: "tuple[Mark, ...]"


Mark = Line | Dot | Ring | Text | TextBackground | Body | CachedMarks


def flatten(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the marks in their order, those of a `CachedMarks` one by one."""
    for mark in marks:
        if isinstance(mark, CachedMarks):
            yield from flatten(mark.marks)
        else:
            yield mark
