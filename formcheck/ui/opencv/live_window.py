"""The window of a session: shows a `ScreenState` over the camera's picture and says which keys were pressed.

The picture is made at the size the window has at that moment, so that no word is ever squeezed, and in the window system's BGR.

The picture of a whole window: the camera's picture, mirrored and fitted, and the marks of a `ScreenState` upon it.

It is in the window systems' order of colours, blue first: the bytes of a row backwards are the mirrored row in just that order,
so that one pass over the pixels does both.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import numpy as np

from formcheck.coaching.events import Key, ScreenState
from formcheck.core.interfaces import Image
from formcheck.stretches import StretchSpec
from formcheck.ui.opencv.base_window import CvWindow
from formcheck.ui.opencv.painter import paint
from formcheck.ui.opencv.sprites import shade
from formcheck.ui.screen import layout
from formcheck.ui.screen.silhouette import target_silhouette

_DARK = shade(None, bgr=True)

_WIDE_WITHOUT = 16 / 9
"""The aspect that is laid out for while there is no picture."""


def canvas(image: Image | None, screen: ScreenState, spec: StretchSpec | None, width: int, height: int) -> Image:
    """Return a picture (BGR) of `width` x `height` pixels that shows `screen`.

    `image` is the camera's (RGB), `None` if it gives none; it is not changed. It costs one pass over the window's pixels, and
    what moves.
    """
    aspect = image.shape[1] / image.shape[0] if image is not None else _WIDE_WITHOUT
    shown = layout(screen, spec, picture=aspect, window=width / height)
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
    from formcheck.system.media_libs import cv2

    if image.shape[:2] == (height, width):
        made = _mirrored(image)
    elif image.shape[0] * image.shape[1] <= height * width:
        # The mirror costs by the pixel: before a picture grows, after it shrinks.
        made = cv2.resize(_mirrored(image), (width, height), interpolation=cv2.INTER_LINEAR)
    else:
        made = _mirrored(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA))
    return cv2.convertScaleAbs(made, made, 1.0 - dim, dim * sum(_DARK) / 3) if dim else made


def _mirrored(image: Image) -> Image:
    from formcheck.system.media_libs import cv2

    height, width = image.shape[:2]
    return cv2.flip(image.reshape(height, 3 * width), 1).reshape(height, width, 3)


TITLE = "formcheck"
_SIZE = 1280, 720
"""Width and height in pixels at the start: fits every laptop's screen."""

_KEYS = {
    "space": Key.PAUSE,
    "s": Key.SKIP,
    "o": Key.OTHER_SIDE,
    "m": Key.MUTE,
    "x": Key.PAIN,
    "q": Key.QUIT,
    "escape": Key.QUIT,
    "1": Key.MILD,
    "2": Key.STRONG,
    "3": Key.SHARP,
}


class Window:
    """Inert until entered. `specs` are the stretches by name, for the silhouettes and gauges.

    `f` toggles the full screen and is not handed on. A window closed by its cross reads as `Key.QUIT`, from then on.
    """

    def __init__(self, specs: Mapping[str, StretchSpec], *, full_screen: bool = False) -> None:
        self._specs = specs
        self._pane = CvWindow(TITLE, _SIZE, full_screen=full_screen)

    def __enter__(self) -> Self:
        for spec in self._specs.values():
            target_silhouette(spec)  # a tenth of a second each, now rather than between two pictures
        self._pane.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pane.__exit__(kind, error, trace)

    def show(self, image: Image | None, screen: ScreenState) -> tuple[Key, ...]:
        """Show `screen` over `image` and return the keys pressed since the last time, in order.

        `image` is RGB and is not changed; `None` if there is no picture.
        """
        if self._pane.closed:
            return (Key.QUIT,)
        width, height = self._pane.size
        spec = self._specs.get(screen.pose) if screen.pose is not None else None
        self._pane.show(canvas(image, screen, spec, width, height))
        pressed = tuple(key for name in self._pane.pressed() if (key := _KEYS.get(name)) is not None)
        return (*pressed, Key.QUIT) if self._pane.closed else pressed
