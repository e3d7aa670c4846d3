"""Whole files or none: results are written beside their goal and moved there when complete."""

import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from formcheck.core.errors import OutputError

DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)
"""What a disk says when it takes no more."""


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Yield a path to write to; its content takes the place of `path` when the block ends without an error.

    Until then `path` is untouched. A link is followed; a device or a pipe is written to, not replaced. Raises OutputError
    when the folder is missing or cannot be written, or the disk is full.
    """
    check_writable(path)
    goal = path.resolve()
    special = goal.exists() and not goal.is_file()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{goal.stem}-", suffix=goal.suffix, dir=None if special else goal.parent)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}). Choose another place.") from None
    os.close(handle)
    part = Path(name)
    try:
        yield part
        if special:
            with part.open("rb") as source, goal.open("wb") as out:
                shutil.copyfileobj(source, out)
        else:
            part.chmod(0o666 & ~_umask())
            part.replace(goal)
    except OSError as error:
        if error.errno in DISK_ERRORS:
            raise OutputError(f"{path}: cannot be written ({error.strerror}). Make room or choose another place.") from None
        raise
    finally:
        part.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raise OutputError, with what to do about it, when a file could not be put at `path`."""
    folder = path.parent
    if path.is_dir():
        raise OutputError(f"{path}: is a folder. Give the name of a file to write.")
    if not folder.is_dir():
        raise OutputError(f"{path}: the folder {folder} does not exist. Make it first, or choose another place.")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{path}: the folder {folder} cannot be written to. Choose another place.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def check_goals(goals: Sequence[Path]) -> None:
    """Raise OutputError, before minutes of work, where one of `goals` cannot be written or two of them are one file."""
    for i, goal in enumerate(goals):
        check_writable(goal)
        if goal.resolve() in [other.resolve() for other in goals[:i]]:
            raise OutputError(f"{goal}: is named for two outputs. Give each its own file.")


def digest(file: Path) -> str:
    """Return the name of a file's content, its SHA-256. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_text(goal: Path | None, text: str) -> None:
    """Write `text` to the file `goal`, whole or not at all, or for `None` to standard output. Raises OutputError."""
    if goal is None:
        sys.stdout.write(text)
        return
    with atomic_file(goal) as part:
        part.write_text(text, encoding="utf-8")
