"""The shape to get into, drawn half transparent on the picture: which way to face, and which leg is stretched."""

from collections.abc import Mapping

from formcheck.geometry import Vec
from formcheck.marks import Body, Limb, Mark, Tone
from formcheck.posefile import PoseSpec
from formcheck.screen.box import Box
from formcheck.screen.posture import FLESH, NEAR, posture
from formcheck.values import Side

_WIDE, _TALL = 0.8, 1.0
"""The shares of its room that the silhouette takes at most."""

_RAISED = 0.25
"""The share of the room left free that lies below it."""

_HEAD, _NOSE, _NECK, _UPPER_ARM, _HAND = 0.098, 0.018, 0.055, 0.045, 0.034
"""Radii in metres."""

_LEG = (("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "toe"), ("ankle", "toe"))
_THIGH = 0.088
"""Half the thickness of a thigh at the hip, in metres; the hip itself is the trunk's."""


def silhouette(spec: PoseSpec, facing: int, room: Box) -> list[Mark]:
    """Return the body in the posture of `spec`, as large as fits into `room`.

    `facing` is as seen on the screen: +1 right (lying: head on the left), -1 left. The stretched leg has its own colour and is
    far more solid, so that it stands out in grey as well.
    """
    joints = posture(spec)
    rest = _trunk(joints) + _leg(joints, NEAR.other)
    stretched = _leg(joints, NEAR)
    reach = [(at, radius) for limb in (*rest, *stretched) for at, radius in _ends(limb)]
    left, right = min(x - r for (x, _), r in reach), max(x + r for (x, _), r in reach)
    low, top = min(y - r for (_, y), r in reach), max(y + r for (_, y), r in reach)
    scale = min(_WIDE * room.width / (right - left), _TALL * room.height / (top - low))

    floor = room.low + _RAISED * (room.height - scale * (top - low))

    def placed(at: Vec) -> Vec:
        return room.middle[0] + facing * scale * (at[0] - (left + right) / 2), floor + scale * (at[1] - low)

    def drawn(limbs: list[Limb]) -> tuple[Limb, ...]:
        return tuple(
            Limb(
                start=placed(limb.start),
                end=placed(limb.end),
                start_radius=scale * limb.start_radius,
                end_radius=scale * limb.end_radius,
            )
            for limb in limbs
        )

    return [Body(limbs=drawn(rest), tone=Tone.PLAIN, share=0.4), Body(limbs=drawn(stretched), tone=Tone.GOOD, share=0.75)]


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
