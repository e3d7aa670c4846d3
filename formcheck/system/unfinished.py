"""Where the films and results lie that are not finished yet: what a killed run leaves of them is found again, wherever it is.

For each there is a note in the data folder while it is not finished, a file with its path, which its run keeps locked. Without
room for a note the work goes on: it is only that `formcheck data` does not know of it.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from formcheck.system.files import NO_LINK
from formcheck.system.paths import make_data_folder, make_private, unfinished_folder

if sys.platform != "win32":
    import fcntl

_held: dict[str, int] = {}
"""The handles of the notes of this run, by name: as long as they are open they are locked."""


def note_unfinished(path: Path) -> None:
    """Note that this run has begun the file at `path`. Never fails."""
    with suppress(OSError):
        make_data_folder()
        note = make_private(unfinished_folder()) / _name(path)
        handle = os.open(note, os.O_RDWR | os.O_CREAT | NO_LINK, 0o600)
        _release(note.name)
        _held[note.name] = handle
        if sys.platform != "win32":
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(handle, 0)
        os.write(handle, os.fsencode(path.absolute()))


def forget_unfinished(path: Path) -> None:
    """Take in that it is finished, or gone. Never fails."""
    _release(_name(path))
    with suppress(OSError):
        (unfinished_folder() / _name(path)).unlink(missing_ok=True)
        unfinished_folder().rmdir()  # where it is empty


def unfinished_files() -> Iterator[Path]:
    """Yield what runs that are over left unfinished, and the notes of it, by name. A note of what is gone is removed."""
    for note in sorted(unfinished_folder().glob("*.path")):
        with suppress(OSError, ValueError):
            path = Path(os.fsdecode(note.read_bytes()))
            if _is_at_work(note):
                continue
            if path.is_file():
                yield from (note, path)
            else:
                forget_unfinished(path)


def _is_at_work(note: Path) -> bool:
    if sys.platform == "win32":
        return note.name in _held
    handle = os.open(note, os.O_RDWR | NO_LINK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _release(name: str) -> None:
    if (handle := _held.pop(name, None)) is not None:
        os.close(handle)


def _name(path: Path) -> str:
    return f"{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]}.path"
