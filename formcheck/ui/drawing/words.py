"""The words over a picture as a block of plates, and the ring of the hold, at places where the person is not.

The block is title, state and sentence, in a corner, with the title at the edge; the ring is in another corner. A place is
chosen for how little of the body is hidden there, and kept until it has been covered for a while (`placement`).
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import inf

from formcheck.analysis.form.causes import shown_sentence
from formcheck.analysis.form.verdict import in_doubt
from formcheck.core import wording
from formcheck.core.geometry import Vec
from formcheck.core.measures import MEASURES
from formcheck.core.values import Moment, Status
from formcheck.core.wording.language import shown
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.areas import Area, BodyArea
from formcheck.ui.drawing.overlay import TONES, seconds, sign
from formcheck.ui.drawing.placement import PlaceChoice, choose_place
from formcheck.ui.drawing.shapes import Mark, Ring, Text, TextBackground, Tone

_TITLE, _STATE, _SENTENCE = 0.044, 0.085, 0.066
"""Heights of lines, in units."""
_MARGIN, _GAP, _PAD = 0.028, 0.008, 0.36
"""Between the block and the edge of the picture and between plates, in units; round words on a plate, in line heights."""
_SIGN, _INDENT = 0.76, 1.0
"""The size of the sign of the state, and what it takes of the line, in line heights."""
_RING = 0.095
"""The radius of the ring, in units."""
_BESIDE_RING = 2 * _RING + 2 * _MARGIN
_TALLEST_SENTENCE = 0.22
"""In frame heights; what needs more has smaller letters."""

_PATIENCE_S = 1.0
"""How long a place may be covered while another one is free."""
_PER_COVERED = 10.0
"""What a frame height of hidden limbs costs; costs of taste are below `placement.TOLERABLE`."""
_FOR_LATER = 4.0
"""The same of limbs that a longer sentence would hide."""


class Corner(Enum):
    """A corner of the picture, in the order of preference for words."""

    UPPER_LEFT = 0.0, 1.0
    UPPER_RIGHT = 1.0, 1.0
    LOWER_LEFT = 0.0, 0.0
    LOWER_RIGHT = 1.0, 0.0

    @property
    def right(self) -> bool:
        """Whether it is on the right."""
        return self.value[0] > 0.0

    @property
    def upper(self) -> bool:
        """Whether it is at the top."""
        return self.value[1] > 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentWords:
    """What is to be read of a moment, as it is shown: the title, the state in a word, and what to do, if anything.

    `expected` are sentences that may come while the stretch goes on.
    """

    title: str
    state: str
    status: Status
    sentence: str | None
    expected: tuple[str, ...]


def words_of(moment: Moment, spec: StretchSpec, *, still: bool) -> MomentWords:
    """Return what is written over `moment`. A `still` has no clock, and asks for nothing to be held."""
    assessment = moment.assessment
    side = assessment.side or (moment.hold.side if moment.hold else None)
    if assessment.status is Status.UNSEEN and assessment.reason is not None:
        title = wording.REASONS[assessment.reason].title
    elif not moment.recognised:
        title = wording.WAITING
    else:
        title = wording.STRETCH_ON_SIDE.format(title=spec.title, side=side) if side else spec.title
    row = wording.STATUSES[assessment.status]
    state = (row.photo if still else row.film) or wording.verdict(assessment.status, assessment.reason)
    sentence = shown_sentence(spec, moment) if moment.recognised else None
    if still and moment.recognised and (doubtful := in_doubt(spec, assessment)):
        # A film shows what comes of it, a moment later.
        state, sentence = wording.BORDERLINE, wording.NEAR_LIMIT.format(name=MEASURES[doubtful[0]].name_with_leg)
    expected = tuple(shown(fault.cue) for fault in spec.faults) if moment.recognised and not still else ()
    return MomentWords(
        title=shown(title),
        state=shown(state),
        status=assessment.status,
        sentence=shown(sentence) if sentence is not None else None,
        expected=expected,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordBlock:
    """Words at a place: their plates, what is drawn, and the room in which the longest sentence would stand as well."""

    plates: tuple[Area, ...]
    marks: tuple[Mark, ...]
    reserve: Area | None


def unit_of(aspect: float, height_px: int) -> float:
    """Return what sizes are multiplied with: less for an upright picture, more where letters would be too small to read."""
    unit = min(1.0, 0.35 + 0.5 * aspect)
    return unit * min(1.5, max(1.0, _READABLE_PX / (_TITLE * unit * height_px)))


_READABLE_PX = 14.0
"""The least height of a line of text, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPlace:
    """A place for a block: its corner, how wide it may be, in frame heights, and whether the title stands beside the state."""

    corner: Corner
    width: float
    flat: bool = False


@lru_cache(maxsize=16)
def block_places(aspect: float, unit: float) -> tuple[BlockPlace, ...]:
    """Return the places for a block; those that are liked best come first."""
    whole = aspect - 2 * _MARGIN * unit
    shapes = [(0.6 * aspect, False), (whole - _BESIDE_RING * unit, True), (0.36 * aspect, False)]
    if aspect < 1.0:
        shapes = [(whole, False), (whole - _BESIDE_RING * unit, False)]
    return tuple(BlockPlace(corner=corner, width=width, flat=flat) for width, flat in shapes for corner in Corner)


@lru_cache(maxsize=128)
def lay_out(words: MomentWords, place: BlockPlace, aspect: float, unit: float) -> WordBlock:
    """Return `words` in a corner of the picture; title and state are at the edge, the sentence is farther from it."""
    width, corner = place.width, place.corner
    title = _paragraph(words.title, _TITLE * unit, width, 2.6 * _TITLE * unit, bold=False)
    state = _paragraph(words.state, _STATE * unit, width, _STATE * unit, tone=TONES[words.status], indent=_INDENT)
    rows = [[title], [state]]
    if place.flat and title.wide + _GAP * unit + state.wide <= width:
        rows = [[title, state] if corner.right else [state, title]]
    sentence = _sentence(words.sentence, width, unit) if words.sentence is not None else None
    if sentence is not None:
        rows.append([sentence])
    edge, gap = _MARGIN * unit, _GAP * unit
    at = 1.0 - edge if corner.upper else edge
    plates, marks = list[Area](), list[Mark]()
    for row in rows:
        tall = max(paragraph.tall for paragraph in row)
        low = at - tall if corner.upper else at
        left = aspect - edge - sum(one.wide for one in row) - gap * (len(row) - 1) if corner.right else edge
        for paragraph in row:
            area = Area(left, low, left + paragraph.wide, low + tall)
            plates.append(area)
            marks += paragraph.drawn(area)
            if paragraph is state:
                size = _SIGN * state.size
                marks += sign(words.status, (left + _PAD * state.size + 0.45 * size, low + tall / 2), size)
            left += paragraph.wide + gap
        at = low - gap if corner.upper else low + tall + gap
    if sentence is not None:
        at = plates[-1].top + gap if corner.upper else plates[-1].low - gap
    expected = [_sentence(one, width, unit) for one in words.expected]
    reserve = None
    if expected:
        wide, tall = max(one.wide for one in expected), max(one.tall for one in expected)
        left, low = aspect - edge - wide if corner.right else edge, at - tall if corner.upper else at
        reserve = Area(left, low, left + wide, low + tall)
    return WordBlock(plates=tuple(plates), marks=tuple(marks), reserve=reserve)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """Lines of text on a plate that is so wide and so tall; before them `indent` line heights are free."""

    lines: tuple[str, ...]
    size: float
    tone: Tone
    bold: bool
    indent: float
    wide: float
    tall: float

    def drawn(self, area: Area) -> list[Mark]:
        """Return the plate, and the lines in the middle of it."""
        pitch = text_metrics.PITCH * self.size
        left = area.left + (_PAD + self.indent) * self.size
        top = (area.low + area.top + pitch * (len(self.lines) - 1)) / 2
        return [
            TextBackground(low=(area.left, area.low), high=(area.right, area.top)),
            *(
                Text(at=(left, top - i * pitch), text=line, size=self.size, tone=self.tone, bold=self.bold)
                for i, line in enumerate(self.lines)
            ),
        ]


def _sentence(text: str, width: float, unit: float) -> _Paragraph:
    return _paragraph(text, _SENTENCE * unit, width, _TALLEST_SENTENCE)


@lru_cache(maxsize=256)
def _paragraph(
    text: str,
    size: float,
    width: float,
    height: float,
    *,
    tone: Tone = Tone.PLAIN,
    bold: bool = True,
    indent: float = 0.0,
) -> _Paragraph:
    """Return `text` in lines on a plate no wider than `width`; words no higher than `height`, or in smaller letters."""
    room = width - (2 * _PAD + indent) * size
    size, lines = text_metrics.fit(text, size, room, height)
    wide = max(text_metrics.width(line, size) for line in lines) + (2 * _PAD + indent) * size
    tall = size * (1 + text_metrics.PITCH * (len(lines) - 1) + 2 * _PAD)
    return _Paragraph(lines=lines, size=size, tone=tone, bold=bold, indent=indent, wide=wide, tall=tall)


def place_block(
    words: MomentWords,
    body: BodyArea | None,
    aspect: float,
    unit: float,
    before: PlaceChoice | None,
    now_s: float,
    *,
    changed: bool,
) -> tuple[WordBlock, PlaceChoice]:
    """Return the block where it hides least of the body, or where it was `before`, and the choice to hand in next time.

    With a sentence that has `changed` the block looks otherwise anyway: it does not stay where that would hide the body.
    """
    places = block_places(aspect, unit)

    def cost(index: int, _: float) -> float:
        block = lay_out(words, places[index], aspect, unit)
        if body is None:
            return 0.006 * index
        covered = _PER_COVERED * sum(map(body.covered, block.plates))
        if block.reserve is not None and (before is None or index != before.index):  # what may come drives nothing away
            covered += _FOR_LATER * body.covered(block.reserve)
        return 0.006 * index + covered

    choice = choose_place(before, cost, len(places), now_s, 0.0 if changed else _PATIENCE_S)
    return lay_out(words, places[choice.index], aspect, unit), choice


def place_ring(
    moment: Moment,
    block: WordBlock,
    body: BodyArea | None,
    aspect: float,
    unit: float,
    before: PlaceChoice | None,
) -> tuple[Area, list[Mark], PlaceChoice]:
    """Return the area of the ring of the hold, off the block and off the body as far as can be, and the ring itself."""
    radius = _RING * unit
    inset = radius + _MARGIN * unit
    high, low, left, right = 1.0 - inset, inset, inset, aspect - inset
    low_end, high_end = min(plate.low for plate in block.plates), max(plate.top for plate in block.plates)
    beside = low_end - inset if high_end + low_end > 1.0 else high_end + inset
    centres = [(right, high), (left, high), (right, low), (left, low), (right, beside), (left, beside)]
    areas = [Area(x - radius, y - radius, x + radius, y + radius) for x, y in centres]

    def cost(index: int, _: float) -> float:
        area = areas[index]
        if area.overlaps_any(block.plates, _GAP * unit) or not area.inside(aspect):
            return inf
        later = 0.5 if block.reserve is not None and area.overlaps(block.reserve) else 0.0
        return 0.01 * index + later + (_PER_COVERED * body.covered(area) if body is not None else 0.0)

    choice = choose_place(before, cost, len(centres), moment.time_s, _PATIENCE_S)
    return areas[choice.index], clock(moment, centres[choice.index], radius, unit), choice


def clock(moment: Moment, centre: Vec, radius: float, unit: float) -> list[Mark]:
    """The ring of the hold: whole seconds held, large, and the goal. What is held to the end has no ring to fill."""
    share = min(1.0, moment.held_s / moment.goal_s) if moment.goal_s is not None else 0.0
    return [
        Ring(at=centre, radius=radius, width=0.022 * unit, share=share, tone=Tone.GOOD),
        *seconds(moment.held_s, moment.goal_s, centre, radius, to_the_end=moment.goal_s is None),
    ]
