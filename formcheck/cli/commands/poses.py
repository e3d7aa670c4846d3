"""`formcheck poses` and `formcheck routines`: what stretches, blocks and routines there are, and whether a file is right."""

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from formcheck.cli import completion
from formcheck.cli.help import HelpfulCommand
from formcheck.cli.terminal import say
from formcheck.core.durations import format_minutes
from formcheck.core.errors import BlockError, FormcheckError, PoseFileError, ProgrammeError, RoutineError
from formcheck.core.wording import TO_THE_END
from formcheck.core.wording.language import N_

if TYPE_CHECKING:
    from formcheck.stretches import StretchSpec
    from formcheck.stretches.files import NamedFiles
    from formcheck.stretches.routine import BlockBout, Bout

UNTRANSLATED = N_("{name}: {table} has no {keys}; there it stays English.")

poses = typer.Typer(help="List the stretches and guided blocks; check and describe their files.", rich_markup_mode=None)
routines = typer.Typer(help="List and check routines and programmes.", rich_markup_mode=None)


@poses.command("list", cls=HelpfulCommand, epilog="poses list\nposes")
def list_poses() -> None:
    """List the shipped stretches, and all guided blocks; `formcheck poses` alone does the same."""
    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.cli.terminal import console
    from formcheck.stretches.block_files import BLOCKS
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
    blocks, faulty = BLOCKS.load()
    heads = columns("guided block", "time", "what it is for", whole=("guided block", "time"))
    console().print()
    console().print(
        WrappedTable(heads, [(block.name, format_minutes(block.total_s, from_s=90), block.purpose) for block in blocks])
    )
    wrong += [line for error in faulty for line in error.lines]
    if wrong:
        raise PoseFileError(*wrong)


@poses.command("check", cls=HelpfulCommand, epilog="poses check mine.toml\nposes check kneeling_hip_flexor")
def check_poses(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME|FILE",
            autocompletion=completion.checked,
            help="Stretches, guided blocks, checks, or files of one.",
            show_default=False,
        ),
    ],
) -> None:
    """Check pose files, and files of guided blocks and checks; all faults of all of them are told at once."""
    from formcheck.stretches.block_files import BLOCKS
    from formcheck.stretches.check_files import CHECKS
    from formcheck.stretches.files import find_stretch

    def describe(name: str) -> str:
        if CHECKS.has(name):
            check = CHECKS.find(name)
            return f"{check.title}, {len(check.readings)} readings, {len(check.witnesses)} witnesses"
        if BLOCKS.has(name):
            block = BLOCKS.find(name)
            return f"{block.title}, {len(block.phases)} phases, {format_minutes(block.total_s, from_s=90)}"
        spec = find_stretch(name)
        return f"{spec.title}, {len(spec.targets)} targets, {len(spec.faults)} faults"

    _check_each(names, describe, PoseFileError, BlockError)
    _tell_untranslated(names)


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


class FileKind(StrEnum):
    """What a file describes."""

    POSE = "pose"
    BLOCK = "block"


@poses.command("schema", cls=HelpfulCommand, epilog="poses schema > pose.schema.json\nposes schema block > block.schema.json")
def print_schema(
    kind: Annotated[
        FileKind, typer.Argument(metavar="KIND", help="pose: of pose files; block: of files of guided blocks.")
    ] = FileKind.POSE,
) -> None:
    """Print the JSON Schema of pose files, or of block files, for editors."""
    from formcheck.stretches import StretchSpec
    from formcheck.stretches.blocks import BlockSpec

    schema = (StretchSpec if kind is FileKind.POSE else BlockSpec).model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"formcheck {kind} file"
    # The name is taken from the file's own name.
    schema["required"] = [key for key in schema["required"] if key != "name"]
    json.dump(schema, sys.stdout, indent=2)
    print()


@routines.command("list", cls=HelpfulCommand, epilog="routines list\nroutines")
def list_routines() -> None:
    """List the shipped routines and programmes and your own; `formcheck routines` alone does the same."""
    from formcheck.cli.reports.tables import WrappedTable, columns
    from formcheck.cli.terminal import console
    from formcheck.stretches.programmes.files import PROGRAMMES
    from formcheck.stretches.routine_files import ROUTINES, bouts_of

    known, wrong = ROUTINES.load()
    rows = []
    for routine in known:
        parts = ", ".join(dict.fromkeys(step.name for step in routine.steps))
        rows.append((routine.name, routine.title, _length(bouts_of(routine)), parts))
    heads = columns("routine", "title", "time", "stretches", whole=("routine", "time"))
    console().print(WrappedTable(heads, rows))
    programmes, faulty = PROGRAMMES.load()
    console().print()
    heads = columns("programme", "title", "levels", whole=("programme",))
    levels = ((one.name, one.title, ", ".join(level.title for level in one.levels)) for one in programmes)
    console().print(WrappedTable(heads, list(levels)))
    if wrong or faulty:
        raise RoutineError(*(line for error in (*wrong, *faulty) for line in error.lines))


@routines.command("check", cls=HelpfulCommand, epilog="routines check evening.toml\nroutines check psoas_relief")
def check_routines(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME|FILE",
            autocompletion=completion.routines_and_programmes,
            help="Routines or programmes, or files of one.",
            show_default=False,
        ),
    ],
) -> None:
    """Check routine files and programme files; all faults of all of them are told at once."""
    from formcheck.stretches.programmes.files import PROGRAMMES
    from formcheck.stretches.routine import Bout
    from formcheck.stretches.routine_files import ROUTINES, bouts_of

    def describe(name: str) -> str:
        if PROGRAMMES.has(name):
            programme = PROGRAMMES.find(name)
            return f"{programme.title}, {len(programme.levels)} levels, {len(programme.rules)} rules"
        routine = ROUTINES.find(name)
        bouts = bouts_of(routine)
        holds = sum(isinstance(bout, Bout) for bout in bouts)
        guided = f"{len(bouts) - holds} guided, " if len(bouts) > holds else ""
        return f"{routine.title}, {holds} holds, {guided}{_length(bouts)}"

    _check_each(names, describe, RoutineError, ProgrammeError)
    _tell_untranslated(names)


def _hold(spec: "StretchSpec") -> str:
    """How long it is held."""
    if spec.hold_s is None:
        return TO_THE_END
    return f"{spec.hold_s:.0f} s a side" if spec.legs is not None else f"{spec.hold_s:.0f} s"


def _length(bouts: "Sequence[Bout | BlockBout]") -> str:
    """How long it takes; nobody knows of what is held to the end."""
    from formcheck.stretches.routine import Bout, duration_s

    length = format_minutes(duration_s(bouts), from_s=90)
    open_ended = sum(isinstance(bout, Bout) and bout.hold_s is None for bout in bouts)
    return f"{length}, and {open_ended} {TO_THE_END}" if open_ended else length


def _check_each(names: list[str], describe: Callable[[str], str], *faults: type[FormcheckError]) -> None:
    """Print what each file is, `describe` of its name or path; raise all faults at once."""
    from formcheck.stretches.files import resolve_name_or_path

    wrong: list[str] = []
    for name in names:
        try:
            say(f"{name}: good ({describe(resolve_name_or_path(name))})")
        except faults as error:
            wrong += error.lines
    if wrong:
        raise faults[0](*wrong)


def _tell_untranslated(names: list[str]) -> None:
    """Print what the translations of each of these files lack, which are all in order."""
    from formcheck.stretches.block_files import BLOCKS
    from formcheck.stretches.check_files import CHECKS
    from formcheck.stretches.files import find_stretch, resolve_name_or_path
    from formcheck.stretches.programmes.files import PROGRAMMES
    from formcheck.stretches.routine_files import ROUTINES
    from formcheck.stretches.validation.translations import untranslated

    kinds: tuple[NamedFiles[Any], ...] = (CHECKS, BLOCKS, PROGRAMMES, ROUTINES)
    for name in names:
        path = resolve_name_or_path(name)
        kind = next((kind for kind in kinds if kind.has(path)), None)
        for language, keys in untranslated(kind.find(path) if kind is not None else find_stretch(path)).items():
            say(UNTRANSLATED.format(name=name, table=f"[text.{language}]", keys=", ".join(keys)))
