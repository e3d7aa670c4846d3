"""The history's database: an entry is written whole, again and again as it grows, and read as it was written.

Written ahead to a log (WAL), so that readers and writers don't wait for each other, and flushed at every commit
(synchronous=FULL): what was committed outlives a SIGKILL in any mode, a power cut only so. Every transaction takes the write
lock when it begins, so none fails half-way because another was faster.
"""

import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, ColumnElement, Connection, Engine, create_engine, delete, event, func, select, true, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from formcheck.core import wording
from formcheck.core.errors import HistoryError, OutputError, UnusableHistoryError
from formcheck.people.history.checks import CheckRecord
from formcheck.people.history.errors import newer_version_error, translated_errors
from formcheck.people.history.reading import UNREADABLE, fault_of, read_check, read_entry
from formcheck.people.history.records import Entry
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
    bring_up_to_date,
    is_older,
    newest,
)
from formcheck.system.files import atomic_file

LOCK_S = 3.0
"""How long to wait for another writer, in seconds; one takes milliseconds, on a busy machine with a slow disk a second: longer
is no session but a stuck program."""

_POLL_S = 0.02

copies_kept: list[Path] = []
"""The copies of older histories that this process has kept before it migrated them, for who can tell the person."""


class Store:
    """The database at `path`, made if need be. Its methods raise HistoryError, and nothing else."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faulty: dict[str, str] = {}
        """What is wrong with sessions that could not be read when they were last looked for, by their IDs."""
        self.partly: dict[str, list[str]] = {}
        """What is wrong with parts of the sessions that could be read, by their IDs."""

    def __enter__(self) -> Self:
        self._engine = _engine(self.path)
        copy: Path | None = None
        try:
            with translated_errors(self.path):
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not self.path.exists():
                    self.path.touch(mode=0o600)  # it concerns the person's health; the log beside it takes the same mode
            with self._transaction() as connection:
                copy = _keep_copy(self.path) if is_older(connection) else None
                bring_up_to_date(connection)
        except BaseException:
            self._engine.dispose()
            if copy is not None:
                copy.unlink(missing_ok=True)  # it is still what there is
            raise
        copies_kept.extend([copy] if copy is not None else [])
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

    def tell_pain_after(self, session: str, pain: int) -> None:
        """Add to the session with this ID how much it hurt afterwards, 0 to 10."""
        with self._transaction() as connection:
            connection.execute(update(SessionRow).where(SessionRow.id == session).values(pain_after=pain))

    def recent(self, count: int | None = None, *, profile: str | None = None) -> tuple[Entry, ...]:
        """Return the last `count` sessions (all of them for `None`) in which anything was done or told, the newest first.

        Those of `profile` alone, if one is given. What is damaged is left out: a session, of which `faulty` says what is wrong,
        or a part of one (`partly`).
        """
        answered = select(SessionRow.id).where(SessionRow.pain_before.is_not(None))
        done = select(StretchRow.session).union(
            select(PainRow.session), select(GuidedRow.session), select(SittingRow.session), answered
        )
        query = select(SessionRow).where(SessionRow.id.in_(done), _of(profile))
        query = query.order_by(func.julianday(SessionRow.started).desc(), SessionRow.id).limit(count)
        self.faulty, self.partly = {}, {}
        entries = []
        with self._transaction() as connection, Session(connection) as session:
            for row in session.scalars(query):
                told: list[str] = []
                try:
                    entries.append(read_entry(session, row, told))
                except UNREADABLE as error:
                    self.faulty[str(getattr(row, "id", None))] = fault_of(error)
                else:
                    self.partly.update({row.id: told} if told else {})
        return tuple(entries)

    def save_check(self, records: Sequence[CheckRecord]) -> None:
        """Write the readings of a check."""
        rows = [
            _alike(one, _columns(CheckRow)) | {"taken": one.taken.isoformat(), "name": one.check, "side": str(one.side)}
            for one in records
        ]
        if rows:
            with self._transaction() as connection:
                _upsert(connection, CheckRow, rows)

    def checks(self, *, profile: str | None = None) -> tuple[CheckRecord, ...]:
        """Return the readings of all checks, the oldest first; those of `profile` alone, if one is given.

        One that is damaged is left out, and `faulty` says what is wrong with it.
        """
        whose = CheckRow.profile == profile if profile is not None else true()
        query = select(CheckRow).where(whose).order_by(func.julianday(CheckRow.taken), CheckRow.id, CheckRow.side)
        found = []
        with self._transaction() as connection, Session(connection) as session:
            for row in session.scalars(query):
                try:
                    found.append(read_check(row))
                except UNREADABLE as error:
                    self.faulty[str(getattr(row, "id", None))] = fault_of(error)
        return tuple(found)

    def clear(self, *, profile: str | None = None, session: str | None = None) -> None:
        """Delete all sessions and checks, or those of `profile`, or the one with the ID `session`, from the disk too.

        A running session is written anew. The copies of older histories go as a whole.
        """
        one = SessionRow.id == session if session is not None else true()
        with self._transaction() as connection:
            connection.execute(delete(SessionRow).where(_of(profile), one))
            whose = CheckRow.profile == profile if profile is not None else true()
            connection.execute(delete(CheckRow).where(whose, CheckRow.id == session if session is not None else true()))
        with translated_errors(self.path), closing(self._engine.raw_connection()) as raw:
            # Outside of any transaction, empties the log as well, which holds what was written last.
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _delete_copies(self.path)  # they have it, too


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
    _delete_copies(path)


def _keep_copy(path: Path) -> Path:
    """Keep the database at `path`, as it is, beside it, and return where. Nobody else writes to it meanwhile.

    Raises HistoryError where that can't be.
    """
    copy = path.with_name(f"{path.name}.before-{newest()}")
    try:
        with (
            atomic_file(copy, private=True) as part,
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(part)) as out,
        ):
            source.backup(out)
            out.execute("PRAGMA journal_mode = DELETE")  # a single file
    except OutputError as error:
        raise HistoryError(wording.HISTORY_NOT_COPIED.format(path=path, error=error)) from None
    return copy


def _delete_copies(path: Path) -> None:
    """Delete the copies of the history at `path` that were kept before migrations. What was in them is overwritten."""
    with translated_errors(path):
        for copy in path.parent.glob(f"{path.name}.before-*"):
            with suppress(FileNotFoundError):
                with copy.open("r+b") as file:
                    file.write(bytes(copy.stat().st_size))
                    file.flush()
                    os.fsync(file.fileno())
                copy.unlink()


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
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have the database written ahead to a log. SQLite waits for no other program here, as it does everywhere else."""
    end_s = time.monotonic() + LOCK_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end_s:
                raise
            time.sleep(_POLL_S)
        else:
            return


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
    for number, decided in enumerate(entry.decisions, 1):
        rows[DecisionRow].append({"session": entry.id, "number": number} | _alike(decided, _columns(DecisionRow)))
    if entry.sitting is not None:
        rows[SittingRow].append({"session": entry.id} | _alike(entry.sitting, _columns(SittingRow)))
    return rows


def _alike(source: object, names: Iterable[str]) -> dict[str, Any]:
    """Return the values of `source` that it has under these names."""
    return {name: getattr(source, name) for name in names if hasattr(source, name)}


def _columns(table: type[Table]) -> Iterable[str]:
    return table.__table__.columns.keys()
