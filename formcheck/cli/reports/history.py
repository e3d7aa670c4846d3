"""What `formcheck history` prints: a heading for each session and what was done in it, the sums, and how far it went."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console

from formcheck.cli import terminal
from formcheck.cli.reports.tables import Column, WrappedTable, columns
from formcheck.core import wording
from formcheck.core.measures import MEASURES
from formcheck.core.plain_text import one_line
from formcheck.people.history import Entry, GuidedTotal, Total
from formcheck.people.progression import SESSIONS, Trend, session_reaches, trend
from formcheck.stretches.files import shipped_stretch
from formcheck.stretches.titles import title_of
from formcheck.ui.kept_session import guided_in_words, pain_told, totals_rows
from formcheck.ui.session_in_short import lines_of, sitting_in_short


def print_history(
    entries: Sequence[Entry],
    every: Sequence[Entry],
    totals: Sequence[Total],
    profile: str | None,
    console: Console | None = None,
    *,
    guided: Sequence[GuidedTotal] = (),
) -> None:
    """Print these `entries`, the newest last, the `totals`, and how far `every` session went; those of `profile`, if given.

    `guided` are the totals of guided blocks.
    """
    console = console or terminal.console()
    if not entries:
        console.print(nothing_kept(profile))
        return
    _print_sessions(console, entries)
    if totals:
        console.print()
        console.print(_totals(totals))
    if guided:
        console.print()
        console.print(*map(guided_in_words, guided), sep="\n")
    trends = list(_trends(every, profile))
    if trends:
        console.print()
        console.print(*trends, sep="\n")


def nothing_kept(profile: str | None) -> str:
    """Return that nothing has been kept yet, of anybody or of one person."""
    return wording.HISTORY_EMPTY if profile is None else wording.HISTORY_EMPTY_OF.format(profile=one_line(profile))


def _print_sessions(console: Console, entries: Sequence[Entry]) -> None:
    """Print a heading for each session, and below it what was done, in columns that are the same for all of them."""
    done = [list(lines_of(entry)) for entry in entries]
    widths = [max((cell_len(line[i]) for lines in done for line in lines), default=0) for i in range(4)]
    heads = [Column(least=width, right=i in (2, 3), key=i < 2, whole=True) for i, width in enumerate(widths)]
    for entry, lines in zip(entries, done, strict=True):
        cut = "" if entry.ended else f"  {wording.SESSION_CUT}"
        plan = f"{title_of(entry.plan)}, {one_line(entry.profile)}" if entry.profile else title_of(entry.plan)
        told = f"  {wording.SESSION_LEVEL.format(level=entry.level)}" if entry.level is not None else ""
        told += f"  {pain_told(entry)}" if entry.pain_before is not None else ""
        console.print(f"{entry.started:%a %d %b %Y, %H:%M}  {plan}{cut}{told}  id {one_line(entry.short_id)}", style="bold")
        if entry.sitting is not None:
            console.print(WrappedTable((Column(),), [(sitting_in_short(entry.sitting),)], indented=True))
        if lines:
            console.print(WrappedTable((*heads, Column()), lines, indented=True))
        elif entry.sitting is None:
            console.print(WrappedTable((Column(),), [(wording.NOTHING_DONE,)], indented=True))


def _totals(totals: Sequence[Total]) -> WrappedTable:
    heads = columns("in all", "side", "held", "sessions", right=("held", "sessions"), whole=("side", "held", "sessions"))
    return WrappedTable(heads, totals_rows(totals))


def _trends(entries: Sequence[Entry], profile: str | None) -> Iterator[str]:
    """How far each stretch went on each side: the median of five sessions, and a change only where it is one."""
    people = {entry.profile for entry in entries if entry.stretches}
    if profile is None and len(people) != 1:
        if any(stretch.reach for entry in entries for stretch in entry.stretches):
            yield "How far you get is shown for one person at a time: --profile NAME."
        return
    poses = sorted({stretch.pose for entry in entries for stretch in entry.stretches if stretch.reach})
    for pose in poses:
        for side, done in session_reaches(entries, pose).items():
            found = trend(done)
            if found is not None:
                name = wording.STRETCH_ON_SIDE.format(title=title_of(pose), side=side)
                yield f"{name}: {_measure(pose)} {found.now:.0f} degrees, {_change(found)}"


def _measure(pose: str) -> str:
    """What the stretch's goal is called everywhere."""
    spec = shipped_stretch(pose)
    return MEASURES[spec.goal.measure].name_with_leg if spec is not None and spec.goal is not None else "goal"


def _change(found: Trend) -> str:
    if found.before is None:
        return f"the middle of up to {SESSIONS} sessions. Whether that changes shows after {2 * SESSIONS} sessions."
    if found.change is None:
        return f"at first {found.before:.0f}. The camera cannot tell less than {found.detectable:.0f} from no change."
    more = "more" if found.change > 0 else "less"
    return f"at first {found.before:.0f}: {abs(found.change):.0f} {more}, a change that can be told."
