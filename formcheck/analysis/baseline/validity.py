"""Whether a baseline still fits the person who is seen. One from another place, or of another person, corrects what is right.

It is checked once for each posture, over the first seconds of the first stretch done in it: there the person is where they mean
to be. A baseline that does not fit is not used in that posture, nor checked again in the same session: offsets that belong to
another view add up to 8 degrees as easily as they take them away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import median

from formcheck.analysis.baseline.offsets import Baseline, StraightPosture, StraightReading, lengths, posture_of, view_ratio
from formcheck.core import wording
from formcheck.core.measures import BodyLike
from formcheck.core.smoothing import MedianWindow
from formcheck.core.values import View

LENGTH_SHARE = 0.15
"""Segments longer or shorter by more than this share: the middle one of three counts. On rendered people it differs between
standing and any stretch by 8 % at most, a single one by 10."""

VIEW_SHIFT = 0.1
"""Shoulders further apart or closer together by more than this (trunk lengths), a turn of some 6 degrees: in one place they
differ by 0.09 between standing and any stretch."""

LOOK_S = 2.0
"""For how long it is checked (seconds). What lies further back than `_WINDOW_S` no longer counts."""

_WINDOW_S = 3.0
_NEARLY_S = 1e-6


class BaselineMismatch(StrEnum):
    """Why a baseline is out of date."""

    SIZE = "size"
    VIEW = "view"


_SENTENCES = {BaselineMismatch.SIZE: wording.BASELINE_OTHER_SIZE, BaselineMismatch.VIEW: wording.BASELINE_OTHER_VIEW}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    size: MedianWindow = field(default_factory=lambda: MedianWindow(window_s=_WINDOW_S))
    view: MedianWindow = field(default_factory=lambda: MedianWindow(window_s=_WINDOW_S))

    def seen(self, person: BodyLike, view: View, reading: StraightReading, time_s: float) -> "_Look":
        now = lengths(person, view)
        size = median(now[name] / reading.lengths[name] for name in now) if now is not None else None
        shift = view_ratio(person) - reading.view_ratio if now is not None else None
        return replace(self, size=self.size.push(time_s, size), view=self.view.push(time_s, shift))

    @property
    def misfit(self) -> BaselineMismatch | None:
        size, shift = self.size.value, self.view.value
        if size is not None and not 1.0 - LENGTH_SHARE <= size <= 1.0 + LENGTH_SHARE:
            return BaselineMismatch.SIZE
        return BaselineMismatch.VIEW if shift is not None and abs(shift) > VIEW_SHIFT else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineCheck:
    """A baseline in use; `seen` folds in one more frame of a person in a stretch. Without a baseline there is never a mismatch.

    `found` has what came out for each posture that was checked (`None`: it fits). A `still` is judged at once.
    """

    baseline: Baseline | None = None
    still: bool = False
    found: Mapping[StraightPosture, BaselineMismatch | None] = field(default_factory=dict)
    _looks: Mapping[StraightPosture, _Look] = field(default_factory=dict)

    def reading(self, person: BodyLike) -> StraightReading | None:
        """Return by what the measurements of `person` are to be corrected; `None` where they stand as they are."""
        if self.baseline is None or self.found.get(posture := posture_of(person)) is not None:
            return None
        return self.baseline.of(posture)

    def seen(self, person: BodyLike, view: View, time_s: float) -> "BaselineCheck":
        if self.baseline is None or (posture := posture_of(person)) in self.found:
            return self
        look = self._looks.get(posture, _Look()).seen(person, view, self.baseline.of(posture), time_s)
        if self.still or 2.0 * look.size.lag_s >= LOOK_S - _NEARLY_S:
            return replace(self, found={**self.found, posture: look.misfit})
        return replace(self, _looks={**self._looks, posture: look})

    @property
    def misfits(self) -> tuple[str, ...]:
        """A sentence for every posture in which the baseline is out of date, with what to do."""
        found = ((posture, mismatch) for posture, mismatch in self.found.items() if mismatch is not None)
        return tuple(_SENTENCES[mismatch].format(posture=posture) for posture, mismatch in found)
