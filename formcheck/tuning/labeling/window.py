"""The window for labelling by hand: a picture in its place, drawings round it, and every key pressed, by name."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

import numpy as np

from formcheck.core.interfaces import Image
from formcheck.ui.drawing.shapes import Mark
from formcheck.ui.opencv.base_window import CvWindow
from formcheck.ui.opencv.painter import paint
from formcheck.ui.opencv.sprites import shade
from formcheck.ui.screen import Box

TITLE = "formcheck record"
CLOSED = "closed"
"""The name that stands for a window closed by its cross."""
_SIZE = 1280, 720
"""Width and height in pixels at the start: fits every laptop's screen."""


class LabelingWindow:
    """The window, opened on entering. `f` toggles the full screen and is not returned."""

    def __init__(self, *, full_screen: bool = False) -> None:
        self._window = CvWindow(TITLE, _SIZE, full_screen=full_screen)

    def __enter__(self) -> Self:
        self._window.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._window.__exit__(kind, error, trace)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._window.size

    def show(self, picture: Image) -> None:
        """Show a picture made by `render_labeling_window`, as large as the window is."""
        self._window.show(picture)

    def keys(self, wait_s: float) -> tuple[str, ...]:
        """Wait at most `wait_s` for keys; return those pressed, in order."""
        pressed = self._window.pressed(wait_s)
        return (*pressed, CLOSED) if self._window.closed else pressed


def render_labeling_window(
    image: Image | None, place: Box, marks: Iterable[Mark], width: int, height: int, *, mirrored: bool = False
) -> Image:
    """Return a picture (BGR) of `width` x `height` pixels: `image` in its `place`, dark beside it, and `marks` upon all."""
    from formcheck.system.media_libs import cv2

    window = np.empty((height, width, 3), np.uint8)
    window[:] = shade(None, bgr=True)
    left, top = round(place.left * height), round((1.0 - place.top) * height)
    right, low = min(width, round(place.right * height)), min(height, round((1.0 - place.low) * height))
    if image is not None and right > left and low > top:
        how = cv2.INTER_AREA if image.shape[0] > low - top else cv2.INTER_LINEAR
        fitted = cv2.resize(image, (right - left, low - top), interpolation=how)
        cv2.cvtColor(cv2.flip(fitted, 1) if mirrored else fitted, cv2.COLOR_RGB2BGR, window[top:low, left:right])
    paint(window, marks, bgr=True)
    return window
