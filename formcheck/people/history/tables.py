"""The tables of the history, and the migrations of older ones.

Times are ISO 8601 text with the offset from UTC, so that a day stays the day it was for the person, wherever they travel.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from sqlite3 import Connection

_TEXT, _WHOLE, _NUMBER, _TRUTH = "VARCHAR NOT NULL", "INTEGER NOT NULL", "FLOAT NOT NULL", "BOOLEAN NOT NULL"
_ANY_TEXT, _ANY_WHOLE, _ANY_NUMBER, _ANY_TRUTH = "VARCHAR", "INTEGER", "FLOAT", "BOOLEAN"  # or nothing


@dataclass(frozen=True, eq=False)
class Table:
    """A table: the columns that tell its rows apart, and all its columns with their types in SQL.

    One that has a column `session` belongs to the session of that ID, and its rows go with it.
    """

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]

    @cached_property
    def create(self) -> str:
        """The SQL that makes the table where there is none."""
        parts = [f"{name} {kind}" for name, kind in self.columns.items()]
        parts += [f"PRIMARY KEY ({', '.join(self.key)})"]
        parts += ["FOREIGN KEY(session) REFERENCES sessions (id) ON DELETE CASCADE"] if "session" in self.columns else []
        return f"CREATE TABLE IF NOT EXISTS {self.name} ({', '.join(parts)})"

    @cached_property
    def upsert(self) -> str:
        """The SQL that writes a row, over the one that has its key if there is one. A value is named as its column."""
        names, values = (", ".join(map(sign.format, self.columns)) for sign in ("{}", ":{}"))
        rest = ", ".join(f"{name} = excluded.{name}" for name in self.columns if name not in self.key)
        into = f"INSERT INTO {self.name} ({names}) VALUES ({values})"
        return f"{into} ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET {rest}"


SESSIONS = Table(
    "sessions",
    ("id",),
    {
        "id": _TEXT,
        "started": _TEXT,
        "version": _TEXT,
        "plan": _TEXT,
        "ended": _ANY_TEXT,
        "profile": _ANY_TEXT,
        "level": _ANY_WHOLE,
        "pain_before": _ANY_WHOLE,
        "pain_after": _ANY_WHOLE,
        "pain_where": _ANY_TEXT,
        "looked_at": _ANY_WHOLE,  # 0 or 1, as below: read as they lie in the file, so that a damaged one costs itself
        "check_put_off": _ANY_WHOLE,
    },
)
STRETCHES = Table(
    "stretches",
    ("session", "number"),
    {
        "session": _TEXT,
        "number": _WHOLE,
        "pose": _TEXT,
        "side": _ANY_TEXT,
        "started": _TEXT,
        "held_s": _NUMBER,
        "longest_s": _NUMBER,
        "goal_s": _ANY_NUMBER,
        "complete": _ANY_TRUTH,
        "score": _ANY_NUMBER,
        "skipped": _TRUTH,
    },
)
FAULTS = Table(
    "faults",
    ("session", "number", "fault"),
    {
        "session": _TEXT,
        "number": _WHOLE,  # of the stretch
        "fault": _TEXT,
        "seconds": _NUMBER,
    },
)
REACH = Table(
    "reach",
    ("session", "number", "degrees"),
    {
        "session": _TEXT,
        "number": _WHOLE,  # of the stretch
        "degrees": _WHOLE,
        "seconds": _NUMBER,
    },
)
PAINS = Table(
    "pains",
    ("session", "number"),
    {
        "session": _TEXT,
        "number": _WHOLE,
        "at": _TEXT,
        "pose": _TEXT,
        "side": _ANY_TEXT,
        "answer": _ANY_TEXT,
    },
)
CHECKS = Table(
    "checks",
    ("id", "side", "reading"),
    {
        "id": _TEXT,  # of the check, which has several rows and is no session
        "side": _TEXT,
        "reading": _TEXT,
        "taken": _TEXT,
        "version": _TEXT,
        "profile": _ANY_TEXT,
        "name": _TEXT,  # of the check
        "degrees": _NUMBER,
        "error_deg": _NUMBER,
        "spread_deg": _NUMBER,
        "band": _ANY_TEXT,
    },
)
GUIDED = Table(
    "guided",
    ("session", "number"),
    {
        "session": _TEXT,
        "number": _WHOLE,
        "block": _TEXT,
        "side": _ANY_TEXT,
        "started": _TEXT,
        "guided_s": _NUMBER,
        "goal_s": _NUMBER,
        "complete": _TRUTH,
        "skipped": _TRUTH,
    },
)
DECISIONS = Table(
    "decisions",
    ("session", "number"),
    {
        "session": _TEXT,
        "number": _WHOLE,
        "rule": _ANY_TEXT,
        "says": _TEXT,
    },
)
SITTINGS = Table(
    "sittings",
    ("session",),
    {
        "session": _TEXT,
        "sat_s": _NUMBER,
        "away_s": _NUMBER,
        "unseen_s": _NUMBER,
        "longest_s": _NUMBER,
        "breaks": _WHOLE,
        "shifts": _WHOLE,
        "prompts": _WHOLE,
    },
)

TABLES = (SESSIONS, STRETCHES, FAULTS, REACH, PAINS, CHECKS, GUIDED, DECISIONS, SITTINGS)

OF_PROFILE = "WHERE (:profile IS NULL OR profile = :profile)"
"""Of sessions and checks, those of one person where one is named."""


def _add_people(connection: Connection) -> None:
    connection.execute("ALTER TABLE sessions ADD COLUMN profile VARCHAR")
    connection.execute(
        "CREATE TABLE reach (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL, "
        "degrees INTEGER NOT NULL, seconds FLOAT NOT NULL, PRIMARY KEY (session, number, degrees))"
    )


def _allow_no_goal(connection: Connection) -> None:
    """What is held to the end has no goal. SQLite lets no column be empty afterwards, so the table is made anew."""
    connection.execute("ALTER TABLE stretches RENAME TO stretches_with_goals")
    connection.execute(
        "CREATE TABLE stretches (session VARCHAR NOT NULL, number INTEGER NOT NULL, pose VARCHAR NOT NULL, side VARCHAR, "
        "started VARCHAR NOT NULL, held_s FLOAT NOT NULL, longest_s FLOAT NOT NULL, goal_s FLOAT, complete BOOLEAN, "
        "score FLOAT, skipped BOOLEAN NOT NULL, PRIMARY KEY (session, number), "
        "FOREIGN KEY(session) REFERENCES sessions (id) ON DELETE CASCADE)"
    )
    connection.execute(
        "INSERT INTO stretches SELECT session, number, pose, side, started, held_s, longest_s, goal_s, complete, score, "
        "skipped FROM stretches_with_goals"
    )
    connection.execute("DROP TABLE stretches_with_goals")


def _add_programmes(connection: Connection) -> None:
    for column in ("level INTEGER", "pain_before INTEGER", "pain_after INTEGER", "pain_where VARCHAR"):
        connection.execute(f"ALTER TABLE sessions ADD COLUMN {column}")


def _add_checks(connection: Connection) -> None:
    connection.execute(
        "CREATE TABLE checks (id VARCHAR NOT NULL, side VARCHAR NOT NULL, reading VARCHAR NOT NULL, taken VARCHAR NOT NULL, "
        "version VARCHAR NOT NULL, profile VARCHAR, name VARCHAR NOT NULL, degrees FLOAT NOT NULL, error_deg FLOAT NOT NULL, "
        "spread_deg FLOAT NOT NULL, band VARCHAR, PRIMARY KEY (id, side, reading))"
    )


def _add_guided(connection: Connection) -> None:
    connection.execute(
        "CREATE TABLE guided (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL, "
        "block VARCHAR NOT NULL, side VARCHAR, started VARCHAR NOT NULL, guided_s FLOAT NOT NULL, goal_s FLOAT NOT NULL, "
        "complete BOOLEAN NOT NULL, skipped BOOLEAN NOT NULL, PRIMARY KEY (session, number))"
    )


def _add_sittings(connection: Connection) -> None:
    connection.execute(
        "CREATE TABLE sittings (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, sat_s FLOAT NOT NULL, "
        "away_s FLOAT NOT NULL, unseen_s FLOAT NOT NULL, longest_s FLOAT NOT NULL, breaks INTEGER NOT NULL, "
        "shifts INTEGER NOT NULL, prompts INTEGER NOT NULL, PRIMARY KEY (session))"
    )


def _add_decisions(connection: Connection) -> None:
    for column in ("looked_at INTEGER", "check_put_off INTEGER"):
        connection.execute(f"ALTER TABLE sessions ADD COLUMN {column}")
    connection.execute(
        "CREATE TABLE decisions (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL, "
        "rule VARCHAR, says VARCHAR NOT NULL, PRIMARY KEY (session, number))"
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _add_people,
    _allow_no_goal,
    _add_programmes,
    _add_checks,
    _add_guided,
    _add_sittings,
    _add_decisions,
)
"""The step from version 1 to 2, from 2 to 3 and so on. Each stays as it is once released, and is SQL: the tables above are
those of the newest version only."""


def newest() -> int:
    """Return the version of the tables above."""
    return 1 + len(MIGRATIONS)


def is_older(connection: Connection) -> bool:
    """Return whether there are tables, and they are of an older version."""
    return 0 < int(connection.execute("PRAGMA user_version").fetchone()[0]) < newest()


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or migrate those of an older version, all or nothing, within the running transaction."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == newest():
        return
    if version == 0:
        for table in TABLES:
            connection.execute(table.create)
    else:
        for migrate in MIGRATIONS[version - 1 :]:
            migrate(connection)
    connection.execute(f"PRAGMA user_version = {newest()}")
