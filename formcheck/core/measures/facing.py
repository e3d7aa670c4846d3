"""Which way a person faces in the picture, from parts of the body that only point or bend one way, and which leg is near."""

from formcheck.core.geometry import Vec, distance, midpoint, vector
from formcheck.core.measures.joints import BodyLike, MeasuredBody, body_of, locate
from formcheck.core.values import Side

# How far each sign is to be trusted. A knee bends only one way and stands out by half a thigh; a nose stands out by a
# hand's breadth, always; the toes of a kneeling rear foot point backwards as often as not.
_FACE, _KNEE, _TOES = 2.0, 2.0, 1.0


def near_leg(facing: int) -> Side:
    """Return the leg that is nearer to the camera; `facing` as in `View`."""
    return Side.RIGHT if facing > 0 else Side.LEFT


def facing_evidence(person: BodyLike) -> float:
    """Return the evidence for facing right (positive) or left (negative), in trunk lengths; 0 when nothing tells.

    The reference direction is the trunk turned by a quarter, so that the same signs hold standing and lying: a person on
    the back with the head on the left is a person standing who faces right, turned by 90 degrees.
    """
    body = body_of(person)
    shoulder, hip = locate(body, {}, "mid_shoulder"), locate(body, {}, "mid_hip")
    length = distance(hip, shoulder)
    if length == 0.0:
        return 0.0
    trunk = vector(hip, shoulder)
    front = trunk[1] / length, -trunk[0] / length

    def reach(start: Vec, end: Vec) -> float:
        offset = vector(start, end)
        return (offset[0] * front[0] + offset[1] * front[1]) / length

    evidence = 0.0
    if face := _seen(body, "mid_ear", "nose"):
        evidence += _FACE * reach(*face)
    for side in Side:
        if leg := _seen(body, f"{side}_hip", f"{side}_knee", f"{side}_ankle"):
            evidence += _KNEE * reach(midpoint(leg[0], leg[2]), leg[1])
        if foot := _seen(body, f"{side}_heel", f"{side}_toe"):
            evidence += _TOES * reach(*foot)
    return evidence


def _seen(body: MeasuredBody, *joints: str) -> list[Vec]:
    """Where these joints are; nothing where one of them is not seen."""
    found = [body.joints[joint] for joint in joints]
    return [place for place, _ in found] if all(unseen is None for _, unseen in found) else []
