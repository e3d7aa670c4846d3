"""The history for other programs: as a list for JSON, and as one table, with what is in its columns.

A row of the table is a side of a stretch of a session, as texts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from formcheck.people.history.checks import CheckRecord
from formcheck.people.history.records import Entry, Pain, Stretch
from formcheck.people.progression import percentile

COLUMNS: Mapping[str, str] = {
    "session": "string",
    "started": "string",
    "ended": "string",
    "version": "string",
    "plan": "string",
    "profile": "string",
    "level": "int64",
    "pain_before": "int64",
    "pain_after": "int64",
    "pain_where": "string",
    "number": "int64",
    "stretch": "string",
    "side": "string",
    "begun_s": "float64",
    "held_s": "float64",
    "longest_s": "float64",
    "goal_s": "float64",
    "complete": "bool_",
    "score": "float64",
    "skipped": "bool_",
    "reach_deg": "float64",
    "reach_s": "float64",
    "faults": "string",
    "pain": "string",
}
"""What is in each column, as pyarrow calls it; docs/formats.md says what it means."""

_READ = ("check", "side", "reading", "degrees", "error_deg", "spread_deg", "band")
"""What of a reading its check does not have."""

NOT_SAID = "unsaid"
"""The pain of which the person did not say how strong it was."""


def documents(entries: Iterable[Entry], checks: Iterable[CheckRecord]) -> list[dict[str, Any]]:
    """Return sessions and flexibility checks, the oldest first, as JSON has them but for their times.

    A check has all that a session has, so that whoever reads these need not tell them apart; what was read is in `checks`.
    """
    made = [asdict(entry) | {"checks": []} for entry in entries]
    read: dict[str, dict[str, Any]] = {}
    for one in checks:
        alone = Entry(id=one.id, started=one.taken, ended=one.taken, version=one.version, plan=one.check, profile=one.profile)
        reading = {name: value for name, value in asdict(one).items() if name in _READ}
        read.setdefault(one.id, asdict(alone) | {"checks": []})["checks"].append(reading)
    return sorted([*made, *read.values()], key=lambda document: document["started"])


def rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    """Yield the rows of these sessions, in their order, each value as a text; empty where there is none."""
    for entry in entries:
        ended = entry.ended.isoformat() if entry.ended is not None else ""
        of_session = [entry.id, entry.started.isoformat(), ended, entry.version, entry.plan, entry.profile or ""]
        of_session += [_whole(value) for value in (entry.level, entry.pain_before, entry.pain_after)]
        of_session.append(entry.pain_where or "")
        pains = list(map(_place_of, entry.pains, [entry] * len(entry.pains)))
        for number, stretch in enumerate(entry.stretches):
            told = [pain.answer or NOT_SAID for pain, at in zip(entry.pains, pains, strict=True) if at == number]
            yield [*of_session, str(number + 1), *_of_stretch(stretch), ", ".join(told)]


def _of_stretch(stretch: Stretch) -> list[str]:
    reach_deg = percentile([stretch.reach], 0.5)
    return [
        stretch.pose,
        stretch.side or "",
        *map(_seconds, (stretch.started_s, stretch.held_s, stretch.longest_s, stretch.goal_s)),
        _truth(stretch.complete),
        "" if stretch.score is None else f"{stretch.score:.1f}",
        _truth(stretch.skipped),
        "" if reach_deg is None else f"{reach_deg:.0f}",
        _seconds(sum(stretch.reach.values())) if stretch.reach else "",
        json.dumps({name: round(seconds, 2) for name, seconds in stretch.faults.items()}, ensure_ascii=False),
    ]


def _place_of(pain: Pain, entry: Entry) -> int | None:
    """The number of the stretch that was under way when it hurt, from 0; `None` where none of that name and side was begun."""
    alike = [
        (stretch.started_s, number)
        for number, stretch in enumerate(entry.stretches)
        if stretch.pose == pain.pose and (pain.side in (None, stretch.side) or stretch.side is None)
    ]
    begun = [one for one in alike if one[0] <= pain.time_s]
    return max(begun)[1] if begun else min(alike)[1] if alike else None


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).lower()
