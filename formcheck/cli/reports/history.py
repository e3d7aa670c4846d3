"""What `formcheck history` prints: a heading for each session and what was done in it, the sums, and how far it went."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console

from formcheck.cli import terminal
from formcheck.cli.reports.tables import Column, WrappedTable, columns, sum_by_name
from formcheck.core.durations import format_minutes
from formcheck.core.values import Side
from formcheck.people.history import Entry, Pain, Stretch, Total
from formcheck.people.progression import SESSIONS, Trend, session_reaches, trend

_Line = tuple[str, str, str, str, str]


def print_history(entries: Sequence[Entry], every: Sequence[Entry], totals: Sequence[Total], profile: str | None) -> None:
    """Print these `entries`, the newest last, the `totals`, and how far `every` session went; those of `profile`, if given."""
    console = terminal.console()
    if not entries:
        whose = f" of the profile {profile}" if profile is not None else ""
        console.print(f"Nothing has been kept yet{whose}. A session of `formcheck live` is kept as it happens.")
        return
    _print_sessions(console, entries)
    if totals:
        console.print()
        console.print(_totals(totals))
    trends = list(_trends(every, profile))
    if trends:
        console.print()
        console.print(*trends, sep="\n")


def _print_sessions(console: Console, entries: Sequence[Entry]) -> None:
    """Print a heading for each session, and below it what was done, in columns that are the same for all of them."""
    done = [list(_rows(entry)) for entry in entries]
    widths = [max((cell_len(line[i]) for lines in done for line in lines), default=0) for i in range(4)]
    heads = [Column(least=width, right=i in (2, 3), key=i < 2, whole=True) for i, width in enumerate(widths)]
    for entry, lines in zip(entries, done, strict=True):
        cut = "" if entry.ended else "  still running, or cut short"
        plan = f"{entry.plan}, {entry.profile}" if entry.profile else entry.plan
        console.print(f"{entry.started:%a %d %b %Y, %H:%M}  {plan}{cut}  id {entry.short_id}", style="bold")
        console.print(WrappedTable((*heads, Column()), lines, indented=True))


def _rows(entry: Entry) -> Iterator[_Line]:
    """A line for every stretch and side: looking back, its repetitions are one thing."""

    def named(part: Stretch | Pain) -> tuple[str, str]:
        return part.pose, _side(part.side)

    for (pose, side), same in groupby(sorted(entry.stretches, key=named), key=named):
        bouts = list(same)
        held_s = sum(bout.held_s for bout in bouts)
        goal_s = sum(bout.goal_s for bout in bouts)
        scored = [(bout.score, bout.held_s) for bout in bouts if bout.score is not None and bout.held_s > 0]
        score = f"form {sum(part * s for part, s in scored) / sum(s for _, s in scored):.0f}" if scored else ""
        notes = ["skipped"] * any(bout.skipped for bout in bouts)
        notes += [_pain(pain) for pain in entry.pains if named(pain) == (pose, side)]
        notes += _faults(bouts)
        yield pose, side, f"{held_s:.0f} of {goal_s:.0f} s", score, ", ".join(notes)
    for pain in entry.pains:
        if named(pain) not in {named(stretch) for stretch in entry.stretches}:
            yield *named(pain), "", "", _pain(pain)


def _faults(bouts: Sequence[Stretch]) -> Iterator[str]:
    """The fault that lasted longest, if it lasted a second: more would be a report, not a diary."""
    sums = sum_by_name(fault for bout in bouts for fault in bout.faults.items())
    longest = max(sums, key=lambda name: sums[name], default=None)
    if longest is not None and sums[longest] >= 1.0:
        yield f"{longest.replace('_', ' ')} {sums[longest]:.0f} s"


def _pain(pain: Pain) -> str:
    return f"{pain.answer} pain" if pain.answer else "pain"


def _totals(totals: Sequence[Total]) -> WrappedTable:
    heads = columns("in all", "side", "held", "sessions", right=("held", "sessions"), whole=("side", "held", "sessions"))
    rows = [(total.pose, _side(total.side), format_minutes(total.held_s, from_s=120), str(total.sessions)) for total in totals]
    return WrappedTable(heads, rows)


def _trends(entries: Sequence[Entry], profile: str | None) -> Iterator[str]:
    """How far each stretch went on each side: the median of five sessions, and a change only where it is one."""
    people = {entry.profile for entry in entries}
    if profile is None and len(people) != 1:
        if any(stretch.reach for entry in entries for stretch in entry.stretches):
            yield "How far you got is told of one person at a time: --profile NAME."
        return
    poses = sorted({stretch.pose for entry in entries for stretch in entry.stretches if stretch.reach})
    for pose in poses:
        for side, done in session_reaches(entries, pose).items():
            found = trend(done)
            if found is not None:
                yield f"{pose}, {side}: {found.now:.0f} degrees reached, {_change(found)}"


def _change(found: Trend) -> str:
    if found.before is None:
        return f"the median of up to {SESSIONS} sessions; a change is told from {2 * SESSIONS} on."
    if found.change is None:
        return f"{found.before:.0f} at first: no change beyond what the camera can tell ({found.detectable:.0f})."
    return f"{found.before:.0f} at first: {abs(found.change):.0f} {'more' if found.change > 0 else 'less'}, a real change."


def _side(side: Side | None) -> str:
    return side.value if side else "?"
