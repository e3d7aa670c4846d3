"""What can be judged from where the camera stands: whether somebody is in the picture, whole, and from the side."""

from .camera import Camera, Facing, Place, project
from .reach import Vector
from .skeleton import Skeleton

SEEN = tuple(f"{side}_{joint}" for side in ("left", "right") for joint in ("shoulder", "hip", "knee", "ankle", "foot_index"))
FROM_THE_SIDE_DEG = 45.0  # from this yaw on nobody could judge the angles
NEAR_PX = 10
AT_THE_EDGE = 0.95
EDGE = 0.02  # shares of the picture's height within which a joint is neither in nor out


def pixels(skeleton: Skeleton, place: Place, camera: Camera, facing: Facing) -> dict[str, Vector]:
    """The joints that matter, in the picture."""
    return {name: project(place.room(skeleton.joints[name]), camera, facing) for name in SEEN}


def inside(skeleton: Skeleton, place: Place, camera: Camera, facing: Facing) -> float:
    """0..1, which share of the joints is in the picture; ``AT_THE_EDGE`` where all are, one of them only just."""
    width, height = camera.size
    points = pixels(skeleton, place, camera, facing).values()
    depths = [float(min(x, width - x, y, height - y)) for x, y in points]
    share = sum(depth > 0 for depth in depths) / len(depths)
    return AT_THE_EDGE if share == 1.0 and min(depths) < EDGE * height else share


def covered(skeleton: Skeleton, place: Place, other: Skeleton, at: Place, camera: Camera, facing: Facing) -> bool:
    """Whether somebody else stands, in the picture, where this one is, and nearer to the camera."""
    if at.z_m <= place.z_m:
        return False
    mine, theirs = (
        [x for x, _ in pixels(sk, where, camera, facing).values()] for sk, where in ((skeleton, place), (other, at))
    )
    return bool(max(theirs) > min(mine) - NEAR_PX and min(theirs) < max(mine) + NEAR_PX)
