"""`formcheck poses` and `formcheck routines`: the stretches and the routines there are, and whether a file of one is right."""

import json
import sys

from rich.console import Console
from rich.table import Table

from formcheck.core.errors import PoseFileError
from formcheck.core.measures import MEASURES
from formcheck.stretches import StretchSpec, duration_s, expand
from formcheck.stretches.files import find_stretch, load_stretches, resolve_name_or_path
from formcheck.stretches.routine_files import RoutineError, find_routine, load_routines, specs_of


def list_poses() -> None:
    """Print the shipped stretches."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("stretch", "hold", "what to do"):
        table.add_column(head, no_wrap=head != "what to do")
    for spec in load_stretches():
        table.add_row(spec.name, f"{spec.hold_s:.0f} s a side", spec.instruction)
    Console().print(table)


def check_poses(given: list[str]) -> None:
    """Check every file or name; raise PoseFileError with the faults of all of them."""
    wrong = []
    for text in given:
        try:
            spec = find_stretch(resolve_name_or_path(text))
        except PoseFileError as error:
            wrong.append(str(error))
        else:
            print(f"{text}: good ({spec.title}, {len(spec.targets)} targets, {len(spec.faults)} faults)")
    if wrong:
        raise PoseFileError("\n".join(wrong))


def print_measures() -> None:
    """Print the table of measures."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("measure", no_wrap=True)
    table.add_column("0 degrees")
    table.add_column("positive")
    table.add_column("what it tells", min_width=24)
    for row in MEASURES.values():
        table.add_row(row.name, row.zero, row.positive, row.meaning)
    Console().print(table)


def print_schema() -> None:
    """Print the JSON Schema of a pose file."""
    schema = StretchSpec.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "formcheck pose file"
    # The name is taken from the file's own name.
    schema["required"] = [key for key in schema["required"] if key != "name"]
    json.dump(schema, sys.stdout, indent=2)
    print()


def list_routines() -> None:
    """Print the shipped routines and the person's own; raise RoutineError where some cannot be used."""
    routines, wrong = load_routines()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("routine", "title", "time", "stretches"):
        table.add_column(head, no_wrap=head in ("routine", "time"))
    for routine in routines:
        specs = specs_of(routine)
        table.add_row(routine.name, routine.title, _minutes(duration_s(expand(routine, specs))), ", ".join(specs))
    Console().print(table)
    if wrong:
        raise RoutineError("\n".join(map(str, wrong)))


def check_routines(given: list[str]) -> None:
    """Check every file or name; raise RoutineError with the faults of all of them."""
    wrong = []
    for text in given:
        try:
            routine = find_routine(resolve_name_or_path(text))
        except RoutineError as error:
            wrong.append(str(error))
        else:
            bouts = expand(routine, specs_of(routine))
            print(f"{text}: good ({routine.title}, {len(bouts)} holds, {_minutes(duration_s(bouts))})")
    if wrong:
        raise RoutineError("\n".join(wrong))


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
