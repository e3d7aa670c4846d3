"""The flesh: a skeleton becomes coloured surfaces. Measures in metres on a 1.75 m body of average build."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Unpack

import numpy as np
import pyvista as pv

from .body import SIDES, Body, Look, Side, sign
from .head import hand, head
from .mesh import Part, moved, normals_of, points_of
from .reach import Vector
from .sculpt import Lump, Shape, surface
from .skeleton import RIGHT, Frame, Skeleton

CELL_M = 0.0125
SHOE_CELL_M = 0.0085


@dataclass(frozen=True, slots=True)
class Modeller:
    """Lumps of one body, with lengths scaled by stature and thickness by build too."""

    body: Body

    def lump(
        self,
        frame: Frame,
        start: tuple[float, ...],
        end: tuple[float, ...],
        a: float,
        b: float,
        **shape: Unpack[Shape],
    ) -> Lump:
        """A lump between two points (forward, up, right) of a frame with radii ``a`` and ``b``."""
        s, thick = self.body.scale, self.body.scale * self.body.girth
        first = frame.at(start[0] * thick, start[1] * s, start[2] * s)
        last = frame.at(end[0] * thick, end[1] * s, end[2] * s)
        return Lump(first, last, a * thick, b * thick, frame.right, **shape)

    def shirt(self, sk: Skeleton, look: Look) -> list[Lump]:
        """Chest, belly, shoulders and sleeves."""
        t, body = sk.frames["trunk"], self.body
        w = body.half_shoulders_m / body.scale
        hips, loose = 0.5 + 0.5 * body.hip_width, look.loose_m
        hem = 0.055 - 2.5 * loose
        lumps = [
            self.lump(t, (0.008, 0.24, 0), (0.004, hem, 0), 0.136 + loose, 0.156 * hips + loose, deep=0.83, cut=True),
            self.lump(t, (0.010, 0.26, 0), (0.0, 0.41, 0), 0.138 + loose, 0.148 + 0.5 * loose, deep=0.76, blend_m=0.05),
            self.lump(t, (-0.010, 0.455, -w * 0.62), (-0.010, 0.455, w * 0.62), 0.074, 0.074, deep=1.0, blend_m=0.04),
            self.lump(t, (0.030, 0.37, -0.06), (0.030, 0.37, 0.06), 0.082, 0.082, blend_m=0.05),
        ]
        if body.bust_m > 0:
            lumps += [
                self.lump(t, (0.055 + body.bust_m, 0.335, z), (0.055, 0.37, z), 0.058, 0.05, blend_m=0.05)
                for z in (-0.075, 0.075)
            ]
        for side in SIDES:
            out = sign(side)
            lumps.append(
                self.lump(
                    t,
                    (-0.022, 0.545, 0.03 * out),
                    (-0.008, 0.520, w * 0.86 * out),
                    0.042,
                    0.046,
                    blend_m=0.04,
                )
            )
            arm = self._arm(sk, side)
            end = {"none": 0.02, "short": 0.17, "long": 0.33}[look.sleeves]
            slack = 0.010 + loose if look.sleeves != "none" else 0.003
            lumps.append(
                self.lump(
                    arm[0],
                    (0.0, 0.004, 0),
                    (0.0, -end, 0),
                    0.058 + slack,
                    0.049 + slack,
                    blend_m=0.035,
                    cut=True,
                )
            )
            if look.sleeves == "long":
                lumps.append(self.lump(arm[1], (0, 0, 0), (0, -0.235, 0), 0.046, 0.036, blend_m=0.02, cut=True))
        return lumps

    def trousers(self, sk: Skeleton, look: Look) -> list[Lump]:
        """Pelvis, buttocks and legs down to the hem."""
        t, w = sk.frames["trunk"], self.body.half_hips_m / self.body.scale
        shorts = look.legs == "shorts"
        reach, thin = (0.335, 0.077) if shorts else (0.40, 0.058)
        slack = {"long": 0.005, "wide": 0.020, "leggings": 0.0, "shorts": 0.0}[look.legs]
        full = {"long": 0.0, "wide": 0.008, "leggings": -0.004, "shorts": 0.0}[look.legs]
        lumps = [
            self.lump(t, (0.004, 0.10, 0), (0.0, 0.02, 0), 0.142, 0.150, deep=0.80),
            self.lump(t, (0.0, 0.0, -w * 0.75), (0.0, 0.0, w * 0.75), 0.098, 0.098, blend_m=0.05),
        ]
        for side in SIDES:
            z = sign(side)
            thigh, shank = sk.frames[f"{side}_thigh"], sk.frames[f"{side}_shank"]
            lumps += [
                self.lump(
                    t,
                    (-0.050, 0.005, w * 0.80 * z),
                    (-0.048, -0.03, w * 0.85 * z),
                    0.083,
                    0.080,
                    blend_m=0.05,
                ),
                self.lump(thigh, (-0.004, 0.0, 0), (0.002, -reach, 0), 0.091 + full, thin + full, blend_m=0.05, cut=shorts),
                self.lump(
                    thigh,
                    (0.022, -0.10, 0),
                    (0.010, -reach * 0.85, 0),
                    0.070,
                    thin * 0.9,
                    blend_m=0.04,
                    cut=shorts,
                ),
                self.lump(
                    thigh,
                    (-0.022, -0.06, 0),
                    (-0.012, -reach * 0.85, 0),
                    0.070,
                    thin * 0.85,
                    blend_m=0.04,
                    cut=shorts,
                ),
            ]
            if not shorts:
                lumps += self._shank(thigh, shank, slack, hem=-0.385)
        return lumps

    def _shank(self, thigh: Frame, shank: Frame, slack: float, hem: float) -> list[Lump]:
        """Knee, shin and calf."""
        return [
            self.lump(thigh, (0.006, -0.425, 0), (0.008, -0.43, 0), 0.053 + slack, 0.053 + slack, blend_m=0.03),
            self.lump(
                shank,
                (0.004, -0.015, 0),
                (0.008, hem, 0),
                0.050 + slack,
                0.035 + slack,
                blend_m=0.03,
                cut=True,
            ),
            self.lump(shank, (-0.018, -0.08, 0), (-0.012, -0.20, 0), 0.046 + slack, 0.038 + slack, blend_m=0.04),
        ]

    def skin(self, sk: Skeleton, look: Look) -> list[list[Lump]]:
        """Neck, arms and, under shorts, legs: one group each, as they need not melt together."""
        t, h = sk.frames["trunk"], sk.frames["head"]
        neck = Lump(
            t.at(-0.020 * self.body.scale, 0.515 * self.body.scale),
            h.at(-0.014 * self.body.scale, -0.035 * self.body.scale),
            0.059 * self.body.scale * self.body.girth**0.5,
            0.052 * self.body.scale * self.body.girth**0.5,
            RIGHT,
            wide=1.0,
        )
        groups = [[neck]]
        for side in SIDES:
            upper, lower = self._arm(sk, side)
            groups.append(
                [
                    self.lump(upper, (0, 0, 0), (0, -0.315, 0), 0.053, 0.040, blend_m=0.03),
                    self.lump(upper, (0.006, -0.12, 0), (0.006, -0.24, 0), 0.047, 0.040, blend_m=0.03),
                    self.lump(lower, (0, 0, 0), (0, -0.250, 0), 0.041, 0.026, blend_m=0.02),
                    self.lump(lower, (0.004, -0.05, 0), (0.002, -0.12, 0), 0.043, 0.037, blend_m=0.03),
                ]
            )
            if look.legs == "shorts":
                thigh, shank = sk.frames[f"{side}_thigh"], sk.frames[f"{side}_shank"]
                upper_leg = self.lump(thigh, (0, -0.24, 0), (0.004, -0.40, 0), 0.072, 0.054, blend_m=0.03)
                groups.append([upper_leg, *self._shank(thigh, shank, slack=0.0, hem=-0.39)])
        return groups

    def shoe(self, sk: Skeleton, side: Side) -> tuple[list[Lump], list[Lump]]:
        """Upper and sole. The toe box bends at the ball of the foot."""
        f, t, a = sk.frames[f"{side}_foot"], sk.frames[f"{side}_toes"], self.body.ankle_m / self.body.scale

        def part(start: tuple[float, ...], end: tuple[float, ...], r: float, q: float, **shape: Unpack[Shape]) -> Lump:
            s = self.body.scale
            return Lump(f.at(start[0] * s, start[1] * s), f.at(end[0] * s, end[1] * s), r * s, q * s, RIGHT, **shape)

        def toe(start: tuple[float, ...], end: tuple[float, ...], r: float, q: float, **shape: Unpack[Shape]) -> Lump:
            s = self.body.scale
            return Lump(t.at(start[0] * s, start[1] * s), t.at(end[0] * s, end[1] * s), r * s, q * s, RIGHT, **shape)

        upper = [
            part((-0.006, 0.022), (-0.010, -0.02), 0.042, 0.044, wide=0.92),
            part((-0.034, -0.010), (-0.036, -0.022), 0.033, 0.034),
            part((-0.030, 0.042 - a), (0.10, 0.040 - a), 0.032, 0.031, wide=1.12),
            part((0.005, -0.012), (0.10, -0.030), 0.040, 0.028, wide=1.0, blend_m=0.03),
            part((0.095, 0.038 - a), (0.126, 0.034 - a), 0.029, 0.025, wide=1.45),
            toe((-0.006, 0.033), (0.040, 0.028), 0.025, 0.020, wide=1.6),
        ]
        sole = [
            part((-0.036, 0.012 - a), (0.126, 0.012 - a), 0.039, 0.046, deep=0.31, blend_m=0.01),
            toe((0.0, 0.012), (0.040, 0.013), 0.046, 0.034, deep=0.32, blend_m=0.01),
        ]
        return upper, sole

    def _arm(self, sk: Skeleton, side: Side) -> tuple[Frame, Frame]:
        j = sk.joints
        names = (f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
        return _along(j[names[0]], j[names[1]]), _along(j[names[1]], j[names[2]])


def _along(start: Vector, end: Vector) -> Frame:
    """A frame for a round limb: up points back to its start, the other axes are any two across it."""
    up = (start - end) / float(np.linalg.norm(start - end))
    aside = RIGHT if abs(up[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    forward = np.cross(up, aside)
    forward = forward / float(np.linalg.norm(forward))
    return Frame(start, forward, up, np.cross(forward, up))


@lru_cache(maxsize=8)
def _carved(body: Body, look: Look) -> tuple[tuple[Part, ...], dict[Side, pv.PolyData]]:
    return tuple(head(body, look)), {"right": hand(body, True), "left": hand(body, False)}


def _carried(mesh: pv.PolyData, frame: Frame) -> pv.PolyData:
    """A rigid part moved from its own axes (x, y, z) to a frame's (forward, up, right)."""
    axes = np.array([frame.forward, frame.up, frame.right])
    return moved(mesh, points_of(mesh) @ axes + frame.origin, normals_of(mesh) @ axes)


def figure(body: Body, look: Look, sk: Skeleton) -> list[Part]:
    """All coloured surfaces of a person, always the same number in the same order."""
    make = Modeller(body)
    parts = [
        Part(surface(make.trousers(sk, look), CELL_M, floor_m=0.0), look.trousers),
        Part(surface(make.shirt(sk, look), CELL_M, floor_m=0.0), look.shirt),
    ]
    parts += [Part(surface(group, CELL_M, floor_m=0.0), look.skin) for group in make.skin(sk, look)]
    for side in SIDES:
        upper, sole = make.shoe(sk, side)
        parts.append(Part(surface(upper, SHOE_CELL_M, floor_m=0.0), look.shoes))
        parts.append(Part(surface(sole, SHOE_CELL_M, floor_m=0.0), look.soles))
    carved_head, hands = _carved(body, look)
    parts += [Part(_carried(part.mesh, sk.frames["head"]), part.colour) for part in carved_head]
    parts += [Part(_carried(hands[side], sk.frames[f"{side}_hand"]), look.skin) for side in SIDES]
    return parts
