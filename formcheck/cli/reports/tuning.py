"""What `formcheck tune` prints of a stretch: what is proposed and why, and how it fares on people left out."""

from collections.abc import Sequence

from rich.console import Console

from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.core.wording.language import N_, joined
from formcheck.tuning import report
from formcheck.tuning.fitting.comparison import Comparison
from formcheck.tuning.fitting.proposal import LimitChange
from formcheck.tuning.run import Tuned


def print_tuned(console: Console, tuned: Tuned) -> None:
    """Print what is proposed for one stretch, the comparison, and the verdict."""
    console.print(joined(": ", (tuned.spec.title, report.describe_clips(tuned))), style="bold")
    for warning in tuned.warnings:
        console.print(N_("Beware: {warning}").format(warning=warning))
    if tuned.better or not tuned.proposal.changes:
        console.print(changes_table(tuned.proposal.rows))
    if tuned.comparison is not None:
        console.print(joined("", (report.describe_validation(tuned), ":")))
        console.print(comparison_table(tuned.comparison))
    console.print(report.describe_verdict(tuned))
    console.print()


def changes_table(rows: Sequence[LimitChange]) -> WrappedTable:
    """Return the table of limits, what they were and what is proposed, and the evidence."""
    heads = columns(N_("what"), "", N_("old -> new"), N_("evidence"), whole=("what", ""))
    return WrappedTable(heads, [(report.describe_limit(row), row.key, report.format_change(row), row.why) for row in rows])


def comparison_table(comparison: Comparison) -> WrappedTable:
    """Return the table of figures before and after, on people left out."""
    return WrappedTable(columns("", N_("before"), N_("after")), list(report.figure_rows(comparison)))
