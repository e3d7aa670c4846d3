"""A session as it is kept, in words and rows: what the terminal and a page say of it is the same."""

from collections.abc import Iterable, Iterator, Sequence

from formcheck.analysis.scoring.fault_totals import totals_of_seconds
from formcheck.coaching.summary import UNANSWERED, BlockRow
from formcheck.core import wording
from formcheck.core.durations import format_clip_time, format_hours, format_minutes, seconds_of_goal, whole_seconds
from formcheck.core.plain_text import one_line
from formcheck.core.values import Side
from formcheck.core.wording.language import Sentence, joined
from formcheck.people.history import Entry, GuidedTime, GuidedTotal, Pain, SittingRecord, Stretch, Total
from formcheck.stretches.files import shipped_stretch
from formcheck.stretches.programmes.files import shown_decisions
from formcheck.stretches.titles import title_of

Row = tuple[str, ...]
"""When it began, what it was, the side, how long it was held, the longest hold, the form, and what else there is to say."""


def session_rows(entry: Entry) -> list[Row]:
    """Return a row for everything in a session, by time: each stretch and block as often as it was done, and each pain."""
    rows: list[tuple[float, *Row]] = [
        (
            stretch.started_s,
            title_of(stretch.pose),
            shown_side(stretch.side, stretch.pose),
            _held(stretch),
            wording.HELD_SECONDS.format(held_s=whole_seconds(stretch.longest_s)),
            "" if stretch.score is None else f"{stretch.score:.0f}",
            joined(", ", _notes(stretch)),
        )
        for stretch in entry.stretches
    ]
    for block in entry.blocks:
        row = block_row(block, ())
        held = wording.HELD_OF_GOAL.format(held_s=row.seconds.held, goal_s=row.seconds.goal)
        notes = [wording.ROW_NOT_MEASURED, *([row.outcome] if row.skipped and not row.complete else [])]
        rows.append((block.started_s, title_of(block.block), shown_block_side(block.side), held, "", "", joined(", ", notes)))
    rows += [
        (pain.time_s, title_of(pain.pose), shown_side(pain.side, pain.pose), "", "", "", wording.pain_in_words(pain.answer))
        for pain in entry.pains
    ]
    return [(format_clip_time(time_s), *cells) for time_s, *cells in sorted(rows, key=lambda row: row[0])]


def kept_in_words(entry: Entry) -> str:
    """Return the ID of a session, when it ended, and what kept it."""
    sentence = wording.SESSION_KEPT if entry.ended is not None else wording.SESSION_KEPT_CUT
    return one_line(sentence.format(id=entry.id, ended=f"{entry.ended:%H:%M}" if entry.ended else "", version=entry.version))


def decisions_in_words(entry: Entry, *, rules: bool) -> list[str]:
    """Return what the programme of a session decided, with the names of its `rules` or without."""
    sentences = shown_decisions(entry.plan, (one.says for one in entry.decisions))
    decided = zip(sentences, entry.decisions, strict=True)
    return [one_line(wording.decided_in_words(says, one.rule if rules else None)) for says, one in decided]


def sitting_rows(sitting: SittingRecord) -> list[tuple[str, str]]:
    """Return what was counted of a day at the desk, a row each."""
    return [
        (wording.SIT_SEATED, format_hours(sitting.sat_s)),
        (wording.SIT_AWAY, format_hours(sitting.away_s)),
        (wording.SIT_UNSEEN, format_hours(sitting.unseen_s)),
        (wording.SIT_LONGEST, format_hours(sitting.longest_s)),
        (wording.SIT_BREAKS, str(sitting.breaks)),
        (wording.SIT_SHIFTS, str(sitting.shifts)),
        (wording.SIT_PROMPTS, str(sitting.prompts)),
    ]


def totals_rows(totals: Iterable[Total]) -> list[tuple[str, str, str, str]]:
    """Return the row of each stretch and side: what was held of it in all, and over how many sessions."""
    return [
        (
            title_of(total.pose),
            shown_side(total.side, total.pose),
            format_minutes(total.held_s, from_s=120),
            str(total.sessions),
        )
        for total in totals
    ]


def guided_in_words(total: GuidedTotal) -> str:
    """Return for how long a block was guided in all."""
    time = format_minutes(total.guided_s, from_s=120)
    return wording.GUIDED_IN_ALL.format(title=title_of(total.block), time=time, count=total.sessions)


def told_of_pains(pains: Sequence[Pain], *, skipped: bool) -> tuple[tuple[str, ...], str | None]:
    """Return how strong each pain was, and the note of what was `skipped` for one; `None` where it was not for pain."""
    answers = tuple(pain.answer.value if pain.answer is not None else UNANSWERED for pain in pains)
    return answers, next((note for answer, note in wording.PAIN_NOTES.items() if skipped and answer in answers), None)


def block_row(block: GuidedTime, pains: Sequence[Pain]) -> BlockRow:
    """Return what was kept of a guided block as the row that its session ended with; `pains` are those in it."""
    answers, left_for = told_of_pains(pains, skipped=block.skipped)
    return BlockRow(
        title=title_of(block.block),
        block=block.block,
        side=block.side,
        started_s=block.started_s,
        guided_s=block.guided_s,
        goal_s=block.goal_s,
        complete=block.complete,
        skipped=block.skipped,
        note=left_for,
        pains=answers,
    )


def pain_told(entry: Entry) -> str:
    """Return how much it hurt before a session and after it, and where, as far as that was told."""
    if entry.pain_after is None:
        words = wording.PAIN_BEFORE_AT if entry.pain_where else wording.PAIN_BEFORE
    else:
        words = wording.PAIN_BOTH_AT if entry.pain_where else wording.PAIN_BOTH
    return words.format(before=entry.pain_before, after=entry.pain_after, where=one_line(entry.pain_where or ""))


def shown_side(side: Side | None, pose: str) -> str:
    """Return the side as a cell; one that never showed is a question mark, and some stretches have none."""
    if side is not None:
        return shown_block_side(side)
    spec = shipped_stretch(pose)
    return wording.BOTH_LEGS if spec is not None and spec.legs is None else "?"


def shown_block_side(side: Side | None) -> str:
    """Return the side of a guided block as a cell; one that has no sides has none."""
    return Sentence("{side}").format(side=side.value) if side else ""


def _held(stretch: Stretch) -> str:
    seconds = seconds_of_goal(stretch.held_s, stretch.goal_s, complete=stretch.complete)
    return wording.held_in_words(seconds)


def _notes(stretch: Stretch) -> Iterator[str]:
    if stretch.skipped:
        yield wording.ENDED_EARLY if stretch.held_s > 0 else wording.SKIPPED
    for fault in totals_of_seconds(stretch.faults, shipped_stretch(stretch.pose)):
        yield fault.in_words
    if stretch.reach:
        low, high = min(stretch.reach), max(stretch.reach)
        sentence = wording.REACHED_FROM_TO if low < high else wording.REACHED_ALIKE
        yield sentence.format(low=low, high=high)
