"""Whether the person is low in the picture: words go where there is more room, and must not jump about for it."""

from dataclasses import dataclass

from formcheck.values import Landmarks

MORE = 0.1
"""Heights of the picture by which there must be more room above or below: a step is no reason to move words."""

SETTLED_S = 1.0
"""It counts once it has been so for this long: lying down takes longer, a raised arm does not last."""


@dataclass(slots=True)
class Lowness:
    """`low` tells whether the person has more room above than below, as far as is settled."""

    low: bool = False
    _since_s: float | None = None

    def look(self, person: Landmarks | None, time_s: float) -> None:
        """Take in where the person is; nobody changes nothing."""
        if person is None:
            return
        heights = [point.y for point in person.points.values()]
        above, below = 1.0 - max(heights), min(heights)
        if abs(above - below) < MORE or (above > below) is self.low:
            self._since_s = None
            return
        self._since_s = time_s if self._since_s is None else self._since_s
        if time_s - self._since_s >= SETTLED_S:
            self.low, self._since_s = not self.low, None
