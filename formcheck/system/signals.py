"""Requests to end: Ctrl-C, or SIGTERM from the system. What is under way comes to an orderly end."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class StopRequest:
    """`signal` is the number of the signal that asked for the end, if one has."""

    signal: int | None = None

    def requested(self) -> bool:
        """Whether the end has been asked for."""
        return self.signal is not None

    @property
    def exit_code(self) -> int:
        """What a program exits with that ended for this: 130 after Ctrl-C, 143 after SIGTERM."""
        return 128 + (self.signal or signal.SIGINT)


@contextmanager
def stoppable() -> Iterator[StopRequest]:
    """Take requests to end while this is entered: work looks at `requested()` and ends by itself; a second Ctrl-C ends at once.

    Signals reach the main thread alone: in another one nothing is changed and no request comes.
    """
    request = StopRequest()

    def note(number: int, _frame: object) -> None:
        request.signal = number
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with _handled({signal.SIGINT: note, signal.SIGTERM: note}):
        yield request


@contextmanager
def termination_exits() -> Iterator[None]:
    """Let SIGTERM exit with 143 from wherever the program is, as Ctrl-C raises KeyboardInterrupt: it may wait for an answer."""
    with _handled({signal.SIGTERM: lambda number, _frame: sys.exit(128 + number)}):
        yield


@contextmanager
def _handled(handlers: dict[signal.Signals, Callable[[int, Any], object]]) -> Iterator[None]:
    """Have these handlers in place while this is entered, in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
