"""Sculpting: overlapping lumps melt into one smooth surface.

A lump is a tapered capsule with an elliptic cross-section. Each adds its distance to a field sampled on a
grid, with a smooth minimum so that neighbours blend, and the surface is where the field is zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pyvista as pv
from numpy.typing import NDArray

from .mesh import zero_surface
from .reach import Vector, unit

Field = NDArray[np.float32]
FAR_M = 0.2
HEM_M = 0.03  # a hem rounder than a grid cell has no jagged edge


class Shape(TypedDict, total=False):
    """How a lump differs from a round one that melts into its neighbours; see ``Lump``."""

    wide: float
    deep: float
    blend_m: float
    carve: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Lump:
    """From ``start`` (radius ``start_m``) to ``end`` (radius ``end_m``).

    ``side`` is a direction across it; along that direction radii are scaled by ``wide``, across both by
    ``deep``. ``blend_m`` is the width of the seam with what is already there; ``carve`` takes the lump away
    instead; ``cut`` ends it flat at ``end``, like the hem of a sleeve.
    """

    start: Vector
    end: Vector
    start_m: float
    end_m: float
    side: Vector
    wide: float = 1.0
    deep: float = 1.0
    blend_m: float = 0.025
    carve: bool = False
    cut: bool = False

    def bounds(self) -> tuple[Vector, Vector]:
        """Lowest and highest corner of a box around it."""
        reach_m = max(self.start_m, self.end_m) * max(self.wide, self.deep, 1.0)
        return np.minimum(self.start, self.end) - reach_m, np.maximum(self.start, self.end) + reach_m

    def distance(self, x: Field, y: Field, z: Field) -> Field:
        """Distance from the surface in metres (about, where the section is not round), negative inside."""
        length, (u, v, w) = self._axes()
        px, py, pz = (axis - np.float32(at) for axis, at in zip((x, y, z), self.start, strict=True))
        axial = px * w[0] + py * w[1] + pz * w[2]
        t = np.clip(axial, 0.0, length)
        radius = np.float32(self.start_m) + t * np.float32((self.end_m - self.start_m) / max(length, 1e-9))
        aside = (px * u[0] + py * u[1] + pz * u[2]) / np.float32(self.wide)
        ahead = (px * v[0] + py * v[1] + pz * v[2]) / np.float32(self.deep)
        beyond = axial - t
        found: Field = np.sqrt(aside * aside + ahead * ahead + beyond * beyond) - radius
        found = found * np.float32(min(self.wide, self.deep, 1.0))
        return _melt(found, axial - np.float32(length), HEM_M, carve=True) if self.cut else found

    def _axes(self) -> tuple[float, tuple[Field, Field, Field]]:
        """Its length and three unit vectors: to its side, across both, along it."""
        along = self.end - self.start
        length = float(np.linalg.norm(along))
        w = unit(along) if length > 1e-9 else np.array([0.0, 1.0, 0.0])
        across = self.side - w * float(self.side @ w)
        if float(np.linalg.norm(across)) < 1e-6:
            across = np.cross(w, np.eye(3)[int(np.argmin(np.abs(w)))])
        u = unit(across)
        return length, (u.astype(np.float32), np.cross(w, u).astype(np.float32), w.astype(np.float32))


def surface(lumps: Sequence[Lump], cell_m: float, floor_m: float | None = None) -> pv.PolyData:
    """The blended surface with its normals. ``floor_m``: flesh below that height is pressed flat."""
    boxes = [lump.bounds() for lump in lumps]
    solid = [box for box, lump in zip(boxes, lumps, strict=True) if not lump.carve]
    low = np.min([box[0] for box in solid], axis=0) - 2.5 * cell_m
    high = np.max([box[1] for box in solid], axis=0) + 2.5 * cell_m
    if floor_m is not None:
        low[1] = max(low[1], floor_m - 2.5 * cell_m)
    counts = np.ceil((high - low) / cell_m).astype(int) + 1
    axes = [(low[i] + cell_m * np.arange(counts[i])).astype(np.float32) for i in range(3)]
    field = np.full((counts[2], counts[1], counts[0]), FAR_M, dtype=np.float32)
    for lump, (first, last) in zip(lumps, boxes, strict=True):
        pad = lump.blend_m + 1.5 * cell_m
        i, j, k = (_cells(first[n] - pad, last[n] + pad, axes[n]) for n in range(3))
        view = field[k, j, i]
        if view.size:
            distance = lump.distance(axes[0][i], axes[1][j][:, None], axes[2][k][:, None, None])
            view[...] = _melt(view, -distance if lump.carve else distance, lump.blend_m, lump.carve)
    if floor_m is not None:
        np.maximum(field, (np.float32(floor_m) - axes[1])[None, :, None], out=field)
    return zero_surface(field, low, cell_m)


def _cells(low: float, high: float, axis: Field) -> slice:
    return slice(int(np.searchsorted(axis, low)), int(np.searchsorted(axis, high)))


def _melt(a: Field, b: Field, blend_m: float, carve: bool) -> Field:
    """Smooth minimum of two fields (smooth maximum where something is carved away)."""
    near = np.maximum(np.float32(blend_m) - np.abs(a - b), 0.0)
    seam = near * near * np.float32(0.25 / blend_m)
    melted: Field = np.maximum(a, b) + seam if carve else np.minimum(a, b) - seam
    return melted
