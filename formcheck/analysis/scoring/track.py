"""What a report draws of a clip over time: where the joints were, what was measured, and the moments worth a picture.

A few numbers ten times a second: an hour takes some 30 MB.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import nan

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.scoring.key_moments import KeyMoment, KeyMoments
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.interfaces import Image
from formcheck.core.values import JOINTS, Assessment, Moment, Side, Status
from formcheck.stretches import StretchSpec

TRACK_EVERY_S = 0.075
"""Samples are at least this far apart (seconds): every moment that is judged while nothing changes."""

DRAWN = tuple(joint for joint in JOINTS if joint != "nose")
"""The joints of which the place is kept."""

STATUSES = (Status.UNSEEN, Status.ELSEWHERE, Status.ADJUST, Status.CORRECT)
SIDES = (None, *Side)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClipTrack:
    """A clip over time.

    Attributes
    ----------
    times_s : NDArray[np.float64]
        Seconds from the first frame, shape (samples,).
    joints : NDArray[np.float32]
        Where the joints `DRAWN` are in frame heights, x right, y up, shape (samples, joints, 2); NaN where not seen.
    facing : NDArray[np.int8]
        As of `View`, +1 or -1; 0 where nobody was seen.
    status, side : NDArray[np.int8]
        The verdict and the stretched side, as places in `STATUSES` and `SIDES`.
    scores : NDArray[np.float32]
        The score of the form, 0 to 100; NaN where there was none.
    measures : Mapping[str, NDArray[np.float64]]
        By measure the value and from where to where the true one lies, degrees, shape (samples, 3); NaN where unseen.
    aspect : float
        Width over height of the picture.
    keys : tuple[KeyMoment, ...]
        The moments that are worth a picture.
    """

    times_s: NDArray[np.float64]
    joints: NDArray[np.float32]
    facing: NDArray[np.int8]
    status: NDArray[np.int8]
    side: NDArray[np.int8]
    scores: NDArray[np.float32]
    measures: Mapping[str, NDArray[np.float64]]
    aspect: float
    keys: tuple[KeyMoment, ...] = ()


@dataclass(slots=True)
class _OfStretch:
    status: "array[int]" = field(default_factory=lambda: array("b"))
    side: "array[int]" = field(default_factory=lambda: array("b"))
    scores: "array[float]" = field(default_factory=lambda: array("f"))
    measures: "dict[str, array[float]]" = field(default_factory=dict)


class TrackBuilder:
    """Takes moments in order of time, with a small picture of each where there is one; `specs` are the stretches looked for."""

    def __init__(self, specs: Iterable[StretchSpec], *, still: bool = False, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self._keys = KeyMoments(still=still)
        self._visible = traits.visible
        self._times_s = array("d")
        self._joints = array("f")
        self._facing = array("b")
        self._poses = {spec.name: _OfStretch(measures={name: array("d") for name in spec.measures}) for spec in specs}
        self._aspect: float | None = None

    def wants_picture(self, moment: Moment) -> bool:
        """Return whether the picture of a moment may be kept."""
        return moment.judged and self._keys.wants(moment.time_s)

    def add(self, moment: Moment, image: Image | None = None) -> None:
        """Take in one moment; one that was not judged is passed over."""
        if not moment.judged:
            return
        self._keys.add(moment, image)
        if self._times_s and moment.time_s - self._times_s[-1] < TRACK_EVERY_S:
            return
        self._times_s.append(moment.time_s)
        self._facing.append(moment.view.facing if moment.view is not None else 0)
        person = moment.landmarks
        if person is not None:
            self._aspect = person.aspect
        for joint in DRAWN:
            point = person.points.get(joint) if person is not None else None
            seen = point is not None and point.visibility >= self._visible
            self._joints.extend((point.x, point.y) if seen and point is not None else (nan, nan))
        for now in moment.assessments:
            self._note(self._poses[now.pose], now)

    def _note(self, kept: _OfStretch, now: Assessment) -> None:
        kept.status.append(STATUSES.index(now.status))
        kept.side.append(SIDES.index(now.side))
        kept.scores.append(nan if now.score is None else now.score)
        for name, column in kept.measures.items():
            value, interval = now.measurements.get(name), now.interval(name)
            column.extend((nan if value is None else value, *(interval or (nan, nan))))

    def track(self, pose: str | None, aspect: float) -> ClipTrack:
        """Return the track with what was measured for the stretch `pose`; call once. `aspect` is that of the clip."""
        kept = self._poses.get(pose) if pose is not None else None
        count = len(self._times_s)
        nothing = np.zeros(count, np.int8)
        return ClipTrack(
            times_s=np.array(self._times_s),
            joints=np.array(self._joints, np.float32).reshape(count, len(DRAWN), 2),
            facing=np.array(self._facing, np.int8),
            status=np.array(kept.status, np.int8) if kept is not None else nothing,
            side=np.array(kept.side, np.int8) if kept is not None else nothing,
            scores=np.array(kept.scores, np.float32) if kept is not None else np.full(count, nan, np.float32),
            measures={name: np.array(column).reshape(count, 3) for name, column in kept.measures.items()} if kept else {},
            aspect=self._aspect or aspect,
            keys=self._keys.found(pose),
        )
