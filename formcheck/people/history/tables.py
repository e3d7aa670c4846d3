"""The tables of the history, and the migrations of older ones.

Times are ISO 8601 text with the offset from UTC, so that a day stays the day it was for the person, wherever they travel.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from sqlalchemy import Connection, Float, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """A number is FLOAT in every file: left to the library, it is DOUBLE from SQLAlchemy 2.1 on."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {float: Float()}


class SessionRow(Table):
    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(primary_key=True)
    started: Mapped[str]
    version: Mapped[str]
    plan: Mapped[str]
    ended: Mapped[str | None]
    profile: Mapped[str | None]
    level: Mapped[int | None]
    pain_before: Mapped[int | None]
    pain_after: Mapped[int | None]
    pain_where: Mapped[str | None]
    looked_at: Mapped[int | None]  # 0 or 1, as below: read as they lie in the file, so that a damaged one costs itself
    check_put_off: Mapped[int | None]


def _session() -> Mapped[str]:
    return mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)


class StretchRow(Table):
    __tablename__ = "stretches"

    session: Mapped[str] = _session()
    number: Mapped[int] = mapped_column(primary_key=True)
    pose: Mapped[str]
    side: Mapped[str | None]
    started: Mapped[str]
    held_s: Mapped[float]
    longest_s: Mapped[float]
    goal_s: Mapped[float | None]
    complete: Mapped[bool | None]
    score: Mapped[float | None]
    skipped: Mapped[bool]


class FaultRow(Table):
    __tablename__ = "faults"

    session: Mapped[str] = _session()
    number: Mapped[int] = mapped_column(primary_key=True)  # of the stretch
    fault: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[float]


class ReachRow(Table):
    __tablename__ = "reach"

    session: Mapped[str] = _session()
    number: Mapped[int] = mapped_column(primary_key=True)  # of the stretch
    degrees: Mapped[int] = mapped_column(primary_key=True)
    seconds: Mapped[float]


class PainRow(Table):
    __tablename__ = "pains"

    session: Mapped[str] = _session()
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    pose: Mapped[str]
    side: Mapped[str | None]
    answer: Mapped[str | None]


class CheckRow(Table):
    __tablename__ = "checks"

    id: Mapped[str] = mapped_column(primary_key=True)  # of the check, which has several rows and is no session
    side: Mapped[str] = mapped_column(primary_key=True)
    reading: Mapped[str] = mapped_column(primary_key=True)
    taken: Mapped[str]
    version: Mapped[str]
    profile: Mapped[str | None]
    name: Mapped[str]  # of the check
    degrees: Mapped[float]
    error_deg: Mapped[float]
    spread_deg: Mapped[float]
    band: Mapped[str | None]


class GuidedRow(Table):
    __tablename__ = "guided"

    session: Mapped[str] = _session()
    number: Mapped[int] = mapped_column(primary_key=True)
    block: Mapped[str]
    side: Mapped[str | None]
    started: Mapped[str]
    guided_s: Mapped[float]
    goal_s: Mapped[float]
    complete: Mapped[bool]
    skipped: Mapped[bool]


class DecisionRow(Table):
    __tablename__ = "decisions"

    session: Mapped[str] = _session()
    number: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str | None]
    says: Mapped[str]


class SittingRow(Table):
    __tablename__ = "sittings"

    session: Mapped[str] = _session()
    sat_s: Mapped[float]
    away_s: Mapped[float]
    unseen_s: Mapped[float]
    longest_s: Mapped[float]
    breaks: Mapped[int]
    shifts: Mapped[int]
    prompts: Mapped[int]


def _add_people(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE sessions ADD COLUMN profile VARCHAR")
    connection.exec_driver_sql(
        "CREATE TABLE reach (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL, "
        "degrees INTEGER NOT NULL, seconds FLOAT NOT NULL, PRIMARY KEY (session, number, degrees))"
    )


def _allow_no_goal(connection: Connection) -> None:
    """What is held to the end has no goal. SQLite lets no column be empty afterwards, so the table is made anew."""
    connection.exec_driver_sql("ALTER TABLE stretches RENAME TO stretches_with_goals")
    connection.exec_driver_sql(
        "CREATE TABLE stretches (session VARCHAR NOT NULL, number INTEGER NOT NULL, pose VARCHAR NOT NULL, side VARCHAR, "
        "started VARCHAR NOT NULL, held_s FLOAT NOT NULL, longest_s FLOAT NOT NULL, goal_s FLOAT, complete BOOLEAN, "
        "score FLOAT, skipped BOOLEAN NOT NULL, PRIMARY KEY (session, number), "
        "FOREIGN KEY(session) REFERENCES sessions (id) ON DELETE CASCADE)"
    )
    connection.exec_driver_sql(
        "INSERT INTO stretches SELECT session, number, pose, side, started, held_s, longest_s, goal_s, complete, score, "
        "skipped FROM stretches_with_goals"
    )
    connection.exec_driver_sql("DROP TABLE stretches_with_goals")


def _add_programmes(connection: Connection) -> None:
    for column in ("level INTEGER", "pain_before INTEGER", "pain_after INTEGER", "pain_where VARCHAR"):
        connection.exec_driver_sql(f"ALTER TABLE sessions ADD COLUMN {column}")


def _add_checks(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE checks (id VARCHAR NOT NULL, side VARCHAR NOT NULL, reading VARCHAR NOT NULL, taken VARCHAR NOT NULL, "
        "version VARCHAR NOT NULL, profile VARCHAR, name VARCHAR NOT NULL, degrees FLOAT NOT NULL, error_deg FLOAT NOT NULL, "
        "spread_deg FLOAT NOT NULL, band VARCHAR, PRIMARY KEY (id, side, reading))"
    )


def _add_guided(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE guided (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, number INTEGER NOT NULL, "
        "block VARCHAR NOT NULL, side VARCHAR, started VARCHAR NOT NULL, guided_s FLOAT NOT NULL, goal_s FLOAT NOT NULL, "
        "complete BOOLEAN NOT NULL, skipped BOOLEAN NOT NULL, PRIMARY KEY (session, number))"
    )


def _add_sittings(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE sittings (session VARCHAR NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, sat_s FLOAT NOT NULL, "
        "away_s FLOAT NOT NULL, unseen_s FLOAT NOT NULL, longest_s FLOAT NOT NULL, breaks INTEGER NOT NULL, "
        "shifts INTEGER NOT NULL, prompts INTEGER NOT NULL, PRIMARY KEY (session))"
    )


def _add_decisions(connection: Connection) -> None:
    for column in ("looked_at INTEGER", "check_put_off INTEGER"):
        connection.exec_driver_sql(f"ALTER TABLE sessions ADD COLUMN {column}")
    connection.exec_driver_sql(
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
"""The step from version 1 to 2, from 2 to 3 and so on. Each stays as it is once released, and is SQL: the classes above are
those of the newest version only."""


def newest() -> int:
    """Return the version of the tables above."""
    return 1 + len(MIGRATIONS)


def is_older(connection: Connection) -> bool:
    """Return whether there are tables, and they are of an older version."""
    return 0 < int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()) < newest()


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or migrate those of an older version, all or nothing, within the running transaction."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version == newest():
        return
    if version == 0:
        Table.metadata.create_all(connection)
    else:
        for migrate in MIGRATIONS[version - 1 :]:
            migrate(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {newest()}")
