"""The newest value of a stream. Putting one never waits, and taking one never gives an old one.

Each value has a number. A consumer names the one it had last and waits for a newer one, so any number of consumers, fast and
slow, share one stream without knowing of each other.
"""

from threading import Condition, Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestValue(Generic[T]):
    """The newest value that was put. Safe to use from any thread."""

    def __init__(self) -> None:
        lock = Lock()
        self._changed, self._told = Condition(lock), Condition(lock)  # for those who wait for any value, and for news alone
        self.number = 0
        """How many values have been put."""
        self._news = 0  # the number of the last that was news
        self._value: T | None = None
        self._closed = False

    def put(self, value: T, *, news: bool = True) -> None:
        """Replace the value; whether it is `news` is for those who wait for news alone. After `close` it does nothing."""
        with self._changed:
            if not self._closed:
                self.number += 1
                self._value = value
                self._changed.notify_all()
                if news:
                    self._news = self.number
                    self._told.notify_all()

    def after(self, seen: int, timeout_s: float, *, news: bool = False) -> tuple[int, T] | None:
        """Wait for a value numbered above `seen`; return number and value of the newest, or `None` if none came in time.

        With `news`, wait until one of those above `seen` was news.
        """

        def there() -> bool:
            return (self._news if news else self.number) > seen

        with (come := self._told if news else self._changed):
            come.wait_for(lambda: self._closed or there(), timeout_s)
            return (self.number, self._value) if self._value is not None and there() else None

    def close(self) -> None:
        """Drop the value and wake every consumer that waits."""
        with self._changed:
            self._closed = True
            self._value = None
            self._changed.notify_all()
            self._told.notify_all()
