"""The camera: where it stands, and where a point of the room is in its picture.

Room axes: x to the right of a camera that is exactly side-on, y up, z towards that camera; metres, floor at
y = 0.
"""

from dataclasses import dataclass
from math import cos, radians, sin, tan
from typing import Literal

import numpy as np

from .reach import Vector, unit

Facing = Literal["left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where the camera stands and what it sees.

    ``yaw_deg`` 0 = exactly side-on, + = it has walked round towards the person's front, - = towards the back.
    ``aim`` is the middle of the picture: metres along the room's x, and height. ``roll_deg`` + = the camera
    leans to its right, so that the picture seems turned anticlockwise. ``lens_deg`` is the angle of view
    across the height.
    """

    yaw_deg: float = 0.0
    height_m: float = 0.6
    distance_m: float = 2.8
    roll_deg: float = 0.0
    aim: tuple[float, float] = (0.0, 0.6)
    lens_deg: float = 34.0
    size: tuple[int, int] = (640, 360)

    def eye(self, facing: Facing) -> Vector:
        """Where the camera stands, looking at somebody who faces that way."""
        # The front of a person who faces right is towards +x.
        angle = radians(self.yaw_deg) * (1.0 if facing == "right" else -1.0)
        far = self.distance_m
        return np.array([self.aim[0] + far * sin(angle), self.height_m, far * cos(angle)])

    def axes(self, facing: Facing) -> tuple[Vector, Vector, Vector]:
        """Unit vectors right, up and ahead of the picture."""
        ahead = unit(np.array([self.aim[0], self.aim[1], 0.0]) - self.eye(facing))
        level = unit(np.cross(ahead, np.array([0.0, 1.0, 0.0])))
        upright = np.cross(level, ahead)
        c, s = cos(radians(self.roll_deg)), sin(radians(self.roll_deg))
        return level * c - upright * s, upright * c + level * s, ahead


def room_points(points: Vector, facing: Facing, at: tuple[float, float] = (0.0, 0.0)) -> Vector:
    """Points in a person's axes (one a row) as points in the room, the person standing at (x, z)."""
    flip = 1.0 if facing == "right" else -1.0
    placed: Vector = points * np.array([flip, 1.0, flip]) + np.array([at[0], 0.0, at[1]])
    return placed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person's own origin is in the room (metres), and how far it is turned: 0 = faces right, 180 = left."""

    x_m: float = 0.0
    z_m: float = 0.0
    turn_deg: float = 0.0

    def turned(self, directions: Vector) -> Vector:
        """Directions in the person's axes (one a row) as directions in the room."""
        c, s = cos(radians(self.turn_deg)), sin(radians(self.turn_deg))
        # Written by rows, so that half a turn is exact.
        x, y, z = directions[..., 0], directions[..., 1], directions[..., 2]
        found: Vector = np.stack([x * c + z * s, y, z * c - x * s], axis=-1)
        return found

    def room(self, points: Vector) -> Vector:
        """Points in the person's axes (one a row) as points in the room."""
        placed: Vector = self.turned(points) + np.array([self.x_m, 0.0, self.z_m])
        return placed


def project(points: Vector, camera: Camera, facing: Facing) -> Vector:
    """Room points (one a row) as pixels (x right, y down) of the camera's picture."""
    right, up, ahead = camera.axes(facing)
    offset = points - camera.eye(facing)
    width, height = camera.size
    scale = height / 2 / tan(radians(camera.lens_deg) / 2) / (offset @ ahead)
    pixels: Vector = np.stack([width / 2 + offset @ right * scale, height / 2 - offset @ up * scale], axis=-1)
    return pixels
