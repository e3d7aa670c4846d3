"""Directing: a few words become a clip."""

from fractions import Fraction
from typing import TypedDict, Unpack

from .body import Side
from .camera import Facing
from .clip import Clip, Extra, Scene
from .film import Film
from .framing import framed
from .people import PEOPLE, Person
from .plan import Beat, steps
from .room import Room

HANDS: dict[str, tuple[str, str]] = {
    "kneeling_hip_flexor": ("on_hips", "on_front_thigh"),
    "supine_psoas": ("beside_body", "round_shin"),
    "standing_psoas": ("hanging", "on_hips"),
    "standing_quad": ("hanging", "on_raised_foot"),
    "bridge": ("beside_body", "beside_body"),
    "single_leg_bridge": ("beside_body", "beside_body"),
    "plank": ("on_forearms", "on_forearms"),
}
FPS = Fraction(12)


class Wishes(TypedDict, total=False):
    """What may be left out; see ``framing.framed`` and ``clip.Clip``."""

    yaw_deg: float
    height_m: float
    distance_m: float
    roll_deg: float
    size: tuple[int, int]
    wider: float


def shot(
    name: str,
    pose: str,
    person: str,
    plan: list[Beat],
    *,
    facing: Facing = "right",
    far_leg: bool = False,
    fps: Fraction = FPS,
    room: Room | None = None,
    film: Film | None = None,
    hands: tuple[str, str] | None = None,
    step: float | None = None,
    then: tuple[Scene, ...] = (),
    extras: tuple[Extra, ...] = (),
    hidden: bool = False,
    who: Person | None = None,
    note: str = "",
    **camera: Unpack[Wishes],
) -> Clip:
    """A clip of one stretch. ``far_leg``: the stretched leg is the one farther from the camera."""
    body = (who or PEOPLE[person]).body
    near: Side = "right" if facing == "right" else "left"
    away: Side = "left" if facing == "right" else "right"
    return Clip(
        name=name,
        pose=pose,
        person=person,
        stretched=away if far_leg else near,
        facing=facing,
        camera=framed(pose, body, facing, **camera),
        steps=steps(pose, body, plan, step=step),
        hands=hands or HANDS[pose],
        fps=fps,
        room=room or Room(),
        film=film or Film(),
        then=then,
        extras=extras,
        hidden=hidden,
        who=who,
        note=note,
    )
