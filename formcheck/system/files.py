"""Files written whole or not at all: a result is written beside its place and moved there when complete."""

import errno
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from formcheck.core.errors import OutputError
from formcheck.core.plain_text import quiet_json
from formcheck.system.inputs import real_path, refuse_special

DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)
"""Error numbers of a disk that takes no more."""

NAME_ERRORS = (errno.ENAMETOOLONG, errno.ELOOP, errno.EACCES)
"""Error numbers of a name by which nothing can be had: too long, a link to itself, in a folder that is barred."""


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Yield a path to write to; its content takes the place of `path` when the block ends without an error.

    Until then `path` is untouched. A link is followed; a device or a pipe is written to, not replaced. Raises OutputError
    when the folder is missing or cannot be written, or the disk is full.
    """
    check_writable(path)
    output_path = real_path(path)
    special = output_path.exists() and not output_path.is_file()
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{output_path.stem}-", suffix=output_path.suffix, dir=None if special else output_path.parent
        )
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}). Choose another place.") from None
    os.close(handle)
    part = Path(name)
    try:
        yield part
        if special:
            with part.open("rb") as source, output_path.open("wb") as out:
                shutil.copyfileobj(source, out)
        else:
            mask = os.umask(0)
            os.umask(mask)
            part.chmod(0o666 & ~mask)
            part.replace(output_path)
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


def check_output_paths(output_paths: Sequence[Path]) -> None:
    """Raise OutputError, before minutes of work, where one of `output_paths` cannot be written or two of them are one file."""
    for i, output_path in enumerate(output_paths):
        check_writable(output_path)
        if real_path(output_path) in [real_path(other) for other in output_paths[:i]]:
            raise OutputError(f"{output_path}: is named for two outputs. Give each its own file.")


def digest(file: Path) -> str:
    """Return the name of a file's content, its SHA-256. Raises OSError."""
    refuse_special(file)
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_json(output_path: Path | None, text: str) -> None:
    """Write `text`, which is JSON, to the file `output_path`, whole or not at all, or for `None` to standard output.

    What a terminal takes for an order is escaped: the document stays the same.

    Where that is not UTF-8, what is no ASCII is escaped: the document stays the same. Raises OutputError.
    """
    text = quiet_json(text)
    if output_path is None:
        utf8 = (sys.stdout.encoding or "utf-8").lower().replace("-", "") == "utf8"
        sys.stdout.write(text if utf8 else "".join(sign if sign.isascii() else json.dumps(sign)[1:-1] for sign in text))
        sys.stdout.flush()
        return
    with atomic_file(output_path) as part:
        part.write_text(text, encoding="utf-8")
