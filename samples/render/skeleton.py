"""Forward kinematics: a posture (joint angles) becomes joint centres and segment frames in three dimensions.

Angles, in degrees, have the signs of the measures: hip flexion + = thigh forward of the trunk line, knee
flexion + = bent, trunk + = leans forward from vertical (-90 = lying on the back), neck + = head forward of the
trunk line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import cos, radians, sin

import numpy as np

from .body import SIDES, Body, Side, sign
from .reach import Vector, reach, unit

NEUTRAL_NECK_DEG = 6.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg. ``ankle`` 0 = foot square to the shank, + = toes to the shin; ``toes`` + = bent upwards."""

    hip_flexion: float
    knee_flexion: float
    ankle: float = 0.0
    toes: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """Everything about a body at one moment except where its hands go."""

    hip_x_m: float
    hip_y_m: float
    trunk: float
    neck: float
    legs: Mapping[Side, Leg]


@dataclass(frozen=True, slots=True)
class Frame:
    """An origin with axes forward, up and right of a segment (limbs: up points to the body)."""

    origin: Vector
    forward: Vector
    up: Vector
    right: Vector

    def at(self, forward_m: float, up_m: float, right_m: float = 0.0) -> Vector:
        """A point given along this frame's axes, in metres."""
        return self.origin + self.forward * forward_m + self.up * up_m + self.right * right_m

    def turned(self, origin: Vector, degrees: float) -> "Frame":
        """The same frame moved to ``origin`` and turned about its right axis, + = up towards forward."""
        c, s = cos(radians(degrees)), sin(radians(degrees))
        return Frame(origin, self.forward * c - self.up * s, self.up * c + self.forward * s, self.right)


@dataclass(frozen=True, slots=True)
class Grip:
    """Where a hand goes: the wrist, and the directions of the elbow, the fingers and the back of the hand."""

    wrist: Vector
    pole: Vector
    fingers: Vector
    back: Vector

    def mixed(self, goal: "Grip", share: float) -> "Grip":
        """This grip carried ``share`` (0..1) of the way to another."""
        return Grip(*(a + (b - a) * share for a, b in zip(self._parts(), goal._parts(), strict=True)))

    def _parts(self) -> tuple[Vector, Vector, Vector, Vector]:
        return self.wrist, self.pole, self.fingers, self.back


@dataclass(slots=True)
class Skeleton:
    """Joint centres (``right_knee``, ``mid_hip`` ...) and segment frames (``right_thigh``, ``trunk`` ...)."""

    joints: dict[str, Vector] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)


RIGHT = np.array([0.0, 0.0, 1.0])


def down_at(degrees: float) -> Vector:
    """The direction ``degrees`` forward of straight down, in the sagittal plane."""
    return np.array([sin(radians(degrees)), -cos(radians(degrees)), 0.0])


def limb_frame(origin: Vector, degrees: float) -> Frame:
    """The frame of a segment that hangs from ``origin`` at ``degrees`` forward of straight down."""
    down = down_at(degrees)
    return Frame(origin, np.array([-down[1], down[0], 0.0]), -down, RIGHT)


def stand(body: Body, posture: Posture) -> Skeleton:
    """Joint centres of trunk, head and legs."""
    skeleton = Skeleton()
    joints, frames = skeleton.joints, skeleton.frames
    mid_hip = np.array([posture.hip_x_m, posture.hip_y_m, 0.0])
    trunk = limb_frame(mid_hip, -posture.trunk)
    mid_shoulder = trunk.at(0.0, body.trunk_m)
    neck = trunk.turned(mid_shoulder, posture.neck)
    head = trunk.turned(neck.at(0.0, body.neck_m), posture.neck - NEUTRAL_NECK_DEG)
    joints |= {"mid_hip": mid_hip, "mid_shoulder": mid_shoulder, "mid_ear": head.origin}
    joints["nose"] = head.at(0.115 * body.scale, -0.016 * body.scale)
    frames |= {"trunk": trunk, "neck": neck, "head": head}
    for side in SIDES:
        out = sign(side)
        joints[f"{side}_shoulder"] = trunk.at(0.0, body.trunk_m, out * body.half_shoulders_m)
        joints[f"{side}_ear"] = head.at(0.0, 0.0, out * 0.076 * body.scale)
        _leg(skeleton, body, side, posture.legs[side], -posture.trunk)
    return skeleton


def _leg(skeleton: Skeleton, body: Body, side: Side, leg: Leg, trunk_line: float) -> None:
    """Add one leg. ``trunk_line`` is the direction from shoulders to hips, degrees forward of down."""
    hip = skeleton.joints["mid_hip"] + RIGHT * sign(side) * body.half_hips_m
    thigh = limb_frame(hip, trunk_line + leg.hip_flexion)
    knee = thigh.at(0.0, -body.thigh_m)
    shank = limb_frame(knee, trunk_line + leg.hip_flexion - leg.knee_flexion)
    ankle = shank.at(0.0, -body.shank_m)
    foot = shank.turned(ankle, -leg.ankle)
    ball = foot.at(body.ball_m, -body.ankle_m)
    toe = foot.turned(ball, -leg.toes)
    skeleton.joints |= {
        f"{side}_hip": hip,
        f"{side}_knee": knee,
        f"{side}_ankle": ankle,
        f"{side}_ball": ball,
        f"{side}_heel": foot.at(-body.heel_m, -body.ankle_m),
        f"{side}_foot_index": toe.at(body.toe_m - body.ball_m, 0.0),
    }
    skeleton.frames |= {
        f"{side}_thigh": thigh,
        f"{side}_shank": shank,
        f"{side}_foot": foot,
        f"{side}_toes": toe,
    }


def hold(skeleton: Skeleton, body: Body, side: Side, grip: Grip) -> None:
    """Add one arm, so that the wrist is where the grip wants it (or as near as the arm is long)."""
    shoulder = skeleton.joints[f"{side}_shoulder"]
    elbow, wrist = reach(shoulder, grip.wrist, body.upper_arm_m, body.forearm_m, grip.pole)
    skeleton.joints |= {f"{side}_elbow": elbow, f"{side}_wrist": wrist}
    fingers = unit(grip.fingers)
    back = unit(grip.back - fingers * float(grip.back @ fingers))
    skeleton.frames[f"{side}_hand"] = Frame(wrist, fingers, back, np.cross(fingers, back))
