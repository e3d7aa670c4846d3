"""Two clips scored at the terminal and told against each other."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.cli.scoring.one import scored
from formcheck.cli.scoring.request import ONE_OF_THE_CLIPS, ScoreRequest, resolved
from formcheck.cli.terminal import say
from formcheck.core import wording
from formcheck.core.errors import OutputError, StoppedError
from formcheck.system.files import atomic_file, check_output_paths, write_json
from formcheck.system.inputs import real_path
from formcheck.system.native.native_log import silence_native_messages

if TYPE_CHECKING:
    from formcheck.core.interfaces import ClipInfo
    from formcheck.pipeline.outputs.base import Output
    from formcheck.pipeline.outputs.report import ShownClip
    from formcheck.ui.report.choice import FilmChoice


def compare_two(a: Path, b: Path, request: ScoreRequest, page: Path | None) -> None:
    """Score both clips, write the page and the document, and print how A is against B. Raises FormcheckError.

    Nothing is written where one of them can't be scored, or the end is asked for before both are.
    """
    from formcheck.analysis.scoring.comparison import compare
    from formcheck.cli.reports.clip import tell_damage
    from formcheck.cli.reports.comparison import print_comparison
    from formcheck.cli.terminal import console
    from formcheck.ui.report.comparison_page import render_comparison

    specs, baseline = resolved(request)
    silence_native_messages(verbose=request.verbose)
    written = [path for path in (page, request.json_path) if path is not None]
    _check_files(written, (a, b))
    shown: list[ShownClip] = []

    def outputs(info: "ClipInfo", *, every_frame: bool, film: "FilmChoice") -> "list[Output]":
        from formcheck.pipeline.outputs.report import ShownClip
        from formcheck.ui.report.choice import FilmChoice

        shown.append(ShownClip(info, specs, film if page is not None else FilmChoice.LEAVE_OUT))
        return [shown[-1]]

    with ExitStack() as stack:
        unfinished = [stack.enter_context(atomic_file(path)) for path in written]  # nobody else writes there meanwhile
        results = []
        for name, clip in zip(wording.COMPARE_CLIPS, (a, b), strict=True):
            result, stopped = scored(clip, request, specs, baseline, outputs, wording.COMPARE_SCORING.format(clip=name))
            if stopped is not None:
                error = StoppedError(wording.COMPARE_STOPPED)
                error.exit_code = stopped
                raise error
            results.append(replace(result, track=shown[-1].part.track))
        comparison = compare(*results)
        texts = [comparison.to_json()] if request.json_path is not None else []
        if page is not None:
            texts.insert(0, render_comparison(comparison, [one.part for one in shown], [one.film(page) for one in shown]))
        for path, text in zip(unfinished, texts, strict=True):
            path.write_text(text, encoding="utf-8")
    if request.json == "-":
        write_json(None, comparison.to_json())
    print_comparison(console(stderr=request.json == "-"), comparison)
    for clip, result in zip((a, b), results, strict=True):
        tell_damage(clip, result.damaged)
    if page is not None:
        say(wording.REPORT_WRITTEN.format(path=page), stderr=request.json == "-")


def _check_files(written: Sequence[Path], clips: Sequence[Path]) -> None:
    """Raise OutputError, before minutes of work, where a file can't be written or is one of the clips."""
    check_output_paths(written)
    for path in written:
        if real_path(path) in map(real_path, clips):
            raise OutputError(ONE_OF_THE_CLIPS.format(path=path))
