"""The words of the program as types. Every value is frozen; nothing here computes.

Lengths are in frame heights (x right, y up, origin at the lower left corner of the picture), angles in degrees, times
in seconds from the first frame. What cannot be seen is `None`, never 0 and never NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Vec3 = tuple[float, float, float]
"""A point in metres: x right, y up, z away from the camera."""


PARTS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
"""The joints that each side of the body has."""

JOINTS = ("nose", *(f"{side}_{part}" for part in PARTS for side in ("left", "right")))
"""The joints that an engine sees, by name; a toe is the tip of the big toe."""


class Side(StrEnum):
    """A side of the body, as the person would say it."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Reason(StrEnum):
    """Why a moment cannot be judged. A closed list: outputs and documents may rely on it."""

    NO_PERSON = "no_person"
    TOO_FAR = "too_far"
    OUT_OF_FRAME = "out_of_frame"
    HIDDEN = "hidden"
    VIEW = "view"


class Status(StrEnum):
    """The verdict on one moment of one stretch."""

    UNSEEN = "unseen"  # cannot be judged, with a reason
    ELSEWHERE = "elsewhere"  # seen well, and not in the shape of this stretch
    ADJUST = "adjust"  # in the shape, form not good enough
    CORRECT = "correct"

    @property
    def in_shape(self) -> bool:
        """Whether the person is in the shape of the stretch, whatever the form."""
        return self in (Status.ADJUST, Status.CORRECT)


class Band(StrEnum):
    """The four words for a score: physiotherapists agree on such form with a kappa of 0.2 to 0.5 (Whelan 2019)."""

    GREAT = "great"
    GOOD = "good"
    ADJUST = "adjust"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A joint in the picture: frame heights, y up. `visibility` is the engine's own confidence, 0 to 1."""

    x: float
    y: float
    visibility: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """One person in one frame.

    `points` maps joint names (`left_knee`) to points in the picture. `world` maps some of them to metres in a frame
    that is centred on the hips: x right, y up, z away from the camera; it is for how the person is turned and
    nothing else. `aspect` is the frame's width over its height, so the picture spans x 0..aspect and y 0..1.
    """

    points: Mapping[str, Point]
    world: Mapping[str, Vec3]
    aspect: float


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the person stands to the camera.

    `yaw` is 0 seen exactly from the side, 90 from the front, -90 from the back; `None` when it is not known. `facing` is +1
    when a person standing up faces right in the picture, -1 left; lying on the back, +1 has the head on the left.
    """

    yaw: float | None
    facing: int
    oblique: bool = False  # turned so far that the numbers suffer: say so, go on judging
    unusable: bool = False  # turned too far to judge
    tolerance: float = 0.0  # degrees by which limits of faults move out, because the numbers suffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A fault that is beyond its limit now, and since when (seconds)."""

    name: str
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one stretch's pose file says of one moment.

    `score` is 0..100 and `None` unless the person is in the shape and seen. `side` is the stretched side. `measurements`
    are smoothed degrees; a measure that cannot be seen is `None`. `tolerance` is by how many degrees limits of faults are moved
    out now, for the view and for a stretched leg on the far side.
    """

    pose: str
    status: Status
    side: Side | None = None
    score: float | None = None
    reason: Reason | None = None
    measurements: Mapping[str, float | None] = field(default_factory=dict)
    breaches: tuple[Breach, ...] = ()
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A finished or running hold. `held_s` counts only correct time, so `held_s <= end_s - start_s`."""

    side: Side | None
    start_s: float
    end_s: float
    held_s: float
    score_s: float = 0.0  # the integral of the form score over the held time: score x seconds

    @property
    def mean_score(self) -> float:
        return self.score_s / self.held_s if self.held_s > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A short sentence for the person, and the fault it answers (`None`: praise, or something about the view)."""

    text: str
    fault: str | None = None
    since_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """All there is to say of one frame. Every output reads this and nothing else."""

    time_s: float
    landmarks: Landmarks | None
    view: View | None
    assessment: Assessment
    hold: Hold | None  # the running hold, if any
    held_s: float  # held so far on the stretched side, over all its holds
    goal_s: float
    cue: Cue | None
    recognised: bool  # whether this stretch is expected or has been seen; else it is only a guess
    others: tuple[Assessment, ...] = ()  # what the other candidate stretches say of the same frame

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """What every candidate stretch says of the frame."""
        return self.assessment, *self.others
