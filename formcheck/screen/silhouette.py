"""The shape to get into, as a small sketch out of the person's way: which way to face, and which leg is stretched.

It stands on a floor and a ground of its own. Drawn over the picture at the person's size it was taken for a mark to fit into.
"""

from collections.abc import Mapping

from formcheck.geometry import Vec
from formcheck.marks import Body, Limb, Line, Mark, Plate, Tone
from formcheck.posefile import PoseSpec
from formcheck.screen.box import Box
from formcheck.screen.posture import FLESH, NEAR, posture
from formcheck.values import Side

_AROUND, _FLOOR = 0.09, 0.02
"""The ground reaches so far beyond the body, and the floor is so thick, in heights of the room."""

_HEAD, _NOSE, _NECK, _UPPER_ARM, _HAND = 0.098, 0.018, 0.055, 0.045, 0.034
"""Radii in metres."""

_LEG = (("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "toe"), ("ankle", "toe"))
_THIGH = 0.088
"""Half the thickness of a thigh at the hip, in metres; the hip itself is the trunk's."""


def silhouette(spec: PoseSpec, facing: int, room: Box) -> list[Mark]:
    """Return the body in the posture of `spec`, as large as fits into `room`, from its upper left corner on.

    `facing` is as seen on the screen: +1 right (lying: head on the left), -1 left. The stretched leg has its own colour and is
    far more solid, so that it stands out in grey as well.
    """
    joints = posture(spec)
    rest = _trunk(joints) + _leg(joints, NEAR.other)
    stretched = _leg(joints, NEAR)
    reach = [(at, radius) for limb in (*rest, *stretched) for at, radius in _ends(limb)]
    left, right = min(x - r for (x, _), r in reach), max(x + r for (x, _), r in reach)
    low, top = min(y - r for (_, y), r in reach), max(y + r for (_, y), r in reach)
    around, thick = _AROUND * room.height, _FLOOR * room.height
    scale = min((room.width - 2 * around) / (right - left), (room.height - 2 * around - thick) / (top - low))
    wide, tall = scale * (right - left) + 2 * around, scale * (top - low) + 2 * around + thick
    middle, floor = room.left + wide / 2, room.top - tall + around + thick

    def placed(at: Vec) -> Vec:
        return middle + facing * scale * (at[0] - (left + right) / 2), floor + scale * (at[1] - low)

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

    y, reach_x = floor - thick / 2, wide / 2 - around
    return [
        Plate(low=(room.left, room.top - tall), high=(room.left + wide, room.top)),
        Line(start=(middle - reach_x, y), end=(middle + reach_x, y), width=thick, tone=Tone.FAINT),
        Body(limbs=drawn(rest), tone=Tone.PLAIN, share=0.4),
        Body(limbs=drawn(stretched), tone=Tone.GOOD, share=0.75),
    ]


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
