"""`formcheck score`: wires a file, the engine and the outputs together."""

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from formcheck.app import score
from formcheck.cli.model import obtain
from formcheck.cli.person import asked_for
from formcheck.errors import OutputError
from formcheck.files import check_goals
from formcheck.outputs.annotated import annotated
from formcheck.outputs.document import JsonFile, JsonToStdout
from formcheck.outputs.summary import print_summary
from formcheck.outputs.table import MeasuresTable
from formcheck.ports import Output
from formcheck.quiet import silence_native_messages
from formcheck.sources import open_clip
from formcheck.values import Side
from formcheck.workers import cores

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
    candidates, fit = asked_for(pose, profile)
    if not verbose:
        silence_native_messages()
    specs = {spec.name: spec for spec in candidates}
    document = Path(json) if json not in (None, "-") else None
    _check_goals(clip, [path for path in (document, measures, annotate) if path is not None])
    with ExitStack() as stack:
        source = stack.enter_context(open_clip(clip))
        film = annotated(annotate, source.info, specs) if annotate is not None else None
        outputs: list[Output] = []
        if measures is not None:
            outputs.append(MeasuresTable(measures, specs))
        if json is not None:
            outputs.append(JsonFile(document) if document else JsonToStdout())
        file = obtain(model)
        watching = stack.enter_context(_watching())
        result = score(
            source,
            file,
            candidates,
            every_frame=every_frame,
            jobs=jobs or cores(),
            side=None if side == "auto" else Side(side),
            fit=fit,
            outputs=outputs,
            film=film,
            watch=watching.watch,
        )
    print_summary(Console(stderr=json == "-"), result)
    if watching.stopped:
        print(f"Stopped at {result.document.clip.duration_s:.0f} s; what is told is about that part.", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _check_goals(clip: Path, goals: list[Path]) -> None:
    """Raise OutputError, before minutes of work, where something could not be written or would overwrite the clip."""
    check_goals(goals)
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
