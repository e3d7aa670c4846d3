"""Cases that were tried, and the page that counts them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from formcheck.core.version import __version__
from tests.support.clips import REPO

STORED = REPO / "docs" / "trust.json"
PAGE = REPO / "docs" / "trust.md"
_TOLD = 5
"""So many wrong cases of a row are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. `what` is tried, as a kind of file; `name` repeats it; `wrong` says what is not as it should be, if any."""

    what: str
    name: str
    wrong: str = ""
    spent_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the page: what is claimed of every case in it, and how that is tried."""

    name: str
    claim: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the page: all cases of one kind."""

    part: str
    what: str
    tried: int
    right: int
    wrong: tuple[str, ...]
    longest_s: float
    seed: int
    day: str
    version: str


def rows_of(part: Part, cases: Iterable[Case], seed: int) -> list[Row]:
    """Return the rows of a part that was run, by what was tried."""
    by_what = defaultdict(list)
    for case in cases:
        by_what[case.what].append(case)
    return [
        Row(
            part=part.name,
            what=what,
            tried=len(some),
            right=sum(not case.wrong for case in some),
            wrong=tuple(f"{case.name}: {case.wrong}" for case in some if case.wrong)[:_TOLD],
            longest_s=round(max(case.spent_s for case in some), 1),
            seed=seed,
            day=f"{date.today()}",
            version=__version__,
        )
        for what, some in sorted(by_what.items())
    ]


def store(rows: Iterable[Row], parts: Mapping[str, Part], stored: Path = STORED, page: Path = PAGE) -> None:
    """Put rows in the place of earlier ones of the same part, and write the page anew."""
    rows = list(rows)
    renewed = {row.part for row in rows}
    known: list[dict[str, Any]] = json.loads(stored.read_text(encoding="utf-8")) if stored.is_file() else []
    kept = [row for row in known if row["part"] not in renewed and row["part"] in parts]
    order = list(parts)
    every = sorted([*kept, *map(asdict, rows)], key=lambda row: (order.index(row["part"]), row["what"]))
    stored.write_text(json.dumps(every, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page.write_text("\n".join(_page(json.loads(stored.read_text(encoding="utf-8")), parts)) + "\n", encoding="utf-8")


def _page(rows: list[dict[str, Any]], parts: Mapping[str, Part]) -> Iterator[str]:
    tried, right = sum(row["tried"] for row in rows), sum(row["right"] for row in rows)
    yield "# What can be trusted"
    yield ""
    yield "Whatever people have opens rightly or is told; nothing hangs, nothing leaks, nothing is lost."
    yield "`python -m tests.trust` tries it and writes this page: each row comes from a run, its cases from a seed."
    yield "`python -m tests.trust --help` says how a part is run again; `docs/trust.json` has the same as data."
    yield "A few cases run with the tests."
    yield ""
    yield f"In all {right} of {tried} right."
    yield ""
    for part in parts.values():
        of_part = [row for row in rows if row["part"] == part.name]
        if not of_part:
            continue
        yield f"## {part.name.capitalize()}"
        yield ""
        yield f"**{part.claim}** {part.how}"
        yield ""
        yield "| what | tried | right | longest | seed, day | not right |"
        yield "|---|---|---|---|---|---|"
        for row in of_part:
            told = "; ".join(wrong.replace("|", "/").replace("\n", " ")[:160] for wrong in row["wrong"])
            number = row["right"] if row["right"] == row["tried"] else f"**{row['right']}**"
            yield f"| {row['what']} | {row['tried']} | {number} | {row['longest_s']} s | {row['seed']}, {row['day']} | {told} |"
        yield ""
