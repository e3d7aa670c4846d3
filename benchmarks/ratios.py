"""From times to what is told: how many times real time a way is, and how many times faster than the plain loop.

A ratio is taken within each round, between neighbours in time, so that a machine that slows down for a while bends both sides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Self

PLAIN, DRAWN, EVERY, DEFAULT = "plain loop", "plain loop, drawing", "every frame", "default"
PLAIN_ALONE, DEFAULT_ALONE = "plain loop, one core", "default, one core"
DECODING = "decoding alone"

YARDSTICK = {DRAWN: PLAIN, EVERY: PLAIN, DEFAULT: PLAIN, DEFAULT_ALONE: PLAIN_ALONE}
"""What each way is compared with: what is kept to one core, with the plain loop on one core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What several rounds gave."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        return cls(median=median(values), least=min(values), most=max(values))

    def __str__(self) -> str:
        if self.least == self.most:
            return f"{self.median:.1f}"
        return f"{self.median:.1f} ({self.least:.1f} to {self.most:.1f})"


def speed(ran: Mapping[str, float]) -> float:
    """Return how many times real time that was."""
    return ran["clip_s"] / ran["spent_s"]


def speeds(clip: Mapping[str, Any], way: str) -> Spread:
    """Return how many times real time a way was, over the rounds."""
    return Spread.of([speed(one[way]) for one in clip["rounds"]])


def ratio(clip: Mapping[str, Any], way: str) -> Spread:
    """Return how many times faster a way was than its yardstick, over the rounds."""
    return Spread.of([speed(one[way]) / speed(one[YARDSTICK[way]]) for one in clip["rounds"]])


def inference_alone(clip: Mapping[str, Any]) -> float:
    """Return how many times real time one core would be that did nothing but the inferences that the default makes."""
    return float(clip["inside"]["clip_s"] / clip["inside"]["inference_s"])


def lines(clip: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was measured of one clip, for the terminal."""
    for way in clip["rounds"][0]:
        than = f", {ratio(clip, way)} times the speed of {YARDSTICK[way]}" if way in YARDSTICK else ""
        yield f"{clip['name']:8} {way:22} {speeds(clip, way)} times real time{than}"
    yield f"{clip['name']:8} {'inference alone':22} {inference_alone(clip):.1f} times real time"
