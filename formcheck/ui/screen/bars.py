"""The bars of every screen: above, the stretch's name, recording and sound; below, the keys that work now."""

from collections.abc import Iterator, Sequence

from formcheck.coaching.events import ScreenState
from formcheck.core import wording
from formcheck.core.geometry import Vec
from formcheck.core.wording.language import joined
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.shapes import Anchor, Dot, Mark, Text, Tone
from formcheck.ui.screen.cached import cached_marks
from formcheck.ui.screen.places import Box
from formcheck.ui.screen.words import CAPS, key_text, step_text, title_text

_TITLE, _BADGE, _KEY = 0.042, 0.04, 0.036
"""Heights of lines, in units."""

_READABLE = 0.7
"""A title that would have to shrink to less than this share is left out."""

KeyRow = list[tuple[float, str, str]]
"""Keys with their places along a row, and what they do."""


def draw_heading(screen: ScreenState, box: Box, unit: float) -> list[Mark]:
    """Return the step and the title (in a rest: of what comes next) at the left; at the right whether it is recorded, whether
    it is silent, and figures.
    """
    two = box.height > 0.09 * unit
    upper = box.top - 0.03 * unit
    lower = box.low + 0.03 * unit if two else upper
    badges, room = _draw_badges(screen, box.right - 0.03 * unit, lower, unit)
    step = step_text(screen) or ""
    wide = box.width - 0.06 * unit - (0.0 if two else room)
    title = title_text(screen)
    text = joined("   ", (step, title)) if step else title
    size = _TITLE * unit
    if wide < _READABLE * text_metrics.width(text, size):
        text = step  # the name is heard, too
    size *= min(1.0, wide / max(text_metrics.width(text, size), 1e-9))
    return [*_draw_title(text, size, (box.left + 0.03 * unit, upper)), *badges]


@cached_marks
def _draw_title(text: str, size: float, at: Vec) -> list[Mark]:
    return [Text(at=at, text=text, size=size)]


def _draw_badges(screen: ScreenState, right: float, y: float, unit: float) -> tuple[list[Mark], float]:
    """The signs from the right to the left, and the room they take."""
    start = right
    drawn: list[Mark] = []
    size = _BADGE * unit
    shown = [(wording.SOUND_OFF, Tone.ADJUST)] if screen.muted else []
    shown += [(wording.RECORDING, Tone.ALERT)] if screen.recording else []
    for text, tone in shown:
        drawn.append(Text(at=(right, y), text=text, size=size, tone=tone, anchor=Anchor.RIGHT, bold=True))
        right -= text_metrics.width(text, size) + 0.03 * unit
        if tone is Tone.ALERT:
            drawn.append(Dot(at=(right + 0.008 * unit, y), radius=0.014 * unit, tone=tone))
            right -= 0.03 * unit
    if screen.stats:
        drawn.append(Text(at=(right, y), text=screen.stats, size=0.8 * size, tone=Tone.UNSEEN, anchor=Anchor.RIGHT))
        right -= text_metrics.width(screen.stats, 0.8 * size) + 0.03 * unit
    return drawn, start - right


def draw_keys(screen: ScreenState, box: Box, unit: float) -> list[Mark]:
    """Return the keys that work now, each with what it does."""
    pairs = tuple((CAPS[key], key_text(key, screen)) for key in screen.keys)
    return _draw_keys(pairs, box, unit) if pairs else []


@cached_marks
def _draw_keys(pairs: tuple[tuple[str, str], ...], box: Box, unit: float) -> list[Mark]:
    gap, around = 0.028 * unit, 0.03 * unit
    size = _KEY * unit
    while True:
        rows = arrange_in_rows(pairs, size, gap, box.width - 2 * around)
        pitch = 1.25 * size
        if len(rows) * pitch <= box.height:
            break
        size *= 0.95
    drawn: list[Mark] = []
    for i, row in enumerate(rows):
        y = box.low + 0.005 * unit + pitch * (len(rows) - i - 0.5)
        drawn += draw_key_row(row, (box.left + around, y), size)
    return drawn


def draw_key_row(row: KeyRow, at: Vec, size: float) -> Iterator[Mark]:
    """Yield the keys of a row that begins at `at`, each with what it does."""
    for x, cap, does in row:
        left, y = at[0] + x, at[1]
        yield Text(at=(left, y), text=cap, size=size, tone=Tone.ADJUST, bold=True)
        yield Text(at=(left + text_metrics.width(cap + " ", size), y), text=does, size=size)


def arrange_in_rows(pairs: Sequence[tuple[str, str]], size: float, gap: float, room: float) -> list[KeyRow]:
    """Return keys and what they do in rows no wider than `room`, each with its place along the row and `gap` between them."""
    rows: list[KeyRow] = [[]]
    x = 0.0
    for cap, does in pairs:
        wide = text_metrics.width(joined(" ", (cap, does)), size)
        if rows[-1] and x + wide > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, cap, does))
        x += wide + gap
    return rows
