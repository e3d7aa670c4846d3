"""The summary at the terminal: what was held, what to change, what could not be seen. For people, so no decimals."""

from collections import defaultdict
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.text import Text

from formcheck.analysis.scoring.document import Document
from formcheck.analysis.scoring.result import Result
from formcheck.cli.reports.tables import Cell, Column, WrappedTable, sum_by_name
from formcheck.core import wording
from formcheck.core.durations import format_clip_time, format_duration
from formcheck.core.values import Band
from formcheck.stretches import StretchSpec

BAR = 24
CUES = 3
SHORTEST_S = 0.5
_STYLES = {Band.GREAT: "good", Band.GOOD: "good", Band.ADJUST: "warn", Band.RESET: "warn"}


def print_clip_summary(console: Console, result: Result) -> None:
    """Print the result of one clip."""
    console.print(Group(*_parts(result)))


def holds_table(document: Document) -> WrappedTable:
    """Return the table of what was held: a row for each side and each hold."""
    rows: list[tuple[Cell, ...]] = []
    for side, entry in document.sides.items():
        share = min(1.0, entry.held_s / entry.goal_s)
        filled = round(share * BAR)
        bar = Text("█" * filled, style="good") + Text("░" * (BAR - filled))
        left = format_duration(entry.goal_s - entry.held_s)
        done = wording.REACHED if entry.complete else wording.DURATION_TO_GO.format(left=left)
        score = wording.FORM.format(score=entry.score) if entry.score is not None else ""
        held = wording.DURATION_OF.format(held=format_duration(entry.held_s), goal=format_duration(entry.goal_s))
        rows.append((wording.ON_SIDE.format(side=side), bar, held, done, score))
        spans = [
            wording.FROM_TO.format(start=format_clip_time(hold.start_s), end=format_clip_time(hold.end_s))
            for hold in document.holds
            if hold.side is side
        ]
        rows += [("", span, "", "", "") for span in spans]
    return WrappedTable([Column(whole=True)] * 5, rows, indented=True)


def _parts(result: Result) -> Iterator[RenderableType]:
    document, spec = result.document, result.spec
    yield Text()
    if spec is None:
        yield Text(wording.NO_STRETCH, style="bold")
        yield _indented(wording.NO_STRETCH_WHY)
    else:
        yield _title(result, spec)
        yield from _form(result, spec)
    yield from _unseen(document)
    if result.oblique_s >= 1.0:
        yield _indented(wording.TURNED.format(duration=format_duration(result.oblique_s)))
    if result.looks_like is not None:
        yield _indented(wording.LOOKS_LIKE.format(side=result.looks_like))
    for sentence in result.misfits:
        yield _indented(sentence)
    if result.also:
        yield _indented(wording.ALSO_SEEN.format(stretches=", ".join(result.also)))
    if spec is not None and spec.coaching:
        yield Text()
        yield Text.assemble(_indented(wording.NO_CAMERA_SEES), (spec.coaching[0], "italic"))
    yield _indented(wording.NO_ADVICE)


def _title(result: Result, spec: StretchSpec) -> Text:
    title = Text(spec.title, style="bold")
    score, band = result.document.score, result.document.band
    if score is not None and band is not None:
        title.append("   ")
        title.append(wording.BANDS[band].report.format(score=score), style=_STYLES[band])
    return title


def _form(result: Result, spec: StretchSpec) -> Iterator[RenderableType]:
    document = result.document
    if result.still:
        side = next(iter(document.sides), None)
        if side is not None:
            yield _indented((wording.PHOTO_CORRECT if result.correct else wording.PHOTO_TO_CHANGE).format(side=side))
    elif document.holds:
        yield holds_table(document)
    elif document.score is not None:
        yield _indented(wording.NEVER_CORRECT)
    elif document.seen_s > 0:
        yield _indented(wording.NEVER_IN_STRETCH.format(instruction=spec.instruction))
    yield from _cues(document, still=result.still)


def _cues(document: Document, *, still: bool) -> Iterator[RenderableType]:
    """The few cues that mattered most: by how long their faults lasted while the stretch was done.

    Getting into it and out of it passes through faults of no interest.
    """
    begun = min((hold.start_s for hold in document.holds), default=0.0)
    ended = max((hold.end_s for hold in document.holds), default=document.clip.duration_s)
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for fault in document.faults:
        start, end = max(fault.start_s, begun), min(fault.end_s, ended)
        if still or end - start >= SHORTEST_S:
            times[fault.cue].append((start, end))
    longest = sorted(times, key=lambda cue: -sum(end - start for start, end in times[cue]))[:CUES]
    if not longest:
        return
    yield _indented(wording.TO_CHANGE, "bold")
    for cue in longest:
        spans = times[cue]
        seconds = sum(end - start for start, end in spans)
        starts = ", ".join(format_clip_time(start) for start, _ in spans[:3])
        when = (wording.FIRST_TIMES if len(spans) > 3 else wording.TIMES).format(
            times=starts, duration=format_duration(seconds)
        )
        yield Text.assemble("    • ", (cue, "bold"), "" if still else f"  {when}")


def _unseen(document: Document) -> Iterator[RenderableType]:
    totals = sum_by_name((entry.reason, entry.end_s - entry.start_s) for entry in document.unseen)
    for reason, seconds in totals.items():
        unseen = wording.UNSEEN_FOR.format(duration=format_duration(seconds)) if seconds > 0 else wording.UNSEEN
        yield Text.assemble(_indented(unseen, "bold"), wording.REASONS[reason].remedy)


def _indented(sentence: str, style: str = "") -> Text:
    return Text(f"  {sentence}", style=style)
