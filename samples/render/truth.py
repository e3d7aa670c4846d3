"""True measures of a skeleton, from its joint centres seen along its own left-right axis.

Degrees, with the same definitions and signs that the program's own measures have: x forward and y up here
play the part of an image in which the person faces right.
"""

from math import atan2, degrees

from .body import Side, other
from .reach import Vector
from .skeleton import Skeleton

MEASURES: dict[str, tuple[str, ...]] = {
    "kneeling_hip_flexor": (
        "rear_hip_extension",
        "trunk_inclination",
        "front_knee_flexion",
        "front_shin_angle",
        "rear_knee_flexion",
        "neck_relative",
    ),
    "supine_psoas": (
        "bent_hip_flexion",
        "straight_knee_flexion",
        "straight_leg_elevation",
        "straight_hip_flexion",
        "trunk_elevation",
        "neck_relative",
    ),
    "standing_psoas": (
        "rear_hip_extension",
        "trunk_inclination",
        "rear_knee_flexion",
        "front_knee_flexion",
        "front_shin_angle",
        "neck_relative",
    ),
    "standing_quad": ("rear_hip_extension", "trunk_inclination", "rear_knee_flexion", "front_knee_flexion", "neck_relative"),
    "bridge": ("hip_flexion", "knee_flexion", "trunk_elevation"),
    "single_leg_bridge": ("bent_hip_flexion", "straight_knee_flexion", "bent_knee_flexion", "trunk_elevation"),
    "plank": ("body_line", "hip_flexion", "knee_flexion", "trunk_elevation"),
    # No stretch: what can be said of anybody.
    "none": ("trunk_inclination", "neck_relative"),
}


def turn(a: Vector, b: Vector) -> float:
    """Signed angle from a to b in the sagittal plane, anticlockwise +, in (-180, 180]."""
    return degrees(atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]))


def from_vertical(vector: Vector) -> float:
    """Lean of a direction from straight up, + = forward."""
    return degrees(atan2(vector[0], vector[1]))


def hip_flexion(skeleton: Skeleton, side: Side) -> float:
    """From the trunk line (shoulders to hips) to the thigh, + = flexed."""
    j = skeleton.joints
    return turn(j["mid_hip"] - j["mid_shoulder"], j[f"{side}_knee"] - j[f"{side}_hip"])


def knee_flexion(skeleton: Skeleton, side: Side) -> float:
    """From the thigh to the shank, + = bent, - = hyperextended."""
    j = skeleton.joints
    return -turn(j[f"{side}_knee"] - j[f"{side}_hip"], j[f"{side}_ankle"] - j[f"{side}_knee"])


def neck_relative(skeleton: Skeleton, side: Side) -> float:
    """From the trunk line to the line shoulders to ear, + = head forward."""
    j = skeleton.joints
    return -turn(j["mid_shoulder"] - j["mid_hip"], j[f"{side}_ear"] - j["mid_shoulder"])


def middle(skeleton: Skeleton, joint: str) -> Vector:
    """Half way between the joints of both sides."""
    between: Vector = (skeleton.joints[f"left_{joint}"] + skeleton.joints[f"right_{joint}"]) / 2
    return between


def body_line(skeleton: Skeleton) -> float:
    """From the trunk line to the line from hips to ankles, + = hips up (prone) or flexed."""
    j = skeleton.joints
    return turn(j["mid_hip"] - j["mid_shoulder"], middle(skeleton, "ankle") - j["mid_hip"])


def trunk_inclination(skeleton: Skeleton) -> float:
    """Lean of the line hips to shoulders from vertical, + = forward."""
    return from_vertical(skeleton.joints["mid_shoulder"] - skeleton.joints["mid_hip"])


def all_measures(skeleton: Skeleton, stretched: Side) -> dict[str, float]:
    """Every measure of every stretch, the stretched leg being the rear (or straight) one."""
    j, bent = skeleton.joints, other(stretched)
    rear_hip, far_knee = hip_flexion(skeleton, stretched), knee_flexion(skeleton, stretched)
    leg = j[f"{stretched}_ankle"] - j[f"{stretched}_hip"]
    trunk = j["mid_shoulder"] - j["mid_hip"]
    return {
        "rear_hip_extension": -rear_hip,
        "straight_hip_flexion": rear_hip,
        "bent_hip_flexion": hip_flexion(skeleton, bent),
        "bent_knee_flexion": knee_flexion(skeleton, bent),
        "hip_flexion": turn(j["mid_hip"] - j["mid_shoulder"], middle(skeleton, "knee") - j["mid_hip"]),
        "knee_flexion": -turn(middle(skeleton, "knee") - j["mid_hip"], middle(skeleton, "ankle") - middle(skeleton, "knee")),
        "body_line": body_line(skeleton),
        "rear_knee_flexion": far_knee,
        "straight_knee_flexion": far_knee,
        "front_knee_flexion": knee_flexion(skeleton, bent),
        "front_shin_angle": from_vertical(j[f"{bent}_knee"] - j[f"{bent}_ankle"]),
        "trunk_inclination": trunk_inclination(skeleton),
        "straight_leg_elevation": degrees(atan2(leg[1], leg[0])),
        "trunk_elevation": degrees(atan2(trunk[1], abs(trunk[0]))),
        "neck_relative": neck_relative(skeleton, stretched),
    }


def measures(pose: str, skeleton: Skeleton, stretched: Side) -> dict[str, float]:
    """The measures that one pose is judged by."""
    found = all_measures(skeleton, stretched)
    return {name: found[name] for name in MEASURES[pose]}
