"""Which instruction of the set-up stands now, and since when all has been well. Nothing flickers, nobody is nagged for ever."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from formcheck.practice.setup import Advice

SETTLED_S = 0.5
"""An instruction is shown once it has been the right one for this long, and stays until another has."""

PATIENCE_S = 8.0
"""For how long what is not strictly needed is asked for."""

_NEARLY = 1e-9


@dataclass(slots=True)
class Guide:
    """`shown` is the instruction that stands; without one, all has been well since `well_since_s` (`None`: not known yet)."""

    shown: Advice | None = None
    well_since_s: float | None = None
    _next: Advice | None = None
    _next_s: float | None = None
    _shown_s: dict[str, float] = field(default_factory=dict)  # when an instruction was first shown

    def look(self, wanted: Iterable[Advice], time_s: float) -> None:
        """Take in what is to be changed now, the most urgent first."""
        now = next((one for one in wanted if not self._asked_enough(one, time_s)), None)
        if now != self._next or self._next_s is None:
            self._next, self._next_s = now, time_s
        if time_s - self._next_s < SETTLED_S - _NEARLY:
            return
        self.shown = now
        if now is not None:
            self.well_since_s = None
            self._shown_s.setdefault(now.text, time_s)
        elif self.well_since_s is None:
            self.well_since_s = self._next_s

    def _asked_enough(self, one: Advice, time_s: float) -> bool:
        return not one.needed and time_s - self._shown_s.get(one.text, time_s) >= PATIENCE_S
