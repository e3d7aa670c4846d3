"""What a room is like: its colours, its mat, its lamps and what stands in it."""

from dataclasses import dataclass
from typing import Literal

from .body import Colour

WALL_Z_M = -1.7
FLOOR_Y_M = -0.006  # the mat is this thick, and its top is at height 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """Strengths (0..1): two lamps above the camera to either side, one behind the person, and all around."""

    key: float = 0.62
    fill: float = 0.30
    back: float = 0.15
    ambient: float = 0.30

    @property
    def glow(self) -> float:
        """Brightness of a level surface in this light."""
        return min(1.0, self.ambient + 0.77 * (self.key + self.fill))


BRIGHT = Light()
DIM = Light(key=0.34, fill=0.16, back=0.06, ambient=0.19)
BACKLIT = Light(key=0.20, fill=0.15, back=0.75, ambient=0.27)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing: where its middle is in the room (metres) and how large (width along x, height, depth along z).

    A frame hangs on the wall, its third size being the height of its middle; a ball's first size is its diameter.
    """

    kind: Literal["box", "shelf", "chair", "sofa", "table", "frame", "ball", "plant"]
    x_m: float
    z_m: float
    size_m: tuple[float, float, float]
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Colours of wall, skirting, floor and mat (``None``: no mat); the mat's middle, length and width.

    ``window_m``: a bright window in the wall behind the person, its middle and its width along x.
    """

    wall: Colour = (196, 194, 186)
    skirting: Colour = (230, 228, 222)
    floor: Colour = (158, 132, 104)
    mat: Colour | None = (70, 92, 128)
    mat_x_m: float = 0.0
    mat_m: tuple[float, float] = (1.9, 0.75)
    window_m: tuple[float, float] | None = None
    light: Light = BRIGHT
    props: tuple[Prop, ...] = ()
