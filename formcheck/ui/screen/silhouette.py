"""The posture of a pose file as a body in side view, drawn as a small sketch out of the person's way.

It shows which way to face and which leg is stretched, for a stretch of the person's own too: nothing here knows a stretch. A
body of a few joint angles is bent until its measures, by the same table that measures a person, lie in the middle of the
file's ranges, and until the parts that carry it rest on the floor. Angles that the file leaves open stay as a person would hold
them without thinking.

The sketch stands on a floor of its own, beside the picture. Drawn over it at the person's size it was taken for a mark to fit
into.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import acos, asin, atan2, cos, degrees, radians, sin

from formcheck.analysis.assessment import sided_measures
from formcheck.core.geometry import Vec, distance, midpoint
from formcheck.core.measures import MeasuredBody, SidedMeasure
from formcheck.core.measures.table import FACE_ELEVATION, STRAIGHT_LEG_ELEVATION, TRUNK_ELEVATION
from formcheck.core.values import Landmarks, Point, Side
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.shapes import Body, Limb, Line, Mark, Tone
from formcheck.ui.screen.places import Box

_AROUND, _FLOOR = 0.09, 0.02
"""So much stays free around the body, and the floor is so thick, in heights of the room."""

_HEAD, _NOSE, _NECK, _UPPER_ARM, _HAND = 0.098, 0.018, 0.055, 0.045, 0.034
"""Radii in metres."""

_LEG = (("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "toe"), ("ankle", "toe"))
_THIGH = 0.088
"""Half the thickness of a thigh at the hip, in metres; the hip itself is the trunk's."""


# Metres, of a person of 1.75 m (Winter's segment lengths).
THIGH, SHANK, TRUNK, ANKLE, FOOT, HEEL = 0.429, 0.431, 0.504, 0.068, 0.18, 0.06
NECK, FACE, ARM, FOREARM = 0.186, 0.113, 0.325, 0.255
FLESH = {"shoulder": 0.1, "hip": 0.115, "knee": 0.058, "ankle": 0.045, "heel": 0.032, "toe": 0.024}
"""Half the thickness of the body at a joint, in metres."""

NEAR = Side.RIGHT
"""The body faces right, so its right side is the one nearer to the camera; that leg is the stretched one."""

_METRE = 0.2
"""The body is measured in a picture five metres high, in the middle, so that nothing of it is out of the frame."""

_STEPS = (16.0, 8.0, 4.0, 2.0, 1.0, 0.5)
"""Degrees by which the angles are tried, coarse first."""
_SWEEPS = 12
_AT_EASE = 60.0
"""An angle that is this many degrees from how a person holds it without thinking weighs as much as a measure at the
edge of a target with a weight of 1 in 100."""
_SLACK = 0.02
"""The parts that carry the body may miss the floor by so many metres for each degree of the step, at the cost of a measure at
the edge of its range: the finer the step, the less the floor gives way."""
_HOVER = 0.15
"""The foot of a kneeling leg may hover so many metres, at the same cost."""
_ALOFT = 15.0
"""A straight leg that is meant to be further up than this (degrees) is in the air."""
_SHAPE_WITHIN = 0.6
"""The gross shape is wide; a picture of it keeps within this share of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSilhouette:
    """Joint angles in degrees with the signs of the measures' table; hips and knees of the stretched and the other leg."""

    lean: float
    neck: float = 8.0
    hip: float = 0.0
    knee: float = 8.0
    other_hip: float = 60.0
    other_knee: float = 60.0


_ANGLES = ("lean", "hip", "knee", "other_hip", "other_knee", "neck")
_MOVES: tuple[Mapping[str, int], ...] = (
    *({name: 1} for name in _ANGLES),
    {"lean": 1, "hip": 1, "other_hip": 1},  # the trunk alone
    {"hip": 1, "knee": 1},  # a thigh alone
    {"other_hip": 1, "other_knee": 1},
    {"hip": -1, "other_hip": 1, "other_knee": 1},  # the hips sink
    {"hip": -1, "other_hip": 1},
    {"hip": -1, "other_knee": 1},
    {"knee": 1, "other_hip": 1, "other_knee": 1},
    {"knee": 1, "other_knee": 1},
    {"lean": 1, "other_hip": 1, "other_knee": 1},
)


def draw_silhouette(spec: StretchSpec, facing: int, room: Box) -> list[Mark]:
    """Return the body in the posture of `spec`, as large as fits into `room`, in the middle of it.

    `facing` is as seen on the screen: +1 right (lying: head on the left), -1 left. The stretched leg has its own colour and is
    far more solid, so that it stands out in grey as well.
    """
    joints = target_silhouette(spec)
    rest = _trunk(joints) + _leg(joints, NEAR.other)
    stretched = _leg(joints, NEAR)
    reach = [(at, radius) for limb in (*rest, *stretched) for at, radius in _ends(limb)]
    left, right = min(x - r for (x, _), r in reach), max(x + r for (x, _), r in reach)
    low, top = min(y - r for (_, y), r in reach), max(y + r for (_, y), r in reach)
    around, thick = _AROUND * room.height, _FLOOR * room.height
    scale = min((room.width - 2 * around) / (right - left), (room.height - 2 * around - thick) / (top - low))
    wide, tall = scale * (right - left) + 2 * around, scale * (top - low) + 2 * around + thick
    middle, floor = room.middle[0], room.middle[1] - tall / 2 + around + thick

    def placed(at: Vec) -> Vec:
        return middle + facing * scale * (at[0] - (left + right) / 2), floor + scale * (at[1] - low)

    def drawn(limbs: list[Limb]) -> tuple[Limb, ...]:
        ends = ((placed(limb.start), placed(limb.end), limb) for limb in limbs)
        return tuple(_limb(start, end, scale * limb.start_radius, scale * limb.end_radius) for start, end, limb in ends)

    y, reach_x = floor - thick / 2, wide / 2 - around
    return [
        Line(start=(middle - reach_x, y), end=(middle + reach_x, y), width=thick, tone=Tone.FAINT),
        Body(limbs=drawn(rest), tone=Tone.PLAIN, share=0.4),
        Body(limbs=drawn(stretched), tone=Tone.GOOD, share=0.75),
    ]


@lru_cache(maxsize=16)
def target_silhouette(spec: StretchSpec) -> Mapping[str, Vec]:
    """Return the joints of a person doing the stretch well, in metres: facing right, lying with the head on the left."""
    ground = _Ground.of(spec)
    ease = ground.ease
    measures = sided_measures(spec)[NEAR]
    # First the angles find their place, then the body finds its shape and the floor.
    aimed = _improved(ease, lambda tried, _: _aim(tried, ease, spec, measures))
    best = _improved(aimed, lambda tried, step: _aim(tried, ease, spec, measures) + _rest(tried, spec, measures, _SLACK * step))
    return _joints(best, ground)


def lies(spec: StretchSpec) -> bool:
    """Return whether the stretch is done lying on the back: its file has the trunk level."""
    ranges = [target.full for target in spec.targets if target.measure == TRUNK_ELEVATION.name]
    ranges += [part.range for part in spec.shape if part.measure == TRUNK_ELEVATION.name]
    return bool(ranges) and abs(sum(ranges[0])) / 2 < 45


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """How a body is on the floor: upright, lying (`down`), or face down on elbows and toes (`prone`, also `down`).

    `alike`: both legs do the same. `aloft`: the leg by which the side is named is in the air, and the other foot stands.
    """

    down: bool = False
    prone: bool = False
    alike: bool = False
    aloft: bool = False

    @classmethod
    def of(cls, spec: StretchSpec) -> "_Ground":
        middles = {part.measure: sum(part.range) / 2 for part in spec.shape}
        return cls(
            down=lies(spec),
            prone=lies(spec) and middles.get(FACE_ELEVATION.name, 0.0) < 0.0,
            alike=spec.legs is None,
            aloft=middles.get(STRAIGHT_LEG_ELEVATION.name, 0.0) > _ALOFT,
        )

    @property
    def ease(self) -> "TargetSilhouette":
        """How a person holds what the file leaves open."""
        if self.prone:
            return TargetSilhouette(lean=80.0)
        if self.alike or self.aloft:
            return TargetSilhouette(lean=-110.0, knee=100.0 if self.alike else 8.0, other_hip=10.0, other_knee=100.0)
        if self.down:
            return TargetSilhouette(lean=-90.0, other_hip=110.0, other_knee=115.0)
        return TargetSilhouette(lean=0.0)

    @property
    def stands(self) -> bool:
        """Whether a foot of somebody who lies stands on the floor."""
        return self.down and not self.prone and (self.alike or self.aloft)


def landmarks(joints: Mapping[str, Vec]) -> Landmarks:
    """Return the body as an engine would report it."""
    points = {name: Point(x=0.5 + _METRE * x, y=0.5 + _METRE * y, visibility=1.0) for name, (x, y) in joints.items()}
    return Landmarks(points=points, world={}, aspect=1.0)


def _trunk(joints: Mapping[str, Vec]) -> list[Limb]:
    ear, nose = joints[f"{NEAR}_ear"], joints["nose"]
    middle, tip = _towards(ear, nose, 0.25), _towards(ear, nose, 1.3)
    shoulder, hip, elbow, wrist = (joints[f"{NEAR}_{name}"] for name in ("shoulder", "hip", "elbow", "wrist"))
    return [
        _limb(shoulder, hip, FLESH["shoulder"], FLESH["hip"]),
        _limb(shoulder, ear, _NECK, _NECK),
        _limb(middle, middle, _HEAD, _HEAD),
        _limb(middle, tip, _HEAD / 2, _NOSE),
        _limb(shoulder, elbow, _UPPER_ARM, _UPPER_ARM),
        _limb(elbow, wrist, _UPPER_ARM, _HAND),
    ]


def _leg(joints: Mapping[str, Vec], side: Side) -> list[Limb]:
    radii = {**FLESH, "hip": _THIGH}
    return [_limb(joints[f"{side}_{a}"], joints[f"{side}_{b}"], radii[a], radii[b]) for a, b in _LEG]


def _towards(start: Vec, end: Vec, share: float) -> Vec:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _limb(start: Vec, end: Vec, start_radius: float, end_radius: float) -> Limb:
    return Limb(start=start, end=end, start_radius=start_radius, end_radius=end_radius)


def _ends(limb: Limb) -> tuple[tuple[Vec, float], tuple[Vec, float]]:
    return (limb.start, limb.start_radius), (limb.end, limb.end_radius)


def _improved(start: TargetSilhouette, cost: Callable[[TargetSilhouette, float], float]) -> TargetSilhouette:
    """Return the posture that no small step from it makes better; `cost` takes a posture and the step."""
    best = start
    for step in _STEPS:
        least = cost(best, step)
        for _ in range(_SWEEPS):
            before = least
            for tried in _neighbours(best, step):
                if (now := cost(tried, step)) < least:
                    best, least = tried, now
            if least == before:
                break
    return best


def _neighbours(best: TargetSilhouette, step: float) -> Iterator[TargetSilhouette]:
    """Postures with some angles changed: one alone, and those that go together when a body bends over feet that stay."""
    for names in _MOVES:
        for change in (step, -step):
            yield replace(best, **{name: getattr(best, name) + sign * change for name, sign in names.items()})


def _aim(tried: TargetSilhouette, ease: TargetSilhouette, spec: StretchSpec, measures: Mapping[str, SidedMeasure]) -> float:
    """How far a posture is from the middle of the targets, and from what is done without thinking."""
    body = MeasuredBody(landmarks(_joints(tried, _Ground.of(spec))))
    offs = ((target.weight / 100, _off(measures[target.measure], target.full, body)) for target in spec.targets)
    cost = sum(weight * off * off for weight, off in offs)
    strains: list[float] = [(getattr(tried, name) - getattr(ease, name)) / _AT_EASE for name in _ANGLES]
    cost += sum(0.01 * strain * strain for strain in strains)
    # Nobody's knee bends the other way.
    backwards = min(0.0, tried.knee), min(0.0, tried.other_knee)
    return cost + backwards[0] * backwards[0] + backwards[1] * backwards[1]


def _rest(tried: TargetSilhouette, spec: StretchSpec, measures: Mapping[str, SidedMeasure], slack: float) -> float:
    """How far a posture is from the gross shape, where no target says more, and from resting on the floor."""
    ground = _Ground.of(spec)
    joints = _joints(tried, ground)
    body = MeasuredBody(landmarks(joints))
    aimed = {target.measure for target in spec.targets}
    ranges = [(part.measure, part.enter or part.range) for part in spec.shape if part.measure not in aimed]
    overs = (max(0.0, abs(_off(measures[name], limits, body)) - _SHAPE_WITHIN) for name, limits in ranges)
    gap = _gap(joints, ground) / slack
    cost = gap * gap + sum(10.0 * over * over for over in overs)
    hover = 0.0 if ground.down else _hover(joints) / _HOVER
    return cost + hover * hover


def _off(measure: SidedMeasure, limits: tuple[float, float], body: MeasuredBody) -> float:
    """How far a measure is from the middle of a range, in halves of its width: ±1 at the edges."""
    value = measure.read(body, 1)
    low, high = limits
    assert value is not None, "every joint is in the picture"
    return (value - (low + high) / 2) / max(1.0, (high - low) / 2)


def _gap(joints: Mapping[str, Vec], ground: _Ground) -> float:
    """By how much (metres) the two things that carry the body differ in height: both legs, or one and trunk or elbows."""

    def lowest(side: Side, *parts: str) -> float:
        return min(joints[f"{side}_{part}"][1] - FLESH[part] for part in parts)

    leg = lowest(NEAR.other if ground.aloft else NEAR, "knee", "ankle", "heel", "toe")
    if ground.prone:
        return leg - (joints[f"{NEAR}_elbow"][1] - _UPPER_ARM)
    if ground.down:
        return leg - lowest(NEAR, "shoulder", "hip")
    return leg - lowest(NEAR.other, "knee", "ankle", "heel", "toe")


def _hover(joints: Mapping[str, Vec]) -> float:
    """How high (metres) the foot of the stretched leg is above the floor: of a kneeling leg the knee alone may touch it."""
    low = {part: joints[f"{NEAR}_{part}"][1] - FLESH[part] for part in ("knee", "heel", "toe")}
    return min(low["heel"], low["toe"]) - min(low.values())


def _joints(angles: TargetSilhouette, ground: _Ground) -> dict[str, Vec]:
    hips = (0.0, 0.0)
    up = 90.0 - angles.lean
    shoulder = _along(hips, up, TRUNK)
    ear = _along(shoulder, up - angles.neck, NECK)
    joints: dict[str, Vec] = {"nose": _along(ear, up - angles.neck - 102.0, FACE)}
    other = (angles.hip, angles.knee) if ground.alike else (angles.other_hip, angles.other_knee)
    legs = {NEAR: (angles.hip, angles.knee), NEAR.other: other}
    for side, (hip, knee) in legs.items():
        thigh = up + 180.0 + hip
        shank = thigh - knee
        sole = _sole(shank, ground, standing=ground.alike or side is NEAR.other)
        joints[f"{side}_hip"] = hips
        joints[f"{side}_knee"] = at_knee = _along(hips, thigh, THIGH)
        joints[f"{side}_ankle"] = ankle = _along(at_knee, shank, SHANK)
        under = _along(ankle, sole - 90.0, ANKLE - FLESH["toe"])
        joints[f"{side}_heel"], joints[f"{side}_toe"] = _along(under, sole + 180.0, HEEL), _along(under, sole, FOOT)
        joints[f"{side}_shoulder"], joints[f"{side}_ear"] = shoulder, ear
    elbow, wrist = _arms(joints, shoulder, ground)
    for side in Side:
        joints[f"{side}_elbow"], joints[f"{side}_wrist"] = elbow, wrist
    return joints


def _arms(joints: Mapping[str, Vec], shoulder: Vec, ground: _Ground) -> tuple[Vec, Vec]:
    """Elbow and wrist: under the shoulder, on the floor beside the hips, holding the bent shin, or on the thigh in front."""
    if ground.prone:
        elbow = _along(shoulder, -90.0, ARM)
        return elbow, _along(elbow, 0.0, FOREARM)
    if ground.stands:
        down_to_floor = -degrees(asin((FLESH["shoulder"] - _HAND) / (ARM + FOREARM)))
        return _along(shoulder, down_to_floor, ARM), _along(shoulder, down_to_floor, ARM + FOREARM)
    held, other = joints[f"{NEAR.other}_knee"], joints[f"{NEAR.other}_ankle" if ground.down else f"{NEAR.other}_hip"]
    return _arm(shoulder, midpoint(held, midpoint(held, other)))


def _sole(shank: float, ground: _Ground, *, standing: bool) -> float:
    """The direction of a sole, heel to toe, for a shank that runs (knee to ankle) in the direction `shank`."""
    if ground.prone:
        return shank + 90.0
    if ground.down and not (ground.stands and standing):
        return shank + 75.0
    tilt = (-90.0 - shank + 180.0) % 360.0 - 180.0  # of the shank from upright, + with the knee ahead of the ankle
    # Flat while the ankle can bend so far, then up on the toes, and pointing backwards under a kneeling shank.
    marks = ((25.0, 0.0), (45.0, -45.0), (90.0, -170.0))
    if tilt <= marks[0][0]:
        return 0.0
    for (from_tilt, from_sole), (to_tilt, to_sole) in pairwise(marks):
        if tilt <= to_tilt:
            return from_sole + (to_sole - from_sole) * (tilt - from_tilt) / (to_tilt - from_tilt)
    return marks[-1][1] - (tilt - marks[-1][0])


def _arm(shoulder: Vec, hand: Vec) -> tuple[Vec, Vec]:
    """Elbow and wrist of an arm that reaches for `hand`, the elbow behind; as far as it reaches."""
    reach = min(distance(shoulder, hand), 0.99 * (ARM + FOREARM))
    direction = degrees(atan2(hand[1] - shoulder[1], hand[0] - shoulder[0]))
    bend = degrees(acos((ARM**2 + reach**2 - FOREARM**2) / (2 * ARM * reach)))
    return _along(shoulder, direction - bend, ARM), _along(shoulder, direction, reach)


def _along(start: Vec, direction: float, length: float) -> Vec:
    return start[0] + length * cos(radians(direction)), start[1] + length * sin(radians(direction))
