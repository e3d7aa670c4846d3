"""Paints the marks of an overlay on a picture, with OpenCV."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from formcheck.overlay import Anchor, Dot, Line, Mark, Ring, Text, Tone
from formcheck.ports import Image

# RGB. Teal and orange stay apart for every kind of colour blindness, and in grey: orange is the lighter one.
_SHADES = {
    Tone.GOOD: (45, 205, 165),
    Tone.ADJUST: (255, 184, 77),
    Tone.UNSEEN: (205, 205, 215),
    Tone.PLAIN: (255, 255, 255),
    Tone.FAINT: (120, 125, 135),
}
_DARK = (18, 22, 30)
_PLATE_SHARE = 0.6
"""How much of the dark ground of a text covers the picture."""
_OUTLINE = 0.16
"""Width of the dark line round outlined text, in text heights."""


def paint(image: Image, marks: Iterable[Mark]) -> None:
    """Draw `marks` on `image` (RGB, uint8, writable): the grounds of texts first, then all in their order."""
    marks = list(marks)
    for mark in marks:
        if isinstance(mark, Text) and mark.plate:
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


def _cv2() -> Any:
    from formcheck.media import cv2

    return cv2


def _pixel(image: Image, at: tuple[float, float]) -> tuple[int, int]:
    height = image.shape[0]
    return round(at[0] * height), round((1.0 - at[1]) * height)


def _length(image: Image, size: float) -> int:
    return max(1, round(size * int(image.shape[0])))


def _line(image: Image, mark: Line) -> None:
    cv2 = _cv2()
    start, end, width = _pixel(image, mark.start), _pixel(image, mark.end), _length(image, mark.width)
    # A dark edge keeps the line readable on a light floor.
    cv2.line(image, start, end, _DARK, width + 2 * max(1, width // 4), cv2.LINE_AA)
    cv2.line(image, start, end, _SHADES[mark.tone], width, cv2.LINE_AA)


def _dot(image: Image, mark: Dot) -> None:
    cv2 = _cv2()
    radius = _length(image, mark.radius)
    cv2.circle(image, _pixel(image, mark.at), radius + 1, _DARK, -1, cv2.LINE_AA)
    cv2.circle(image, _pixel(image, mark.at), radius, _SHADES[mark.tone], -1, cv2.LINE_AA)


def _ring(image: Image, mark: Ring) -> None:
    cv2 = _cv2()
    at, width = _pixel(image, mark.at), _length(image, mark.width)
    radius = _length(image, mark.radius) - width // 2
    cv2.circle(image, at, radius, _DARK, -1, cv2.LINE_AA)
    cv2.circle(image, at, radius, _SHADES[Tone.FAINT], width, cv2.LINE_AA)
    if mark.share > 0:
        cv2.ellipse(image, at, (radius, radius), -90, 0, 360 * mark.share, _SHADES[mark.tone], width, cv2.LINE_AA)


def _placed(image: Image, mark: Text) -> tuple[int, int, int, int, int]:
    """Where a text goes: x of its left end, y of its base line, width, size and weight, in pixels."""
    size, weight = _length(image, mark.size), 700 if mark.bold else 400
    width = _width(mark.text, size, weight)
    if mark.max_width is not None and width > (room := _length(image, mark.max_width)):
        size = max(1, size * room // width)
        width = _width(mark.text, size, weight)
    x, y = _pixel(image, mark.at)
    x -= {Anchor.LEFT: 0, Anchor.CENTRE: width // 2, Anchor.RIGHT: width}[mark.anchor]
    x = max(0, min(x, image.shape[1] - width))
    return x, y + round(0.36 * size), width, size, weight  # from the middle of the capitals to the base line


def _plate(image: Image, mark: Text) -> None:
    x, y, width, size, _ = _placed(image, mark)
    middle, around = y - round(0.36 * size), round(0.45 * size)
    # A text at the left edge has its plate reach to the edge, under the sign before it.
    left = 0 if mark.anchor is Anchor.LEFT else max(0, x - around)
    part = image[max(0, middle - round(0.75 * size)) : middle + round(0.75 * size), left : x + width + around]
    for channel, shade in enumerate(_DARK):
        part[..., channel] = (part[..., channel] * (1 - _PLATE_SHARE) + shade * _PLATE_SHARE).astype(image.dtype)


def _text(image: Image, mark: Text) -> None:
    cv2 = _cv2()
    x, y, _, size, weight = _placed(image, mark)
    if mark.outlined:
        reach = max(1, round(_OUTLINE * size / 2))
        around = [(dx, dy) for dx in (-reach, 0, reach) for dy in (-reach, 0, reach) if dx or dy]
        for dx, dy in around:
            cv2.putText(image, mark.text, (x + dx, y + dy), _DARK, _face(), size, weight=weight)
    cv2.putText(image, mark.text, (x, y), _SHADES[mark.tone], _face(), size, weight=weight)


@cache
def _face() -> Any:
    return _cv2().FontFace("sans")


@cache
def _width(text: str, size: int, weight: int) -> int:
    box = _cv2().getTextSize((10_000, 10_000), text, (0, 0), _face(), size, weight=weight)
    return int(box[2])
