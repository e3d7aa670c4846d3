"""`formcheck score`: wires a file, the engine and the outputs together.

`formcheck score FOLDER`: many clips, here or on a cluster, each scored once and kept as it finishes.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from formcheck.analysis.baseline import BaselineCheck
from formcheck.cli.commands.model import obtain
from formcheck.cli.progress import bar
from formcheck.cli.reports.batch import print_batch_summary, print_failures, print_table
from formcheck.cli.reports.clip import print_clip_summary
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.values import Side
from formcheck.people.person import resolve
from formcheck.pipeline.batch import (
    ClipFile,
    ClipResult,
    Journal,
    PreviousResults,
    ScoredLine,
    Settings,
    find_clips,
    identified,
    score_clips,
)
from formcheck.pipeline.batch.journal import as_text
from formcheck.pipeline.clip import score
from formcheck.pipeline.outputs import OutputRequest, create_output
from formcheck.pipeline.outputs.base import Output
from formcheck.pipeline.outputs.json_document import JsonToStdout
from formcheck.stretches import StretchSpec
from formcheck.system.files import check_output_paths
from formcheck.system.native_log import silence_native_messages
from formcheck.system.processes import Processes, Runner, cores, prepare_nothing
from formcheck.system.signals import stoppable
from formcheck.vision.video import open_clip

INTERRUPTED = 130


def score_file(
    clip: Path,
    *,
    pose: str,
    side: str,
    json: str | None,
    measures: Path | None,
    annotate: Path | None,
    profile: str | None,
    model: str | None,
    every_frame: bool,
    jobs: int,
    verbose: bool,
) -> None:
    """Score one clip and print the summary. Raises FormcheckError; exits with 130 after Ctrl-C, keeping what was scored."""
    candidates, fit = _resolved(pose, profile)
    if not verbose:
        silence_native_messages()
    specs = {spec.name: spec for spec in candidates}
    document = Path(json) if json not in (None, "-") else None
    _check_goals(clip, [path for path in (document, measures, annotate) if path is not None])
    with ExitStack() as stack:
        source = stack.enter_context(open_clip(clip))
        files = {"annotate": annotate, "measures": measures, "json": document}
        outputs: list[Output] = [
            create_output(name, OutputRequest(path=path, clip=source.info, specs=specs, every_frame=every_frame))
            for name, path in files.items()
            if path is not None
        ]
        if json == "-":
            outputs.append(JsonToStdout())
        file = obtain(model)
        watching = stack.enter_context(_watching())
        result = score(
            source,
            file,
            candidates,
            every_frame=every_frame,
            jobs=jobs or cores(),
            side=None if side == "auto" else Side(side),
            baseline=fit,
            outputs=outputs,
            progress=watching.watch,
        )
    print_clip_summary(Console(stderr=json == "-"), result)
    if watching.stopped:
        print(f"Stopped at {result.document.clip.duration_s:.0f} s; what is told is about that part.", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _resolved(pose: str, profile: str | None) -> tuple[tuple[StretchSpec, ...], BaselineCheck | None]:
    """Return the stretches and the baseline to score by, once it is said whose they are."""
    personal = resolve(pose, profile)
    if personal.note is not None:
        print(personal.note, file=sys.stderr)
    return personal.specs, personal.baseline


def _check_goals(clip: Path, goals: list[Path]) -> None:
    """Raise OutputError, before minutes of work, where something could not be written or would overwrite the clip."""
    check_output_paths(goals)
    for goal in goals:
        if goal.resolve() == clip.resolve():
            raise OutputError(f"{goal}: is the clip itself. Give another name; the clip is never written to.")


class _Watching:
    """Draws the progress bar; after Ctrl-C it asks for an orderly end."""

    def __init__(self, progress: Progress) -> None:
        self.stopped = False
        self._progress = progress
        self._task = progress.add_task("scoring", total=None)

    def watch(self, done_s: float, of_s: float | None) -> bool:
        self._progress.update(self._task, completed=done_s, total=of_s)
        return not self.stopped

    def stop(self, *_: Any) -> None:
        self.stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a second Ctrl-C ends at once


@contextmanager
def _watching() -> Iterator[_Watching]:
    columns = (TextColumn("scoring"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        watching = _Watching(progress)
        before = signal.signal(signal.SIGINT, watching.stop)
        try:
            yield watching
        finally:
            signal.signal(signal.SIGINT, before)


Identity = tuple[str | None, bool]


def refuse_single(why: str, **goals: Path | None) -> None:
    """Raise FormcheckError where an output is asked for that only one clip can have. `why` this is work for many."""
    for name, goal in goals.items():
        if goal is not None:
            raise FormcheckError(f"--{name} takes one clip, and {why}: score one by itself.")


def score_many(
    paths: Sequence[Path],
    *,
    pose: str,
    side: str,
    json: str | None,
    profile: str | None,
    model: str | None,
    every_frame: bool,
    jobs: int,
    resume: bool,
    scheduler: str | None,
    verbose: bool,
) -> None:
    """Score all clips in `paths`; print table, summary and what failed. Raises FormcheckError.

    Exits with 1 where a clip could not be scored, with 130 after Ctrl-C (143 when asked to end), keeping what was scored.
    """
    began_s = time.monotonic()
    goal = Path(json) if json not in (None, "-") else None
    if resume and goal is None:
        raise FormcheckError("--resume goes on from the file of --json FILE: give it.")
    if scheduler is not None and jobs:
        raise FormcheckError("--jobs counts processes on this machine, and --scheduler hands the clips to others: give one.")
    journal = Journal(goal) if goal is not None else None
    candidates, fit = _resolved(pose, profile)
    found = find_clips(paths)
    if goal is not None and goal.resolve() in {clip.path.resolve() for clip in found.clips}:
        raise OutputError(f"{goal}: is one of the clips. Give another name; clips are never written to.")
    if journal is not None:
        journal.check(resume=resume)
    for folder in found.empty:
        print(f"{folder}: holds no video or photo.", file=sys.stderr)
    prepare = prepare_nothing if verbose else silence_native_messages
    with ExitStack() as stack:
        runner = _runner(stack, scheduler, jobs, prepare)
        engine = obtain(model).absolute()
        settings = Settings(
            specs=candidates,
            side=None if side == "auto" else Side(side),
            fit=fit,
            model=engine,
            digest=engine.digest,
            every_frame=every_frame,
        )
        stop = stack.enter_context(stoppable())
        kept = journal.kept(settings.fingerprint) if journal is not None and resume else {}
        if journal is not None:
            stack.enter_context(journal)
        clips = _identified(found.clips, stop.requested)
        # Scoring adds to what is kept.
        earlier = journal.earlier(clips, settings.fingerprint, resume=resume) if journal is not None else PreviousResults()
        outcomes = _scored(clips, settings, runner, journal, kept, stop.requested)
        whole = len(outcomes) == len(found.clips)
        told = [outcomes[i] for i in sorted(outcomes)]
        lines = [outcome.line for outcome in told]
        if journal is not None and whole:
            journal.finish(lines)
        elif json == "-":
            sys.stdout.write(as_text(lines))
    # What is piped on is not to be folded.
    console = Console(stderr=json == "-")
    if lines:
        print_table(console, lines, {spec.name: spec.title for spec in candidates})
        print_batch_summary(console, told, time.monotonic() - began_s, goal, earlier if whole else PreviousResults())
    errors = Console(stderr=True)
    print_failures(errors, lines, found.troubles)
    if not whole:
        errors.print(_stopped(len(told), len(found.clips), journal), soft_wrap=True, markup=False, highlight=False)
        sys.exit(128 + (stop.signal or signal.SIGINT))
    if found.troubles or not all(isinstance(line, ScoredLine) for line in lines):
        sys.exit(1)


def _runner(stack: ExitStack, scheduler: str | None, jobs: int, prepare: Callable[[], None]) -> Runner:
    if scheduler is None:
        return Processes(jobs, prepare)
    from formcheck.pipeline.batch.cluster import cluster

    return stack.enter_context(cluster(scheduler, prepare, _aside))


def _aside(sentence: str) -> None:
    """On standard error, above the bar."""
    print(f"formcheck: {sentence}", file=sys.stderr)


def _identified(clips: Sequence[ClipFile], stop: Callable[[], bool]) -> list[ClipFile]:
    """The clips with their contents, as far as it came."""
    done: list[ClipFile] = []
    with bar("reading", len(clips), sum(clip.size_bytes for clip in clips)) as advance:
        for clip in clips:
            if stop():
                break
            done.append(identified(clip))
            advance(weight=clip.size_bytes)
    return done


def _scored(
    clips: Sequence[ClipFile],
    settings: Settings,
    runner: Runner,
    journal: Journal | None,
    kept: Mapping[Identity, ScoredLine],
    stop: Callable[[], bool],
) -> dict[int, ClipResult]:
    outcomes: dict[int, ClipResult] = {}
    # What is known already takes no time, and would spoil the estimate of what remains.
    weights = {clip.identity: clip.size_bytes for clip in clips if clip.identity not in kept}
    with bar("scoring", len(clips), sum(weights.values())) as advance:
        for i, outcome in score_clips(clips, settings, runner, kept=kept, stop=stop):
            outcomes[i] = outcome
            if journal is not None and isinstance(outcome.line, ScoredLine):
                journal.add(outcome.line)
            weight = clips[i].size_bytes if outcome.now else 0
            advance(weight=weight, failed=not isinstance(outcome.line, ScoredLine))
    return outcomes


def _stopped(done: int, of: int, journal: Journal | None) -> str:
    after = f"Stopped after {done} of {of} clips."
    if not done:
        return after
    if journal is None:
        return f"{after} With --json FILE what is done is kept, and --resume goes on from there."
    return f"{after} What is done is kept in {journal.path}: the same command with --resume goes on."
