"""`formcheck history` and its commands."""

import dataclasses
import json as json_text
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.prompt import Confirm
from rich.table import Table

from formcheck import safety
from formcheck.history import Entry, Pain, Stretch, Total, history_file
from formcheck.history.store import Store, delete_history
from formcheck.values import Side


def show(count: int | None, *, json: bool) -> None:
    """Print the last `count` sessions (`None`: all), the newest last, and what was held in all. Raises HistoryError."""
    entries: Sequence[Entry] = ()
    totals: Sequence[Total] = ()
    if history_file().is_file():  # to look is no reason to make one
        with Store(history_file()) as store:
            entries, totals = store.recent(count)[::-1], store.totals()
    if json:
        json_text.dump([dataclasses.asdict(entry) for entry in entries], sys.stdout, indent=2, default=datetime.isoformat)
        print()
        return
    console = Console()
    if not entries:
        console.print("Nothing has been kept yet. A session of `formcheck live` is kept as it happens.")
        return
    console.print(_sessions(entries))
    if totals:
        console.print()
        console.print(_totals(totals))


def delete_all(*, yes: bool) -> None:
    """Delete the history and the answers to the safety questions, asking first unless `yes`. Raises FormcheckError."""
    if not yes and not Confirm.ask("Delete the whole history and your answers to the safety questions?", default=False):
        print("Nothing was deleted.")
        return
    safety.forget()
    if history_file().exists():
        delete_history(history_file())
    print("The history and your answers are deleted. Your own routines are still there.")


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, justify="right" if head in ("held", "score", "sessions") else "left", no_wrap=head != "notes")
    return table


def _sessions(entries: Sequence[Entry]) -> Table:
    table = _table("when", "stretch", "side", "held", "score", "notes")
    for entry in entries:
        when = entry.started.strftime("%a %d %b %Y, %H:%M")
        table.add_row(when, entry.plan, "", "", "", "" if entry.ended else "still running, or cut short", style="bold")
        for row in _rows(entry):
            table.add_row("", *row)
    return table


def _rows(entry: Entry) -> Iterator[tuple[str, str, str, str, str]]:
    """A line for every stretch and side: its repetitions are one thing to somebody who looks back."""

    def named(part: Stretch | Pain) -> tuple[str, str]:
        return part.pose, _side(part.side)

    for (pose, side), same in groupby(sorted(entry.stretches, key=named), key=named):
        bouts = list(same)
        held_s = sum(bout.held_s for bout in bouts)
        goal_s = sum(bout.goal_s for bout in bouts)
        scored = [(bout.score, bout.held_s) for bout in bouts if bout.score is not None and bout.held_s > 0]
        score = f"{sum(part * s for part, s in scored) / sum(s for _, s in scored):.0f}" if scored else ""
        notes = ["skipped"] * any(bout.skipped for bout in bouts)
        notes += [_pain(pain) for pain in entry.pains if named(pain) == (pose, side)]
        notes += _faults(bouts)
        yield pose, side, f"{held_s:.0f} of {goal_s:.0f} s", score, ", ".join(notes)
    for pain in entry.pains:
        if named(pain) not in {named(stretch) for stretch in entry.stretches}:
            yield *named(pain), "", "", _pain(pain)


def _faults(bouts: Sequence[Stretch]) -> Iterator[str]:
    """The fault that lasted longest, if it lasted a second: more would be a report, not a diary."""
    sums: dict[str, float] = {}
    for bout in bouts:
        for name, seconds in bout.faults.items():
            sums[name] = sums.get(name, 0.0) + seconds
    longest = max(sums, key=lambda name: sums[name], default=None)
    if longest is not None and sums[longest] >= 1.0:
        yield f"{longest.replace('_', ' ')} {sums[longest]:.0f} s"


def _pain(pain: Pain) -> str:
    return f"{pain.answer} pain" if pain.answer else "pain"


def _totals(totals: Sequence[Total]) -> Table:
    table = _table("in all", "side", "held", "sessions")
    for total in totals:
        table.add_row(total.pose, _side(total.side), _duration(total.held_s), str(total.sessions))
    return table


def _side(side: Side | None) -> str:
    return side.value if side else "?"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
