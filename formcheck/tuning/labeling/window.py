"""The window for marking by hand: a picture in its place, marks round it, and every key that was pressed, by name."""

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
"""The key that a window closed by its cross reads as."""
_SIZE = 1280, 720
"""Width and height in pixels at the start: fits every laptop's screen."""


class LabelingWindow:
    """Inert until entered. `f` toggles the full screen and is not handed on."""

    def __init__(self, *, full_screen: bool = False) -> None:
        self._pane = CvWindow(TITLE, _SIZE, full_screen=full_screen)

    def __enter__(self) -> Self:
        self._pane.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pane.__exit__(kind, error, trace)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._pane.size

    def show(self, picture: Image) -> None:
        """Show a picture made by `easel_picture`, as large as the window is."""
        self._pane.show(picture)

    def keys(self, wait_s: float) -> tuple[str, ...]:
        """Wait for keys so long at most; return those pressed, in order."""
        pressed = self._pane.pressed(wait_s)
        return (*pressed, CLOSED) if self._pane.closed else pressed


def easel_picture(
    image: Image | None, place: Box, marks: Iterable[Mark], width: int, height: int, *, mirrored: bool = False
) -> Image:
    """Return a picture (BGR) of `width` x `height` pixels: `image` in its `place`, dark beside it, and `marks` upon all."""
    from formcheck.system.media_libs import cv2

    made = np.empty((height, width, 3), np.uint8)
    made[:] = shade(None, bgr=True)
    left, top = round(place.left * height), round((1.0 - place.top) * height)
    right, low = min(width, round(place.right * height)), min(height, round((1.0 - place.low) * height))
    if image is not None and right > left and low > top:
        how = cv2.INTER_AREA if image.shape[0] > low - top else cv2.INTER_LINEAR
        fitted = cv2.resize(image, (right - left, low - top), interpolation=how)
        cv2.cvtColor(cv2.flip(fitted, 1) if mirrored else fitted, cv2.COLOR_RGB2BGR, made[top:low, left:right])
    paint(made, marks, bgr=True)
    return made
