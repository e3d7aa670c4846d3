"""The screen of a guided block: what to do now, how hard, for how long, and that nothing of it is measured.

No gauges and no verdict: the camera knows nothing of pressure or place.
"""

from math import ceil

from formcheck.coaching.events import BlockView, ScreenState, SessionPhase
from formcheck.core import wording
from formcheck.core.wording.language import capitalized
from formcheck.ui.drawing.shapes import Anchor, Mark, Tone
from formcheck.ui.screen import dial
from formcheck.ui.screen.places import Box, ScreenLayout
from formcheck.ui.screen.text import draw_paragraph

_NAME, _LINE, _DO, _NOTE = 0.107, 0.08, 0.088, 0.07
"""Heights of lines, in units."""


def draw_guided(screen: ScreenState, block: BlockView, places: ScreenLayout) -> list[Mark]:
    """Return what to show of a guided block while it runs, waits or is got ready for."""
    unit = places.unit
    drawn = _line(block.name, places.state, _NAME * unit)
    if screen.side is not None:
        drawn += _line(wording.SIDES[screen.side].title, places.side, _LINE * unit)
    if screen.phase is SessionPhase.GUIDED:
        return drawn + _running(screen, block, places)
    return drawn + _getting_ready(screen, block, places)


def _getting_ready(screen: ScreenState, block: BlockView, places: ScreenLayout) -> list[Mark]:
    """How to get into position, what to have at hand, the seconds until it begins, and what keeps it from beginning."""
    unit = places.unit
    drawn: list[Mark] = []
    if screen.count is not None:
        caption = wording.REST_LEFT if screen.phase is SessionPhase.REST else wording.SECONDS
        drawn += dial.draw_count(screen.count, caption, places.clock, unit)
    if block.needs is not None:
        drawn += _line(wording.AT_HAND.format(needs=block.needs), _beside_clock(places), _LINE * unit, bold=False)
    room, note = _parted(_message(places), 0.17)
    if screen.phase is SessionPhase.SETUP and screen.instruction is not None:
        missing, room = _parted(room, 0.6)
        drawn += _sentence(screen.instruction, missing, _DO * unit, tone=Tone.ADJUST)
    return [*drawn, *_sentence(block.do, room, _DO * unit), *_not_measured(note, unit)]


def _running(screen: ScreenState, block: BlockView, places: ScreenLayout) -> list[Mark]:
    """The clock, the phase with its pressure and its seconds, and one sentence: what to do, or what to mind."""
    unit = places.unit
    drawn = dial.draw_clock(screen.held_s, screen.goal_s, places.clock, unit, running=screen.counting)
    hard, time = _parted(_beside_clock(places), 0.4 if block.pressure is not None else 1.0)
    if screen.breath is not None:  # there is nothing to press then, and the breath is what it is about
        left, low = places.sketch.left, places.caption.top
        room = Box(left=left, low=low, width=places.sketch.width, height=places.side.low - low)
        drawn += dial.draw_pacer(screen.breath, room, _LARGE * unit)
        time = places.breath
    if block.pressure is not None:
        drawn += _line(capitalized(wording.PRESSURE.format(pressure=block.pressure)), hard, _LINE * unit)
    if block.left_s is not None:
        drawn += _line(wording.PHASE_LEFT.format(left_s=max(1, ceil(block.left_s - _NEARLY_S))), time, _LINE * unit)
    room, note = _parted(_message(places), 0.26) if screen.breath is None else _parted(places.caption, 0.2)
    if screen.instruction is not None:
        drawn += _sentence(screen.instruction, room, _DO * unit, tone=Tone.ADJUST)
    else:
        drawn += _sentence(block.rule or block.do, room, _DO * unit)
    return [*drawn, *_not_measured(note, unit)]


def _beside_clock(places: ScreenLayout) -> Box:
    """The place below the side, beside the clock and above the message."""
    left, low = places.sketch.left, _message(places).top
    return Box(left=left, low=low, width=places.sketch.width, height=places.side.low - low)


def _message(places: ScreenLayout) -> Box:
    """The place of the one sentence: all that is free below the clock."""
    room = places.message
    return Box(left=room.left, low=room.low, width=room.width, height=min(room.top, places.clock.low) - room.low)


def _line(text: str, box: Box, size: float, *, bold: bool = True) -> list[Mark]:
    return [*draw_paragraph(text, box, size, bold=bold, anchor=Anchor.LEFT, background=False)]


def _sentence(text: str, box: Box, size: float, tone: Tone = Tone.PLAIN) -> list[Mark]:
    return draw_paragraph(text, box, size, tone=tone, background=False)


def _not_measured(box: Box, unit: float) -> list[Mark]:
    return draw_paragraph(wording.NOT_MEASURED, box, _NOTE * unit, bold=False, background=False)


def _parted(box: Box, share: float) -> tuple[Box, Box]:
    """Return the upper part of a box, and the lower one that takes `share` of its height."""
    low = share * box.height
    return (
        Box(left=box.left, low=box.low + low, width=box.width, height=box.height - low),
        Box(left=box.left, low=box.low, width=box.width, height=low),
    )


_LARGE = 1.9
"""The pacer of a breathing phase is so much larger than that of a hold."""

_NEARLY_S = 1e-6
