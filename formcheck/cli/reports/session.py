"""What a session came to, in a few lines on the terminal."""

from collections.abc import Sequence

from rich.console import Console

from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.coaching.events import SummaryRow
from formcheck.core import wording

_ROUNDING_S = 0.01
"""Sums of frame times miss whole seconds by less."""


def print_recap(console: Console, rows: Sequence[SummaryRow]) -> None:
    """Print a line for each task that was begun or skipped, and one sentence for all the others."""
    begun = [row for row in rows if row.begun]
    cells = []
    for row in begun:
        held_s = int(row.held_s + _ROUNDING_S)
        if row.skipped:
            done = wording.LEFT_BEFORE_GOAL if row.held_s > 0 else wording.SKIPPED
        else:
            done = wording.REACHED if held_s >= row.goal_s else wording.SECONDS_TO_GO.format(left_s=row.goal_s - row.held_s)
        side = wording.ON_SIDE.format(side=row.side) if row.side is not None else ""
        held = wording.HELD_OF_GOAL.format(held_s=held_s, goal_s=row.goal_s)
        cells.append((row.title, side, held, done, row.note or ""))
    console.print(WrappedTable([Column()] * 5, cells) if begun else wording.NOTHING_HELD)
    waiting = dict.fromkeys(
        (wording.STRETCH_ON_SIDE if row.side else wording.STRETCH_BOTH_SIDES).format(title=row.title, side=row.side)
        for row in rows
        if not row.begun
    )
    if waiting:
        console.print(wording.NEVER_STARTED.format(stretches="; ".join(waiting)))
