"""Where the person's own files lie: one folder with history, profiles, answers and routines, to be moved whole."""

import os
from pathlib import Path

import platformdirs

VARIABLE = "FORMCHECK_DATA"
"""The environment variable that names another folder."""


def data_folder() -> Path:
    """Return the folder of all that is the person's, whether or not it is there yet."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else platformdirs.user_data_path("formcheck", appauthor=False)


def make_data_folder() -> Path:
    """Make the folder if need be; return it. Only the person may read it: it is about their health. Raises OSError."""
    folder = data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def routines_folder() -> Path:
    """Return the folder of the person's own routines, whether or not it is there yet."""
    return data_folder() / "routines"


def profiles_folder() -> Path:
    """Return the folder of the profiles, whether or not it is there yet."""
    return data_folder() / "profiles"


def history_file() -> Path:
    """Return the path of the history's database, whether or not there is one yet."""
    return data_folder() / "history.db"
