"""What a killed run leaves behind is known as such, and found again wherever it lies.

Temporary folders have a mark that their run keeps locked: the next run that needs one removes those that nobody keeps. A folder
without the mark is not ours, whatever its name. Of films and results that are not finished there is a note each in the data
folder, a file with the path, kept locked as well. Without room for a note the work goes on: it is only that `formcheck data`
does not know of it. A lock is the system's and ends with the process, whatever ends that.
"""

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from formcheck.system.files import NO_LINK, clear_leftovers
from formcheck.system.paths import landmarks_folder, make_data_folder, make_private, slim_folder, unfinished_folder

if sys.platform != "win32":
    import fcntl

_held: dict[str, int] = {}
"""The handles of the notes of this run, by name: as long as they are open they are locked."""


_PREFIX, _MARK = "formcheck-", ".formcheck-in-use"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield an empty folder that only this person can read; it goes with all that is in it. Raises OSError."""
    clear_temporary()
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name) / "files"
        folder.mkdir()
        handle = _marked(Path(name))
        try:
            yield folder
        finally:
            os.close(handle)


def clear_temporary() -> None:
    """Remove what killed runs left among the temporary files. What a run is using now stays. Never fails."""
    for folder in left_folders():
        shutil.rmtree(folder, ignore_errors=True)
    clear_leftovers(Path(tempfile.gettempdir()))


def clear_cache() -> None:
    """Remove what killed processes had begun to write in the cache. What a process is writing now stays. Never fails."""
    for folder in (slim_folder(), landmarks_folder()):
        clear_leftovers(folder)


def left_folders() -> Iterator[Path]:
    """Yield the folders that killed runs of this person left, by name."""
    for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*")):
        with suppress(OSError):
            if _is_own(folder) and _is_left(folder / _MARK):
                yield folder


def _is_own(folder: Path) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == getattr(os, "geteuid", lambda: found.st_uid)()


def _marked(folder: Path) -> int:
    """Mark the folder as in use, at once; return the handle that keeps it so."""
    begun = folder / f"{_MARK}-begun"
    handle = os.open(begun, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    if sys.platform == "win32":
        os.close(handle)
        begun.rename(folder / _MARK)
        return os.open(folder / _MARK, os.O_RDWR)
    with suppress(OSError):  # a file system without locks: then it is seen to by hand
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    begun.rename(folder / _MARK)
    return handle


def _is_left(mark: Path) -> bool:
    """Whether no process keeps it any more. Raises OSError where there is no mark."""
    if sys.platform == "win32":
        mark.unlink()  # fails where a process has it open
        mark.touch()
        return True
    handle = os.open(mark, os.O_RDWR | NO_LINK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(handle)
    return True


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
