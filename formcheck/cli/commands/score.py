"""`formcheck score`: one clip with its outputs, or many clips, each scored once and kept as it finishes."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.commands.model import obtain
from formcheck.cli.options import ModelOption, ProfileOption, SideChoice, VerboseOption, json_path
from formcheck.core.errors import FormcheckError, OutputError, StoppedError
from formcheck.core.values import Side
from formcheck.system.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from formcheck.analysis.baseline.validity import BaselineCheck
    from formcheck.pipeline.batch.discovery import ClipFile
    from formcheck.pipeline.batch.journal import Journal, ScoredLine
    from formcheck.pipeline.batch.run import ClipResult, Settings
    from formcheck.stretches import StretchSpec
    from formcheck.system.processes import Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOptions:
    """The options for every clip, as they are called on the command line."""

    pose: str
    side: Side | None
    json: str | None
    profile: str | None
    model: str | None
    every_frame: bool
    jobs: int
    verbose: bool

    @property
    def json_path(self) -> Path | None:
        return json_path(self.json)


def score(
    paths: Annotated[
        list[Path], typer.Argument(metavar="CLIP|FOLDER...", help="Videos, photos, or folders of them.", show_default=False)
    ],
    pose: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="The stretch: a name from `formcheck poses`, or a pose file.")
    ] = "auto",
    side: Annotated[SideChoice, typer.Option(help="The side that is stretched.")] = SideChoice.AUTO,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE|-", help="Write the result as JSON, a line each of many clips; - is stdout."),
    ] = None,
    measures: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write what was measured, a row for every judged frame.")
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(metavar="FILE.mp4", help="Write the clip with skeleton, angles, verdict and clock.")
    ] = None,
    landmarks: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write what the engine saw, to be scored again without the clip.")
    ] = None,
    every_frame: Annotated[
        bool, typer.Option("--every-frame", help="Look at every frame, with one core a clip: the reference, many times slower.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Processes at work; 0 is one for every core.")] = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with many clips: what --json FILE has already is not scored again.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Hand many clips to a Dask cluster, as tcp://HOST:8786.")
    ] = None,
    profile: ProfileOption = None,
    model: ModelOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Score recorded stretches: what was held, for how long, and what to change."""
    options = ScoreOptions(
        pose=pose, side=side.side, json=json, profile=profile, model=model, every_frame=every_frame, jobs=jobs, verbose=verbose
    )
    several = len(paths) > 1 or paths[0].is_dir()
    if not (several or resume or scheduler is not None):
        _score_one(paths[0], options, {"measures": measures, "annotate": annotate, "landmarks": landmarks})
        return
    why = "here are many" if several else "--resume is for many" if resume else "--scheduler is for many"
    for option, path in (("--measures", measures), ("--annotate", annotate), ("--landmarks", landmarks)):
        if path is not None:
            raise FormcheckError(f"{option} takes one clip, and {why}: score one by itself.")
    if resume and options.json_path is None:
        raise FormcheckError("--resume goes on from the file of --json FILE: give it.")
    if scheduler is not None and jobs:
        raise FormcheckError("--jobs counts processes on this machine, and --scheduler hands the clips to others: give one.")
    _score_many(paths, options, resume=resume, scheduler=scheduler)


def _score_one(clip: Path, options: ScoreOptions, files: Mapping[str, Path | None]) -> None:
    """Score one clip, write `files` by their outputs' names, and print the summary. Raises FormcheckError.

    Exits with 130 after Ctrl-C and with 143 when asked to end, keeping what was scored.
    """
    from rich.console import Console

    from formcheck.cli.progress import clip_bar
    from formcheck.cli.reports.clip import print_clip_summary
    from formcheck.pipeline.clip import check_joints, score_recording, unjudgeable
    from formcheck.pipeline.clip import score as score_source
    from formcheck.pipeline.outputs import check_outputs, create_outputs
    from formcheck.pipeline.outputs.json_document import JsonToStdout
    from formcheck.pipeline.outputs.landmark_table import is_landmark_table, read_landmarks
    from formcheck.system.processes import cores
    from formcheck.vision.video import open_clip

    specs, baseline = _resolved(options)
    silence_native_messages(verbose=options.verbose)
    paths = {name: path for name, path in {**files, "json": options.json_path}.items() if path is not None}
    check_outputs(paths, clip)
    printed = [JsonToStdout()] if options.json == "-" else []
    with ExitStack() as stack:
        if is_landmark_table(clip):
            if options.model is not None or options.every_frame:
                raise FormcheckError(
                    f"{clip}: is a table of landmarks, which were seen already: --model and --every-frame are for clips."
                )
            recording = read_landmarks(clip)
            check_joints(recording, specs)
            for sentence in unjudgeable(recording, specs):
                print(sentence, file=sys.stderr)
            outputs = create_outputs(paths, recording.clip, specs, every_frame=recording.every_frame)
            result = score_recording(recording, specs, side=options.side, baseline=baseline, outputs=[*outputs, *printed])
            print_clip_summary(Console(stderr=options.json == "-"), result)
            return
        source = stack.enter_context(open_clip(clip))
        outputs = create_outputs(paths, source.info, specs, every_frame=options.every_frame)
        engine = obtain(options.model)
        show = stack.enter_context(clip_bar("scoring"))
        stop = stack.enter_context(stoppable())

        def progress(done_s: float) -> bool:
            show(done_s, source.info.expected_s)
            return not stop.requested()

        try:
            result = score_source(
                source,
                engine,
                specs,
                every_frame=options.every_frame,
                jobs=options.jobs or cores(),
                side=options.side,
                baseline=baseline,
                outputs=[*outputs, *printed],
                progress=progress,
            )
        except StoppedError as stopped:
            stopped.exit_code = stop.exit_code
            raise
    print_clip_summary(Console(stderr=options.json == "-"), result)
    if stop.requested():
        print(f"Stopped at {result.document.clip.duration_s:.0f} s; what is told is about that part.", file=sys.stderr)
        sys.exit(stop.exit_code)


def _resolved(options: ScoreOptions) -> "tuple[tuple[StretchSpec, ...], BaselineCheck | None]":
    """Return the stretches and the baseline to score by, after printing whose they are."""
    from formcheck.people.person import resolve

    personal = resolve(options.pose, options.profile)
    if personal.note is not None:
        print(personal.note, file=sys.stderr)
    return personal.specs, personal.baseline


def _score_many(paths: Sequence[Path], options: ScoreOptions, *, resume: bool, scheduler: str | None) -> None:
    """Score all clips in `paths`; print table, summary and what failed. Raises FormcheckError.

    Exits with 1 where a clip could not be scored, with 130 after Ctrl-C (143 when asked to end), keeping what was scored.
    """
    from rich.console import Console

    from formcheck.cli.reports.batch import print_batch_summary, print_failures, print_table
    from formcheck.pipeline.batch.discovery import find_clips
    from formcheck.pipeline.batch.journal import Journal, PreviousResults, ScoredLine, as_text
    from formcheck.pipeline.batch.run import Settings
    from formcheck.system.processes import prepare_nothing

    began_s = time.monotonic()
    output_path = options.json_path
    journal = Journal(output_path) if output_path is not None else None
    candidates, fit = _resolved(options)
    search = find_clips(paths)
    if output_path is not None and output_path.resolve() in {clip.path.resolve() for clip in search.clips}:
        raise OutputError(f"{output_path}: is one of the clips. Give another name; clips are never written to.")
    if journal is not None:
        journal.check(resume=resume)
    for folder in search.empty:
        print(f"{folder}: holds no video or photo.", file=sys.stderr)
    with ExitStack() as stack:
        runner = _runner(stack, scheduler, options.jobs, prepare_nothing if options.verbose else silence_native_messages)
        engine = obtain(options.model).absolute()
        settings = Settings(
            specs=candidates, side=options.side, fit=fit, model=engine, digest=engine.digest, every_frame=options.every_frame
        )
        stop = stack.enter_context(stoppable())
        stored = journal.stored(settings.fingerprint) if journal is not None and resume else {}
        if journal is not None:
            stack.enter_context(journal)
        clips = _identified(search.clips, stop.requested)
        # Scoring adds to what is stored.
        earlier = journal.earlier(clips, settings.fingerprint, resume=resume) if journal is not None else PreviousResults()
        by_number = _scored(clips, settings, runner, journal, stored, stop.requested)
        complete = len(by_number) == len(search.clips)
        results = [by_number[i] for i in sorted(by_number)]
        lines = [result.line for result in results]
        if journal is not None and complete:
            journal.finish(lines)
        elif options.json == "-":
            sys.stdout.write(as_text(lines))
    # What is piped on is not to be folded.
    console = Console(stderr=options.json == "-")
    if lines:
        print_table(console, lines, {spec.name: spec.title for spec in candidates})
        took_s = time.monotonic() - began_s
        print_batch_summary(console, results, took_s, output_path, earlier if complete else PreviousResults())
    errors = Console(stderr=True)
    print_failures(errors, lines, search.troubles)
    if not complete:
        errors.print(_stopped(len(results), len(search.clips), journal), soft_wrap=True, markup=False, highlight=False)
        sys.exit(stop.exit_code)
    if search.troubles or not all(isinstance(line, ScoredLine) for line in lines):
        sys.exit(1)


def _runner(stack: ExitStack, scheduler: str | None, jobs: int, prepare: Callable[[], None]) -> "Runner":
    if scheduler is None:
        from formcheck.system.processes import Processes

        return Processes(jobs, prepare)
    from formcheck.pipeline.batch.cluster import cluster

    return stack.enter_context(cluster(scheduler, prepare, _tell))


def _tell(sentence: str) -> None:
    """Print on standard error, above the bar."""
    print(f"formcheck: {sentence}", file=sys.stderr)


def _identified(clips: "Sequence[ClipFile]", stop: Callable[[], bool]) -> "list[ClipFile]":
    """The clips with their contents, as far as it came."""
    from formcheck.cli.progress import bar
    from formcheck.pipeline.batch.discovery import identified

    done: list[ClipFile] = []
    with bar("reading", len(clips), sum(clip.size_bytes for clip in clips)) as advance:
        for clip in clips:
            if stop():
                break
            done.append(identified(clip))
            advance(weight=clip.size_bytes)
    return done


def _scored(
    clips: "Sequence[ClipFile]",
    settings: "Settings",
    runner: "Runner",
    journal: "Journal | None",
    stored: "Mapping[tuple[str | None, bool], ScoredLine]",
    stop: Callable[[], bool],
) -> "dict[int, ClipResult]":
    """What came of each clip by its number, as far as it came; each is added to the journal as soon as it is known."""
    from formcheck.cli.progress import bar
    from formcheck.pipeline.batch.journal import ScoredLine
    from formcheck.pipeline.batch.run import score_clips

    results: dict[int, ClipResult] = {}
    # What is known already takes no time, and would spoil the estimate of what remains.
    weights = {clip.identity: clip.size_bytes for clip in clips if clip.identity not in stored}
    with bar("scoring", len(clips), sum(weights.values())) as advance:
        for i, result in score_clips(clips, settings, runner, kept=stored, stop=stop):
            results[i] = result
            if journal is not None and isinstance(result.line, ScoredLine):
                journal.add(result.line)
            weight = clips[i].size_bytes if result.now else 0
            advance(weight=weight, failed=not isinstance(result.line, ScoredLine))
    return results


def _stopped(done: int, of: int, journal: "Journal | None") -> str:
    after = f"Stopped after {done} of {of} clips."
    if not done:
        return after
    if journal is None:
        return f"{after} With --json FILE what is done is kept, and --resume goes on from there."
    return f"{after} What is done is kept in {journal.path}: the same command with --resume goes on."
