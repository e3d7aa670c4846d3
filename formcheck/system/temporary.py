"""Temporary folders. One that a killed run left is known as such, and the next run that needs one removes it.

Each has a mark that its run keeps locked: the lock is the system's and ends with the process, whatever ends that. A folder
without the mark is not ours, whatever its name.
"""

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

if sys.platform != "win32":
    import fcntl

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
