"""The newest value of a stream. Putting one never waits, and taking one never gives an old one.

Each value has a number. A consumer names the one it had last and waits for a newer one, so any number of consumers, fast and
slow, share one stream without knowing of each other.
"""

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestValue(Generic[T]):
    """The newest value that was put. Safe to use from any thread."""

    def __init__(self) -> None:
        self._changed = Condition()
        self.number = 0
        """How many values have been put."""
        self._value: T | None = None
        self._closed = False

    def put(self, value: T) -> None:
        """Replace the value. After `close` it does nothing."""
        with self._changed:
            if not self._closed:
                self.number += 1
                self._value = value
                self._changed.notify_all()

    def after(self, seen: int, timeout_s: float) -> tuple[int, T] | None:
        """Wait for a value numbered above `seen`; return number and value, or `None` if none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.number > seen, timeout_s)
            if self._closed or self._value is None or self.number <= seen:
                return None
            return self.number, self._value

    def close(self) -> None:
        """Drop the value and wake every consumer that waits."""
        with self._changed:
            self._closed = True
            self._value = None
            self._changed.notify_all()
