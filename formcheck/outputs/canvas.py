"""The picture of a whole window: the camera's picture, mirrored and fitted, and the marks of a `Stage` upon it.

It is in the window systems' order of colours, blue first: the bytes of a row backwards are the mirrored row in just that order,
so that one pass over the pixels does both.
"""

import numpy as np

from formcheck.outputs.paint import paint
from formcheck.outputs.sprite import shade
from formcheck.ports import Image
from formcheck.posefile import PoseSpec
from formcheck.practice.stage import Stage
from formcheck.screen import layout

_DARK = shade(None, bgr=True)

_WIDE_WITHOUT = 16 / 9
"""The aspect that is laid out for while there is no picture."""


def canvas(image: Image | None, stage: Stage, spec: PoseSpec | None, width: int, height: int) -> Image:
    """Return a picture (BGR) of `width` x `height` pixels that shows `stage`.

    `image` is the camera's (RGB), `None` if it gives none; it is not changed. It costs one pass over the window's pixels, and
    what moves.
    """
    aspect = image.shape[1] / image.shape[0] if image is not None else _WIDE_WITHOUT
    shown = layout(stage, spec, picture=aspect, window=width / height)
    left, top = round(shown.picture.left * height), round((1.0 - shown.picture.top) * height)
    right, low = min(width, round(shown.picture.right * height)), min(height, round((1.0 - shown.picture.low) * height))
    placed = _placed(image, right - left, low - top, shown.dim) if image is not None else None
    if placed is not None and placed.shape == (height, width, 3):
        made = placed
    else:
        made = np.full((height, width, 3), _DARK, np.uint8)
        if placed is not None:
            made[top:low, left:right] = placed
    paint(made, shown.marks, bgr=True)
    return made


def _placed(image: Image, width: int, height: int, dim: float) -> Image:
    """Return `image` in that size, mirrored, with blue first, and darker by a share of `dim`."""
    from formcheck.media import cv2

    if image.shape[:2] == (height, width):
        made = _mirrored(image)
    elif image.shape[0] * image.shape[1] <= height * width:
        # The mirror costs by the pixel: before a picture grows, after it shrinks.
        made = cv2.resize(_mirrored(image), (width, height), interpolation=cv2.INTER_LINEAR)
    else:
        made = _mirrored(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA))
    return cv2.convertScaleAbs(made, made, 1.0 - dim, dim * sum(_DARK) / 3) if dim else made


def _mirrored(image: Image) -> Image:
    from formcheck.media import cv2

    height, width = image.shape[:2]
    return cv2.flip(image.reshape(height, 3 * width), 1).reshape(height, width, 3)
