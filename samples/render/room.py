"""What a room is like: its colours, its mat and its lamps."""

from dataclasses import dataclass

from .body import Colour


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
DIM = Light(key=0.26, fill=0.12, back=0.05, ambient=0.14)
BACKLIT = Light(key=0.12, fill=0.10, back=0.75, ambient=0.20)


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
