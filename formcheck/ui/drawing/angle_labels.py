"""The measured angles, each on a plate that a thin line ties to its joint; the bar below it is as wide as the angle is unsure.

A label is put where it hides neither the body nor other words, near its joint. It keeps its direction from the joint until it
has been in the way for a while; one that finds no place is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, pi, sin

from formcheck.analysis.assessment import within
from formcheck.analysis.form.causes import cause_of
from formcheck.core.geometry import Vec, distance, vector
from formcheck.core.measures import MEASURES, MeasuredBody, joint_state, locate
from formcheck.core.values import Assessment
from formcheck.core.wording.language import joined, shown
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.areas import Area, BodyArea
from formcheck.ui.drawing.placement import PlaceChoice, choose_place
from formcheck.ui.drawing.shapes import Anchor, Line, Mark, Text, TextBackground, Tone

_SIZE, _LEADER = 0.044, 0.0035
"""The height of the letters and the width of the line to the joint, in units."""
_PAD = 0.28, 0.2
"""Round the words on their plate, in letter heights: beside, and above and below."""
_BAR_ROOM, _BAR_WIDTH, _BAR_END = 0.2, 0.05, 0.09
"""What the bar below the words adds to the height of their plate, how thick it is, and half the height of its ends, in letter
heights."""
_PER_DEGREE = 0.08
"""Half the length of a bar for each degree of its interval's half width, in letter heights; none is longer than its plate."""
_GAP = 0.008
"""Between two plates, in units."""
_DIRECTIONS = tuple((cos(angle), sin(angle)) for angle in (pi * i / 8 for i in range(16)))
_DISTANCES = 0.22, 0.36, 0.52, 0.72, 0.95
"""From the joint to the plate, in sizes of the body."""
_COUNT = len(_DISTANCES) * len(_DIRECTIONS)
"""How many places there are for a label; the next index says that it is left out."""
_PER_SLOPE = 0.02
"""What it costs to stand above or below the joint instead of beside it."""
_SHORTEST, _PER_LENGTH = 0.035, 0.7
"""In units; and what a frame height of the line to the joint costs."""
_SLACK, _SIZE_SLACK = 0.012, 1.08
"""How far a joint may tremble, in frame heights, and how many times larger the body may seem, before a label moves along."""

_PER_COVERED = 6.0
"""What a frame height of hidden limbs costs."""
_CROSSING = 0.3
"""What it costs when the line to the joint crosses a bone or another such line; across words or the face it is twice that."""
_LEFT_OUT = 0.8
"""What leaving a label out costs; that of what is at fault costs `_CAUSE` times as much."""
_CAUSE = 4.0
_PATIENCE_S = 0.3
"""How long a label may be in the way while another place is free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPlace:
    """Where a label was: its choice among all places, and from what they are reckoned: a point near its joint, and a size.

    Joint and body may tremble without them: they stay within `_SLACK` of the joint, and `_SIZE_SLACK` of the body's size.
    """

    choice: PlaceChoice
    anchor: Vec
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleLabels:
    """The labels of a moment: lines to the joints, plates with words, and their places to hand in next time, by measure."""

    leaders: tuple[Line, ...]
    plates: tuple[Mark, ...]
    places: Mapping[str, LabelPlace]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    measure: str
    text: str
    error: float
    joint: Vec
    tone: Tone
    left_out: float


def angle_labels(
    body: MeasuredBody,
    area: BodyArea,
    assessment: Assessment,
    spec: StretchSpec,
    unit: float,
    taken: Sequence[Area],
    before: Mapping[str, LabelPlace],
    now_s: float,
) -> AngleLabels:
    """Return the labels of all targets that are measured, and of what is at fault.

    `taken` are areas with other words; `before` are the places of the moment before.
    """
    aspect, size = body.landmarks.aspect, _SIZE * unit
    taken, leaders, plates = list(taken), list[Line](), list[Mark]()
    places = dict(before)
    for label in _labels(body, assessment, spec):
        last = before.get(label.measure)
        anchor, body_size = label.joint, area.size
        if last is not None:
            anchor = moved_towards(last.anchor, anchor, _SLACK)
            body_size = min(max(last.size, body_size / _SIZE_SLACK), body_size * _SIZE_SLACK)
        kept = last.choice if last is not None else None
        spots = _Spots(label, anchor, body_size, kept, body=area, taken=taken, leaders=leaders, unit=unit, aspect=aspect)
        choice = choose_place(kept, spots.cost, _COUNT + 1, now_s, _PATIENCE_S)
        places[label.measure] = LabelPlace(choice=choice, anchor=anchor, size=body_size)
        if choice.index == _COUNT:
            continue
        place = spots.area(choice.index)
        taken.append(place)
        leaders.append(Line(start=label.joint, end=place.nearest(label.joint), width=_LEADER * unit, tone=label.tone))
        plates += _drawn(label, place, size)
    return AngleLabels(leaders=tuple(leaders), plates=tuple(plates), places=places)


def _labels(body: MeasuredBody, assessment: Assessment, spec: StretchSpec) -> list[_Label]:
    """Return the labels that there could be, the most important first."""
    if assessment.side is None and not (spec.legs is None and assessment.status.in_shape):
        return []
    roles = spec.roles(assessment.side) if assessment.side is not None else {}
    cause = cause_of(spec, assessment)
    at_fault = cause.measure if cause is not None else None
    targets = {target.measure: target for target in spec.targets}
    ranked = []
    for measure in dict.fromkeys([*([at_fault] if at_fault is not None else []), *targets]):
        value, joint = assessment.measurements.get(measure), MEASURES[measure].label_joint
        if value is None or joint is None or joint_state(body, roles, joint) is not None:
            continue
        target = targets.get(measure)
        off = measure == at_fault or (target is not None and not within(target, value))
        label = _Label(
            measure=measure,
            error=assessment.errors.get(measure, 0.0),
            text=shown(joined(" ", [*("!" if off else ""), MEASURES[measure].name_with_leg, f"{round(value)}°"])),
            joint=locate(body, roles, joint),
            tone=Tone.ADJUST if off else Tone.PLAIN,
            left_out=_LEFT_OUT * (_CAUSE if measure == at_fault else 1.0),
        )
        weight = target.weight if target is not None else 0
        ranked.append(((measure != at_fault, not off, target is None or not target.essential, -weight), label))
    return [label for _, label in sorted(ranked, key=lambda one: one[0])]


def _plate(text: str, size: float) -> tuple[float, float]:
    """Return width and height of the plate, the same for one digit as for two."""
    name = text.rpartition(" ")[0]
    widest = max(text_metrics.width(words, size) for words in (text, f"{name} 00°"))
    return widest + 2 * _PAD[0] * size, size * (1 + 2 * _PAD[1] + _BAR_ROOM)


_EDGE = 0.012
"""Between a plate and the edge of the picture, in frame heights."""
_NEARER = 0.85
"""How near to the head a plate may be that is there already, as a share of the head's radius."""
_OWN = 0.15
"""How far round a joint the bones are its own, in sizes of the body."""
_ALONG = (0.25, 0.5, 0.75, 1.0)
"""Where along the line to the joint it is looked at whether it runs over the face or over words."""


class _Spots:
    """The places for the plate of one label, by index: all round its joint, the nearest first."""

    def __init__(
        self,
        label: _Label,
        anchor: Vec,
        size: float,
        kept: PlaceChoice | None,
        *,
        body: BodyArea,
        taken: Sequence[Area],
        leaders: Sequence[Line],
        unit: float,
        aspect: float,
    ) -> None:
        self._label = label
        self._anchor = anchor
        self._size = size
        self._kept = kept.index if kept is not None else None
        self._body = body
        self._taken = taken
        self._leaders = leaders
        self._unit = unit
        self._aspect = aspect
        self._across, self._high = (length / 2 for length in _plate(label.text, _SIZE * unit))

    def area(self, index: int) -> Area:
        """Return a place, pushed back into the picture where it sticks out."""
        ring, direction = divmod(index, len(_DIRECTIONS))
        length = max(_DISTANCES[ring] * self._size, _SHORTEST * self._unit * (1 + ring))
        (right, up), across, high = _DIRECTIONS[direction], self._across, self._high
        x = min(max(self._anchor[0] + right * (length + across), across + _EDGE), self._aspect - across - _EDGE)
        y = min(max(self._anchor[1] + up * (length + high), high + _EDGE), 1.0 - high - _EDGE)
        return Area(x - across, y - high, x + across, y + high)

    def cost(self, index: int, enough: float) -> float:
        """Return what a place costs; counting stops at `enough`."""
        if index == _COUNT:
            return self._label.left_out
        place, joint = self.area(index), self._label.joint
        end = place.nearest(joint)
        line = vector(joint, end)
        cost = _PER_LENGTH * hypot(*line) + _PER_SLOPE * abs(_DIRECTIONS[index % len(_DIRECTIONS)][1])
        if cost >= enough:
            return cost
        # The place that it has already may be a little nearer to words and head, or trembling joints would drive it away.
        gap, share = (0.0, _NEARER) if index == self._kept else (_GAP * self._unit, 1.0)
        if place.overlaps_any(self._taken, gap) or self._body.on_head(place, share) or not place.inside(self._aspect):
            return inf
        cost += _PER_COVERED * self._body.covered(place)
        if cost >= enough:
            return cost
        cost += _CROSSING * sum(_cross(joint, end, other.start, other.end) for other in self._leaders)
        clear = min(1.0, _OWN * self._body.size / (hypot(*line) or 1.0))  # at the joint itself bones meet
        start = joint[0] + clear * line[0], joint[1] + clear * line[1]
        cost += _CROSSING * sum(_cross(start, end, *bone) for bone in self._body.bones)
        if cost >= enough:
            return cost
        for along in _ALONG:
            x, y = joint[0] + along * line[0], joint[1] + along * line[1]
            spot = Area(x, y, x, y)
            if spot.overlaps_any(self._taken) or self._body.on_head(spot, share):
                return cost + 2 * _CROSSING
        return cost


def _cross(start: Vec, end: Vec, other_start: Vec, other_end: Vec) -> bool:
    """Whether two lines cross."""

    def side(a: Vec, b: Vec, point: Vec) -> float:
        return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])

    apart = side(start, end, other_start) * side(start, end, other_end) < 0
    return apart and side(other_start, other_end, start) * side(other_start, other_end, end) < 0


def moved_towards(point: Vec, target: Vec, slack: float) -> Vec:
    """Return `point`, moved straight towards `target` until it is no more than `slack` away from it."""
    apart = distance(point, target)
    if apart <= slack:
        return point
    share = slack / apart
    return target[0] + share * (point[0] - target[0]), target[1] + share * (point[1] - target[1])


def _drawn(label: _Label, area: Area, size: float) -> list[Mark]:
    x = (area.left + area.right) / 2
    middle = (area.low + area.top + _BAR_ROOM * size) / 2
    return [
        TextBackground(low=(area.left, area.low), high=(area.right, area.top)),
        Text(at=(x, middle), text=label.text, size=size, tone=label.tone, anchor=Anchor.CENTRE),
        *_bar(label.error, area, size),
    ]


def _bar(error: float, area: Area, size: float) -> list[Line]:
    """A thin line along the lower edge of a plate, as long as the interval is wide, with its two ends."""
    middle, y = (area.left + area.right) / 2, area.low + _BAR_ROOM * size
    reach = min(_PER_DEGREE * error * size, (area.right - area.left) / 2 - _PAD[0] * size)
    left, right, up = middle - reach, middle + reach, _BAR_END * size
    ends = [((left, y), (right, y)), ((left, y - up), (left, y + up)), ((right, y - up), (right, y + up))]
    return [Line(start=start, end=end, width=_BAR_WIDTH * size, tone=Tone.PLAIN) for start, end in ends]
