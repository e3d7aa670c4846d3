"""Requests to end: Ctrl-C, SIGTERM from the system, or SIGHUP from a terminal that closes. All mean the same.

Work that can end by itself looks at `stoppable()`; everywhere else the request is raised, as `Interrupted`. What is finished is
written either way. A request that is repeated hurries: waiting is cut short, and what takes longer than `HURRY_S` is given up.

A program takes them from its first line on until it has ended. This module imports little, for it is imported before the rest.
"""

import _thread
import atexit
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

HURRY_S = 1.0
"""Seconds from the second request to the end, whatever is under way: writing a result takes less."""

_LAST_WAIT_S = 0.4
"""Seconds from the second request until no thread is waited for any more: the rest is for what is to be written."""

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Not every system has all of them."""


class Interrupted(KeyboardInterrupt):
    """The end was asked for where nothing looks at `StopRequest.requested`."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


class StopRequest:
    """`signal` is the number of the signal that asked for the end, if one has."""

    signal: int | None = None

    def requested(self) -> bool:
        """Whether the end has been asked for."""
        return self.signal is not None

    @property
    def exit_code(self) -> int:
        """What a program exits with that ended for this: 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP."""
        return 128 + (self.signal or signal.SIGINT)


class _Handler:
    """Takes the signals of this process, while it is installed."""

    def __init__(self) -> None:
        self.request = StopRequest()
        self.noted = False  # somebody looks at the request: it need not be raised
        self.hurried_s: float | None = None  # when it was repeated, on the monotonic clock
        self.over = False
        self.code: int | None = None  # what the process ends with, once its work is done
        self._out_of_time = False

    def take(self, number: int, _frame: object) -> None:
        if self.code is not None:
            os._exit(self.code)
        elif not self.request.requested():
            self.request.signal = number
            if not self.noted:
                raise Interrupted(number)
        elif self.hurried_s is None:
            self.hurried_s = time.monotonic()
            # Not a Thread: starting one takes locks that the code interrupted here may hold.
            _thread.start_new_thread(self._end_soon, (number,))
        elif self._out_of_time:
            raise Interrupted(self.request.signal or number)

    def _end_soon(self, number: int) -> None:
        time.sleep(HURRY_S)
        self._out_of_time = True
        if self.over:
            return
        main_thread = threading.main_thread().ident
        if hasattr(signal, "pthread_kill") and main_thread is not None:
            signal.pthread_kill(main_thread, number)  # wakes it from waiting, too
        else:
            _thread.interrupt_main(signal.Signals(number))


_installed: _Handler | None = None


@contextmanager
def interruptible() -> Iterator[StopRequest]:
    """Have every request raise `Interrupted`, except where `stoppable` is entered, from wherever the program is.

    Signals reach the main thread alone: in another one nothing is changed and no request comes. A program started to outlive
    its terminal (`nohup`) goes on ignoring SIGHUP.
    """
    global _installed  # noqa: PLW0603 - signals are the process's, and so is who takes them
    if threading.current_thread() is not threading.main_thread():
        yield StopRequest()
        return
    if _installed is not None:
        yield _installed.request
        return
    handler = _installed = _Handler()
    before = _install(handler)
    try:
        yield handler.request
    finally:
        handler.over = True
        _installed = None
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _install(handler: _Handler) -> dict[int, Any]:
    """Have the handler take the signals of this process; return what took them before."""
    before: dict[int, Any] = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            before[number] = signal.signal(number, handler.take)
    return before


def take_until_exit() -> None:
    """Do as `interruptible` for as long as this process runs, its end included: the first thing that a program does.

    The interpreter takes up to a second to leave large libraries. Taken by the system, a signal in that time would end with an
    error what was done in full.
    """
    global _installed  # noqa: PLW0603
    if _installed is None:
        _installed = _Handler()
        _install(_installed)
        atexit.register(_ignore_requests)  # the first to be registered is the last to be called


def work_is_done(code: int) -> None:
    """Let a request in what is left of a program end it at once, with the exit code that it has in any case."""
    if _installed is not None:
        _installed.code = code


@contextmanager
def stoppable() -> Iterator[StopRequest]:
    """Take requests to end while this is entered: work looks at `requested()` and ends by itself."""
    with interruptible() as request:
        handler = _installed if threading.current_thread() is threading.main_thread() else None
        before = handler.noted if handler is not None else False
        if handler is not None:
            handler.noted = True
        try:
            yield request
        finally:
            if handler is not None:
                handler.noted = before


@contextmanager
def asking() -> Iterator[None]:
    """Within `stoppable`, have a request raise `Interrupted` all the same: while a question waits nothing looks at it.

    Raises Interrupted at once where the end has been asked for already.
    """
    handler = _installed if threading.current_thread() is threading.main_thread() else None
    if handler is None:
        yield
        return
    before, handler.noted = handler.noted, False
    try:
        if handler.request.signal is not None:
            raise Interrupted(handler.request.signal)
        yield
    finally:
        handler.noted = before


def _ignore_requests() -> None:
    for name in _NAMES:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def join(thread: threading.Thread, within_s: float) -> None:
    """Wait for `thread` to end, `within_s` seconds at most, and less once the person has asked twice for the end."""
    end_s = time.monotonic() + within_s
    while thread.is_alive() and (left_s := min(end_s, _no_later_than()) - time.monotonic()) > 0:
        thread.join(min(left_s, 0.05))


def _no_later_than() -> float:
    hurried_s = _installed.hurried_s if _installed is not None else None
    return hurried_s + _LAST_WAIT_S if hurried_s is not None else float("inf")
