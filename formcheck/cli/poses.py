"""`formcheck poses` and its commands."""

import json
import sys

from rich.console import Console
from rich.table import Table

from formcheck.cli.given import as_given
from formcheck.errors import PoseFileError
from formcheck.measures import MEASURES
from formcheck.posefile import PoseSpec, find, load_all


def list_poses() -> None:
    """Print the shipped stretches."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("stretch", "hold", "what to do"):
        table.add_column(head, no_wrap=head != "what to do")
    for spec in load_all():
        table.add_row(spec.name, f"{spec.hold_s:.0f} s a side", spec.instruction)
    Console().print(table)


def check(given: list[str]) -> None:
    """Check every file or name; raise PoseFileError with the faults of all of them."""
    wrong = []
    for text in given:
        try:
            spec = find(as_given(text))
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
    schema = PoseSpec.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "formcheck pose file"
    # The name is taken from the file's own name.
    schema["required"] = [key for key in schema["required"] if key != "name"]
    json.dump(schema, sys.stdout, indent=2)
    print()
