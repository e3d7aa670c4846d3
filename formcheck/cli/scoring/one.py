"""One clip scored at the terminal, with the files that it was asked for."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from formcheck.cli.commands.model import obtain
from formcheck.cli.scoring.request import ScoreRequest, resolved
from formcheck.cli.terminal import say
from formcheck.core.errors import FormcheckError, StoppedError
from formcheck.core.wording.language import N_, NP_
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from formcheck.analysis.baseline.validity import BaselineCheck
    from formcheck.analysis.scoring.result import Result
    from formcheck.core.interfaces import ClipInfo
    from formcheck.pipeline.outputs.base import Output
    from formcheck.stretches import StretchSpec
    from formcheck.ui.report.choice import FilmChoice


class OutputsOf(Protocol):
    """Returns the outputs of a clip, once it is known what that is and what becomes of its film."""

    def __call__(self, clip: "ClipInfo", /, *, every_frame: bool, film: "FilmChoice") -> "Sequence[Output]": ...


def score_one(clip: Path, request: ScoreRequest, files: Mapping[str, Path]) -> None:
    """Score one clip, write `files` by their outputs' names, and print the summary. Raises FormcheckError.

    Exits with 130 after Ctrl-C and with 143 when asked to end, keeping what was scored.
    """
    from formcheck.cli.reports.clip import print_clip_summary, tell_damage
    from formcheck.cli.terminal import console
    from formcheck.pipeline.outputs import check_outputs, create_outputs
    from formcheck.pipeline.outputs.json_document import JsonToStdout

    specs, baseline = resolved(request)
    silence_native_messages(verbose=request.verbose)
    paths = {**files, **({"json": request.json_path} if request.json_path is not None else {})}
    check_outputs(paths, clip)

    def outputs(info: "ClipInfo", *, every_frame: bool, film: "FilmChoice") -> "list[Output]":
        printed = [JsonToStdout()] if request.json == "-" else []
        return [*create_outputs(paths, info, specs, every_frame=every_frame, film=film), *printed]

    result, stopped = scored(clip, request, specs, baseline, outputs)
    print_clip_summary(console(stderr=request.json == "-"), result)
    tell_damage(clip, result.damaged)
    if stopped is not None:
        told = N_("Stopped at {seconds:.0f} s; what is told is about that part.")
        say(told.format(seconds=result.document.clip.duration_s), stderr=True)
        sys.exit(stopped)


def scored(
    clip: Path,
    request: ScoreRequest,
    specs: "Sequence[StretchSpec]",
    baseline: "BaselineCheck | None",
    outputs: OutputsOf,
    what: str = NP_("what goes on", "scoring"),
) -> "tuple[Result, int | None]":
    """Return the result of a clip or of a table of landmarks, with a bar that shows how far it is.

    Beside it is what to exit with, where the end was asked for before all of it was scored.
    """
    from formcheck.cli.progress import clip_bar
    from formcheck.pipeline.clip import score as score_source
    from formcheck.pipeline.outputs.landmark_table import is_landmark_table
    from formcheck.system.processes import cores
    from formcheck.ui.report.choice import FilmChoice
    from formcheck.vision.video import open_clip

    if is_landmark_table(clip):
        return _score_landmarks(clip, request, specs, baseline, outputs), None
    with ExitStack() as stack:
        source = open_clip(clip, request.read)
        stack.enter_context(source)
        if request.film is FilmChoice.LINK:
            from formcheck.pipeline.outputs.report import check_linkable

            check_linkable(source)
        made = outputs(source.info, every_frame=request.every_frame, film=request.film)
        engine = obtain(request.model)
        show = stack.enter_context(clip_bar(what))
        stop = stack.enter_context(stoppable())

        expected_s = source.info.expected_s

        def progress(done_s: float) -> bool:
            show(done_s, expected_s)
            return not stop.requested()

        try:
            result = score_source(
                source,
                engine,
                specs,
                every_frame=request.every_frame,
                jobs=request.jobs or cores(),
                side=request.side,
                baseline=baseline,
                outputs=made,
                strict=request.strict,
                progress=progress,
                advise=True,
            )
        except StoppedError as stopped:
            stopped.exit_code = stop.exit_code
            raise
        return result, stop.exit_code if stop.requested() else None


def _score_landmarks(
    table: Path,
    request: ScoreRequest,
    specs: "Sequence[StretchSpec]",
    baseline: "BaselineCheck | None",
    outputs: OutputsOf,
) -> "Result":
    """Return the result of a table of landmarks; the options for pictures are refused."""
    from formcheck.pipeline.clip import check_joints, score_recording, unjudgeable
    from formcheck.pipeline.outputs.landmark_table import read_landmarks
    from formcheck.ui.report.choice import FilmChoice
    from formcheck.vision.video.read_options import AS_IT_IS

    if request.model is not None or request.every_frame:
        raise FormcheckError(
            N_("{table}: is a table of landmarks, which were seen already: --model and --every-frame are for clips.").format(
                table=table
            )
        )
    if request.read != AS_IT_IS:
        raise FormcheckError(
            N_(
                "{table}: is a table of landmarks and has no pictures: --rotate, --mirror, --speed, --from and --to are for "
                "clips. Give them where the landmarks are written."
            ).format(table=table)
        )
    recording = read_landmarks(table)
    check_joints(recording, specs)
    for sentence in unjudgeable(recording, specs):
        say(sentence, stderr=True)
    return score_recording(
        recording,
        specs,
        side=request.side,
        baseline=baseline,
        outputs=outputs(
            recording.clip,
            every_frame=recording.every_frame,
            film=FilmChoice.LEAVE_OUT,  # there are no pictures
        ),
        strict=request.strict,
    )
