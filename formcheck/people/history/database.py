"""The history's database: an entry is written whole, again and again as it grows, and read as it was written.

Written ahead to a log (WAL), so that readers and writers don't wait for each other, and flushed at every commit
(synchronous=FULL): what was committed outlives a SIGKILL in any mode, a power cut only so. Every transaction takes the write
lock when it begins, so none fails half-way because another was faster.
"""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

from formcheck.core import wording
from formcheck.core.errors import HistoryError, OutputError, UnusableHistoryError
from formcheck.people.history.checks import CheckRecord
from formcheck.people.history.errors import newer_version_error, translated_errors
from formcheck.people.history.overview import Done, Overview, is_plain
from formcheck.people.history.reading import UNREADABLE, Stored, fault_of, read_check, read_entry
from formcheck.people.history.records import Entry, guided_totals, totals
from formcheck.people.history.tables import (
    CHECKS,
    DECISIONS,
    FAULTS,
    GUIDED,
    OF_PROFILE,
    PAINS,
    REACH,
    SESSIONS,
    SITTINGS,
    STRETCHES,
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

_NEWEST_FIRST = "ORDER BY julianday(started) DESC, id"
_RECENT = f"""
    {OF_PROFILE} AND (:begins IS NULL OR substr(id, 1, length(:begins)) = :begins)
    AND (:since IS NULL OR substr(started, 1, 10) >= :since) AND (
        pain_before IS NOT NULL OR id IN (SELECT session FROM stretches UNION SELECT session FROM pains
        UNION SELECT session FROM guided UNION SELECT session FROM sittings)
    ) {_NEWEST_FIRST} LIMIT :count OFFSET :skip
"""
_EVERY = {"profile": None, "begins": None, "since": None, "count": -1, "skip": 0}
"""Which sessions: by these all of them are meant."""

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
        with translated_errors(self.path):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.path.exists():
                self.path.touch(mode=0o600)  # it concerns the person's health; the log beside it takes the same mode
            self._connection = sqlite3.connect(self.path, timeout=LOCK_S, isolation_level=None)  # transactions are begun here
        copy: Path | None = None
        try:
            with translated_errors(self.path):
                _set_up(self._connection, self.path)
            with self._transaction() as connection:
                copy = _keep_copy(self.path) if is_older(connection) else None
                bring_up_to_date(connection)
        except BaseException:
            self._connection.close()
            if copy is not None:
                copy.unlink(missing_ok=True)  # it is still what there is
            raise
        copies_kept.extend([copy] if copy is not None else [])
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with translated_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:  # SQLite ends it itself where the disk is full
                    self._connection.execute("ROLLBACK")

    def save(self, *entries: Entry) -> None:
        """Write `entries` over their earlier state, all or none."""
        with self._transaction() as connection:
            for entry in entries:
                for table, row in _rows(entry):
                    connection.execute(table.upsert, row)
                connection.execute("DELETE FROM pains WHERE session = ? AND number > ?", (entry.id, len(entry.pains)))

    def tell_pain_after(self, session: str, pain: int) -> None:
        """Add to the session with this ID how much it hurt afterwards, 0 to 10."""
        with self._transaction() as connection:
            connection.execute("UPDATE sessions SET pain_after = ? WHERE id = ?", (pain, session))

    def recent(
        self,
        count: int | None = None,
        *,
        profile: str | None = None,
        begins: str | None = None,
        since: date | None = None,
        skip: int = 0,
    ) -> tuple[Entry, ...]:
        """Return the last `count` sessions (all of them for `None`) in which anything was done or told, the newest first.

        Those of `profile` alone, if one is given, whose ID `begins` so, and from the day `since` on, after the first `skip` of
        them. What is damaged is left out: a session, of which `faulty` says what is wrong, or a part of one (`partly`).
        """
        which = {
            "profile": _sent(profile),
            "begins": _sent(begins),
            "since": since.isoformat() if since is not None else None,
            "skip": skip,
        }
        with self._transaction() as connection:
            stored = Stored(connection, _RECENT, {**_EVERY, **which, "count": -1 if count is None else count})
        return self._read(stored)

    def find(self, session: str) -> Entry | None:
        """Return the session with this ID in which anything was done or told; `None` where there is none, or it is damaged."""
        return next((entry for entry in self.recent(begins=session) if entry.id == session), None)

    def people(self) -> tuple[str, ...]:
        """Return the profiles of which there is anything, by name."""
        with self._transaction() as connection:
            found = connection.execute("SELECT profile FROM sessions UNION SELECT profile FROM checks").fetchall()
        return tuple(sorted((name for (name,) in found if isinstance(name, str)), key=str.casefold))

    def overview(self, count: int, *, profile: str | None = None) -> Overview:
        """Return the last `count` sessions (more, where something is damaged), and what is to be told of all of them."""
        profile = _sent(profile)
        which = {**_EVERY, "profile": profile, "count": count}
        with self._transaction() as connection:
            if done := Done(connection, profile) if is_plain(connection) else None:
                last = connection.execute(f"SELECT rowid FROM sessions {_RECENT}", which)
                rows = ", ".join(map(str, {*(row for (row,) in last), *done.telling()}))
                stored = Stored(connection, f"WHERE rowid IN ({rows}) {_NEWEST_FIRST}", {})
            else:
                stored = Stored(connection, _RECENT, {**_EVERY, "profile": profile})
        entries = self._read(stored)
        if done:
            return Overview(entries=entries, totals=done.totals, guided=done.guided)
        return Overview(entries=entries, totals=totals(entries), guided=guided_totals(entries))

    def _read(self, stored: Stored) -> tuple[Entry, ...]:
        self.faulty, self.partly = {}, {}
        entries = []
        for row in stored.sessions:
            told: list[str] = []
            try:
                entries.append(read_entry(row, stored, told))
            except UNREADABLE as error:
                self.faulty[str(row["id"])] = fault_of(error)
            else:
                self.partly.update({row["id"]: told} if told else {})
        return tuple(entries)

    def save_check(self, records: Sequence[CheckRecord]) -> None:
        """Write the readings of a check."""
        rows = [_alike(one, CHECKS.columns) | {"taken": one.taken.isoformat(), "name": one.check} for one in records]
        if rows:
            with self._transaction() as connection:
                connection.executemany(CHECKS.upsert, rows)

    def checks(self, *, profile: str | None = None) -> tuple[CheckRecord, ...]:
        """Return the readings of all checks, the oldest first; those of `profile` alone, if one is given.

        One that is damaged is left out, and `faulty` says what is wrong with it.
        """
        with self._transaction() as connection:
            rows = connection.execute(
                f"SELECT {', '.join(CHECKS.columns)} FROM checks {OF_PROFILE} ORDER BY julianday(taken), id, side",
                {"profile": _sent(profile)},
            ).fetchall()
        found = []
        for row in rows:
            try:
                found.append(read_check(dict(zip(CHECKS.columns, row, strict=True))))
            except UNREADABLE as error:
                self.faulty[str(row[0])] = fault_of(error)
        return tuple(found)

    def clear(self, *, profile: str | None = None, session: str | None = None, but: str | None = None) -> None:
        """Delete all sessions and checks, or those of `profile`, or the one with the ID `session`, from the disk too.

        The one with the ID `but` stays; one that runs is written anew. The copies of older histories go as a whole.
        """
        with self._transaction() as connection:
            for table in (SESSIONS, CHECKS):
                which = f"{OF_PROFILE} AND (:id IS NULL OR id = :id) AND (:but IS NULL OR id IS NOT :but)"
                these = {"profile": _sent(profile), "id": _sent(session), "but": but}
                connection.execute(f"DELETE FROM {table.name} {which}", these)
        with translated_errors(self.path):
            # Outside of any transaction, empties the log as well, which holds what was written last.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _delete_copies(self.path)  # they have it, too


def delete_history(path: Path, *, but: str | None = None) -> None:
    """Delete the history at `path`, even a damaged one. Raises HistoryError where another program writes to it.

    The file goes too, unless a session has it open: that one goes on with it. Of the one with the ID `but`, which runs here,
    what is kept stays.
    """
    try:
        with Store(path) as store:
            store.clear(but=but)
        unused = _is_unused(path)
    except UnusableHistoryError:
        unused = True
    with translated_errors(path):
        for ending in ("", "-wal", "-shm", "-journal") if unused else ():
            path.with_name(path.name + ending).unlink(missing_ok=True)
    _delete_copies(path)


def _sent(name: str | None) -> str | None:
    """Return a name as SQLite takes it; one of bytes that are no letters, as a command line may have it, is that of nothing."""
    return name.encode(errors="replace").decode() if name is not None else None


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


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] > newest():
        raise newer_version_error(path)
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")  # one damaged letter costs itself
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten


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


def _rows(entry: Entry) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yield the rows that `entry` is stored as, each with its table."""

    def wall(time_s: float) -> str:
        return (entry.started + timedelta(seconds=time_s)).isoformat()

    ended = entry.ended.isoformat() if entry.ended else None
    yield SESSIONS, _alike(entry, SESSIONS.columns) | {"started": entry.started.isoformat(), "ended": ended}
    for number, stretch in enumerate(entry.stretches, 1):
        key = {"session": entry.id, "number": number}
        yield STRETCHES, key | _alike(stretch, STRETCHES.columns) | {"started": wall(stretch.started_s)}
        for name, seconds in stretch.faults.items():
            yield FAULTS, key | {"fault": name, "seconds": seconds}
        for degrees, seconds in stretch.reach.items():
            yield REACH, key | {"degrees": degrees, "seconds": seconds}
    for number, block in enumerate(entry.blocks, 1):
        key = {"session": entry.id, "number": number}
        yield GUIDED, key | _alike(block, GUIDED.columns) | {"started": wall(block.started_s)}
    for number, pain in enumerate(entry.pains, 1):
        key = {"session": entry.id, "number": number}
        yield PAINS, key | _alike(pain, PAINS.columns) | {"at": wall(pain.time_s)}
    for number, decided in enumerate(entry.decisions, 1):
        yield DECISIONS, {"session": entry.id, "number": number} | _alike(decided, DECISIONS.columns)
    if entry.sitting is not None:
        yield SITTINGS, {"session": entry.id} | _alike(entry.sitting, SITTINGS.columns)


def _alike(source: object, names: Iterable[str]) -> dict[str, Any]:
    """Return the values of `source` that it has under these names."""
    return {name: getattr(source, name) for name in names if hasattr(source, name)}
