"""The window for marking by hand: a picture in its place, marks round it, and every key that was pressed, by name.

Only the main thread may use it: window systems ask for that.
"""

from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import Self

import numpy as np

from formcheck.marks import Mark
from formcheck.outputs.paint import paint
from formcheck.outputs.sprite import DARK
from formcheck.ports import Image
from formcheck.screen.box import Box

TITLE = "formcheck record"
CLOSED = "closed"
"""The key that a window closed by its cross reads as."""
_SIZE = 1280, 800
"""Width and height in pixels at the start."""
_LEAST = 160
"""A window is not drawn smaller than this, in pixels: while it opens or is minimised it may have no size at all."""
_AT_ONCE = 8
"""Key presses taken in between two pictures, at most, lest a key held down stop the show."""

_KEYS = {8: "backspace", 127: "backspace", 9: "tab", 10: "enter", 13: "enter", 27: "escape", 32: "space"}
# By window system: X11, macOS, Windows (whose codes lie above sixteen bits).
_KEYS |= {0xFF50: "home", 0xFF51: "left", 0xFF52: "up", 0xFF53: "right", 0xFF54: "down"}
_KEYS |= {0xFF55: "page_up", 0xFF56: "page_down", 0xFF57: "end", 0xFF08: "backspace", 0xFF0D: "enter", 0xFF8D: "enter"}
_KEYS |= {63232: "up", 63233: "down", 63234: "left", 63235: "right"}
_KEYS |= {63273: "home", 63275: "end", 63276: "page_up", 63277: "page_down"}
_KEYS |= {0x210000: "page_up", 0x220000: "page_down", 0x230000: "end", 0x240000: "home"}
_KEYS |= {0x250000: "left", 0x260000: "up", 0x270000: "right", 0x280000: "down"}


def key_name(code: int) -> str | None:
    """Return what a key is called whose code OpenCV gives; `None` for one that has no name here."""
    low = code & 0xFFFF
    number = low or code
    return _KEYS.get(number) or (chr(number).lower() if 32 < number < 127 else None)


class Easel:
    """Inert until entered. `f` toggles the full screen here and is not handed on."""

    def __init__(self, *, full_screen: bool = False) -> None:
        self._full_screen = full_screen
        self._open = False

    def __enter__(self) -> Self:
        from formcheck.media import cv2

        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_FREERATIO | cv2.WINDOW_GUI_NORMAL)
        cv2.resizeWindow(TITLE, *_SIZE)
        self._open = True
        if self._full_screen:
            self._fill(full=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        from formcheck.media import cv2

        self._open = False
        with suppress(cv2.error):  # closed by its cross already
            cv2.destroyWindow(TITLE)
        cv2.waitKey(1)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        from formcheck.media import cv2

        with suppress(cv2.error):
            _, _, width, height = cv2.getWindowImageRect(TITLE)
            if min(width, height) >= _LEAST:
                return width, height
        return _SIZE

    def show(self, canvas: Image) -> None:
        """Show a picture made by `easel_picture`, as large as the window is; it is used up."""
        from formcheck.media import cv2

        if not self._closed():
            cv2.imshow(TITLE, cv2.cvtColor(canvas, cv2.COLOR_RGB2BGR, canvas))

    def keys(self, wait_s: float) -> tuple[str, ...]:
        """Wait for keys so long at most; return those pressed, in order."""
        from formcheck.media import cv2

        found: list[str] = []
        for i in range(_AT_ONCE):
            code = cv2.waitKeyEx(max(1, round(1000 * wait_s)) if i == 0 else 1)
            if code < 0:
                break
            name = key_name(code)
            if name == "f":
                self._fill(full=not self._full_screen)
            elif name is not None:
                found.append(name)
        return (*found, CLOSED) if self._closed() else tuple(found)

    def _fill(self, *, full: bool) -> None:
        from formcheck.media import cv2

        self._full_screen = full
        cv2.setWindowProperty(TITLE, cv2.WND_PROP_FULLSCREEN, cv2.WINDOW_FULLSCREEN if full else cv2.WINDOW_NORMAL)

    def _closed(self) -> bool:
        from formcheck.media import cv2

        try:
            if cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) < 1:
                self._open = False
        except cv2.error:
            self._open = False
        return not self._open


def easel_picture(
    image: Image | None, place: Box, marks: Iterable[Mark], width: int, height: int, *, mirrored: bool = False
) -> Image:
    """Return a picture (RGB) of `width` x `height` pixels: `image` in its `place`, dark beside it, and `marks` upon all."""
    from formcheck.media import cv2

    made = np.empty((height, width, 3), np.uint8)
    made[:] = DARK
    left, top = round(place.left * height), round((1.0 - place.top) * height)
    right, low = min(width, round(place.right * height)), min(height, round((1.0 - place.low) * height))
    if image is not None and right > left and low > top:
        how = cv2.INTER_AREA if image.shape[0] > low - top else cv2.INTER_LINEAR
        fitted = cv2.resize(image, (right - left, low - top), interpolation=how)
        made[top:low, left:right] = cv2.flip(fitted, 1) if mirrored else fitted
    paint(made, marks)
    return made
