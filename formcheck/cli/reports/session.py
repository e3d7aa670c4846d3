"""What a session came to, in a few lines on the terminal."""

from collections.abc import Sequence

from rich.console import Console

from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.coaching.events import SummaryRow

_ROUNDING_S = 0.01
"""Sums of frame times miss whole seconds by less."""


def print_recap(console: Console, rows: Sequence[SummaryRow]) -> None:
    """Print a line for each task that was begun or skipped, and one sentence for all the others."""
    begun = [row for row in rows if row.begun]
    cells = []
    for row in begun:
        held_s = int(row.held_s + _ROUNDING_S)
        done = (
            ("left" if row.held_s > 0 else "skipped")
            if row.skipped
            else ("done" if held_s >= row.goal_s else f"{row.goal_s - row.held_s:.0f} s to go")
        )
        side = f"{row.side} side" if row.side is not None else ""
        cells.append((row.title, side, f"{held_s} s of {row.goal_s:.0f} s", done, row.note or ""))
    console.print(WrappedTable([Column()] * 5, cells) if begun else "Nothing was held.")
    waiting = dict.fromkeys(f"{row.title}, {f'{row.side} side' if row.side else 'both sides'}" for row in rows if not row.begun)
    if waiting:
        console.print(f"Not started: {'; '.join(waiting)}.", markup=False)
