"""A median over the last fifth of a second: takes out single wild frames and most of the jitter, whatever the frame rate.

A median was chosen over a low-pass filter because landmarks fail by jumping (a leg swapped for a frame, a joint guessed)
more than by trembling, and because its delay is known: half its window, for rising and falling values alike. `lag_s`
is that delay, so that events can be dated to when they happened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

WINDOW_S = 0.2

_Value = TypeVar("_Value")

_SAME_S = 1e-6
"""Halves of a time that are as long as each other but for the arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianWindow:
    """The latest samples of one quantity, as (time in seconds, value or `None` where it was not seen)."""

    window_s: float = WINDOW_S
    samples: tuple[tuple[float, float | None], ...] = ()

    def push(self, time_s: float, value: float | None) -> "MedianWindow":
        """Return the window with one more sample, without those that are older than the window."""
        return MedianWindow(window_s=self.window_s, samples=(*_since(self.samples, time_s - self.window_s), (time_s, value)))

    @property
    def value(self) -> float | None:
        """The median of what was seen; `None` unless at least half of the samples were."""
        return _median([value for _, value in self.samples])

    @property
    def lasting(self) -> float | None:
        """The median over time rather than over samples, for long windows in which some moments lie denser than others.

        A sample stands for the time since the one before; the first for as much as the next. Evenly spaced, it is `value`.
        """
        times_s = [at_s for at_s, _ in self.samples]
        gaps_s = [later - earlier for earlier, later in pairwise(times_s)]
        if not gaps_s:
            return self.value
        lasted = sorted(
            (value, gap) for (_, value), gap in zip(self.samples, (gaps_s[0], *gaps_s), strict=True) if value is not None
        )
        seen_s = sum(gap for _, gap in lasted)
        if not lasted or 2 * seen_s < sum(gaps_s) + gaps_s[0] - _SAME_S:
            return None
        passed_s = 0.0
        for i, (value, gap) in enumerate(lasted):
            passed_s += gap
            if abs(2 * passed_s - seen_s) < _SAME_S and i + 1 < len(lasted):
                return (value + lasted[i + 1][0]) / 2
            if 2 * passed_s > seen_s:
                return value
        return lasted[-1][0]

    @property
    def lag_s(self) -> float:
        """How far the median lies behind the newest sample, in seconds."""
        return _lag_s(self.samples)


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianWindows:
    """The latest samples of several quantities that are taken together, as (time in seconds, values by name)."""

    samples: tuple[tuple[float, Mapping[str, float | None]], ...] = ()

    def push(self, time_s: float, values: Mapping[str, float | None]) -> "MedianWindows":
        """Return the windows with one more sample of each, without those that are older than the window."""
        return MedianWindows(samples=(*_since(self.samples, time_s - WINDOW_S), (time_s, values)))

    def values(self, names: Iterable[str]) -> dict[str, float | None]:
        """The median of what was seen, by name; `None` unless at least half of the samples were."""
        samples = [values for _, values in self.samples]
        return {name: _median([values.get(name) for values in samples]) for name in names}

    @property
    def lag_s(self) -> float:
        """How far the medians lie behind the newest sample, in seconds."""
        return _lag_s(self.samples)


def _lag_s(samples: Sequence[tuple[float, object]]) -> float:
    return (samples[-1][0] - samples[0][0]) / 2 if samples else 0.0


def _since(samples: tuple[tuple[float, _Value], ...], oldest_s: float) -> tuple[tuple[float, _Value], ...]:
    first = 0
    while first < len(samples) and samples[first][0] < oldest_s - 1e-9:
        first += 1
    return samples[first:]


def _median(values: Sequence[float | None]) -> float | None:
    seen = sorted([value for value in values if value is not None])
    if not seen or 2 * len(seen) < len(values):
        return None
    middle = len(seen) // 2
    return seen[middle] if len(seen) % 2 else (seen[middle - 1] + seen[middle]) / 2
