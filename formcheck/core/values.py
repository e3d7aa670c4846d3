"""The words of the program as types. Every value is frozen; nothing here computes.

Lengths are in frame heights (x right, y up, origin at the lower left corner of the picture), angles in degrees, times
in seconds from the first frame. What cannot be seen is `None`, never 0 and never NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Vec3 = tuple[float, float, float]
"""A point in metres: x right, y up, z away from the camera."""


Area = tuple[float, float, float, float]
"""A part of a picture in frame heights: left, low, right, top."""

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
        """The other side of the body."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Reason(StrEnum):
    """Why a moment cannot be judged. A closed list: outputs and documents may rely on it.

    Attributes
    ----------
    NO_PERSON
        Nobody is seen.
    TOO_FAR
        The person is too small in the picture to be measured.
    OUT_OF_FRAME
        A joint that is needed lies at the border of the picture or beyond it.
    HIDDEN
        A joint that is needed is hidden: the engine only guesses where it is.
    VIEW
        The person is turned too far from side-on.
    NO_NEW_PICTURE
        The camera or the clip stands still: no picture comes, or the same one again and again.
    """

    NO_PERSON = "no_person"
    TOO_FAR = "too_far"
    OUT_OF_FRAME = "out_of_frame"
    HIDDEN = "hidden"
    VIEW = "view"
    NO_NEW_PICTURE = "no_new_picture"


class Status(StrEnum):
    """The verdict on one moment of one stretch.

    Attributes
    ----------
    UNSEEN
        Cannot be judged, with a reason.
    ELSEWHERE
        Seen well, and not in the shape of this stretch.
    ADJUST
        In the shape, form not good enough.
    CORRECT
        In the shape, form good enough.
    """

    UNSEEN = "unseen"
    ELSEWHERE = "elsewhere"
    ADJUST = "adjust"
    CORRECT = "correct"

    @property
    def in_shape(self) -> bool:
        """Whether the person is in the shape of the stretch, whatever the form."""
        return self in (Status.ADJUST, Status.CORRECT)


class KeyKind(StrEnum):
    """What a moment of a clip is worth a picture for, in documents.

    Attributes
    ----------
    BEST, WORST
        The best and the worst second of a side.
    CHANGE
        Half way between the two sides.
    PHOTO
        The one moment of a photo.
    """

    BEST = "best"
    WORST = "worst"
    CHANGE = "change"
    PHOTO = "photo"


class Verdict(StrEnum):
    """The verdict on a clip, a photo or a side, in documents.

    Attributes
    ----------
    CORRECT
        In the shape, form good enough.
    BORDERLINE
        In the shape, and so near a limit that the next picture might be judged otherwise.
    ADJUST
        In the shape, form not good enough.
    UNSEEN
        Cannot be judged.
    NONE
        Not in the shape of a stretch.
    """

    CORRECT = "correct"
    BORDERLINE = "borderline"
    ADJUST = "adjust"
    UNSEEN = "unseen"
    NONE = "none"


class Edge(StrEnum):
    """On which side of a range a value lies: below its lower edge, or above its upper one."""

    LOW = "low"
    HIGH = "high"


class Band(StrEnum):
    """The four words for a score: physiotherapists agree on such form with a kappa of 0.2 to 0.5 (Whelan 2019)."""

    GREAT = "great"
    GOOD = "good"
    ADJUST = "adjust"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A joint in the picture.

    Attributes
    ----------
    x : float
        How far right of the picture's left edge, in frame heights: 0 to the picture's `aspect` inside of it, below 0 or more
        than that where the engine places the joint outside.
    y : float
        How far up from the picture's lower edge, in frame heights: 0 to 1 inside the picture.
    visibility : float
        The engine's own confidence that the joint is seen there, 0 to 1. Below the engine's `EngineTraits.visible` it is a
        guess, and what needs this very joint is not measured (`None`).
    """

    x: float
    y: float
    visibility: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """One person in one frame.

    Attributes
    ----------
    points : Mapping[str, Point]
        Every joint by its name (`left_knee`; `JOINTS` has all names), in frame heights, x right, y up. A joint that is not seen
        is there as well, with a low `visibility`.
    world : Mapping[str, tuple[float, float, float]]
        Some of the joints by name, as (x, y, z) in metres from the middle of the hips: x right, y up, z away from the camera.
        It is for how the person is turned and nothing else. A joint that the engine does not give has no entry; all may be
        missing.
    aspect : float
        Width over height of the picture: it spans x 0..aspect and y 0..1.
    spread : Mapping[str, tuple[float, float]]
        By how much two looks at the same picture, one of them at its mirror image, place a joint apart: half of what leads from
        the one to the other, (x, y) in frame heights, x right, y up. `points` lie half way between both, or where the surer
        look has them if a limb is in two places. Empty where the picture was looked at once.
    """

    points: Mapping[str, Point]
    world: Mapping[str, Vec3]
    aspect: float
    spread: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the person stands to the camera.

    Attributes
    ----------
    yaw : float or None
        Degrees from side-on, -90 to 90: 0 seen exactly from the side, 90 from the front, -90 from the back. `None` when it is
        not known.
    facing : int
        +1 when a person standing up faces right in the picture, -1 left; lying on the back, +1 has the head on the left.
    oblique : bool
        Turned so far that the numbers suffer: it is said, and judging goes on.
    unusable : bool
        Turned too far to judge, or `yaw` not known.
    """

    yaw: float | None
    facing: int
    oblique: bool = False
    unusable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A fault that is beyond its limit now.

    Attributes
    ----------
    name : str
        The fault, as the pose file calls it.
    since_s : float
        When it went beyond its limit, in seconds from the first frame.
    """

    name: str
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one stretch's pose file says of one moment.

    Attributes
    ----------
    pose : str
        The name of the stretch.
    status : Status
        The verdict.
    side : Side or None
        The stretched side; `None` unless the person is in the shape and seen.
    score : float or None
        The form score, 0 to 100; `None` unless the person is in the shape and seen.
    reason : Reason or None
        Why the moment cannot be judged; `None` unless `status` is `UNSEEN`.
    measurements : Mapping[str, float or None]
        The smoothed value in degrees by measure, for every measure of the stretch; its zero and sign are those of the
        `Measure`. `None` unless the joints that it needs were seen in at least half of the samples that are smoothed.
    breaches : tuple[Breach, ...]
        The faults beyond their limits now, in order of priority.
    tolerances : Mapping[str, float]
        By measure, by how many degrees (0 or more) the limits of faults are moved out now, as its error is larger than usual;
        none of a measure whose measurement is `None`.
    errors : Mapping[str, float]
        By measure, the half width in degrees of the interval that holds the true value in 90 of 100 cases; none of a measure
        whose measurement is `None`.
    start : Mapping[str, float]
        What the measures were when the hold under way began, in degrees, for those whose change is a fault; empty where none
        is, or no hold has lasted for long enough.
    """

    pose: str
    status: Status
    side: Side | None = None
    score: float | None = None
    reason: Reason | None = None
    measurements: Mapping[str, float | None] = field(default_factory=dict)
    breaches: tuple[Breach, ...] = ()
    tolerances: Mapping[str, float] = field(default_factory=dict)
    errors: Mapping[str, float] = field(default_factory=dict)
    start: Mapping[str, float] = field(default_factory=dict)

    def as_elsewhere(self) -> "Assessment":
        """Return the assessment as that of a person who is not in the shape of the stretch.

        Returns
        -------
        Assessment
            Without side and faults; measurements in degrees stay.
        """
        return replace(self, status=Status.ELSEWHERE, side=None, breaches=())

    def as_unseen(self, reason: Reason) -> "Assessment":
        """Return the assessment as that of a moment that cannot be judged.

        Parameters
        ----------
        reason
            Why.

        Returns
        -------
        Assessment
            Without side, score, faults and measurements.
        """
        return Assessment(pose=self.pose, status=Status.UNSEEN, reason=reason)

    def interval(self, measure: str) -> tuple[float, float] | None:
        """Return from where to where, in degrees, the true value lies in 90 of 100 cases; `None` where it was not measured."""
        value, error = self.measurements.get(measure), self.errors.get(measure)
        return None if value is None or error is None else (value - error, value + error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A finished or running hold.

    Attributes
    ----------
    side : Side or None
        The stretched side; `None` where it is not known.
    start_s, end_s : float
        From when to when, in seconds from the first frame; of a running hold until the last correct moment.
    held_s : float
        Seconds in correct form. Lapses do not count, so it is at most `end_s - start_s`.
    score_s : float
        The integral of the form score (0 to 100) over the held time: score times seconds.
    """

    side: Side | None
    start_s: float
    end_s: float
    held_s: float
    score_s: float = 0.0

    @property
    def mean_score(self) -> float:
        """The mean form score over the held time, 0 to 100; 0 where nothing was held yet."""
        return self.score_s / self.held_s if self.held_s > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A short sentence for the person.

    Attributes
    ----------
    text : str
        The sentence.
    fault : str or None
        The fault it answers; `None` of praise, and of what is about the view or about why nothing can be judged.
    since_s : float
        When it was given, in seconds from the first frame.
    """

    text: str
    fault: str | None = None
    since_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """All there is to say of one frame. Every output reads this and nothing else.

    Attributes
    ----------
    time_s : float
        When it is, in seconds from the first frame.
    landmarks : Landmarks or None
        The person who is judged, in frame heights, x right, y up; `None` where nobody is seen.
    view : View or None
        How the person stands to the camera; `None` where nobody is seen.
    assessment : Assessment
        What the stretch that is shown says: status, score (0 to 100), measurements in degrees, `None` where a joint that is
        needed is not seen.
    hold : Hold or None
        The running hold; `None` where none is under way, or it is not confirmed yet.
    held_s : float
        Seconds held so far on the stretched side, over all its holds.
    goal_s : float or None
        Seconds to hold on a side; `None` where it is held to the end.
    cue : Cue or None
        What to tell the person now; `None` where there is nothing to tell.
    recognised : bool
        Whether this stretch is expected, or somebody has kept still in its shape for two seconds; else it is only a guess.
    others : tuple[Assessment, ...]
        What the other candidate stretches say of the same frame.
    judged : bool
        Whether a frame was judged then; else it is shown between two that were.
    """

    time_s: float
    landmarks: Landmarks | None
    view: View | None
    assessment: Assessment
    hold: Hold | None
    held_s: float
    goal_s: float | None
    cue: Cue | None
    recognised: bool
    others: tuple[Assessment, ...] = ()
    judged: bool = True

    @property
    def only_a_guess(self) -> bool:
        """Whether the person passes through the shape of a stretch that is not recognised: nothing of it is shown."""
        return not self.recognised and self.assessment.status.in_shape

    def as_elsewhere(self) -> "Moment":
        """Return the moment as that of a person who is not in the shape of the stretch.

        Returns
        -------
        Moment
            Without side, faults and cue; landmarks, view and measurements in degrees stay.
        """
        return replace(self, cue=None, assessment=self.assessment.as_elsewhere())

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """What every candidate stretch says of the frame."""
        return self.assessment, *self.others
