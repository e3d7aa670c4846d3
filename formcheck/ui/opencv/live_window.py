"""The window of a session: the camera's picture, mirrored and fitted, a `ScreenState` drawn over it, and the keys pressed.

The picture is made at the window's present size, so that no word is squeezed, and in the window systems' order of colours, blue
first: the bytes of a row backwards are the mirrored row in just that order, so that one pass over the pixels does both.
"""

from collections.abc import Mapping
from typing import Self

import numpy as np

from formcheck.coaching.events import Key, ScreenState
from formcheck.core.geometry import Vec
from formcheck.core.interfaces import Image
from formcheck.stretches import StretchSpec
from formcheck.system.native.media_libs import cv2
from formcheck.ui.opencv.base_window import WIDE_WITHOUT, CvWindow
from formcheck.ui.opencv.painter import paint
from formcheck.ui.opencv.sprites import fill, shade
from formcheck.ui.screen import Box, ScreenDrawing, draw_screen
from formcheck.ui.screen.silhouette import target_silhouette
from formcheck.ui.screen.words import CAPS

TITLE = "formcheck"

_KEYS = {cap: key for key, cap in CAPS.items() if key is not Key.FULL_SCREEN} | {"escape": Key.QUIT}

_DARK = shade(None, bgr=True)


class Window(CvWindow):
    """The window of a session, opened on entering. `specs` are the stretches by name, for the silhouettes and gauges.

    `f` toggles the full screen and is not returned. A window closed by its cross reads as `Key.QUIT`, from then on.
    """

    def __init__(self, specs: Mapping[str, StretchSpec], *, full_screen: bool = False) -> None:
        super().__init__(TITLE, full_screen=full_screen)
        self._specs = specs
        self._clicks: list[Vec] = []  # in heights of the window, y up
        self._shown: tuple[Image | None, ScreenState, StretchSpec | None, int, int] | None = None  # what was rendered last

    def __enter__(self) -> Self:
        for spec in self._specs.values():
            target_silhouette(spec)  # a tenth of a second each, now rather than between two pictures
        super().__enter__()
        cv2.setMouseCallback(TITLE, self._note_click)
        return self

    def pointed(self) -> tuple[Vec, ...]:
        """Return the points of the picture that were clicked since the last time, in order.

        They are in heights of the picture as the camera sees it, y up, and lie within it.
        """
        clicks, self._clicks = self._clicks, []
        if not clicks or self._shown is None or self._shown[0] is None:
            return ()
        image, state, spec, width, height = self._shown
        drawing = draw_screen(state, spec, picture=_aspect(image), window=width / height)
        return tuple(place for click in clicks if (place := drawing.in_picture(click)) is not None)

    def _note_click(self, event: int, x: int, y: int, *_: object) -> None:
        if event == cv2.EVENT_LBUTTONDOWN:
            height = self.size[1]
            self._clicks.append((x / height, 1.0 - y / height))

    def show(self, image: Image | None, state: ScreenState) -> tuple[Key, ...]:
        """Show `state` over `image` and return the keys pressed since the last time, in order.

        `image` is RGB and is not changed; `None` if there is no picture. What is shown already is not painted again.
        """
        if self.closed:
            return (Key.QUIT,)
        width, height = self.size
        spec = self._specs.get(state.pose) if state.pose is not None else None
        now = (image, state, spec, width, height)
        if self._shown is None or image is not self._shown[0] or now[1:] != self._shown[1:]:
            self.show_picture(render_window(*now))
        self._shown = now
        pressed = tuple(key for name in self.pressed() if (key := _KEYS.get(name)) is not None)
        return (*pressed, Key.QUIT) if self.closed else pressed


def render_window(image: Image | None, state: ScreenState, spec: StretchSpec | None, width: int, height: int) -> Image:
    """Return a picture (BGR) of `width` x `height` pixels that shows `state`.

    `image` is the camera's (RGB), `None` if it gives none; it is not changed.
    """
    shown = draw_screen(state, spec, picture=_aspect(image), window=width / height)
    window: Image = np.empty((height, width, 3), np.uint8)
    left, top, right, low = _place(image, window, shown) if image is not None else (0, 0, 0, 0)
    for beside in (window[:top], window[top:low, :left], window[top:low, right:], window[low:]):
        fill(beside, None, bgr=True)
    left, top, right, low = _pixels(shown.room, window)
    paint(window[top:low, left:right], shown.figure, bgr=True)
    paint(window, shown.marks, bgr=True)
    return window


def _aspect(image: Image | None) -> float:
    """Width over height of the picture."""
    return image.shape[1] / image.shape[0] if image is not None else WIDE_WITHOUT


def _place(image: Image, window: Image, shown: ScreenDrawing) -> tuple[int, int, int, int]:
    """Put what `shown.room` shows of `image` on `window`: mirrored, with blue first, and darker by a share of `dim`.

    Returns where it is, in pixels: left, top, right, low.
    """
    left, top, right, low = _pixels(shown.picture, window)
    room = _pixels(shown.room, window)
    seen = max(left, room[0]), max(top, room[1]), min(right, room[2]), min(low, room[3])
    width, height = seen[2] - seen[0], seen[3] - seen[1]
    if min(width, height) <= 0:
        return 0, 0, 0, 0
    across, down = image.shape[1] / (right - left), image.shape[0] / (low - top)
    # The mirror exchanges left and right.
    start, end = round((right - seen[2]) * across), round((right - seen[0]) * across)
    part = image[round((seen[1] - top) * down) : round((seen[3] - top) * down), start : max(end, start + 1)]
    place = window[seen[1] : seen[3], seen[0] : seen[2]]
    if part.shape[0] * part.shape[1] <= height * width:
        # The mirror costs by the pixel: before a picture grows, after it shrinks.
        cv2.resize(_mirror(part), (width, height), dst=place, interpolation=cv2.INTER_LINEAR)
    else:
        place[:] = _mirror(np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8))
    if shown.dim:
        cv2.convertScaleAbs(place, place, 1.0 - shown.dim, shown.dim * sum(_DARK) / 3)
    return seen


def _pixels(box: Box, window: Image) -> tuple[int, int, int, int]:
    """The edges of a box in pixels: left, top, right, low."""
    height = window.shape[0]
    return round(box.left * height), round((1.0 - box.top) * height), round(box.right * height), round((1.0 - box.low) * height)


def _mirror(image: Image) -> Image:
    height, width = image.shape[:2]
    image = np.ascontiguousarray(image)
    return np.asarray(cv2.flip(image.reshape(height, 3 * width), 1), np.uint8).reshape(height, width, 3)
