"""`formcheck evaluate` and `formcheck samples check`: labelled clips, and how far off the answers are."""

import json as json_text
from collections import deque
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.commands.model import obtain
from formcheck.cli.help import HelpfulCommand
from formcheck.cli.options import JobsOption, LabelledPaths, ModelOption, PartChoice, VerboseOption, json_path
from formcheck.cli.terminal import say
from formcheck.core.errors import LabelError
from formcheck.core.wording.language import N_, NN_
from formcheck.system.files import check_writable, write_json
from formcheck.system.native.native_log import silence_native_messages

samples = typer.Typer(help=N_("Check the labels of clips."), no_args_is_help=True, rich_markup_mode=None)


def evaluate(
    paths: LabelledPaths,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help=N_("Write the figures as JSON; - is standard output."))
    ] = None,
    part: Annotated[PartChoice, typer.Option(help=N_("Only the clips of one part."))] = PartChoice.ALL,
    jobs: JobsOption = 0,
    model: ModelOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Measure how true the numbers are, on labelled clips."""
    from formcheck.cli.progress import side_by_side
    from formcheck.cli.reports.evaluation import print_evaluation
    from formcheck.cli.terminal import console
    from formcheck.tuning.evaluation.run import evaluate_material, find_material

    silence_native_messages(verbose=verbose)
    output_path = json_path(json)
    if output_path is not None:
        check_writable(output_path)
    material = find_material(paths, None if part is PartChoice.ALL else part.value)
    found = evaluate_material(material, obtain(model), partial(side_by_side, jobs=jobs))
    if json is not None:
        write_json(output_path, json_text.dumps(found.to_dict(), indent=2) + "\n")
    total = found.total if found.clips else None
    print_evaluation(console(stderr=json == "-"), total, found.by_yaw, found.photos, found.motion)


@samples.command("check", cls=HelpfulCommand, epilog="samples check clips\nsamples check clips --pose mine.toml")
def check_samples(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help=N_("Label files, or folders of them."), show_default=False)
    ],
    pose: Annotated[
        list[Path] | None, typer.Option(metavar="FILE.toml", help=N_("A pose file of your own that labels speak of."))
    ] = None,
) -> None:
    """Check the labels of clips; all faults of all files are told at once."""
    from formcheck.stretches.files import every_stretch, find_stretch
    from formcheck.tuning.labels import faulty, search_clips
    from formcheck.vision.video.random_access import length_of

    specs = {spec.name: spec for spec in (*every_stretch(), *(find_stretch(str(path)) for path in pose or ()))}
    clips, faults = search_clips(paths, specs, length_of=length_of)
    for clip in clips:
        try:
            deque(clip.true_angles(), maxlen=0)
        except LabelError as error:
            faults += error.lines
            continue
        good = NN_("{clip}: good ({pose}, {count} interval)", "{clip}: good ({pose}, {count} intervals)")
        say(good.format(clip=clip.video, pose=clip.labels.pose, count=len(clip.labels.intervals)))
    if faults:
        raise faulty(faults)
