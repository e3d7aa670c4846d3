"""A session in short, in words: what was done in it, a line for each stretch and side, as a list of sessions has it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from formcheck.analysis.scoring.fault_totals import ranked, totals_of_seconds
from formcheck.coaching.summary import SummaryRow, mean_score
from formcheck.core import wording
from formcheck.core.durations import GoalSeconds, format_hours
from formcheck.core.wording.language import joined
from formcheck.people.history import Answer, Entry, GuidedTime, Pain, SittingRecord, Stretch
from formcheck.stretches.files import shipped_stretch
from formcheck.stretches.titles import title_of
from formcheck.ui.kept_session import block_row, shown_block_side, shown_side, told_of_pains

Line = tuple[str, str, str, str, str]
"""What it was, the side, how long it was held and of how long, the form, and what else there is to say."""


def lines_of(entry: Entry) -> Iterator[Line]:
    """Yield a line for every stretch and side: looking back, its repetitions are one thing."""

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
        yield title_of(name[0]), name[1], held, form, joined("; ", notes)
    for name, parts_of_block in groupby(sorted(entry.blocks, key=_named_block), key=_named_block):
        yield from _block_line(list(parts_of_block), hurt.get(name, []))
    done = {*map(named, entry.stretches), *map(_named_block, entry.blocks)}
    for name in sorted(hurt.keys() - done):
        yield title_of(name[0]), name[1], "", "", joined("; ", (wording.pain_in_words(pain.answer) for pain in hurt[name]))


def _together(seconds: Sequence[GoalSeconds]) -> GoalSeconds:
    """Several times of one stretch as one: their sum, or, where one is held to the end, the longest of them."""
    goals = [one.goal for one in seconds if one.goal is not None]
    if len(goals) < len(seconds):
        return GoalSeconds(held=max(one.held for one in seconds), goal=None, to_go=0)
    return GoalSeconds(held=sum(one.held for one in seconds), goal=sum(goals), to_go=sum(one.to_go for one in seconds))


def _named_block(block: GuidedTime) -> tuple[str, str]:
    return block.block, shown_block_side(block.side)


def _block_line(parts: Sequence[GuidedTime], pains: Sequence[Pain]) -> Iterator[Line]:
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
    yield title_of(parts[0].block), shown_block_side(parts[0].side), guided, "", joined("; ", notes)


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


def sitting_in_short(sitting: SittingRecord) -> str:
    """Return a day at the desk in a line."""
    return wording.SIT_IN_SHORT.format(
        sat=format_hours(sitting.sat_s), breaks=sitting.breaks, shifts=sitting.shifts, prompts=sitting.prompts
    )
