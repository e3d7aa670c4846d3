"""Sessions as they are stored: what cannot be read of one costs itself, whatever stands in its place.

Where nothing is damaged, a session is checked as a whole, in one go; where something is, part by part.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from sqlite3 import Connection
from typing import Any

from pydantic import TypeAdapter, ValidationError

from formcheck.core.wording.language import N_, joined, text_of
from formcheck.people.history.checks import CheckRecord
from formcheck.people.history.records import Decided, Entry, GuidedTime, Pain, Seconds, SittingRecord, Stretch, Word
from formcheck.people.history.tables import (
    DECISIONS,
    FAULTS,
    GUIDED,
    PAINS,
    REACH,
    SESSIONS,
    SITTINGS,
    STRETCHES,
    Table,
)
from formcheck.stretches.validation import as_written, model_faults

_OTHER_KIND = N_("something in it is of another kind than formcheck writes")

_OF_STRETCH: Mapping[str, tuple[Table, Any]] = {"faults": (FAULTS, dict[Word, Seconds]), "reach": (REACH, dict[int, Seconds])}
"""The seconds that belong to a stretch: their key in it, their table, and what they may be."""
_LISTED: Mapping[str, tuple[Table, type]] = {
    "stretches": (STRETCHES, Stretch),
    "pains": (PAINS, Pain),
    "blocks": (GUIDED, GuidedTime),
    "decisions": (DECISIONS, Decided),
}
"""What a session has several of: their key in it, their table, and what they are."""
UNREADABLE = (ValueError, TypeError, OverflowError, AttributeError, LookupError)
"""What a value of any kind in the place of any other may raise."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2200
_ASIDE = ("level", "pain_before", "pain_after", "pain_where", "looked_at", "check_put_off")
"""What of a session's own row costs itself alone."""


class Stored:
    """What is stored of sessions: nothing is made of a value yet, so that none can fail.

    Parameters
    ----------
    connection
        With a transaction that has begun.
    which, parameters
        Which sessions, in which order: what comes after `FROM sessions` in SQL.
    """

    def __init__(self, connection: Connection, which: str, parameters: Mapping[str, Any]) -> None:
        def select(table: Table, rest: str) -> Iterable[tuple[Any, ...]]:
            return connection.execute(f"SELECT {', '.join(table.columns)} FROM {table.name} {rest}", parameters)

        self.sessions = [dict(zip(SESSIONS.columns, row, strict=True)) for row in select(SESSIONS, which)]
        of_these = f"WHERE session IN (SELECT id FROM sessions {which}) ORDER BY"
        self._rows: dict[Table, dict[object, list[dict[str, Any]]]] = {}
        for table in (STRETCHES, PAINS, GUIDED, DECISIONS, SITTINGS):
            rows = self._rows[table] = defaultdict(list)
            for row in select(table, f"{of_these} {', '.join(table.key)}"):
                rows[row[0]].append(dict(zip(table.columns, row, strict=True)))
        self._seconds: dict[str, dict[tuple[object, object], dict[Any, Any]]] = {}
        for key, (table, _) in _OF_STRETCH.items():
            seconds = self._seconds[key] = defaultdict(dict)
            for session, number, name, value in select(table, f"{of_these} {', '.join(table.key)}"):
                seconds[session, number][name] = value

    def of(self, session: object, table: Table) -> list[dict[str, Any]]:
        """Return the rows of a session, in order, by the names of their columns."""
        return self._rows[table].get(session, [])

    def seconds(self, stretch: Mapping[str, Any]) -> dict[str, dict[Any, Any]]:
        """Return the seconds that belong to the row of a stretch, by what they are of."""
        of = stretch["session"], stretch["number"]
        return {key: seconds.get(of, {}) for key, seconds in self._seconds.items()}


def read_entry(row: Mapping[str, Any], stored: Stored, told: list[str]) -> Entry:
    """Return what is stored of a session. What of it cannot be read is left out, and what is wrong with it added to `told`.

    Raises ValueError and the like where that is the session itself.
    """
    try:
        return _whole(row, stored)
    except UNREADABLE:
        return _part_by_part(row, stored, told)


def _whole(row: Mapping[str, Any], stored: Stored) -> Entry:
    times = _times(row)
    listed = {key: [_made(one, times["started"]) for one in stored.of(row["id"], table)] for key, (table, _) in _LISTED.items()}
    for stretch in listed["stretches"]:
        stretch.update(stored.seconds(stretch))
    sitting = {"sitting": next(iter(stored.of(row["id"], SITTINGS)), None)}
    entry: Entry = _adapter(Entry).validate_python({**row, **times, **listed, **sitting})
    return entry


def _part_by_part(row: Mapping[str, Any], stored: Stored, told: list[str]) -> Entry:
    times = _times(row)
    known = {name: value for name, value in row.items() if name not in _ASIDE} | times
    entry: Entry = _adapter(Entry).validate_python(known)
    for name in _ASIDE:
        with _left_out("session", told):
            checked = _adapter(Entry).validate_python({**known, name: row[name]})
            told_of: dict[str, Any] = {name: getattr(checked, name)}
            entry = replace(entry, **told_of)
    for key, (table, kind) in _LISTED.items():
        good = []
        for i, part in enumerate(stored.of(row["id"], table)):
            with _left_out(f"{key}[{i}]", told):
                seconds = _readable(f"{key}[{i}]", stored.seconds(part), told) if kind is Stretch else {}
                good.append(_adapter(kind).validate_python(_made(part, times["started"]) | seconds))
        listed: dict[str, Any] = {key: tuple(good)}
        entry = replace(entry, **listed)
    for part in stored.of(row["id"], SITTINGS):
        with _left_out("sitting", told):
            entry = replace(entry, sitting=_adapter(SittingRecord).validate_python(part))
    return entry


def _times(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return when a session began and ended. Raises ValueError."""
    return {"started": _moment("started", row["started"]), "ended": _moment("ended", row["ended"]) if row["ended"] else None}


def _made(stored: Mapping[str, Any], began: datetime) -> dict[str, Any]:
    """Return the values of what a row stores of a session that `began` then. Raises ValueError."""
    made = dict(stored)
    for wall, since in (("started", "started_s"), ("at", "time_s")):
        if wall in made:
            made[since] = (_moment(wall, made.pop(wall)) - began).total_seconds()
    return made | {name: made[name] or None for name in ("side", "answer") if name in made}


def read_check(row: Mapping[str, Any]) -> CheckRecord:
    """Return what is stored of one reading of a check. Raises ValueError and the like."""
    made = {**row, "taken": _moment("taken", row["taken"]), "check": row["name"]}
    record: CheckRecord = _adapter(CheckRecord).validate_python(made)
    return record


@cache
def _adapter(kind: Any) -> "TypeAdapter[Any]":
    """Make the one that reads a `kind`: where it is needed, as that takes a while."""
    return TypeAdapter(kind)


def _readable(where: str, stored: Mapping[str, Mapping[Any, Any]], told: list[str]) -> dict[str, dict[Any, float]]:
    """Return the seconds of a stretch by what they are of; what of them cannot be read costs itself."""
    good: dict[str, dict[Any, float]] = {key: {} for key in _OF_STRETCH}
    for key, (_, kind) in _OF_STRETCH.items():
        for name, seconds in stored[key].items():
            with _left_out(f"{where}.{key}", told):
                good[key] |= _adapter(kind).validate_python({name: seconds})
    return good


@contextmanager
def _left_out(where: str, told: list[str]) -> Iterator[None]:
    """Pass over what cannot be read within; what is wrong with it is added to `told`."""
    try:
        yield
    except UNREADABLE as error:
        fault = fault_of(error)
        joint = "" if fault.startswith("[") else "." if isinstance(error, ValueError) else ": "
        told.append(joined("", (where, joint, fault)))


def _moment(key: str, wall: object) -> datetime:
    """Return the time that is stored under `key`. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(wall)  # type: ignore[arg-type]
        if moment.tzinfo is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment
    except (ValueError, TypeError):
        pass
    wrong = N_("{key}: must be the date and time of a session (found {found})")
    raise ValueError(wrong.format(key=key, found=as_written(wall)))


def fault_of(error: Exception) -> str:
    """Return what is wrong with a session: the first of its faults."""
    if isinstance(error, ValidationError):
        return model_faults(error, {})[0]
    return text_of(error) if isinstance(error, ValueError) else _OTHER_KIND
