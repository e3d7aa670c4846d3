"""`formcheck live`: what must be there is looked at first, then the questions are asked, then the session is held."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from formcheck.cli.commands.model import obtain
from formcheck.cli.reports.session import print_recap
from formcheck.cli.safety import excluded_stretches, to_be_asked
from formcheck.coaching.tasks import ANYTHING
from formcheck.core.errors import OutputError, SourceError
from formcheck.core.values import Side
from formcheck.people.person import person_of, somebody
from formcheck.people.profile import DEFAULT
from formcheck.pipeline.live.plan import plan_of
from formcheck.system.display import display_missing
from formcheck.system.files import check_goals, write_text
from formcheck.system.native_log import silence_native_messages
from formcheck.system.signals import stoppable
from formcheck.vision.camera import Address, Camera, parse_camera


def live(
    pose: str | None,
    name: str | None,
    *,
    side: str,
    profile: str | None,
    camera: str,
    json: str | None,
    record: Path | None,
    mute: bool,
    voice: bool,
    window: bool,
    full_screen: bool,
    stats: bool,
    screen: bool,
    model: str | None,
    verbose: bool,
) -> None:
    """Hold a session in front of the camera. Raises FormcheckError before it begins.

    Exits as other programs do after Ctrl-C (130) and when asked to end (143), with everything kept.
    """
    console = Console(stderr=json == "-")
    wanted = None if side == "auto" else Side(side)
    plan = plan_of(pose, name, wanted)
    person = person_of(profile) if profile is not None else somebody()
    if person is not None:
        plan = replace(plan, specs=person.asked(plan.specs.values()))
        console.print(person.sentence(plan.specs.values()), markup=False)
    named = person.name if person is not None and person.name != DEFAULT else None
    address = parse_camera(camera)
    goal = Path(json) if json not in (None, "-") else None
    _check_outputs(goal, record, window=window)
    engine_file = obtain(model)
    if not verbose:
        silence_native_messages()
    if to_be_asked(console, again=screen, person=named):
        _try(address)
    excluded = excluded_stretches(console, plan, again=screen, person=named)
    specs = {key: spec for key, spec in plan.specs.items() if key not in excluded} if plan.tasks == ANYTHING else plan.specs

    # Imported late: what is wrong above should not wait for OpenCV.
    from formcheck.coaching.guided_session import GuidedSession
    from formcheck.pipeline.live.results import session_document
    from formcheck.pipeline.live.session import LiveOptions, run
    from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine

    fit = person.fit if person is not None else None
    session = GuidedSession(specs, plan.tasks, side=wanted, excluded=excluded, muted=mute, fit=fit)
    wishes = LiveOptions(
        plan=plan.name,
        window=window,
        full_screen=full_screen,
        stats=stats,
        muted=mute,
        voice=voice,
        record=record,
        profile=person.name if person is not None else None,
    )
    with stoppable() as stop, _doctor_named():
        outcome = run(address, MediaPipeEngine(engine_file), session, specs, wishes, tell=_tell, stopped=stop.wished)
    if json is not None:
        told = session_document(plan.name, outcome.results, session, routine=plan.routine)
        write_text(goal, told.model_dump_json(indent=2) + "\n")
    print_recap(console, outcome.rows)
    if stop.signal is not None:
        sys.exit(128 + stop.signal)


def _check_outputs(goal: Path | None, record: Path | None, *, window: bool) -> None:
    check_goals([one for one in (goal, record) if one is not None])
    if record is not None and record.suffix.lower() not in {".mp4", ".m4v", ".mov"}:
        raise OutputError(f"{record}: --record writes .mp4; give a name that ends so.")
    if window and (missing := display_missing()) is not None:
        raise OutputError(f"{missing} Without a window: --no-window, by sound and voice alone.")


def _try(address: Address) -> None:
    """Open the camera and close it again: nobody should answer questions for a session that can't begin."""
    with _doctor_named(), Camera(address):
        pass


@contextmanager
def _doctor_named() -> Iterator[None]:
    """A camera that is not there may have many reasons."""
    try:
        yield
    except SourceError as error:
        raise SourceError(f"{error} `formcheck doctor` looks at every part.") from None


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
