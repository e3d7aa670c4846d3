"""`formcheck poses` and `formcheck routines`: what stretches and routines there are, and whether a file of one is right."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.help import HelpfulCommand
from formcheck.cli.terminal import say
from formcheck.core.durations import format_minutes
from formcheck.core.errors import FormcheckError, PoseFileError, RoutineError
from formcheck.core.wording import TO_THE_END

if TYPE_CHECKING:
    from formcheck.stretches import Bout, StretchSpec

poses = typer.Typer(help="List the stretches; check and describe pose files.", rich_markup_mode=None)
routines = typer.Typer(help="List and check routines.", rich_markup_mode=None)


@poses.command("list", cls=HelpfulCommand, epilog="poses list\nposes")
def list_poses() -> None:
    """List the shipped stretches; `formcheck poses` alone does the same."""
    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.cli.terminal import console
    from formcheck.stretches.files import find_stretch, stretch_names

    heads = columns("stretch", "hold", "what to do", whole=("stretch", "hold"))
    rows: list[tuple[str, str, str]] = []
    wrong: list[str] = []
    for name in stretch_names():
        try:
            spec = find_stretch(name)
        except PoseFileError as error:
            wrong += error.lines
        else:
            rows.append((spec.name, _hold(spec), spec.instruction))
    console().print(WrappedTable(heads, rows))
    if wrong:
        raise PoseFileError(*wrong)


@poses.command("check", cls=HelpfulCommand, epilog="poses check mine.toml\nposes check kneeling_hip_flexor")
def check_poses(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME|FILE",
            autocompletion=completion.stretches,
            help="Stretches or checks, or files of one.",
            show_default=False,
        ),
    ],
) -> None:
    """Check pose files and files of checks; all faults of all of them are told at once."""
    from formcheck.stretches.check_files import find_check, is_check
    from formcheck.stretches.files import find_stretch
    from formcheck.system.paths import checks_folder

    def describe(name: str) -> str:
        if is_check(name, checks_folder()):
            check = find_check(name, checks_folder())
            return f"{check.title}, {len(check.readings)} readings, {len(check.witnesses)} witnesses"
        spec = find_stretch(name)
        return f"{spec.title}, {len(spec.targets)} targets, {len(spec.faults)} faults"

    _check_each(names, describe, PoseFileError)


@poses.command("measures", cls=HelpfulCommand, epilog="poses measures")
def print_measures() -> None:
    """List the measures that pose files can speak of: their zero, their sign, what they tell."""
    from formcheck.cli.reports.tables import Column, WrappedTable
    from formcheck.cli.terminal import console
    from formcheck.core.measures import MEASURES

    heads = (
        Column(head="measure", whole=True),
        Column(head="in words", whole=True),
        Column(head="0 degrees"),
        Column(head="positive"),
        Column(head="what it tells", least=24),
    )
    console().print(
        WrappedTable(heads, [(row.name, row.name_with_leg, row.zero, row.positive, row.meaning) for row in MEASURES.values()])
    )


@poses.command("schema", cls=HelpfulCommand, epilog="poses schema > pose.schema.json")
def print_schema() -> None:
    """Print the JSON Schema of pose files, for editors."""
    from formcheck.stretches import StretchSpec

    schema = StretchSpec.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "formcheck pose file"
    # The name is taken from the file's own name.
    schema["required"] = [key for key in schema["required"] if key != "name"]
    json.dump(schema, sys.stdout, indent=2)
    print()


@routines.command("list", cls=HelpfulCommand, epilog="routines list\nroutines")
def list_routines() -> None:
    """List the shipped routines and your own; `formcheck routines` alone does the same."""
    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.cli.terminal import console
    from formcheck.stretches import expand
    from formcheck.stretches.routine_files import load_routines, specs_of
    from formcheck.system.paths import routines_folder

    known, wrong = load_routines(routines_folder())
    rows = []
    for routine in known:
        specs = specs_of(routine)
        rows.append((routine.name, routine.title, _length(expand(routine, specs)), ", ".join(specs)))
    heads = columns("routine", "title", "time", "stretches", whole=("routine", "time"))
    console().print(WrappedTable(heads, rows))
    if wrong:
        raise RoutineError(*(line for error in wrong for line in error.lines))


@routines.command("check", cls=HelpfulCommand, epilog="routines check evening.toml\nroutines check psoas_relief")
def check_routines(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME|FILE", autocompletion=completion.routines, help="Routines or files of one.", show_default=False
        ),
    ],
) -> None:
    """Check routine files; all faults of all of them are told at once."""
    from formcheck.stretches import expand
    from formcheck.stretches.routine_files import find_routine, specs_of
    from formcheck.system.paths import routines_folder

    def describe(name: str) -> str:
        routine = find_routine(name, routines_folder())
        bouts = expand(routine, specs_of(routine))
        return f"{routine.title}, {len(bouts)} holds, {_length(bouts)}"

    _check_each(names, describe, RoutineError)


def _hold(spec: "StretchSpec") -> str:
    """How long it is held."""
    if spec.hold_s is None:
        return TO_THE_END
    return f"{spec.hold_s:.0f} s a side" if spec.legs is not None else f"{spec.hold_s:.0f} s"


def _length(bouts: "Sequence[Bout]") -> str:
    """How long it takes; nobody knows of what is held to the end."""
    from formcheck.stretches import duration_s

    length, open_ended = format_minutes(duration_s(bouts), from_s=90), sum(bout.hold_s is None for bout in bouts)
    return f"{length}, and {open_ended} {TO_THE_END}" if open_ended else length


def _check_each(names: list[str], describe: Callable[[str], str], fault: type[FormcheckError]) -> None:
    """Print what each file is, `describe` of its name or path; raise all faults at once."""
    from formcheck.stretches.files import resolve_name_or_path

    wrong: list[str] = []
    for name in names:
        try:
            say(f"{name}: good ({describe(resolve_name_or_path(name))})")
        except fault as error:
            wrong += error.lines
    if wrong:
        raise fault(*wrong)
