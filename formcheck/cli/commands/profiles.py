"""`formcheck profiles` and its commands."""

from typing import Annotated

import typer

from formcheck.cli.options import YesOption

profiles = typer.Typer(help="List or delete the profiles of people.", invoke_without_command=True, rich_markup_mode=None)


@profiles.callback()
def list_profiles(context: typer.Context) -> None:
    """Print every profile; raise ProfileError where some cannot be used."""
    if context.invoked_subcommand is not None:
        return
    from rich.console import Console

    from formcheck.cli.reports.tables import Column, WrappedTable
    from formcheck.core.errors import ProfileError
    from formcheck.people.profile import find_profile, profile_file, profile_names

    if not profile_names():
        print("There is no profile yet. `formcheck calibrate` makes one.")
        return
    rows, wrong = [], []
    for name in profile_names():
        try:
            profile = find_profile(name)
        except ProfileError as error:
            wrong.append(str(error))
        else:
            rows.append((name, f"{profile.taken.astimezone():%d %b %Y}", str(profile_file(name))))
    heads = (Column(head="profile", whole=True), Column(head="baseline of", whole=True), Column(head="file", paths=True))
    Console().print(WrappedTable(heads, rows))
    if wrong:
        raise ProfileError("\n".join(wrong))


@profiles.command("delete")
def delete_profile(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which one.", show_default=False)], yes: YesOption = False
) -> None:
    """Delete a profile, and what was kept of that person's sessions."""
    from rich.prompt import Confirm

    from formcheck.people import profile, safety
    from formcheck.people.history.database import Store
    from formcheck.system.paths import history_file

    if not profile.profile_file(name).is_file():
        profile.delete_profile(name)  # says so
    if not yes and not Confirm.ask(f"Delete the profile {name}, and what was kept of its sessions?", default=False):
        print("Nothing was deleted.")
        return
    profile.delete_profile(name)
    safety.delete_answers(name)
    if history_file().is_file():
        with Store(history_file()) as store:
            store.clear(profile=name)
    print(f"The profile {name} and its sessions are deleted.")
