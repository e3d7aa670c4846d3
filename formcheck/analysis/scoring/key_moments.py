"""The moments of a clip that are worth a picture: the best and the worst second of each side, and the change of sides.

They are found while the clip goes by, so that its pictures need not be kept: only those of the last second are.
"""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from formcheck.analysis.scoring.document import BOTH, KeyMomentEntry, Sides
from formcheck.analysis.scoring.fault_totals import COMING_OUT_S
from formcheck.core.interfaces import Image
from formcheck.core.values import KeyKind, Moment, Side, Status

SECOND_S, ALMOST_S = 1.0, 0.8
"""How long a best or worst second is, and how much of one is enough where moments are few."""

EVERY_S = 0.08
"""Moments are looked at this far apart: some ten a second."""

WORSE_BY = 5.0
"""A worst second is told where its score is lower than that of the best one by more than this."""

BETWEEN = 16
"""So many moments are kept of the time between two sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMoment:
    """A moment that is worth a picture, and the picture, where there is one. `side` is the stretched one."""

    kind: KeyKind
    side: Side | None
    moment: Moment
    image: Image | None = field(default=None, compare=False, repr=False)


_Taken = tuple[Moment, Image | None]


@dataclass(slots=True)
class _OfSide:
    """What was found of a side of a stretch, each with its score. What is worse than all before counts once it is over."""

    best: tuple[float, _Taken] | None = None
    worst: tuple[float, _Taken] | None = None
    pending: tuple[float, _Taken] | None = None
    correct_s: float | None = None  # the last correct moment
    last_s: float = 0.0

    def look(self, window: Sequence[_Taken]) -> None:
        scores = [moment.assessment.score or 0.0 for moment, _ in window]
        correct = all(moment.assessment.status is Status.CORRECT for moment, _ in window)
        score = fmean(scores)
        if correct and (self.best is None or score > self.best[0] + 0.5):
            self.best = score, window[len(window) // 2]
        if self.pending is None or score < self.pending[0]:
            self.pending = score, window[scores.index(min(scores))]

    def settle(self, *, counts: bool) -> None:
        """Let what is pending count, or not."""
        if counts:
            waiting = [one for one in (self.worst, self.pending) if one is not None]
            self.worst = min(waiting, key=lambda one: one[0], default=None)
        self.pending = None


class KeyMoments:
    """Takes moments in order of time, each with its picture where there is one. `still`: of a photo."""

    def __init__(self, *, still: bool = False) -> None:
        self._still = still
        self._sides: dict[tuple[str, Side | None], _OfSide] = {}
        self._window: deque[_Taken] = deque()
        self._key: tuple[str, Side | None] | None = None
        self._last_s: float | None = None
        self._between: list[_Taken] = []
        self._before: tuple[str, Side | None] | None = None  # who was in the shape last
        self._change: dict[str, _Taken] = {}
        self._photo: _Taken | None = None

    def wants(self, time_s: float) -> bool:
        """Return whether a moment at that time is looked at."""
        return self._last_s is None or time_s - self._last_s >= EVERY_S

    def add(self, moment: Moment, image: Image | None = None) -> None:
        """Take in a moment; `image` is kept as it is, so it should be small."""
        if not self.wants(moment.time_s):
            return
        self._last_s = moment.time_s
        taken, now = (moment, image), moment.assessment
        if self._still:
            self._photo = taken
            return
        self._note_change(taken)
        key = (now.pose, now.side) if now.status.in_shape and moment.recognised else None
        if key is None or key != self._key:
            self._window.clear()
        self._key = key
        if key is None:
            return
        self._window.append(taken)
        while moment.time_s - self._window[0][0].time_s > SECOND_S:
            self._window.popleft()
        of_side = self._sides.setdefault(key, _OfSide())
        of_side.last_s = moment.time_s
        if moment.time_s - self._window[0][0].time_s >= ALMOST_S:
            of_side.look(self._window)
        if now.status is Status.CORRECT:
            of_side.settle(counts=of_side.correct_s is not None)  # else it was getting ready
            if of_side.correct_s is None:
                self._window.clear()  # what was before was getting ready
            of_side.correct_s = moment.time_s

    def _note_change(self, taken: _Taken) -> None:
        now = taken[0].assessment
        if not (now.status is Status.CORRECT and now.side is not None):
            self._between.append(taken)
            if len(self._between) > BETWEEN:
                self._between = self._between[::2]
            return
        if self._before == (now.pose, now.side.other) and self._between:
            middle_s = (self._between[0][0].time_s + self._between[-1][0].time_s) / 2
            self._change.setdefault(now.pose, min(self._between, key=lambda one: abs(one[0].time_s - middle_s)))
        self._before, self._between = (now.pose, now.side), []

    def found(self, pose: str | None) -> tuple[KeyMoment, ...]:
        """Return what is worth a picture of the stretch `pose`; call once, after the last moment."""
        if self._still:
            photo = self._photo
            some = photo is not None and photo[0].assessment.pose == pose and photo[0].assessment.status.in_shape
            return (_key_moment(KeyKind.PHOTO, photo[0].assessment.side, photo),) if photo is not None and some else ()
        found: list[KeyMoment] = []
        for side in (*Side, None):
            of_side = self._sides.get((pose, side)) if pose is not None else None
            if of_side is None:
                continue
            correct_s = of_side.correct_s  # what is shorter to the end is coming out of it
            of_side.settle(counts=correct_s is None or of_side.last_s - correct_s >= COMING_OUT_S)
            best, worst = of_side.best, of_side.worst
            if best is not None:
                found.append(_key_moment(KeyKind.BEST, side, best[1]))
            if worst is not None and (best is None or worst[0] < best[0] - WORSE_BY):
                found.append(_key_moment(KeyKind.WORST, side, worst[1]))
        if pose in self._change:
            found.append(_key_moment(KeyKind.CHANGE, None, self._change[pose]))
        return tuple(found)


def _key_moment(kind: KeyKind, side: Side | None, taken: _Taken) -> KeyMoment:
    return KeyMoment(kind=kind, side=side, moment=taken[0], image=taken[1])


def key_entries(keys: Iterable[KeyMoment], shown: Collection[Side | Sides]) -> list[KeyMomentEntry]:
    """Return the entries of those of the sides that the document has: another leg may have been stepped on for a second."""
    return [
        KeyMomentEntry(
            kind=key.kind,
            side=key.side,
            time_s=round(key.moment.time_s, 2),
            held_s=round(key.moment.held_s, 2),
            measures={name: round(value, 1) for name, value in key.moment.assessment.measurements.items() if value is not None},
        )
        for key in keys
        if not shown or key.kind is KeyKind.CHANGE or (key.side or BOTH) in shown
    ]
