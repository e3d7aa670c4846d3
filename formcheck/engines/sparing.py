"""An engine that looks only where there is something new to see.

Somebody who holds a stretch keeps still, and a picture like the last one need not be looked at again: a laptop stays cool, and
a slow machine has time for the moments that matter. Every picture in which something has moved is looked at.
"""

from collections.abc import Sequence
from dataclasses import replace

from formcheck.engines.around import Around
from formcheck.ports import Engine, Frame, Image
from formcheck.sampling import Pace, box_of, moved
from formcheck.thumbs import grey
from formcheck.values import Landmarks

SELDOM_S = 0.5
"""The longest time without a look: somebody is waiting for the verdict."""


class Sparing(Around):
    """Sees what `engine` sees, and between two looks what it saw last."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._pace = Pace()
        self._thumb: Image | None = None  # of the picture looked at last

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        seen, thumb = self._pace.seen, grey(frame.image)
        moving = self._moving(seen, thumb)
        if seen is not None and not moving and not self._pace.due(frame.time_s, moving=False):
            return tuple(seen[:1])
        people = self._engine.detect(replace(frame, thumb=thumb))
        pace = self._pace.looked(people, frame.time_s, moving=moving)
        self._pace, self._thumb = replace(pace, wait_s=min(pace.wait_s, SELDOM_S)), thumb
        return people

    def follow(self, person: Landmarks) -> None:
        super().follow(person)
        self._thumb = None

    def _moving(self, seen: Sequence[Landmarks] | None, thumb: Image) -> bool:
        if self._thumb is None or self._thumb.shape != thumb.shape:
            return True
        return moved(self._thumb, thumb, box_of(seen[0]) if seen else None)
