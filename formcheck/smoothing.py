"""A median over the last fifth of a second: takes out single wild frames and most of the jitter, whatever the frame rate.

A median was chosen over a low-pass filter because landmarks fail by jumping (a leg swapped for a frame, a joint guessed)
more than by trembling, and because its delay is known: half its window, for rising and falling values alike. `lag_s`
tells that delay, so that events can be dated to when they happened.
"""

from dataclasses import dataclass

WINDOW_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The latest samples of one quantity, as (time in seconds, value or `None` where it was not seen)."""

    window_s: float = WINDOW_S
    samples: tuple[tuple[float, float | None], ...] = ()

    def push(self, time_s: float, value: float | None) -> "Trail":
        """Return the trail with one more sample, without those that are older than the window."""
        samples = self.samples
        first, oldest_s = 0, time_s - self.window_s - 1e-9
        while first < len(samples) and samples[first][0] < oldest_s:
            first += 1
        return Trail(window_s=self.window_s, samples=(*samples[first:], (time_s, value)))

    @property
    def value(self) -> float | None:
        """The median of what was seen; `None` unless at least half of the samples were."""
        seen = sorted([value for _, value in self.samples if value is not None])
        if not seen or 2 * len(seen) < len(self.samples):
            return None
        middle = len(seen) // 2
        return seen[middle] if len(seen) % 2 else (seen[middle - 1] + seen[middle]) / 2

    @property
    def lag_s(self) -> float:
        """How far the median lies behind the newest sample, in seconds."""
        return (self.samples[-1][0] - self.samples[0][0]) / 2 if self.samples else 0.0
