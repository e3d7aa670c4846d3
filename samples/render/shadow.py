"""Soft shadows, drawn into the floor's own texture: VTK's are slow without a graphics card."""

import numpy as np
import pyvista as pv
from numpy.typing import NDArray

from .body import Colour
from .reach import Vector

Map = NDArray[np.float64]
CELLS = 240
SPAN_M = 4.0
# Layers of flesh by height (from, to, metres), how far their shadow is blurred (cells) and how dark it is.
LAYERS = ((-1.0, 0.10, 3, 1.0), (0.10, 0.5, 6, 0.55), (0.5, 3.0, 12, 0.35))
# How far a lamp above carries a shadow along x and z for each metre of height.
SLANT = (-0.22, -0.30)


def shadow(points: Vector) -> Map:
    """Darkness 0..1 on the middle of the floor (rows from back to front), strongest under near flesh."""
    total = np.zeros((CELLS, CELLS))
    for low, high, blur, weight in LAYERS:
        some = points[(points[:, 1] >= low) & (points[:, 1] < high)]
        falls = np.stack([some[:, axis] + slant * some[:, 1] for axis, slant in zip((0, 2), SLANT, strict=True)])
        columns, rows = _cell(falls[:, (abs(falls) < SPAN_M / 2).all(axis=0)])
        layer = np.zeros_like(total)
        layer[rows, columns] = 1.0
        total = np.maximum(total, weight * _blurred(layer, blur))
    return total.clip(0.0, 1.0)


def window(whole: Map, x_m: float, size_m: tuple[float, float]) -> Map:
    """The part of a shadow map that falls on a rectangle centred at (x, 0)."""
    share = np.linspace(-0.5, 0.5, CELLS)
    return whole[_cell(share * size_m[1])][:, _cell(x_m + share * size_m[0])]


def _cell(position_m: Vector) -> NDArray[np.int_]:
    return ((position_m / SPAN_M + 0.5) * CELLS).astype(int).clip(0, CELLS - 1)


def _blurred(layer: Map, cells: int) -> Map:
    """Three box blurs, close to a bell curve, and some gain: the points of a shape leave gaps."""
    for axis in (0, 1, 0, 1, 0, 1):
        size = layer.shape[axis]
        sums = np.concatenate([np.zeros_like(layer.take([0], axis)), np.cumsum(layer, axis)], axis)
        ahead = np.minimum(np.arange(size) + cells + 1, size)
        behind = np.maximum(np.arange(size) - cells, 0)
        layer = (sums.take(ahead, axis) - sums.take(behind, axis)) / (2 * cells + 1)
    return np.minimum(layer * 1.4, 1.0)


class Shadowed:
    """A texture of one colour with a little grain, on which a shadow falls."""

    def __init__(self, colour: Colour, grain: float) -> None:
        speckle = np.random.default_rng(7).normal(0.0, grain, (CELLS, CELLS, 1))
        self._base = np.array(colour, float) * (1.0 + speckle)
        self.texture = _texture(self._base)

    def show(self, darkness: Map, strength: float, glow: float) -> None:
        """Darken by a shadow map; ``glow`` is how bright the room is."""
        # A texture's rows run from its lower edge up, here from the back of the room to the front.
        picture = self._base * glow * (1.0 - strength * darkness[:, :, None])
        self.texture.SetInputData(_texture(picture).GetInput())


def _texture(picture: Map) -> pv.Texture:
    pixels = np.ascontiguousarray(picture.clip(0, 255).astype(np.uint8))
    return pv.Texture(pixels)  # type: ignore[no-untyped-call]
