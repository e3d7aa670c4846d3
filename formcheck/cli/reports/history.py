"""What `formcheck history` prints: a heading for each session and what was done in it, the sums, and how far it went."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console

from formcheck.cli import terminal
from formcheck.cli.reports.tables import Column, WrappedTable, columns
from formcheck.core import wording
from formcheck.core.durations import MOMENT
from formcheck.core.measures import MEASURES
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import N_, joined
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
        head: list[str] = [MOMENT.format(time=entry.started), joined(", ", filter(None, (title_of(entry.plan), entry.profile)))]
        if not entry.ended:
            head.append(wording.SESSION_CUT)
        if entry.level is not None:
            head.append(wording.SESSION_LEVEL.format(level=entry.level))
        if entry.pain_before is not None:
            head.append(pain_told(entry))
        head.append(N_("id {id}").format(id=entry.short_id))
        console.print(one_line(joined("  ", head)), style="bold")
        if entry.sitting is not None:
            console.print(WrappedTable((Column(),), [(sitting_in_short(entry.sitting),)], indented=True))
        if lines:
            console.print(WrappedTable((*heads, Column()), lines, indented=True))
        elif entry.sitting is None:
            console.print(WrappedTable((Column(),), [(wording.NOTHING_DONE,)], indented=True))


def _totals(totals: Sequence[Total]) -> WrappedTable:
    names = N_("in all"), N_("side"), N_("held"), N_("sessions")
    heads = columns(*names, right=names[2:], whole=names[1:])
    return WrappedTable(heads, totals_rows(totals))


def _trends(entries: Sequence[Entry], profile: str | None) -> Iterator[str]:
    """How far each stretch went on each side: the median of five sessions, and a change only where it is one."""
    people = {entry.profile for entry in entries if entry.stretches}
    if profile is None and len(people) != 1:
        if any(stretch.reach for entry in entries for stretch in entry.stretches):
            yield N_("How far you get is shown for one person at a time: --profile NAME.")
        return
    poses = sorted({stretch.pose for entry in entries for stretch in entry.stretches if stretch.reach})
    for pose in poses:
        for side, done in session_reaches(entries, pose).items():
            found = trend(done)
            if found is not None:
                name = wording.STRETCH_ON_SIDE.format(title=title_of(pose), side=side)
                yield N_("{name}: {measure} {now:.0f} degrees, {change}").format(
                    name=name, measure=_measure(pose), now=found.now, change=_change(found)
                )


def _measure(pose: str) -> str:
    """What the stretch's goal is called everywhere."""
    spec = shipped_stretch(pose)
    return MEASURES[spec.goal.measure].name_with_leg if spec is not None and spec.goal is not None else N_("goal")


def _change(found: Trend) -> str:
    if found.before is None:
        return N_("the middle of up to {count} sessions. Whether that changes shows after {needed} sessions.").format(
            count=SESSIONS, needed=2 * SESSIONS
        )
    if found.change is None:
        return N_("at first {before:.0f}. The camera cannot tell less than {detectable:.0f} from no change.").format(
            before=found.before, detectable=found.detectable
        )
    more = N_("at first {before:.0f}: {change:.0f} more, a change that can be told.")
    less = N_("at first {before:.0f}: {change:.0f} less, a change that can be told.")
    told = more if found.change > 0 else less
    return told.format(before=found.before, change=abs(found.change))
