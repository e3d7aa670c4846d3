"""Draws a `ScreenState`: everything that the window shows of it, as shapes.

Few words, large, at fixed places. The person at the mat sees a mirror: the picture and everything on the body are mirrored;
words and measurements are not.
"""

from dataclasses import dataclass, replace

from formcheck.analysis.scoring.result import band_of
from formcheck.coaching.events import ScreenState, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.summary import SummaryRow
from formcheck.core import wording
from formcheck.core.geometry import Vec
from formcheck.core.values import Status
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.overlay import TONES, sign, skeleton
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Mark, Text, Tone
from formcheck.ui.screen import bars, dial
from formcheck.ui.screen.cached import cached_marks
from formcheck.ui.screen.gauges import gauges
from formcheck.ui.screen.places import Box, ScreenLayout, arrange_screen
from formcheck.ui.screen.silhouette import draw_silhouette, lies
from formcheck.ui.screen.text import draw_paragraph

_STATE, _SIDE, _CAPTION, _COACHING, _HEADLINE = 0.107, 0.07, 0.1, 0.085, 0.13
"""Heights of lines, in units. Capitals are three quarters of it: 5 % of the window's height can be read from three metres."""
_COUNT = 0.5
_SIDE_WIDE = 0.55
"""The side takes no more of the width than this (units), or it would reach the head of a person upright."""

_NAMES = 0.55
"""The share of a line of the summary that the name of the stretch takes at most."""

_ONE_LINE = 1.25
"""From this width on (units) a stretch of the summary takes one line."""

_DIMMED = {SessionPhase.PAUSED: 0.55, SessionPhase.PAIN: 0.8, SessionPhase.LOST: 0.7, SessionPhase.DONE: 0.92}
"""How much darker the picture is made (0..1) in phases in which it does not matter."""

_sign = cached_marks(sign)
_silhouette = cached_marks(draw_silhouette)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenDrawing:
    """The place of the mirrored picture, how much darker it is made (0..1), and the shapes on the window."""

    picture: Box
    dim: float
    marks: tuple[Mark, ...]


def draw_screen(screen: ScreenState, spec: StretchSpec | None, *, picture: float, window: float) -> ScreenDrawing:
    """Return what to show of `screen` for a picture and a window of these aspects (width over height).

    `spec` is the stretch `screen.pose`; `None` where there is none, or it is not known.
    """
    lying = spec is not None and lies(spec)
    places = arrange_screen(window, picture, lying=lying, low=screen.low, full_window=screen.phase is SessionPhase.DONE)
    drawn = bars.draw_heading(screen, places.bar, places.unit, background=places.over)
    drawn += bars.draw_keys(screen, places.keys, places.unit, background=places.over)
    match screen.phase:
        case SessionPhase.SETUP | SessionPhase.COUNTDOWN:
            drawn += _preparing(screen, spec, places)
        case SessionPhase.STRETCH:
            drawn += _stretching(screen, spec, places)
        case SessionPhase.REST:
            drawn += _resting(screen, spec, places)
        case SessionPhase.PAUSED:
            drawn += _paused(screen, places)
        case SessionPhase.PAIN:
            drawn += _asking(screen, places)
        case SessionPhase.LOST:
            drawn += _lost(screen, places)
        case SessionPhase.DONE:
            drawn += _done(screen, places)
    return ScreenDrawing(picture=places.picture, dim=_DIMMED.get(screen.phase, 0.0), marks=tuple(drawn))


def _preparing(screen: ScreenState, spec: StretchSpec | None, places: ScreenLayout) -> list[Mark]:
    drawn: list[Mark] = []
    if spec is not None and screen.phase is SessionPhase.SETUP:
        drawn += _silhouette(spec, -screen.facing, places.sketch)
    if screen.phase is SessionPhase.COUNTDOWN and screen.count is not None:
        at, size = places.scene.middle, _COUNT * places.scene.height
        drawn.append(Text(at=at, text=str(screen.count), size=size, anchor=Anchor.CENTRE, bold=True, outlined=True))
    drawn += _side(screen, places.state, places.unit)
    if not screen.instruction:
        return drawn
    if places.over:
        return drawn + _sentence(screen.instruction, places, places.message)
    return drawn + draw_paragraph(screen.instruction, places.message, _HEADLINE * places.unit, background=False)


def _stretching(screen: ScreenState, spec: StretchSpec | None, places: ScreenLayout) -> list[Mark]:
    moment, unit = screen.moment, places.unit
    assessment = moment.assessment if moment is not None else None
    status = assessment.status if assessment is not None else Status.UNSEEN
    drawn: list[Mark] = []
    if moment is not None and moment.landmarks is not None:
        aspect = moment.landmarks.aspect
        drawn += (_mirrored(mark, aspect, places.picture) for mark in skeleton(moment.landmarks, moment.assessment))
    room = places.state
    state = wording.STATUSES[status].live
    drawn += draw_paragraph(state, room, _STATE * unit, tone=TONES[status], anchor=Anchor.LEFT, indent=0.105 * unit)
    drawn += _sign(status, (room.left + 0.07 * unit, room.middle[1]), 0.08 * unit)
    drawn += _side(screen, places.side, unit)
    drawn += dial.draw_clock(screen.held_s, screen.goal_s, places.clock, unit, running=status is Status.CORRECT)
    if screen.breath is not None:
        drawn += dial.draw_pacer(screen.breath, places.breath, unit)
    if spec is not None and places.gauges is not None:
        judged = assessment if assessment is not None and assessment.pose == spec.name else None
        drawn += gauges(spec, judged, places.gauges, unit)
    cue = moment.cue.text if moment is not None and moment.cue is not None else None
    reason = assessment.reason if assessment is not None else None
    why = wording.REASONS[reason].title if status is Status.UNSEEN and reason is not None else None
    sentence = screen.instruction or cue or why
    if sentence is None and screen.coaching is not None:
        return drawn + _sentence(screen.coaching, places, places.caption, size=_COACHING, bold=False)
    return drawn + _caption(sentence, places)


def _resting(screen: ScreenState, spec: StretchSpec | None, places: ScreenLayout) -> list[Mark]:
    unit = places.unit
    drawn = _silhouette(spec, -screen.facing, places.sketch) if spec is not None else []
    if screen.count is not None:
        drawn += dial.draw_rest(screen.count, places.clock, unit)
    drawn += _side(screen, places.state, unit)
    if not screen.instruction:
        return drawn
    if places.over or places.gauges is None:
        return drawn + _sentence(screen.instruction, places, places.message)
    under = replace(places.caption, height=places.gauges.top - places.caption.low)
    return drawn + draw_paragraph(screen.instruction, under, _HEADLINE * unit, background=False)


def _paused(screen: ScreenState, places: ScreenLayout) -> list[Mark]:
    board, unit = places.board, places.unit
    x, y = board.middle
    word = Box(left=board.left, low=y - 0.15 * unit, width=board.width, height=0.15 * unit)
    return [
        *dial.draw_pause_bars((x, y + 0.13 * unit), 0.15 * unit),
        *draw_paragraph(phrases.PAUSED, word, _HEADLINE * unit, background=False),
        *_caption(screen.instruction, places),
    ]


def _asking(screen: ScreenState, places: ScreenLayout) -> list[Mark]:
    board, unit = places.board, places.unit
    question, *rows = _slices(board, 1 + len(phrases.LEADS_TO))
    drawn = draw_paragraph(screen.instruction or phrases.HOW, question, _CAPTION * unit, background=False)
    for (key, leads_to), row in zip(phrases.LEADS_TO.items(), rows, strict=True):
        left = row.middle[0] - 0.3 * unit
        upper, lower = row.low + 0.62 * row.height, row.low + 0.16 * row.height
        size = min(_HEADLINE * unit, 0.5 * row.height)
        drawn += [
            Text(at=(left, upper), text=bars.CAPS[key], size=size, tone=Tone.ADJUST, bold=True),
            Text(at=(left + 0.12 * unit, upper), text=key.value, size=size, bold=True),
            Text(at=(left + 0.12 * unit, lower), text=leads_to, size=min(_SIDE * unit, 0.35 * row.height)),
        ]
    return drawn


def _lost(screen: ScreenState, places: ScreenLayout) -> list[Mark]:
    unit = places.unit
    upper, lower = _slices(places.board, 2)
    return [
        *sign(Status.UNSEEN, (upper.middle[0], upper.low + 0.4 * upper.height), 0.16 * unit),
        *draw_paragraph(screen.instruction or phrases.NO_PICTURE, lower, _CAPTION * unit),
    ]


def _done(screen: ScreenState, places: ScreenLayout) -> list[Mark]:
    unit = places.unit
    band = band_of(round(screen.score)) if screen.score is not None else None
    head = wording.BANDS[band].end if band is not None else screen.instruction or phrases.DONE
    rows = _slices(places.board, max(6, 2 + len(screen.rows)))
    top = Box(left=rows[1].left, low=rows[1].low, width=rows[1].width, height=2 * rows[1].height)
    drawn = draw_paragraph(head, top, _HEADLINE * unit, background=False)
    names = [wording.STRETCH_AND_SIDE.format(title=row.title, side=row.side) if row.side else row.title for row in screen.rows]
    stacked = places.board.width < _ONE_LINE * unit
    size = min(0.058 * unit, (0.36 if stacked else 0.55) * rows[0].height)
    longest = max((text_metrics.width(name, size) for name in names), default=0.0)
    size *= min(1.0, (0.9 if stacked else _NAMES) * rows[0].width / max(longest, 1e-9))
    for row, name, box in zip(screen.rows, names, rows[2:], strict=False):
        drawn += _draw_row(row, name, box, size, stacked=stacked)
    return drawn


def _draw_row(row: SummaryRow, name: str, box: Box, size: float, *, stacked: bool) -> list[Mark]:
    """Return a line of the summary (two where it is narrow): sign, stretch and side, seconds held of the goal, why skipped."""
    complete = row.complete
    if not row.begun:
        text = wording.NOT_STARTED
    elif row.skipped and row.held_s == 0:
        text = wording.SKIPPED_WITH_NOTE if row.note else wording.SKIPPED
    else:
        text = wording.HELD_WITH_NOTE if row.note else wording.HELD
    result = text.format(held_s=row.seconds.held, goal_s=row.seconds.goal, note=row.note)
    upper, lower = (box.low + 0.72 * box.height, box.low + 0.32 * box.height) if stacked else (box.middle[1],) * 2
    start = 1.4 * size + (0.0 if stacked else (_NAMES + 0.02) * box.width)
    place = Box(left=box.left + start, low=lower - 0.6 * size, width=box.width - start, height=1.2 * size)
    at = box.left + 0.6 * size, upper
    dash = Text(at=at, text="–", size=size, anchor=Anchor.CENTRE, bold=True)
    anchor, tone = Anchor.LEFT if stacked else Anchor.RIGHT, Tone.GOOD if complete else Tone.PLAIN
    return [
        *(sign(Status.CORRECT, at, 0.7 * size) if complete else [dash]),
        Text(at=(box.left + 1.4 * size, upper), text=name, size=size),
        *draw_paragraph(result, place, size, anchor=anchor, background=False, tone=tone),
    ]


def _side(screen: ScreenState, box: Box, unit: float) -> list[Mark]:
    if screen.side is not None:
        side = wording.SIDES[screen.side]
        text = side.choice if screen.either else side.title
    elif screen.either:
        text = wording.ANY_SIDE
    else:
        return []
    place = Box(left=box.left, low=box.low, width=min(box.width, _SIDE_WIDE * unit), height=box.height)
    return draw_paragraph(text, place, _SIDE * unit, anchor=Anchor.LEFT)


def _caption(text: str | None, places: ScreenLayout) -> list[Mark]:
    return _sentence(text, places, places.caption) if text else []


def _sentence(text: str, places: ScreenLayout, box: Box, *, size: float = _CAPTION, bold: bool = True) -> list[Mark]:
    """Return a sentence in `box`, at the edge of it at which the person is not."""
    return draw_paragraph(text, box, size * places.unit, bold=bold, upwards=not places.hanging, hanging=places.hanging)


def _slices(box: Box, count: int) -> list[Box]:
    """Return `count` boxes of one height, from the top down."""
    high = box.height / count
    return [Box(left=box.left, low=box.top - high * (i + 1), width=box.width, height=high) for i in range(count)]


def _mirrored(mark: Line | Dot, aspect: float, box: Box) -> Mark:
    """Return a mark on the picture as one on the window, mirrored."""

    def at(place: Vec) -> Vec:
        return box.left + (aspect - place[0]) * box.height, box.low + place[1] * box.height

    if isinstance(mark, Dot):
        return Dot(at=at(mark.at), radius=mark.radius * box.height, tone=mark.tone)
    return Line(start=at(mark.start), end=at(mark.end), width=mark.width * box.height, tone=mark.tone)
