"""`formcheck data` and its commands: what is kept on this machine, and its deletion."""

import json as json_text
import sys
from typing import Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.help import HelpfulCommand
from formcheck.cli.options import YesOption
from formcheck.core.errors import FormcheckError

_ALL = "all"
_LISTED = 12
"""Of a kind with more files its folder is listed, and how many they are; --json has each."""

data = typer.Typer(help="List or delete what is kept on this machine.", rich_markup_mode=None)


@data.command("list", cls=HelpfulCommand, epilog="data\ndata list --json")
def list_data(json: Annotated[bool, typer.Option("--json", help="Print every file as JSON.")] = False) -> None:
    """List every file that formcheck keeps by itself, its size, and what it is for; `formcheck data` alone does the same."""
    from formcheck.cli.reports.tables import Column, WrappedTable
    from formcheck.cli.terminal import console
    from formcheck.people.kept import KINDS

    found = {kind: [(file, file.lstat().st_size) for file in kind.files()] for kind in KINDS.values()}
    if json:
        files = [
            {"kind": kind.name, "path": str(file), "bytes": size, "use": kind.use}
            for kind, sizes in found.items()
            for file, size in sizes
        ]
        json_text.dump(files, sys.stdout, indent=2)
        print()
        return
    rows = []
    for kind, sizes in found.items():
        many = len(sizes) > _LISTED
        lines = [(f"{sizes[0][0].parent} ({len(sizes)} files)", sum(size for _, size in sizes))] if many else sizes
        for number, (place, size) in enumerate(lines):
            first = number == 0
            rows.append((kind.name if first else "", format_bytes(size), kind.use if first else "", str(place)))
    if not rows:
        print("Nothing is kept.")
        return
    heads = (
        Column(head="kind", whole=True),
        Column(head="size", whole=True, right=True),
        Column(head="what for", least=24),
        Column(head="file", paths=True),
    )
    console().print(WrappedTable(heads, rows))
    print("Films, labels, tables and results lie where you asked for them. `formcheck data delete KIND` deletes a kind.")


@data.command("delete", cls=HelpfulCommand, epilog="data delete landmarks\ndata delete all")
def delete_data(
    kind: Annotated[
        str, typer.Argument(metavar="KIND|all", autocompletion=completion.kept, help="Which kind.", show_default=False)
    ],
    yes: YesOption = False,
) -> None:
    """Delete what is kept of one kind, or all of it; models are fetched again when they are needed."""
    from formcheck.cli.terminal import confirmed
    from formcheck.people.kept import KINDS, delete_kinds
    from formcheck.stretches.validation import known_name

    named = known_name(kind, (*KINDS, _ALL), kind="kind of data", error=FormcheckError)
    kinds = list(KINDS.values()) if named == _ALL else [KINDS[named]]
    there = {one: len(list(one.files())) for one in kinds}
    kept = [f"{one.name} ({count} file{'' if count == 1 else 's'})" for one, count in there.items() if count]
    if not kept:
        print("Nothing of that is kept, so there is nothing to delete.")
        return
    if not yes and not confirmed(f"Delete for good: {', '.join(kept)}?"):
        print("Nothing was deleted.")
        return
    delete_kinds(kinds)
    print(f"Deleted: {', '.join(kept)}.")


def format_bytes(count: int) -> str:
    """Return a size in the unit that makes it short."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"
