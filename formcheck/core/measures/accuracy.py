"""How far off a measurement may be, from the circumstances under which it was taken.

What each circumstance adds is a trait of the engine (`AngleError`), fitted on rendered people and checked on others:
`docs/error_model.py` does both, and `docs/accuracy.md` says how often the true value lies within.
"""

from collections.abc import Mapping
from dataclasses import replace

from formcheck.core.geometry import over_horizon, turn, vector
from formcheck.core.measures.facing import near_leg
from formcheck.core.measures.joints import PAIRS, MeasuredBody, locate
from formcheck.core.measures.table import SidedMeasure
from formcheck.core.values import Point, Side, View

NORMAL = 1.645
"""Half the width of the interval that holds 90 of 100 normally distributed values, in standard deviations."""

LYING_BELOW = 45.0
"""A person whose trunk is closer than this (degrees) to level lies."""

KNEELING_BELOW, KNEELING_BENT = 28.0, 20.0
"""A person who does not lie kneels where a shank is closer than the first to level and its knee bent by more than the second
(degrees): the shank of the rear leg of a deep lunge comes as near to level, but straight."""

AGREEING = 1.0
"""Two looks at a picture that differ from their mean by this (degrees) say no more than one look does."""

LEAST = 1.0
"""No interval is narrower than this half width (degrees), however well two looks agree."""


class ReadingErrors:
    """How far off the measures of one person in one frame may be.

    Parameters
    ----------
    body
        The person as measured, that is, seen squarely from the side.
    view
        How the person stands to the camera.
    """

    def __init__(self, body: MeasuredBody, view: View) -> None:
        traits, yaw = body.traits, view.yaw or 0.0
        self._facing, self._known = view.facing, traits.angle_errors
        self._far = near_leg(view.facing).other
        self._front, self._behind = (max(0.0, turned - traits.errors_grow_from_deg) for turned in (yaw, -yaw))
        self._posture = _posture(body)
        self._looks = [_look(body, sign) for sign in (1, -1)] if body.landmarks.spread else []
        self._found: dict[str, tuple[float, float]] = {}
        self._hiding = _Hiding(body.landmarks.points)

    def half_width(self, one: SidedMeasure) -> tuple[float, float]:
        """Return half the width of the interval that holds the true value of a measure in 90 of 100 cases, and what adds to it.

        The interval lies round the reading, as much below it as above. What is added is for the view, a far leg, joints that
        are half hidden and looks that disagree, and is below 0 where two looks agree; nothing is added to the errors of a
        measure of which the engine's traits do not speak, that follow from `Measure.sigma_deg`. Both are in degrees; that the
        joints of the measure are seen is taken for granted.
        """
        if one.key not in self._found:
            self._found[one.key] = self._half_width(one)
        return self._found[one.key]

    def _half_width(self, one: SidedMeasure) -> tuple[float, float]:
        error = self._known.get(one.row.name)
        if error is None:
            return NORMAL * one.row.sigma_deg, 0.0
        _, far, front, behind, hidden, apart = self.circumstances(one)
        added = far * error.far + front * error.front + behind * error.behind + hidden * error.hidden + apart * error.apart
        usual: float = getattr(error, self._posture) or max(error.standing, error.kneeling, error.lying)
        return max(LEAST, usual + added), added

    def circumstances(self, one: SidedMeasure) -> tuple[str, float, float, float, float, float]:
        """Return the posture, and how much there is of each thing that adds to the error, in the order of `AngleError`."""
        return (
            self._posture,
            float(self._far in one.sides),
            self._front,
            self._behind,
            max([self._hiding[joint] for joint in one.joints]),
            self._apart(one) - AGREEING if self._looks else 0.0,
        )

    def _apart(self, measure: SidedMeasure) -> float:
        """By how many degrees either of two looks differs from their mean."""
        one, other = (measure.read(look, self._facing, guess=True) for look in self._looks)
        return abs(one - other) / 2 if one is not None and other is not None else 0.0


class _Hiding(dict[str, float]):
    """How far each joint is hidden, 0 to 1, worked out when it is first looked up.

    Of a pair the better seen one counts, as in `joint_state`.
    """

    def __init__(self, points: Mapping[str, Point]) -> None:
        super().__init__()
        self._points = points

    def __missing__(self, joint: str) -> float:
        pair = PAIRS.get(joint)
        self[joint] = 1.0 - self._points[joint].visibility if pair is None else min(self[pair[0]], self[pair[1]])
        return self[joint]


def _posture(body: MeasuredBody) -> str:
    """The posture that a person is in, as the attributes of `AngleError` are called."""
    if abs(over_horizon(vector(locate(body, {}, "mid_hip"), locate(body, {}, "mid_shoulder")))) < LYING_BELOW:
        return "lying"
    for side in Side:
        hip, knee, ankle = (locate(body, {}, f"{side}_{joint}") for joint in ("hip", "knee", "ankle"))
        thigh, shank = vector(hip, knee), vector(knee, ankle)
        if abs(over_horizon(shank)) < KNEELING_BELOW and abs(turn(thigh, shank)) > KNEELING_BENT:
            return "kneeling"
    return "standing"


def _look(body: MeasuredBody, sign: int) -> MeasuredBody:
    """One of two looks at the same picture."""
    points = {
        name: Point(x=point.x + sign * x, y=point.y + sign * y, visibility=point.visibility)
        for name, point in body.landmarks.points.items()
        for x, y in [body.landmarks.spread.get(name, (0.0, 0.0))]
    }
    return MeasuredBody(replace(body.landmarks, points=points), body.traits)
