"""The summary at the terminal: what was held, what to change, what could not be seen. For people, so no decimals."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.text import Text

from formcheck.analysis.scoring.document import BOTH, Document, SideEntry
from formcheck.analysis.scoring.fault_totals import totals_of_document, worth_telling
from formcheck.analysis.scoring.losses import dealt
from formcheck.analysis.scoring.result import Result
from formcheck.cli.reports.tables import Cell, Column, WrappedTable, sum_by_name
from formcheck.cli.terminal import tell_error
from formcheck.coaching.summary import norms_in_words
from formcheck.core import wording
from formcheck.core.durations import format_clip_time, format_duration, seconds_of_goal
from formcheck.core.measures import MEASURES
from formcheck.core.values import Band, Edge, Verdict
from formcheck.core.wording.language import joined, shown, with_hint
from formcheck.pipeline.remarks import remarks_of
from formcheck.stretches import StretchSpec
from formcheck.stretches.titles import title_of

BAR = 24
CUES = 3
_STYLES = {Band.GREAT: "good", Band.GOOD: "good", Band.ADJUST: "warn", Band.RESET: "warn"}


def print_clip_summary(console: Console, result: Result) -> None:
    """Print the result of one clip."""
    console.print(Group(*_parts(result)))


def tell_damage(clip: Path | str, damaged: str | None) -> None:
    """Warn on standard error that only what is left of a clip was scored, where something is `damaged`."""
    if damaged is not None:
        tell_error(wording.WHAT_IS_LEFT.format(clip=clip, damaged=damaged))


def holds_table(document: Document) -> WrappedTable:
    """Return the table of what was held: a row for each side and each hold."""
    rows: list[tuple[Cell, ...]] = []
    for side, entry in document.sides.items():
        score = wording.FORM.format(score=entry.score) if entry.score is not None else ""
        name = wording.ON_SIDE.format(side=side) if side != BOTH else wording.BOTH_LEGS
        rows.append((name, *_against_goal(entry), score))
        spans = [
            wording.FROM_TO.format(start=format_clip_time(hold.start_s), end=format_clip_time(hold.end_s))
            for hold in document.holds
            if (hold.side or BOTH) == side
        ]
        rows += [("", span, "", "", "") for span in spans]
    return WrappedTable([Column(whole=True)] * 5, rows, indented=True)


def _against_goal(entry: SideEntry) -> tuple[Cell, Cell, Cell]:
    """A bar, how long it was held, and what is left; of what is held to the end, the longest go."""
    if entry.goal_s is None:
        return "", format_duration(entry.longest_s), wording.TO_THE_END
    filled = round(min(1.0, entry.held_s / entry.goal_s) * BAR)
    bar = Text("█" * filled, style="good") + Text("░" * (BAR - filled))
    seconds = seconds_of_goal(entry.held_s, entry.goal_s, complete=entry.complete)
    done = wording.REACHED if entry.complete else wording.DURATION_TO_GO.format(left=format_duration(seconds.to_go))
    held, goal = format_duration(seconds.held), format_duration(seconds.goal or 0)
    return bar, wording.DURATION_OF.format(held=held, goal=goal), done


def _parts(result: Result) -> Iterator[RenderableType]:
    document, spec = result.document, result.spec
    yield Text()
    if spec is None:
        yield Text(shown(wording.NO_STRETCH), style="bold")
        yield _indented(with_hint(wording.NO_STRETCH_WHY))
    else:
        yield _title(result, spec)
        yield from _form(result, spec)
    yield from _unseen(document)
    if result.damaged is not None:
        yield Text.assemble(_indented(wording.DAMAGED, "bold"), shown(result.damaged) + ".")
    for sentence in remarks_of(result):
        yield _indented(with_hint(sentence))
    if not document.sides and document.score is None:  # what was above may be why
        yield from _missing(document)
    if spec is not None and spec.coaching and (document.sides or document.score is not None):
        yield Text()
        yield Text.assemble(_indented(wording.NO_CAMERA_SEES), (shown(spec.coaching[0]), "italic"))
    yield _indented(wording.NO_ADVICE)


def _title(result: Result, spec: StretchSpec) -> Text:
    title = Text(shown(spec.title), style="bold")
    score, band = result.document.score, result.document.band
    if score is not None and band is not None:
        title.append("   ")
        title.append(shown(wording.BANDS[band].report.format(score=score)), style=_STYLES[band])
    return title


def _form(result: Result, spec: StretchSpec) -> Iterator[RenderableType]:
    document = result.document
    if result.still:
        side = next(iter(document.sides), None)
        if side is not None:
            name = next((MEASURES[name].name_with_leg for name in document.borderline), None)
            sentences = wording.PHOTOS_BOTH if side == BOTH else wording.PHOTOS
            yield _indented(sentences[document.verdict].format(side=side, name=name))
        elif document.verdict is Verdict.NONE:
            yield _indented(wording.NOT_IN_STRETCH.format(instruction=spec.instruction))
    elif document.holds:
        yield holds_table(document)
        if spec.to_the_end:
            yield from (_indented(norm + ".") for norm in norms_in_words(spec))
    elif document.score is not None or document.sides:
        yield _indented(wording.NEVER_CORRECT)
    elif document.seen_s > 0:
        yield _indented(wording.NEVER_IN_STRETCH.format(instruction=spec.instruction))
    if document.score is not None or document.sides:
        yield from _cues(document, spec, still=result.still)
        yield from _points(document, spec, still=result.still)


def _missing(document: Document) -> Iterator[RenderableType]:
    """What was missing of the shape of a stretch: of the one that came nearest, where none was recognised."""
    nearest = document.nearest
    head = wording.NEAREST.format(title=title_of(nearest)) if nearest is not None else wording.MISSING
    if document.causes:
        yield Text.assemble(_indented(head, "bold"), shown(joined("; ", (cause.cue for cause in document.causes))) + ".")
    elif nearest is not None:
        yield _indented(with_hint(wording.NEAREST_TOO_SHORT.format(title=title_of(nearest), name=nearest)))


def _points(document: Document, spec: StretchSpec, *, still: bool) -> Iterator[RenderableType]:
    """What the lost points were for, whole points only: which measure, by how many degrees, for how long, and what to do."""
    said = {fault.cue for fault in worth_telling(totals_of_document(document, spec), CUES)}
    rows: list[tuple[Cell, ...]] = []
    lost = 100 - document.score if document.score is not None else 0
    for cause, points in zip(document.causes, dealt([cause.points for cause in document.causes], lost), strict=True):
        if points == 0:
            continue
        worth = wording.POINTS.format(count=points)
        what = (wording.BELOW_RANGE if cause.edge is Edge.LOW else wording.ABOVE_RANGE).format(
            name=MEASURES[cause.measure].name_with_leg, degrees=cause.beyond_deg
        )
        lasting = "" if still else format_duration(cause.seconds)
        rows.append(("    " + worth, what, lasting, "" if cause.cue in said else cause.cue))
    if rows:
        yield _indented(wording.POINTS_LOST, "bold")
        yield WrappedTable([Column(whole=True), Column(), Column(whole=True), Column()], rows)


def _cues(document: Document, spec: StretchSpec, *, still: bool) -> Iterator[RenderableType]:
    """The few cues that mattered most, and those of what is still wrong at the end."""
    told = worth_telling(totals_of_document(document, spec), CUES)
    if not told:
        return
    yield _indented(wording.TO_CHANGE, "bold")
    for fault in told:
        starts = ", ".join(format_clip_time(start_s) for start_s in fault.starts_s[:3])
        times = wording.FIRST_TIMES if len(fault.starts_s) > 3 else wording.TIMES
        when = times.format(times=starts, duration=format_duration(fault.seconds))
        yield Text.assemble("    • ", (shown(fault.cue), "bold"), "" if still else "  " + shown(when))


def _unseen(document: Document) -> Iterator[RenderableType]:
    totals = sum_by_name((entry.reason, entry.end_s - entry.start_s) for entry in document.unseen)
    for reason, seconds in totals.items():
        unseen = wording.UNSEEN_FOR.format(duration=format_duration(seconds)) if seconds > 0 else wording.UNSEEN
        yield Text.assemble(_indented(unseen, "bold"), shown(wording.REASONS[reason].remedy))


def _indented(sentence: str, style: str = "") -> Text:
    return Text("  " + shown(sentence), style=style)
