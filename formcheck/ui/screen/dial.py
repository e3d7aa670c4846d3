"""The clock of the hold and the breathing pacer: two circles, readable from the mat.

The clock says whether it runs by a word and a shape beside its colour: a triangle and "running", or two bars, "paused", and
a thin, pale ring; before the first second of a hold there is nothing to pause, and it is "waiting".
"""

from formcheck.coaching.events import Breath
from formcheck.core import wording
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.overlay import seconds
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Mark, Ring, Text, Tone
from formcheck.ui.screen.cached import cached_marks
from formcheck.ui.screen.places import Box

_RADIUS = 0.15
_BREATH_LEAST = 0.35
"""The pacer's circle with the lungs empty, in shares of the full one."""


def draw_clock(
    held_s: float, goal_s: float | None, box: Box, unit: float, *, running: bool, to_the_end: bool = False
) -> list[Mark]:
    """Return the ring with the whole seconds held, large, the goal, and below it whether the time runs.

    Where it is held `to_the_end`, the seconds count up, and no ring fills.
    """
    radius = _RADIUS * unit
    x, y = box.middle[0], box.top - radius - 0.01 * unit
    share = min(1.0, held_s / goal_s) if goal_s else 0.0
    width, tone = (0.034, Tone.GOOD) if running and not to_the_end else (0.016, Tone.GOOD if running else Tone.UNSEEN)
    return [
        Ring(at=(x, y), radius=radius, width=width * unit, share=share, tone=tone),
        *seconds(held_s, goal_s, (x, y), 0.88 * radius, to_the_end=to_the_end),
        *_draw_running(box, unit, running=running, begun=held_s > 0),
    ]


@cached_marks
def _draw_running(box: Box, unit: float, *, running: bool, begun: bool) -> list[Mark]:
    x, low = box.middle[0], box.low + 0.035 * unit
    if not (running or begun):
        return [_centred(wording.NOT_BEGUN, (x, low), 0.056 * unit, bold=True)]
    text, tone = (wording.RUNNING, Tone.GOOD) if running else (wording.STOPPED, Tone.PLAIN)
    before = 0.06 * unit  # the room of the sign
    wide = text_metrics.width(text, 1.0)
    size = min(0.056 * unit, (box.width - before) / wide)
    left = min(x - 0.09 * unit, box.right - wide * size)
    at = left - 0.035 * unit, low
    return [
        *(_draw_triangle(at, 0.045 * unit) if running else draw_pause_bars(at, 0.8 * (0.045 * unit))),
        Text(at=(left, low), text=text, size=size, tone=tone, bold=True),
    ]


def draw_count(left_s: int, caption: str, box: Box, unit: float) -> list[Mark]:
    """Return the seconds that are left of a countdown or a rest, in the place of the clock and as large."""
    radius = _RADIUS * unit
    x, y = box.middle[0], box.top - radius - 0.01 * unit
    return [
        Ring(at=(x, y), radius=radius, width=0.008 * unit, share=0.0, tone=Tone.PLAIN),
        _centred(str(left_s), (x, y + 0.02 * unit), 0.15 * unit, bold=True),
        _centred(caption, (x, y - 0.08 * unit), 0.05 * unit),
    ]


def draw_pacer(breath: Breath, box: Box, unit: float) -> list[Mark]:
    """Return a circle that grows with the breath in and shrinks with the breath out, inside one of the full size."""
    full = 0.062 * unit
    x, y = box.middle[0], box.top - full - 0.012 * unit
    filled = breath.share if breath.inhaling else 1.0 - breath.share
    radius = full * (_BREATH_LEAST + (1.0 - _BREATH_LEAST) * min(1.0, max(0.0, filled)))
    return [
        Ring(at=(x, y), radius=full, width=0.005 * unit, share=1.0, tone=Tone.PLAIN),
        Dot(at=(x, y), radius=radius - 0.006 * unit, tone=Tone.GOOD if breath.inhaling else Tone.UNSEEN),
        *_draw_breathing(x, box.low + 0.035 * unit, unit, inhaling=breath.inhaling),
    ]


@cached_marks
def _draw_breathing(x: float, low: float, unit: float, *, inhaling: bool) -> list[Mark]:
    return [_centred(wording.BREATHE_IN if inhaling else wording.BREATHE_OUT, (x, low), 0.047 * unit, bold=True)]


def draw_pause_bars(at: tuple[float, float], size: float, tone: Tone = Tone.PLAIN) -> list[Mark]:
    """Return the two upright bars that mean paused, `size` high."""
    x, y = at
    return [
        Line(start=(x + dx * size, y - size / 2), end=(x + dx * size, y + size / 2), width=0.26 * size, tone=tone)
        for dx in (-0.28, 0.28)
    ]


def _draw_triangle(at: tuple[float, float], size: float) -> list[Mark]:
    x, y = at
    tip, upper, lower = (x + 0.4 * size, y), (x - 0.35 * size, y + 0.42 * size), (x - 0.35 * size, y - 0.42 * size)
    width = 0.2 * size
    return [Line(start=a, end=b, width=width, tone=Tone.GOOD) for a, b in ((upper, lower), (lower, tip), (tip, upper))]


def _centred(text: str, at: tuple[float, float], size: float, *, bold: bool = False) -> Text:
    return Text(at=at, text=text, size=size, anchor=Anchor.CENTRE, bold=bold)
