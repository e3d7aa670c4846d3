"""What the tables of a stretch say against each other, each being in order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from formcheck.core.wording.language import N_
from formcheck.stretches.validation import tables_in

ALWAYS_THERE = N_(
    "{key} {limit:g} takes in all of the full credit for {measure}, {start:g}..{end:g}: whoever does it right has the fault; "
    "mend one of them (both are degrees)"
)


def always_there(data: Mapping[str, Any]) -> Iterator[tuple[int, frozenset[str], str]]:
    """Yield the faults that everybody in the full range of their measures has: its place, the measures, and what is wrong.

    `data` are those of a file, which may be wrong in any other way too. What counts from the start of the hold has no range.
    """
    full = {str(table.get("measure")): span for _, table in tables_in(data, "targets") if (span := _numbers(table.get("full")))}
    for i, fault in tables_in(data, "faults"):
        limits = [fault, *(limit for _, limit in tables_in(fault, "also"))]
        if fault.get("from_start") is not True and all(_takes_in(one, full.get(str(one.get("measure")), [])) for one in limits):
            key, measure = "below" if fault.get("above") is None else "above", str(fault["measure"])
            start, end = full[measure][0], full[measure][-1]
            told = ALWAYS_THERE.format(key=key, limit=fault[key], measure=measure, start=start, end=end)
            yield i, frozenset(str(one["measure"]) for one in limits), told


def _takes_in(limit: Mapping[str, Any], full: Sequence[float]) -> bool:
    """Whether all of a full range is beyond a limit; not where either is not known."""
    above, below = (_numbers([limit.get(key)]) for key in ("above", "below"))
    return bool(full) and bool(above) != bool(below) and (min(full) > above[0] if above else max(full) < below[0])


def _numbers(given: object) -> Sequence[float]:
    """Return a list of numbers, an empty one where something else is given."""
    return given if isinstance(given, list) and all(type(one) in (int, float) for one in given) else []
