"""A flexibility check at the terminal: what was read of each side, in soft words, or why there is no verdict."""

from collections.abc import Iterator, Sequence
from math import hypot

from rich.console import Console, Group, RenderableType
from rich.text import Text

from formcheck.analysis.checks.result import CheckedSide
from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.core import wording
from formcheck.core.values import Side
from formcheck.stretches.checks import CheckSpec


def print_check(console: Console, spec: CheckSpec, sides: Sequence[CheckedSide], *, levelled: bool) -> None:
    """Print what is told of each side, and what no camera sees."""
    console.print(Group(*_parts(spec, sides, levelled=levelled)))


def _parts(spec: CheckSpec, sides: Sequence[CheckedSide], *, levelled: bool) -> Iterator[RenderableType]:
    yield Text(spec.title, style="bold")
    if not sides:
        yield Text(wording.CHECK_NOBODY)
    for side in sides:
        yield Text()
        yield Text(wording.CHECK_SIDE.format(side=wording.SIDES[side.side].title, count=len(side.trials)))
        if side.error_deg is not None and side.spread_deg is not None:
            yield WrappedTable(columns("", "", ""), list(_rows(spec, side)), indented=True)
            yield Text(
                wording.CHECK_ERROR.format(
                    name=spec.main.title, error=round(side.error_deg), spread=round(side.spread_deg), count=spec.trials.count
                )
            )
        if side.reasons:
            yield Text(wording.CHECK_NO_VERDICT, style="warn")
            yield from (Text(f"  {reason}") for reason in side.reasons)
    yield Text()
    if not levelled and sides:
        yield Text(wording.CHECK_UNLEVELLED)
    if {side.side for side in sides if side.angles[spec.main.name] is not None} == set(Side):
        yield Text(wording.CHECK_SIDES_APART.format(degrees=_detectable(sides)))
    yield from (Text(f"{wording.NO_CAMERA_SEES}{one}") for one in spec.unseen)
    yield Text(wording.CHECK_NO_DIAGNOSIS)


def _rows(spec: CheckSpec, side: CheckedSide) -> Iterator[tuple[str, str, str]]:
    for reading in spec.readings:
        value = side.angles[reading.name]
        if value is not None:
            row = reading.band_of(value) if side.bands[reading.name] is not None else None
            yield reading.title, reading.in_words(value), row.words if row is not None else ""


def _detectable(sides: Sequence[CheckedSide]) -> int:
    """Return by how many degrees two sides must differ for it to be more than their errors."""
    return round(hypot(*(side.error_deg or 0.0 for side in sides)))
