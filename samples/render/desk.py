"""Somebody at a desk, as the camera of the laptop on it sees them: from the front, head and shoulders, no hips. No stretch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .body import SIDES, Body
from .camera import Camera, Facing, Place
from .figure import figure
from .hands import PLACES
from .people import Person
from .room import Room
from .scene import Picture, Stage, set_down
from .skeleton import NEUTRAL_NECK_DEG, Leg, Posture, Skeleton, hold, stand

FACING: Facing = "right"
CAMERA = Camera(yaw_deg=90.0, height_m=1.02, distance_m=0.78, aim=(0.0, 1.12), lens_deg=42.0)
"""On a laptop that stands on a desk, its lid tilted back a little."""

SEAT_M = 0.53
"""How high the middle of the hips is over the floor on an ordinary chair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesk:
    """How somebody is at the desk. Lengths in metres from where they usually sit, angles in degrees.

    ``aside_m``: to their right. ``nearer_m``: towards the camera. ``lower_m``: slid down in the chair. ``trunk``: + = leaning
    forward. ``turn_deg``: the whole body turned, + = to their left. ``standing``: up, at the same place.
    """

    aside_m: float = 0.0
    nearer_m: float = 0.0
    lower_m: float = 0.0
    trunk: float = 0.0
    neck: float = NEUTRAL_NECK_DEG
    turn_deg: float = 0.0
    standing: bool = False


def skeleton_of(body: Body, at: AtDesk) -> Skeleton:
    """Joint centres of somebody who sits or stands so, hands hanging or in the lap."""
    if at.standing:
        legs = {side: Leg(hip_flexion=at.trunk, knee_flexion=0.0) for side in SIDES}
        hip_y = body.ankle_m + body.thigh_m + body.shank_m
    else:
        legs = {side: Leg(hip_flexion=88.0 + at.trunk, knee_flexion=88.0) for side in SIDES}
        hip_y = SEAT_M * body.scale - at.lower_m
    skeleton = stand(body, Posture(hip_x_m=0.0, hip_y_m=hip_y, trunk=at.trunk, neck=at.neck, legs=legs))
    for side in SIDES:
        place = PLACES["hanging" if at.standing else "on_front_thigh"]
        hold(skeleton, body, side, place(skeleton, body, side, "right"))
    return skeleton


def place_of(at: AtDesk) -> Place:
    """Where that body is in the room."""
    return Place(x_m=at.nearer_m, z_m=at.aside_m, turn_deg=at.turn_deg)


AWAY = AtDesk(nearer_m=5.0)
"""Behind the camera."""


def pictures(person: Person, ways: Sequence[AtDesk], room: Room, camera: Camera = CAMERA) -> Iterator[Picture]:
    """A picture of somebody at the desk in each of these ways."""
    with Stage(room, camera, FACING) as stage:
        for at in ways:
            parts = figure(person.body, person.look, skeleton_of(person.body, at))
            yield stage.shoot([set_down(part, place_of(at)) for part in parts])
