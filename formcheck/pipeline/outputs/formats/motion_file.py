"""`--measures FILE.mot`: the angles of both legs as an OpenSim motion, in degrees, at a steady rate.

Coordinates and signs are those of the model of Rajagopal 2016 and of those made from it (Lai-Uhlrich, Pose2Sim): hip and knee
bent and foot drawn up are positive, a pelvis that tips forward is negative. The angles are the measures of the same moments,
as smooth as these, but of either leg in its own name and without a profile's baseline. No side view parts pelvis and trunk:
what is called `pelvis_tilt` is the trunk, and `hip_flexion` counts from it, so that a model whose lumbar joint stays at 0 takes
the posture. What is unseen is NaN; a coordinate that is never seen, and the time before anything is and after, is left out.
"""

from array import array
from collections.abc import Iterator, Mapping
from math import inf, nan
from pathlib import PurePath

import numpy as np

from formcheck.analysis.hold_timer import is_gap
from formcheck.analysis.scoring.result import Result
from formcheck.analysis.view.camera_view import square_on, too_far
from formcheck.core.engine_traits import EngineTraits
from formcheck.core.geometry import Vec, turn, vector
from formcheck.core.interfaces import Image
from formcheck.core.measures import MEASURES, Measure, MeasuredBody, measure
from formcheck.core.measures.table import BENT_HIP_FLEXION, BENT_KNEE_FLEXION, TRUNK_INCLINATION
from formcheck.core.plain_text import one_line
from formcheck.core.smoothing import MedianWindows
from formcheck.core.values import Landmarks, Moment, Side
from formcheck.pipeline.outputs.base import AtomicFileOutput, OutputRequest
from formcheck.pipeline.outputs.collector import JointTrack
from formcheck.pipeline.outputs.formats.uniform import Values, as_text, rate_of, resampled


def _ankle_flexion(facing: int, knee: Vec, ankle: Vec, heel: Vec, toe: Vec) -> float:
    return facing * turn(vector(knee, ankle), vector(heel, toe)) - 90.0


ANKLE = Measure(
    name="ankle_flexion",
    joints=("bent_knee", "bent_ankle", "bent_heel", "bent_toe"),
    formula=_ankle_flexion,
    zero="the line from heel to tip of the big toe at a right angle to the shank",
    positive="foot drawn up",
    meaning="the ankle",
    lowest_deg=-180.0,
)
"""No pose file asks for it, so how true it is has not been measured."""

_OF_A_LEG = {"hip_flexion_{}": BENT_HIP_FLEXION.name, "knee_angle_{}": BENT_KNEE_FLEXION.name, "ankle_angle_{}": ANKLE.name}
"""The measure of each coordinate of a leg; the sign is the same."""

COORDINATES: Mapping[str, tuple[str, Side | None, int]] = {
    "pelvis_tilt": (TRUNK_INCLINATION.name, None, -1),
    **{name.format(side[0]): (of, side, 1) for side in (Side.RIGHT, Side.LEFT) for name, of in _OF_A_LEG.items()},
}
"""The measure that each coordinate is, of which leg, and whether it counts the same way (1) or the other (-1)."""

_DECIMALS = 4


class MotionFile(AtomicFileOutput):
    """The motion file."""

    def __init__(self, request: OutputRequest) -> None:
        super().__init__(request)
        self._joints = JointTrack()
        self._views = array("d")  # of each moment: yaw, facing, whether it can be judged, width over height of the picture

    def write(self, moment: Moment, picture: Image | None) -> None:
        self._joints.add(moment.time_s, moment.landmarks)
        view, person = moment.view, moment.landmarks
        if view is None or person is None:
            self._views.extend((0.0, 1, False, 1.0))
        else:
            self._views.extend((view.yaw or 0.0, view.facing, not view.unusable, person.aspect))

    def complete(self, result: Result) -> None:
        clip = self.request.clip
        times_s, angles = resampled(self._joints.times_s, self._smoothed(result.traits), rate_of(clip.fps))
        name = one_line(PurePath(clip.path).name)
        # A reader of OpenSim ends at the first NaN, so there are none that say nothing: at the ends, or all the time.
        seen = ~np.isnan(angles)
        at_some_time = [i for i in range(len(COORDINATES)) if seen[:, i].any() or not seen.any()]
        rows = np.flatnonzero(seen.any(axis=1))
        told = slice(rows[0], rows[-1] + 1) if len(rows) else slice(0)
        times_s, angles = times_s[told], angles[told][:, at_some_time]
        names = [list(COORDINATES)[i] for i in at_some_time]
        with self.part.open("w", encoding="utf-8", newline="\n") as out:
            out.write(f"formcheck {name}\nversion=1\nnRows={len(times_s)}\nnColumns={1 + len(names)}\ninDegrees=yes\n")
            out.write("\t".join(["endheader\ntime", *names]) + "\n")
            for time_s, row in zip(times_s, angles, strict=True):
                out.write("\t".join([f"{time_s:.6f}", *(as_text(value, _DECIMALS) for value in row)]) + "\n")

    def _smoothed(self, traits: EngineTraits) -> Values:
        """The coordinates at every moment, by the medians that measures are smoothed with."""
        windows, last_s = MedianWindows(), -inf
        rows = []
        for time_s, (raw, judged) in zip(self._joints.times_s, self._raw(traits), strict=True):
            windows = (MedianWindows() if is_gap(time_s - last_s) else windows).push(time_s, raw)
            smoothed = windows.values(COORDINATES) if judged else {}
            rows.append([nan if (value := smoothed.get(name)) is None else value for name in COORDINATES])
            last_s = time_s
        return np.array(rows).reshape(-1, len(COORDINATES))

    def _raw(self, traits: EngineTraits) -> Iterator[tuple[Mapping[str, float | None], bool]]:
        """What is measured at every moment, and whether the view lets it be judged."""
        views = np.array(self._views).reshape(-1, 4).tolist()
        for (yaw, facing, judged, aspect), points in zip(views, self._joints.people(), strict=True):
            person = Landmarks(points=points or {}, world={}, aspect=aspect)
            if points is None or too_far(MeasuredBody(person, traits)):
                yield {}, False
            else:
                yield _coordinates(MeasuredBody(square_on(person, yaw, traits), traits), int(facing)), bool(judged)


create = MotionFile


def _coordinates(body: MeasuredBody, facing: int) -> dict[str, float | None]:
    """What the coordinates are of a person as seen squarely from the side."""
    found = {}
    for name, (of, side, sign) in COORDINATES.items():
        row = ANKLE if of == ANKLE.name else MEASURES[of]
        value = measure(row, body, {"bent": side} if side is not None else {}, facing)
        found[name] = sign * value if value is not None else None
    return found
