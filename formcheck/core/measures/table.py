"""The table of measures: one row a quantity. `formcheck poses measures` prints it.

Definitions and signs follow the usual sagittal conventions: flexion is positive, the anatomical position is zero, and
the trunk runs from mid-hip to mid-shoulder while each leg runs through its own hip, knee and ankle (that mixed chain
has the smallest bias when the person is turned a little). Signed joint angles are used throughout: the unsigned angle
between three points cannot tell 20 degrees of flexion from 20 degrees of extension.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from formcheck.core.geometry import Vec, from_vertical, joint_range, over_horizon, turn, vector
from formcheck.core.measures.joints import Roles, found_joint, joint_name, joint_state, outweighing
from formcheck.core.values import Landmarks, Reason, Side


class BodyPart(StrEnum):
    """What a baseline knows of a body; hip, knee and leg of either leg."""

    TRUNK = "trunk"
    NECK = "neck"
    HIP = "hip"
    KNEE = "knee"
    LEG = "leg"


_ROLES = {"rear", "front", "straight", "bent"}

Formula = Callable[..., float]
"""`formula(facing, *points) -> degrees`; `facing` is +1 or -1, the points come in the order of the row's joints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A row of the table: a name, the joints it needs, how it is computed, and what it means.

    `part` names what of somebody's baseline corrects it, `sign` is -1 where the measure counts the other way than the
    baseline does (extension against flexion); without a part it is never corrected.
    """

    name: str
    joints: tuple[str, ...]
    formula: Formula
    zero: str
    positive: str
    meaning: str
    part: BodyPart | None = None
    sign: int = 1

    @property
    def roles(self) -> frozenset[str]:
        """The leg roles this measure speaks of; a stretch can use it if its legs have them."""
        return frozenset(_legs(self.joints))


def _inclination(facing: int, low: Vec, high: Vec) -> float:
    return facing * from_vertical(vector(low, high))


def _elevation(facing: int, start: Vec, end: Vec) -> float:
    return over_horizon(vector(start, end))


def _hip_flexion(facing: int, shoulder: Vec, mid_hip: Vec, hip: Vec, knee: Vec) -> float:
    return joint_range(facing * turn(vector(shoulder, mid_hip), vector(hip, knee)))


def _hip_extension(facing: int, shoulder: Vec, mid_hip: Vec, hip: Vec, knee: Vec) -> float:
    return -_hip_flexion(facing, shoulder, mid_hip, hip, knee)


def _knee_flexion(facing: int, hip: Vec, knee: Vec, ankle: Vec) -> float:
    return joint_range(-facing * turn(vector(hip, knee), vector(knee, ankle)))


def _bend_forward(facing: int, low: Vec, middle: Vec, high: Vec) -> float:
    return -facing * turn(vector(low, middle), vector(middle, high))


def _stride(facing: int, centre: Vec, rear: Vec, front: Vec) -> float:
    return facing * turn(vector(centre, rear), vector(centre, front))


def _lift(facing: int, rear_toe: Vec, front_toe: Vec, knee: Vec) -> float:
    return facing * turn(vector(rear_toe, front_toe), vector(rear_toe, knee))


_TRUNK_DOWN = ("mid_shoulder", "mid_hip")


def _hip(role: str) -> tuple[str, ...]:
    return (*_TRUNK_DOWN, f"{role}_hip", f"{role}_knee")


def _knee(role: str) -> tuple[str, ...]:
    return (f"{role}_hip", f"{role}_knee", f"{role}_ankle")


_ROWS = (
    Measure(
        name="trunk_inclination",
        joints=("mid_hip", "mid_shoulder"),
        formula=_inclination,
        zero="trunk vertical",
        positive="leans forward",
        meaning="how far the trunk leans; leaning back is how an arched back shows from the side",
        part=BodyPart.TRUNK,
    ),
    Measure(
        name="neck_relative",
        joints=("mid_hip", "mid_shoulder", "mid_ear"),
        formula=_bend_forward,
        zero="ear in line with the trunk",
        positive="head forward or chin down",
        meaning="the neck against the trunk; about 6 to 20 with the head held well",
        part=BodyPart.NECK,
    ),
    Measure(
        name="rear_hip_extension",
        joints=_hip("rear"),
        formula=_hip_extension,
        zero="rear thigh in line with the trunk",
        positive="thigh behind the trunk",
        meaning="the stretch itself; includes what the lower back and the pelvis add, no camera can part them",
        part=BodyPart.HIP,
        sign=-1,
    ),
    Measure(
        name="rear_knee_flexion",
        joints=_knee("rear"),
        formula=_knee_flexion,
        zero="rear leg straight",
        positive="bent",
        meaning="bend of the rear knee",
        part=BodyPart.KNEE,
    ),
    Measure(
        name="front_knee_flexion",
        joints=_knee("front"),
        formula=_knee_flexion,
        zero="front leg straight",
        positive="bent",
        meaning="bend of the front knee",
        part=BodyPart.KNEE,
    ),
    Measure(
        name="front_shin_angle",
        joints=("front_ankle", "front_knee"),
        formula=_inclination,
        zero="front shin vertical",
        positive="knee ahead of the ankle",
        meaning="how far the front knee travels over the foot; the toes are passed at about 28",
    ),
    Measure(
        name="rear_shank_elevation",
        joints=("rear_ankle", "rear_knee"),
        formula=_elevation,
        zero="rear shank level",
        positive="knee higher than the ankle",
        meaning="tells kneeling from standing",
    ),
    Measure(
        name="rear_knee_lift",
        joints=("rear_toe", "front_toe", "rear_knee"),
        formula=_lift,
        zero="rear knee on the line through both feet's toes",
        positive="knee off the floor",
        meaning="tells a knee on the mat from a low lunge, whatever the camera's roll",
    ),
    Measure(
        name="stride",
        joints=("mid_hip", "rear_ankle", "front_ankle"),
        formula=_stride,
        zero="feet together",
        positive="front foot ahead",
        meaning="the angle at the hips between the two feet",
    ),
    Measure(
        name="bent_hip_flexion",
        joints=_hip("bent"),
        formula=_hip_flexion,
        zero="thigh in line with the trunk",
        positive="knee towards the chest",
        meaning="how close the held knee is",
        part=BodyPart.HIP,
    ),
    Measure(
        name="bent_knee_flexion",
        joints=_knee("bent"),
        formula=_knee_flexion,
        zero="leg straight",
        positive="bent",
        meaning="bend of the held knee",
        part=BodyPart.KNEE,
    ),
    Measure(
        name="straight_knee_flexion",
        joints=_knee("straight"),
        formula=_knee_flexion,
        zero="leg straight",
        positive="bent",
        meaning="bend of the knee that is to stay straight",
        part=BodyPart.KNEE,
    ),
    Measure(
        name="straight_hip_flexion",
        joints=_hip("straight"),
        formula=_hip_flexion,
        zero="thigh in line with the trunk",
        positive="thigh raised",
        meaning="the stretch itself, lying: a tight hip flexor raises the thigh",
        part=BodyPart.HIP,
    ),
    Measure(
        name="straight_leg_elevation",
        joints=("straight_hip", "straight_ankle"),
        formula=_elevation,
        zero="leg level",
        positive="foot higher than the hip",
        meaning="how far the straight leg is off the floor",
        part=BodyPart.LEG,
    ),
    Measure(
        name="trunk_elevation",
        joints=("mid_hip", "mid_shoulder"),
        formula=_elevation,
        zero="trunk level",
        positive="shoulders higher than the hips",
        meaning="lying: shoulders curled up (+) or hips lifted (-)",
        part=BodyPart.TRUNK,
    ),
    Measure(
        name="face_elevation",
        joints=("mid_ear", "nose"),
        formula=_elevation,
        zero="looking along the floor",
        positive="looking up",
        meaning="tells lying on the back from lying on the front",
    ),
)

MEASURES: dict[str, Measure] = {row.name: row for row in _ROWS}
"""All measures by name, in degrees."""


def missing(row: Measure, landmarks: Landmarks, roles: Roles) -> Reason | None:
    """Return why `row` cannot be measured on this person, or `None` when every joint it needs is seen."""
    return outweighing(joint_state(landmarks, roles, joint) for joint in row.joints)


def measure(row: Measure, landmarks: Landmarks, roles: Roles, facing: int, *, guess: bool = False) -> float | None:
    """Return the value of `row` in degrees, or `None` when a joint it needs is hidden or out of the picture.

    `roles` must name a side for every role of the row; `facing` is +1 or -1 as in `View`. A `guess` takes the engine's
    word for hidden joints: good enough to rule a stretch out, never to give credit or blame.
    """
    sides = tuple(map(roles.get, _legs(row.joints)))
    key = row.name, sides, facing, guess
    if key not in landmarks.memo:
        landmarks.memo[key] = _measured(row, landmarks, sides, facing, guess=guess)
    value: float | None = landmarks.memo[key]
    return value


def _measured(row: Measure, landmarks: Landmarks, sides: tuple[Side | None, ...], facing: int, *, guess: bool) -> float | None:
    found = [found_joint(landmarks, {}, joint) for joint in _placed(row.joints, sides)]
    for _, unseen in found:
        if unseen is not None and not (guess and unseen is Reason.HIDDEN):
            return None
    return row.formula(facing, *[place for place, _ in found])


@lru_cache(maxsize=256)
def _legs(joints: tuple[str, ...]) -> tuple[str, ...]:
    """The roles that `joints` speak of."""
    return tuple(sorted({joint.partition("_")[0] for joint in joints} & _ROLES))


@lru_cache(maxsize=256)
def _placed(joints: tuple[str, ...], sides: tuple[Side | None, ...]) -> tuple[str, ...]:
    """What `joints` are called when their roles are played by the legs on these sides."""
    roles = {role: side for role, side in zip(_legs(joints), sides, strict=True) if side is not None}
    return tuple(joint_name(joint, roles) for joint in joints)
