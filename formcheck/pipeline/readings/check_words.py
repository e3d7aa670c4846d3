"""What is told of a flexibility check, in sentences, wherever it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, hypot

from formcheck.analysis.checks.result import CheckedSide
from formcheck.core import wording
from formcheck.core.durations import DAY
from formcheck.core.values import Side
from formcheck.people.history.checks import CheckRecord, detectable_deg, last_alike, sides_differ_again, told_apart
from formcheck.stretches.checks import CheckSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class SideInWords:
    """What is told of one side: a title, each reading's name, angle and soft words, how far off they may be, why no verdict.

    Without an angle there are neither rows nor an error; the words of a row are empty without a verdict.
    """

    title: str
    rows: tuple[tuple[str, str, str], ...]
    error: str | None
    reasons: tuple[str, ...]


def side_in_words(spec: CheckSpec, side: CheckedSide) -> SideInWords:
    """Return what is told of `side`."""
    title = wording.SIDES[side.side].title
    known = side.error_deg is not None
    return SideInWords(
        title=wording.CHECK_SIDE.format(side=title, count=len(side.trials)) if side.trials else title,
        rows=tuple(_rows(spec, side)) if known else (),
        error=_error(spec, side, side.error_deg) if side.error_deg is not None else None,
        reasons=side.reasons,
    )


def sides_apart(spec: CheckSpec, sides: Sequence[CheckedSide]) -> str | None:
    """Return by how much two sides must differ for it to be more than their errors; `None` where not both were read."""
    if {side.side for side in sides if side.angles[spec.main.name] is not None} != set(Side):
        return None
    return wording.CHECK_SIDES_APART.format(degrees=round(hypot(*(side.error_deg or 0.0 for side in sides))))


def changes_in_words(spec: CheckSpec, records: Sequence[CheckRecord], earlier: Sequence[CheckRecord]) -> list[str]:
    """Return what has changed since the last time, as far as it can be told; nothing where there was none."""
    readings = {reading.name: reading for reading in spec.readings}
    told: list[str] = []
    for record in records:
        before = last_alike(record, earlier)
        if before is None or record.reading not in readings:  # the check may have been changed since
            continue
        reading = readings[record.reading]
        values = {"name": reading.title, "side": record.side, "day": DAY.format(day=before.taken)}
        if told_apart(record, before):
            now, then = reading.in_words(record.degrees), reading.in_words(before.degrees)
            told.append(wording.CHECK_CHANGED.format(**values, now=now, before=then))
        else:
            told.append(wording.CHECK_NO_CHANGE.format(**values, degrees=ceil(detectable_deg(record, before))))
    for name, reading in readings.items():
        if (apart := sides_differ_again(records, earlier, name)) is not None:
            told.append(wording.CHECK_SIDES_DIFFER.format(name=reading.title, degrees=round(abs(apart))))
    return told


def _error(spec: CheckSpec, side: CheckedSide, error_deg: float) -> str:
    values = {"name": spec.main.title, "error": round(error_deg)}
    if side.spread_deg is None:
        return wording.CHECK_ERROR_OF_ONE.format(**values)
    return wording.CHECK_ERROR.format(**values, spread=round(side.spread_deg), count=side.read)


def _rows(spec: CheckSpec, side: CheckedSide) -> list[tuple[str, str, str]]:
    rows = []
    for reading in spec.readings:
        value = side.angles[reading.name]
        if value is not None:
            row = reading.band_of(value) if side.bands[reading.name] is not None else None
            rows.append((reading.title, reading.in_words(value), row.words if row is not None else ""))
    return rows
