"""The history's database: an entry is written whole, again and again as it grows, and read as it was written.

Written ahead to a log (WAL), so that readers and writers don't wait for each other, and flushed at every commit
(synchronous=FULL): what was committed outlives a SIGKILL in any mode, a power cut only so. Every transaction takes the write
lock when it begins, so none fails half-way because another was faster.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import URL, ColumnElement, Connection, Engine, create_engine, delete, event, func, select, true
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from formcheck.core.errors import UnusableHistoryError
from formcheck.people.history.errors import newer_version_error, translated_errors
from formcheck.people.history.records import Entry, GuidedTime, Stretch
from formcheck.people.history.tables import (
    FaultRow,
    GuidedRow,
    PainRow,
    ReachRow,
    SessionRow,
    StretchRow,
    Table,
    bring_up_to_date,
    newest,
)
from formcheck.stretches.validation import as_written, model_faults

LOCK_S = 1.0
"""How long to wait for another writer, in seconds; one takes milliseconds, so longer is no session but a stuck program."""

_ENTRY = TypeAdapter(Entry)
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


class Store:
    """The database at `path`, made if need be. Its methods raise HistoryError, and nothing else."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faulty: dict[str, str] = {}
        """What is wrong with sessions that could not be read when they were last looked for, by their IDs."""

    def __enter__(self) -> Self:
        self._engine = _engine(self.path)
        try:
            with translated_errors(self.path):
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not self.path.exists():
                    self.path.touch(mode=0o600)  # it concerns the person's health; the log beside it takes the same mode
            with self._transaction() as connection:
                bring_up_to_date(connection)
        except BaseException:
            self._engine.dispose()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated_errors(self.path), self._engine.begin() as connection:
            yield connection

    def save(self, entry: Entry) -> None:
        """Write `entry` over its earlier state."""
        with self._transaction() as connection:
            for table, rows in _rows(entry).items():
                if rows:
                    _upsert(connection, table, rows)
            taken_back = PainRow.number > len(entry.pains)
            connection.execute(delete(PainRow).where(PainRow.session == entry.id, taken_back))

    def recent(self, count: int | None = None, *, profile: str | None = None) -> tuple[Entry, ...]:
        """Return the last `count` sessions (all of them for `None`) in which anything was done, the newest first.

        Those of `profile` alone, if one is given. One that is damaged is left out, and `faulty` says what is wrong with it.
        """
        done = select(StretchRow.session).union(select(PainRow.session), select(GuidedRow.session))
        query = select(SessionRow).where(SessionRow.id.in_(done), _of(profile))
        query = query.order_by(func.julianday(SessionRow.started).desc(), SessionRow.id).limit(count)
        self.faulty = {}
        entries = []
        with self._transaction() as connection, Session(connection) as session:
            for row in session.scalars(query):
                try:
                    entries.append(_ENTRY.validate_python(_entry(session, row)))
                except (ValueError, TypeError, OverflowError, AttributeError, LookupError) as error:
                    self.faulty[str(getattr(row, "id", None))] = _fault(error)
        return tuple(entries)

    def clear(self, *, profile: str | None = None, session: str | None = None) -> None:
        """Delete all sessions, or those of `profile`, or the one with the ID `session`, from the disk too.

        A running session is written anew.
        """
        one = SessionRow.id == session if session is not None else true()
        with self._transaction() as connection:
            connection.execute(delete(SessionRow).where(_of(profile), one))
        with translated_errors(self.path), closing(self._engine.raw_connection()) as raw:
            # Outside of any transaction, empties the log as well, which holds what was written last.
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _of(profile: str | None) -> ColumnElement[bool]:
    return SessionRow.profile == profile if profile is not None else true()


def delete_history(path: Path) -> None:
    """Delete the history at `path`, even a damaged one. Raises HistoryError where another program writes to it.

    The file goes too, unless a session has it open: that one goes on with it.
    """
    try:
        with Store(path) as store:
            store.clear()
        unused = _is_unused(path)
    except UnusableHistoryError:
        unused = True
    with translated_errors(path):
        for ending in ("", "-wal", "-shm", "-journal") if unused else ():
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _is_unused(path: Path) -> bool:
    """Whether no other program has the database open: then its log can be given up."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0.0)) as connection:
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",))
    return False


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": LOCK_S})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: Any) -> None:
        if connection.execute("PRAGMA user_version").fetchone()[0] > newest():
            connection.close()
            raise newer_version_error(path)
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")  # one damaged letter costs itself
        connection.isolation_level = None  # transactions are begun below, not by the driver's guess
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _upsert(connection: Connection, table: type[Table], rows: list[dict[str, Any]]) -> None:
    statement = insert(table)
    keys = [column.name for column in table.__table__.primary_key]
    rest = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest), rows)


def _rows(entry: Entry) -> dict[type[Table], list[dict[str, Any]]]:
    def wall(time_s: float) -> str:
        return (entry.started + timedelta(seconds=time_s)).isoformat()

    rows: dict[type[Table], list[dict[str, Any]]] = defaultdict(list)
    ended = entry.ended.isoformat() if entry.ended else None
    rows[SessionRow].append(_alike(entry, _columns(SessionRow)) | {"started": entry.started.isoformat(), "ended": ended})
    for number, stretch in enumerate(entry.stretches, 1):
        key = {"session": entry.id, "number": number}
        rows[StretchRow].append(key | _alike(stretch, _columns(StretchRow)) | {"started": wall(stretch.started_s)})
        rows[FaultRow] += [key | {"fault": name, "seconds": seconds} for name, seconds in stretch.faults.items()]
        rows[ReachRow] += [key | {"degrees": degrees, "seconds": seconds} for degrees, seconds in stretch.reach.items()]
    for number, block in enumerate(entry.blocks, 1):
        key = {"session": entry.id, "number": number}
        rows[GuidedRow].append(key | _alike(block, _columns(GuidedRow)) | {"started": wall(block.started_s)})
    for number, pain in enumerate(entry.pains, 1):
        key = {"session": entry.id, "number": number}
        rows[PainRow].append(key | _alike(pain, _columns(PainRow)) | {"at": wall(pain.time_s)})
    return rows


def _alike(source: object, names: Iterable[str]) -> dict[str, Any]:
    """Return the values of `source` that it has under these names."""
    return {name: getattr(source, name) for name in names if hasattr(source, name)}


def _columns(table: type[Table]) -> Iterable[str]:
    return table.__table__.columns.keys()


def _entry(session: Session, row: SessionRow) -> dict[str, Any]:
    """Return what is stored of a session, not checked yet."""
    started = _moment("started", row.started)

    def since(key: str, wall: str) -> float:
        return (_moment(key, wall) - started).total_seconds()

    faults: dict[int, dict[str, float]] = defaultdict(dict)
    for fault in session.scalars(select(FaultRow).where(FaultRow.session == row.id)):
        faults[fault.number][fault.fault] = fault.seconds
    reach: dict[int, dict[int, float]] = defaultdict(dict)
    for reached in session.scalars(select(ReachRow).where(ReachRow.session == row.id)):
        reach[reached.number][reached.degrees] = reached.seconds
    stretches = session.scalars(select(StretchRow).where(StretchRow.session == row.id).order_by(StretchRow.number))
    pains = session.scalars(select(PainRow).where(PainRow.session == row.id).order_by(PainRow.number))
    guided = session.scalars(select(GuidedRow).where(GuidedRow.session == row.id).order_by(GuidedRow.number))
    return {
        "id": row.id,
        "started": started,
        "version": row.version,
        "plan": row.plan,
        "ended": _moment("ended", row.ended) if row.ended else None,
        "profile": row.profile,
        "stretches": tuple(
            _alike(stretch, Stretch.__dataclass_fields__)
            | {"side": stretch.side or None, "started_s": since(f"stretches[{i}].started", stretch.started)}
            | {"faults": faults[stretch.number], "reach": reach[stretch.number]}
            for i, stretch in enumerate(stretches)
        ),
        "pains": tuple(
            {"time_s": since(f"pains[{i}].at", pain.at), "pose": pain.pose}
            | {"side": pain.side or None, "answer": pain.answer or None}
            for i, pain in enumerate(pains)
        ),
        "blocks": tuple(
            _alike(block, GuidedTime.__dataclass_fields__)
            | {"side": block.side or None, "started_s": since(f"blocks[{i}].started", block.started)}
            for i, block in enumerate(guided)
        ),
    }


def _moment(key: str, wall: object) -> datetime:
    """Return the time that is stored under `key`. Raises ValueError."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(wall) if isinstance(wall, str) else None
        if moment is not None and moment.tzinfo is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment
    raise ValueError(f"{key}: must be the date and time of a session (found {as_written(wall)})")


def _fault(error: Exception) -> str:
    """What is wrong with a session: the first of its faults."""
    if isinstance(error, ValidationError):
        return model_faults(error, {})[0]
    return str(error) if isinstance(error, ValueError) else "something in it is of another kind than formcheck writes"
