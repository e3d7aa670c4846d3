"""What is printed of a day at the desk: minutes and counts, and no verdict."""

from rich.console import Console

from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.core import wording
from formcheck.core.durations import format_hours
from formcheck.people.history import SittingRecord


def print_sitting(console: Console, sitting: SittingRecord) -> None:
    """Print what was counted, a row each, and what was not judged."""
    rows = (
        (wording.SIT_SEATED, format_hours(sitting.sat_s)),
        (wording.SIT_AWAY, format_hours(sitting.away_s)),
        (wording.SIT_UNSEEN, format_hours(sitting.unseen_s)),
        (wording.SIT_LONGEST, format_hours(sitting.longest_s)),
        (wording.SIT_BREAKS, str(sitting.breaks)),
        (wording.SIT_SHIFTS, str(sitting.shifts)),
        (wording.SIT_PROMPTS, str(sitting.prompts)),
    )
    console.print(WrappedTable((Column(), Column(right=True, whole=True)), rows))
    console.print(wording.SIT_NOT_GRADED)


def sitting_in_short(sitting: SittingRecord) -> str:
    """Return a day at the desk in a line."""
    return wording.SIT_IN_SHORT.format(
        sat=format_hours(sitting.sat_s), breaks=sitting.breaks, shifts=sitting.shifts, prompts=sitting.prompts
    )
