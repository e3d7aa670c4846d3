"""Errors of the history's database in sentences: what is wrong, and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formcheck.core.errors import HistoryError, UnusableHistoryError
from formcheck.core.wording.language import N_
from formcheck.system.files import DISK_ERRORS

_DAMAGED = N_("The history {path} is damaged. `formcheck history delete` removes it, and a new one is begun.")
_FULL = N_("The history {path} cannot be written ({reason}). Make room, or see to the disk.")
_FORBIDDEN = N_("The history {path} cannot be written ({reason}). Allow writing to it and its folder.")


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Raise the errors of the database at `path` as HistoryError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _sentence(path, error) from None
    except UnicodeDecodeError:  # SQLite says what is damaged in bytes of the damaged file
        raise UnusableHistoryError(_DAMAGED.format(path=path)) from None


def newer_version_error(path: Path) -> UnusableHistoryError:
    newer = N_("The history {path} was made by a newer formcheck and is left alone. Update formcheck.")
    return UnusableHistoryError(newer.format(path=path))


def _sentence(path: Path, error: sqlite3.Error | OSError) -> HistoryError:
    if isinstance(error, OSError) and error.errno in DISK_ERRORS:
        return HistoryError(_FULL.format(path=path, reason=error.strerror))
    if isinstance(error, OSError):
        return HistoryError(_FORBIDDEN.format(path=path, reason=error.strerror))
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the upper bits only say where in SQLite it was noticed
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return HistoryError(N_("The history {path} is locked by another program. Close that program.").format(path=path))
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return HistoryError(_FULL.format(path=path, reason=error))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return HistoryError(_FORBIDDEN.format(path=path, reason=error))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return UnusableHistoryError(_DAMAGED.format(path=path))
        case sqlite3.SQLITE_ERROR | sqlite3.SQLITE_CONSTRAINT | sqlite3.SQLITE_MISMATCH:
            foreign = N_(
                "The history {path} is not one that formcheck made ({error}). `formcheck history delete` removes it, and a new "
                "one is begun."
            )
            return UnusableHistoryError(foreign.format(path=path, error=error))
    return HistoryError(N_("The history {path} cannot be used ({error}). Try again.").format(path=path, error=error))
