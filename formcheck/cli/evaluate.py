"""`formcheck evaluate` and `formcheck samples check`: labelled clips against what is told of them."""

import json as json_text
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from formcheck.cli.model import obtain
from formcheck.cli.quiet import silence_native_messages
from formcheck.errors import FormcheckError
from formcheck.evaluate import (
    Motion,
    PhotoSums,
    as_document,
    evaluate_clip,
    evaluate_motion,
    evaluate_photos,
    motions_in,
)
from formcheck.evaluation import Counts
from formcheck.evaluation.counts import Errors
from formcheck.files import check_writable, whole_file
from formcheck.labels import LabelledClip, find_clips
from formcheck.posefile import load_all


def check_samples(paths: list[Path]) -> None:
    """Check label files; raise LabelError with every fault of every file."""
    clips = find_clips(paths, {spec.name: spec for spec in load_all()})
    for clip in clips:
        print(f"{clip.video}: good ({clip.labels.pose}, {len(clip.labels.intervals)} intervals)")


def evaluate(paths: list[Path], *, json: str | None, part: str | None, jobs: int, model: Path | None, verbose: bool) -> None:
    """Score every labelled clip in `paths` and print how far off the answers are. Raises FormcheckError."""
    if not verbose:
        silence_native_messages()
    goal = Path(json) if json not in (None, "-") else None
    if goal is not None:
        check_writable(goal)
    tables = [path for path in paths if path.suffix == ".csv"]
    motions = [path for path in paths if motions_in(path) is not None]
    others = [path for path in paths if path not in tables and path not in motions]
    clips = find_clips(others, {spec.name: spec for spec in load_all()})
    chosen = [clip for clip in clips if part in (None, clip.labels.part)]
    if others and not chosen:
        raise FormcheckError(f"None of the {len(clips)} labelled clips belongs to the {part} part.")
    engine = obtain(model)
    found = _run(chosen, engine, jobs or os.cpu_count() or 1) if chosen else {}
    photos = {str(table): evaluate_photos(table, engine) for table in tables}
    views = {str(folder): evaluate_motion(folder, engine) for folder in motions}
    total = Counts()
    for counts in found.values():
        total += counts
    if json is not None:
        document = as_document(total, {str(video): counts for video, counts in found.items()}, photos=photos, motion=views)
        text = json_text.dumps(document, indent=2) + "\n"
        if goal is None:
            sys.stdout.write(text)
        else:
            with whole_file(goal) as part_file:
                part_file.write_text(text, encoding="utf-8")
    console = Console(stderr=json == "-")
    shown = [*_tables(total)] if chosen else []
    shown += [_photos(name, sums) for name, sums in photos.items()] + [_motion(name, view) for name, view in views.items()]
    for table in shown:
        console.print(table)
        console.print()


def _run(clips: list[LabelledClip], model: Path, jobs: int) -> dict[Path, Counts]:
    """Evaluate clips side by side; the order of the answer is that of the clips, whoever finishes first."""
    found: dict[Path, Counts] = {}
    columns = (TextColumn("evaluating"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
        task = progress.add_task("clips", total=len(clips))
        pool = stack.enter_context(ProcessPoolExecutor(min(jobs, len(clips)), get_context("spawn"), silence_native_messages))
        waiting = {pool.submit(evaluate_clip, clip, model): clip for clip in clips}
        for done in as_completed(waiting):
            found[waiting[done].video] = done.result()
            progress.advance(task)
    return {clip.video: found[clip.video] for clip in clips}


def _table(title: str, *heads: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for i, head in enumerate(heads):
        table.add_column(head, justify="left" if i == 0 else "right")
    return table


def _tables(counts: Counts) -> Iterator[Table]:
    yield _measures(counts)
    yield _holds(counts)
    yield _faults(counts)
    yield _verdicts(counts)


def _measures(counts: Counts) -> Table:
    bands = sorted({band for _, band in counts.measures})
    table = _table("Angles: mean absolute error (bias, 95th percentile) in degrees, by yaw of the camera", "measure", *bands)
    for name in dict.fromkeys(name for name, _ in sorted(counts.measures)):
        table.add_row(name, *(_error(counts.measures.get((name, band))) for band in bands))
    return table


def _error(errors: Errors | None) -> str:
    if errors is None or errors.mean_absolute is None:
        return ""
    return f"{errors.mean_absolute:.1f} ({errors.bias:+.1f}, {errors.percentile(0.95):.0f})"


def _holds(counts: Counts) -> Table:
    holds = counts.holds
    table = _table("Holds: seconds, told minus true", "", "mean error", "95 % within", "within 0.25 s")
    for name, errors in (("onset", holds.onset), ("offset", holds.offset), ("held time", holds.held)):
        table.add_row(
            name, _number(errors.bias, "+.2f"), _number(errors.percentile(0.95), ".2f"), _share(errors.share_within(0.25))
        )
    table.add_row(f"{holds.labelled} holds, {holds.missed} missed, {holds.split} split, {holds.invented} invented")
    false = _number(holds.false_a_minute(counts.clip_s), ".2f")
    table.add_row(f"held falsely {holds.false_s:.1f} s ({false} s a minute), missed {holds.missed_s:.1f} s")
    return table


def _faults(counts: Counts) -> Table:
    table = _table("Faults", "fault", "found", "missed", "false", "recall", "precision")
    for name, found in sorted(counts.faults.items()):
        row = (str(found.hit), str(found.missed), str(found.false), _share(found.recall), _share(found.precision))
        table.add_row(name, *row)
    return table


def _verdicts(counts: Counts) -> Table:
    agreement, sight = counts.agreement, counts.sight
    table = _table("Verdicts", "", "")
    table.add_row("clips with the right stretch", f"{counts.pose_right} of {counts.clips}")
    table.add_row("clips with the right side", f"{counts.side_right} of {counts.side_labelled}")
    table.add_row("seconds of verdict", str(agreement.seconds))
    table.add_row("balanced accuracy", _share(agreement.balanced_accuracy))
    table.add_row("Cohen's kappa", _number(agreement.kappa, ".2f"))
    for band, part in sorted(counts.agreement_by_yaw.items()):
        told = f"{_number(part.kappa, '.2f')} over {part.seconds} s"
        table.add_row(f"Cohen's kappa, yaw {band}", told)
    table.add_row("unseen time told as unseen", f"{sight.told_s:.0f} of {sight.unseen_s:.0f} s")
    table.add_row("visible time told as unseen", f"{sight.denied_s:.0f} of {sight.seen_s:.0f} s")
    return table


def _photos(name: str, sums: dict[str, PhotoSums]) -> Table:
    heads = ("form", "photos", "right stretch", "right side", "told correct", "told the fault", "told unseen", "told to turn")
    table = _table(f"Photographs in {name}", *heads)
    for form, seen in sums.items():
        counts = (seen.photos, seen.stretch_right, seen.side_right, seen.told_correct)
        table.add_row(form, *map(str, (*counts, seen.told_fault, seen.told_unseen, seen.told_turn)))
    return table


def _motion(name: str, views: dict[str, Motion]) -> Table:
    heads = ("view", "yaw", "knee, as seen", "knee, squared on", "hip, as seen", "hip, squared on")
    table = _table(f"Recorded angles in {name}: mean absolute error (bias, 95th percentile) in degrees", *heads)
    for video, view in views.items():
        errors = [found.get(angle) for angle in ("knee flexion", "hip flexion") for found in (view.as_seen, view.squared_on)]
        table.add_row(video, _number(view.yaw, ".0f"), *map(_error, errors))
    return table


def _number(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"
