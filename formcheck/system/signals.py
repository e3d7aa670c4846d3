"""Ctrl-C, once, or the request of the system: what is under way comes to an orderly end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Stop:
    """`signal` is the one that asked for the end, if one has."""

    signal: int | None = None

    def wished(self) -> bool:
        return self.signal is not None


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Take wishes to end while this is entered; a second Ctrl-C ends at once."""
    stop = Stop()

    def wish(number: int, _frame: object) -> None:
        stop.signal = number
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, wish)
    terminate = signal.signal(signal.SIGTERM, wish)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, terminate)
