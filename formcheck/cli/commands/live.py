"""`formcheck live`: checks what a session needs, asks the safety questions, then runs the session."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli import completion, options
from formcheck.cli.addresses import given_camera
from formcheck.cli.commands.model import obtain
from formcheck.cli.terminal import tell
from formcheck.core.errors import OutputError, SourceError
from formcheck.system.display import display_missing
from formcheck.system.files import check_output_paths, reserved_file, write_json
from formcheck.system.native_log import silence_native_messages
from formcheck.system.signals import stoppable


def live(
    pose: Annotated[
        str | None,
        typer.Argument(
            metavar="POSE",
            autocompletion=completion.plans,
            help="A stretch, routine or block, or a file of one; `routine` is all three stretches. Default: any stretch.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", autocompletion=completion.routines, help="With `routine`: which one.", show_default=False
        ),
    ] = None,
    side: Annotated[
        options.SideChoice, typer.Option(help="The side to stretch; auto is both, in either order.")
    ] = options.SideChoice.AUTO,
    camera: options.CameraOption = None,
    rotate: options.RotateOption = None,
    mirror: options.MirrorOption = False,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help="Write the result as JSON; - is standard output.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE.mp4", help="Film the session. Without this nothing is recorded.")
    ] = None,
    mute: options.MuteOption = False,
    no_voice: options.NoVoiceOption = False,
    no_window: options.NoWindowOption = False,
    full_screen: options.FullScreenOption = False,
    stats: Annotated[bool, typer.Option("--stats", help="Show rates and delays.")] = False,
    screen: Annotated[bool, typer.Option("--screen", help="Ask the safety questions again.")] = False,
    profile: options.ProfileOption = None,
    model: options.ModelOption = None,
    verbose: options.LiveVerboseOption = False,
) -> None:
    """Stretch in front of the camera: set-up, countdown, hold timer, cues one can hear. Nothing leaves this machine."""
    from formcheck.cli.safety import excluded_from, to_be_asked
    from formcheck.cli.terminal import console
    from formcheck.coaching.tasks import ANYTHING
    from formcheck.people.person import default_person, load_person
    from formcheck.people.profile import DEFAULT
    from formcheck.pipeline.live.plan import plan_of
    from formcheck.vision.camera.camera import Camera

    terminal = console(stderr=json == "-")
    plan = plan_of(pose, name, side.side)
    person = load_person(profile) if profile is not None else default_person()
    if person is not None and plan.specs:
        plan = replace(plan, specs=person.adjusted_stretches(plan.specs.values()))
        terminal.print(person.describe(plan.specs.values()))
    named = person.name if person is not None and person.name != DEFAULT else None
    address = given_camera(camera)
    output_path = options.json_path(json)
    _check_outputs(output_path, record, window=not no_window)
    engine_file = obtain(model)
    silence_native_messages(verbose=verbose)
    if to_be_asked(terminal, plan, again=screen, person=named):
        with _doctor_named(), Camera(address):  # nobody should answer questions for a session that can't begin
            pass
    excluded = excluded_from(terminal, plan, again=screen, person=named)
    specs = {key: spec for key, spec in plan.specs.items() if key not in excluded} if plan.tasks == ANYTHING else plan.specs

    # Imported late: what is wrong above should not wait for OpenCV.
    from formcheck.cli.reports.session import print_recap
    from formcheck.coaching.guided_session import GuidedSession
    from formcheck.pipeline.live.results import session_document
    from formcheck.pipeline.live.session import LiveOptions, run
    from formcheck.vision.engines import create_engine

    fit = person.fit if person is not None else None
    engine = create_engine(engine_file)
    session = GuidedSession(specs, plan.tasks, side=side.side, excluded=excluded, muted=mute, fit=fit, traits=engine.traits)
    live_options = LiveOptions(
        plan=plan.name,
        window=not no_window,
        full_screen=full_screen,
        stats=stats,
        muted=mute,
        voice=not no_voice,
        record=record,
        profile=person.name if person is not None else None,
        orientation=options.orientation_of(rotate, mirror=mirror),
    )
    with ExitStack() as stack:
        document = stack.enter_context(reserved_file(output_path)) if output_path is not None else None
        stop = stack.enter_context(stoppable())
        with _doctor_named():
            result = run(address, engine, session, specs, live_options, tell=tell, stopped=stop.requested)
        if json is not None:
            text = session_document(plan.name, result.results, session, routine=plan.routine).model_dump_json(indent=2) + "\n"
            if document is not None:
                document.publish_json(text)
            else:
                write_json(None, text)
        print_recap(terminal, result.summary)
    if stop.requested():
        sys.exit(stop.exit_code)


def _check_outputs(json: Path | None, record: Path | None, *, window: bool) -> None:
    """Raise OutputError where a file could not be written or a window not be opened."""
    check_output_paths([path for path in (json, record) if path is not None])
    if record is not None:
        from formcheck.cli.terminal import tell_error
        from formcheck.pipeline.live.recorder import put_aside

        if record.suffix.lower() not in {".mp4", ".m4v", ".mov"}:
            raise OutputError(f"{record}: --record writes .mp4; give a name that ends so.")
        if (kept := put_aside(record)) is not None:
            tell_error(f"{kept}: is what an earlier session filmed before it was cut off; it plays.")
    if window and (missing := display_missing()) is not None:
        raise OutputError(f"{missing} Without a window: --no-window, by sound and voice alone.")


@contextmanager
def _doctor_named() -> Iterator[None]:
    """Name `formcheck doctor` where the camera is not there, which may have many reasons."""
    try:
        yield
    except SourceError as error:
        raise SourceError(f"{error} `formcheck doctor` looks at every part.") from None
