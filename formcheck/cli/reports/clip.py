"""The summary at the terminal: what was held, what to change, what could not be seen. For people, so no decimals."""

from collections import defaultdict
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from formcheck.analysis.scoring import Document, Result
from formcheck.cli.reports.tables import Cell, Column, WrappedTable
from formcheck.core.values import Band, Reason
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.overlay import REASON_WORDS

BAR = 24
CUES = 3
SHORTEST_S = 0.5
_BANDS = {
    Band.GREAT: ("great", "bold cyan"),
    Band.GOOD: ("good", "bold cyan"),
    Band.ADJUST: ("adjust", "bold yellow"),
    Band.RESET: ("let's reset", "bold yellow"),
}
_REMEDIES = {
    Reason.NO_PERSON: "step into the picture",
    Reason.TOO_FAR: "come closer to the camera",
    Reason.OUT_OF_FRAME: "move back until all of you, feet included, is in the picture",
    Reason.HIDDEN: "clear the view, and have the stretched leg on the camera's side",
    Reason.VIEW: "turn your side to the camera",
}


def print_clip_summary(console: Console, result: Result) -> None:
    """Print the result of one clip."""
    console.print(Group(*_parts(result)))


def _parts(result: Result) -> Iterator[RenderableType]:
    document, spec = result.document, result.spec
    yield Text()
    if spec is None:
        yield Text("No stretch recognised", style="bold")
        yield Text(
            "  None of the stretches that formcheck knows was seen. `formcheck poses` lists them; --pose NAME expects one."
        )
    else:
        yield _title(result, spec)
        yield from _form(result, spec)
    yield from _unseen(document)
    if result.oblique_s >= 1.0:
        yield Text(f"  Turned from the camera for {clock(result.oblique_s)}: those angles are less exact. Turn more side-on.")
    if result.looks_like is not None:
        yield Text(f"  The side was given; it looks as if the {result.looks_like} one were stretched.")
    for sentence in result.misfits:
        yield Text(f"  {sentence}")
    if result.also:
        yield Text(f"  Also in this clip: {', '.join(result.also)}. --pose NAME scores it.")
    if spec is not None and spec.coaching:
        yield Text()
        yield Text.assemble(("  No camera can see this: ", "dim"), (spec.coaching[0], "italic"))
    yield Text("  Not medical advice. A mild pull is fine, pain is not.", style="dim")


def _title(result: Result, spec: StretchSpec) -> Text:
    title = Text(spec.title, style="bold")
    score, band = result.document.score, result.document.band
    if score is not None and band is not None:
        word, style = _BANDS[band]
        title.append("   ")
        title.append(f"{word} ({score})", style=style)
    return title


def _form(result: Result, spec: StretchSpec) -> Iterator[RenderableType]:
    document = result.document
    if result.still:
        side = next(iter(document.sides), None)
        if side is not None:
            told = "form correct" if result.correct else "form needs a change"
            yield Text(f"  {side} side stretched, {told}")
    elif document.holds:
        yield Padding(_holds(document), (0, 0, 0, 2))
    elif document.score is not None:
        yield Text("  The form was never correct for half a second, so the clock did not start.")
    elif document.seen_s > 0:
        yield Text(f"  The person never got into this stretch. {spec.instruction}")
    yield from _cues(document, still=result.still)


def _holds(document: Document) -> WrappedTable:
    rows: list[tuple[Cell, ...]] = []
    for side, entry in document.sides.items():
        share = min(1.0, entry.held_s / entry.goal_s)
        filled = round(share * BAR)
        bar = Text("█" * filled, style="cyan") + Text("░" * (BAR - filled), style="dim")
        done = "done" if entry.complete else f"{clock(entry.goal_s - entry.held_s)} to go"
        score = f"form {entry.score}" if entry.score is not None else ""
        rows.append((f"{side} side", bar, f"{clock(entry.held_s)} of {clock(entry.goal_s)}", done, score))
        spans = [f"{_at(hold.start_s)} to {_at(hold.end_s)}" for hold in document.holds if hold.side is side]
        rows += [("", Text(span, style="dim"), "", "", "") for span in spans]
    return WrappedTable((Column(whole=True), Column(whole=True), Column(), Column(), Column()), rows)


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
    yield Text("  To change", style="bold")
    for cue in longest:
        spans = times[cue]
        seconds = sum(end - start for start, end in spans)
        first = ", ".join(_at(start) for start, _ in spans[:3]) + (", ..." if len(spans) > 3 else "")
        when = "" if still else f"  at {first}, {clock(seconds)} in all"
        yield Text.assemble("    • ", (cue, "bold yellow"), (when, "dim"))


def _unseen(document: Document) -> Iterator[RenderableType]:
    totals: dict[Reason, float] = defaultdict(float)
    for entry in document.unseen:
        totals[entry.reason] += entry.end_s - entry.start_s
    for reason, seconds in totals.items():
        for_how_long = f" for {clock(seconds)}" if seconds > 0 else ""
        yield Text.assemble(
            (f"  Could not see{for_how_long}: ", "bold"), f"{REASON_WORDS[reason]}. To be seen, {_REMEDIES[reason]}."
        )


def clock(seconds: float) -> str:
    """Return how long that is, as it is told to people."""
    whole = round(seconds)
    if seconds > 0 and whole == 0:
        return "under 1 s"
    return f"{whole} s" if whole < 120 else f"{whole // 60} min {whole % 60} s"


def _at(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
