"""`formcheck check`: a flexibility check, read from a film."""

import json as json_text
from contextlib import ExitStack
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.commands.model import obtain
from formcheck.cli.options import (
    MirrorOption,
    ModelOption,
    RotateOption,
    SideChoice,
    VerboseOption,
    json_path,
    orientation_of,
)
from formcheck.core.errors import FormcheckError, StoppedError
from formcheck.system.files import write_json
from formcheck.system.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from formcheck.stretches.checks import CheckSpec


def check(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|FILE",
            autocompletion=completion.checks,
            help="A check, or the file of one. Without it the checks are listed.",
            show_default=False,
        ),
    ] = None,
    video: Annotated[Path | None, typer.Option(metavar="CLIP", help="The film to read it from.", show_default=False)] = None,
    side: Annotated[SideChoice, typer.Option(help="The leg that is checked; auto: each that is on the camera's side.")] = (
        SideChoice.AUTO
    ),
    level: Annotated[
        float | None,
        typer.Option(
            metavar="DEG",
            min=-45,
            max=45,
            help="The camera's roll: by how much a level edge rises to the right in the picture. Default: taken to be level, "
            "which makes the error larger.",
            show_default=False,
        ),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="NAME=yes|no,...",
            help="What no camera sees, as back_flat=yes. Unanswered, the angle is told without a verdict.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write the result as JSON.", show_default=False)] = None,
    rotate: RotateOption = None,
    mirror: MirrorOption = False,
    model: ModelOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Check how far a joint goes: told in soft words with its error, never a diagnosis."""
    from formcheck.stretches.check_files import find_check
    from formcheck.stretches.files import resolve_name_or_path
    from formcheck.system.paths import checks_folder

    if name is None:
        _list()
        return
    spec = find_check(resolve_name_or_path(name), checks_folder())
    given = _answers(answers, spec)
    if level is not None and not isfinite(level):
        raise FormcheckError(f"--level {level}: a number of degrees is expected, as --level -1.5.")
    if video is None:
        raise FormcheckError(f"{spec.name} is read from a film: give it with --video CLIP. {spec.instruction}")
    silence_native_messages(verbose=verbose)

    # Imported late: what is wrong with the words of the command should not wait for OpenCV.
    from formcheck.analysis.checks.document import check_document
    from formcheck.cli.progress import clip_bar
    from formcheck.cli.reports.check import print_check
    from formcheck.cli.reports.clip import tell_damage
    from formcheck.cli.terminal import console
    from formcheck.pipeline.check import check_clip
    from formcheck.pipeline.outputs import check_outputs
    from formcheck.vision.video import open_clip
    from formcheck.vision.video.read_options import ReadOptions

    output_path = json_path(json)
    check_outputs({"json": output_path} if output_path is not None else {}, video)
    with ExitStack() as stack:
        source = stack.enter_context(open_clip(video, ReadOptions(orientation=orientation_of(rotate, mirror=mirror))))
        engine = obtain(model)
        show = stack.enter_context(clip_bar("reading"))
        stop = stack.enter_context(stoppable())

        def progress(done_s: float) -> bool:
            show(done_s, source.info.expected_s)
            return not stop.requested()

        try:
            checked = check_clip(source, engine, spec, side=side.side, level_deg=level, answers=given, progress=progress)
        except StoppedError as stopped:
            stopped.exit_code = stop.exit_code
            raise
    if json is not None:
        write_json(output_path, json_text.dumps(check_document(spec, checked.clip, checked.sides), indent=2) + "\n")
    print_check(console(stderr=json == "-"), spec, checked.sides, levelled=level is not None)
    tell_damage(video, checked.clip.damaged)


def _answers(text: str | None, spec: "CheckSpec") -> dict[str, bool]:
    """Return the answers to the questions of `spec` by their names. Raises FormcheckError."""
    from formcheck.stretches.validation import known_name

    names, given = [question.name for question in spec.questions], dict[str, bool]()
    for part in (text or "").split(","):
        if not part.strip():
            continue
        name, equals, answer = (word.strip() for word in part.partition("="))
        name = known_name(name, names, kind=f"question of {spec.name}", error=FormcheckError)
        if not equals or answer.lower() not in {"yes", "no"}:
            raise FormcheckError(f"--answers {part.strip()}: yes or no is expected, as {name}=yes.")
        given[name] = answer.lower() == "yes"
    return given


def _list() -> None:
    """Print the shipped checks and the person's own; raise what is wrong with the others."""
    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.cli.terminal import console
    from formcheck.core.errors import PoseFileError
    from formcheck.stretches.check_files import load_checks
    from formcheck.system.paths import checks_folder

    known, wrong = load_checks(checks_folder())
    heads = columns("check", "title", "what to do", whole=("check",))
    console().print(WrappedTable(heads, [(spec.name, spec.title, spec.instruction) for spec in known]))
    if wrong:
        raise PoseFileError(*(line for error in wrong for line in error.lines))
