"""An engine that opens while other things are got ready.

Importing MediaPipe and loading two networks takes most of a second. A camera takes as long to give its first picture, and
neither needs the other, so the person on the mat should not wait for the sum.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Self

from formcheck.engines.around import Around
from formcheck.ports import Engine


@contextmanager
def opening(engine: Engine) -> Iterator[Engine]:
    """Yield an engine that sees what `engine` sees, being opened from now on in a thread of its own.

    Entering it waits until it is open, and raises what its opening raised. Where nobody enters it, it is closed at the end.
    """
    early = _Early(engine)
    try:
        yield early
    finally:
        early.abandon()


class _Early(Around):
    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._error: BaseException | None = None
        self._taken = False
        self._thread = Thread(target=self._open, name="opening", daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            self._engine.__enter__()
        except BaseException as error:
            self._error = error

    def __enter__(self) -> Self:
        self._taken = True
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self

    def abandon(self) -> None:
        """Close what nobody has taken."""
        if not self._taken:
            self._thread.join()
            if self._error is None:
                self._engine.__exit__(None, None, None)
