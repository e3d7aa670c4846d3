"""`formcheck score FOLDER`: many clips, here or on a cluster, each scored once and kept as it finishes."""

import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from formcheck.batch import Clip, Earlier, Journal, Outcome, ScoredLine, Settings, find, identified, score_clips
from formcheck.batch.journal import as_text
from formcheck.cli.many_summary import print_failures, print_summary
from formcheck.cli.many_table import print_table
from formcheck.cli.model import obtain
from formcheck.cli.person import asked_for
from formcheck.cli.side_by_side import bar
from formcheck.cli.stop import stoppable
from formcheck.errors import FormcheckError, OutputError
from formcheck.files import digest
from formcheck.quiet import silence_native_messages
from formcheck.values import Side
from formcheck.workers import Processes, Runner, nothing

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
    candidates, fit = asked_for(pose, profile)
    found = find(paths)
    if goal is not None and goal.resolve() in {clip.path.resolve() for clip in found.clips}:
        raise OutputError(f"{goal}: is one of the clips. Give another name; clips are never written to.")
    if journal is not None:
        journal.check(resume=resume)
    for folder in found.empty:
        print(f"{folder}: holds no video or photo.", file=sys.stderr)
    prepare = nothing if verbose else silence_native_messages
    with ExitStack() as stack:
        runner = _runner(stack, scheduler, jobs, prepare)
        engine = obtain(model).absolute()
        settings = Settings(
            specs=candidates,
            side=None if side == "auto" else Side(side),
            fit=fit,
            model=engine,
            digest=digest(engine),
            every_frame=every_frame,
        )
        stop = stack.enter_context(stoppable())
        kept = journal.kept(settings.fingerprint) if journal is not None and resume else {}
        if journal is not None:
            stack.enter_context(journal)
        clips = _identified(found.clips, stop.wished)
        # Scoring adds to what is kept.
        earlier = journal.earlier(clips, settings.fingerprint, resume=resume) if journal is not None else Earlier()
        outcomes = _scored(clips, settings, runner, journal, kept, stop.wished)
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
        print_summary(console, told, time.monotonic() - began_s, goal, earlier if whole else Earlier())
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
    from formcheck.batch.cluster import cluster

    return stack.enter_context(cluster(scheduler, prepare, _aside))


def _aside(sentence: str) -> None:
    """On standard error, above the bar."""
    print(f"formcheck: {sentence}", file=sys.stderr)


def _identified(clips: Sequence[Clip], stop: Callable[[], bool]) -> list[Clip]:
    """The clips with their contents, as far as it came."""
    done: list[Clip] = []
    with bar("reading", len(clips), sum(clip.size_bytes for clip in clips)) as advance:
        for clip in clips:
            if stop():
                break
            done.append(identified(clip))
            advance(weight=clip.size_bytes)
    return done


def _scored(
    clips: Sequence[Clip],
    settings: Settings,
    runner: Runner,
    journal: Journal | None,
    kept: Mapping[Identity, ScoredLine],
    stop: Callable[[], bool],
) -> dict[int, Outcome]:
    outcomes: dict[int, Outcome] = {}
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
