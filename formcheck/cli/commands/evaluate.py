"""`formcheck evaluate` and `formcheck samples check`: labelled clips against what is told of them."""

import json as json_text
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.cli.commands.model import obtain
from formcheck.cli.progress import side_by_side
from formcheck.stretches.files import find_stretch, load_stretches
from formcheck.system.files import check_writable, write_text
from formcheck.system.native_log import silence_native_messages
from formcheck.tuning.evaluation import EvaluationCounts
from formcheck.tuning.evaluation.counts import ErrorSums
from formcheck.tuning.evaluation.motion import Motion
from formcheck.tuning.evaluation.photos import PhotoSums
from formcheck.tuning.evaluation.run import evaluate_material, find_material
from formcheck.tuning.labels import find_clips
from formcheck.vision.video.random_access import length_of


def check_samples(paths: list[Path], poses: list[Path]) -> None:
    """Check label files, of shipped stretches and those in `poses`; raise LabelError with every fault of every file."""
    specs = {spec.name: spec for spec in (*load_stretches(), *(find_stretch(str(pose)) for pose in poses))}
    clips = find_clips(paths, specs, length_of=length_of)
    for clip in clips:
        count = len(clip.labels.intervals)
        print(f"{clip.video}: good ({clip.labels.pose}, {count} interval{'' if count == 1 else 's'})")


def evaluate(paths: list[Path], *, json: str | None, part: str | None, jobs: int, model: str | None, verbose: bool) -> None:
    """Score every labelled clip in `paths` and print how far off the answers are. Raises FormcheckError."""
    if not verbose:
        silence_native_messages()
    goal = Path(json) if json not in (None, "-") else None
    if goal is not None:
        check_writable(goal)
    material = find_material(paths, part)
    found = evaluate_material(material, obtain(model), partial(side_by_side, jobs=jobs))
    if json is not None:
        write_text(goal, json_text.dumps(found.to_dict(), indent=2) + "\n")
    console = Console(stderr=json == "-")
    shown = [*_tables(found.total, found.by_yaw)] if found.clips else []
    shown += [_photos(name, sums) for name, sums in found.photos.items()]
    shown += [_motion(name, view) for name, view in found.motion.items()]
    for table in shown:
        console.print(table)
        console.print()


def _table(title: str, *heads: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for i, head in enumerate(heads):
        table.add_column(head, justify="left" if i == 0 else "right")
    return table


def _tables(counts: EvaluationCounts, by_yaw: Mapping[str, EvaluationCounts]) -> Iterator[Table]:
    parts = {"all": counts, **by_yaw}
    yield _measures(counts)
    yield _holds(parts)
    yield _faults(counts)
    yield _verdicts(parts)


def _measures(counts: EvaluationCounts) -> Table:
    bands = sorted({band for _, band in counts.measures})
    table = _table("Angles: mean absolute error (bias, 95th percentile) in degrees, by yaw of the camera", "measure", *bands)
    for name in dict.fromkeys(name for name, _ in sorted(counts.measures)):
        table.add_row(name, *(_error(counts.measures.get((name, band))) for band in bands))
    return table


def _error(errors: ErrorSums | None) -> str:
    if errors is None or errors.mean_absolute is None:
        return ""
    return f"{errors.mean_absolute:.1f} ({errors.bias:+.1f}, {errors.percentile(0.95):.0f})"


def _by_yaw(title: str, parts: Mapping[str, EvaluationCounts], rows: Mapping[str, Callable[[EvaluationCounts], str]]) -> Table:
    table = _table(title, "", *parts)
    for name, figure in rows.items():
        table.add_row(name, *(figure(counts) for counts in parts.values()))
    return table


def _holds(parts: Mapping[str, EvaluationCounts]) -> Table:
    def told(pick: Callable[[EvaluationCounts], ErrorSums]) -> Callable[[EvaluationCounts], str]:
        return lambda counts: _seconds(pick(counts))

    rows: dict[str, Callable[[EvaluationCounts], str]] = {
        "onset": told(lambda counts: counts.holds.onset),
        "offset": told(lambda counts: counts.holds.offset),
        "held time": told(lambda counts: counts.holds.held),
        "holds labelled": lambda counts: str(counts.holds.labelled),
        "missed, split, invented": lambda c: f"{c.holds.missed}, {c.holds.split}, {c.holds.invented}",
        "held falsely, s a minute": lambda counts: _number(counts.holds.false_a_minute(counts.clip_s), ".2f"),
        "held but not told, s": lambda counts: f"{counts.holds.missed_s:.1f}",
    }
    return _by_yaw("Holds: mean error in seconds, told minus true (share within 0.25 s), by yaw", parts, rows)


def _faults(counts: EvaluationCounts) -> Table:
    table = _table("Faults", "fault", "found", "missed", "false", "recall", "precision")
    for name, found in sorted(counts.faults.items()):
        row = (str(found.hit), str(found.missed), str(found.false), _share(found.recall), _share(found.precision))
        table.add_row(name, *row)
    return table


def _verdicts(parts: Mapping[str, EvaluationCounts]) -> Table:
    rows: dict[str, Callable[[EvaluationCounts], str]] = {
        "clips with the right stretch": lambda counts: f"{counts.pose_right} of {counts.clips}",
        "clips with the right side": lambda counts: f"{counts.side_right} of {counts.side_labelled}",
        "seconds of verdict": lambda counts: str(counts.agreement.seconds),
        "balanced accuracy": lambda counts: _share(counts.agreement.balanced_accuracy),
        "Cohen's kappa": lambda counts: _number(counts.agreement.kappa, ".2f"),
        "unseen, told as unseen, s": lambda counts: f"{counts.sight.told_s:.0f} of {counts.sight.unseen_s:.0f}",
        "seen, told as unseen, s": lambda counts: f"{counts.sight.denied_s:.0f} of {counts.sight.seen_s:.0f}",
    }
    return _by_yaw("Verdicts, by yaw", parts, rows)


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


def _seconds(errors: ErrorSums) -> str:
    return f"{errors.bias:+.2f} ({_share(errors.share_within(0.25))})" if errors.bias is not None else ""


def _number(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"
