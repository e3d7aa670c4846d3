"""The history as it is listed: the last sessions whole, and of the others as much as the sums and the trends follow from.

What is listed is the same as if all had been read. Where any value is damaged, or only looks so in SQL, all is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sqlite3 import Connection

from formcheck.core.values import Side
from formcheck.people.history.reading import is_readable_since
from formcheck.people.history.records import Answer, Entry, GuidedTotal, Total, guided_totals_of, totals_of
from formcheck.people.history.tables import (
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
)
from formcheck.people.progression import LEAST_S
from formcheck.people.progression import SESSIONS as OF_A_TREND

_ROUNDING_S = 1e-6
"""By how much sums of the same seconds may differ; a session that is so near to being conclusive is read."""

_OF_KIND = {
    "VARCHAR": "typeof({0}) = 'text' AND length(CAST({0} AS BLOB)) <= 400",
    "INTEGER": "typeof({0}) = 'integer'",
    "FLOAT": "{0} BETWEEN 0 AND 1e6",
    "BOOLEAN": "{0} IN (0, 1)",
}
_OF_NAME = {
    "side": f"{{0}} IN {tuple(map(str, Side))}",
    "answer": f"{{0}} IN {tuple(map(str, Answer))}",
    "score": "{0} <= 100.0000009",
    "level": "{0} BETWEEN 1 AND 1000",
    **dict.fromkeys(("pain_before", "pain_after"), "{0} BETWEEN 0 AND 10"),
    **dict.fromkeys(("looked_at", "check_put_off"), "{0} IN (0, 1)"),
    **dict.fromkeys(("breaks", "shifts", "prompts"), "{0} BETWEEN 0 AND 1000000"),
    **dict.fromkeys(("started", "ended", "at"), "is_readable_since({0}, sessions.started)"),
}
"""What a value surely is that can be read, by its type in SQL and the name of its column. `records` has the rules."""
_PARTS = (STRETCHES, FAULTS, REACH, PAINS, GUIDED, DECISIONS, SITTINGS)
_SESSIONS = f"SELECT id, rowid, profile FROM sessions {OF_PROFILE} ORDER BY julianday(started), id"
_STRETCHES = "SELECT session, number, pose, side, held_s FROM stretches"
_GUIDED = "SELECT session, block, guided_s FROM guided"
_REACHED = "SELECT total(seconds) FROM reach WHERE session = ? AND number = ?"
_ONE_WITH_REACH = f"""
    SELECT sessions.rowid FROM reach JOIN stretches USING (session, number) JOIN sessions ON id = session {OF_PROFILE} LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Sessions, the newest first, from which the trends of all follow, and the sums of all."""

    entries: tuple[Entry, ...]
    totals: tuple[Total, ...]
    guided: tuple[GuidedTotal, ...]


def is_plain(connection: Connection) -> bool:
    """Return whether surely nothing is damaged."""
    connection.create_function("is_readable_since", 2, is_readable_since, deterministic=True)
    return not any(connection.execute(_not_plain(table)).fetchone() for table in (SESSIONS, *_PARTS))


def _not_plain(table: Table) -> str:
    """Return the query for a row that may be damaged."""
    tests = []
    for name, kind in table.columns.items():
        if name not in ("session", "number"):  # these are compared alone
            rules = (_OF_KIND[kind.partition(" ")[0]], _OF_NAME.get(name, "TRUE"))
            sure = " AND ".join(rules).format(f"{table.name}.{name}")
            tests.append(f"({sure})" if kind.endswith("NOT NULL") else f"({table.name}.{name} IS NULL OR {sure})")
    timed = table is not SESSIONS and not {"started", "at"}.isdisjoint(table.columns)
    beside = "JOIN sessions ON sessions.id = session" if timed else ""
    return f"SELECT 1 FROM {table.name} {beside} WHERE ({' AND '.join(tests)}) IS NOT TRUE LIMIT 1"


class Done:
    """What was held and guided in all sessions, or in those of one person, without how far and how well."""

    def __init__(self, connection: Connection, profile: str | None) -> None:
        self._connection, self._profile = connection, profile
        self._sessions = connection.execute(_SESSIONS, {"profile": profile}).fetchall()
        known = {session for session, _, _ in self._sessions}
        self._stretches = [row for row in connection.execute(_STRETCHES) if row[0] in known]
        sides = {side: Side(side) for side in map(str, Side)}
        self.totals = totals_of((session, pose, sides.get(side), held_s) for session, _, pose, side, held_s in self._stretches)
        """The totals of stretches."""
        self.guided = guided_totals_of(row for row in connection.execute(_GUIDED) if row[0] in known)
        """The totals of guided blocks."""

    def telling(self) -> Iterator[int]:
        """Yield the rows of the sessions that the trends need, some of them several times.

        Of each stretch and side these are the first and the last that are conclusive. One of each person, and one that shows
        how far anything went, tell whether there can be a trend at all.
        """
        yield from (row for (row,) in self._connection.execute(_ONE_WITH_REACH, {"profile": self._profile}))
        done = defaultdict(list)
        for session, *stretch in self._stretches:
            done[session].append(stretch)
        yield from {profile: row for session, row, profile in self._sessions if session in done}.values()
        hurt = set(self._connection.execute("SELECT session, pose, side FROM pains"))
        bouts: dict[tuple[str, str, str], dict[int, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
        for session, row, profile in self._sessions:
            for number, pose, side, held_s in done.get(session, ()):
                if side and held_s > 0 and hurt.isdisjoint(((session, pose, side), (session, pose, None))):
                    bouts[profile, pose, side][row].append((session, number))
        for sessions in bouts.values():
            for order in (sessions, reversed(sessions)):
                yield from self._conclusive((row, sessions[row]) for row in order)

    def _conclusive(self, sessions: Iterable[tuple[int, list[tuple[str, int]]]]) -> Iterator[int]:
        found = 0
        for row, bouts in sessions:
            reached_s = sum(self._connection.execute(_REACHED, bout).fetchone()[0] for bout in bouts)
            if reached_s > LEAST_S - _ROUNDING_S:
                yield row
                found += reached_s > LEAST_S + _ROUNDING_S
            if found == OF_A_TREND:
                return
