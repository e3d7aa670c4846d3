"""Parameters over time: keys joined by smooth easing, with a little breathing. Deterministic."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi, sin

Parameters = Mapping[str, float]

# Parameters that go on at an even pace from key to key: steps taken.
STEADY = {"gone"}


@dataclass(frozen=True, slots=True)
class Key:
    """From ``time_s`` on the parameters are these; what a key leaves out stays as it was."""

    time_s: float
    values: Parameters


def ease(share: float) -> float:
    """0..1 to 0..1 with no speed and no acceleration at either end."""
    share = min(max(share, 0.0), 1.0)
    return share**3 * (10.0 - 15.0 * share + 6.0 * share**2)


@dataclass(frozen=True, slots=True)
class Motion:
    """Keys sorted by time. Between two keys parameters ease (all but the steady); outside them they stay."""

    keys: tuple[Key, ...]

    @classmethod
    def of(cls, steps: Sequence[tuple[float, Parameters]]) -> "Motion":
        """Fill each key with the values it left out. The first key must name every parameter."""
        filled: list[Key] = []
        values: dict[str, float] = {}
        for time_s, given in steps:
            if filled and (time_s <= filled[-1].time_s or set(given) - set(values)):
                raise ValueError(f"key at {time_s} s: times must rise and the first key must name every parameter")
            values = {**values, **given}
            filled.append(Key(time_s, values))
        return cls(tuple(filled))

    @property
    def end_s(self) -> float:
        """Time of the last key."""
        return self.keys[-1].time_s

    def at(self, time_s: float) -> dict[str, float]:
        """Every parameter at one moment."""
        after = bisect_right([key.time_s for key in self.keys], time_s)
        if after == 0 or after == len(self.keys):
            return dict(self.keys[min(after, len(self.keys) - 1)].values)
        a, b = self.keys[after - 1], self.keys[after]
        even = (time_s - a.time_s) / (b.time_s - a.time_s)
        share = ease(even)
        return {
            name: value + (b.values[name] - value) * (even if name in STEADY else share) for name, value in a.values.items()
        }


def breath(time_s: float, period_s: float = 4.6) -> float:
    """-1..1: a slow wave to add to the trunk, so that a held pose is not frozen."""
    return sin(2.0 * pi * time_s / period_s)
