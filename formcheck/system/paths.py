"""Where the person's own files lie: one folder with history, profiles, answers and routines, to be moved whole, and the cache
folder, which has what can be fetched or made again. Only the person may read either: they are about a body.
"""

import os
from contextlib import suppress
from pathlib import Path

import platformdirs

VARIABLE = "FORMCHECK_DATA"
"""The environment variable that names another folder."""


def data_folder() -> Path:
    """Return the folder of all that is the person's, whether or not it is there yet."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else platformdirs.user_data_path("formcheck", appauthor=False)


def make_data_folder() -> Path:
    """Make the folder of all that is the person's if need be; return it. Raises OSError.

    One that the person named, and that is there, may have other things in it and stays as it is: each file is private.
    """
    folder = data_folder()
    if VARIABLE in os.environ and folder.is_dir():
        return folder
    return make_private(folder)


def cache_folder() -> Path:
    """Return the folder of what can be fetched or made again, whether or not it is there yet."""
    return platformdirs.user_cache_path("formcheck", appauthor=False)


def models_folder() -> Path:
    """Return the folder of the pose models that were fetched."""
    return cache_folder()


def slim_folder() -> Path:
    """Return the folder of the models as they are run."""
    return cache_folder() / "slim"


def landmarks_folder() -> Path:
    """Return the folder of what was seen in clips."""
    return cache_folder() / "sightings"


def make_cache_folder(folder: Path) -> Path:
    """Make the cache folder if need be, and `folder` in it; return that. Raises OSError."""
    make_private(cache_folder())
    return make_private(folder)


def make_private(folder: Path) -> Path:
    """Make `folder` if need be, and let nobody but the person read it, whoever made it; return it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        with suppress(OSError):  # another person's, or on a disk without rights
            folder.chmod(0o700)
    return folder


def routines_folder() -> Path:
    """Return the folder of the person's own routines, whether or not it is there yet."""
    return data_folder() / "routines"


def checks_folder() -> Path:
    """Return the folder of the person's own checks, whether or not it is there yet."""
    return data_folder() / "checks"


def programmes_folder() -> Path:
    """Return the folder of the person's own programmes, whether or not it is there yet."""
    return data_folder() / "programmes"


def blocks_folder() -> Path:
    """Return the folder of the person's own guided blocks, whether or not it is there yet."""
    return data_folder() / "blocks"


def profiles_folder() -> Path:
    """Return the folder of the profiles, whether or not it is there yet."""
    return data_folder() / "profiles"


def films_folder() -> Path:
    """Return the folder of the films of sessions in the app, whether or not it is there yet."""
    return data_folder() / "films"


def unfinished_folder() -> Path:
    """Return the folder of the notes where unfinished films and results lie, whether or not it is there yet."""
    return data_folder() / "unfinished"


def history_file() -> Path:
    """Return the path of the history's database, whether or not there is one yet."""
    return data_folder() / "history.db"
