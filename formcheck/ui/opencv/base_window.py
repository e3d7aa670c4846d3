"""A window of the window system: it shows a picture of its size, reads keys, fills the screen, and may be closed.

It opens as large as the screen has room for, so that it can be read from three metres.

Only the main thread may use it: window systems demand that.
"""

from contextlib import suppress
from typing import Self

from formcheck.core.interfaces import Image
from formcheck.system.display import work_area
from formcheck.system.native.media_libs import cv2

SIZE = 1200, 600
"""Width and height in pixels at the start where the screen does not tell its own: fits every laptop's, bars and all."""
WIDE_WITHOUT = 16 / 9
"""The aspect of the layout while there is no picture."""
_LEAST = 160
"""A window is not drawn smaller than this, in pixels: while it opens or is minimised it may have no size at all."""
_AT_ONCE = 8
"""Key presses read between two pictures, at most, lest a key held down stop the pictures."""

_KEYS = {8: "backspace", 127: "backspace", 9: "tab", 10: "enter", 13: "enter", 27: "escape", 32: "space"}
# By window system: X11, macOS, Windows (whose codes lie above sixteen bits).
_KEYS |= {0xFF50: "home", 0xFF51: "left", 0xFF52: "up", 0xFF53: "right", 0xFF54: "down"}
_KEYS |= {0xFF55: "page_up", 0xFF56: "page_down", 0xFF57: "end", 0xFF08: "backspace", 0xFF0D: "enter", 0xFF8D: "enter"}
_KEYS |= {63232: "up", 63233: "down", 63234: "left", 63235: "right"}
_KEYS |= {63273: "home", 63275: "end", 63276: "page_up", 63277: "page_down"}
_KEYS |= {0x210000: "page_up", 0x220000: "page_down", 0x230000: "end", 0x240000: "home"}
_KEYS |= {0x250000: "left", 0x260000: "up", 0x270000: "right", 0x280000: "down"}


def key_name(code: int) -> str | None:
    """Return the name of the key with this OpenCV code; `None` for a key without a name here."""
    low = code & 0xFFFF
    number = low or code
    return _KEYS.get(number) or (chr(number).lower() if 32 < number < 127 else None)


class CvWindow:
    """A window, opened on entering; `f` toggles the full screen."""

    def __init__(self, title: str, *, full_screen: bool = False) -> None:
        self._title = title
        self._full_screen = full_screen
        self._open = False

    def __enter__(self) -> Self:
        cv2.namedWindow(self._title, cv2.WINDOW_NORMAL | cv2.WINDOW_FREERATIO | cv2.WINDOW_GUI_NORMAL)
        left, top, *size = work_area() or (0, 0, *SIZE)
        cv2.resizeWindow(self._title, *size)
        cv2.moveWindow(self._title, left, top)
        self._open = True
        if self._full_screen:
            self._set_full_screen(full=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        with suppress(cv2.error):  # closed by its cross already
            cv2.destroyWindow(self._title)
        cv2.waitKey(1)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        with suppress(cv2.error):
            _, _, width, height = cv2.getWindowImageRect(self._title)
            if min(width, height) >= _LEAST:
                return width, height
        return SIZE

    @property
    def closed(self) -> bool:
        """Whether it was closed by its cross, or was never opened."""
        try:
            if self._open and cv2.getWindowProperty(self._title, cv2.WND_PROP_VISIBLE) < 1:
                self._open = False
        except cv2.error:
            self._open = False
        return not self._open

    def show_picture(self, picture: Image) -> None:
        """Show a picture (BGR)."""
        if not self.closed:
            cv2.imshow(self._title, picture)

    def pressed(self, wait_s: float = 0.0) -> tuple[str, ...]:
        """Wait for a key so long at most; return those pressed, by name and in order. `f` is not handed on."""
        names: list[str] = []
        for i in range(_AT_ONCE):
            code = cv2.waitKeyEx(max(1, round(1000 * wait_s)) if i == 0 else 1)
            if code < 0:
                break
            name = key_name(code)
            if name == "f":
                self._set_full_screen(full=not self._full_screen)
            elif name is not None:
                names.append(name)
        return tuple(names)

    def _set_full_screen(self, *, full: bool) -> None:
        self._full_screen = full
        cv2.setWindowProperty(self._title, cv2.WND_PROP_FULLSCREEN, cv2.WINDOW_FULLSCREEN if full else cv2.WINDOW_NORMAL)
