"""What is printed of many clips: a row for each, sums over all of them, and the clips that failed.

The rows are sorted for people, by name, whatever the case; the lines of `--json` keep the order of the clips. Where a terminal
is too narrow for them, names alone are shortened: what else has no room goes on below the table, whole.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.cli.terminal import tell_error
from formcheck.core import wording
from formcheck.core.durations import whole_seconds
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import N_, Counted, joined, shown, with_hint
from formcheck.pipeline.batch.journal import FailedLine, PreviousResults, ScoredLine
from formcheck.pipeline.batch.run import ClipResult
from formcheck.stretches import StretchSpec
from formcheck.ui.clip_row import first_to_change, held_of_goals

Line = ScoredLine | FailedLine

_HEADS: tuple[str, ...] = (N_("clip"), N_("stretch"), N_("score"), N_("held"), N_("note"))
_LAYOUTS = ((14, _HEADS), (10, _HEADS[:-1]), (10, ("clip", "stretch", "held")), (10, ("clip", "held")))
"""Letters that a name needs beside these columns; the first that leaves so many is taken."""

_GAP = 2
_NAMED = 5
"""So many of the clips of which the same is to be said are named."""
_NONE_EARLIER = PreviousResults()


def print_table(console: Console, lines: Sequence[Line], specs: Iterable[StretchSpec]) -> None:
    """Print a row for every clip: in a terminal with names cut to its width, and whole where it is piped on.

    Columns for which a terminal has no room go on below. `specs` are the stretches that were looked for.
    """
    by_name = {spec.name: spec for spec in specs}
    titles = {name: shown(spec.title) for name, spec in by_name.items()}
    named = sorted(zip(_names(lines), lines, strict=True), key=lambda pair: pair[0].casefold())
    columns = _columns(named, by_name, titles)
    widths = {head: max(map(cell_len, columns[head])) for head in _HEADS}
    if console.is_terminal and sum(widths.values()) + _GAP * (len(widths) - 1) > console.width:
        columns = _columns(named, by_name, _short(titles))
        widths = _fitting({head: max(map(cell_len, columns[head])) for head in _HEADS}, console.width)
        head, *names = columns["clip"]
        columns["clip"] = [head, *_elided(names, widths["clip"])]
    for row in zip(*(columns[head] for head in widths), strict=True):
        cells = [set_cell_size(cell, width) for cell, width in zip(row, widths.values(), strict=True)]
        console.print((" " * _GAP).join(cells).rstrip(), soft_wrap=True)
    if left := [head for head in _HEADS if head not in widths]:
        console.print()
        heads, *rows = zip(*(columns[head] for head in ("clip", *left)), strict=True)
        console.print(
            WrappedTable([Column(head=head, paths=head == "clip") for head in heads], [row for row in rows if any(row[1:])])
        )


def print_notes(console: Console, results: Sequence[ClipResult]) -> None:
    """Print what else is to be said of single clips, each sentence once, with the names of the clips."""
    clips: dict[str, list[str]] = defaultdict(list)
    names = _names([result.line for result in results])
    for name, result in sorted(zip(names, results, strict=True), key=lambda pair: pair[0].casefold()):
        for note in result.notes:
            clips[note].append(one_line(name))
    for note, some in clips.items():
        more = len(some) - _NAMED
        named = ", ".join(some[:_NAMED])
        console.print()
        told = wording.NOTE_OF_MANY if more > 0 else wording.NOTE_OF
        console.print(told.format(clips=named, more=more, note=with_hint(note)))


def print_batch_summary(
    console: Console,
    outcomes: Sequence[ClipResult],
    took_s: float,
    output_path: Path | None = None,
    earlier: PreviousResults = _NONE_EARLIER,
) -> None:
    """Print how many clips there are, how much film, what became of them and of the `earlier` results, and how fast."""
    scored = [(line, outcome.now) for outcome in outcomes if isinstance(line := outcome.line, ScoredLine)]
    film_s = sum(line.clip.length_s for line, _ in scored)
    now_s = sum(line.clip.length_s for line, now in scored if now)
    shown = sum(line.pose is not None for line, _ in scored)
    copies = sum(outcome.copy for outcome in outcomes)
    damaged = sum(line.clip.damaged is not None for line, _ in scored)
    results = _counts(
        (shown, wording.SCORED),
        (len(scored) - shown, wording.WITHOUT_STRETCH),
        (damaged, wording.DAMAGED_COUNT),
        (len(outcomes) - len(scored), wording.FAILED),
    )
    taken = sum(not (outcome.now or outcome.copy) for outcome in outcomes)
    known = _counts((taken, wording.TAKEN_FROM), (copies, wording.COPIES), path=output_path)
    before = _counts(
        (earlier.replaced, wording.REPLACED),
        (earlier.left_out, wording.OF_OTHER_CLIPS),
        (earlier.other_settings, wording.OTHER_SETTINGS),
    )
    clips = wording.CLIPS.format(count=len(outcomes))
    sentences: list[str] = [wording.CLIPS_TOGETHER.format(clips=clips, film=_length(film_s), results=results)]
    if known:
        sentences.append(known + ".")
    if before:
        sentences.append(wording.EARLIER_RESULTS.format(path=one_line(str(output_path)), results=before))
    took = wording.TOOK_WITH_SPEED if now_s else wording.TOOK
    sentences.append(took.format(duration=_length(took_s), factor=now_s / took_s if now_s else None))
    console.print("\n" + joined(" ", sentences))


def print_failures(lines: Sequence[Line], troubles: Sequence[str]) -> None:
    """Tell of every clip that is damaged or failed, and every folder that could not be looked into."""
    for line in lines:
        if isinstance(line, ScoredLine) and line.clip.damaged is not None:
            tell_error(wording.WHAT_IS_LEFT.format(clip=one_line(line.clip.path), damaged=line.clip.damaged))
    for line in lines:
        if isinstance(line, FailedLine):
            tell_error(*shown(joined(": ", (one_line(line.clip.path), line.error))).split("\n"))
    for sentence in troubles:
        tell_error(sentence)


def _columns(
    named: Iterable[tuple[str, Line]], specs: Mapping[str, StretchSpec], titles: Mapping[str, str]
) -> dict[str, list[str]]:
    cells = [_HEADS, *((name, *_cells(line, specs, titles)) for name, line in named)]
    rows = [tuple(one_line(shown(cell)) for cell in row) for row in cells]
    return {head: list(column) for head, column in zip(_HEADS, zip(*rows, strict=True), strict=True)}


def _fitting(needed: Mapping[str, int], width: int) -> dict[str, int]:
    """The columns that there is room for, and their widths: that of the names is what is left."""
    for name_least, heads in _LAYOUTS:
        room = width - sum(needed[head] + _GAP for head in heads[1:])
        if room >= min(needed["clip"], name_least):
            break
    return {head: needed[head] for head in heads} | {"clip": max(1, min(needed["clip"], room))}


def _names(lines: Sequence[Line]) -> list[str]:
    """The paths without the folder that all of them are in."""
    paths = [Path(line.clip.path) for line in lines]
    if not paths or len({path.is_absolute() for path in paths}) > 1:
        return [str(path) for path in paths]
    shared = os.path.commonpath([path.parent for path in paths])
    return [str(path.relative_to(shared)) for path in paths]


def _elided(names: Sequence[str], width: int) -> list[str]:
    """Names that fit. Clips' names begin with whose they are and differ at the end, so the middle goes.

    How much of the end is kept is chosen so that as many as possible stay told apart. If that is not enough, what all begin
    with goes too.
    """
    usual = max(1, (2 * width) // 3)
    ends = sorted(range(1, width), key=lambda end: abs(end - usual)) or [usual]
    same = len(os.path.commonprefix(names)) if len(set(names)) > 1 else 0  # noqa: RUF071 - letters are meant, not folders
    tails = [f"…{name[same:]}" for name in names] if same > 1 else names

    def cut(some: Sequence[str], end: int) -> list[str]:
        return [name if len(name) <= width else f"{name[: width - end - 1]}…{name[-end:]}" for name in some]

    return max((cut(some, end) for some in (names, tails) for end in ends), key=lambda shown: len(set(shown)))


def _short(titles: Mapping[str, str]) -> dict[str, str]:
    """Of each title as many words from its beginning as tell it apart."""

    def shorter(title: str) -> str:
        words = title.split()
        others = [other.split() for other in titles.values() if other != title]
        apart = (n for n in range(1, len(words)) if all(other[:n] != words[:n] for other in others))
        return " ".join(words[: next(apart, len(words))])

    return {name: shorter(title) for name, title in titles.items()}


def _cells(line: Line, specs: Mapping[str, StretchSpec], titles: Mapping[str, str]) -> tuple[str, str, str, str]:
    if isinstance(line, FailedLine):
        return "", "", wording.CELL_FAILED, shown(line.error).splitlines()[0]
    stretch = titles.get(line.pose, line.pose) if line.pose is not None else wording.CELL_NO_STRETCH
    score = wording.BANDS[line.band].table.format(score=line.score) if line.band is not None else ""
    return stretch, score, held_of_goals(line), first_to_change(line, specs)


def _counts(*rows: tuple[int, str | Counted], path: Path | None = None) -> str:
    return joined(", ", (text.format(count=count, path=one_line(str(path))) for count, text in rows if count))


def _length(seconds: float) -> str:
    """Return how long all of them are, which may be hours."""
    whole = whole_seconds(seconds)
    if whole < 120:
        return N_("{seconds} s").format(seconds=whole)
    return N_("{minutes} min").format(minutes=whole // 60) if whole < 7200 else N_("{hours:.1f} h").format(hours=whole / 3600)
