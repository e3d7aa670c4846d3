"""The window for labelling by hand: a picture in its place, drawings round it, and every key pressed, by name."""

from collections.abc import Iterable
from typing import Protocol

import numpy as np

from formcheck.core.interfaces import Image
from formcheck.system.native.media_libs import cv2
from formcheck.tuning.labeling.screen import LabelingView, draw_view
from formcheck.ui.drawing.shapes import Mark
from formcheck.ui.opencv.base_window import WIDE_WITHOUT, CvWindow
from formcheck.ui.opencv.painter import paint
from formcheck.ui.opencv.sprites import fill
from formcheck.ui.screen import Box

TITLE = "formcheck record"
CLOSED = "closed"
"""The name that stands for a window closed by its cross."""


class LabelingDisplay(Protocol):
    """What labelling shows itself in, and takes its keys from."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        ...

    def draw(self, image: Image | None, view: LabelingView) -> None:
        """Show `view` over `image` (RGB)."""
        ...

    def keys(self, wait_s: float) -> tuple[str, ...]:
        """Wait at most `wait_s` for keys; return those pressed, in order, and `CLOSED` where there is no window any more."""
        ...


class LabelingWindow(CvWindow):
    """The window, opened on entering. `f` toggles the full screen and is not returned."""

    def __init__(self, *, full_screen: bool = False) -> None:
        super().__init__(TITLE, full_screen=full_screen)

    def draw(self, image: Image | None, view: LabelingView) -> None:
        """Show `view` over `image` (RGB), as large as the window is."""
        width, height = self.size
        aspect = image.shape[1] / image.shape[0] if image is not None else WIDE_WITHOUT
        shown = draw_view(view, picture=aspect, window=width / height)
        self.show_picture(render_labeling_window(image, shown.picture, shown.marks, width, height, mirrored=view.mirrored))

    def keys(self, wait_s: float) -> tuple[str, ...]:
        """Wait at most `wait_s` for keys; return those pressed, in order."""
        pressed = self.pressed(wait_s)
        return (*pressed, CLOSED) if self.closed else pressed


def render_labeling_window(
    image: Image | None, place: Box, marks: Iterable[Mark], width: int, height: int, *, mirrored: bool = False
) -> Image:
    """Return a picture (BGR) of `width` x `height` pixels: `image` in its `place`, dark beside it, and `marks` upon all."""
    window: Image = np.empty((height, width, 3), np.uint8)
    fill(window, None, bgr=True)
    left, top = round(place.left * height), round((1.0 - place.top) * height)
    right, low = min(width, round(place.right * height)), min(height, round((1.0 - place.low) * height))
    if image is not None and right > left and low > top:
        how = cv2.INTER_AREA if image.shape[0] > low - top else cv2.INTER_LINEAR
        fitted = cv2.resize(image, (right - left, low - top), interpolation=how)
        cv2.cvtColor(cv2.flip(fitted, 1) if mirrored else fitted, cv2.COLOR_RGB2BGR, window[top:low, left:right])
    paint(window, marks, bgr=True)
    return window
