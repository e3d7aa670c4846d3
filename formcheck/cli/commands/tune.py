"""`formcheck tune`: ranges that fit labelled clips. It proposes; the person decides."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.commands.model import obtain
from formcheck.cli.options import JobsOption, LabelledPaths, ModelOption, PartChoice, VerboseOption
from formcheck.cli.terminal import say
from formcheck.core.errors import FormcheckError, TuneError
from formcheck.core.wording.language import N_
from formcheck.system.files import atomic_file, check_output_paths
from formcheck.system.native.native_log import silence_native_messages

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.stretches import StretchSpec
    from formcheck.tuning.labels import LabelledClip
    from formcheck.tuning.run import Tuned


def tune(
    paths: LabelledPaths,
    pose: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            autocompletion=completion.stretches,
            help=N_("Tune this stretch alone: a name, or a pose file."),
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help=N_("Draw the evidence: one file, readable without colour."))
    ] = None,
    write: Annotated[bool, typer.Option("--write", help=N_("Put what is proposed into the pose file."))] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE.toml", help=N_("Write a copy with what is proposed."))] = None,
    keep: Annotated[list[str] | None, typer.Option(metavar="MEASURE", help=N_("Leave this measure alone."))] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="MEASURE", help=N_("Tune this measure and no other."))] = None,
    allow_looser: Annotated[
        bool, typer.Option("--allow-looser", help=N_("Let limits on the back become looser than the shipped ones."))
    ] = False,
    part: Annotated[PartChoice, typer.Option(help=N_("tuning: all clips but those of the test part."))] = PartChoice.TUNING,
    jobs: JobsOption = 0,
    model: ModelOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Propose ranges and limits that fit labelled clips, checked on people left out. Writes nothing unless asked."""
    from formcheck.cli.progress import side_by_side
    from formcheck.cli.reports.tuning import print_tuned
    from formcheck.cli.terminal import console
    from formcheck.stretches.files import every_stretch, find_stretch, stretch_path
    from formcheck.tuning import run
    from formcheck.tuning.fitting.proposal import TuningConstraints
    from formcheck.tuning.labels import find_clips
    from formcheck.tuning.report import write_report
    from formcheck.vision.video.random_access import length_of

    constraints = TuningConstraints(keep=frozenset(keep or ()), only=frozenset(only or ()), allow_looser=allow_looser)
    silence_native_messages(verbose=verbose)
    check_output_paths([path for path in (report, out) if path is not None])
    if write and out is not None:
        raise FormcheckError(N_("--write changes the pose file itself, --out writes a copy: give one of them."))
    if report is not None and report.suffix.lower() not in {".html", ".htm"}:
        raise FormcheckError(N_("{path}: --report writes HTML; give a name that ends in .html.").format(path=report))
    constraints.check()
    shipped = {spec.name: spec for spec in every_stretch()}
    requested = find_stretch(pose) if pose is not None else None
    files = {name: stretch_path(name) for name in shipped} | (
        {requested.name: stretch_path(pose)} if requested and pose else {}
    )
    specs = shipped | ({requested.name: requested} if requested else {})
    clips = _chosen(find_clips(paths, specs, length_of=length_of), requested, part)
    by_name = {name: some for name in specs if (some := [clip for clip in clips if clip.labels.pose == name])}
    if out is not None and len(by_name) > 1:
        raise FormcheckError(
            N_("--out takes one pose file, and the clips show {stretches}. Say which one with --pose.").format(
                stretches=", ".join(by_name)
            )
        )
    problems = [problem for name, some in by_name.items() for problem in run.check_contrast(specs[name], some)]
    if problems:
        raise TuneError(problems)
    engine = obtain(model)
    work = partial(side_by_side, jobs=jobs)
    done = [
        run.tune(run.tuning_jobs(some, specs[name], engine), shipped.get(name), constraints, work)
        for name, some in by_name.items()
    ]
    out_console = console()
    if part is not PartChoice.TUNING and any(clip.labels.set_aside for clip in clips):
        out_console.print(N_("Beware: some of these clips are of the test part; they can no longer judge what is tuned."))
    for tuned in done:
        print_tuned(out_console, tuned)
    if report is not None:
        write_report(report, done)
        out_console.print(N_("The evidence is drawn in {path}.").format(path=report), soft_wrap=True)
    _save(out_console, done, files, write=write, out=out)


def _chosen(clips: "list[LabelledClip]", requested: "StretchSpec | None", part: PartChoice) -> "list[LabelledClip]":
    """The clips to tune on: of the requested stretch, and none that is set aside for testing."""
    of_pose = [clip for clip in clips if clip.labels.pose == (requested.name if requested else clip.labels.pose) != "none"]
    if not of_pose:
        raise FormcheckError(_not_shown(clips, requested))
    chosen = [clip for clip in of_pose if part is PartChoice.ALL or clip.labels.set_aside is (part is PartChoice.TEST)]
    if not chosen and part is PartChoice.TEST:
        raise FormcheckError(N_("None of the {count} clips belongs to the test part.").format(count=len(of_pose)))
    if not chosen:
        raise FormcheckError(
            N_(
                "All clips ({count}) belong to the test part, which is there to judge what was tuned on others. Give their "
                'label files part = "tuning", or --part all if nothing else will be judged by them.'
            ).format(count=len(of_pose))
        )
    return chosen


def _not_shown(clips: "list[LabelledClip]", requested: "StretchSpec | None") -> str:
    there = ", ".join(sorted({clip.labels.pose for clip in clips}))
    if requested is None:
        return N_("No labelled clip ({count} looked at) shows a stretch.").format(count=len(clips))
    return N_(
        "No labelled clip ({count} looked at) is of the stretch {name}; they are of: {there}. A pose file is named "
        "after its stretch: to tune a copy, keep its name and put it into another folder."
    ).format(count=len(clips), name=requested.name, there=there)


def _save(console: "Console", done: "Sequence[Tuned]", files: Mapping[str, Path], *, write: bool, out: Path | None) -> None:
    """Write what is better into the pose files, or to `out`, and print what was written. Raises FormcheckError."""
    from formcheck.stretches.files import check_text
    from formcheck.system.documents import read_text
    from formcheck.tuning.edit_pose_file import edit_pose_file

    better = [tuned for tuned in done if tuned.better]
    if not better and out is not None:
        console.print(N_("Nothing was written to {path}.").format(path=out), soft_wrap=True)
    if not better:
        return
    if not write and out is None:
        console.print(N_("Nothing was written: --write changes the pose file, --out FILE writes a copy."))
    for tuned in better if write or out is not None else ():
        file = files[tuned.spec.name]
        text = edit_pose_file(read_text(file), tuned.proposal.changes)
        checked = check_text(text, name=tuned.spec.name)
        if checked != tuned.proposal.spec:
            raise FormcheckError(
                N_("{path}: the tuned file would not say what was tuned ({fault}). Nothing was written.").format(
                    path=file, fault=checked
                )
            )
        output_path = out or file
        with atomic_file(output_path) as part:
            part.write_bytes(text.encode("utf-8"))
        say(N_("Written: {path}").format(path=output_path))
