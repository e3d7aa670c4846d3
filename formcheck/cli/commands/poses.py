"""`formcheck poses` and `formcheck routines`: what stretches and routines there are, and whether a file of one is right."""

import json
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from formcheck.core.durations import format_minutes
from formcheck.core.errors import FormcheckError, PoseFileError, RoutineError

poses = typer.Typer(help="List, check and describe pose files.", invoke_without_command=True, rich_markup_mode=None)
routines = typer.Typer(help="List and check routines.", invoke_without_command=True, rich_markup_mode=None)


@poses.callback()
def list_poses(context: typer.Context) -> None:
    """Print the shipped stretches."""
    if context.invoked_subcommand is not None:
        return
    from rich.console import Console

    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.stretches.files import load_stretches

    heads = columns("stretch", "hold", "what to do", whole=("stretch", "hold"))
    rows = [(spec.name, f"{spec.hold_s:.0f} s a side", spec.instruction) for spec in load_stretches()]
    Console().print(WrappedTable(heads, rows))


@poses.command("check")
def check_poses(
    names: Annotated[list[str], typer.Argument(metavar="NAME|FILE...", help="Stretches or pose files.", show_default=False)],
) -> None:
    """Check pose files; every fault is reported at once."""
    from formcheck.stretches.files import find_stretch

    def describe(name: str) -> str:
        spec = find_stretch(name)
        return f"{spec.title}, {len(spec.targets)} targets, {len(spec.faults)} faults"

    _check_each(names, describe, PoseFileError)


@poses.command("measures")
def print_measures() -> None:
    """Print the table of measures that pose files can speak of."""
    from rich.console import Console

    from formcheck.cli.reports.tables import Column, WrappedTable
    from formcheck.core.measures import MEASURES

    heads = (
        Column(head="measure", whole=True),
        Column(head="in words", whole=True),
        Column(head="0 degrees"),
        Column(head="positive"),
        Column(head="what it tells", least=24),
    )
    Console().print(
        WrappedTable(heads, [(row.name, row.name_with_leg, row.zero, row.positive, row.meaning) for row in MEASURES.values()])
    )


@poses.command("schema")
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


@routines.callback()
def list_routines(context: typer.Context) -> None:
    """Print the shipped routines and the person's own; raise RoutineError where some cannot be used."""
    if context.invoked_subcommand is not None:
        return
    from rich.console import Console

    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.stretches import duration_s, expand
    from formcheck.stretches.routine_files import load_routines, specs_of
    from formcheck.system.paths import routines_folder

    known, wrong = load_routines(routines_folder())
    rows = []
    for routine in known:
        specs = specs_of(routine)
        rows.append(
            (routine.name, routine.title, format_minutes(duration_s(expand(routine, specs)), from_s=90), ", ".join(specs))
        )
    heads = columns("routine", "title", "time", "stretches", whole=("routine", "time"))
    Console().print(WrappedTable(heads, rows))
    if wrong:
        raise RoutineError("\n".join(map(str, wrong)))


@routines.command("check")
def check_routines(
    names: Annotated[list[str], typer.Argument(metavar="NAME|FILE...", help="Routines or files of one.", show_default=False)],
) -> None:
    """Check routine files; every fault is reported at once."""
    from formcheck.stretches import duration_s, expand
    from formcheck.stretches.routine_files import find_routine, specs_of
    from formcheck.system.paths import routines_folder

    def describe(name: str) -> str:
        routine = find_routine(name, routines_folder())
        bouts = expand(routine, specs_of(routine))
        return f"{routine.title}, {len(bouts)} holds, {format_minutes(duration_s(bouts), from_s=90)}"

    _check_each(names, describe, RoutineError)


def _check_each(names: list[str], describe: Callable[[str], str], fault: type[FormcheckError]) -> None:
    """Print what each file is, `describe` of its name or path; raise all faults at once."""
    from formcheck.stretches.files import resolve_name_or_path

    wrong = []
    for name in names:
        try:
            print(f"{name}: good ({describe(resolve_name_or_path(name))})")
        except fault as error:
            wrong.append(str(error))
    if wrong:
        raise fault("\n".join(wrong))
