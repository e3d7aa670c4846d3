"""What is told at the terminal of many clips together: sums, and the clips that failed."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from formcheck.batch import Earlier, Outcome, ScoredLine
from formcheck.batch.lines import FailedLine

_NONE_EARLIER = Earlier()


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
        (copies, "a copy of another clip" if copies == 1 else "copies of other clips"),
    )
    before = _told(
        (earlier.replaced, "replaced"),
        (earlier.left_out, "left out, of clips that are not among these"),
        (earlier.other_settings, "with other settings, scored again"),
    )
    sentences = [f"{_count(len(outcomes), 'clip')}, {_length(film_s)} of film: {became}."]
    if known:
        sentences.append(f"{known}.")
    if before:
        sentences.append(f"Earlier results in {goal}: {before}.")
    speed = f", {now_s / took_s:.1f} times real time" if now_s else ""
    sentences.append(f"It took {_length(took_s)}{speed}.")
    console.print(f"\n{' '.join(sentences)}", markup=False, highlight=False, soft_wrap=True)


def _told(*parts: tuple[int, str]) -> str:
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def print_failures(console: Console, lines: Sequence[ScoredLine | FailedLine], troubles: Sequence[str]) -> None:
    """Print a sentence for every clip that failed, and every folder that could not be looked into."""
    failed = [f"{line.clip.path}: {line.error}" for line in lines if isinstance(line, FailedLine)]
    for sentence in (*failed, *troubles):
        console.print(f"formcheck: {sentence}", markup=False, highlight=False, soft_wrap=True)


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _length(seconds: float) -> str:
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    return f"{whole // 60} min" if whole < 7200 else f"{whole / 3600:.1f} h"
