"""`formcheck score`: one clip with its outputs, or many clips, each scored once and kept as it finishes."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.commands.model import obtain
from formcheck.cli.options import (
    MirrorOption,
    ModelOption,
    ProfileOption,
    RotateOption,
    Rotation,
    SideChoice,
    VerboseOption,
    json_path,
    orientation_of,
)
from formcheck.cli.terminal import say, tell_error
from formcheck.core.errors import FormcheckError, OutputError, StoppedError
from formcheck.core.values import Side
from formcheck.system.files import write_json
from formcheck.system.inputs import real_path
from formcheck.system.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from formcheck.analysis.baseline.validity import BaselineCheck
    from formcheck.pipeline.batch.discovery import ClipFile, ClipSearch
    from formcheck.pipeline.batch.files import Files
    from formcheck.pipeline.batch.journal import Journal, ScoredLine
    from formcheck.pipeline.batch.run import ClipResult, Settings
    from formcheck.stretches import StretchSpec
    from formcheck.system.processes import Runner
    from formcheck.vision.video.read_options import ReadOptions

_WRITTEN = (".csv", ".mp4", ".m4v", ".mov", ".jpg", ".jpeg", ".png")
"""Endings of what is written of one clip: who gives such a name means a file."""


_TRIED_TURNED = 2
"""So many of many clips without a score are looked at in turned pictures, for three seconds each."""


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
    strict: bool
    verbose: bool
    read: "ReadOptions"

    @property
    def json_path(self) -> Path | None:
        return json_path(self.json)


def score(
    paths: Annotated[
        list[Path], typer.Argument(metavar="CLIP|FOLDER", help="Videos, photos, or folders of them.", show_default=False)
    ],
    pose: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE",
            autocompletion=completion.stretches,
            help="The stretch: a name from `formcheck poses` or its beginning, or a pose file.",
        ),
    ] = "auto",
    side: Annotated[SideChoice, typer.Option(help="The side that is stretched.")] = SideChoice.AUTO,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE|-", help="Write the result as JSON, a line each of many clips; - is stdout."),
    ] = None,
    measures: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.csv|FOLDER", help="Write what was measured, a row for every judged frame. Of many clips: a folder."
        ),
    ] = None,
    annotate: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.mp4|FOLDER", help="Write the clip with skeleton, angles, verdict and clock. Of many clips: a folder."
        ),
    ] = None,
    landmarks: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.csv|FOLDER",
            help="Write what the engine saw, to be scored again without the clip. Of many clips: a folder.",
        ),
    ] = None,
    every_frame: Annotated[
        bool, typer.Option("--every-frame", help="Look at every frame, with one core a clip: the reference, many times slower.")
    ] = False,
    jobs: Annotated[int, typer.Option(metavar="N", min=0, help="Processes at work; 0 is one for every core.")] = 0,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a damaged clip, instead of scoring what is left of it.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with many clips: what --json FILE has already is not scored again.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Hand many clips to a Dask cluster, as tcp://HOST:8786.")
    ] = None,
    profile: ProfileOption = None,
    model: ModelOption = None,
    rotate: RotateOption = None,
    mirror: MirrorOption = False,
    speed: Annotated[
        float | None,
        typer.Option(
            metavar="N", help="Seconds filmed for each second that plays: 0.125 for 240 pictures a second played as 30."
        ),
    ] = None,
    begin: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", help="Look at it from here on: seconds, or M:SS. Times stay the same."),
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="TIME", help="Look at it up to here.")] = None,
    verbose: VerboseOption = False,
) -> None:
    """Score recorded stretches: what was held, for how long, and what to change."""
    options = ScoreOptions(
        pose=pose,
        side=side.side,
        json=json,
        profile=profile,
        model=model,
        every_frame=every_frame,
        jobs=jobs,
        strict=strict,
        verbose=verbose,
        read=_read_options(rotate, begin, end, mirror=mirror, speed=speed),
    )
    several = len(paths) > 1 or paths[0].is_dir()
    given = {"measures": measures, "annotate": annotate, "landmarks": landmarks}
    named = {output: name for output, name in given.items() if name is not None}
    if not (several or resume or scheduler is not None):
        _score_one(paths[0], options, {output: _of_one(output, name, paths[0]) for output, name in named.items()})
        return
    if resume and options.json_path is None:
        raise FormcheckError("--resume goes on from the file of --json FILE: give it.")
    if scheduler is not None and jobs:
        raise FormcheckError("--jobs counts processes on this machine, and --scheduler hands the clips to others: give one.")
    if scheduler is not None and named:
        raise FormcheckError(
            f"--{next(iter(named))} writes on the machine that scores, and --scheduler hands the clips to others: give one."
        )
    folders = {output: _folder(output, name, paths) for output, name in named.items()}
    _score_many(paths, options, folders, resume=resume, scheduler=scheduler)


def _read_options(
    rotate: Rotation | None, begin: str | None, end: str | None, *, mirror: bool, speed: float | None
) -> "ReadOptions":
    from formcheck.vision.video.read_options import ReadOptions, parse_time

    from_s = parse_time(begin) if begin is not None else 0.0
    to_s = parse_time(end) if end is not None else None
    return ReadOptions(orientation=orientation_of(rotate, mirror=mirror), speed=speed, from_s=from_s, to_s=to_s)


def _of_one(output: str, name: str, clip: Path) -> Path:
    """The file that an option names for a single clip: the file itself, or one in the folder, called as the clip is."""
    from formcheck.pipeline.outputs import mirrored_path
    from formcheck.vision.video.photo import is_photo

    if not _names_folder(name):
        return Path(name)
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{name}: the folder cannot be made ({error.strerror}). Choose another place.") from None
    return mirrored_path(output, Path(name), Path(clip.name), still=is_photo(clip))


def _names_folder(name: str) -> bool:
    return Path(name).is_dir() or name.endswith(("/", os.sep))


def _folder(output: str, name: str, paths: Sequence[Path]) -> Path:
    """The folder that an option names for many clips. Raises OutputError for a file, and for a folder of clips."""
    folder = Path(name)
    if folder.is_file() or (folder.suffix.lower() in _WRITTEN and not _names_folder(name)):
        raise OutputError(f"--{output} {name}: names a file, and each of many clips has one of its own: give a folder.")
    if output == "annotate" and real_path(folder) in map(real_path, paths):
        raise OutputError(f"--{output} {name}: is the folder of the clips, which are never written to. Give another.")
    return folder


def _score_one(clip: Path, options: ScoreOptions, files: Mapping[str, Path]) -> None:
    """Score one clip, write `files` by their outputs' names, and print the summary. Raises FormcheckError.

    Exits with 130 after Ctrl-C and with 143 when asked to end, keeping what was scored.
    """
    from formcheck.cli.progress import clip_bar
    from formcheck.cli.reports.clip import print_clip_summary, tell_damage
    from formcheck.cli.terminal import console
    from formcheck.pipeline.clip import check_joints, score_recording, unjudgeable
    from formcheck.pipeline.clip import score as score_source
    from formcheck.pipeline.outputs import check_outputs, create_outputs
    from formcheck.pipeline.outputs.json_document import JsonToStdout
    from formcheck.pipeline.outputs.landmark_table import is_landmark_table, read_landmarks
    from formcheck.system.processes import cores
    from formcheck.vision.video import open_clip
    from formcheck.vision.video.read_options import AS_IT_IS

    specs, baseline = _resolved(options)
    silence_native_messages(verbose=options.verbose)
    paths = {**files, **({"json": options.json_path} if options.json_path is not None else {})}
    check_outputs(paths, clip)
    printed = [JsonToStdout()] if options.json == "-" else []
    with ExitStack() as stack:
        if is_landmark_table(clip):
            if options.model is not None or options.every_frame:
                raise FormcheckError(
                    f"{clip}: is a table of landmarks, which were seen already: --model and --every-frame are for clips."
                )
            if options.read != AS_IT_IS:
                raise FormcheckError(
                    f"{clip}: is a table of landmarks and has no pictures: --rotate, --mirror, --speed, --from and --to are "
                    "for clips. Give them where the landmarks are written."
                )
            recording = read_landmarks(clip)
            check_joints(recording, specs)
            for sentence in unjudgeable(recording, specs):
                say(sentence, stderr=True)
            outputs = create_outputs(paths, recording.clip, specs, every_frame=recording.every_frame)
            result = score_recording(
                recording,
                specs,
                side=options.side,
                baseline=baseline,
                outputs=[*outputs, *printed],
                strict=options.strict,
            )
            print_clip_summary(console(stderr=options.json == "-"), result)
            tell_damage(clip, result.damaged)
            return
        source = open_clip(clip, options.read)
        stack.enter_context(source)
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
                strict=options.strict,
                progress=progress,
                advise=True,
            )
        except StoppedError as stopped:
            stopped.exit_code = stop.exit_code
            raise
    print_clip_summary(console(stderr=options.json == "-"), result)
    tell_damage(clip, result.damaged)
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


def _score_many(
    paths: Sequence[Path], options: ScoreOptions, folders: Mapping[str, Path], *, resume: bool, scheduler: str | None
) -> None:
    """Score all clips in `paths`, write files into `folders`; print table, summary and what failed. Raises FormcheckError.

    Exits with 1 where a clip could not be scored, with 130 after Ctrl-C (143 when asked to end), keeping what was scored.
    """
    from formcheck.cli.reports.batch import print_batch_summary, print_failures, print_notes, print_table
    from formcheck.cli.terminal import console
    from formcheck.pipeline.batch.discovery import find_clips
    from formcheck.pipeline.batch.files import plan_files
    from formcheck.pipeline.batch.journal import Journal, PreviousResults, ScoredLine, as_text
    from formcheck.pipeline.batch.run import Settings
    from formcheck.system.processes import prepare_nothing

    began_s = time.monotonic()
    output_path = options.json_path
    journal = Journal(output_path) if output_path is not None else None
    candidates, fit = _resolved(options)
    search = find_clips(paths, leave_out=folders.values())
    files = plan_files(search.clips, paths, folders)
    if output_path is not None and real_path(output_path) in {real_path(clip.path) for clip in search.clips}:
        raise OutputError(f"{output_path}: is one of the clips. Give another name; clips are never written to.")
    with ExitStack() as stack:
        if journal is not None:
            stack.enter_context(journal)
            journal.check(resume=resume)
        _tell_not_taken(search)
        runner = _runner(stack, scheduler, options.jobs, prepare_nothing if options.verbose else silence_native_messages)
        engine = obtain(options.model).absolute()
        settings = Settings(
            specs=candidates,
            side=options.side,
            fit=fit,
            model=engine,
            digest=engine.digest,
            every_frame=options.every_frame,
            options=options.read,
            strict=options.strict,
        )
        stop = stack.enter_context(stoppable())
        stored = journal.stored(settings.fingerprint) if journal is not None and resume else {}
        clips = _identified(search.clips, stop.requested)
        # Scoring adds to what is stored.
        earlier = journal.earlier(clips, settings.fingerprint, resume=resume) if journal is not None else PreviousResults()
        by_number = _scored(clips, files, settings, runner, journal, stored, stop.requested)
        complete = len(by_number) == len(search.clips)
        results = [by_number[i] for i in sorted(by_number)]
        lines = [result.line for result in results]
        if journal is not None and complete:
            journal.finish(lines)
        elif options.json == "-":
            write_json(None, as_text(lines))
    out = console(stderr=options.json == "-")
    if lines:
        print_table(out, lines, candidates)
        print_notes(out, results)
        took_s = time.monotonic() - began_s
        print_batch_summary(out, results, took_s, output_path, earlier if complete else PreviousResults())
    for output, folder in folders.items():
        say(f"--{output}: the files are in {folder}.", stderr=options.json == "-")
    print_failures(lines, search.troubles)
    _tell_turned(results if complete and scheduler is None else (), settings)
    if not complete:
        tell_error(_stopped(len(results), len(search.clips), journal))
        sys.exit(stop.exit_code)
    if search.troubles or not all(isinstance(line, ScoredLine) for line in lines):
        sys.exit(1)


def _tell_not_taken(search: "ClipSearch") -> None:
    from formcheck.pipeline.batch.discovery import told_passed_over

    for folder in search.empty:
        tell_error(f"{folder}: holds no video or photo.")
    if search.passed_over:
        say(told_passed_over(search.passed_over), stderr=True)


def _tell_turned(results: "Sequence[ClipResult]", settings: "Settings") -> None:
    """Say of the first clips without a score whether there is one in turned pictures: a folder is filmed in one way."""
    from formcheck.pipeline.turned import TurnedJob, turned_notes

    unscored = [one for one in results if one.now and one.document is not None and one.document.score is None]
    for one in unscored[:_TRIED_TURNED]:
        assert one.document is not None
        job = TurnedJob(
            clip=Path(one.path),
            options=settings.options,
            end_s=one.document.clip.duration_s,
            specs=settings.specs,
            model=settings.model,
        )
        for note in turned_notes(job, isolated=True):
            say(f"{one.path}: {note}", stderr=True)


def _runner(stack: ExitStack, scheduler: str | None, jobs: int, prepare: Callable[[], None]) -> "Runner":
    if scheduler is None:
        from formcheck.pipeline.batch.run import patience_s
        from formcheck.system.processes import Processes

        return Processes(jobs, prepare, patience_s)
    from formcheck.pipeline.batch.cluster import cluster

    return stack.enter_context(cluster(scheduler, prepare, tell_error))


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
    files: "Sequence[Files]",
    settings: "Settings",
    runner: "Runner",
    journal: "Journal | None",
    stored: "Mapping[str | None, ScoredLine]",
    stop: Callable[[], bool],
) -> "dict[int, ClipResult]":
    """What came of each clip by its number, as far as it came; each is added to the journal as soon as it is known."""
    from formcheck.cli.progress import bar
    from formcheck.pipeline.batch.journal import ScoredLine
    from formcheck.pipeline.batch.run import score_clips

    results: dict[int, ClipResult] = {}
    # What is known already takes no time, and would spoil the estimate of what remains.
    weights = {clip.content: clip.size_bytes for clip in clips if clip.content not in stored}
    with bar("scoring", len(clips), sum(weights.values())) as advance:
        for i, result in score_clips(clips, settings, runner, kept=stored, files=files, stop=stop):
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
