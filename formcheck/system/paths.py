"""Where all that belongs to the person lies: history, answers, routines of their own. One folder, to be moved whole.

Where the history lies.
"""

import os
from pathlib import Path

import platformdirs

VARIABLE = "FORMCHECK_DATA"
"""The environment variable that names another folder."""


def data_folder() -> Path:
    """Return the folder, whether or not it is there yet."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else platformdirs.user_data_path("formcheck", appauthor=False)


def make_data_folder() -> Path:
    """Return the folder, made if need be, for the person's eyes alone: it tells of their health. Raises OSError."""
    folder = data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def history_file() -> Path:
    """Return the database's path, whether or not there is one yet."""
    return data_folder() / "history.db"
