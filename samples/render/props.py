"""Things in the room, from boxes and balls: clutter, and furniture that may stand in front of somebody.

Room axes, metres: x to the right of a camera exactly side-on, y up, z towards that camera; the floor is at y = 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
import pyvista as pv

from .body import Colour
from .mesh import Part
from .reach import Vector
from .room import FLOOR_Y_M, WALL_Z_M, Prop

Box = tuple[float, float, float, float, float, float]
WOOD: Colour = (134, 98, 66)
LEAF: Colour = (64, 112, 62)


@dataclass(frozen=True, slots=True)
class Thing:
    """The surfaces of a prop, and points spread over it that throw its shadow."""

    parts: tuple[Part, ...]
    points: Vector


def build(prop: Prop) -> Thing:
    """A prop where it belongs."""
    return KINDS[prop.kind](prop)


def _boxes(boxes: list[tuple[Box, Colour]]) -> Thing:
    """Boxes given as (x from, to, y from, to, z from, to)."""
    parts, clouds = [], []
    for bounds, colour in boxes:
        mesh = pv.Box(bounds=bounds)
        parts.append(Part(mesh, colour))
        steps = [np.linspace(bounds[i], bounds[i + 1], 24) for i in (0, 2, 4)]
        clouds.append(np.stack(np.meshgrid(*steps), axis=-1).reshape(-1, 3))
    return Thing(tuple(parts), np.concatenate(clouds))


def _crate(prop: Prop) -> Thing:
    """A moving box with a strip of tape on it."""
    w, h, d = prop.size_m
    x, z, low = prop.x_m, prop.z_m, FLOOR_Y_M
    tape: Colour = (206, 190, 150)
    body: Box = (x - w / 2, x + w / 2, low, low + h, z - d / 2, z + d / 2)
    strip: Box = (x - 0.03, x + 0.03, low + h * 0.3, low + h + 0.002, z - d / 2 - 0.002, z + d / 2 + 0.002)
    return _boxes([(body, prop.colour), (strip, tape)])


def _shelf(prop: Prop) -> Thing:
    """Boards between two sides, with books of several colours."""
    w, h, d = prop.size_m
    x, z, low = prop.x_m, prop.z_m, FLOOR_Y_M
    left, right, back, front = x - w / 2, x + w / 2, z - d / 2, z + d / 2
    boxes: list[tuple[Box, Colour]] = [
        ((side - 0.012, side + 0.012, low, low + h, back, front), prop.colour) for side in (left, right)
    ]
    chance = np.random.default_rng(3)
    for level in range(4):
        y = low + 0.04 + level * (h - 0.05) / 3
        boxes.append(((left, right, y, y + 0.022, back, front), prop.colour))
        at = left + 0.03
        while level < 3 and at < right - 0.12:
            thick, tall = chance.uniform(0.02, 0.05), chance.uniform(0.16, 0.24)
            tone = chance.integers(40, 215, 3)
            book: Colour = (int(tone[0]), int(tone[1]), int(tone[2]))
            boxes.append(((at, at + thick * 0.92, y + 0.022, y + 0.022 + tall, back + 0.02, front - 0.03), book))
            at += thick
    return _boxes(boxes)


def _chair(prop: Prop) -> Thing:
    """Seat, back and four legs; it faces +x."""
    w, h, d = prop.size_m
    x, z, low = prop.x_m, prop.z_m, FLOOR_Y_M
    seat = low + h * 0.52
    boxes: list[tuple[Box, Colour]] = [((x - w / 2, x + w / 2, seat - 0.04, seat, z - d / 2, z + d / 2), prop.colour)]
    for across in (-1, 1):
        for along in (-1, 1):
            cx, cz = x + along * (w / 2 - 0.02), z + across * (d / 2 - 0.02)
            top = low + h if along < 0 else seat
            boxes.append(((cx - 0.018, cx + 0.018, low, top, cz - 0.018, cz + 0.018), WOOD))
    for level in (0.72, 0.86, 0.98):
        y = low + h * level
        boxes.append(((x - w / 2 + 0.005, x - w / 2 + 0.03, y - 0.05, y, z - d / 2, z + d / 2), WOOD))
    return _boxes(boxes)


def _sofa(prop: Prop) -> Thing:
    """The end of a sofa: seat, armrests and back, its back towards the camera."""
    w, h, d = prop.size_m
    x, z, low = prop.x_m, prop.z_m, FLOOR_Y_M
    darker: Colour = (int(prop.colour[0] * 0.8), int(prop.colour[1] * 0.8), int(prop.colour[2] * 0.8))
    left, right, back, front = x - w / 2, x + w / 2, z - d / 2, z + d / 2
    return _boxes(
        [
            ((left, right, low, low + h * 0.5, back, front), prop.colour),
            ((left, right, low, low + h, front - 0.16, front), darker),
            ((left, left + 0.14, low, low + h * 0.75, back, front), darker),
            ((right - 0.14, right, low, low + h * 0.75, back, front), darker),
        ]
    )


def _table(prop: Prop) -> Thing:
    """A top on four legs."""
    w, h, d = prop.size_m
    x, z, low = prop.x_m, prop.z_m, FLOOR_Y_M
    darker: Colour = (int(prop.colour[0] * 0.7), int(prop.colour[1] * 0.7), int(prop.colour[2] * 0.7))
    top: Box = (x - w / 2, x + w / 2, h - 0.09, h, z - d / 2, z + d / 2)
    boxes: list[tuple[Box, Colour]] = [(top, prop.colour)]
    for across in (-1, 1):
        for along in (-1, 1):
            cx, cz = x + along * (w / 2 - 0.12), z + across * (d / 2 - 0.05)
            boxes.append(((cx - 0.025, cx + 0.025, low, h - 0.09, cz - 0.025, cz + 0.025), darker))
    return _boxes(boxes)


def _frame(prop: Prop) -> Thing:
    """A picture on the wall, its middle at the height that its third size names."""
    w, h, y = prop.size_m
    x, z = prop.x_m, WALL_Z_M + 0.015
    wood: Box = (x - w / 2, x + w / 2, y - h / 2, y + h / 2, z, z + 0.02)
    canvas: Box = (x - w / 2 + 0.03, x + w / 2 - 0.03, y - h / 2 + 0.03, y + h / 2 - 0.03, z, z + 0.024)
    hill: Box = (x - w / 2 + 0.03, x + w / 2 - 0.03, y - h / 2 + 0.03, y - h * 0.1, z, z + 0.026)
    return Thing(_boxes([(wood, (60, 50, 44)), (canvas, (186, 200, 208)), (hill, prop.colour)]).parts, np.empty((0, 3)))


def _ball(prop: Prop) -> Thing:
    radius = prop.size_m[0] / 2
    mesh = pv.Sphere(radius=radius, center=(prop.x_m, FLOOR_Y_M + radius, prop.z_m), theta_resolution=48, phi_resolution=48)
    return Thing((Part(mesh, prop.colour),), np.asarray(mesh.points, float))


def _plant(prop: Prop) -> Thing:
    """A pot with long leaves that lean every way."""
    w, h, _ = prop.size_m
    x, z, low = prop.x_m, prop.z_m, FLOOR_Y_M
    pot = pv.Cone(center=(x, low + 0.16, z), direction=(0, -1, 0), height=0.7, radius=w * 0.75, resolution=40)
    pot = pot.clip_box((-9, 9, low, low + 0.26, -9, 9), invert=False).extract_surface(algorithm="dataset_surface")
    parts = [Part(pot, prop.colour)]
    for index in range(13):
        turn, tilt = index * 2.4, 0.25 + 0.55 * (index % 5) / 4
        length = h * (0.55 + 0.1 * (index % 4))
        stem = np.array([cos(turn) * sin(tilt), cos(tilt), sin(turn) * sin(tilt)])
        middle = np.array([x, low + 0.22, z]) + stem * length / 2
        leaf = pv.ParametricEllipsoid(0.035, length / 2, 0.012)
        leaf = leaf.rotate_z(-tilt * 180 / pi).rotate_y(-turn * 180 / pi).translate(middle)
        shade = 0.8 + 0.4 * (index % 3) / 2
        parts.append(Part(leaf, (int(LEAF[0] * shade), int(LEAF[1] * shade), int(LEAF[2] * shade))))
    return Thing(tuple(parts), np.concatenate([np.asarray(part.mesh.points, float) for part in parts]))


KINDS: dict[str, Callable[[Prop], Thing]] = {
    "box": _crate,
    "shelf": _shelf,
    "chair": _chair,
    "sofa": _sofa,
    "table": _table,
    "frame": _frame,
    "ball": _ball,
    "plant": _plant,
}
