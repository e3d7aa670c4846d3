"""Something of this computer that is not there: what it is, and what to do about it on this operating system.

Kept apart as two sentences, because a session says both in one breath and `formcheck doctor` puts them in two places.
"""

import sys

from formcheck.errors import FormcheckError


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
