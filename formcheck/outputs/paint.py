"""Paints marks on a picture, with OpenCV."""

from collections.abc import Iterable
from typing import Any

from formcheck.geometry import Vec
from formcheck.marks import Anchor, Body, Dot, Line, Mark, Plate, Ring, Text, Tone
from formcheck.outputs import sprite
from formcheck.outputs.sprite import DARK, SHADES
from formcheck.ports import Image


def paint(image: Image, marks: Iterable[Mark]) -> None:
    """Draw `marks` on `image` (RGB, uint8, writable): the grounds of texts first, then all in their order."""
    marks = list(marks)
    for mark in marks:
        if isinstance(mark, Plate):
            _plate(image, mark)
    for mark in marks:
        match mark:
            case Line():
                _line(image, mark)
            case Dot():
                _dot(image, mark)
            case Ring():
                _ring(image, mark)
            case Text():
                _text(image, mark)
            case Body():
                sprite.body(mark, image.shape[0]).lay(image, 0, image.shape[0])
            case Plate():
                pass


def _cv2() -> Any:
    from formcheck.media import cv2

    return cv2


def _pixel(image: Image, at: Vec) -> tuple[int, int]:
    height = image.shape[0]
    return round(at[0] * height), round((1.0 - at[1]) * height)


def _length(image: Image, size: float) -> int:
    return max(1, round(size * int(image.shape[0])))


def _line(image: Image, mark: Line) -> None:
    cv2 = _cv2()
    start, end, width = _pixel(image, mark.start), _pixel(image, mark.end), _length(image, mark.width)
    # A dark edge keeps the line readable on a light floor.
    cv2.line(image, start, end, DARK, width + 2 * max(1, width // 4), cv2.LINE_AA)
    cv2.line(image, start, end, SHADES[mark.tone], width, cv2.LINE_AA)


def _dot(image: Image, mark: Dot) -> None:
    cv2 = _cv2()
    radius = _length(image, mark.radius)
    cv2.circle(image, _pixel(image, mark.at), radius + 1, DARK, -1, cv2.LINE_AA)
    cv2.circle(image, _pixel(image, mark.at), radius, SHADES[mark.tone], -1, cv2.LINE_AA)


def _ring(image: Image, mark: Ring) -> None:
    """Discs and a slice, one upon the other: thick curves cost five times as much."""
    cv2 = _cv2()
    at, width, radius = _pixel(image, mark.at), _length(image, mark.width), _length(image, mark.radius)
    cv2.circle(image, at, radius, SHADES[Tone.FAINT], -1, cv2.LINE_AA)
    if mark.share > 0:
        end = 360 * min(1.0, mark.share)
        cv2.ellipse(image, at, (radius, radius), -90, 0, end, SHADES[mark.tone], -1, cv2.LINE_AA)
    cv2.circle(image, at, max(0, radius - width), DARK, -1, cv2.LINE_AA)


def _plate(image: Image, mark: Plate) -> None:
    (left, low), (right, top) = _pixel(image, mark.low), _pixel(image, mark.high)
    if right > left and low > top:
        sprite.plate(right - left, low - top).lay(image, left, top)


def _text(image: Image, mark: Text) -> None:
    drawn, width = sprite.text(mark.text, _length(image, mark.size), bold=mark.bold, tone=mark.tone, outlined=mark.outlined)
    x, y = _pixel(image, mark.at)
    x -= {Anchor.LEFT: 0, Anchor.CENTRE: width // 2, Anchor.RIGHT: width}[mark.anchor]
    drawn.lay(image, max(0, min(x, image.shape[1] - width)), y)
