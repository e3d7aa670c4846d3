"""What a screen says in words, wherever it is drawn: the side, the keys, the lines of the summary."""

from collections.abc import Mapping

from formcheck.coaching.events import Key, ScreenState, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.summary import BlockRow, SessionSummary, SummaryRow
from formcheck.core import wording
from formcheck.core.durations import format_duration
from formcheck.core.wording.language import N_, joined

CAPS: Mapping[Key, str] = {
    Key.PAUSE: N_("space"),
    Key.SKIP: "s",
    Key.OTHER_SIDE: "o",
    Key.MUTE: "m",
    Key.PAIN: "x",
    Key.FULL_SCREEN: "f",
    Key.QUIT: "q",
    Key.MILD: "1",
    Key.STRONG: "2",
    Key.SHARP: "3",
}
"""The label of each key."""

KEY_NAMES: Mapping[Key, str] = {
    Key.PAUSE: wording.KEY_PAUSE,
    Key.SKIP: N_("skip"),
    Key.OTHER_SIDE: wording.KEY_OTHER_SIDE,
    Key.MUTE: N_("mute"),
    Key.PAIN: wording.PAIN,
    Key.FULL_SCREEN: wording.KEY_FULL_SCREEN,
    Key.QUIT: N_("quit"),
    Key.MILD: N_("mild"),
    Key.STRONG: N_("strong"),
    Key.SHARP: N_("sharp"),
}
"""What each key does, in a word or two."""


def key_text(key: Key, screen: ScreenState) -> str:
    """Return what a key does now."""
    match key:
        case Key.PAUSE:
            names = {
                SessionPhase.PAUSED: wording.KEY_GO_ON,
                SessionPhase.PAIN: wording.KEY_NO_PAIN,
                SessionPhase.DONE: wording.KEY_CLOSE,
            }
            return names.get(screen.phase, KEY_NAMES[key])
        case Key.MUTE:
            return wording.SOUND_ON if screen.muted else wording.SOUND_OFF
        case _:
            return KEY_NAMES[key]


def step_text(screen: ScreenState) -> str | None:
    """Return which step of how many this is; `None` where there is only one."""
    return wording.STEP.format(number=screen.step[0], count=screen.step[1]) if screen.step else None


def title_text(screen: ScreenState) -> str:
    """Return the name of what is done now; in a rest, of what comes next."""
    coming = screen.phase is SessionPhase.REST and screen.upcoming
    return wording.NEXT.format(name=coming) if coming else screen.title


def side_text(screen: ScreenState) -> str | None:
    """Return which leg is to be stretched; `None` where that does not matter."""
    if screen.side is not None:
        side = wording.SIDES[screen.side]
        return side.choice if screen.either else side.title
    return wording.ANY_SIDE if screen.either else None


def summary_head(summary: SessionSummary, instruction: str | None) -> list[str]:
    """Return how the session ended: first what to do about pain; what was done of what was asked; why."""
    told = (*pain_sentences(summary), summary.headline if summary.rows or summary.blocks else None, instruction)
    return list(dict.fromkeys(text for text in told if text)) or [phrases.DONE]


def begun_rows(summary: SessionSummary) -> list[SummaryRow | BlockRow]:
    """Return the rows of what was begun."""
    rows: tuple[SummaryRow | BlockRow, ...] = (*summary.rows, *summary.blocks)
    return [row for row in rows if row.begun]


def waiting_text(summary: SessionSummary) -> str | None:
    """Return how much was not begun, beside what was; `None` where that is nothing."""
    begun = len(begun_rows(summary))
    waiting = len(summary.rows) + len(summary.blocks) - begun
    return wording.ALSO_NOT_STARTED.format(count=waiting) if waiting and begun else None


def summary_sentences(summary: SessionSummary) -> list[str | None]:
    """Return what went well, how others do, and what to work on."""
    told = [summary.good_news, *(norm + "." for norm in summary.norms)]
    if (worst := summary.worst_fault) is not None:
        told.append(wording.NEXT_TIME.format(cue=worst.cue, duration=format_duration(worst.seconds)))
    return told


def pain_sentences(summary: SessionSummary) -> list[str]:
    """Return what to do about pain that was told, if it was strong or sharp."""
    rows: tuple[SummaryRow | BlockRow, ...] = (*summary.rows, *summary.blocks)
    pains = {pain for row in rows for pain in row.pains}
    stop = [phrases.ANSWERS[Key.SHARP]] if Key.SHARP.value in pains else []
    return [*stop, wording.PAIN_LATER] if pains & wording.PAIN_NOTES.keys() else []


def row_text(row: SummaryRow | BlockRow) -> str:
    """Return what became of a stretch or block of the summary."""
    done_s = row.guided_s if isinstance(row, BlockRow) else row.held_s
    if done_s <= 0 and row.skipped:
        return row.outcome
    goal = row.seconds.goal
    held = wording.HELD_SECONDS if goal is None else wording.HELD
    parts: list[str] = [held.format(held_s=row.seconds.held, goal_s=goal)]
    if isinstance(row, BlockRow):
        parts.append(wording.ROW_NOT_MEASURED)
    elif row.score is not None:
        parts.append(wording.FORM.format(score=round(row.score)))
    parts += [row.note] if row.note else row.pain_notes
    return joined(", ", parts)
