"""`formcheck history` and its commands."""

import dataclasses
import json as json_text
import sys
from datetime import datetime
from typing import Annotated

import typer

from formcheck.cli.options import YesOption

history = typer.Typer(help="Show or delete what was done.", invoke_without_command=True, rich_markup_mode=None)


@history.callback()
def show_history(
    context: typer.Context,
    last: Annotated[int, typer.Option(min=0, metavar="N", help="Show the last N sessions; 0 is all of them.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="Those of one person only.")] = None,
) -> None:
    """Print the last sessions, the newest last, what was held in all, and how far it went. Raises HistoryError.

    Those of `profile`, if one is given; how far it went is printed for one person only.
    """
    if context.invoked_subcommand is not None:
        return
    from formcheck.people.history import Entry, Total
    from formcheck.system.paths import history_file

    every: tuple[Entry, ...] = ()
    totals: tuple[Total, ...] = ()
    if history_file().is_file():  # to look is no reason to make one
        from formcheck.people.history.database import Store

        with Store(history_file()) as store:
            every, totals = tuple(store.recent(profile=profile)), tuple(store.totals(profile=profile))
    entries = every[: last or None][::-1]
    if json:
        json_text.dump([dataclasses.asdict(entry) for entry in entries], sys.stdout, indent=2, default=datetime.isoformat)
        print()
        return
    from formcheck.cli.reports.history import print_history

    print_history(entries, every, totals, profile)


@history.command("delete")
def delete_history(yes: YesOption = False) -> None:
    """Delete all that is kept about you: the history, the profiles, and your answers to the safety questions."""
    from rich.prompt import Confirm

    from formcheck.people import profile, safety
    from formcheck.people.history import database
    from formcheck.system.paths import history_file

    if not (history_file().exists() or safety.answers_file().exists() or profile.profile_names()):
        print("Nothing is kept, so there is nothing to delete.")
        return
    if not yes and not Confirm.ask(
        "Delete the whole history, all profiles and your answers to the safety questions?", default=False
    ):
        print("Nothing was deleted.")
        return
    safety.delete_answers()
    for name in profile.profile_names():
        profile.delete_profile(name)
        safety.delete_answers(name)
    if history_file().exists():
        database.delete_history(history_file())
    print("The history, the profiles and your answers are deleted. Your own routines are still there.")
