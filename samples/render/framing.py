"""Where to aim a camera and how wide its lens must be for a whole person doing a stretch."""

from dataclasses import replace
from math import atan, degrees, radians, tan

import numpy as np

from .body import Body
from .camera import Camera, Facing, project

# What a person needs from first to last: from, to along the forward axis and up to, in statures.
SPACE: dict[str, tuple[float, float, float]] = {
    "kneeling_hip_flexor": (-0.36, 0.44, 0.78),
    "standing_psoas": (-0.14, 0.52, 1.02),
    "supine_psoas": (-0.52, 0.60, 0.36),
    "standing_quad": (-0.34, 0.30, 1.02),
    "bridge": (-0.52, 0.42, 0.40),
    "single_leg_bridge": (-0.52, 0.58, 0.52),
    "plank": (-0.10, 1.00, 0.52),
}
HALF_DEPTH = 0.16  # of a body, in statures
FILLED = 0.88  # of the picture


def framed(
    pose: str,
    body: Body,
    facing: Facing,
    *,
    yaw_deg: float = 0.0,
    height_m: float = 0.7,
    distance_m: float = 2.8,
    roll_deg: float = 0.0,
    size: tuple[int, int] = (640, 360),
    wider: float = 1.0,
) -> Camera:
    """A camera that sees all of the stretch; ``wider`` than 1 leaves room around it, less cuts into it."""
    flip = 1.0 if facing == "right" else -1.0
    low, high, top = (share * body.stature_m for share in SPACE[pose])
    aim = ((low + high) / 2 * flip, top / 2)
    camera = Camera(
        yaw_deg=yaw_deg, height_m=height_m, distance_m=distance_m, roll_deg=roll_deg, aim=aim, lens_deg=40.0, size=size
    )
    deep = HALF_DEPTH * body.stature_m
    corners = np.array([[x * flip, y, z] for x in (low, high) for y in (0.0, top) for z in (-deep, deep)])
    width, height = size
    x, y = (project(corners, camera, facing) - (width / 2, height / 2)).T
    needed = max(float(abs(x).max()) / (width / 2), float(abs(y).max()) / (height / 2)) / FILLED * wider
    lens = 2 * degrees(atan(tan(radians(camera.lens_deg / 2)) * needed))
    return replace(camera, lens_deg=round(lens, 1))
