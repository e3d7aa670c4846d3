"""Many clips scored at the terminal: each once, kept as it finishes, and told in one table."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.cli.commands.model import obtain
from formcheck.cli.scoring.request import ONE_OF_THE_CLIPS, ScoreRequest, resolved
from formcheck.cli.terminal import say, tell_error
from formcheck.core.errors import OutputError
from formcheck.core.wording.language import N_, NP_, joined, with_hint
from formcheck.system.files import write_json
from formcheck.system.inputs import real_path
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from formcheck.pipeline.batch.discovery import ClipFile, ClipSearch
    from formcheck.pipeline.batch.files import Files
    from formcheck.pipeline.batch.journal import Journal, ScoredLine
    from formcheck.pipeline.batch.run import ClipResult, Settings
    from formcheck.system.processes import Runner

_TRIED_TURNED = 2
"""So many of many clips without a score are looked at in turned pictures, for three seconds each."""


def score_many(
    paths: Sequence[Path], request: ScoreRequest, folders: Mapping[str, Path], *, resume: bool, scheduler: str | None
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
    output_path = request.json_path
    journal = Journal(output_path) if output_path is not None else None
    candidates, fit = resolved(request)
    search = find_clips(paths, leave_out=folders.values())
    files = plan_files(search.clips, paths, folders)
    if output_path is not None and real_path(output_path) in {real_path(clip.path) for clip in search.clips}:
        raise OutputError(ONE_OF_THE_CLIPS.format(path=output_path))
    with ExitStack() as stack:
        if journal is not None:
            stack.enter_context(journal)
            journal.check(resume=resume)
        _tell_not_taken(search)
        runner = _runner(stack, scheduler, request.jobs, prepare_nothing if request.verbose else silence_native_messages)
        engine = obtain(request.model).absolute()
        settings = Settings(
            specs=candidates,
            side=request.side,
            fit=fit,
            model=engine,
            digest=engine.digest,
            every_frame=request.every_frame,
            options=request.read,
            strict=request.strict,
            film=request.film,
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
        elif request.json == "-":
            write_json(None, as_text(lines))
    out = console(stderr=request.json == "-")
    if lines:
        print_table(out, lines, candidates)
        print_notes(out, results)
        took_s = time.monotonic() - began_s
        print_batch_summary(out, results, took_s, output_path, earlier if complete else PreviousResults())
    for output, folder in folders.items():
        say(N_("--{output}: the files are in {folder}.").format(output=output, folder=folder), stderr=request.json == "-")
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
        tell_error(N_("{folder}: holds no video or photo.").format(folder=folder))
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
            say(joined(": ", (str(one.path), with_hint(note))), stderr=True)


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
    with bar(NP_("what goes on", "reading"), len(clips), sum(clip.size_bytes for clip in clips)) as advance:
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
    with bar(NP_("what goes on", "scoring"), len(clips), sum(weights.values())) as advance:
        for i, result in score_clips(clips, settings, runner, kept=stored, files=files, stop=stop):
            results[i] = result
            if journal is not None and isinstance(result.line, ScoredLine):
                journal.add(result.line)
            weight = clips[i].size_bytes if result.now else 0
            advance(weight=weight, failed=not isinstance(result.line, ScoredLine))
    return results


def _stopped(done: int, of: int, journal: "Journal | None") -> str:
    after = N_("Stopped after {done} of {count} clips.").format(done=done, count=of)
    if not done:
        return after
    if journal is None:
        return joined(" ", (after, N_("With --json FILE what is done is kept, and --resume goes on from there.")))
    kept = N_("What is done is kept in {path}: the same command with --resume goes on.")
    return joined(" ", (after, kept.format(path=journal.path)))
