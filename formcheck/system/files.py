"""Files written whole or not at all: a result is written beside its place and moved there when complete."""

import errno
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from formcheck.core.errors import OutputError
from formcheck.core.plain_text import quiet_json
from formcheck.core.wording.language import N_
from formcheck.system.inputs import real_path, refuse_special

if sys.platform != "win32":
    import fcntl

DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)
"""Error numbers of a disk that takes no more."""

NAME_ERRORS = (errno.ENAMETOOLONG, errno.ELOOP, errno.EACCES)
"""Error numbers of a name by which nothing can be had: too long, a link to itself, in a folder that is barred."""

OTHERS_S = 3.0
"""How long, in seconds, to wait for another run that writes the same file: most take milliseconds, and a film minutes."""

_POLL_S = 0.05
_PART = ".formcheck-part"
"""In the name of every file that is being written, so that what a killed run leaves is known as such."""

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""For opening what is no link, where the system can tell."""

_LONGEST_NAME, _LONGEST_SUFFIX = 255, 20
"""Bytes that file systems allow for a name, and what of it is kept as the ending of a longer one."""


class ReservedFile:
    """A place that is this run's alone. What is written to `part` is put there by `publish`."""

    def __init__(self, output_path: Path) -> None:
        """Raises BlockingIOError where another run has it, and OSError where nothing can be written."""
        self._output_path = output_path
        self._special = output_path.exists() and not output_path.is_file()  # a device or a pipe: written to, not replaced
        self._handle: int | None
        self._handle, self.part = _temporary(output_path.suffix) if self._special else _locked_part(output_path)
        self._published = False

    def publish(self, *, private: bool = False) -> None:
        """Put the content of `part` at the place, at once. Call it once, with nothing else to follow. Raises OSError.

        What is `private` can be read by the person alone, from its first byte on.
        """
        if self._special:
            with self.part.open("rb") as source, self._output_path.open("wb") as out:
                shutil.copyfileobj(source, out)
            return
        mask = os.umask(0)
        os.umask(mask)
        self.part.chmod(0o600 if private else 0o666 & ~mask)
        if sys.platform == "win32":
            self._close()  # an open file cannot be moved there
        self.part.replace(self._output_path)
        self._published = True  # from now on the part's name may be another run's

    def publish_json(self, text: str) -> None:
        """Put `text`, which is JSON, at the place; what a terminal takes for an order is escaped. Raises OSError."""
        self.part.write_text(quiet_json(text), encoding="utf-8")
        self.publish()

    def release(self) -> None:
        """Give the place back; what was not published is gone."""
        if sys.platform == "win32":
            self._close()
        if not self._published:
            self.part.unlink(missing_ok=True)
        self._close()

    def _close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
        self._handle = None


@contextmanager
def reserved_file(path: Path) -> Iterator[ReservedFile]:
    """Keep `path` for this run while entered: no two write there at once, and none finds out at its end.

    Another run is waited for, shortly. A link is followed. Nothing is left behind that was not published; what a killed run
    left in the folder is removed. Raises OutputError when the folder is missing or cannot be written, the disk is full, or
    another run keeps the place.
    """
    check_writable(path)
    output_path = real_path(path)
    end_s = time.monotonic() + OTHERS_S
    reserved: ReservedFile | None = None
    while reserved is None:
        try:
            reserved = ReservedFile(output_path)
        except BlockingIOError:
            if time.monotonic() > end_s:
                raise OutputError(
                    N_(
                        "{path}: is being written by another run of formcheck. Wait until that has ended, or give another name."
                    ).format(path=path)
                ) from None
            time.sleep(_POLL_S)
        except OSError as error:
            raise OutputError(
                N_("{path}: cannot be written ({reason}). Choose another place.").format(path=path, reason=error.strerror)
            ) from None
    try:
        clear_leftovers(reserved.part.parent)
        yield reserved
    except OSError as error:
        if error.errno in DISK_ERRORS:
            raise OutputError(
                N_("{path}: cannot be written ({reason}). Make room or choose another place.").format(
                    path=path, reason=error.strerror
                )
            ) from None
        raise
    finally:
        reserved.release()


@contextmanager
def atomic_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Yield a path to write to; its content takes the place of `path` when the block ends without an error.

    Until then `path` is untouched. A link is followed; a device or a pipe is written to, not replaced. What is `private` can
    be read by the person alone. Raises OutputError as `reserved_file` does.
    """
    with reserved_file(path) as reserved:
        yield reserved.part
        reserved.publish(private=private)


def clear_leftovers(folder: Path) -> None:
    """Remove what runs that were killed had begun to write in `folder`. What a run is writing now stays. Never fails."""
    with suppress(OSError):
        for part in folder.glob(f".*{_PART}*"):
            with suppress(OSError):
                handle = os.open(part, os.O_RDWR | NO_LINK)
                try:
                    if sys.platform != "win32":
                        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        part.unlink()
                finally:
                    os.close(handle)
                if sys.platform == "win32":
                    part.unlink()  # fails where a run has it open


def _locked_part(output_path: Path) -> tuple[int, Path]:
    """Open the one file beside `output_path` that is to take its place, for this process alone.

    The lock is the system's and ends with the process, whatever ends that. Raises BlockingIOError where another has it.
    """
    name = f".{output_path.stem}{_PART}{output_path.suffix}"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        short = hashlib.sha256(os.fsencode(output_path.name)).hexdigest()[:16]
        name = f".{short}{_PART}{output_path.suffix[-_LONGEST_SUFFIX:]}"
    part = output_path.with_name(name)
    if sys.platform == "win32":
        # A file that a process has open cannot be deleted there: that is the lock.
        try:
            part.unlink(missing_ok=True)
            return os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL), part
        except (PermissionError, FileExistsError):
            raise BlockingIOError from None
    while True:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | NO_LINK, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise
            except OSError:  # a file system without locks: a name that is nobody else's
                os.close(handle)
                return _temporary(output_path.suffix, output_path)
            # While it was opened it may have become another run's result, or have been removed: then it is no longer ours.
            if part.exists() and os.path.samestat(os.fstat(handle), part.stat()):
                os.ftruncate(handle, 0)
                return handle, part
        except BaseException:
            with suppress(OSError):
                os.close(handle)
            raise
        os.close(handle)


def _temporary(suffix: str, beside: Path | None = None) -> tuple[int, Path]:
    prefix, folder = (f".{beside.stem}", beside.parent) if beside is not None else (".", None)
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=f"{_PART}{suffix}", dir=folder)
    if sys.platform != "win32":
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return handle, Path(name)


def check_writable(path: Path) -> None:
    """Raise OutputError, with what to do about it, when a file could not be put at `path`."""
    folder = path.parent
    if path.is_dir():
        raise OutputError(N_("{path}: is a folder. Give the name of a file to write.").format(path=path))
    if not folder.is_dir():
        raise OutputError(
            N_("{path}: the folder {folder} does not exist. Make it first, or choose another place.").format(
                path=path, folder=folder
            )
        )
    if not os.access(folder, os.W_OK):
        raise OutputError(
            N_("{path}: the folder {folder} cannot be written to. Choose another place.").format(path=path, folder=folder)
        )


def check_output_paths(output_paths: Sequence[Path]) -> None:
    """Raise OutputError, before minutes of work, where one of `output_paths` cannot be written or two of them are one file."""
    for i, output_path in enumerate(output_paths):
        check_writable(output_path)
        if real_path(output_path) in [real_path(other) for other in output_paths[:i]]:
            raise OutputError(N_("{path}: is named for two outputs. Give each its own file.").format(path=output_path))


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
    if output_path is None:
        text = quiet_json(text)
        utf8 = (sys.stdout.encoding or "utf-8").lower().replace("-", "") == "utf8"
        sys.stdout.write(text if utf8 else "".join(sign if sign.isascii() else json.dumps(sign)[1:-1] for sign in text))
        sys.stdout.flush()
        return
    with reserved_file(output_path) as reserved:
        reserved.publish_json(text)
