"""Which instruction of the set-up stands now, and since when all has been well. Nothing flickers, nobody is nagged for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from formcheck.light import Light
from formcheck.posefile import PoseSpec
from formcheck.practice.setup import Advice, advice
from formcheck.values import Landmarks, Moment, Side

SETTLED_S = 0.5
"""A new instruction is shown once it has been the right one for this long."""

PATIENCE_S = 8.0
"""For how long what is not strictly needed is asked for."""


@dataclass(slots=True)
class Guide:
    """`shown` is the instruction on the screen, `wanted` the one that is right at this very moment."""

    wanted: Advice | None = None
    shown: str | None = None
    well_since_s: float | None = None
    _next: tuple[str | None, float] | None = None  # what would be shown, and since when
    _asked_s: dict[str, float] = field(default_factory=dict)  # when what is not needed was first asked for

    def look(
        self,
        people: Sequence[Landmarks],
        moment: Moment,
        light: Light,
        spec: PoseSpec,
        side: Side | None,
        time_s: float,
    ) -> None:
        """Take in one picture. The person followed is that of `moment`."""
        mine = moment.landmarks
        seen = [*([mine] if mine is not None else []), *(other for other in people if other is not mine)]
        wanted = advice(seen, moment.view, light, spec, side)
        if wanted is not None and not wanted.needed:
            asked_s = self._asked_s.setdefault(wanted.text, time_s)
            wanted = wanted if time_s - asked_s <= PATIENCE_S else None
        self.wanted = wanted
        if wanted is not None:
            self.well_since_s = None
        elif self.well_since_s is None:
            self.well_since_s = time_s
        text = wanted.text if wanted is not None else None
        if self._next is None:
            self.shown = text
        if self._next is None or self._next[0] != text:
            self._next = text, time_s
        if time_s - self._next[1] >= SETTLED_S:
            self.shown = text
