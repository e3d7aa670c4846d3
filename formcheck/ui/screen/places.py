"""The places of everything on a window of any shape: fixed ones, so that nothing moves while the numbers change.

The window is parted in two: the picture, and a panel with all words, beside it or, on an upright window, below it. So no word
ever lies on the person, wherever they are. The part of the picture in which the person is fills the place of the picture.
"""

from dataclasses import dataclass, replace
from functools import lru_cache, partial

from formcheck.core.geometry import Vec
from formcheck.core.values import Area

_WIDE_PANEL, _HIGH_PANEL = (1.2, 1.0), (0.95, 1.27)
"""The smallest panels that hold everything, width and height in units."""
_LEAST_UNIT = 0.75
"""Smaller, the main words beside the picture could not be read from three metres: a capital is then 5 % of the window high."""
_PANEL_SHARE = 0.5
"""The panel beside the picture takes no more of the window's width than this, where its words stay readable."""
_PICTURE_LEAST = 0.3
"""Nor does the panel below the picture leave it less than this, in heights of the window."""

_MARGIN, _GAP = 0.03, 0.01
_BAR, _KEYS_ROW = 0.06, 0.046
_COLUMN = 0.36
"""Width of the column with the clock."""
_CLOCK, _BREATH, _STATE, _SIDE = 0.4, 0.2, 0.145, 0.095
"""Heights."""
_MESSAGE = 0.2
"""So much higher than the caption a message may be: it comes while there are no gauges, and may be long."""
_NARROW = 1.1
"""Below this width (units) the keys take three rows, else two."""

_AROUND = 1.25
"""The part of the picture that is shown is larger than the person by this factor at least, so that a step leads nowhere."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLayout:
    """The places of the picture and of everything else; `unit`, in heights of the window, scales all sizes.

    `gauges` is the place of the silhouette as well, while the person is not in the shape. `sketch` is that of the silhouette
    and `message` that of the one sentence while there are no gauges and no breath to be shown. `board` is where a table or a
    question goes.
    """

    unit: float
    picture: Box
    bar: Box
    state: Box
    side: Box
    gauges: Box
    clock: Box
    breath: Box
    caption: Box
    message: Box
    sketch: Box
    keys: Box
    board: Box


@lru_cache(maxsize=64)
def arrange_screen(window: float, *, full_window: bool = False) -> ScreenLayout:
    """Return the arrangement for a window of this aspect (width over height).

    `full_window`: the words take the whole window, over a picture that does not matter.
    """
    whole = Box(left=0.0, low=0.0, width=window, height=1.0)
    if full_window:
        unit = max(min(window / wide, 1.0 / high) for wide, high in (_WIDE_PANEL, _HIGH_PANEL))
        return _arrange(whole, whole, unit)
    if window >= 1.0:
        unit = min(1.0 / _HIGH_PANEL[1], max(_LEAST_UNIT, _PANEL_SHARE * window / _HIGH_PANEL[0]))
        wide = _HIGH_PANEL[0] * unit
        if window - _WIDE_PANEL[0] >= 1.0:
            unit, wide = 1.0, _WIDE_PANEL[0]
        rest = window - wide
        return _arrange(replace(whole, width=rest), Box(left=rest, low=0.0, width=wide, height=1.0), unit)
    sizes = [(min(window / wide, (1.0 - _PICTURE_LEAST) / high), high) for wide, high in (_WIDE_PANEL, _HIGH_PANEL)]
    unit, high = max(sizes)
    tall = unit * high
    return _arrange(replace(whole, low=tall, height=1.0 - tall), replace(whole, height=tall), unit)


def place_picture(room: Box, aspect: float, focus: Area | None) -> Box:
    """Return where a picture of this aspect goes so that its part `focus` (all of it: `None`) is as large as fits in `room`.

    The box may reach beyond `room`, which shows no more of it. It never leaves free what the picture could fill. `focus` is
    in heights of the picture as the person sees it, mirrored.
    """
    whole, filled = sorted((room.width / aspect, room.height))
    left, low, right, top = focus or (0.0, 0.0, aspect, 1.0)
    wanted = min(room.width / (_AROUND * (right - left)), room.height / (_AROUND * (top - low))) if focus else whole
    scale = min(filled, max(whole, wanted))
    middle = room.middle
    x, y = middle[0] - scale * (left + right) / 2, middle[1] - scale * (low + top) / 2
    return Box(
        left=_covering(x, scale * aspect, room.left, room.width),
        low=_covering(y, scale, room.low, room.height),
        width=scale * aspect,
        height=scale,
    )


def _covering(start: float, length: float, low: float, room: float) -> float:
    """Move a span so that it covers `room` from `low` on, or, where it is shorter, lies in the middle of it."""
    if length <= room:
        return low + (room - length) / 2
    return min(low, max(start, low + room - length))


def _arrange(picture: Box, panel: Box, unit: float) -> ScreenLayout:
    w, h = panel.width / unit, panel.height / unit
    box = partial(_box, (panel.left, panel.low), unit)
    high = h >= _HIGH_PANEL[1] - 1e-9
    keys = (3 if w < _NARROW else 2) * _KEYS_ROW + _GAP
    right = w - _MARGIN
    column = right - _COLUMN
    top = h - _BAR - (_KEYS_ROW if high else 0.0)
    middle = top - _STATE - _GAP
    clock = middle - _CLOCK
    if high:
        breath = (column, clock - _GAP - _BREATH, right, clock - _GAP)
        left, low = column - 0.02, clock - _GAP - _BREATH
    else:
        breath = (column - 0.02 - _COLUMN, middle - _BREATH, column - 0.02, middle)
        left, low = column - 0.04 - _COLUMN, min(clock, middle - _SIDE - _COLUMN)
    caption = keys + _GAP
    return ScreenLayout(
        unit=unit,
        picture=picture,
        bar=box(0.0, top, w, h),
        state=box(_MARGIN, top - _STATE, right, top),
        side=box(_MARGIN, middle - _SIDE, left, middle),
        gauges=box(_MARGIN, low, left, middle - _SIDE - _GAP),
        clock=box(column, clock, right, middle),
        breath=box(*breath),
        caption=box(_MARGIN, caption, right, low - _GAP),
        message=box(_MARGIN, caption, right, low - _GAP + _MESSAGE),
        sketch=box(_MARGIN, low + _MESSAGE, column - 0.02, middle),
        keys=box(0.0, 0.0, w, keys),
        board=box(_MARGIN, keys + 0.02, right, top - 0.02),
    )


def _box(origin: Vec, unit: float, left: float, low: float, right: float, top: float) -> Box:
    """Return the box between these edges, which are in units from `origin` on."""
    x, y = origin
    return Box(left=x + left * unit, low=y + low * unit, width=(right - left) * unit, height=(top - low) * unit)
