"""A session as it is stored, read part by part: what cannot be read of it costs itself, whatever stands in its place."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Executable, bindparam, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from formcheck.people.history.checks import CheckRecord
from formcheck.people.history.records import Decided, Entry, GuidedTime, Pain, Seconds, SittingRecord, Stretch, Word
from formcheck.people.history.tables import (
    CheckRow,
    DecisionRow,
    FaultRow,
    GuidedRow,
    PainRow,
    ReachRow,
    SessionRow,
    SittingRow,
    StretchRow,
    Table,
)
from formcheck.stretches.validation import as_written, model_faults

_ENTRY, _STRETCH, _PAIN = TypeAdapter(Entry), TypeAdapter(Stretch), TypeAdapter(Pain)
_GUIDED, _SITTING, _CHECK = TypeAdapter(GuidedTime), TypeAdapter(SittingRecord), TypeAdapter(CheckRecord)
_DECIDED = TypeAdapter(Decided)
_OF_STRETCH: tuple[tuple[str, type[Table], str, TypeAdapter[Any]], ...] = (
    ("faults", FaultRow, "fault", TypeAdapter(dict[Word, Seconds])),
    ("reach", ReachRow, "degrees", TypeAdapter(dict[int, Seconds])),
)
"""The seconds that belong to a stretch: their key in it, their table, the column of what they are of, and what they may be."""
UNREADABLE = (ValueError, TypeError, OverflowError, AttributeError, LookupError)
"""What a value of any kind in the place of any other may raise."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def read_entry(session: Session, row: SessionRow, told: list[str]) -> Entry:
    """Return what is stored of a session. What of it cannot be read is left out, and what is wrong with it added to `told`.

    Raises ValueError and the like where that is the session itself.
    """
    started = _moment("started", row.started)
    known = {
        "id": row.id,
        "started": started,
        "version": row.version,
        "plan": row.plan,
        "ended": _moment("ended", row.ended) if row.ended else None,
        "profile": row.profile,
    }
    entry = _ENTRY.validate_python(known)
    for name in ("level", "pain_before", "pain_after", "pain_where", "looked_at", "check_put_off"):
        with _left_out("session", told):
            checked = _ENTRY.validate_python({**known, name: getattr(row, name)})
            entry = replace(entry, **{name: getattr(checked, name)})

    def since(key: str, wall: object) -> float:
        return (_moment(key, wall) - started).total_seconds()

    stretches, pains = [], []
    details = {table: _stored(session, table, row.id) for _, table, _, _ in _OF_STRETCH}
    for i, stored in enumerate(_stored(session, StretchRow, row.id)):
        where = f"stretches[{i}]"
        own = {table: [one for one in rows if one["number"] == stored["number"]] for table, rows in details.items()}
        with _left_out(where, told):
            seconds = {
                key: _readable(f"{where}.{key}", adapter, [(one[name], one["seconds"]) for one in own[table]], told)
                for key, table, name, adapter in _OF_STRETCH
            }
            values = {name: stored[name] for name in Stretch.__dataclass_fields__ if name in stored}
            placed = {"side": stored["side"] or None, "started_s": since("started", stored["started"])}
            stretches.append(_STRETCH.validate_python(values | placed | seconds))
    for i, stored in enumerate(_stored(session, PainRow, row.id)):
        with _left_out(f"pains[{i}]", told):
            answered = {"side": stored["side"] or None, "answer": stored["answer"] or None}
            values = {"time_s": since("at", stored["at"]), "pose": stored["pose"]}
            pains.append(_PAIN.validate_python(values | answered))
    blocks = []
    for i, stored in enumerate(_stored(session, GuidedRow, row.id)):
        with _left_out(f"blocks[{i}]", told):
            values = {name: stored[name] for name in GuidedTime.__dataclass_fields__ if name in stored}
            placed = {"side": stored["side"] or None, "started_s": since("started", stored["started"])}
            blocks.append(_GUIDED.validate_python(values | placed))
    decisions = []
    for i, stored in enumerate(_stored(session, DecisionRow, row.id)):
        with _left_out(f"decisions[{i}]", told):
            decisions.append(_DECIDED.validate_python({name: stored[name] for name in Decided.__dataclass_fields__}))
    sitting = None
    for stored in _stored(session, SittingRow, row.id):
        with _left_out("sitting", told):
            sitting = _SITTING.validate_python({name: stored[name] for name in SittingRecord.__dataclass_fields__})
    entry = replace(entry, decisions=tuple(decisions), sitting=sitting)
    return replace(entry, stretches=tuple(stretches), pains=tuple(pains), blocks=tuple(blocks))


def read_check(row: CheckRow) -> CheckRecord:
    """Return what is stored of one reading of a check. Raises ValueError and the like."""
    known = {name: getattr(row, name) for name in CheckRecord.__dataclass_fields__ if hasattr(row, name)}
    return _CHECK.validate_python(known | {"taken": _moment("taken", row.taken), "check": row.name})


def _stored(session: Session, table: type[Table], of: str) -> list[dict[str, Any]]:
    """Return the rows of a session as they lie in the file, in order: nothing is made of a value yet, so that none can fail."""
    return [dict(row) for row in session.execute(_rows_of_session(table), {"of": of}).mappings()]


@cache
def _rows_of_session(table: type[Table]) -> Executable:
    """The query for the rows of a session; it is made once, as making it takes longer than running it."""
    columns = table.__table__.columns
    query = select(*(type_coerce(column, NullType()).label(column.key) for column in columns))
    return query.where(columns["session"] == bindparam("of")).order_by(*table.__table__.primary_key)


def _readable(where: str, adapter: "TypeAdapter[dict[Any, float]]", pairs: Iterable[tuple[Any, Any]], told: list[str]) -> Any:
    """Return the seconds by what they are of; a pair that cannot be read costs itself."""
    good: dict[Any, float] = {}
    for name, seconds in pairs:
        with _left_out(where, told):
            good |= adapter.validate_python({name: seconds})
    return good


@contextmanager
def _left_out(where: str, told: list[str]) -> Iterator[None]:
    """Pass over what cannot be read within; what is wrong with it is added to `told`."""
    try:
        yield
    except UNREADABLE as error:
        fault = fault_of(error)
        joint = "" if fault.startswith("[") else "." if isinstance(error, ValueError) else ": "
        told.append(f"{where}{joint}{fault}")


def _moment(key: str, wall: object) -> datetime:
    """Return the time that is stored under `key`. Raises ValueError."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(wall) if isinstance(wall, str) else None
        if moment is not None and moment.tzinfo is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment
    raise ValueError(f"{key}: must be the date and time of a session (found {as_written(wall)})")


def fault_of(error: Exception) -> str:
    """Return what is wrong with a session: the first of its faults."""
    if isinstance(error, ValidationError):
        return model_faults(error, {})[0]
    return str(error) if isinstance(error, ValueError) else "something in it is of another kind than formcheck writes"
