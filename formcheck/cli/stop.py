"""Ctrl-C, once, and the request of the system to end: both bring what is under way to an orderly end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Stop:
    """`signal` is the one that asked for the end, once one has."""

    signal: int | None = None


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Yield what tells whether the end was asked for, for as long as the block lasts."""
    stop = Stop()

    def wish(number: int, _frame: object) -> None:
        stop.signal = number
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a second Ctrl-C ends at once

    before = signal.signal(signal.SIGINT, wish)
    terminate = signal.signal(signal.SIGTERM, wish)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, terminate)
