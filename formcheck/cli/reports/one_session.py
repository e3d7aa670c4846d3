"""What `formcheck history show ID` prints: one session in full, all that was done in it by time."""

from collections.abc import Iterator

from rich.console import Console

from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.core.durations import format_clip_time
from formcheck.people.history import Entry, Stretch

_HEADS = ("at", "stretch", "side", "held", "longest", "form", "what else")


def print_session(console: Console, entry: Entry) -> None:
    """Print when the session was, and a row for everything in it: each stretch as often as it was done, and each pain."""
    ended = f"ended {entry.ended:%H:%M}" if entry.ended else "still running, or cut short"
    whose = f", {entry.profile}" if entry.profile else ""
    console.print(f"{entry.started:%a %d %b %Y, %H:%M}  {entry.plan}{whose}", style="bold")
    console.print(f"id {entry.id}, {ended}, kept by formcheck {entry.version}")
    console.print()
    rows = [
        (
            stretch.started_s,
            stretch.pose,
            stretch.side or "?",
            f"{stretch.held_s:.0f} of {stretch.goal_s:.0f} s",
            f"{stretch.longest_s:.0f} s",
            "" if stretch.score is None else f"{stretch.score:.0f}",
            ", ".join(_notes(stretch)),
        )
        for stretch in entry.stretches
    ]
    rows += [
        (pain.time_s, pain.pose, pain.side or "?", "", "", "", f"{pain.answer or ''} pain".strip()) for pain in entry.pains
    ]
    timed = [(format_clip_time(time_s), *cells) for time_s, *cells in sorted(rows, key=lambda row: row[0])]
    whole = ("at", "side", "held", "longest", "form")
    console.print(WrappedTable(columns(*_HEADS, right=("at", "held", "longest", "form"), whole=whole), timed))


def _notes(stretch: Stretch) -> Iterator[str]:
    if stretch.skipped:
        yield "skipped"
    for name, seconds in sorted(stretch.faults.items(), key=lambda fault: -fault[1]):
        yield f"{name.replace('_', ' ')} {seconds:.0f} s"
    if stretch.reach:
        low, high = min(stretch.reach), max(stretch.reach)
        yield f"reached {low} to {high} degrees" if low < high else f"reached {low} degrees"
