"""What `formcheck history show ID` prints: one session in full, all that was done in it by time."""

from collections.abc import Iterator

from rich.console import Console

from formcheck.analysis.scoring.fault_totals import totals_of_seconds
from formcheck.cli.reports.history import block_row, pain_told, shown_block_side, shown_side
from formcheck.cli.reports.session import describe_fault
from formcheck.cli.reports.sitting import print_sitting
from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.core import wording
from formcheck.core.durations import format_clip_time, seconds_of_goal, whole_seconds
from formcheck.core.plain_text import one_line
from formcheck.people.history import Entry, Stretch
from formcheck.stretches.files import shipped_stretch
from formcheck.stretches.titles import title_of

_HEADS = ("at", "stretch", "side", "held", "longest", "form", "what else")


def print_session(console: Console, entry: Entry) -> None:
    """Print when the session was, and a row for everything in it: each stretch as often as it was done, and each pain."""
    ended = f"ended {entry.ended:%H:%M}" if entry.ended else "still running, or cut short"
    whose = f", {one_line(entry.profile)}" if entry.profile else ""
    console.print(f"{entry.started:%a %d %b %Y, %H:%M}  {title_of(entry.plan)}{whose}", style="bold")
    console.print(one_line(f"id {entry.id}, {ended}, kept by formcheck {entry.version}"))
    if entry.level is not None:
        console.print(f"level {entry.level}")
    for decided in entry.decisions:
        console.print(one_line(f"  {wording.decided_in_words(decided.says, decided.rule)}"))
    if entry.pain_before is not None:
        console.print(pain_told(entry))
    console.print()
    if entry.sitting is not None:
        print_sitting(console, entry.sitting)
    if not (entry.stretches or entry.pains or entry.blocks):
        if entry.sitting is None:
            console.print(wording.NOTHING_DONE)
        return
    rows = [
        (
            stretch.started_s,
            title_of(stretch.pose),
            shown_side(stretch.side, stretch.pose),
            _held(stretch),
            f"{whole_seconds(stretch.longest_s)} s",
            "" if stretch.score is None else f"{stretch.score:.0f}",
            ", ".join(_notes(stretch)),
        )
        for stretch in entry.stretches
    ]
    for block in entry.blocks:
        row = block_row(block, ())
        held = wording.HELD_OF_GOAL.format(held_s=row.seconds.held, goal_s=row.seconds.goal)
        notes = [wording.ROW_NOT_MEASURED, *([row.outcome] if row.skipped and not row.complete else [])]
        cells = title_of(block.block), shown_block_side(block.side), held, "", "", ", ".join(notes)
        rows.append((block.started_s, *cells))
    rows += [
        (pain.time_s, title_of(pain.pose), shown_side(pain.side, pain.pose), "", "", "", wording.pain_in_words(pain.answer))
        for pain in entry.pains
    ]
    timed = [(format_clip_time(time_s), *cells) for time_s, *cells in sorted(rows, key=lambda row: row[0])]
    whole = ("at", "side", "held", "longest", "form")
    console.print(WrappedTable(columns(*_HEADS, right=("at", "held", "longest", "form"), whole=whole), timed))


def _held(stretch: Stretch) -> str:
    seconds = seconds_of_goal(stretch.held_s, stretch.goal_s, complete=stretch.complete)
    return wording.held_in_words(seconds)


def _notes(stretch: Stretch) -> Iterator[str]:
    if stretch.skipped:
        yield wording.ENDED_EARLY if stretch.held_s > 0 else wording.SKIPPED
    yield from map(describe_fault, totals_of_seconds(stretch.faults, shipped_stretch(stretch.pose)))
    if stretch.reach:
        low, high = min(stretch.reach), max(stretch.reach)
        yield f"reached {low} to {high} degrees" if low < high else f"reached {low} degrees"
