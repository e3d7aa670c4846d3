"""Ctrl-C and SIGTERM as a request to stop: the work under way comes to an orderly end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Stop:
    """`signal` is the number of the signal that requested the end; `None` before one has."""

    signal: int | None = None

    def requested(self) -> bool:
        return self.signal is not None


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Record requests to stop within the block; a second Ctrl-C ends at once."""
    stop = Stop()

    def request(number: int, _frame: object) -> None:
        stop.signal = number
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, request)
    terminate = signal.signal(signal.SIGTERM, request)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, terminate)
