"""Where the history lies."""

from pathlib import Path

from formcheck.datafolder import data_folder


def history_file() -> Path:
    """Return the database's path, whether or not there is one yet."""
    return data_folder() / "history.db"
