"""Small pictures with soft edges, made once and blended into many frames.

A text, a dark background or a body looks the same frame after frame, and drawing it costs far more than blending it: a line of
large text 0.2 ms against 0.02 ms.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from formcheck.core.interfaces import Image
from formcheck.system.native.media_libs import cv2
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.shapes import Body, Tone

Shade = tuple[int, int, int]
Mask = npt.NDArray[Any]  # uint8, 0 = clear, 255 = opaque

# RGB. Teal and orange stay apart for every kind of colour blindness, and in grey: orange is the lighter one.
SHADES = {
    Tone.GOOD: (45, 205, 165),
    Tone.ADJUST: (255, 184, 77),
    Tone.UNSEEN: (205, 205, 215),
    Tone.PLAIN: (255, 255, 255),
    Tone.FAINT: (120, 125, 135),
    Tone.ALERT: (255, 110, 95),
}
DARK = (18, 22, 30)


def shade(tone: Tone | None, *, bgr: bool) -> Shade:
    """Return the colour of a tone, in the order of the picture; the dark one for `None`."""
    colour = DARK if tone is None else SHADES[tone]
    return colour[::-1] if bgr else colour


def fill(picture: Image, tone: Tone | None, *, bgr: bool) -> None:
    """Give a picture one colour, row by row: by the pixel it takes numpy thirty times as long."""
    picture[:1] = shade(tone, bgr=bgr)
    picture[1:] = picture[:1]


_BACKGROUND_SHARE = 0.7
"""How opaque the dark background of a text is (0..1)."""
_OUTLINE = 0.16
"""Width of the dark line round outlined text, in text heights."""
_EDGE = 0.006
"""Width of the line round a body, in heights of the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprite:
    """A small picture to blend in; `left` and `top` are its corner, in pixels from where it is put.

    The picture below is dimmed to `keep` of 255, then `colour` is added. In the rows from `even[0]` to before `even[1]`, `keep`
    is one number: there dimming costs half.
    """

    left: int
    top: int
    colour: Image
    keep: Image
    even: tuple[int, int] = (0, 0)

    def blend_into(self, image: Image, x: int, y: int) -> None:
        """Blend the sprite into `image`, put at (x, y); what lies outside is left out."""
        x, y = x + self.left, y + self.top
        height, width = self.keep.shape[:2]
        left, top, right, low = max(0, x), max(0, y), min(image.shape[1], x + width), min(image.shape[0], y + height)
        if left >= right or top >= low:
            return
        start, end = (min(max(top, y + row), low) for row in self.even)
        if start < end:
            rows = image[start:end, left:right]
            cv2.convertScaleAbs(rows, rows, self.keep[start - y, 0, 0] / 255)
        for first, last in ((top, start), (end, low)):
            if first < last:
                rows = image[first:last, left:right]
                cv2.multiply(rows, self.keep[first - y : last - y, left - x : right - x], rows, scale=1 / 255)
        under = image[top:low, left:right]
        cv2.add(under, self.colour[top - y : low - y, left - x : right - x], under)


def _sprite(left: int, top: int, *layers: tuple[Mask, Shade]) -> Sprite:
    """Return a sprite of layers, the last on top; each is a mask of how opaque it is (0..255) and a colour."""
    height, width = layers[0][0].shape
    colour, keep = np.zeros((height, width, 3)), np.ones((height, width, 3))
    for mask, shade in layers:
        opaque = mask[..., np.newaxis] / 255
        colour = colour * (1 - opaque) + np.array(shade) * opaque
        keep = keep * (1 - opaque)
    return Sprite(left=left, top=top, colour=np.rint(colour).astype(np.uint8), keep=np.rint(255 * keep).astype(np.uint8))


@lru_cache(maxsize=768)
def text(words: str, size: int, *, bold: bool, tone: Tone, outlined: bool, bgr: bool = False) -> tuple[Sprite, int]:
    """Return a line of text `size` pixels high, put by the middle of its capitals at its left end, and its width in pixels."""
    weight = 700 if bold else 400
    width = text_width(words, size, bold=bold)
    reach = max(1, round(_OUTLINE * size / 2)) if outlined else 0
    around, base = reach + 1 + size // 8, reach + size
    mask: Mask = np.zeros((base + reach + size // 2, width + 2 * around), np.uint8)
    cv2.putText(mask, words, (around, base), (255,), _face(), size, weight=weight)
    ground = []
    if outlined:
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        ground = [(cv2.dilate(mask, disc), shade(None, bgr=bgr))]
    return _sprite(-around, round(text_metrics.CAPITALS / 2 * size) - base, *ground, (mask, shade(tone, bgr=bgr))), width


@lru_cache(maxsize=4096)
def text_width(words: str, size: int, *, bold: bool) -> int:
    """Return the width of a line of text in pixels."""
    box = cv2.getTextSize((10_000, 10_000), words, (0, 0), _face(), size, weight=700 if bold else 400)
    return int(box[2])


@lru_cache(maxsize=64)
def background(width: int, height: int, *, bgr: bool = False) -> Sprite:
    """Return a dark background with round corners, put by its upper left corner."""
    mask: Mask = np.zeros((height, width), np.uint8)
    r = max(0, min(14, height // 4, width // 4))
    opaque = (round(255 * _BACKGROUND_SHARE),)
    mask[r : height - r, :] = opaque[0]
    mask[:, r : width - r] = opaque[0]
    for x, y in ((r, r), (width - 1 - r, r), (r, height - 1 - r), (width - 1 - r, height - 1 - r)):
        cv2.circle(mask, (x, y), r, opaque, -1, cv2.LINE_AA)
    return replace(_sprite(0, 0, (mask, shade(None, bgr=bgr))), even=(r, height - r))


@lru_cache(maxsize=8)
def body(mark: Body, height: int, *, bgr: bool = False) -> Sprite:
    """Return a body on a picture `height` pixels high, put by the picture's lower left corner."""
    edge = max(1, round(_EDGE * height))
    reach = [
        (at[0] * height, -at[1] * height, radius * height)
        for limb in mark.limbs
        for at, radius in ((limb.start, limb.start_radius), (limb.end, limb.end_radius))
    ]
    left, top = (int(min(place[i] - place[2] for place in reach)) - 3 * edge for i in (0, 1))
    right, low = (int(max(place[i] + place[2] for place in reach)) + 3 * edge for i in (0, 1))
    mask: Mask = np.zeros((low - top, right - left), np.uint8)
    for limb in mark.limbs:
        start, end = (np.array((at[0] * height - left, -at[1] * height - top)) for at in (limb.start, limb.end))
        _capsule(mask, start, end, limb.start_radius * height, limb.end_radius * height)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * edge + 1, 2 * edge + 1))
    outline = cv2.subtract(cv2.dilate(mask, disc), mask)
    rim = cv2.subtract(cv2.dilate(outline, disc), mask)  # a dark line outside the light one, for light walls
    tone = shade(mark.tone, bgr=bgr)
    fill = cv2.convertScaleAbs(mask, alpha=mark.share)
    dark = cv2.convertScaleAbs(rim, alpha=_BACKGROUND_SHARE)
    return _sprite(left, top, (fill, tone), (dark, shade(None, bgr=bgr)), (outline, tone))


def _capsule(mask: Mask, start: Any, end: Any, start_radius: float, end_radius: float) -> None:
    length = float(np.hypot(*(end - start)))
    across = np.array((start[1] - end[1], end[0] - start[0])) / length if length else np.zeros(2)
    from_start, from_end = across * start_radius, across * end_radius
    corners = [start + from_start, end + from_end, end - from_end, start - from_start]
    # Sixteenths of a pixel, or thin limbs would look bitten.
    cv2.fillConvexPoly(mask, np.rint(np.array(corners) * 16).astype(np.int32), (255,), cv2.LINE_AA, 4)
    for at, radius in ((start, start_radius), (end, end_radius)):
        centre = tuple(np.rint(at * 16).astype(int).tolist())
        cv2.circle(mask, centre, round(radius * 16), (255,), -1, cv2.LINE_AA, 4)


@lru_cache(maxsize=1)
def _face() -> Any:
    return cv2.FontFace("sans")
