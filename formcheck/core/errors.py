"""Errors meant for the person at the terminal: where, what was expected, what was found, what to do.

Something of this computer that is not there: what it is, and what to do about it on this operating system.

Kept apart as two sentences, because a session says both in one breath and `formcheck doctor` puts them in two places.
"""

import sys


class FormcheckError(Exception):
    """Something the person can put right. Its text is a whole sentence (or several lines of them).

    The command line prints it without a traceback and exits with `exit_code`.
    """

    exit_code = 1


class StoppedError(FormcheckError):
    """Ctrl-C, before there was anything to tell."""

    exit_code = 130


class PoseFileError(FormcheckError):
    """One or more faults in a pose file; every fault is named with its key path."""


class SourceError(FormcheckError):
    """A video or photo that cannot be read."""


class ModelError(FormcheckError):
    """The pose model is missing, damaged, or cannot be fetched."""


class OutputError(FormcheckError):
    """A result that cannot be written."""


class MissingPartError(FormcheckError):
    """`what` is missing, `fix` puts it right; both are whole sentences."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what, fix)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"


def by_system(*, linux: str, macos: str, windows: str) -> str:
    """Return the one that is for the operating system this runs on."""
    return {"darwin": macos, "win32": windows}.get(sys.platform, linux)
