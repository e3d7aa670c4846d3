"""`formcheck routines` and its commands."""

from rich.console import Console
from rich.table import Table

from formcheck.cli.given import as_given
from formcheck.routine import RoutineError, duration_s, expand, find, load_all, specs_of


def list_routines() -> None:
    """Print the shipped routines and the person's own; raise RoutineError where some cannot be used."""
    routines, wrong = load_all()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("routine", "title", "time", "stretches"):
        table.add_column(head, no_wrap=head in ("routine", "time"))
    for routine in routines:
        specs = specs_of(routine)
        table.add_row(routine.name, routine.title, _minutes(duration_s(expand(routine, specs))), ", ".join(specs))
    Console().print(table)
    if wrong:
        raise RoutineError("\n".join(map(str, wrong)))


def check(given: list[str]) -> None:
    """Check every file or name; raise RoutineError with the faults of all of them."""
    wrong = []
    for text in given:
        try:
            routine = find(as_given(text))
        except RoutineError as error:
            wrong.append(str(error))
        else:
            bouts = expand(routine, specs_of(routine))
            print(f"{text}: good ({routine.title}, {len(bouts)} holds, {_minutes(duration_s(bouts))})")
    if wrong:
        raise RoutineError("\n".join(wrong))


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
