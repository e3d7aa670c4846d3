"""What a session came to, in a few lines on the terminal."""

from rich.console import Console

from formcheck.analysis.scoring.fault_totals import worth_telling
from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.coaching.summary import BlockRow, SessionSummary, SummaryRow
from formcheck.core import wording
from formcheck.core.wording.language import joined
from formcheck.ui.screen.words import pain_sentences

FAULTS = 2
"""How many faults of a row are told; one that is still there at the end comes on top."""


def print_recap(console: Console, summary: SessionSummary) -> None:
    """Print a line for each task that was begun or skipped, one sentence for the others, and what to do after strong pain."""
    begun = [recap_cells(row) for row in summary.rows if row.begun]
    begun += [block_cells(row) for row in summary.blocks if row.begun]
    if begun:
        console.print(WrappedTable([Column()] * 6, begun))
    told = [summary.headline, *([summary.good_news] if summary.good_news is not None else [])]
    console.print(joined(" ", (sentence + "." for sentence in told)), markup=False)
    for norm in summary.norms:
        console.print(norm + ".", markup=False)
    waiting = dict.fromkeys(
        row.name if row.side is not None or not row.sided else wording.STRETCH_BOTH_SIDES.format(title=row.title)
        for row in summary.rows
        if not row.begun
    ) | dict.fromkeys(row.name for row in summary.blocks if not row.begun)
    if waiting:
        console.print(wording.NEVER_STARTED.format(stretches=joined("; ", waiting)))
    for sentence in pain_sentences(summary):
        console.print(sentence)


def recap_cells(row: SummaryRow) -> tuple[str, str, str, str, str, str]:
    """Return stretch, side, seconds of the goal, what became of it, score, and what hurt or was wrong."""
    return (
        row.title,
        wording.ON_SIDE.format(side=row.side) if row.side is not None else "",
        wording.held_in_words(row.seconds),
        row.outcome,
        wording.FORM.format(score=round(row.score)) if row.score is not None else "",
        joined("; ", [*row.pain_notes, *(fault.in_words for fault in worth_telling(row.faults, FAULTS))]),
    )


def block_cells(row: BlockRow) -> tuple[str, str, str, str, str, str]:
    """Return block, side, seconds of the goal, what became of it, that it was not measured, and what hurt."""
    return (
        row.title,
        wording.ON_SIDE.format(side=row.side) if row.side is not None else "",
        wording.HELD_OF_GOAL.format(held_s=row.seconds.held, goal_s=row.seconds.goal),
        row.outcome,
        wording.ROW_NOT_MEASURED,
        joined("; ", row.pain_notes),
    )
