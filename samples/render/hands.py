"""Places for the hands: each a function from a skeleton (trunk and legs known) to a grip."""

from collections.abc import Callable

import numpy as np

from .body import Body, Side, other, sign
from .skeleton import RIGHT, Grip, Skeleton

# (skeleton, body, the hand's side, the stretched side) -> grip
Place = Callable[[Skeleton, Body, Side, Side], Grip]


def hanging(skeleton: Skeleton, body: Body, side: Side, _stretched: Side) -> Grip:
    """Arms down at the sides whatever the trunk does, elbows a little bent."""
    shoulder = skeleton.joints[f"{side}_shoulder"]
    out, scale = sign(side), body.scale
    wrist = shoulder + np.array([0.06 * scale, -0.965 * (body.upper_arm_m + body.forearm_m), out * 0.055 * scale])
    return Grip(wrist, np.array([-1.0, 0.0, 0.3 * out]), np.array([0.1, -1.0, 0.0]), RIGHT * out)


def on_hips(skeleton: Skeleton, body: Body, side: Side, _stretched: Side) -> Grip:
    """Hand on the crest of the pelvis, fingers forward, elbow back and out."""
    trunk, out = skeleton.frames["trunk"], sign(side)
    wide = (0.128 + 0.038 * body.girth) * body.scale
    wrist = trunk.at(-0.035 * body.scale, 0.155 * body.scale, out * wide)
    fingers = trunk.forward * 0.9 - trunk.up * 0.45 - RIGHT * 0.12 * out
    return Grip(wrist, RIGHT * out * 0.75 - trunk.forward * 0.8, fingers, RIGHT * out)


def on_front_thigh(skeleton: Skeleton, body: Body, side: Side, stretched: Side) -> Grip:
    """Both hands rest on the thigh of the front leg, one on either side of it."""
    thigh, out = skeleton.frames[f"{other(stretched)}_thigh"], sign(side)
    near = 1.0 if side != stretched else 0.75
    wrist = thigh.at((0.082 * body.girth + 0.012) * body.scale, -0.66 * near * body.thigh_m, out * 0.048 * body.scale)
    return Grip(wrist, RIGHT * out - thigh.forward * 0.4, -thigh.up - 0.1 * thigh.forward, thigh.forward)


def beside_body(skeleton: Skeleton, body: Body, side: Side, _stretched: Side) -> Grip:
    """Lying on the back: arms along the trunk, palms on the mat."""
    out, scale = sign(side), body.scale
    hip = skeleton.joints[f"{side}_hip"]
    wrist = np.array([hip[0] + 0.03 * scale, 0.036 * scale, out * (0.19 + 0.075 * body.girth) * scale])
    along = np.array([1.0, 0.0, 0.1 * out])
    return Grip(wrist, np.array([0.0, 0.1, out]), along, np.array([0.0, 1.0, 0.0]))


def round_shin(skeleton: Skeleton, body: Body, side: Side, stretched: Side) -> Grip:
    """Hugging: hands clasp the top of the bent leg's shin, one from either side."""
    shank, out = skeleton.frames[f"{other(stretched)}_shank"], sign(side)
    lower = 0.085 if side == stretched else 0.06
    wrist = shank.at(
        (0.036 * body.girth + 0.012) * body.scale,
        -lower * body.scale,
        out * (0.055 * body.girth + 0.018) * body.scale,
    )
    fingers = -RIGHT * out + shank.forward * 0.28
    return Grip(wrist, RIGHT * out * 1.0 + np.array([0.35, -0.55, 0.0]), fingers, shank.forward + RIGHT * out * 0.5)


def round_both_shins(skeleton: Skeleton, body: Body, side: Side, _stretched: Side) -> Grip:
    """Hugging both knees: each hand on the shin of its own side, from outside."""
    shank, out = skeleton.frames[f"{side}_shank"], sign(side)
    wrist = shank.at((0.036 * body.girth + 0.012) * body.scale, -0.075 * body.scale, out * 0.055 * body.girth * body.scale)
    fingers = -RIGHT * out + shank.forward * 0.28
    return Grip(wrist, RIGHT * out * 1.0 + np.array([0.35, -0.55, 0.0]), fingers, shank.forward + RIGHT * out * 0.5)


def on_raised_foot(skeleton: Skeleton, body: Body, side: Side, stretched: Side) -> Grip:
    """The hand of the stretched side holds that leg's foot behind the body, the other is on the hip."""
    if side != stretched:
        return on_hips(skeleton, body, side, stretched)
    foot, out = skeleton.frames[f"{side}_foot"], sign(side)
    wrist = foot.at(0.02 * body.scale, 0.05 * body.scale, out * 0.03 * body.scale)
    return Grip(wrist, np.array([-1.0, 0.2, 0.6 * out]), foot.forward * 0.4 - foot.up * 0.3 - RIGHT * out, foot.up)


def on_forearms(skeleton: Skeleton, body: Body, side: Side, _stretched: Side) -> Grip:
    """On hands' edges and forearms, the elbows under the shoulders."""
    shoulder, out = skeleton.joints[f"{side}_shoulder"], sign(side)
    wrist = shoulder + np.array([0.985 * body.forearm_m, -0.985 * body.upper_arm_m, -0.02 * out * body.scale])
    return Grip(wrist, np.array([-1.0, -1.0, 0.2 * out]), np.array([1.0, 0.0, -0.2 * out]), RIGHT * out)


PLACES: dict[str, Place] = {
    "hanging": hanging,
    "on_hips": on_hips,
    "on_front_thigh": on_front_thigh,
    "beside_body": beside_body,
    "round_shin": round_shin,
    "round_both_shins": round_both_shins,
    "on_raised_foot": on_raised_foot,
    "on_forearms": on_forearms,
}
