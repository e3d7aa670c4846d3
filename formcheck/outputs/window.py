"""The window of a session: shows a `Stage` over the camera's picture and says which keys were pressed.

The picture is made at the size the window has at that moment, so that no word is ever squeezed, and in the window system's BGR.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from formcheck.outputs.canvas import canvas
from formcheck.outputs.pane import Pane
from formcheck.ports import Image
from formcheck.posefile import PoseSpec
from formcheck.practice.stage import Key, Stage
from formcheck.screen.posture import posture

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

    def __init__(self, specs: Mapping[str, PoseSpec], *, full_screen: bool = False) -> None:
        self._specs = specs
        self._pane = Pane(TITLE, _SIZE, full_screen=full_screen)

    def __enter__(self) -> Self:
        for spec in self._specs.values():
            posture(spec)  # a tenth of a second each, now rather than between two pictures
        self._pane.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pane.__exit__(kind, error, trace)

    def show(self, image: Image | None, stage: Stage) -> tuple[Key, ...]:
        """Show `stage` over `image` and return the keys pressed since the last time, in order.

        `image` is RGB and is not changed; `None` if there is no picture.
        """
        if self._pane.closed:
            return (Key.QUIT,)
        width, height = self._pane.size
        spec = self._specs.get(stage.pose) if stage.pose is not None else None
        self._pane.show(canvas(image, stage, spec, width, height))
        pressed = tuple(key for name in self._pane.pressed() if (key := _KEYS.get(name)) is not None)
        return (*pressed, Key.QUIT) if self._pane.closed else pressed
