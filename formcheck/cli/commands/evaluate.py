"""`formcheck evaluate` and `formcheck samples check`: labelled clips, and how far off the answers are."""

import json as json_text
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.commands.model import obtain
from formcheck.cli.options import JobsOption, LabelledPaths, ModelOption, PartChoice, VerboseOption, json_path
from formcheck.core.errors import FormcheckError
from formcheck.system.files import check_writable, write_text
from formcheck.system.native_log import silence_native_messages

if TYPE_CHECKING:
    from formcheck.tuning.evaluation import EvaluationCounts
    from formcheck.tuning.labels import LabelledClip

samples = typer.Typer(help="Check labelled clips.", no_args_is_help=True, rich_markup_mode=None)


def evaluate(
    paths: LabelledPaths,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help="Write the figures as JSON; - is standard output.")
    ] = None,
    part: Annotated[PartChoice, typer.Option(help="Only the clips of one part.")] = PartChoice.ALL,
    jobs: JobsOption = 0,
    model: ModelOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Measure how true the numbers are, on labelled clips."""
    from rich.console import Console

    from formcheck.cli.progress import side_by_side
    from formcheck.cli.reports.evaluation import print_evaluation
    from formcheck.stretches.files import load_stretches
    from formcheck.tuning.evaluation.document import as_document
    from formcheck.tuning.evaluation.motion import evaluate_motion, motions_in
    from formcheck.tuning.evaluation.photos import evaluate_photos
    from formcheck.tuning.evaluation.run import evaluate_clip
    from formcheck.tuning.labels import find_clips
    from formcheck.vision.video.random_access import length_of

    if not verbose:
        silence_native_messages()
    output_path = json_path(json)
    if output_path is not None:
        check_writable(output_path)
    tables = [path for path in paths if path.suffix == ".csv"]
    motions = [path for path in paths if motions_in(path) is not None]
    others = [path for path in paths if path not in tables and path not in motions]
    clips = find_clips(others, {spec.name: spec for spec in load_stretches()}, length_of=length_of)
    chosen = [clip for clip in clips if part in (PartChoice.ALL, clip.labels.part)]
    if others and not chosen:
        raise FormcheckError(f"None of the {len(clips)} labelled clips belongs to the {part} part.")
    engine = obtain(model)
    counted = side_by_side("evaluating", partial(evaluate_clip, model=engine), chosen, jobs)
    photos = {str(table): evaluate_photos(table, engine) for table in tables}
    motion = {str(folder): evaluate_motion(folder, engine) for folder in motions}
    total, by_yaw = _summed(chosen, counted)
    if json is not None:
        by_clip = {str(clip.video): counts for clip, counts in zip(chosen, counted, strict=True)}
        document = as_document(total, by_yaw, by_clip, photos=photos, motion=motion)
        write_text(output_path, json_text.dumps(document, indent=2) + "\n")
    print_evaluation(Console(stderr=json == "-"), total if chosen else None, by_yaw, photos, motion)


@samples.command("check")
def check_samples(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Label files, or folders of them.", show_default=False)
    ],
    pose: Annotated[
        list[Path] | None, typer.Option(metavar="FILE.toml", help="A pose file of your own that labels speak of.")
    ] = None,
) -> None:
    """Check the labels of clips; every fault of every file is reported at once."""
    from formcheck.stretches.files import find_stretch, load_stretches
    from formcheck.tuning.labels import find_clips
    from formcheck.vision.video.random_access import length_of

    specs = {spec.name: spec for spec in (*load_stretches(), *(find_stretch(str(path)) for path in pose or ()))}
    for clip in find_clips(paths, specs, length_of=length_of):
        count = len(clip.labels.intervals)
        print(f"{clip.video}: good ({clip.labels.pose}, {count} interval{'' if count == 1 else 's'})")


def _summed(
    clips: "list[LabelledClip]", counted: "list[EvaluationCounts]"
) -> "tuple[EvaluationCounts, dict[str, EvaluationCounts]]":
    """Return the counts of all clips, and of those in each band of yaw."""
    from formcheck.tuning.evaluation import EvaluationCounts, yaw_band

    total, by_yaw = EvaluationCounts(), dict[str, EvaluationCounts]()
    for clip, counts in zip(clips, counted, strict=True):
        total += deepcopy(counts)
        if clip.labels.camera is not None:
            band = by_yaw.setdefault(yaw_band(clip.labels.camera.yaw_deg), EvaluationCounts())
            band += deepcopy(counts)
    return total, dict(sorted(by_yaw.items()))
