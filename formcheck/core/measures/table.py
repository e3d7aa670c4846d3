"""The table of measures: one row a quantity, with all that is known of it. `formcheck poses measures` prints it.

Definitions and signs follow the usual sagittal conventions: flexion is positive, the anatomical position is zero, and
the trunk runs from mid-hip to mid-shoulder while each leg runs through its own hip, knee and ankle (that mixed chain
has the smallest bias when the person is turned a little). Signed joint angles are used throughout: the unsigned angle
between three points cannot tell 20 degrees of flexion from 20 degrees of extension.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

from formcheck.core.errors import MeasureError
from formcheck.core.geometry import Vec, from_vertical, over_horizon, turn, vector, within_turn
from formcheck.core.measures.joints import BodyLike, MeasuredBody, Roles, body_of, joint_name, outweighing
from formcheck.core.values import Reason, Side
from formcheck.core.wording.language import N_, NP_, joined


class BodyPart(StrEnum):
    """What a baseline knows of a body; hip, knee and leg of either leg."""

    TRUNK = "trunk"
    NECK = "neck"
    HIP = "hip"
    KNEE = "knee"
    LEG = "leg"


OF_A_LEG = frozenset({BodyPart.HIP, BodyPart.KNEE, BodyPart.LEG})
"""The parts of which each leg has one; a baseline knows them as near and far."""

LEG_WORDS = {
    "rear": NP_("of_leg", "back"),
    "front": NP_("of_leg", "front"),
    "straight": NP_("of_leg", "straight"),
    "bent": NP_("of_leg", "bent"),
}
"""The roles of the legs in words for the person."""

_SIDE_WORDS = {"mid": NP_("of_leg", "mid"), "left": NP_("of_leg", "left"), "right": NP_("of_leg", "right"), **LEG_WORDS}

_JOINT_WORDS = {
    "nose": N_("nose"),
    "ear": N_("ear"),
    "shoulder": N_("shoulder"),
    "elbow": N_("elbow"),
    "wrist": N_("wrist"),
    "hip": N_("hip"),
    "knee": N_("knee"),
    "ankle": N_("ankle"),
    "heel": N_("heel"),
    "toe": N_("toe"),
}

_OF_LEG = N_("{of_leg} {name}")
_WITH_CODE = N_("{name} ({code})")

Formula = Callable[..., float | None]
"""`formula(facing, *points) -> degrees`, or `None` where it has none; `facing` is +1 or -1, the points come in the order of the
row's joints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A row of the table: a quantity in degrees, how it is computed, and all that any part of the program knows of it.

    The first six attributes are needed to make one; the others say what the quantity is beyond its formula.

    Attributes
    ----------
    name : str
        What pose files and the columns of `--measures` call it: lower case letters, digits and `_`.
    joints : tuple[str, ...]
        The joints it needs, in the order in which `formula` takes them: `rear_knee` (a leg by its role: `rear`, `front`,
        `straight`, `bent`), `mid_hip` (half way between left and right), or `nose`. Where one of them is hidden or out of the
        picture, the measurement is `None`.
    formula : Callable[..., float | None]
        `formula(facing, *points) -> degrees`; `None` or NaN where it has none. `facing` is +1 of a person who faces
        right in the picture, -1 left; a point is `(x, y)` in frame heights, x right, y up.
    zero, positive, meaning : str
        What 0 degrees is, what positive values are, and what the quantity tells, as `formcheck poses measures` prints it.
    short : str
        What people read of it, in a word or two, without the leg that is meant, which is put before it. Empty: `name`.
    label_joint : str or None
        The joint beside which a picture shows the value, where a person looks for it. `None`: it is not written there.
    part, sign : BodyPart or None, int
        The part of a person's baseline that corrects it, and -1 where the measure counts the other way than the baseline
        does (extension against flexion). Without a part it is never corrected.
    lying : bool or None
        `True`: it speaks of lying people only; `False`: of upright ones only; `None`: of both.
    standing_deg, lying_flat_deg : float or None
        What it reads of a person who stands about or lies flat (degrees): a drafted stretch must differ from that. `None`: it
        does not tell.
    sigma_deg : float
        The standard deviation of one reading of an upright person, the person's bias and the view included (degrees). From the
        literature: 4 for the trunk, 7 for the neck, 5 else.
    error_deg : float or None
        The mean absolute error by `formcheck evaluate` (degrees), on the tuning part of samples/ and 36 more rendered people,
        the camera within 15 degrees of side-on. `None`: not measured; `sigma_deg` stands in.
    draft_weight : int
        What it weighs as a target of a pose file that `formcheck new` drafts, in percent of the form score: the share that it
        has in the shipped files. 0: it is never a target.
    too_low, too_high : str
        What to do about a value below or above full credit, at most eight words each, where the pose file does not say it. A
        drafted pose file has them as cues. Empty: "a little more", "a little less".
    below_shape, above_shape : str
        What to do to get into the shape of a stretch from a value below or above it, where that is another thing than `too_low`
        and `too_high` say.
    essential : bool
        Whether a drafted pose file judges nothing without it and has faults of it; for that it needs `too_low` and `too_high`.
    segment : tuple[str, ...]
        The joints of the part of the body that is marked when it is at fault, in a row. Empty: the last two of `joints`.
    lowest_deg : float or None
        The value is brought into the full turn that begins here (degrees): where no body can be, or it would jump between two
        ends while a body moves on. `None`: it is as `formula` has it.
    coarse : bool
        Whether a drafted pose file uses it for the gross shape, where no target tells two postures apart.

    """

    name: str
    joints: tuple[str, ...]
    formula: Formula
    zero: str
    positive: str
    meaning: str
    short: str = ""
    label_joint: str | None = None
    part: BodyPart | None = None
    sign: int = 1
    lying: bool | None = None
    standing_deg: float | None = None
    lying_flat_deg: float | None = None
    sigma_deg: float = 5.0
    error_deg: float | None = None
    draft_weight: int = 0
    too_low: str = ""
    too_high: str = ""
    below_shape: str = ""
    above_shape: str = ""
    essential: bool = True
    segment: tuple[str, ...] = ()
    lowest_deg: float | None = None
    coarse: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """The leg roles this measure speaks of; a stretch can use it if its legs have them."""
        return frozenset({joint.partition("_")[0] for joint in self.joints} & LEG_WORDS.keys())

    @property
    def draft_essential(self) -> bool:
        """Whether a drafted pose file has it as a target without which nothing is judged."""
        return self.essential and self.draft_weight > 0 and bool(self.too_low and self.too_high)

    @property
    def marked(self) -> tuple[str, ...]:
        """The joints of the part of the body that is at fault, in a row."""
        return self.segment or self.joints[-2:]

    @property
    def name_with_leg(self) -> str:
        """What people read wherever this measure is spoken of: `back knee`."""
        if not self.short:
            return joined(" ", (LEG_WORDS.get(word, word) for word in self.name.split("_")))
        legs = [LEG_WORDS[role] for role in self.roles]
        return _OF_LEG.format(of_leg=legs[0], name=self.short) if len(legs) == 1 else self.short

    @property
    def joints_in_words(self) -> str:
        """The joints that it is computed from: `mid shoulder, mid hip, back knee`."""
        parts = [joint.rpartition("_") for joint in self.joints]
        return joined(
            ", ",
            [
                _OF_LEG.format(of_leg=_SIDE_WORDS[side], name=_JOINT_WORDS[part]) if side else _JOINT_WORDS[part]
                for side, _, part in parts
            ],
        )

    @property
    def name_with_code(self) -> str:
        """The same for those who write pose files, with what these call it: `back knee (rear_knee_flexion)`."""
        return _WITH_CODE.format(name=self.name_with_leg, code=self.name) if self.name_with_leg != self.name else self.name


def _inclination(facing: int, low: Vec, high: Vec) -> float:
    return facing * from_vertical(vector(low, high))


def _elevation(facing: int, start: Vec, end: Vec) -> float:
    return over_horizon(vector(start, end))


def _hip_flexion(facing: int, shoulder: Vec, mid_hip: Vec, hip: Vec, knee: Vec) -> float:
    return facing * turn(vector(shoulder, mid_hip), vector(hip, knee))


def _bent_by(facing: int, shoulder: Vec, hip: Vec, far: Vec) -> float:
    return facing * turn(vector(shoulder, hip), vector(hip, far))


def _hip_extension(facing: int, shoulder: Vec, mid_hip: Vec, hip: Vec, knee: Vec) -> float:
    return -_hip_flexion(facing, shoulder, mid_hip, hip, knee)


def _knee_flexion(facing: int, hip: Vec, knee: Vec, ankle: Vec) -> float:
    return -facing * turn(vector(hip, knee), vector(knee, ankle))


def _bend_forward(facing: int, low: Vec, middle: Vec, high: Vec) -> float:
    return -facing * turn(vector(low, middle), vector(middle, high))


def _stride(facing: int, centre: Vec, rear: Vec, front: Vec) -> float:
    return facing * turn(vector(centre, rear), vector(centre, front))


def _sole(facing: int, heel: Vec, toe: Vec) -> float:
    return -facing * turn((facing, 0.0), vector(heel, toe))


def _knee_lift(
    facing: int, rear_toe: Vec, rear_ankle: Vec, front_toe: Vec, front_heel: Vec, front_ankle: Vec, knee: Vec
) -> float:
    """By the middle one of five witnesses, so that a single joint set wrongly tells little; or by a foot on tiptoe."""

    def over(rear: Vec, front: Vec) -> float:
        return facing * turn(vector(rear, front), vector(rear, knee))

    def behind(front: Vec) -> float:
        return -facing * turn((-facing, 0.0), vector(front, knee))

    lines = over(rear_toe, front_toe), over(rear_ankle, front_ankle)
    front_foot = behind(front_toe), behind(front_heel), behind(front_ankle)
    height = sorted([within_turn(witness, _LIFT_CUT) for witness in (*lines, *front_foot)])[2]
    return max(height, -over_horizon(vector(rear_ankle, knee)) - _TUCKED)


# Where a turn is cut (degrees). A hip bends to some 150 and, with all the spine adds, is carried back by 110 in the deepest
# back bends; a knee bends to 160 and overstretches by 20; an engine errs by 20 more. A trunk hangs down past 180 in a deep
# forward fold and bends back to 150; so does a shin whose foot is at the buttock, or kicks. Legs split to 180.
_HIP_CUT, _KNEE_CUT, _UPRIGHT_CUT, _STRIDE_CUT, _LIFT_CUT = -140.0, -90.0, -155.0, -120.0, -120.0

_TUCKED = 9.0
"""The shank of a knee on the floor leads down to it by 18 degrees at most, the toes tucked under (measured: 10 to 18), that of
a knee which hovers over the floor by 20 to 25. What is more than this (degrees) counts as lift."""

_TRUNK_UP = ("mid_hip", "mid_shoulder")
_IN_LINE = {"rear": "standing_deg", "front": "standing_deg", "straight": "lying_flat_deg", "bent": "lying_flat_deg"}
"""The field that is 0 of a leg in line with the trunk, by the leg's role: it stands, or lies flat."""


def _drafted(weight: int, too_low: str, too_high: str) -> dict[str, Any]:
    """The fields of a measure that is a target of drafted pose files."""
    return {"draft_weight": weight, "too_low": too_low, "too_high": too_high}


def _trunk(name: str, formula: Formula, **fields: Any) -> Measure:
    joints, label = _TRUNK_UP, "mid_shoulder"
    return Measure(name=name, joints=joints, formula=formula, label_joint=label, part=BodyPart.TRUNK, sigma_deg=4.0, **fields)


def _hip(role: str, motion: str, formula: Formula, **fields: Any) -> Measure:
    joints = ("mid_shoulder", "mid_hip", f"{role}_hip", f"{role}_knee")
    # An extension is a flexion with the other sign, so that its turn ends where that of the flexion begins.
    lowest = _HIP_CUT if formula is _hip_flexion else -_HIP_CUT - 360.0
    fields = {_IN_LINE[role]: 0.0, "label_joint": f"{role}_hip", "part": BodyPart.HIP, "lowest_deg": lowest, **fields}
    return Measure(name=f"{role}_hip_{motion}", joints=joints, formula=formula, short=N_("hip"), **fields)


def _knee(role: str, **fields: Any) -> Measure:
    joints = (f"{role}_hip", f"{role}_knee", f"{role}_ankle")
    fields = {_IN_LINE[role]: 0.0, "label_joint": f"{role}_knee", "part": BodyPart.KNEE, "lowest_deg": _KNEE_CUT, **fields}
    name = f"{role}_knee_flexion"
    return Measure(
        name=name, joints=joints, segment=joints, formula=_knee_flexion, positive=N_("bent"), short=N_("knee"), **fields
    )


_ROWS = (
    _trunk(
        "trunk_inclination",
        _inclination,
        lowest_deg=_UPRIGHT_CUT,
        zero=N_("trunk vertical"),
        positive=N_("leans forward"),
        meaning=N_("how far the trunk leans; leaning back is how an arched back shows from the side"),
        short=N_("lean"),
        lying=False,
        standing_deg=0.0,
        error_deg=1.7,
        **_drafted(25, N_("Bring your chest a little further forward"), N_("Bring your chest a little further up")),
    ),
    Measure(
        name="neck_relative",
        joints=(*_TRUNK_UP, "mid_ear"),
        formula=_bend_forward,
        zero=N_("ear in line with the trunk"),
        positive=N_("head forward or chin down"),
        meaning=N_("the neck against the trunk; about 6 to 20 with the head held well"),
        short=N_("head"),
        part=BodyPart.NECK,
        sigma_deg=7.0,
        error_deg=6.3,
        essential=False,
        **_drafted(15, N_("Bring your chin down a little"), N_("Lift your gaze, long neck")),
    ),
    _hip(
        "rear",
        "extension",
        _hip_extension,
        sign=-1,
        zero=N_("rear thigh in line with the trunk"),
        positive=N_("thigh behind the trunk"),
        meaning=N_("the stretch itself; includes what the lower back and the pelvis add, no camera can part them"),
        error_deg=3.3,
        **_drafted(30, N_("Move your back thigh further back"), N_("Move your back thigh further forward")),
    ),
    _knee(
        "rear",
        zero=N_("rear leg straight"),
        meaning=N_("bend of the rear knee"),
        error_deg=4.3,
        **_drafted(15, N_("Bend your back knee more"), N_("Straighten your back knee a little")),
    ),
    _knee(
        "front",
        zero=N_("front leg straight"),
        meaning=N_("bend of the front knee"),
        error_deg=2.4,
        **_drafted(10, N_("Bend your front knee more"), N_("Straighten your front knee a little")),
    ),
    Measure(
        name="front_shin_angle",
        joints=("front_ankle", "front_knee"),
        formula=_inclination,
        lowest_deg=_UPRIGHT_CUT,
        zero=N_("front shin vertical"),
        positive=N_("knee ahead of the ankle"),
        meaning=N_("how far the front knee travels over the foot; the toes are passed at about 28"),
        short=N_("shin"),
        standing_deg=0.0,
        error_deg=2.3,
        **_drafted(5, N_("Move your front knee further forward"), N_("Move your front knee further back")),
    ),
    Measure(
        name="rear_shank_elevation",
        joints=("rear_ankle", "rear_knee"),
        formula=_elevation,
        zero=N_("rear shank level"),
        positive=N_("knee higher than the ankle"),
        meaning=N_("tells kneeling from standing"),
        short=N_("shin"),
        below_shape=N_("Lift your back knee"),
        above_shape=N_("Lower your back knee"),
        standing_deg=90.0,
        coarse=True,
    ),
    Measure(
        name="rear_knee_lift",
        joints=("rear_toe", "rear_ankle", "front_toe", "front_heel", "front_ankle", "rear_knee"),
        formula=_knee_lift,
        segment=("rear_knee", "rear_ankle"),
        zero=N_("rear knee as low as both feet"),
        positive=N_("knee off the floor"),
        meaning=N_(
            "tells a knee on the mat from a lunge, by the lines through toes and ankles, the front foot and the rear shank"
        ),
        short=N_("knee off the floor"),
        below_shape=N_("Lift your back knee off the floor"),
        above_shape=N_("Put your back knee on the floor"),
    ),
    Measure(
        name="feet_level",
        joints=("rear_toe", "front_toe"),
        formula=_elevation,
        zero=N_("toes of both feet equally high"),
        positive=N_("front foot higher"),
        meaning=N_("tells two feet on the floor from a step, and from a foot in the air"),
        short=N_("height between the feet"),
        below_shape=N_("Put both feet on the floor"),
        above_shape=N_("Put both feet on the floor"),
        standing_deg=0.0,
    ),
    Measure(
        name="front_foot_angle",
        joints=("front_heel", "front_toe"),
        formula=_sole,
        lowest_deg=_UPRIGHT_CUT,
        zero=N_("front sole level"),
        positive=N_("heel off the floor"),
        meaning=N_("tells a foot that stands from one that walks or runs: there the toes are up"),
        short=N_("sole"),
        below_shape=N_("Put your front foot flat on the floor"),
        above_shape=N_("Put your front heel on the floor"),
        standing_deg=0.0,
    ),
    Measure(
        name="stride",
        joints=("mid_hip", "rear_ankle", "front_ankle"),
        formula=_stride,
        lowest_deg=_STRIDE_CUT,
        zero=N_("feet together"),
        positive=N_("front foot ahead"),
        meaning=N_("the angle at the hips between the two feet"),
        short=N_("stride"),
        below_shape=N_("Step further forward"),
        above_shape=N_("Take a shorter step"),
        standing_deg=0.0,
        coarse=True,
    ),
    _hip(
        "bent",
        "flexion",
        _hip_flexion,
        zero=N_("thigh in line with the trunk"),
        positive=N_("knee towards the chest"),
        meaning=N_("how close the held knee is"),
        label_joint="bent_knee",
        error_deg=5.0,
        **_drafted(30, N_("Bring your bent knee closer"), N_("Let your bent knee move away")),
    ),
    _knee(
        "bent",
        zero=N_("leg straight"),
        meaning=N_("bend of the held knee"),
        label_joint=None,
        below_shape=N_("Bend the knee that you hold"),
        above_shape=N_("Bend the knee that you hold less"),
        coarse=True,
    ),
    _knee(
        "straight",
        zero=N_("leg straight"),
        meaning=N_("bend of the knee that is to stay straight"),
        error_deg=2.1,
        **_drafted(20, N_("Unlock your straight knee a little"), N_("Straighten your straight leg more")),
    ),
    _hip(
        "straight",
        "flexion",
        _hip_flexion,
        zero=N_("thigh in line with the trunk"),
        positive=N_("thigh raised"),
        meaning=N_("the stretch itself, lying: how far the thigh stays up"),
        error_deg=2.5,
        **_drafted(15, N_("Raise your straight thigh a little"), N_("Let your straight thigh sink down")),
    ),
    Measure(
        name="straight_leg_elevation",
        joints=("straight_hip", "straight_ankle"),
        segment=("straight_hip", "straight_knee", "straight_ankle"),
        formula=_elevation,
        zero=N_("leg level"),
        positive=N_("foot higher than the hip"),
        meaning=N_("how far the straight leg is off the floor"),
        short=N_("leg"),
        part=BodyPart.LEG,
        lying_flat_deg=0.0,
        error_deg=2.2,
        **_drafted(15, N_("Raise your straight leg a little"), N_("Let your straight leg sink down")),
    ),
    Measure(
        name="hip_flexion",
        joints=("mid_shoulder", "mid_hip", "mid_knee"),
        formula=_bent_by,
        lowest_deg=_HIP_CUT,
        zero=N_("shoulders, hips and knees in one line"),
        positive=N_("hips bent"),
        meaning=N_("both legs as one: in a bridge, how far the hips are from being straight"),
        short=N_("hips"),
        label_joint="mid_hip",
        segment=("mid_shoulder", "mid_hip", "mid_knee"),
        standing_deg=0.0,
        lying_flat_deg=0.0,
    ),
    Measure(
        name="knee_flexion",
        joints=("mid_hip", "mid_knee", "mid_ankle"),
        formula=_knee_flexion,
        lowest_deg=_KNEE_CUT,
        zero=N_("both legs straight"),
        positive=N_("bent"),
        meaning=N_("bend of both knees as one"),
        short=N_("knees"),
        label_joint="mid_knee",
        segment=("mid_hip", "mid_knee", "mid_ankle"),
        standing_deg=0.0,
        lying_flat_deg=0.0,
    ),
    Measure(
        name="body_line",
        joints=("mid_shoulder", "mid_hip", "mid_ankle"),
        formula=_bent_by,
        lowest_deg=_HIP_CUT,
        zero=N_("shoulders, hips and ankles in one line"),
        positive=N_("hips bent; in a plank they are too high, and sag below 0"),
        meaning=N_("whether the body is one line from the shoulders to the feet"),
        short=N_("line"),
        label_joint="mid_hip",
        segment=("mid_shoulder", "mid_hip", "mid_ankle"),
        standing_deg=0.0,
        lying_flat_deg=0.0,
    ),
    Measure(
        name="arm_elevation",
        joints=("mid_elbow", "mid_shoulder"),
        formula=_elevation,
        zero=N_("upper arms level"),
        positive=N_("shoulders higher than the elbows"),
        meaning=N_("tells who is propped up on elbows or hands from who lies on the front"),
        short=N_("arms"),
    ),
    _trunk(
        "trunk_elevation",
        _elevation,
        zero=N_("trunk level"),
        positive=N_("shoulders higher than the hips"),
        meaning=N_("lying: shoulders curled up (+) or hips lifted (-)"),
        short=N_("back"),
        lying=True,
        error_deg=2.4,
        **_drafted(5, N_("Let your hips sink down"), N_("Let your shoulders sink down")),
    ),
    Measure(
        name="face_elevation",
        joints=("mid_ear", "nose"),
        formula=_elevation,
        zero=N_("looking along the floor"),
        positive=N_("looking up"),
        meaning=N_("tells lying on the back from lying on the front"),
        short=N_("face upwards"),
        below_shape=N_("Turn onto your back, face up"),
        above_shape=N_("Look straight up"),
        lying=True,
        coarse=True,
    ),
)

BY_NAME = {row.name: row for row in _ROWS}
"""The measures of this table; `MEASURES` has those of other packages as well."""

# Rows that a rule of the program speaks of by itself, whatever a pose file says.
TRUNK_INCLINATION, TRUNK_ELEVATION = BY_NAME["trunk_inclination"], BY_NAME["trunk_elevation"]
NECK_RELATIVE, STRIDE = BY_NAME["neck_relative"], BY_NAME["stride"]
REAR_HIP_EXTENSION, REAR_KNEE_FLEXION = BY_NAME["rear_hip_extension"], BY_NAME["rear_knee_flexion"]
BENT_HIP_FLEXION, BENT_KNEE_FLEXION = BY_NAME["bent_hip_flexion"], BY_NAME["bent_knee_flexion"]
STRAIGHT_HIP_FLEXION, STRAIGHT_KNEE_FLEXION = BY_NAME["straight_hip_flexion"], BY_NAME["straight_knee_flexion"]
STRAIGHT_LEG_ELEVATION, FACE_ELEVATION = BY_NAME["straight_leg_elevation"], BY_NAME["face_elevation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidedMeasure:
    """A measure of which every leg is known by its side: worked out once by `sided`, and read of every body that comes.

    Attributes
    ----------
    row : Measure
        The measure.
    joints : tuple[str, ...]
        Its joints by their side: `left_knee` for `rear_knee` where the left leg is rear.
    sides : frozenset[Side]
        The sides of the legs that it speaks of; empty where it speaks of none.
    key : str
        Its name and its joints: that by which what was worked out of it is found again.
    """

    row: Measure
    joints: tuple[str, ...]
    sides: frozenset[Side]
    key: str

    def missing(self, body: MeasuredBody) -> Reason | None:
        """Return why it cannot be measured on this body, or `None` when every joint it needs is seen."""
        return outweighing(body.joints[joint][1] for joint in self.joints)

    def read(self, body: MeasuredBody, facing: int, *, guess: bool = False) -> float | None:
        """Return its value in degrees, or `None` when a joint it needs is hidden or out of the picture.

        `facing` and `guess` are those of `measure`.
        """
        key = self.key, facing, guess
        known = body.measurements
        if key not in known:
            known[key] = self._evaluated(body, facing, guess=guess)
        return known[key]

    def _evaluated(self, body: MeasuredBody, facing: int, *, guess: bool) -> float | None:
        places = []
        for joint in self.joints:
            place, unseen = body.joints[joint]
            if unseen is not None and not (guess and unseen is Reason.HIDDEN):
                return None
            places.append(place)
        try:
            value = self.row.formula(facing, *places)
            if value is None or not isfinite(value):
                return None
        except Exception as error:
            failed = N_("The formula of the measure {name} fails ({kind}: {error}). It takes +1 or -1, then {count} points.")
            raise MeasureError(
                failed.format(name=self.row.name, kind=type(error).__name__, error=error, count=len(places))
            ) from error
        return float(value if self.row.lowest_deg is None else within_turn(value, self.row.lowest_deg))


def sided(row: Measure, roles: Roles) -> SidedMeasure:
    """Return `row` with its roles played by the legs that `roles` names."""
    joints = tuple(joint_name(joint, roles) for joint in row.joints)
    sides = frozenset(roles[role] for role in row.roles if role in roles)
    return SidedMeasure(row=row, joints=joints, sides=sides, key=" ".join((row.name, *joints)))


def missing(row: Measure, person: BodyLike, roles: Roles) -> Reason | None:
    """Return why `row` cannot be measured on this person, or `None` when every joint it needs is seen."""
    return sided(row, roles).missing(body_of(person))


def measure(row: Measure, person: BodyLike, roles: Roles, facing: int, *, guess: bool = False) -> float | None:
    """Return the value of `row` in degrees, or `None` when a joint it needs is hidden or out of the picture.

    `roles` must name a side for every role of the row; `facing` is +1 or -1 as in `View`. With `guess`, hidden joints are taken
    to be where the engine puts them: good enough to rule a stretch out, never to give credit or blame.
    """
    return sided(row, roles).read(body_of(person), facing, guess=guess)
