"""`formcheck profiles` and its commands."""

from rich.console import Console
from rich.prompt import Confirm
from rich.table import Table

from formcheck.people import profile as profiles
from formcheck.people import safety
from formcheck.people.history.database import Store
from formcheck.people.profile import ProfileError, find_profile, profile_file, profile_names
from formcheck.system.paths import history_file


def list_profiles() -> None:
    """Print every profile; raise ProfileError where some cannot be used."""
    if not profile_names():
        print("There is no profile yet. `formcheck calibrate` makes one.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("profile", "baseline of", "file"):
        table.add_column(head, no_wrap=head != "file", overflow="fold")
    wrong = []
    for name in profile_names():
        try:
            profile = find_profile(name)
        except ProfileError as error:
            wrong.append(str(error))
        else:
            table.add_row(name, f"{profile.taken.astimezone():%d %b %Y}", str(profile_file(name)))
    Console().print(table)
    if wrong:
        raise ProfileError("\n".join(wrong))


def delete_profile(name: str, *, yes: bool) -> None:
    """Delete a profile, that person's answers and sessions, asking first unless `yes`. Raises FormcheckError."""
    if not profile_file(name).is_file():
        profiles.delete_profile(name)  # says so
    if not yes and not Confirm.ask(f"Delete the profile {name}, and what was kept of its sessions?", default=False):
        print("Nothing was deleted.")
        return
    profiles.delete_profile(name)
    safety.delete_answers(name)
    if history_file().is_file():
        with Store(history_file()) as store:
            store.clear(profile=name)
    print(f"The profile {name} and its sessions are deleted.")
