"""A head with a face, and a hand: rigid parts, modelled once per body.

The head's own axes: x forward, y up, z right, origin between the ears.
"""

from dataclasses import replace
from typing import Unpack

import numpy as np
import pyvista as pv

from .body import Body, Colour, Look
from .mesh import Part, points_of
from .reach import Vector
from .sculpt import Lump, Shape, surface

CELL_M = 0.006
# The ear canal is as far from the brow as from the back of the skull; the lumps are drawn too far forward.
DRAWN_AHEAD_M = 0.013
Z = np.array([0.0, 0.0, 1.0])


def _ball(x: float, y: float, z: float, radius: float, **shape: Unpack[Shape]) -> Lump:
    centre = np.array([x, y, z])
    return Lump(centre, centre + np.array([0.0, 1e-4, 0.0]), radius, radius, Z, **shape)


def _bar(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    a: float,
    b: float,
    **shape: Unpack[Shape],
) -> Lump:
    return Lump(np.array(start), np.array(end), a, b, Z, **shape)


def _both(lump: Lump) -> list[Lump]:
    """A lump and its mirror image on the other side of the face."""
    flip: Vector = np.array([1.0, 1.0, -1.0])
    return [lump, replace(lump, start=lump.start * flip, end=lump.end * flip)]


def _skull() -> list[Lump]:
    return [
        _bar((-0.012, 0.048, 0.0), (0.026, 0.052, 0.0), 0.083, 0.081, wide=0.92),
        _bar((0.050, 0.035, 0.0), (0.052, -0.045, 0.0), 0.056, 0.045, wide=1.08, blend_m=0.03),
        *_both(_bar((0.004, -0.030, 0.045), (0.070, -0.081, 0.016), 0.022, 0.020, blend_m=0.03)),
        _ball(0.080, -0.080, 0.0, 0.021),
        *_both(_bar((0.050, -0.014, 0.046), (0.078, -0.022, 0.030), 0.022, 0.020)),
        *_both(_bar((0.092, 0.037, 0.010), (0.080, 0.037, 0.044), 0.013, 0.012, blend_m=0.012)),
        _bar((0.102, 0.026, 0.0), (0.119, -0.018, 0.0), 0.009, 0.012, blend_m=0.012),
        *_both(_ball(0.112, -0.022, 0.010, 0.009, blend_m=0.008)),
        _bar((0.098, -0.050, -0.012), (0.098, -0.050, 0.012), 0.012, 0.012, blend_m=0.012),
        *_both(_bar((-0.002, -0.028, 0.075), (-0.008, 0.020, 0.083), 0.013, 0.022, wide=0.48, blend_m=0.004)),
    ]


def _hair(cut: str) -> list[Lump]:
    cap = [
        _bar((-0.018, 0.052, 0.0), (0.024, 0.060, 0.0), 0.090, 0.085, wide=0.93),
        _bar((-0.055, 0.0, 0.0), (-0.050, -0.035, 0.0), 0.040, 0.032, wide=1.5),
    ]
    if cut == "bun":
        cap.append(_ball(-0.112, 0.075, 0.0, 0.036, blend_m=0.012))
    if cut == "long":
        cap.append(_bar((-0.060, 0.010, 0.0), (-0.072, -0.125, 0.0), 0.050, 0.026, wide=1.5, blend_m=0.03))
    face = [
        Lump(
            np.array([0.130, -0.040, -0.2]),
            np.array([0.130, -0.040, 0.2]),
            0.136,
            0.136,
            Z,
            blend_m=0.006,
            carve=True,
        ),
        Lump(
            np.array([0.02, -0.04, -0.2]),
            np.array([0.02, -0.04, 0.2]),
            0.062,
            0.062,
            Z,
            blend_m=0.006,
            carve=True,
        ),
    ]
    return [*cap, *face]


def head(body: Body, look: Look) -> list[Part]:
    """Skin, hair, brows, eyes and lips, ready to be carried by the head frame."""
    lips = tuple(int(v) for v in np.array(look.skin) * (0.80, 0.60, 0.60))
    groups: list[tuple[list[Lump], Colour, float]] = [
        (_skull(), look.skin, CELL_M),
        (_both(_ball(0.0870, 0.0150, 0.0320, 0.0135, wide=1.2)), (240, 238, 234), 0.003),
        (_both(_ball(0.0955, 0.0150, 0.0330, 0.0074)), (44, 30, 24), 0.002),
        (
            _both(_bar((0.1070, 0.0370, 0.012), (0.0990, 0.0395, 0.046), 0.0060, 0.0050, blend_m=0.004)),
            look.hair if look.hair_cut != "bald" else (70, 55, 48),
            0.0028,
        ),
        (
            [_bar((0.1055, -0.050, -0.017), (0.1055, -0.050, 0.017), 0.0068, 0.0068)],
            (lips[0], lips[1], lips[2]),
            0.003,
        ),
    ]
    if look.hair_cut != "bald":
        groups.append((_hair(look.hair_cut), look.hair, CELL_M))
    back = np.array([DRAWN_AHEAD_M, 0.0, 0.0])
    parts = []
    for lumps, colour, cell in groups:
        mesh = surface(lumps, cell)
        mesh.points = (points_of(mesh) - back) * body.scale
        parts.append(Part(mesh, colour))
    return parts


def hand(body: Body, right: bool) -> pv.PolyData:
    """A slightly curled hand: x to the fingertips, y out of its back, z = x cross y, origin in the wrist."""
    thumb_side = -1.0 if right else 1.0
    lumps = [_bar((-0.02, 0.0, 0.0), (0.02, 0.0, 0.0), 0.024, 0.026, wide=1.1, deep=0.85)]
    lumps.append(_bar((0.02, -0.002, 0.0), (0.085, -0.004, 0.0), 0.030, 0.036, wide=1.1, deep=0.42))
    for index, (length, spread) in enumerate(((0.066, -0.030), (0.076, -0.010), (0.071, 0.010), (0.055, 0.029))):
        z = -thumb_side * spread
        knuckle, middle = (0.088, -0.004, z), (0.088 + length * 0.5, -0.012, z * 1.02)
        tip = (0.088 + length * 0.88, -0.036, z * 0.98)
        thick = 0.0088 - 0.0006 * (index == 3)
        lumps += [
            _bar(knuckle, middle, thick + 0.001, thick, blend_m=0.004),
            _bar(middle, tip, thick, thick - 0.0012, blend_m=0.004),
        ]
    thumb = 0.030 * thumb_side
    lumps.append(_bar((0.022, -0.010, thumb * 0.7), (0.062, -0.022, thumb * 1.55), 0.013, 0.011, blend_m=0.012))
    lumps.append(_bar((0.062, -0.022, thumb * 1.55), (0.092, -0.030, thumb * 1.50), 0.0105, 0.009, blend_m=0.006))
    mesh = surface(lumps, 0.005)
    mesh.points = points_of(mesh) * body.scale
    return mesh
