"""The few angles that matter most, each with its target range: name, number, and a needle over a band.

Inside the band a number has a tick, outside an exclamation mark, unseen a question mark; so it reads in grey as well.
"""

from dataclasses import dataclass

from formcheck.analysis.form.causes import Cause
from formcheck.core.measures import MEASURES
from formcheck.core.values import Assessment, Status
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.overlay import sign
from formcheck.ui.drawing.shapes import Anchor, Line, Mark, Text, Tone
from formcheck.ui.screen.cached import cached_marks
from formcheck.ui.screen.places import Box

AT_MOST = 3
"""More are not taken in from three metres away."""

Range = tuple[float, float]

_OPEN = 40.0
"""A range that a fault leaves open on one side ends so many degrees from its limit."""

_WIDE, _TALL = 0.4, 0.135
_NAME, _NUMBER = 0.043, 0.057
"""Heights of lines. All in units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GaugeReading:
    """A gauge with what it shows now: `value` in degrees, `None` where that cannot be seen."""

    scale: "Scale"
    value: float | None
    status: Status

    @property
    def text(self) -> str:
        """The number as people read it."""
        return "–" if self.value is None else f"{round(self.value)}°"


def read_gauges(spec: StretchSpec, assessment: Assessment | None, cause: Cause | None) -> tuple[GaugeReading, ...]:
    """Return a gauge for each of the targets of `spec` with the largest weights.

    The measure of `cause` is among them, and shown as what it is. Without an assessment all are unseen.
    """
    return tuple(_read(scale, assessment, cause) for scale in shown_scales(spec, cause))


def _read(scale: "Scale", assessment: Assessment | None, cause: Cause | None) -> GaugeReading:
    value = assessment.measurements.get(scale.measure) if assessment is not None else None
    blamed = cause is not None and cause.measure == scale.measure
    good = value is not None and scale.full[0] <= value <= scale.full[1] and not blamed
    status = Status.UNSEEN if value is None else Status.CORRECT if good else Status.ADJUST
    return GaugeReading(scale=scale, value=value, status=status)


def gauges(spec: StretchSpec, assessment: Assessment | None, cause: Cause | None, box: Box, unit: float) -> list[Mark]:
    """Draw the gauges of `read_gauges` in rows within `box`."""
    readings = read_gauges(spec, assessment, cause)
    columns = max(1, min(len(readings), int(box.width / (0.88 * _WIDE * unit))))
    rows = -(-len(readings) // columns)
    wide, tall = min(_WIDE * unit, box.width / columns), min(_TALL * unit, box.height / rows)
    drawn: list[Mark] = []
    for i, reading in enumerate(readings):
        left, low = box.left + wide * (i % columns), box.top - tall * (i // columns + 1)
        place = Box(left=left, low=low, width=wide - 0.01 * unit, height=tall - 0.01 * unit)
        drawn += _gauge(reading, place, unit)
    return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What a gauge shows of a measure: the wanted range `full` within the range `zero`, in degrees."""

    measure: str
    full: Range
    zero: Range

    @property
    def name(self) -> str:
        """What the measure is called."""
        return MEASURES[self.measure].name_with_leg


def shown_scales(spec: StretchSpec, cause: Cause | None) -> tuple[Scale, ...]:
    """Return the essential targets that weigh most, heaviest first; the measure of `cause` takes the last one's place."""
    scales = {target.measure: Scale(measure=target.measure, full=target.full, zero=target.zero) for target in spec.targets}
    essential = [target for target in spec.targets if target.essential] or list(spec.targets)
    shown = [target.measure for target in sorted(essential, key=lambda target: -target.weight)[:AT_MOST]]
    if cause is not None and cause.measure is not None and cause.measure not in shown:
        shown = [*shown[: AT_MOST - 1], cause.measure]
    return tuple(scales.get(name) or _scale_of_faults(spec, name) for name in shown)


def _scale_of_faults(spec: StretchSpec, measure: str) -> Scale:
    """The range that the faults of a measure leave, where no target asks for one."""
    limits = [fault for fault in spec.faults if fault.measure == measure]
    low = max((fault.below for fault in limits if fault.below is not None), default=None)
    high = min((fault.above for fault in limits if fault.above is not None), default=None)
    start, end = (high or 0.0) - _OPEN if low is None else low, (low or 0.0) + _OPEN if high is None else high
    return Scale(measure=measure, full=(start, end), zero=(start - _OPEN / 2, end + _OPEN / 2))


def _gauge(reading: GaugeReading, box: Box, unit: float) -> list[Mark]:
    scale, value, status = reading.scale, reading.value, reading.status
    tone = {Status.UNSEEN: Tone.UNSEEN, Status.CORRECT: Tone.PLAIN, Status.ADJUST: Tone.ADJUST}[status]
    upper, lower = box.low + 0.755 * box.height, box.low + 0.29 * box.height
    left, right = _ends(box, unit)
    number = Text(
        at=(left - 0.025 * unit, lower), text=reading.text, size=_NUMBER * unit, tone=tone, anchor=Anchor.RIGHT, bold=True
    )
    drawn = [*_dial(scale, status, box, unit, upper=upper, lower=lower), number]
    if value is not None:
        at = _along(value, scale.zero, left, right)
        drawn.append(Line(start=(at, lower - 0.024 * unit), end=(at, lower + 0.024 * unit), width=0.011 * unit, tone=tone))
    return drawn


@cached_marks
def _dial(scale: Scale, status: Status, box: Box, unit: float, *, upper: float, lower: float) -> list[Mark]:
    """All of a gauge but its number and needle."""
    left, right = _ends(box, unit)
    start, end = (_along(degrees, scale.zero, left, right) for degrees in scale.full)
    room = box.width - 0.09 * unit  # the sign stands behind it
    size = min(_NAME * unit, room / text_metrics.width(scale.name, 1.0))
    range_tone = Tone.FAINT if status is Status.UNSEEN else Tone.GOOD
    return [
        Text(at=(box.left + 0.015 * unit, upper), text=scale.name, size=size),
        *sign(status, (box.right - 0.035 * unit, upper), 0.036 * unit),
        Line(start=(left, lower), end=(right, lower), width=0.006 * unit, tone=Tone.FAINT),
        Line(start=(start, lower), end=(end, lower), width=0.018 * unit, tone=range_tone),
    ]


def _ends(box: Box, unit: float) -> tuple[float, float]:
    return box.left + 0.19 * unit, box.right - 0.025 * unit


def _along(degrees: float, zero: Range, left: float, right: float) -> float:
    low, high = zero
    return left + (right - left) * (min(max(degrees, low), high) - low) / (high - low)
