"""`formcheck check`: a flexibility check, in front of the camera or read from a film."""

import json as json_text
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion, options
from formcheck.cli.addresses import given_camera
from formcheck.cli.commands.model import obtain
from formcheck.cli.terminal import confirmed, say, tell
from formcheck.core import wording
from formcheck.core.errors import FormcheckError, HistoryError, OutputError, StoppedError
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, NP_, joined
from formcheck.system.display import display_missing
from formcheck.system.files import check_writable, write_json
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.analysis.checks.result import CheckedSide
    from formcheck.pipeline.readings.check import CheckedClip
    from formcheck.stretches.checks import CheckSpec
    from formcheck.vision.orientation import Orientation


def check(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|FILE",
            autocompletion=completion.checks,
            help=N_("A check, or the file of one. Without it the checks are listed."),
            show_default=False,
        ),
    ] = None,
    video: Annotated[
        Path | None, typer.Option(metavar="CLIP", help=N_("Read it from a film instead of a camera."), show_default=False)
    ] = None,
    camera: options.CameraOption = None,
    side: Annotated[
        options.SideChoice,
        typer.Option(help=N_("The leg that is checked; auto: both, each while it is on the camera's side.")),
    ] = options.SideChoice.AUTO,
    level: Annotated[
        float | None,
        typer.Option(
            metavar="DEG",
            min=-45,
            max=45,
            help=N_(
                "The camera's roll: by how much a level edge rises to the right in the picture. Default: taken to be level, "
                "which makes the error larger."
            ),
            show_default=False,
        ),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="NAME=yes|no",
            help=N_(
                "What no camera sees, as back_flat=yes; several with commas between. Unanswered, the angle is told without a "
                "verdict."
            ),
            show_default=False,
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=completion.profiles,
            help=N_("Whose check it is, in the history."),
            show_default=False,
        ),
    ] = None,
    json: Annotated[
        str | None, typer.Option(metavar="FILE|-", help=N_("Write the result as JSON."), show_default=False)
    ] = None,
    rotate: options.RotateOption = None,
    mirror: options.MirrorOption = False,
    screen: Annotated[bool, typer.Option("--screen", help=N_("Ask again who leaves the check out."))] = False,
    mute: options.MuteOption = False,
    no_voice: options.NoVoiceOption = False,
    no_window: options.NoWindowOption = False,
    full_screen: options.FullScreenOption = False,
    model: options.ModelOption = None,
    verbose: options.VerboseOption = False,
) -> None:
    """Check how far a joint goes: told in soft words with its error, never a diagnosis."""
    from formcheck.cli.safety import goes_on_after_pain
    from formcheck.cli.terminal import console
    from formcheck.stretches.check_files import CHECKS
    from formcheck.stretches.files import resolve_name_or_path

    if name is None:
        _list()
        return
    spec = CHECKS.find(resolve_name_or_path(name))
    given = _answers(answers, spec)
    if video is not None and camera is not None:
        raise FormcheckError(N_("--video and --camera: a check is read from one of them."))
    if level is not None and not isfinite(level):
        raise FormcheckError(N_("--level {given}: a number of degrees is expected, as --level -1.5.").format(given=str(level)))
    output_path = options.json_path(json)
    if video is not None:
        orientation = options.orientation_of(rotate, mirror=mirror)
        checked = _from_film(
            video, spec, given, side.side, level, output_path, model=model, orientation=orientation, verbose=verbose
        )
    else:
        live = LiveRequest(
            camera=camera,
            window=not no_window,
            full_screen=full_screen,
            muted=mute,
            voice=not no_voice,
            orientation=options.orientation_of(rotate, mirror=mirror),
            profile=profile,
            ask_again=screen,
        )
        if not goes_on_after_pain(console(stderr=json == "-"), profile or _default_name()):
            return
        checked = _from_camera(live, spec, given, side.side, level, output_path, model=model, verbose=verbose)

    from formcheck.analysis.checks.document import check_document
    from formcheck.cli.reports.check import print_check
    from formcheck.cli.reports.clip import tell_damage

    if json is not None:
        write_json(output_path, json_text.dumps(check_document(spec, checked.clip, checked.sides), indent=2) + "\n")
    out = console(stderr=json == "-")
    print_check(out, spec, checked.sides, level_deg=checked.level_deg)
    if video is None:
        _keep(out, spec, checked.sides, profile)
    tell_damage(checked.clip.path, checked.clip.damaged)


def _default_name() -> str | None:
    """Return whose sessions those are that name nobody: of the default profile, where there is one."""
    from formcheck.people.person import default_person

    person = default_person()
    return person.name if person is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRequest:
    """How a check in front of the camera is to be held, and by whom; `ask_again` what was answered about leaving it out.

    `screened_now`: the questions about every stretch were asked before in this session, and are not asked again with that.
    """

    camera: str | None
    window: bool
    full_screen: bool
    muted: bool
    voice: bool
    orientation: "Orientation"
    profile: str | None = None
    ask_again: bool = False
    screened_now: bool = False


def _from_film(
    video: Path,
    spec: "CheckSpec",
    answers: Mapping[str, bool],
    side: Side | None,
    level_deg: float | None,
    output_path: Path | None,
    *,
    model: str | None,
    orientation: "Orientation",
    verbose: bool,
) -> "CheckedClip":
    """Return what is read of a film. Raises FormcheckError."""
    silence_native_messages(verbose=verbose)

    # Imported late: what is wrong with the words of the command should not wait for OpenCV.
    from formcheck.cli.progress import clip_bar
    from formcheck.pipeline.outputs import check_outputs
    from formcheck.pipeline.readings.check import check_clip
    from formcheck.vision.video import open_clip
    from formcheck.vision.video.read_options import ReadOptions

    check_outputs({"json": output_path} if output_path is not None else {}, video)
    with ExitStack() as stack:
        source = stack.enter_context(open_clip(video, ReadOptions(orientation=orientation)))
        engine = obtain(model)
        show = stack.enter_context(clip_bar(NP_("what goes on", "reading")))
        stop = stack.enter_context(stoppable())

        expected_s = source.info.expected_s

        def progress(done_s: float) -> bool:
            show(done_s, expected_s)
            return not stop.requested()

        try:
            return check_clip(source, engine, spec, side=side, level_deg=level_deg, answers=answers, progress=progress)
        except StoppedError as stopped:
            stopped.exit_code = stop.exit_code
            raise


def _from_camera(
    live: LiveRequest,
    spec: "CheckSpec",
    answers: dict[str, bool],
    side: Side | None,
    level_deg: float | None,
    output_path: Path | None,
    *,
    model: str | None,
    verbose: bool,
) -> "CheckedClip":
    """Hold a check in front of the camera, ask what no camera sees, and return what was read. Raises FormcheckError.

    Exits with 130 after Ctrl-C, and with 143 when asked to end.
    """
    if output_path is not None:
        check_writable(output_path)
    if live.window and (missing := display_missing()) is not None:
        raise OutputError(options.WITHOUT_WINDOW.format(missing=missing))
    _ask_precautions(spec, live.profile, again=live.ask_again, screened_now=live.screened_now)
    address = given_camera(live.camera)
    engine_file = obtain(model)
    silence_native_messages(verbose=verbose)

    from formcheck.analysis.checks.result import judge
    from formcheck.analysis.scoring.document import ClipEntry
    from formcheck.coaching.readings.flexibility_check import FlexibilityCheck
    from formcheck.pipeline.live.session import LiveOptions
    from formcheck.pipeline.live.session import check as run
    from formcheck.pipeline.readings.check import CheckedClip
    from formcheck.stretches.files import load_stretches
    from formcheck.vision.engines import create_engine

    specs = {stretch.name: stretch for stretch in load_stretches()}
    engine = create_engine(engine_file)
    fold = FlexibilityCheck(spec, specs, side=side, level_deg=level_deg, muted=live.muted, traits=engine.traits)
    live_options = LiveOptions(
        plan="check",
        window=live.window,
        full_screen=live.full_screen,
        muted=live.muted,
        voice=live.voice,
        orientation=live.orientation,
    )
    with stoppable() as stop:
        info = run(address, engine, fold, specs, live_options, tell=tell, stopped=stop.requested)
    if stop.requested():
        sys.exit(stop.exit_code)
    given = {**answers, **_asked(spec, answers)}
    sides = judge(fold.frames, spec, side=side, answers=given, levelled=fold.level_deg is not None)
    duration_s = fold.frames[-1].time_s if fold.frames else 0.0
    return CheckedClip(clip=ClipEntry.of(info, round(duration_s, 3)), sides=sides, level_deg=fold.level_deg)


def hold_check(console: "Console", name: str, live: LiveRequest, *, model: str | None, verbose: bool) -> None:
    """Hold the check `name` in front of the camera, print what was read, and keep it. Raises FormcheckError.

    Exits as the command does where it is ended by a signal.
    """
    from formcheck.cli.reports.check import print_check
    from formcheck.stretches.check_files import CHECKS

    spec = CHECKS.find(name)
    checked = _from_camera(live, spec, {}, None, None, None, model=model, verbose=verbose)
    print_check(console, spec, checked.sides, level_deg=checked.level_deg)
    _keep(console, spec, checked.sides, live.profile)


def _keep(console: "Console", spec: "CheckSpec", sides: "Sequence[CheckedSide]", profile: str | None) -> None:
    """Keep what was read in the history, and tell what has changed since the last time."""
    from formcheck.cli.reports.check import print_change
    from formcheck.pipeline.readings.check import keep_check

    try:
        records, earlier = keep_check(spec, sides, profile)
    except HistoryError as error:
        say(wording.CHECK_NOT_KEPT.format(error=error), stderr=True)
        return
    print_change(console, spec, records, earlier)


def _ask_precautions(spec: "CheckSpec", profile: str | None, *, again: bool, screened_now: bool = False) -> None:
    """Say who leaves the check out, and ask once where somebody can answer, or `again`. Raises FormcheckError after a yes.

    The questions about every stretch come first, where they have not been answered: a check is not for whom they keep away.
    """
    from formcheck.cli.safety import screened
    from formcheck.cli.terminal import console
    from formcheck.people.profile import DEFAULT
    from formcheck.people.safety import excluded_by_safety, load_answers
    from formcheck.people.safety.checks import is_barred, save_barred

    person = profile if profile != DEFAULT else None
    ask_all = again and not screened_now
    general = screened(console(), again=ask_all, person=person) if sys.stdin.isatty() else load_answers(person)
    if general is not None and (reason := excluded_by_safety(general, [spec.name]).get(spec.name)) is not None:
        raise FormcheckError(wording.CHECK_LEFT_OUT_FOR.format(reason=reason))
    say(spec.instruction)
    say(spec.setup)
    for line in spec.not_with:
        say(joined("", ("  ", line)))
    barred = None if again else is_barred(spec.name, spec.not_with, profile)
    if barred is None and sys.stdin.isatty():
        barred = confirmed(wording.CHECK_BARRED, default=None)
        try:
            save_barred(spec.name, spec.not_with, profile, barred=barred)
        except OutputError as error:
            say(wording.CHECK_ANSWER_NOT_KEPT.format(error=error), stderr=True)
    elif barred is None:
        say(wording.CHECK_NOT_ASKED)
    if barred:
        raise FormcheckError(wording.CHECK_LEFT_OUT)


def _asked(spec: "CheckSpec", answers: Mapping[str, bool]) -> dict[str, bool]:
    """Return the answers to the questions that have none yet; none where nobody can answer."""
    if not sys.stdin.isatty():
        return {}
    return {one.name: confirmed(one.text, default=None) for one in spec.questions if one.name not in answers}


def _answers(text: str | None, spec: "CheckSpec") -> dict[str, bool]:
    """Return the answers to the questions of `spec` by their names. Raises FormcheckError."""
    from formcheck.stretches.validation import known_name

    names, given = [question.name for question in spec.questions], dict[str, bool]()
    for part in (text or "").split(","):
        if not part.strip():
            continue
        name, equals, answer = (word.strip() for word in part.partition("="))
        name = known_name(name.lower(), names, kind=N_("question of {name}").format(name=spec.name), error=FormcheckError)
        if not equals or answer.lower() not in {"yes", "no"}:
            raise FormcheckError(
                N_("--answers {given}: yes or no is expected, as {name}=yes.").format(given=part.strip(), name=name)
            )
        if name in given:
            raise FormcheckError(N_("--answers: {name} is answered twice.").format(name=name))
        given[name] = answer.lower() == "yes"
    return given


def _list() -> None:
    """Print the shipped checks and the person's own; raise what is wrong with the others."""
    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.cli.terminal import console
    from formcheck.core.errors import PoseFileError
    from formcheck.stretches.check_files import CHECKS

    known, wrong = CHECKS.load()
    heads = columns(N_("check"), N_("title"), N_("what to do"), whole=("check",))
    console().print(WrappedTable(heads, [(spec.name, spec.title, spec.instruction) for spec in known]))
    if wrong:
        raise PoseFileError(*(line for error in wrong for line in error.lines))
