"""`formcheck live`: everything is looked for before the first picture, so that nothing fails once the person is on the mat."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.cli.model import obtain
from formcheck.cli.plan import plan_of
from formcheck.cli.quiet import silence_native_messages
from formcheck.errors import FormcheckError, OutputError
from formcheck.files import check_goals, write_text
from formcheck.outputs.display import display_missing
from formcheck.practice.stage import Row
from formcheck.practice.tasks import ANYTHING
from formcheck.safety import screened, skipped
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
    model: Path | None,
    verbose: bool,
) -> None:
    """Hold a session in front of the camera. Raises FormcheckError before it begins.

    Exits as other programs do after Ctrl-C (130) and when asked to end (143), with everything kept.
    """
    console = Console(stderr=json == "-")
    plan = plan_of(pose, name, None if side == "auto" else Side(side))
    address = parse_camera(camera)
    goal = Path(json) if json not in (None, "-") else None
    check_goals([one for one in (goal, record) if one is not None])
    if record is not None and record.suffix.lower() not in {".mp4", ".m4v", ".mov"}:
        raise OutputError(f"{record}: --record writes .mp4; give a name that ends so.")
    if window and (missing := display_missing()) is not None:
        raise OutputError(f"{missing} Without a window: --no-window, by sound and voice alone.")
    answers = screened(console, again=screen)
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
    from formcheck.live.report import document
    from formcheck.live.run import Wishes, run
    from formcheck.practice.practice import Practice

    practice = Practice(specs, plan.tasks, side=None if side == "auto" else Side(side), barred=barred, muted=mute)
    wishes = Wishes(plan=plan.name, window=window, full_screen=full_screen, stats=stats, muted=mute, voice=voice, record=record)
    with _stoppable() as stop:
        outcome = run(
            address,
            BlazePose(engine_file),
            practice,
            specs,
            wishes,
            tell=lambda text: print(text, file=sys.stderr, flush=True),
            stopped=lambda: stop.signal is not None,
        )
    if json is not None:
        told = document(plan.name, outcome.results, practice, routine=plan.routine)
        write_text(goal, told.model_dump_json(indent=2) + "\n")
    _print(console, outcome.rows)
    if stop.signal is not None:
        sys.exit(128 + stop.signal)


def _print(console: Console, rows: tuple[Row, ...]) -> None:
    begun = [row for row in rows if row.begun]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for row in begun:
        held_s = int(row.held_s + _ROUNDING_S)
        done = "skipped" if row.skipped else ("done" if held_s >= row.goal_s else f"{row.goal_s - row.held_s:.0f} s to go")
        side = f"{row.side} side" if row.side is not None else ""
        table.add_row(row.title, side, f"{held_s} s of {row.goal_s:.0f} s", done, row.note or "")
    console.print(table if begun else "Nothing was held.")
    waiting = dict.fromkeys(f"{row.title}, {row.side or 'either'} side" for row in rows if not row.begun)
    if waiting:
        console.print(f"Not started: {'; '.join(waiting)}.")


class _Stop:
    """Ctrl-C, once, or the request of the system: the session comes to an orderly end."""

    signal: int | None = None


@contextmanager
def _stoppable() -> Iterator[_Stop]:
    stop = _Stop()

    def wish(number: int, _frame: object) -> None:
        stop.signal = number
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a second Ctrl-C ends at once

    before = signal.signal(signal.SIGINT, wish)
    terminate = signal.signal(signal.SIGTERM, wish)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, terminate)
