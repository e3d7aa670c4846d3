"""`formcheck tune`: ranges that fit labelled clips. It proposes; the person decides."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.cli.commands.model import obtain
from formcheck.cli.progress import side_by_side
from formcheck.core.errors import FormcheckError
from formcheck.core.measures import MEASURES
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import check_text, find_stretch, load_stretches, stretch_path
from formcheck.stretches.validation import did_you_mean
from formcheck.system.files import atomic_file, check_output_paths
from formcheck.system.native_log import silence_native_messages
from formcheck.tuning import report as words
from formcheck.tuning.edit_pose_file import edit_pose_file
from formcheck.tuning.fitting import LimitChange, TuningConstraints
from formcheck.tuning.labels import LabelledClip, find_clips
from formcheck.tuning.report import write_report
from formcheck.tuning.run import Tuned, TuneError, check_contrast, tune, tuning_jobs
from formcheck.vision.video.random_access import length_of


def run(
    paths: list[Path],
    *,
    pose: str | None,
    report: Path | None,
    write: bool,
    out: Path | None,
    wishes: TuningConstraints,
    part: str,
    jobs: int,
    model: str | None,
    verbose: bool,
) -> None:
    """Propose ranges for the stretches of the clips in `paths`, or for `pose` alone. Raises FormcheckError."""
    if not verbose:
        silence_native_messages()
    check_output_paths([goal for goal in (report, out) if goal is not None])
    if write and out is not None:
        raise FormcheckError("--write changes the pose file itself, --out writes a copy: give one of them.")
    if report is not None and report.suffix.lower() not in {".html", ".htm"}:
        raise FormcheckError(f"{report}: --report writes HTML; give a name that ends in .html.")
    _check_measures(wishes)
    shipped = {spec.name: spec for spec in load_stretches()}
    wanted = find_stretch(pose) if pose is not None else None
    files = {name: stretch_path(name) for name in shipped} | ({wanted.name: stretch_path(pose)} if wanted and pose else {})
    specs = shipped | ({wanted.name: wanted} if wanted else {})
    clips = _chosen(find_clips(paths, specs, length_of=length_of), wanted, part)
    names = [name for name in specs if any(clip.labels.pose == name for clip in clips)]
    if out is not None and len(names) > 1:
        raise FormcheckError(f"--out takes one pose file, and the clips show {', '.join(names)}. Say which one with --pose.")
    by_name = {name: [clip for clip in clips if clip.labels.pose == name] for name in names}
    problems = [problem for name, some in by_name.items() for problem in check_contrast(specs[name], some)]
    if problems:
        raise TuneError(problems)
    engine = obtain(model)
    work = partial(side_by_side, jobs=jobs)
    done = [tune(tuning_jobs(some, specs[name], engine), shipped.get(name), wishes, work) for name, some in by_name.items()]
    # What is piped on is not to be folded at 80 columns.
    console = Console() if sys.stdout.isatty() else Console(width=200)
    if part != "tuning" and any(clip.labels.set_aside for clip in clips):
        console.print(
            "Beware: some of these clips are of the test part; they can no longer judge what is tuned.", soft_wrap=True
        )
    for one in done:
        _show(console, one)
    if report is not None:
        write_report(report, done)
        console.print(f"The evidence is drawn in {report}.", soft_wrap=True)
    _save(console, done, files, write=write, out=out)


def _check_measures(wishes: TuningConstraints) -> None:
    if wishes.only and not wishes.only - wishes.keep:
        raise FormcheckError("--keep holds back all that --only names: nothing would be tuned.")
    for option, names in (("--keep", wishes.keep), ("--only", wishes.only)):
        for name in sorted(names):
            if name not in MEASURES:
                raise FormcheckError(f"{option}: there is no measure {name!r}{did_you_mean(name, MEASURES)}")


def _chosen(clips: list[LabelledClip], wanted: StretchSpec | None, part: str) -> list[LabelledClip]:
    """The clips to tune on: of the stretch that is asked for, and none that is set aside for testing."""
    of_pose = [clip for clip in clips if clip.labels.pose == (wanted.name if wanted else clip.labels.pose) != "none"]
    if not of_pose:
        raise FormcheckError(_not_shown(clips, wanted))
    chosen = [clip for clip in of_pose if part == "all" or clip.labels.set_aside is (part == "test")]
    if not chosen and part == "test":
        raise FormcheckError(f"None of the {len(of_pose)} clips belongs to the test part.")
    if not chosen:
        raise FormcheckError(
            f"All clips ({len(of_pose)}) belong to the test part, which is there to judge what was tuned on others. "
            'Give their label files part = "tuning", or --part all if nothing else will be judged by them.'
        )
    return chosen


def _not_shown(clips: list[LabelledClip], wanted: StretchSpec | None) -> str:
    there = ", ".join(sorted({clip.labels.pose for clip in clips}))
    if wanted is None:
        return f"No labelled clip ({len(clips)} looked at) shows a stretch."
    return (
        f"No labelled clip ({len(clips)} looked at) is of the stretch {wanted.name}; they are of: {there}. A pose file is "
        "named after its stretch: to tune a copy, keep its name and put it into another folder."
    )


def _show(console: Console, tuned: Tuned) -> None:
    console.print(f"{tuned.spec.name}: {words.describe_clips(tuned)}", style="bold", soft_wrap=True)
    for warning in tuned.warnings:
        console.print(f"Beware: {warning}", soft_wrap=True)
    if tuned.better or not tuned.proposal.changes:
        console.print(_table(["what", "", "old -> new", "evidence"], map(_row, tuned.proposal.rows)))
    if tuned.comparison is not None:
        console.print(f"{words.describe_validation(tuned)}:", soft_wrap=True)
        console.print(_table(["", "before", "after"], words.figure_rows(tuned.comparison)))
    console.print(words.describe_verdict(tuned), soft_wrap=True)
    console.print()


def _row(row: LimitChange) -> tuple[str, ...]:
    return row.name, row.key, words.format_change(row), row.why


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head)
    for row in rows:
        table.add_row(*row)
    return table


def _save(console: Console, done: Sequence[Tuned], files: Mapping[str, Path], *, write: bool, out: Path | None) -> None:
    better = [one for one in done if one.better]
    if not better and out is not None:
        console.print(f"Nothing was written to {out}.", soft_wrap=True)
    if not better:
        return
    if not write and out is None:
        console.print("Nothing was written: --write changes the pose file, --out FILE writes a copy.", soft_wrap=True)
    for one in better if write or out is not None else ():
        file = files[one.spec.name]
        text = edit_pose_file(file.read_bytes().decode("utf-8"), one.proposal.changes)
        checked = check_text(text, name=one.spec.name)
        if checked != one.proposal.spec:
            raise FormcheckError(f"{file}: the tuned file would not say what was tuned ({checked}). Nothing was written.")
        goal = out or file
        with atomic_file(goal) as part:
            part.write_bytes(text.encode("utf-8"))
        console.print(f"Written: {goal}", soft_wrap=True)
