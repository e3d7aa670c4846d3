"""What is printed of a day at the desk: minutes and counts, and no verdict."""

from rich.console import Console

from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.core import wording
from formcheck.core.durations import format_hours
from formcheck.people.history import SittingRecord
from formcheck.ui.kept_session import sitting_rows


def print_sitting(console: Console, sitting: SittingRecord) -> None:
    """Print what was counted, a row each, and what was not judged."""
    console.print(WrappedTable((Column(), Column(right=True, whole=True)), sitting_rows(sitting)))
    console.print(wording.SIT_NOT_GRADED)


def sitting_in_short(sitting: SittingRecord) -> str:
    """Return a day at the desk in a line."""
    return wording.SIT_IN_SHORT.format(
        sat=format_hours(sitting.sat_s), breaks=sitting.breaks, shifts=sitting.shifts, prompts=sitting.prompts
    )
