"""The places of everything on a window of any shape: fixed ones, so that nothing moves while the numbers change.

Three arrangements. Where the picture leaves a broad band free beside it or below it, all words stand there. Otherwise the
picture fills the window and the words lie along its edges, where the person is not: in columns left and right of a person
upright, in the upper half for one lying; where that person lies low in the picture, the caption is there as well.
"""

from dataclasses import dataclass
from functools import lru_cache, partial

from formcheck.core.geometry import Vec

_WIDE_PANEL, _HIGH_PANEL = (1.15, 1.0), (0.95, 1.22)
"""The smallest panels that hold everything, width and height in units."""
_PANEL_AT_MOST = 1.5
_OVER = 1.2
"""The narrowest picture that holds all words along its edges, in units."""

_MARGIN = 0.03
_BAR, _KEYS_ROW = 0.06, 0.046
_COLUMN, _GAUGES, _SKETCH = 0.36, 0.4, 0.5
"""Width of the column with the clock, of that with the gauges, and of the shape to get into."""
_CLOCK, _BREATH, _GAUGE, _STATE, _SIDE_NAME = 0.4, 0.2, 0.135, 0.145, 0.095
"""Heights."""
_CAPTION = 0.235
_LOW_GAUGE, _LOW_CAPTION = 0.118, 0.2
_MORE = 0.12
"""So much higher than the caption a message may be on a narrow window, where it needs a third line."""
_STATE_WIDE = 0.6
_WIDE, _NARROW = 1.6, 1.3
"""From the first width on (units) there is room for state, side and breath in one row; below the second the keys take two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the window, in heights of the window: x right, y up."""

    left: float
    low: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.low + self.height

    @property
    def middle(self) -> Vec:
        return self.left + self.width / 2, self.low + self.height / 2

    def part(self, left: float, low: float, width: float, height: float) -> "Box":
        """Return the part of the box that lies at these shares of it."""
        x, y = self.left + left * self.width, self.low + low * self.height
        return Box(left=x, low=y, width=width * self.width, height=height * self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLayout:
    """The places of the picture and of everything else; `unit`, in heights of the window, scales all sizes.

    `scene` is where the large count stands, `sketch` where the shape to get into is drawn, `board` where a table or a question
    goes. `message` is the place of the one sentence while there is no clock. `gauges` is `None` where they would lie on the
    person. `over`: words lie on the picture. `hanging`: sentences hang from the upper edges of their
    places instead of standing on the lower ones.
    """

    unit: float
    picture: Box
    bar: Box
    state: Box
    side: Box
    clock: Box
    breath: Box
    gauges: Box | None
    caption: Box
    message: Box
    keys: Box
    scene: Box
    sketch: Box
    board: Box
    over: bool
    hanging: bool = False


@lru_cache(maxsize=64)
def arrange_screen(window: float, picture: float, *, lying: bool, low: bool = False, full_window: bool = False) -> ScreenLayout:
    """Return the arrangement for a window and a picture of these aspects (width over height).

    `low`: the person has more room above than below. `full_window`: the words take the whole window, whatever the picture
    leaves free.
    """
    beside, below_height = window - picture, 1.0 - window / picture
    over = min(1.0, window / _OVER)
    below = max(min(window / wide, below_height / high) for wide, high in (_WIDE_PANEL, _HIGH_PANEL))
    if beside >= _WIDE_PANEL[0] and not full_window:
        width = min(beside, _PANEL_AT_MOST)
        left = (window - picture - width) / 2
        shown = Box(left=left, low=0.0, width=picture, height=1.0)
        return _panel(shown, Box(left=left + picture, low=0.0, width=width, height=1.0), 1.0)
    # A panel hides nothing, so it may be somewhat smaller than what it replaces.
    if below >= 0.9 * over and not full_window:
        shown = Box(left=0.0, low=below_height, width=window, height=1.0 - below_height)
        return _panel(shown, Box(left=0.0, low=0.0, width=window, height=below_height), below)
    high = min(1.0, window / picture)
    wide = high * picture
    shown = Box(left=(window - wide) / 2, low=(1.0 - high) / 2, width=wide, height=high)
    return _edges(shown, window, over, lying=lying, low=low)


def _edges(picture: Box, window: float, unit: float, *, lying: bool, low: bool) -> ScreenLayout:
    w, h = window / unit, 1.0 / unit

    box = partial(_box, (0.0, 0.0), unit)
    narrow = w < _NARROW
    keys = (2 if narrow else 1) * _KEYS_ROW + 0.01
    # Half of the height to spare goes to the words.
    caption = keys + 0.01, keys + 0.01 + (_LOW_CAPTION if narrow else _CAPTION) + (h - 1.0) / 2
    message = caption[0], caption[1] + (_MORE if narrow else 0.0)
    top = h - _BAR
    column = w - _MARGIN - _COLUMN
    state = top - 0.01 - _STATE
    side = state - _SIDE_NAME
    clock = top - 0.01 - _CLOCK
    state_right, side_box = column - 0.02, (_MARGIN, side, _MARGIN + 0.5, state)
    breath = (column, clock - 0.01 - _BREATH, w - _MARGIN, clock - 0.01)
    sketch = (_MARGIN, message[1] + 0.02, _MARGIN + _SKETCH, state - 0.01)
    words_right = w - _MARGIN
    hanging = lying and low and w >= _WIDE
    if lying and w >= _WIDE:
        # A person lying leaves the upper half free and fills the column of the clock: with head or feet.
        state_right = _MARGIN + _STATE_WIDE
        side_box = (state_right + 0.01, state + 0.025, state_right + 0.35, state + 0.025 + _SIDE_NAME)
        breath = (column - _COLUMN, top - 0.02 - _BREATH, column - 0.02, top - 0.02)
        side = state
        sketch = (state_right + 0.01, top - 0.02 - _BREATH, column - 0.02, top - 0.02)
    high = min(3 * (_LOW_GAUGE if lying else _GAUGE), side - 0.02 - caption[1])
    gauges = None if hanging else box(_MARGIN, side - 0.01 - high, _MARGIN + _GAUGES, side - 0.01)
    if hanging:
        # A person lying low leaves all of the upper half free, which is just enough for the words.
        words_right = column - 0.02
        caption = message = sketch[1] - 0.02 - _CAPTION, sketch[1] - 0.02
    scene = (keys + 0.02, message[0] - 0.02) if hanging else (message[1] + 0.02, top - 0.02)
    return ScreenLayout(
        unit=unit,
        picture=picture,
        bar=box(0.0, top, w, h),
        state=box(_MARGIN, state, state_right, state + _STATE),
        side=box(*side_box),
        clock=box(column, clock, w - _MARGIN, clock + _CLOCK),
        breath=box(*breath),
        gauges=gauges,
        caption=box(_MARGIN, caption[0], words_right, caption[1]),
        message=box(_MARGIN, message[0], words_right, message[1]),
        keys=box(0.0, 0.0, w, keys),
        scene=_between(picture, *(edge * unit for edge in scene)),
        sketch=box(*sketch),
        board=box(_MARGIN, keys + 0.02, w - _MARGIN, top - 0.02),
        over=True,
        hanging=hanging,
    )


def _between(picture: Box, low: float, top: float) -> Box:
    low = max(low, picture.low)
    return Box(left=picture.left, low=low, width=picture.width, height=min(top, picture.top) - low)


def _box(origin: Vec, unit: float, left: float, low: float, right: float, top: float) -> Box:
    """Return the box between these edges, which are in units from `origin` on."""
    x, y = origin
    return Box(left=x + left * unit, low=y + low * unit, width=(right - left) * unit, height=(top - low) * unit)


def _panel(picture: Box, panel: Box, unit: float) -> ScreenLayout:
    w, h = panel.width / unit, panel.height / unit

    box = partial(_box, (panel.left, panel.low), unit)
    high = h >= _HIGH_PANEL[1] - 1e-9
    keys = (3 if w < 1.1 else 2) * _KEYS_ROW + 0.01
    caption = keys + 0.01, keys + 0.01 + _CAPTION + max(0.0, h - (_HIGH_PANEL if high else _WIDE_PANEL)[1]) / 2
    top = h - _BAR - (_KEYS_ROW if high else 0.0)
    column = w - _MARGIN - _COLUMN
    state = top - _STATE
    side = state - _SIDE_NAME
    low = min(top - _CLOCK, side - _BREATH if high else state - _BREATH)
    side_right = column - 0.02 if high else _MARGIN + 0.42
    breath = (_MARGIN, side - _BREATH, column - 0.02, side) if high else (side_right, state - _BREATH, column - 0.02, state)
    return ScreenLayout(
        unit=unit,
        picture=picture,
        bar=box(0.0, top, w, h),
        state=box(_MARGIN, state, column - 0.02, top),
        side=box(_MARGIN, side, side_right, state),
        clock=box(column, top - _CLOCK, w - _MARGIN, top),
        breath=box(*breath),
        gauges=box(_MARGIN, caption[1] + 0.01, w - _MARGIN, low - 0.005),
        caption=box(_MARGIN, caption[0], w - _MARGIN, caption[1]),
        message=box(_MARGIN, caption[0], w - _MARGIN, state - 0.02),
        keys=box(0.0, 0.0, w, keys),
        scene=picture.part(0.0, 0.06, 1.0, 0.86),
        sketch=picture.part(0.02, 0.58, 0.45, 0.4),
        board=box(_MARGIN, keys + 0.02, w - _MARGIN, top - 0.02),
        over=False,
    )
