"""Paints shapes on a picture, with OpenCV."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

import numpy as np

from formcheck.core.geometry import Vec
from formcheck.core.interfaces import Image
from formcheck.core.wording.language import shown
from formcheck.system.native.media_libs import cv2
from formcheck.ui.drawing.shapes import Anchor, Body, CachedMarks, Dot, Line, Mark, Ring, Text, TextBackground, Tone, flatten
from formcheck.ui.opencv import sprites
from formcheck.ui.opencv.sprites import Sprite, shade

_CACHED = 64
"""Cached marks stored as painted, a few hundred kilobytes each."""


def paint(image: Image, marks: Iterable[Mark], *, bgr: bool = False) -> None:
    """Draw `marks` on `image` (RGB, or `bgr`; uint8, writable): the backgrounds of texts first, then all in their order."""
    marks = list(marks)
    for mark in flatten(marks):
        if isinstance(mark, TextBackground):
            _paint_background(image, mark, bgr=bgr)
    _paint_all(image, marks, bgr=bgr)


def _paint_all(image: Image, marks: Iterable[Mark], *, bgr: bool) -> None:
    """Paint all but the backgrounds of texts, in their order; lines that follow each other together."""
    for kind, alike in groupby(marks, type):
        if kind is Line:
            _paint_lines(image, alike, bgr=bgr)
        else:
            for mark in alike:
                _paint(image, mark, bgr=bgr)


def _paint(image: Image, mark: Mark, *, bgr: bool) -> None:
    match mark:
        case Dot():
            _paint_dot(image, mark, bgr=bgr)
        case Ring():
            _paint_ring(image, mark, bgr=bgr)
        case Text():
            _paint_text(image, mark, bgr=bgr)
        case Body():
            sprites.body(mark, image.shape[0], bgr=bgr).blend_into(image, 0, image.shape[0])
        case CachedMarks():
            _paint_cached(mark, *image.shape[:2], bgr=bgr).blend_into(image, 0, 0)


@lru_cache(maxsize=_CACHED)
def _paint_cached(cached: CachedMarks, height: int, width: int, *, bgr: bool) -> Sprite:
    """Return a sprite of all but the backgrounds, painted on black and on white: the two show colour and opacity."""
    black, white = (np.full((height, width, 3), light, np.uint8) for light in (0, 255))
    for image in (black, white):
        _paint_all(image, flatten([cached]), bgr=bgr)
    gone = cv2.add(cv2.bitwise_not(white), black)
    left, top, wide, high = cv2.boundingRect(gone.reshape(height, 3 * width))
    within = np.s_[top : top + high, left // 3 : -(-(left + wide) // 3)]
    keep = np.asarray(cv2.bitwise_not(gone[within]), np.uint8)
    return Sprite(left=left // 3, top=top, colour=black[within].copy(), keep=keep)


def _pixel(image: Image, at: Vec) -> tuple[int, int]:
    height = image.shape[0]
    return round(at[0] * height), round((1.0 - at[1]) * height)


def _length(image: Image, size: float) -> int:
    return max(1, round(size * int(image.shape[0])))


def _paint_lines(image: Image, marks: Iterable[Mark], *, bgr: bool) -> None:
    """Paint lines on dark edges, which keep them readable on a light floor. All edges come first: they cut up nothing."""
    lines = [
        (_pixel(image, mark.start), _pixel(image, mark.end), _length(image, mark.width), mark.tone)
        for mark in marks
        if isinstance(mark, Line)
    ]
    dark = shade(None, bgr=bgr)
    for start, end, width, _ in lines:
        cv2.line(image, start, end, dark, width + 2 * max(1, width // 4), cv2.LINE_AA)
    for start, end, width, tone in lines:
        cv2.line(image, start, end, shade(tone, bgr=bgr), width, cv2.LINE_AA)


def _paint_dot(image: Image, mark: Dot, *, bgr: bool) -> None:
    radius = _length(image, mark.radius)
    cv2.circle(image, _pixel(image, mark.at), radius + 1, shade(None, bgr=bgr), -1, cv2.LINE_AA)
    cv2.circle(image, _pixel(image, mark.at), radius, shade(mark.tone, bgr=bgr), -1, cv2.LINE_AA)


def _paint_ring(image: Image, mark: Ring, *, bgr: bool) -> None:
    """Paint discs and a slice, one upon the other: thick curves cost five times as much."""
    at, width, radius = _pixel(image, mark.at), _length(image, mark.width), _length(image, mark.radius)
    cv2.circle(image, at, radius, shade(Tone.FAINT, bgr=bgr), -1, cv2.LINE_AA)
    if mark.share > 0:
        end = 360 * min(1.0, mark.share)
        cv2.ellipse(image, at, (radius, radius), -90, 0, end, shade(mark.tone, bgr=bgr), -1, cv2.LINE_AA)
    cv2.circle(image, at, max(0, radius - width), shade(None, bgr=bgr), -1, cv2.LINE_AA)


def _paint_background(image: Image, mark: TextBackground, *, bgr: bool) -> None:
    (left, low), (right, top) = _pixel(image, mark.low), _pixel(image, mark.high)
    if right > left and low > top:
        sprites.background(right - left, low - top, bgr=bgr).blend_into(image, left, top)


def _paint_text(image: Image, mark: Text, *, bgr: bool) -> None:
    size = _length(image, mark.size)
    drawn, width = sprites.text(shown(mark.text), size, bold=mark.bold, tone=mark.tone, outlined=mark.outlined, bgr=bgr)
    x, y = _pixel(image, mark.at)
    x -= {Anchor.LEFT: 0, Anchor.CENTRE: width // 2, Anchor.RIGHT: width}[mark.anchor]
    drawn.blend_into(image, max(0, min(x, image.shape[1] - width)), y)
