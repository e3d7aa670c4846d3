"""`formcheck live`: everything is looked for before the first picture, so that nothing fails once the person is on the mat."""

import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck import __version__
from formcheck.cli.model import obtain
from formcheck.cli.person import person_of, somebody
from formcheck.cli.plan import Plan, plan_of
from formcheck.cli.quiet import silence_native_messages
from formcheck.cli.stop import stoppable
from formcheck.errors import FormcheckError, OutputError
from formcheck.files import check_goals, write_text
from formcheck.outputs.display import display_missing
from formcheck.practice.stage import Row
from formcheck.practice.tasks import ANYTHING
from formcheck.profile import DEFAULT
from formcheck.safety import screened, skipped
from formcheck.scoring import Result, SessionDocument
from formcheck.sources.camera import parse_camera
from formcheck.values import Side

_ROUNDING_S = 0.01
"""Sums of frame times miss whole seconds by less."""


def live(
    pose: str | None,
    name: str | None,
    *,
    side: str,
    camera: str,
    json: str | None,
    record: Path | None,
    mute: bool,
    voice: bool,
    window: bool,
    full_screen: bool,
    stats: bool,
    screen: bool,
    profile: str | None,
    model: Path | None,
    verbose: bool,
) -> None:
    """Hold a session in front of the camera. Raises FormcheckError before it begins.

    Exits as other programs do after Ctrl-C (130) and when asked to end (143), with everything kept.
    """
    console = Console(stderr=json == "-")
    plan = plan_of(pose, name, None if side == "auto" else Side(side))
    person = person_of(profile) if profile is not None else somebody()
    if person is not None:
        plan = replace(plan, specs=person.asked(plan.specs.values()))
        console.print(person.sentence(plan.specs.values()), markup=False)
    address = parse_camera(camera)
    document = Path(json) if json not in (None, "-") else None
    check_goals([goal for goal in (document, record) if goal is not None])
    if record is not None and record.suffix.lower() not in {".mp4", ".m4v", ".mov"}:
        raise OutputError(f"{record}: --record writes .mp4; give a name that ends so.")
    if window and (missing := display_missing()) is not None:
        raise OutputError(f"{missing} Without a window: --no-window, by sound and voice alone.")
    named = person.name if person is not None and person.name != DEFAULT else None
    answers = screened(console, again=screen, person=named)  # what is true of one person is not of another
    barred = skipped(answers, list(plan.specs)) if answers is not None else {}
    for reason in dict.fromkeys(barred.values()):
        left_out = ", ".join(spec.title for key, spec in plan.specs.items() if barred.get(key) == reason)
        console.print(f"Left out: {left_out}. {reason}", markup=False)
    specs = {key: spec for key, spec in plan.specs.items() if key not in barred} if plan.tasks == ANYTHING else plan.specs
    if set(plan.specs) <= set(barred):
        raise FormcheckError(
            "Not started: every stretch of this session waits for your clinician's word. Once they agree, `formcheck live "
            "--screen` asks the questions again."
        )
    engine_file = obtain(model)
    if not verbose:
        silence_native_messages()

    # Imported late: the questions should not wait for OpenCV.
    from formcheck.engines.blazepose import BlazePose
    from formcheck.live.run import Wishes, run
    from formcheck.practice.practice import Practice

    practice = Practice(
        specs,
        plan.tasks,
        side=None if side == "auto" else Side(side),
        barred=barred,
        muted=mute,
        fit=person.fit if person is not None else None,
    )
    wishes = Wishes(
        plan=plan.name,
        window=window,
        full_screen=full_screen,
        stats=stats,
        muted=mute,
        voice=voice,
        record=record,
        profile=person.name if person is not None else None,
    )
    with stoppable() as stop:
        outcome = run(
            address,
            BlazePose(engine_file),
            practice,
            specs,
            wishes,
            tell=lambda text: print(text, file=sys.stderr, flush=True),
            stopped=stop.wished,
        )
    if json is not None:
        write_text(document, _as_text(plan, outcome.results))
    _print(console, outcome.rows)
    if stop.signal is not None:
        sys.exit(128 + stop.signal)


def _as_text(plan: Plan, results: list[Result]) -> str:
    """One stretch is told as a clip is, a routine as a list of such documents."""
    parts = [result.document for result in results]
    whole = SessionDocument(formcheck_version=__version__, plan=plan.name, stretches=parts) if plan.routine else parts[0]
    return whole.model_dump_json(indent=2) + "\n"


def _print(console: Console, rows: tuple[Row, ...]) -> None:
    if not rows:
        console.print("Nothing was held.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for row in rows:
        held_s = int(row.held_s + _ROUNDING_S)
        done = "skipped" if row.skipped else ("done" if held_s >= row.goal_s else f"{row.goal_s - row.held_s:.0f} s to go")
        side = f"{row.side} side" if row.side is not None else ""
        table.add_row(row.title, side, f"{held_s} s of {row.goal_s:.0f} s", done, row.note or "")
    console.print(table)
