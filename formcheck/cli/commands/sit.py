"""`formcheck sit`: a day at the desk, before the camera or from a film of it."""

import re
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import options
from formcheck.cli.addresses import given_camera
from formcheck.cli.commands.model import obtain
from formcheck.cli.terminal import tell, tell_error
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.wording.language import N_
from formcheck.system.display import display_missing
from formcheck.system.files import check_output_paths, reserved_file, write_json
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import StopRequest, stoppable

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.analysis.sitting import SittingDay
    from formcheck.core.interfaces import Image
    from formcheck.people.person import Person
    from formcheck.pipeline.live.plan import Plan
    from formcheck.pipeline.sitting import SittingDocument
    from formcheck.vision.camera.address import Address
    from formcheck.vision.engines import EngineModel
    from formcheck.vision.orientation import Orientation

EVERY_S, LEAST_S, MOST_S = 5.0, 1.0, 60.0
"""Seconds between looks: as they are, and from where to where they may be. A camera needs a second for each, and a break takes
a minute."""

SUMMARY_S = 10.0
"""So long the summary of a stretch stays, where nobody closes it, before looking goes on (seconds)."""

NOT_BEGUN_S = 180.0
AT_MOST_S = 600.0
"""A stretch that has not begun, or is not over, after so long is given up, and looking goes on (seconds)."""


def sit(
    camera: options.CameraOption = None,
    video: Annotated[
        Path | None, typer.Option(metavar="CLIP", help=N_("Count in a film of a desk instead, at its own times."))
    ] = None,
    rotate: options.RotateOption = None,
    speed: Annotated[
        float | None,
        typer.Option(metavar="N", help=N_("With --video: seconds filmed for each second that plays, as of a time-lapse.")),
    ] = None,
    every: Annotated[float, typer.Option(metavar="SECONDS", help=N_("From one look to the next, 1 to 60."))] = EVERY_S,
    length: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help=N_("End by itself after 8h, 90m or 30s."), show_default=False)
    ] = None,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help=N_("Write the result as JSON; - is standard output."))
    ] = None,
    no_notice: Annotated[bool, typer.Option("--no-notice", help=N_("Count only, and never prompt."))] = False,
    mute: Annotated[bool, typer.Option("--mute", help=N_("Notices, and the stretch, without sound."))] = False,
    no_window: Annotated[bool, typer.Option("--no-window", help=N_("Hold the stretch by sound and voice alone."))] = False,
    profile: options.ProfileOption = None,
    model: options.ModelOption = None,
    verbose: options.LiveVerboseOption = False,
) -> None:
    """Count minutes sat, breaks and shifts at a desk, and suggest to get up. Posture is not judged, no picture is kept."""
    if not LEAST_S <= every <= MOST_S:
        raise FormcheckError(
            N_("--every {given:g}: give seconds from {least:g} to {most:g}; without it, it is {usual:g}.").format(
                given=every, least=LEAST_S, most=MOST_S, usual=EVERY_S
            )
        )
    for_s = _seconds(length) if length is not None else None
    output_path = options.json_path(json)
    check_output_paths([output_path] if output_path is not None else [])
    orientation = options.orientation_of(rotate, mirror=False)
    if video is not None:
        if camera is not None:
            raise FormcheckError(N_("--video counts in a film and --camera before a camera: give one of them."))
        if for_s is not None:
            raise FormcheckError(N_("--for ends a day before the camera; a film of --video ends by itself. Leave --for out."))
        _count_in(video, json, model, orientation, every_s=every, speed=speed, verbose=verbose)
        return
    if speed is not None:
        raise FormcheckError(N_("--speed is of a film: give it with --video CLIP."))
    _watch(
        json,
        _Sitting(
            every_s=every,
            for_s=for_s,
            notices=not no_notice,
            muted=mute,
            window=not no_window and display_missing() is None,
            camera=given_camera(camera),
            orientation=orientation,
            model=obtain(model),
            profile=profile,
        ),
        verbose=verbose,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sitting:
    """The options of a day before the camera."""

    every_s: float
    for_s: float | None
    notices: bool
    muted: bool
    window: bool
    camera: "Address"
    orientation: "Orientation"
    model: "EngineModel"
    profile: str | None


def _seconds(text: str) -> float:
    """The seconds that `8h`, `90m`, `1.5h` (`1,5h`) or `30s` mean. Raises FormcheckError."""
    given = re.fullmatch(r"(\d{1,6}(?:\.\d+|,\d{1,2})?) ?(h|m|min|s)", text.strip().lower())
    number = float(given[1].replace(",", ".")) if given is not None else 0.0
    if given is None or number <= 0:
        raise FormcheckError(N_("--for {given!r}: is no length of time. Give it as 8h, 90m or 30s.").format(given=text))
    return number * {"h": 3600, "m": 60, "min": 60, "s": 1}[given[2]]


def _count_in(
    video: Path,
    json: str | None,
    model: str | None,
    orientation: "Orientation",
    *,
    every_s: float,
    speed: float | None,
    verbose: bool,
) -> None:
    from formcheck.system.inputs import real_path

    output_path = options.json_path(json)
    if output_path is not None and real_path(output_path) == real_path(video):
        raise FormcheckError(
            N_("{video}: is the clip, which is never written to. Give --json another name.").format(video=video)
        )
    read = options.read_options(orientation, speed=speed)
    engine_file = obtain(model)
    silence_native_messages(verbose=verbose)

    from formcheck.cli.progress import clip_bar
    from formcheck.cli.reports.clip import tell_damage
    from formcheck.pipeline.sitting import sit_through, sitting_document

    with ExitStack() as stack:
        document = stack.enter_context(reserved_file(output_path)) if output_path is not None else None
        stop = stack.enter_context(stoppable())
        with clip_bar(N_("looking")) as show:

            def go_on(at_s: float, of_s: float | None) -> bool:
                show(at_s, of_s)
                return not stop.requested()

            film = sit_through(video, engine_file, every_s=every_s, options=read, progress=go_on)
        found = sitting_document(film.day, film.engine, every_s, film=film)
        if document is not None:
            document.publish_json(_text(found))
        _report(json, found, film.day)
        tell_damage(video, film.clip.damaged)
    if stop.requested():
        tell_error(wording.SIT_STOPPED.format(time=f"{film.length_s:.0f}"))
        sys.exit(stop.exit_code)


def _text(document: "SittingDocument") -> str:
    return document.model_dump_json(indent=2) + "\n"


def _report(json: str | None, document: "SittingDocument", day: "SittingDay") -> None:
    """Print what was counted, and on standard output the document where it is asked for there."""
    from formcheck.cli.reports.sitting import print_sitting
    from formcheck.cli.terminal import console
    from formcheck.pipeline.live.sitting import recorded

    if json == "-":
        write_json(None, _text(document))
    print_sitting(console(stderr=json == "-"), recorded(day))


def _watch(json: str | None, wanted: _Sitting, *, verbose: bool) -> None:
    from formcheck.cli.terminal import console
    from formcheck.people.person import person_of

    output_path = options.json_path(json)
    silence_native_messages(verbose=verbose)
    person = person_of(wanted.profile)

    # Imported late: what is wrong above should not wait for OpenCV.
    from formcheck.pipeline.live.sitting import SittingOptions
    from formcheck.pipeline.live.sitting import sit as run
    from formcheck.pipeline.sitting import sitting_document
    from formcheck.vision.camera.single import single_picture
    from formcheck.vision.engines import create_engine

    def take_picture() -> "Image":
        return single_picture(wanted.camera, wanted.orientation)

    take_picture()  # nobody should answer questions for a day that can't begin
    plan = _plan(console(stderr=True), person) if wanted.notices else None
    with ExitStack() as stack:
        document = stack.enter_context(reserved_file(output_path)) if output_path is not None else None
        stop = stack.enter_context(stoppable())
        found = run(
            take_picture,
            create_engine(wanted.model, still=True, once=True),
            SittingOptions(
                every_s=wanted.every_s,
                for_s=wanted.for_s,
                notices=wanted.notices,
                muted=wanted.muted,
                profile=person.name if person is not None else None,
            ),
            stretch=_Stretch(plan, person, wanted, stop) if plan is not None else None,
            tell=tell,
            stopped=stop.requested,
        )
        told = sitting_document(found.day, found.engine, wanted.every_s, camera=str(wanted.camera), started=found.started)
        if document is not None:
            document.publish_json(_text(told))
        _report(json, told, found.day)
    if stop.requested():
        sys.exit(stop.exit_code)


def _plan(console: "Console", person: "Person | None") -> "Plan | None":
    """The stretch that is offered; none where it waits for a clinician's word."""
    from dataclasses import replace

    from formcheck.cli.safety import screened
    from formcheck.people.profile import DEFAULT
    from formcheck.people.safety import excluded_by_safety
    from formcheck.pipeline.live.plan import plan_of
    from formcheck.pipeline.live.safety import precautions
    from formcheck.pipeline.live.sitting import OFFERED

    plan = plan_of(OFFERED, None, None)
    if person is not None:
        plan = replace(plan, specs=person.adjusted_stretches(plan.specs.values()))
    named = person.name if person is not None and person.name != DEFAULT else None
    answers = screened(console, person=named)
    barred = excluded_by_safety(answers, list(plan.specs)) if answers is not None else {}
    for reason in barred.values():
        tell(wording.SIT_LEFT_OUT.format(reason=reason))
    if barred:
        return None
    for line in precautions(plan.specs.values()):
        tell(line)
    return plan


class StretchEnd:
    """When a stretch is over without anybody closing it. Times are seconds on one clock."""

    def __init__(self, began_s: float) -> None:
        self._began_s = began_s
        self._done_s: float | None = None

    def reached(self, now_s: float, *, begun: bool, done: bool) -> bool:
        """Return whether looking is to go on: the summary was to be seen long enough, or nobody stretches."""
        if done and self._done_s is None:
            self._done_s = now_s
        if self._done_s is not None:
            return now_s - self._done_s > SUMMARY_S
        return now_s - self._began_s > (AT_MOST_S if begun else NOT_BEGUN_S)


class _Stretch:
    """One go of the stretch on each side, as `formcheck live` holds it, that ends by itself."""

    def __init__(self, plan: "Plan", person: "Person | None", wanted: _Sitting, stop: StopRequest) -> None:
        (spec,) = plan.specs.values()
        self.title = spec.title
        self.seconds = 2 * (spec.hold_s or 0.0)
        self.hurt = False
        self._plan = plan
        self._person = person
        self._wanted = wanted
        self._stop = stop

    def __call__(self) -> bool:
        from formcheck.coaching.events import SessionPhase
        from formcheck.coaching.guided_session import GuidedSession
        from formcheck.pipeline.live.session import LiveOptions, run
        from formcheck.pipeline.live.sitting import is_hurt
        from formcheck.vision.engines import create_engine

        plan, person, wanted = self._plan, self._person, self._wanted
        engine = create_engine(wanted.model)
        fit = person.fit if person is not None else None
        session = GuidedSession(plan.specs, plan.tasks, muted=wanted.muted, fit=fit, traits=engine.traits)
        end = StretchEnd(time.monotonic())

        def over() -> bool:
            done = session.phase is SessionPhase.DONE
            return self._stop.requested() or end.reached(time.monotonic(), begun=bool(session.agenda.begun), done=done)

        live = LiveOptions(
            plan=plan.name,
            window=wanted.window,
            muted=wanted.muted,
            profile=person.name if person is not None else None,
            orientation=wanted.orientation,
        )
        run(wanted.camera, engine, session, plan.specs, live, tell=tell, stopped=over)
        self.hurt = is_hurt(session)
        return any(row.held_s > 0 for row in session.summary.rows)
