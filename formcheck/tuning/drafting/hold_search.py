"""The hold in an unlabelled clip: the longest time in which the person keeps still and isn't just standing or lying, and the
side that is stretched in it.

People walk in, get into the stretch, stay, and leave. What they stay in longest is what they want to show.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

import numpy as np

from formcheck.analysis.view.camera_view import SeenFrame, ViewState, squared_frame
from formcheck.analysis.view.leg_occlusion import LegOcclusion
from formcheck.analysis.view.subject import SubjectState
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.errors import DraftError
from formcheck.core.geometry import over_horizon, vector
from formcheck.core.measures import Measure, MeasuredBody, locate, measure, table
from formcheck.core.values import Landmarks, Reason, Side
from formcheck.core.wording.language import N_
from formcheck.stretches.spec import Legs

LEAST_S = 2.0
"""A hold is at least this long (seconds): shorter, it is a pause in a movement."""

WINDOW_S, MOVED = 1.0, 6.0
"""The person keeps still while no joint angle changes by so many degrees from one half of this time to the other. Medians of
the halves are compared: a far leg that is half hidden trembles and goes nowhere. The slowest movement into a stretch passes
15."""

LEAST_ANGLES = 3
"""Of the trunk, two hips and two knees so many must be seen."""

STRAIGHT = 25.0
"""Hips, knees and trunk all straighter than this (degrees) are a person who stands about or lies flat."""

LYING = 45.0
"""A person whose trunk is closer to level than this (degrees) is lying."""

APART = 12.0
"""Feet (as seen from the hips) or thighs that differ by less than this, in degrees, don't tell which leg is which."""

_LEG_ANGLES = (table.REAR_HIP_EXTENSION, table.REAR_KNEE_FLEXION)


@dataclass(frozen=True, slots=True, kw_only=True)
class SteadyHold:
    """The frames of the hold. `facing` as in `View`, `yaw` in degrees."""

    sights: Sequence[SeenFrame]
    facing: int
    yaw: float
    lying: bool

    @property
    def start_s(self) -> float:
        """When it starts, in seconds."""
        return self.sights[0].time_s

    @property
    def end_s(self) -> float:
        """When it ends, in seconds."""
        return self.sights[-1].time_s

    @property
    def legs(self) -> Legs:
        """The pair of roles that the legs play."""
        return Legs(stretched="straight", other="bent") if self.lying else Legs(stretched="rear", other="front")

    def values(self, row: Measure, roles: Mapping[str, Side]) -> list[float]:
        """Return the measure in degrees, for all frames in which it is seen."""
        found = (measure(row, sight.person, roles, self.facing) for sight in self.sights if sight.person is not None)
        return [value for value in found if value is not None]


def find_hold(frames: Sequence[tuple[float, Sequence[Landmarks]]], traits: EngineTraits = DEFAULT_TRAITS) -> SteadyHold:
    """Return the longest hold in the people seen by frame, with times in seconds. Raises DraftError where there is none.

    `traits` are those of the engine that saw the people.
    """
    sights = list(_watched(frames, traits))
    if all(sight.person is None for sight in sights):
        raise DraftError(
            N_("nobody is seen in it. Film all of the person from the side, two and a half metres away, in good light.")
        )
    holds = [_hold(run) for run in _runs(sights)]
    long = [hold for hold in holds if hold.end_s - hold.start_s >= LEAST_S]
    if not long:
        raise DraftError(_why_none(sights))
    bent = [hold for hold in long if not _straight(hold)]
    if not bent:
        raise DraftError(
            N_("the person only stands or lies straight for as long as they keep still: there is no stretch to be seen.")
        )
    return max(bent, key=lambda hold: hold.end_s - hold.start_s)


def _watched(frames: Sequence[tuple[float, Sequence[Landmarks]]], traits: EngineTraits) -> Iterator[SeenFrame]:
    """Yield the frames of the largest person: no stretch is known yet that would tell people apart."""
    followed, looking, legs = SubjectState(), ViewState(), LegOcclusion()
    for time_s, people in frames:
        followed, person = followed.choose([MeasuredBody(one, traits) for one in people], lambda _: False, time_s)
        if person is None:
            yield SeenFrame(time_s=time_s)
            continue
        looking, view = looking.seen(person, time_s)
        legs, person = legs.seen(person, time_s)
        frame = squared_frame(person, view, time_s)
        yield replace(frame, reason=Reason.VIEW) if frame.reason is None and view.unusable else frame


def _angles(sight: SeenFrame) -> dict[str, float]:
    """The joint angles of one frame that are seen, whatever the posture and the roles of the legs."""
    if sight.person is None or sight.view is None or sight.reason is not None:
        return {}
    legs = ((row, side) for row in _LEG_ANGLES for side in Side)
    found = {f"{row.name}, {side}": measure(row, sight.person, {"rear": side}, sight.view.facing) for row, side in legs}
    found["trunk"] = measure(table.TRUNK_INCLINATION, sight.person, {}, sight.view.facing)
    return {name: value for name, value in found.items() if value is not None}


def _runs(sights: Sequence[SeenFrame]) -> Iterator[list[SeenFrame]]:
    """Frames in a row in which the person keeps still and faces one way."""
    angles, times_s = [_angles(sight) for sight in sights], [sight.time_s for sight in sights]

    def facing(sight: SeenFrame) -> int | None:
        first, end = bisect_left(times_s, sight.time_s - WINDOW_S / 2), bisect_right(times_s, sight.time_s + WINDOW_S / 2)
        return sight.view.facing if sight.view is not None and _still(angles[first:end]) else None

    return (list(run) for faces, run in groupby(sights, facing) if faces is not None)


def _still(window: Sequence[Mapping[str, float]]) -> bool:
    """Whether all angles that are mostly seen stay as they are."""
    names: set[str] = set().union(*window)
    columns = ([seen[name] for seen in window if name in seen] for name in names)
    seen_enough = [column for column in columns if 2 * len(column) > len(window)]
    return len(seen_enough) >= LEAST_ANGLES and all(_change(column) <= MOVED for column in seen_enough)


def _change(values: Sequence[float]) -> float:
    """By how much the first and the second half differ, in degrees."""
    half = (len(values) + 1) // 2
    return abs(median(values[:half]) - median(values[-half:]))


def spread_of(values: Sequence[float]) -> float:
    """Return the width that nine tenths of the values lie in, in degrees."""
    low, high = np.percentile(values, (5, 95))
    return float(high - low)


def _hold(run: Sequence[SeenFrame]) -> SteadyHold:
    views = [sight.view for sight in run if sight.view is not None]
    people = [sight.person for sight in run if sight.person is not None]
    trunks = [over_horizon(vector(locate(person, {}, "mid_hip"), locate(person, {}, "mid_shoulder"))) for person in people]
    return SteadyHold(
        sights=run,
        facing=1 if sum(view.facing for view in views) >= 0 else -1,
        yaw=median(view.yaw or 0.0 for view in views),
        lying=abs(median(trunks)) < LYING,
    )


def _straight(hold: SteadyHold) -> bool:
    straight = -90.0 if hold.lying else 0.0
    seen = [_angles(sight) for sight in hold.sights]
    medians = {name: median(one[name] for one in seen if name in one) for name in set().union(*seen)}
    return all(abs(value - (straight if name == "trunk" else 0.0)) < STRAIGHT for name, value in medians.items())


def _why_none(sights: Sequence[SeenFrame]) -> str:
    reasons = Counter(sight.reason or (Reason.HIDDEN if len(_angles(sight)) < LEAST_ANGLES else None) for sight in sights)
    reasons.pop(Reason.NO_PERSON, None)
    reason, count = reasons.most_common(1)[0]
    return _WHY[reason if 2 * count > reasons.total() else None]


_WHY = {
    None: N_("nobody keeps still in it for {seconds:g} seconds. Show the stretch held, for ten seconds or more.").format(
        seconds=LEAST_S
    ),
    Reason.VIEW: N_("the person is not seen from the side. Film square on: a shoulder, a hip and a knee towards the camera."),
    Reason.TOO_FAR: N_("the person is too small in the picture. Film from two and a half to three and a half metres."),
    Reason.HIDDEN: N_("hips and knees are hidden or out of the picture. Film all of the person, with nothing in front."),
}


def stretched_side(hold: SteadyHold) -> Side:
    """Return the side that is stretched in the hold. Raises DraftError where nothing tells.

    Upright the stretched leg is the one whose foot is further back, lying the one whose thigh is more in line with the trunk.
    """
    more = _lying(hold) if hold.lying else _upright(hold)
    if more is None or abs(more) < APART:
        why = N_("both thighs are bent alike") if hold.lying else N_("neither foot is further back")
        raise DraftError(
            N_("which leg is stretched can't be told: {why}. Say it with --side left or --side right.").format(
                why=why if more is not None else N_("one of them is hidden")
            )
        )
    return Side.LEFT if more > 0 else Side.RIGHT


def _upright(hold: SteadyHold) -> float | None:
    """How far the left foot is behind the right one, in degrees at the hips."""
    values = hold.values(table.STRIDE, {"rear": Side.LEFT, "front": Side.RIGHT})
    return median(values) if values else None


def _lying(hold: SteadyHold) -> float | None:
    """How much less the left hip is bent than the right one, in degrees."""
    left, right = (hold.values(table.STRAIGHT_HIP_FLEXION, {"straight": side}) for side in (Side.LEFT, Side.RIGHT))
    return median(right) - median(left) if left and right else None
