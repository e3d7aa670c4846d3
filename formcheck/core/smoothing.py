"""A median over the last fifth of a second: takes out single wild frames and most of the jitter, whatever the frame rate.

A median was chosen over a low-pass filter because landmarks fail by jumping (a leg swapped for a frame, a joint guessed)
more than by trembling, and because its delay is known: half its window, for rising and falling values alike. `lag_s`
is that delay, so that events can be dated to when they happened.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, dropwhile, pairwise
from typing import Generic, Self, TypeVar

WINDOW_S = 0.2

_Value = TypeVar("_Value")

_SAME_S = 1e-6
"""Halves of a time that are as long as each other but for the arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window(Generic[_Value]):
    """The latest samples, as (time in seconds, value)."""

    window_s: float = WINDOW_S
    samples: tuple[tuple[float, _Value], ...] = ()

    def push(self, time_s: float, value: _Value) -> Self:
        """Return the window with one more sample, without those that are older than the window."""
        oldest_s = time_s - self.window_s - 1e-9
        kept = dropwhile(lambda sample: sample[0] < oldest_s, self.samples)
        return type(self)(window_s=self.window_s, samples=(*kept, (time_s, value)))

    @property
    def lag_s(self) -> float:
        """How far the median lies behind the newest sample, in seconds."""
        return (self.samples[-1][0] - self.samples[0][0]) / 2 if self.samples else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianWindow(_Window[float | None]):
    """The latest samples of one quantity; the value is `None` where it was not seen."""

    @property
    def value(self) -> float | None:
        """The median of what was seen; `None` unless at least half of the samples were."""
        return _median([value for _, value in self.samples if value is not None], len(self.samples))

    @property
    def lasting(self) -> float | None:
        """The median over time rather than over samples, for long windows in which some moments lie denser than others.

        A sample stands for the time since the one before; the first for as much as the next. Evenly spaced, it is `value`.
        """
        times_s = [at_s for at_s, _ in self.samples]
        gaps_s = [later - earlier for earlier, later in pairwise(times_s)]
        if not gaps_s:
            return self.value
        lasted = [(value, gap) for (_, value), gap in zip(self.samples, (gaps_s[0], *gaps_s), strict=True) if value is not None]
        lasted.sort()
        passed_s = list(accumulate([gap for _, gap in lasted]))
        if not lasted or 2 * passed_s[-1] < sum(gaps_s) + gaps_s[0] - _SAME_S:
            return None
        seen_s = passed_s[-1]
        i = bisect_right(passed_s, (seen_s - _SAME_S) / 2)
        halved = abs(2 * passed_s[i] - seen_s) < _SAME_S and i + 1 < len(lasted)
        return (lasted[i][0] + lasted[i + 1][0]) / 2 if halved else lasted[i][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianWindows(_Window[Mapping[str, float | None]]):
    """The latest samples of several quantities that are taken together, by name."""

    def values(self, names: Iterable[str]) -> dict[str, float | None]:
        """The median of what was seen, by name; `None` unless at least half of the samples were."""
        samples = [values for _, values in self.samples]
        return {
            name: _median([value for values in samples if (value := values.get(name)) is not None], len(samples))
            for name in names
        }


def _median(seen: list[float], samples: int) -> float | None:
    """The median of what was seen in so many samples."""
    if not seen or 2 * len(seen) < samples:
        return None
    seen = sorted(seen)
    middle = len(seen) // 2
    return seen[middle] if len(seen) % 2 else (seen[middle - 1] + seen[middle]) / 2
