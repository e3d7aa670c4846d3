"""What `formcheck history show ID` prints: one session in full, all that was done in it by time."""

from rich.console import Console

from formcheck.cli.reports.sitting import print_sitting
from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.core import wording
from formcheck.core.durations import MOMENT
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import joined
from formcheck.people.history import Entry
from formcheck.stretches.titles import title_of
from formcheck.ui.kept_session import decisions_in_words, kept_in_words, pain_told, session_rows


def print_session(console: Console, entry: Entry) -> None:
    """Print when the session was, and a row for everything in it: each stretch as often as it was done, and each pain."""
    whose = joined(", ", filter(None, (title_of(entry.plan), entry.profile)))
    console.print(one_line(joined("  ", (MOMENT.format(time=entry.started), whose))), style="bold")
    console.print(kept_in_words(entry))
    if entry.level is not None:
        console.print(wording.SESSION_LEVEL.format(level=entry.level))
    for decided in decisions_in_words(entry, rules=True):
        console.print(joined("", ("  ", decided)))
    if entry.pain_before is not None:
        console.print(pain_told(entry))
    console.print()
    if entry.sitting is not None:
        print_sitting(console, entry.sitting)
    if rows := session_rows(entry):
        whole = ("at", "side", "held", "longest", "form")
        console.print(WrappedTable(columns(*wording.SESSION_HEADS, right=("at", "held", "longest", "form"), whole=whole), rows))
    elif entry.sitting is None:
        console.print(wording.NOTHING_DONE)
