"""A phase as it passes: which keys are meant in it, and how long it lasts if it ends by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Self

from formcheck.practice.stage import Key, Phase

WATCHING = frozenset({Phase.SETUP, Phase.COUNTDOWN, Phase.STRETCH, Phase.REST})
"""In these it matters what the camera sees."""

_ALWAYS = (Key.MUTE, Key.FULL_SCREEN, Key.QUIT)
KEYS: Mapping[Phase, tuple[Key, ...]] = {
    Phase.SETUP: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    Phase.COUNTDOWN: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    Phase.STRETCH: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_ALWAYS),
    Phase.REST: (Key.PAUSE, Key.SKIP, *_ALWAYS),
    Phase.PAUSED: (Key.PAUSE, Key.PAIN, *_ALWAYS),
    Phase.PAIN: (Key.MILD, Key.STRONG, Key.SHARP, Key.PAUSE, Key.QUIT),
    Phase.LOST: _ALWAYS,
    Phase.DONE: (Key.FULL_SCREEN, Key.QUIT),
}
"""The keys that mean something. Skipping while paused would leave it open what is skipped, the rest or the stretch. The pause
key takes back a pain that was a slip of the finger."""

_NEARLY_S = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A phase since it was entered. `length_s` is `None` where it lasts until something happens."""

    phase: Phase
    since_s: float
    length_s: float | None = None

    def left(self, time_s: float) -> int | None:
        """Return the seconds that are left as they are counted: three, two, one; 0 once it is over."""
        if self.length_s is None:
            return None
        return max(0, ceil(self.since_s + self.length_s - time_s - _NEARLY_S))

    def after_break(self, broken_off_s: float, time_s: float) -> Self:
        """Return the same phase as it goes on at `time_s`: nothing of it passed since it was broken off."""
        return replace(self, since_s=self.since_s + time_s - broken_off_s)
