"""The history as it is listed: the last sessions whole, and of the others as much as the sums and the trends follow from.

What is listed is the same as if all had been read. Where any value is damaged, or only looks so in SQL, all is read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection

from formcheck.core.values import Side
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

_TEXT = "typeof({0}) = 'text'"
_CLOCK = "20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]{}[+-][01][0-9]:[0-5][0-9]"
_WRITTEN = f"""
    {_TEXT} AND substr({{0}}, 12, 2) < '24' AND CASE length(CAST({{0}} AS BLOB))
        WHEN 25 THEN {{0}} GLOB '{_CLOCK.format("")}'
        WHEN 32 THEN {{0}} GLOB '{_CLOCK.format("." + 6 * "[0-9]")}'
    END
"""
"""A time is as formcheck writes it."""
_THERE_IS = "(substr({0}, 9, 2) < '29' OR date(julianday(substr({0}, 1, 10))) = substr({0}, 1, 10))"
"""The day of a time is one that there is in its month."""
_SAME_DAY = "substr({0}, 1, 10) = substr(sessions.started, 1, 10)"
_DAYS_FROM_START = "abs(julianday({0}) - julianday(sessions.started))"
_NEAR = f"({_SAME_DAY} OR {_THERE_IS} AND {_DAYS_FROM_START} < 11.5)"
"""A time is less than 1e6 s from when its session began, whose day is one that there is."""
_OF_KIND = {
    "VARCHAR": f"{_TEXT} AND length(CAST({{0}} AS BLOB)) <= 400",
    "INTEGER": "typeof({0}) = 'integer'",
    "FLOAT": "{0} BETWEEN 0 AND 1e6",
    "BOOLEAN": "{0} IN (0, 1)",
}
"""What a value surely is that can be read, by its type in SQL. `records` has the rules."""
_OF_NAME = {
    "side": f"{{0}} IN {tuple(map(str, Side))}",
    "answer": f"{{0}} IN {tuple(map(str, Answer))}",
    "score": "{0} BETWEEN 0 AND 100.0000009",
    "level": "typeof({0}) = 'integer' AND {0} BETWEEN 1 AND 1000",
    **dict.fromkeys(("pain_before", "pain_after"), "typeof({0}) = 'integer' AND {0} BETWEEN 0 AND 10"),
    **dict.fromkeys(("looked_at", "check_put_off"), "typeof({0}) = 'integer' AND {0} IN (0, 1)"),
    **dict.fromkeys(("breaks", "shifts", "prompts"), "typeof({0}) = 'integer' AND {0} BETWEEN 0 AND 1000000"),
    "sessions.started": f"{_WRITTEN} AND {_THERE_IS} AND julianday({{0}}) > 0",
    **dict.fromkeys(("started", "ended", "at"), f"{_WRITTEN} AND {_NEAR}"),
}
"""The same by the names of columns about which more is known."""
_PARTS = (STRETCHES, FAULTS, REACH, PAINS, GUIDED, DECISIONS, SITTINGS)
_SESSIONS = f"SELECT id, rowid, profile FROM sessions {OF_PROFILE} ORDER BY julianday(started), id"
_STRETCHES = "SELECT session, number, pose, side, held_s FROM stretches"
_GUIDED = "SELECT session, block, guided_s FROM guided"
_REACHED = "SELECT total(seconds) FROM reach WHERE session = (SELECT id FROM sessions WHERE rowid = ?) AND number = ?"
_HURT = "SELECT sessions.rowid, pose, side FROM pains JOIN sessions ON id = session"
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
    return not any(connection.execute(_not_plain(table)).fetchone() for table in (SESSIONS, *_PARTS))


def _not_plain(table: Table) -> str:
    """Return the query for a row that may be damaged."""
    tests = []
    for name, kind in table.columns.items():
        if name not in ("session", "number"):  # these are compared alone
            rule = _OF_NAME.get(f"{table.name}.{name}") or _OF_NAME.get(name) or _OF_KIND[kind.partition(" ")[0]]
            sure = rule.format(f"{table.name}.{name}")
            tests.append(f"({sure})" if kind.endswith("NOT NULL") else f"({table.name}.{name} IS NULL OR {sure})")
    timed = table is not SESSIONS and not {"started", "at"}.isdisjoint(table.columns)
    beside = "JOIN sessions ON sessions.id = session" if timed else ""
    return f"SELECT 1 FROM {table.name} {beside} WHERE ({' AND '.join(tests)}) IS NOT TRUE LIMIT 1"


class Done:
    """What was held and guided in all sessions, or in those of one person, without how far and how well.

    It is many thousand rows, so their texts stay bytes, but for the few that are told.
    """

    def __init__(self, connection: Connection, profile: str | None) -> None:
        self._connection, self._profile = connection, profile
        stretches: dict[tuple[bytes, bytes | None], list[tuple[bytes, float, int]]] = defaultdict(list)
        with _as_bytes(connection) as text:
            self._sessions = connection.execute(_SESSIONS, {"profile": profile}).fetchall()
            self._places = {session: i for i, (session, _, _) in enumerate(self._sessions)}
            for session, number, pose, side, held_s in connection.execute(_STRETCHES):
                if session in self._places:
                    stretches[pose, side].append((session, held_s, number))
            guided = [(text(one[0]), text(one[1]), one[2]) for one in connection.execute(_GUIDED) if one[0] in self._places]
        self._bouts: dict[tuple[str, str | None], list[tuple[bytes, float, int]]] = defaultdict(list)
        for (pose, side), bouts in stretches.items():
            self._bouts[text(pose), text(side) if side is not None else None] += bouts
        self.totals = totals_of({what: [bout[:2] for bout in bouts] for what, bouts in self._bouts.items()})
        """The totals of stretches."""
        self.guided = guided_totals_of(guided)
        """The totals of guided blocks."""

    def telling(self) -> Iterator[int]:
        """Yield the rows of the sessions that the trends need, some of them several times.

        Of each stretch and side these are the first and the last that are conclusive. One of each person, and one that shows
        how far anything went, tell whether there can be a trend at all.
        """
        yield from (row for (row,) in self._connection.execute(_ONE_WITH_REACH, {"profile": self._profile}))
        done = {session for bouts in self._bouts.values() for session, _, _ in bouts}
        yield from {profile: row for session, row, profile in self._sessions if session in done}.values()
        hurt = defaultdict(set)
        for row, *what in self._connection.execute(_HURT):
            hurt[tuple(what)].add(row)
        for (pose, side), bouts in self._bouts.items():
            of_people: dict[bytes | None, list[tuple[int, int]]] = defaultdict(list)
            for session, held_s, number in bouts if side is not None else ():
                place = self._places[session]
                _, row, profile = self._sessions[place]
                if held_s > 0 and row not in hurt[pose, side] and row not in hurt[pose, None]:
                    of_people[profile].append((place, number))
            for ordered in map(sorted, of_people.values()):
                yield from self._conclusive(ordered)
                yield from self._conclusive(reversed(ordered))

    def _conclusive(self, bouts: Iterable[tuple[int, int]]) -> Iterator[int]:
        found = 0
        for place, same in groupby(bouts, key=itemgetter(0)):
            row = self._sessions[place][1]
            reached_s = sum(self._connection.execute(_REACHED, (row, number)).fetchone()[0] for _, number in same)
            if reached_s > LEAST_S - _ROUNDING_S:
                yield row
                found += reached_s > LEAST_S + _ROUNDING_S
            if found == OF_A_TREND:
                return


@contextmanager
def _as_bytes(connection: Connection) -> Iterator[Callable[[bytes], str]]:
    """Read texts as they lie in the file within; what makes a text of one is given."""
    text = connection.text_factory
    connection.text_factory = bytes
    try:
        yield text
    finally:
        connection.text_factory = text
