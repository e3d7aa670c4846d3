"""A place for one thing: the newest. Putting never waits, and whoever takes never gets anything old.

Each thing put has a number. A consumer says which it had last and waits for a newer one, so any number of consumers, fast
and slow, use one place without knowing of each other.
"""

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestValue(Generic[T]):
    """Safe to use from any thread."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._number = 0
        self._thing: T | None = None
        self._closed = False

    @property
    def number(self) -> int:
        """How many things have been put."""
        return self._number

    def put(self, thing: T) -> None:
        """Replace what is here. After `close` nothing is taken any more."""
        with self._changed:
            if not self._closed:
                self._number += 1
                self._thing = thing
                self._changed.notify_all()

    def after(self, seen: int, timeout_s: float) -> tuple[int, T] | None:
        """Wait for a thing with a number above `seen`; return it with its number, or `None` if none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._number > seen, timeout_s)
            if self._closed or self._thing is None or self._number <= seen:
                return None
            return self._number, self._thing

    def close(self) -> None:
        """Let go of what is here and of everybody who waits."""
        with self._changed:
            self._closed = True
            self._thing = None
            self._changed.notify_all()
