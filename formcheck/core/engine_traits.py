"""What the fold from landmarks to moments has to know of the engine that saw them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleError:
    """How far off one reading of a measure may be, as a sum: what it is in a posture, and what each circumstance adds.

    The sum is half the width, in degrees, of the interval round the reading that holds the true value in 90 of 100 cases.
    `follows` is no part of it.

    Attributes
    ----------
    standing, kneeling, lying : float
        What it is in each posture: seen from the side, all in plain sight, a leg on the near side. 0: it is not known in that
        one, and the largest of the others stands in.
    far : float
        Added where the leg is the far one.
    front, behind : float
        Added per degree by which the person is turned beyond `EngineTraits.errors_grow_from_deg`, seen more from the front or
        more from behind.
    hidden : float
        Added as far as the joint that is seen worst is hidden: the whole of it at a visibility of 0, nothing at 1.
    apart : float
        Added per degree by which two looks at the same picture differ from their mean by more than one degree; taken off as far
        as they agree better.
    follows : float
        By how many degrees the reading changes while the body moves by one: engines draw bodies less bent, and heads less
        lifted, than they are.
    """

    standing: float = 0.0
    kneeling: float = 0.0
    lying: float = 0.0
    far: float = 0.0
    front: float = 0.0
    behind: float = 0.0
    hidden: float = 0.0
    apart: float = 0.0
    follows: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineTraits:
    """Where a pose engine errs, and by how much. The defaults are those of MediaPipe's pose landmarker.

    What people do (how far they sway, how fast they move) is no trait and stays with the rule that needs it. Another engine has
    its own: run `formcheck evaluate` over samples/ with it, and fit what is off.
    """

    visible: float = 0.4
    """A joint seen with less confidence (0 to 1) is a guess. A leg hidden behind the other reads about 0.2, the far leg
    of a person in plain side view 0.4 to 0.9 (measured on recorded clips)."""

    edge: float = 0.02
    """A doubtful joint this near to the border (frame heights) is out of the picture rather than hidden."""

    smallest_person: float = 0.055
    """A trunk shorter than this (frame heights) is too small to measure: a person some 8 m from an ordinary webcam."""

    shoulders: float = 0.9
    shoulders_arms_up: float = 0.58
    """The distance of the engine's shoulder points in trunk lengths, seen from the front: with the arms hanging, and overhead.
    On photographs of real people from the front it is 0.76 (40 of them) and 0.49 (21); both are taken larger by a fifth, which
    the world landmarks make up for."""

    world_share: float = 0.4
    """Of the yaw of an upright person, the share that the shoulders' line in the world landmarks has (it reads 1.3 times the
    turn); the rest is given by the shoulders' distance in the picture (which saturates)."""

    world_excess_deg: float = 25.0
    """The yaw is at least what the world landmarks say less this (degrees): a trunk that points at the camera has no length to
    compare with, and then they alone must do."""

    lying_leg_share: float = 0.35
    lying_offset_deg: float = -6.2
    """The yaw of a lying person: the shoulders' distance in the picture, this share of the turn of the longer leg in the world
    landmarks, and an offset (degrees). Fitted on 55 rendered people at known angles; left out one by one they read 35 at most
    at a true 30 and 43 at least at a true 45, but for one."""

    oblique_from_deg: float = 17.0
    """Say "turn a little" from here on, either way. A true 15 is estimated at up to 17."""

    unusable_from_deg: float = 39.0
    usable_below_deg: float = 37.0
    """Judge no more from the first on; judge again below the second. Of 51 rendered people, those turned by 30 degrees (to be
    judged) are estimated at 38 at most, those turned by 45 (a knee reads 20 off) at 40 and more but for two."""

    errors_grow_from_deg: float = 10.0
    """From this yaw on, either way, angles are off by more than seen exactly from the side."""

    angle_errors: Mapping[str, AngleError] = field(default_factory=dict, hash=False)
    """How far off angles are, by measure. Of a measure that is not here `Measure.sigma_deg` says it."""

    leap_s: float = 0.15
    leap: float = 0.3
    """A leg that is lost leaps onto the other one: within the first (seconds) the legs come nearer by the second (trunk
    lengths). That is a knee at a metre a second, three times the speed of a leg that is drawn up; the engine's own smoothing
    stretches its leaps over two or three frames."""

    straight_neck_deg: float = 13.0
    """How the neck of a straight person is meant to read (degrees): the limits of pose files are about necks as the engine
    reads them, 6 to 20 held well."""

    flat_leg_deg: float = -2.0
    """How a leg that lies flat is meant to read (degrees): it leads down from the hip, as hip centres lie higher than
    ankles."""

    def movement_deg(self, measure: str, reading_deg: float) -> float:
        """Return by how many degrees a body has to move for the reading of `measure` to change by `reading_deg` degrees."""
        error = self.angle_errors.get(measure)
        return reading_deg / error.follows if error is not None else reading_deg


MEDIAPIPE_ERRORS: Mapping[str, AngleError] = {
    "trunk_inclination": AngleError(standing=5.57, kneeling=5.71, front=0.05, behind=0.07, apart=1.61, follows=0.96),
    "neck_relative": AngleError(standing=11.85, kneeling=9.47, lying=10.78, front=0.09, behind=0.12, apart=0.94, follows=0.77),
    "rear_hip_extension": AngleError(
        standing=8.19, kneeling=10.05, far=1, front=0.09, behind=0.25, hidden=1.96, apart=1.79, follows=0.95
    ),
    "rear_knee_flexion": AngleError(standing=5.79, kneeling=8.23, far=1.72, front=0.43, apart=1.73, follows=0.94),
    "front_knee_flexion": AngleError(
        standing=5.66, kneeling=5.84, front=0.07, behind=0.22, hidden=14.28, apart=2.22, follows=0.96
    ),
    "front_shin_angle": AngleError(standing=5.21, kneeling=5.42, front=0.02, behind=0.15, hidden=5.59, apart=1.9, follows=0.94),
    "rear_knee_lift": AngleError(standing=10.11, kneeling=10.37, front=0.13, behind=0.2, hidden=0.13, apart=2.86, follows=0.97),
    "feet_level": AngleError(standing=10.16, kneeling=5.66, front=0.01, behind=0.33, hidden=19.51, apart=0.56),
    "front_foot_angle": AngleError(standing=8.15, far=0.63, front=0.61, hidden=80.45, apart=3.01),
    "stride": AngleError(standing=6.38, front=0.48, behind=0.39, apart=3.42),
    "bent_hip_flexion": AngleError(lying=7.37, front=0.51, apart=1.04, follows=0.94),
    "bent_knee_flexion": AngleError(lying=7.23, front=0.22, behind=0.17, hidden=2.21, apart=0.93),
    "straight_knee_flexion": AngleError(lying=5.67, front=0.12, behind=2.02, hidden=103.88, apart=2.1, follows=0.98),
    "straight_hip_flexion": AngleError(lying=6.99, front=0.94, behind=0.4, hidden=105, apart=3.62, follows=0.89),
    "straight_leg_elevation": AngleError(lying=5.97, far=0.12, front=0.15, behind=0.32, apart=2.4, follows=0.97),
    "trunk_elevation": AngleError(lying=6.18, front=0.64, behind=0.22, apart=0.13, follows=0.89),
    "face_elevation": AngleError(lying=14.41, front=1.36, apart=0.91, follows=0.82),
}
"""Of MediaPipe's pose landmarker, fitted on rendered people by `docs/error_model.py`, which wrote these lines."""

DEFAULT_TRAITS = EngineTraits(angle_errors=MEDIAPIPE_ERRORS)
"""The traits of the engine that ships."""
