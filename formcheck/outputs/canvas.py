"""The picture of a whole window: the camera's picture, mirrored and fitted, and the marks of a `Stage` upon it."""

import numpy as np

from formcheck.outputs.paint import paint
from formcheck.outputs.sprite import DARK
from formcheck.ports import Image
from formcheck.posefile import PoseSpec
from formcheck.practice.stage import Stage
from formcheck.screen import layout

_WIDE_WITHOUT = 16 / 9
"""The aspect that is laid out for while there is no picture."""


def canvas(image: Image | None, stage: Stage, spec: PoseSpec | None, width: int, height: int) -> Image:
    """Return a picture (RGB) of `width` x `height` pixels that shows `stage`; `image` is the camera's, `None` if it gives none.

    `image` is not changed. It costs one pass over the window's pixels, and the words.
    """
    aspect = image.shape[1] / image.shape[0] if image is not None else _WIDE_WITHOUT
    shown = layout(stage, spec, picture=aspect, window=width / height)
    made = np.empty((height, width, 3), np.uint8)
    left, top = round(shown.picture.left * height), round((1.0 - shown.picture.top) * height)
    right, low = min(width, round(shown.picture.right * height)), min(height, round((1.0 - shown.picture.low) * height))
    if image is None:
        made[:] = DARK
    else:
        for beside in (made[:top], made[low:], made[top:low, :left], made[top:low, right:]):
            beside[:] = DARK
        _fit(image, made[top:low, left:right], shown.dim)
    paint(made, shown.marks)
    return made


def _fit(image: Image, place: Image, dim: float) -> None:
    """Put `image`, mirrored and made darker by a share of `dim`, into `place`, a part of the canvas."""
    from formcheck.media import cv2

    height, width = place.shape[:2]
    if image.shape[:2] == (height, width):
        cv2.flip(image, 1, place)
    elif image.shape[0] * image.shape[1] <= height * width:
        # The mirror costs by the pixel: before a picture grows, after it shrinks.
        cv2.resize(cv2.flip(image, 1), (width, height), place, interpolation=cv2.INTER_LINEAR)
    else:
        cv2.flip(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), 1, place)
    if dim:
        cv2.convertScaleAbs(place, place, 1.0 - dim, dim * sum(DARK) / 3)
