"""The few angles that matter most, each with its target range: name, number, and a needle over a band.

Inside the band a number has a tick, outside an exclamation mark, unseen a question mark; so it reads in grey as well.
"""

from formcheck.analysis.assessment import within
from formcheck.core.measures import MEASURES
from formcheck.core.values import Assessment, Status
from formcheck.stretches import StretchSpec, Target
from formcheck.ui.drawing.overlay import sign
from formcheck.ui.drawing.shapes import Anchor, Line, Mark, Text, TextBackground, Tone
from formcheck.ui.screen.cached import cached_marks
from formcheck.ui.screen.places import Box

AT_MOST = 3
"""More are not taken in from three metres away."""

Range = tuple[float, float]

_WIDE, _TALL = 0.4, 0.135
_NAME, _NUMBER = 0.043, 0.057
"""Heights of lines. All in units."""


def gauges(spec: StretchSpec, assessment: Assessment | None, box: Box, unit: float) -> list[Mark]:
    """Return a gauge for each of the targets of `spec` with the largest weights, in rows within `box`."""
    targets = weightiest(spec)
    columns = max(1, min(len(targets), int(box.width / (0.88 * _WIDE * unit))))
    rows = -(-len(targets) // columns)
    wide, tall = min(_WIDE * unit, box.width / columns), min(_TALL * unit, box.height / rows)
    drawn: list[Mark] = []
    for i, target in enumerate(targets):
        left, low = box.left + wide * (i % columns), box.top - tall * (i // columns + 1)
        place = Box(left=left, low=low, width=wide - 0.01 * unit, height=tall - 0.01 * unit)
        value = assessment.measurements.get(target.measure) if assessment is not None else None
        drawn += _gauge(target, value, place, unit)
    return drawn


def weightiest(spec: StretchSpec) -> tuple[Target, ...]:
    """Return the essential targets that weigh most, heaviest first."""
    essential = [target for target in spec.targets if target.essential] or list(spec.targets)
    return tuple(sorted(essential, key=lambda target: -target.weight)[:AT_MOST])


def _gauge(target: Target, value: float | None, box: Box, unit: float) -> list[Mark]:
    status = Status.UNSEEN if value is None else Status.CORRECT if within(target, value) else Status.ADJUST
    tone = {Status.UNSEEN: Tone.UNSEEN, Status.CORRECT: Tone.PLAIN, Status.ADJUST: Tone.ADJUST}[status]
    upper, lower = box.low + 0.755 * box.height, box.low + 0.29 * box.height
    left, right = _ends(box, unit)
    text = "–" if value is None else f"{round(value)}°"
    number = Text(at=(left - 0.025 * unit, lower), text=text, size=_NUMBER * unit, tone=tone, anchor=Anchor.RIGHT, bold=True)
    drawn = [*_dial(target.measure, target.zero, target.full, status, box, unit, upper=upper, lower=lower), number]
    if value is not None:
        at = _along(value, target.zero, left, right)
        drawn.append(Line(start=(at, lower - 0.024 * unit), end=(at, lower + 0.024 * unit), width=0.011 * unit, tone=tone))
    return drawn


@cached_marks
def _dial(
    measure: str, zero: Range, full: Range, status: Status, box: Box, unit: float, *, upper: float, lower: float
) -> list[Mark]:
    """All of a gauge but its number and needle."""
    left, right = _ends(box, unit)
    start, end = (_along(degrees, zero, left, right) for degrees in full)
    return [
        TextBackground(low=(box.left, box.low), high=(box.right, box.top)),
        Text(at=(box.left + 0.015 * unit, upper), text=MEASURES[measure].name_with_leg, size=_NAME * unit),
        *sign(status, (box.right - 0.035 * unit, upper), 0.036 * unit),
        Line(start=(left, lower), end=(right, lower), width=0.006 * unit, tone=Tone.FAINT),
        Line(start=(start, lower), end=(end, lower), width=0.018 * unit, tone=Tone.GOOD),
    ]


def _ends(box: Box, unit: float) -> tuple[float, float]:
    return box.left + 0.19 * unit, box.right - 0.025 * unit


def _along(degrees: float, zero: Range, left: float, right: float) -> float:
    low, high = zero
    return left + (right - left) * (min(max(degrees, low), high) - low) / (high - low)
