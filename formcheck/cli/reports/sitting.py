"""What is printed of a day at the desk: minutes and counts, and no verdict."""

from rich.console import Console

from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.core import wording
from formcheck.people.history import SittingRecord
from formcheck.ui.kept_session import sitting_rows


def print_sitting(console: Console, sitting: SittingRecord) -> None:
    """Print what was counted, a row each, and what was not judged."""
    console.print(WrappedTable((Column(), Column(right=True, whole=True)), sitting_rows(sitting)))
    console.print(wording.SIT_NOT_GRADED)
