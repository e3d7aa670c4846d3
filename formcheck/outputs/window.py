"""The window: shows a `Stage` over the camera's picture and says which keys were pressed.

The picture is made at the size the window has at that moment, so that no word is ever squeezed. Only the main thread may use
it: window systems ask for that.
"""

from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from formcheck.outputs.canvas import canvas
from formcheck.ports import Image
from formcheck.posefile import PoseSpec
from formcheck.practice.stage import Key, Stage
from formcheck.screen.posture import posture

TITLE = "formcheck"
_SIZE = 1280, 720
"""Width and height in pixels at the start: fits every laptop's screen."""
_LEAST = 160
"""A window is not drawn smaller than this, in pixels: while it opens or is minimised it may have no size at all."""
_WAIT_MS = 1
"""How long one look at the keyboard takes; the window system draws meanwhile."""
_AT_ONCE = 8
"""Key presses taken in between two pictures, at most, lest a key held down stop the show."""

_KEYS = {
    " ": Key.PAUSE,
    "s": Key.SKIP,
    "o": Key.OTHER_SIDE,
    "m": Key.MUTE,
    "x": Key.PAIN,
    "q": Key.QUIT,
    "\x1b": Key.QUIT,
    "f": Key.FULL_SCREEN,
    "1": Key.MILD,
    "2": Key.STRONG,
    "3": Key.SHARP,
}


class Window:
    """Inert until entered. `specs` are the stretches by name, for the silhouettes and gauges.

    `f` toggles the full screen here and is not handed on. A window closed by its cross reads as `Key.QUIT`, from then on.
    """

    def __init__(self, specs: Mapping[str, PoseSpec], *, full_screen: bool = False) -> None:
        self._specs = specs
        self._full_screen = full_screen
        self._open = False

    def __enter__(self) -> Self:
        from formcheck.media import cv2

        for spec in self._specs.values():
            posture(spec)  # a tenth of a second each, now rather than between two pictures
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
        cv2.waitKey(_WAIT_MS)

    def show(self, image: Image | None, stage: Stage) -> tuple[Key, ...]:
        """Show `stage` over `image` and return the keys pressed since the last time, in order.

        `image` is RGB and is not changed; `None` if there is no picture.
        """
        from formcheck.media import cv2

        if not self._open or self._closed():
            return (Key.QUIT,)
        width, height = self._size()
        spec = self._specs.get(stage.pose) if stage.pose is not None else None
        cv2.imshow(TITLE, canvas(image, stage, spec, width, height))
        pressed = self._pressed()
        return (*pressed, Key.QUIT) if self._closed() else pressed

    def _pressed(self) -> tuple[Key, ...]:
        from formcheck.media import cv2

        keys: list[Key] = []
        for _ in range(_AT_ONCE):
            code = cv2.waitKey(_WAIT_MS)
            if code < 0:
                break
            key = _KEYS.get(chr(code & 0xFF).lower())
            if key is Key.FULL_SCREEN:
                self._fill(full=not self._full_screen)
            elif key is not None:
                keys.append(key)
        return tuple(keys)

    def _size(self) -> tuple[int, int]:
        from formcheck.media import cv2

        _, _, width, height = cv2.getWindowImageRect(TITLE)
        return (width, height) if min(width, height) >= _LEAST else _SIZE

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
