"""A flexibility check at the terminal: what was read of each side, in soft words, or why there is no verdict."""

from collections.abc import Iterator, Sequence
from math import ceil, hypot
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.text import Text

from formcheck.cli import terminal
from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.core import wording
from formcheck.core.plain_text import one_line
from formcheck.core.values import Side
from formcheck.people.history.checks import CheckRecord, detectable_deg, last_alike, sides_differ_again, told_apart

if TYPE_CHECKING:
    from formcheck.analysis.checks.result import CheckedSide
    from formcheck.stretches.checks import CheckSpec

_HEADS = ("check", "day", "side", "reading", "degrees", "give or take", "band", "id")


def print_check(console: Console, spec: "CheckSpec", sides: "Sequence[CheckedSide]", *, level_deg: float | None) -> None:
    """Print what is told of each side, and what no camera sees."""
    console.print(Group(*_parts(spec, sides, level_deg=level_deg)))


def _parts(spec: "CheckSpec", sides: "Sequence[CheckedSide]", *, level_deg: float | None) -> Iterator[RenderableType]:
    yield Text(spec.title, style="bold")
    if not sides:
        yield Text(wording.CHECK_NOBODY.format(setup=spec.setup))
    for side in sides:
        yield Text()
        title = wording.SIDES[side.side].title
        yield Text(wording.CHECK_SIDE.format(side=title, count=len(side.trials)) if side.trials else title)
        if side.error_deg is not None:
            yield WrappedTable(columns("", "", ""), list(_rows(spec, side)), indented=True)
            yield Text(_error(spec, side, side.error_deg))
        if side.reasons:
            yield Text(wording.CHECK_NO_VERDICT, style="warn")
            yield from (Text(f"  {reason}") for reason in side.reasons)
    yield Text()
    if sides:
        yield Text(wording.CHECK_UNLEVELLED if level_deg is None else wording.CHECK_LEVEL.format(degrees=level_deg))
    if {side.side for side in sides if side.angles[spec.main.name] is not None} == set(Side):
        yield Text(wording.CHECK_SIDES_APART.format(degrees=_detectable(sides)))
    yield Text(wording.CHECK_UNSEEN)
    yield from (Text(f"  {one}") for one in spec.unseen)
    yield Text(wording.CHECK_NO_DIAGNOSIS)


def print_change(console: Console, spec: "CheckSpec", records: Sequence[CheckRecord], earlier: Sequence[CheckRecord]) -> None:
    """Print what has changed since the last time, as far as it can be told; nothing where there was none."""
    readings = {reading.name: reading for reading in spec.readings}
    for record in records:
        before = last_alike(record, earlier)
        if before is None:
            continue
        reading = readings[record.reading]
        values = {"name": reading.title, "side": record.side, "day": f"{before.taken:%d %b %Y}"}
        if told_apart(record, before):
            now, then = reading.in_words(record.degrees), reading.in_words(before.degrees)
            console.print(wording.CHECK_CHANGED.format(**values, now=now, before=then))
        else:
            console.print(wording.CHECK_NO_CHANGE.format(**values, degrees=ceil(detectable_deg(record, before))))
    for name, reading in readings.items():
        if (apart := sides_differ_again(records, earlier, name)) is not None:
            console.print(wording.CHECK_SIDES_DIFFER.format(name=reading.title, degrees=round(abs(apart))))


def print_kept_checks(records: Sequence[CheckRecord], *, below: bool) -> None:
    """Print the table of checks that were kept, a reading a row; `below` sessions, after a blank line."""
    console = terminal.console()
    if below:
        console.print()
    heads = columns(*_HEADS, right=("degrees", "give or take"), whole=("day", "id"))
    rows = [
        (
            one_line(one.check),
            f"{one.taken:%d %b %Y}",
            str(one.side),
            one_line(one.reading),
            f"{one.degrees:.0f}",
            f"{one.error_deg:.0f}",
            one_line(one.band or wording.CHECK_WITHOUT),
            one_line(one.short_id),
        )
        for one in records
    ]
    console.print(WrappedTable(heads, rows))


def _error(spec: "CheckSpec", side: "CheckedSide", error_deg: float) -> str:
    values = {"name": spec.main.title, "error": round(error_deg)}
    if side.spread_deg is None:
        return wording.CHECK_ERROR_OF_ONE.format(**values)
    return wording.CHECK_ERROR.format(**values, spread=round(side.spread_deg), count=side.read)


def _rows(spec: "CheckSpec", side: "CheckedSide") -> Iterator[tuple[str, str, str]]:
    for reading in spec.readings:
        value = side.angles[reading.name]
        if value is not None:
            row = reading.band_of(value) if side.bands[reading.name] is not None else None
            yield reading.title, reading.in_words(value), row.words if row is not None else ""


def _detectable(sides: "Sequence[CheckedSide]") -> int:
    """Return by how many degrees two sides must differ for it to be more than their errors."""
    return round(hypot(*(side.error_deg or 0.0 for side in sides)))
