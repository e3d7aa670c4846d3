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
    _print_sessions(console, entries)
    if totals:
        console.print()
        console.print(_totals(totals))


def delete_all(*, yes: bool) -> None:
    """Delete the history and the answers to the safety questions, asking first unless `yes`. Raises FormcheckError."""
    if not (history_file().exists() or safety.answers_file().exists()):
        print("Nothing is kept, so there is nothing to delete.")
        return
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


_Line = tuple[str, str, str, str, str]


def _print_sessions(console: Console, entries: Sequence[Entry]) -> None:
    """Print a heading for each session, and below it what was done, in columns that are the same for all of them."""
    done = [list(_rows(entry)) for entry in entries]
    widths = [max((len(line[i]) for lines in done for line in lines), default=0) for i in range(4)]
    for entry, lines in zip(entries, done, strict=True):
        cut = "" if entry.ended else "  still running, or cut short"
        console.print(f"{entry.started:%a %d %b %Y, %H:%M}  {entry.plan}{cut}", style="bold", markup=False, highlight=False)
        table = Table(box=None, pad_edge=True, padding=(0, 0, 0, 2), show_header=False)
        for width, right in zip(widths, (False, False, True, True), strict=True):
            table.add_column(min_width=width, justify="right" if right else "left", no_wrap=True)
        table.add_column()
        for line in lines:
            table.add_row(*line)
        console.print(table)


def _rows(entry: Entry) -> Iterator[_Line]:
    """A line for every stretch and side: its repetitions are one thing to somebody who looks back."""

    def named(part: Stretch | Pain) -> tuple[str, str]:
        return part.pose, _side(part.side)

    for (pose, side), same in groupby(sorted(entry.stretches, key=named), key=named):
        bouts = list(same)
        held_s = sum(bout.held_s for bout in bouts)
        goal_s = sum(bout.goal_s for bout in bouts)
        scored = [(bout.score, bout.held_s) for bout in bouts if bout.score is not None and bout.held_s > 0]
        score = f"score {sum(part * s for part, s in scored) / sum(s for _, s in scored):.0f}" if scored else ""
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
