"""`formcheck live`: checks what a session needs, asks the safety questions, then runs the session."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion, options
from formcheck.cli.addresses import given_camera
from formcheck.cli.commands.check import LiveRequest, hold_check
from formcheck.cli.commands.model import obtain
from formcheck.cli.terminal import tell
from formcheck.core import wording
from formcheck.core.errors import OutputError, SourceError
from formcheck.core.wording.language import N_
from formcheck.system.display import display_missing
from formcheck.system.files import ReservedFile, check_output_paths, reserved_file, write_json
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from formcheck.coaching.guided_session import GuidedSession
    from formcheck.core.interfaces import Engine
    from formcheck.pipeline.live.plan import Plan
    from formcheck.pipeline.live.programme import ProgrammeDay
    from formcheck.pipeline.live.session import LiveOptions
    from formcheck.vision.camera.address import Address


def live(
    pose: Annotated[
        str | None,
        typer.Argument(
            metavar="POSE",
            autocompletion=completion.plans,
            help=N_(
                "A stretch, routine or block, or a file of one; `routine` is all three stretches, `programme` what today "
                "asks for. Default: any stretch."
            ),
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=completion.routines_and_programmes,
            help=N_("With `routine` or `programme`: which one."),
            show_default=False,
        ),
    ] = None,
    side: Annotated[
        options.SideChoice, typer.Option(help=N_("The side to stretch; auto is both, in either order."))
    ] = options.SideChoice.AUTO,
    pain: Annotated[
        int | None,
        typer.Option(
            min=0, max=10, metavar="0..10", help=N_("With `programme`: how much it hurts now. Default: you are asked.")
        ),
    ] = None,
    camera: options.CameraOption = None,
    rotate: options.RotateOption = None,
    mirror: options.MirrorOption = False,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help=N_("Write the result as JSON; - is standard output."))
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help=N_("Write a page of the session: the skeleton alone, or the film of --record.")),
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE.mp4", help=N_("Film the session. Without this nothing is recorded."))
    ] = None,
    mute: options.MuteOption = False,
    no_voice: options.NoVoiceOption = False,
    no_window: options.NoWindowOption = False,
    full_screen: options.FullScreenOption = False,
    stats: Annotated[bool, typer.Option("--stats", help=N_("Show rates and delays."))] = False,
    screen: Annotated[bool, typer.Option("--screen", help=N_("Ask the safety questions again."))] = False,
    profile: options.ProfileOption = None,
    model: options.ModelOption = None,
    verbose: options.LiveVerboseOption = False,
) -> None:
    """Stretch in front of the camera: set-up, countdown, hold timer, cues one can hear. Nothing leaves this machine."""
    from formcheck.cli.programme import chosen_plan, programme_day, questions_due
    from formcheck.cli.safety import excluded_from, goes_on_after_pain, screened_anew
    from formcheck.cli.terminal import console
    from formcheck.coaching.tasks import ANYTHING
    from formcheck.people.person import person_of
    from formcheck.people.profile import DEFAULT
    from formcheck.pipeline.live.plan import Plan
    from formcheck.pipeline.live.programme import rest_document
    from formcheck.vision.camera.camera import Camera

    terminal = console(stderr=json == "-")
    chosen = chosen_plan(pose, name, side.side, pain)
    person = person_of(profile)
    named = person.name if person is not None and person.name != DEFAULT else None
    address = given_camera(camera)
    output_path = options.json_path(json)
    _check_outputs(output_path, record, report, window=not no_window)
    engine_file = obtain(model)
    silence_native_messages(verbose=verbose)
    if questions_due(terminal, chosen, pain, again=screen, person=named):
        with _doctor_named(), Camera(address):  # nobody should answer questions for a session that can't begin
            pass
    # A programme may hold a check before the session, with the same questions: those who are asked again are asked once.
    screened_now = screen and not isinstance(chosen, Plan) and screened_anew(terminal, named)
    whose = person.name if person is not None else None
    upright = options.orientation_of(rotate, mirror=mirror)
    shown = LiveRequest(
        camera=camera,
        window=not no_window,
        full_screen=full_screen,
        muted=mute,
        voice=not no_voice,
        orientation=upright,
        profile=whose,
        ask_again=screen,
        screened_now=screened_now,
    )
    check_first = partial(hold_check, terminal, live=shown, model=model, verbose=verbose)
    day = programme_day(terminal, chosen, pain, whose, hold_check=check_first, again=screen)
    plan = chosen if isinstance(chosen, Plan) else day.plan if day is not None else None
    if plan is None:
        if json is not None and day is not None:
            write_json(output_path, rest_document(day).model_dump_json(indent=2) + "\n")
        return
    if person is not None and plan.specs:
        plan = replace(plan, specs=person.adjusted_stretches(plan.specs.values()))
        terminal.print(person.describe(plan.specs.values()))
    if day is None and not goes_on_after_pain(terminal, whose):
        return
    excluded = excluded_from(terminal, plan, again=screen, person=named, screened_now=screened_now)
    specs = {key: spec for key, spec in plan.specs.items() if key not in excluded} if plan.tasks == ANYTHING else plan.specs

    # Imported late: what is wrong above should not wait for OpenCV.
    from formcheck.coaching.guided_session import GuidedSession
    from formcheck.people.history.writer import new_entry
    from formcheck.pipeline.live.session import LiveOptions
    from formcheck.vision.engines import create_engine

    entry = day.entry if day is not None else new_entry(plan.name, whose)
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
        profile=whose,
        entry=entry,
        orientation=upright,
        tracked=report is not None,
    )
    files = _Files(json=json is not None, output_path=output_path, report=report, started=entry.started, profile=named)
    _hold(terminal, address, engine, session, live_options, plan, day, files)


def _hold(
    terminal: "Console",
    address: "Address",
    engine: "Engine",
    session: "GuidedSession",
    live_options: "LiveOptions",
    plan: "Plan",
    day: "ProgrammeDay | None",
    files: "_Files",
) -> None:
    """Hold the session, tell what it came to, and write what is to be written; exits where a signal ended it."""
    from formcheck.cli.programme import told_after
    from formcheck.cli.reports.session import print_recap
    from formcheck.pipeline.live.report import session_page
    from formcheck.pipeline.live.results import session_document
    from formcheck.pipeline.live.session import run

    with ExitStack() as stack:
        document = stack.enter_context(reserved_file(files.output_path)) if files.output_path is not None else None
        page = stack.enter_context(reserved_file(files.report)) if files.report is not None else None
        stop = stack.enter_context(stoppable())
        with _doctor_named():
            result = run(address, engine, session, session.agenda.specs, live_options, tell=tell, stopped=stop.requested)
        held = session_document(plan.name, result.results, session, routine=plan.routine, started=files.started)
        told = told_after(terminal, held, day, ask=False)
        try:
            print_recap(terminal, result.summary)
            told = told_after(terminal, held, day, ask=not stop.requested())
        finally:  # the terminal may have been closed
            if files.json:
                _publish(document, told.model_dump_json(indent=2) + "\n")
            if page is not None and files.report is not None:
                text = session_page(result.results, told, files.report, live_options.record, profile=files.profile)
                page.part.write_text(text, encoding="utf-8")
                page.publish()
                tell(wording.REPORT_WRITTEN.format(path=files.report))
    if stop.requested():
        sys.exit(stop.exit_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """What is written of a session: JSON to a file or, without one, to standard output; a page. And when it was, and whose."""

    json: bool
    output_path: Path | None
    report: Path | None
    started: "datetime"
    profile: str | None


def _publish(place: ReservedFile | None, text: str) -> None:
    """Write the document at its place, or to standard output."""
    if place is not None:
        place.publish_json(text)
    else:
        write_json(None, text)


def _check_outputs(json: Path | None, record: Path | None, report: Path | None, *, window: bool) -> None:
    """Raise OutputError where a file could not be written or a window not be opened."""
    check_output_paths([path for path in (json, record, report) if path is not None])
    if report is not None:
        from formcheck.pipeline.outputs.page_file import check_report_path

        check_report_path(report)
    if record is not None and record.suffix.lower() not in {".mp4", ".m4v", ".mov"}:
        raise OutputError(wording.WRONG_ENDING.format(path=record, option="--record", endings=".mp4"))
    if window and (missing := display_missing()) is not None:
        raise OutputError(options.WITHOUT_WINDOW.format(missing=missing))


@contextmanager
def _doctor_named() -> Iterator[None]:
    """Name `formcheck doctor` where the camera is not there, which may have many reasons."""
    try:
        yield
    except SourceError as error:
        raise SourceError(N_("{error} `formcheck doctor` looks at every part.").format(error=error)) from None
