"""`formcheck profiles` and its commands."""

from typing import Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.help import HelpfulCommand
from formcheck.cli.options import YesOption
from formcheck.cli.terminal import say
from formcheck.core.durations import DAY
from formcheck.core.wording.language import N_

profiles = typer.Typer(help=N_("List or delete the profiles of people."), rich_markup_mode=None)


@profiles.command("list", cls=HelpfulCommand, epilog="profiles list\nprofiles")
def list_profiles() -> None:
    """List all profiles; `formcheck profiles` alone does the same."""
    from formcheck.cli.reports.tables import Column, WrappedTable
    from formcheck.cli.terminal import console
    from formcheck.core.errors import ProfileError
    from formcheck.people.profile import find_profile, profile_file, profile_names

    if not profile_names():
        say(N_("There is no profile yet. `formcheck calibrate` makes one."))
        return
    rows: list[tuple[str, ...]] = []
    wrong: list[str] = []
    for name in profile_names():
        try:
            profile = find_profile(name)
        except ProfileError as error:
            wrong += error.lines
        else:
            rows.append((name, DAY.format(day=profile.taken.astimezone()), str(profile_file(name))))
    heads = (
        Column(head=N_("profile"), whole=True),
        Column(head=N_("baseline of"), whole=True),
        Column(head=N_("file"), paths=True),
    )
    console().print(WrappedTable(heads, rows))
    if wrong:
        raise ProfileError(*wrong)


@profiles.command("delete", cls=HelpfulCommand, epilog="profiles delete anna")
def delete_profile(
    name: Annotated[
        str, typer.Argument(metavar="NAME", autocompletion=completion.profiles, help=N_("Which one."), show_default=False)
    ],
    yes: YesOption = False,
) -> None:
    """Delete a profile, and what was kept of that person's sessions."""
    from formcheck.cli.terminal import confirmed
    from formcheck.people.person import forget_person
    from formcheck.people.profile import delete_profile, profile_file

    if not profile_file(name).is_file():
        delete_profile(name)  # says so
    if not yes and not confirmed(N_("Delete the profile {name}, and what was kept of its sessions?").format(name=name)):
        say(N_("Nothing was deleted."))
        return
    forget_person(name)
    say(N_("The profile {name} and its sessions are deleted.").format(name=name))
