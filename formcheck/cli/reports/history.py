"""What `formcheck history` prints: a heading for each session and what was done in it, the sums, and how far it went."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console

from formcheck.analysis.scoring.fault_totals import ranked, totals_of_seconds
from formcheck.cli import terminal
from formcheck.cli.reports.sitting import sitting_in_short
from formcheck.cli.reports.tables import Column, WrappedTable, columns
from formcheck.coaching.summary import SummaryRow, mean_score
from formcheck.core import wording
from formcheck.core.durations import GoalSeconds
from formcheck.core.measures import MEASURES
from formcheck.core.plain_text import one_line
from formcheck.people.history import Answer, Entry, GuidedTime, GuidedTotal, Pain, Stretch, Total
from formcheck.people.progression import SESSIONS, Trend, session_reaches, trend
from formcheck.stretches.files import shipped_stretch
from formcheck.stretches.titles import title_of
from formcheck.ui.kept_session import (
    block_row,
    guided_in_words,
    pain_told,
    shown_block_side,
    shown_side,
    told_of_pains,
    totals_rows,
)

_Line = tuple[str, str, str, str, str]


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
    done = [list(_rows(entry)) for entry in entries]
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


def _rows(entry: Entry) -> Iterator[_Line]:
    """A line for every stretch and side: looking back, its repetitions are one thing."""

    def named(part: Stretch | Pain) -> tuple[str, str]:
        return part.pose, shown_side(part.side, part.pose)

    hurt = {name: list(same) for name, same in groupby(sorted(entry.pains, key=named), key=named)}
    for name, same in groupby(sorted(entry.stretches, key=named), key=named):
        bouts = list(same)
        # What is left for pain does not come again; where the side never showed, another one may, and it may hurt as well.
        pains = hurt.get(name, [])
        strong = max((i for i, pain in enumerate(pains) if pain.answer in (Answer.STRONG, Answer.SHARP)), default=-1) + 1
        left = max((i for i, bout in enumerate(bouts) if bout.skipped), default=len(bouts) - 1)
        parts = {len(bouts) - 1: pains[strong:]}
        parts[left] = pains[:strong] + parts.get(left, [])
        rows = [_summary_row(bout, parts.get(i, [])) for i, bout in enumerate(bouts)]
        rows = [row for row in rows if row.begun]
        if not rows:  # it was not held, after all
            continue
        held = wording.held_in_words(_together([row.seconds for row in rows]))
        score = mean_score(rows)
        notes = dict.fromkeys(
            (
                *(row.outcome for row in rows if row.skipped and not row.complete),
                *(note for row in rows for note in row.pain_notes),
                *(fault.in_words for fault in ranked(fault for row in rows for fault in row.faults)[:1]),
            )
        )
        form = wording.FORM.format(score=round(score)) if score is not None else ""
        yield title_of(name[0]), name[1], held, form, "; ".join(notes)
    for name, parts_of_block in groupby(sorted(entry.blocks, key=_named_block), key=_named_block):
        yield from _block_line(list(parts_of_block), hurt.get(name, []))
    done = {*map(named, entry.stretches), *map(_named_block, entry.blocks)}
    for name in hurt.keys() - done:
        yield title_of(name[0]), name[1], "", "", "; ".join(wording.pain_in_words(pain.answer) for pain in hurt[name])


def _together(seconds: Sequence[GoalSeconds]) -> GoalSeconds:
    """Several times of one stretch as one: their sum, or, where one is held to the end, the longest of them."""
    goals = [one.goal for one in seconds if one.goal is not None]
    if len(goals) < len(seconds):
        return GoalSeconds(held=max(one.held for one in seconds), goal=None, to_go=0)
    return GoalSeconds(held=sum(one.held for one in seconds), goal=sum(goals), to_go=sum(one.to_go for one in seconds))


def _named_block(block: GuidedTime) -> tuple[str, str]:
    return block.block, shown_block_side(block.side)


def _block_line(parts: Sequence[GuidedTime], pains: Sequence[Pain]) -> Iterator[_Line]:
    """A line for a guided block on one side: its time is no hold, and nothing of it was measured."""
    rows = [row for part in parts if (row := block_row(part, pains)).begun]
    if not rows:  # it never ran, after all
        return
    guided = wording.HELD_OF_GOAL.format(
        held_s=sum(row.seconds.held for row in rows), goal_s=sum(row.seconds.goal or 0 for row in rows)
    )
    notes = dict.fromkeys(
        (
            wording.ROW_NOT_MEASURED,
            *(row.outcome for row in rows if row.skipped and not row.complete),
            *(note for row in rows for note in row.pain_notes),
        )
    )
    yield title_of(parts[0].block), shown_block_side(parts[0].side), guided, "", "; ".join(notes)


def _summary_row(bout: Stretch, pains: Sequence[Pain]) -> SummaryRow:
    """What was kept of a stretch as the row that its session ended with; the pain for which it was left is its note."""
    answers, left_for = told_of_pains(pains, skipped=bout.skipped)
    return SummaryRow(
        title=title_of(bout.pose),
        side=bout.side,
        held_s=bout.held_s,
        goal_s=bout.goal_s,
        pose=bout.pose,
        longest_s=bout.longest_s,
        complete=bout.complete,
        skipped=bout.skipped,
        note=left_for,
        score=bout.score,
        faults=totals_of_seconds(bout.faults, shipped_stretch(bout.pose)),
        pains=answers,
    )


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
