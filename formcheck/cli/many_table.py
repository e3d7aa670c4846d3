"""What is told at the terminal of many clips: a line each, sums, and the clips that failed."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.batch import Earlier, Outcome, ScoredLine
from formcheck.batch.lines import FailedLine
from formcheck.overlay import REASON_WORDS

Line = ScoredLine | FailedLine

_NONE_EARLIER = Earlier()

_HEADS = ("clip", "stretch", "score", "held, s", "note")
_MOST = {"clip": 22, "stretch": 14}
"""Letters of a column where all of it does not fit; the note has what is left."""

_GAP = 2
_NOTE = 10
_ROUNDING_S = 0.01
"""Sums of frame times miss whole seconds by less."""


def print_table(console: Console, lines: Sequence[Line]) -> None:
    """Print a row for every clip: in a terminal cut to its width, and whole where it is piped on."""
    rows = [(name, *_cells(line)) for name, line in zip(_names(lines), lines, strict=True)]
    widths = [max(cell_len(cell) for cell in column) for column in zip(_HEADS, *rows, strict=True)]
    needed = sum(widths) + _GAP * len(widths)
    if console.is_terminal and needed > console.width:
        widths = [min(width, _MOST.get(head, width)) for head, width in zip(_HEADS, widths, strict=True)]
        widths[-1] = max(_NOTE, console.width - sum(widths[:-1]) - _GAP * len(widths))
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for head, width in zip(_HEADS, widths, strict=True):
        table.add_column(head, no_wrap=True, overflow="ellipsis", width=width)
    for name, *cells in rows:
        table.add_row(*(Text(cell) for cell in (_elided(name, widths[0]), *cells)))
    if not console.is_terminal:
        console.width = max(needed, console.width)
    console.print(table)


def print_summary(
    console: Console, outcomes: Sequence[Outcome], took_s: float, goal: Path | None = None, earlier: Earlier = _NONE_EARLIER
) -> None:
    """Print how many clips there are, how much film, what became of them and of the `earlier` results, and how fast."""
    scored = [(line, outcome.now) for outcome in outcomes if isinstance(line := outcome.line, ScoredLine)]
    film_s = sum(line.clip.duration_s for line, _ in scored)
    now_s = sum(line.clip.duration_s for line, now in scored if now)
    shown = sum(line.pose is not None for line, _ in scored)
    copies = sum(outcome.copy for outcome in outcomes)
    became = _told(
        (shown, "scored"),
        (len(scored) - shown, "with no stretch recognised"),
        (len(outcomes) - len(scored), "failed"),
    )
    known = _told(
        (sum(not (outcome.now or outcome.copy) for outcome in outcomes), f"taken from {goal}"),
        (copies, "a copy of another clip" if copies == 1 else "copies of another clip"),
    )
    before = _told(
        (earlier.replaced, "replaced"),
        (earlier.left_out, "left out, of clips that are not among these"),
        (earlier.other_settings, "with other settings, scored again"),
    )
    sentences = [f"{_count(len(outcomes), 'clip')}, {_clock(film_s)} of film: {became}."]
    if known:
        sentences.append(f"{known}.")
    if before:
        sentences.append(f"Earlier results in {goal}: {before}.")
    speed = f", {now_s / took_s:.1f} times real time" if now_s else ""
    sentences.append(f"It took {_clock(took_s)}{speed}.")
    console.print(f"\n{' '.join(sentences)}", markup=False, highlight=False, soft_wrap=True)


def _told(*parts: tuple[int, str]) -> str:
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def print_failures(console: Console, lines: Sequence[Line], troubles: Sequence[str]) -> None:
    """Print a sentence for every clip that failed, and every folder that could not be looked into."""
    failed = [f"{line.clip.path}: {line.error}" for line in lines if isinstance(line, FailedLine)]
    for sentence in (*failed, *troubles):
        console.print(f"formcheck: {sentence}", markup=False, highlight=False, soft_wrap=True)


def _names(lines: Sequence[Line]) -> list[str]:
    """The paths without the folder that all of them are in."""
    paths = [Path(line.clip.path) for line in lines]
    if not paths or len({path.is_absolute() for path in paths}) > 1:
        return [str(path) for path in paths]
    shared = os.path.commonpath([path.parent for path in paths])
    return [str(path.relative_to(shared)) for path in paths]


def _elided(name: str, width: int) -> str:
    """A name that fits. Clips' names begin with whose they are and differ at the end, so the middle goes."""
    end = (2 * width) // 3
    return name if len(name) <= width else f"{name[: width - end - 1]}…{name[-end:]}"


def _cells(line: Line) -> tuple[str, str, str, str]:
    if isinstance(line, FailedLine):
        return "", "failed", "", line.error.splitlines()[0]
    score = f"{line.band} {line.score}" if line.band is not None else ""
    return line.pose or "none seen", score, _held(line), _note(line)


def _held(line: ScoredLine) -> str:
    if line.clip.duration_s == 0:
        return "photo"
    sides = [f"{side[0].upper()}{int(entry.held_s + _ROUNDING_S)}" for side, entry in sorted(line.sides.items())]
    goals = {entry.goal_s for entry in line.sides.values()}
    return f"{' '.join(sides)} of {max(goals):.0f}" if goals else ""


def _note(line: ScoredLine) -> str:
    """What to change above all, or why nothing could be told."""
    lasting = _sums((fault.cue, fault.end_s - fault.start_s) for fault in line.faults)
    if lasting:
        worst, *others = sorted(lasting, key=lambda cue: -lasting[cue])
        return f"{worst} (+{len(others)})" if others else worst
    unseen = _sums((REASON_WORDS[span.reason], span.end_s - span.start_s) for span in line.unseen)
    if line.score is None and unseen:
        return max(unseen, key=lambda why: unseen[why])
    return ""


def _sums(pairs: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for name, value in pairs:
        sums[name] += value
    return sums


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _clock(seconds: float) -> str:
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    return f"{whole // 60} min" if whole < 7200 else f"{whole / 3600:.1f} h"
