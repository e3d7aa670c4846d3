"""Draws a `ScreenState`: everything that the window shows of it, as shapes.

Few words, large, at fixed places beside the picture. The person at the mat sees a mirror: the picture and everything on the
body are mirrored; words and measurements are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from formcheck.analysis.form.causes import cause_of
from formcheck.coaching.events import ScreenState, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.summary import BlockRow, SummaryRow
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
from formcheck.ui.screen.guided import draw_guided
from formcheck.ui.screen.places import Box, ScreenLayout, arrange_screen, place_picture
from formcheck.ui.screen.silhouette import draw_silhouette
from formcheck.ui.screen.text import draw_paragraph
from formcheck.ui.screen.words import (
    CAPS,
    KEY_NAMES,
    begun_rows,
    row_text,
    side_text,
    summary_head,
    summary_sentences,
    waiting_text,
)

_STATE, _SIDE, _CAPTION, _COACHING, _HEADLINE = 0.107, 0.07, 0.1, 0.085, 0.13
"""Heights of lines, in units. Capitals are three quarters of it: 5 % of the window's height can be read from three metres."""

_POINT = 0.012
"""The radius of a point that is marked, in heights of the picture's place."""

_NAMES = 0.55
"""The share of a line of the summary that the name of the stretch takes at most."""

_ONE_LINE = 1.25
"""From this width on (units) a stretch of the summary takes one line."""

_DIMMED = {
    SessionPhase.GUIDED: 0.5,
    SessionPhase.PAUSED: 0.55,
    SessionPhase.PAIN: 0.8,
    SessionPhase.LOST: 0.7,
    SessionPhase.DONE: 0.92,
}
"""How much darker the picture is made (0..1) in phases in which it matters less, or not."""

_sign = cached_marks(sign)
_silhouette = cached_marks(draw_silhouette)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenDrawing:
    """What the window shows.

    `room` is the part of the window that shows the mirrored picture, whose own place, `picture`, may reach beyond it; `dim` is
    how much darker it is made (0..1). `figure` is drawn over it, in heights of `room` from its lower left corner, and cut off
    at its edges; `marks` are all other shapes, in heights of the window.
    """

    room: Box
    picture: Box
    dim: float
    figure: tuple[Line | Dot, ...]
    marks: tuple[Mark, ...]

    def in_picture(self, place: Vec) -> Vec | None:
        """Return where in the picture a place on the window lies, in its heights as the camera sees it; `None` beside it.

        `place` is in heights of the window; y is up in both.
        """
        box, room = self.picture, self.room
        if not (room.left <= place[0] <= room.right and room.low <= place[1] <= room.top):
            return None
        x, y = (box.right - place[0]) / box.height, (place[1] - box.low) / box.height
        return (x, y) if 0.0 <= x <= box.width / box.height and 0.0 <= y <= 1.0 else None


def draw_screen(screen: ScreenState, spec: StretchSpec | None, *, picture: float, window: float) -> ScreenDrawing:
    """Return what to show of `screen` for a picture and a window of these aspects (width over height).

    `spec` is the stretch `screen.pose`; `None` where there is none, or it is not known.
    """
    places = arrange_screen(window, full_window=screen.phase is SessionPhase.DONE)
    drawn = bars.draw_heading(screen, places.bar, places.unit)
    drawn += bars.draw_keys(screen, places.keys, places.unit)
    match screen.phase:
        case SessionPhase.SETUP | SessionPhase.COUNTDOWN | SessionPhase.GUIDED | SessionPhase.REST if screen.block is not None:
            drawn += draw_guided(screen, screen.block, places)
        case SessionPhase.SETUP | SessionPhase.COUNTDOWN:
            drawn += _preparing(screen, spec, places)
        case SessionPhase.STRETCH:
            drawn += _stretching(screen, spec, places)
        case SessionPhase.REST:
            drawn += _resting(screen, spec, places)
        case SessionPhase.PAUSED:
            drawn += _paused(places)
        case SessionPhase.PAIN:
            drawn += _asking(screen, places)
        case SessionPhase.LOST:
            drawn += _lost(screen, places)
        case SessionPhase.DONE:
            drawn += _done(screen, places)
    focus = screen.focus
    mirrored = (picture - focus[2], focus[1], picture - focus[0], focus[3]) if focus is not None else None
    place = place_picture(places.picture, picture, mirrored)
    return ScreenDrawing(
        room=places.picture,
        picture=place,
        dim=_DIMMED.get(screen.phase, 0.0),
        figure=tuple(_figure(screen, spec, places.picture, place)),
        marks=tuple(drawn),
    )


def _figure(screen: ScreenState, spec: StretchSpec | None, room: Box, picture: Box) -> Iterator[Line | Dot]:
    """Yield the bones of the person while they stretch, and points, mirrored with the picture, in heights of `room`."""
    scale = picture.height / room.height
    left, low = (picture.left - room.left) / room.height, (picture.low - room.low) / room.height

    def at(place: Vec) -> Vec:
        return left + picture.width / room.height - place[0] * scale, low + place[1] * scale

    for start, end in pairwise(screen.points):
        yield Line(start=at(start), end=at(end), width=_POINT / 2, tone=Tone.ADJUST)
    for place in screen.points:
        yield Dot(at=at(place), radius=_POINT, tone=Tone.ADJUST)
    moment = screen.moment
    if screen.phase is not SessionPhase.STRETCH or spec is None or moment is None or moment.landmarks is None:
        return
    for mark in skeleton(moment.landmarks, moment.assessment, spec):
        if isinstance(mark, Dot):
            yield Dot(at=at(mark.at), radius=mark.radius * scale, tone=mark.tone)
        else:
            yield Line(start=at(mark.start), end=at(mark.end), width=mark.width * scale, tone=mark.tone)


def _preparing(screen: ScreenState, spec: StretchSpec | None, places: ScreenLayout) -> list[Mark]:
    unit = places.unit
    if screen.phase is SessionPhase.COUNTDOWN and screen.count is not None:
        drawn = _verdict(wording.GET_READY, Status.ELSEWHERE, places) if spec is not None else []
        drawn += dial.draw_count(screen.count, wording.SECONDS, places.clock, unit)
        drawn += _side(screen, places.side, unit)
        drawn += _silhouette(spec, -screen.facing, places.gauges) if spec is not None else []
        return drawn + _sentence(screen.instruction, places.caption, _CAPTION * unit)
    drawn = _silhouette(spec, -screen.facing, places.sketch) if spec is not None else []
    drawn += _side(screen, places.state, unit)
    return drawn + _sentence(screen.instruction, places.message, _HEADLINE * unit)


def _stretching(screen: ScreenState, spec: StretchSpec | None, places: ScreenLayout) -> list[Mark]:
    """The verdict, the clock, and the one sentence of now. Gauges only of somebody in the shape, else how to get into it."""
    moment, unit = screen.moment, places.unit
    assessment = moment.assessment if moment is not None else None
    status = assessment.status if assessment is not None else Status.ELSEWHERE
    drawn = _verdict(wording.verdict(status, assessment.reason if assessment is not None else None), status, places)
    drawn += _side(screen, places.side, unit)
    drawn += dial.draw_clock(
        screen.held_s, screen.goal_s, places.clock, unit, running=screen.counting, to_the_end=screen.to_the_end
    )
    if screen.breath is not None:
        drawn += dial.draw_pacer(screen.breath, places.breath, unit)
    if spec is not None and status is Status.ELSEWHERE:
        drawn += _silhouette(spec, -screen.facing, places.gauges)
    elif spec is not None:
        judged = assessment if status is not Status.UNSEEN else None
        cause = cause_of(spec, assessment) if assessment is not None else None
        drawn += gauges(spec, judged, cause, places.gauges, unit)
    if screen.instruction is None:
        return drawn + _sentence(screen.coaching, places.caption, _COACHING * unit, bold=False)
    return drawn + _sentence(screen.instruction, places.caption, _CAPTION * unit)


def _verdict(text: str, status: Status, places: ScreenLayout) -> list[Mark]:
    """Return the state in large letters beside its sign."""
    room, unit = places.state, places.unit
    return [
        *draw_paragraph(
            text, room, _STATE * unit, tone=TONES[status], anchor=Anchor.LEFT, indent=0.125 * unit, background=False
        ),
        *_sign(status, (room.left + 0.055 * unit, room.middle[1]), 0.08 * unit),
    ]


def _resting(screen: ScreenState, spec: StretchSpec | None, places: ScreenLayout) -> list[Mark]:
    unit = places.unit
    drawn = _silhouette(spec, -screen.facing, places.gauges) if spec is not None else []
    if screen.count is not None:
        drawn += dial.draw_count(screen.count, wording.REST_LEFT, places.clock, unit)
    drawn += _side(screen, places.side, unit)
    return drawn + _sentence(screen.instruction, places.caption, _HEADLINE * unit)


def _paused(places: ScreenLayout) -> list[Mark]:
    board, unit = places.board, places.unit
    x, y = board.middle
    word = Box(left=board.left, low=y - 0.15 * unit, width=board.width, height=0.15 * unit)
    return [
        *dial.draw_pause_bars((x, y + 0.13 * unit), 0.15 * unit),
        *draw_paragraph(phrases.PAUSED, word, _HEADLINE * unit, background=False),
    ]


def _asking(screen: ScreenState, places: ScreenLayout) -> list[Mark]:
    board, unit = places.board, places.unit
    question, *rows = _slices(board, 1 + len(phrases.LEADS_TO))
    drawn = draw_paragraph(screen.instruction or phrases.HOW, question, _CAPTION * unit, background=False)
    large, small = min(_HEADLINE * unit, 0.5 * rows[0].height), min(_SIDE * unit, 0.35 * rows[0].height)
    words = [(large, KEY_NAMES[key]) for key in phrases.LEADS_TO] + [(small, text) for text in phrases.LEADS_TO.values()]
    wide, indent = max(text_metrics.width(text, size) for size, text in words), 0.12 * unit
    left = max(board.left, min(board.middle[0] - 0.3 * unit, board.right - indent - wide))
    share = min(1.0, (board.right - left - indent) / wide)
    for (key, leads_to), row in zip(phrases.LEADS_TO.items(), rows, strict=True):
        upper, lower = row.low + 0.62 * row.height, row.low + 0.16 * row.height
        drawn += [
            Text(at=(left, upper), text=CAPS[key], size=share * large, tone=Tone.ADJUST, bold=True),
            Text(at=(left + indent, upper), text=KEY_NAMES[key], size=share * large, bold=True),
            Text(at=(left + indent, lower), text=leads_to, size=share * small),
        ]
    return drawn


def _lost(screen: ScreenState, places: ScreenLayout) -> list[Mark]:
    unit = places.unit
    upper, lower = _slices(places.board, 2)
    return [
        *sign(Status.UNSEEN, (upper.middle[0], upper.low + 0.4 * upper.height), 0.16 * unit),
        *draw_paragraph(screen.instruction or phrases.NO_PICTURE, lower, _CAPTION * unit, background=False),
    ]


def _done(screen: ScreenState, places: ScreenLayout) -> list[Mark]:
    """What was done of what was asked, why it ended, each stretch that was begun, what went well and what to work on."""
    summary, unit = screen.summary, places.unit
    begun, waiting, told = begun_rows(summary), waiting_text(summary), summary_sentences(summary)
    left = [waiting] if waiting else []
    head, *below = summary_head(summary, screen.instruction)
    slices = _slices(places.board, max(9, 4 + len(begun) + len(left) + len(told)))
    drawn = _sentence(head, _span(slices[:2]), _HEADLINE * unit)
    drawn += _sentence(next(iter(below), None), slices[2], _SIDE * unit, bold=False)
    rows, foot = slices[3 : 3 + len(begun) + len(left)], slices[-len(told) :]
    stacked = places.board.width < _ONE_LINE * unit
    size = min(0.058 * unit, (0.36 if stacked else 0.55) * rows[0].height) if rows else 0.0
    longest = max((text_metrics.width(row.name, size) for row in begun), default=0.0)
    size *= min(1.0, (0.9 if stacked else _NAMES) * places.board.width / max(longest, 1e-9))
    for row, box in zip(begun, rows, strict=False):
        drawn += _draw_row(row, box, size, stacked=stacked)
    for text, box in zip(left, rows[len(begun) :], strict=True):
        drawn += draw_paragraph(text, box, size, anchor=Anchor.LEFT, background=False, bold=False, indent=1.4 * size)
    said = [(sentence, box) for sentence, box in zip(told, foot, strict=True) if sentence]
    least = min((text_metrics.fit(text, _SIDE * unit, box.width, box.height)[0] for text, box in said), default=0.0)
    for sentence, box in said:
        drawn += _sentence(sentence, box, least, bold=False)
    return drawn


def _draw_row(row: SummaryRow | BlockRow, box: Box, size: float, *, stacked: bool) -> list[Mark]:
    """Return a line of the summary (two where it is narrow): sign, stretch and side, and what became of it."""
    upper, lower = (box.low + 0.72 * box.height, box.low + 0.32 * box.height) if stacked else (box.middle[1],) * 2
    start = 1.4 * size + (0.0 if stacked else (_NAMES + 0.02) * box.width)
    high = 1.2 * size if stacked else box.height
    place = Box(left=box.left + start, low=lower - high / 2, width=box.width - start, height=high)
    at = box.left + 0.6 * size, upper
    dash = Text(at=at, text="–", size=size, anchor=Anchor.CENTRE, bold=True)
    anchor, tone = Anchor.LEFT if stacked else Anchor.RIGHT, Tone.GOOD if row.done else Tone.PLAIN
    return [
        *(sign(Status.CORRECT, at, 0.7 * size) if row.done else [dash]),
        Text(at=(box.left + 1.4 * size, upper), text=row.name, size=size),
        *draw_paragraph(row_text(row), place, size, anchor=anchor, background=False, tone=tone),
    ]


def _side(screen: ScreenState, box: Box, unit: float) -> list[Mark]:
    text = side_text(screen)
    if text is None:
        return []
    return draw_paragraph(text, box, _SIDE * unit, anchor=Anchor.LEFT, background=False)


def _sentence(text: str | None, box: Box, size: float, *, bold: bool = True) -> list[Mark]:
    return draw_paragraph(text, box, size, bold=bold, background=False) if text else []


def _span(boxes: Sequence[Box]) -> Box:
    """Return the box that spans these, one below the other from the top down."""
    top, low = boxes[0], boxes[-1]
    return Box(left=low.left, low=low.low, width=low.width, height=top.top - low.low)


def _slices(box: Box, count: int) -> list[Box]:
    """Return `count` boxes of one height, from the top down."""
    high = box.height / count
    return [Box(left=box.left, low=box.top - high * (i + 1), width=box.width, height=high) for i in range(count)]
