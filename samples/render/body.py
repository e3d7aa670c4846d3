"""A body: how long its bones are, how thick its flesh is, and what it wears.

Segment lengths are Winter's (after Drillis and Contini) fractions of stature.
"""

from dataclasses import dataclass
from typing import Literal

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
Colour = tuple[int, int, int]


def other(side: Side) -> Side:
    """The opposite side."""
    return "left" if side == "right" else "right"


def sign(side: Side) -> float:
    """+1 for the right side, -1 for the left: the direction of that side along z."""
    return 1.0 if side == "right" else -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colours (0..255 RGB) and the cut of clothes and hair. ``loose_m``: how far the shirt hangs off the body."""

    skin: Colour = (214, 168, 140)
    hair: Colour = (52, 38, 30)
    shirt: Colour = (70, 110, 170)
    trousers: Colour = (48, 50, 60)
    shoes: Colour = (225, 225, 228)
    soles: Colour = (60, 60, 64)
    sleeves: Literal["short", "none", "long"] = "short"
    legs: Literal["long", "wide", "leggings", "shorts"] = "long"
    hair_cut: Literal["short", "bun", "long", "bald"] = "short"
    loose_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Bone lengths in metres follow from the stature; ``girth`` scales thickness, 1 being average."""

    stature_m: float
    girth: float = 1.0
    shoulder_width: float = 1.0
    hip_width: float = 1.0
    bust_m: float = 0.0

    @property
    def scale(self) -> float:
        """Size relative to the 1.75 m body that the flesh was modelled on."""
        return self.stature_m / 1.75

    @property
    def thigh_m(self) -> float:
        """Hip centre to knee centre."""
        return 0.245 * self.stature_m

    @property
    def shank_m(self) -> float:
        """Knee centre to ankle centre."""
        return 0.246 * self.stature_m

    @property
    def trunk_m(self) -> float:
        """Mid-hip to mid-shoulder."""
        return 0.288 * self.stature_m

    @property
    def neck_m(self) -> float:
        """Mid-shoulder to the ears."""
        return 0.1064 * self.stature_m

    @property
    def upper_arm_m(self) -> float:
        """Shoulder centre to elbow centre."""
        return 0.186 * self.stature_m

    @property
    def forearm_m(self) -> float:
        """Elbow centre to wrist centre."""
        return 0.146 * self.stature_m

    @property
    def ankle_m(self) -> float:
        """Height of the ankle centre over the sole of a flat foot."""
        return 0.039 * self.stature_m

    @property
    def ball_m(self) -> float:
        """Ankle centre to the ball of the foot, along the sole."""
        return 0.072 * self.stature_m

    @property
    def toe_m(self) -> float:
        """Ankle centre to the tip of the toes, along the sole."""
        return 0.107 * self.stature_m

    @property
    def heel_m(self) -> float:
        """Ankle centre to the back of the heel, along the sole."""
        return 0.040 * self.stature_m

    @property
    def half_shoulders_m(self) -> float:
        """Mid-shoulder to either shoulder centre (Winter's wider figure includes the deltoid)."""
        return 0.105 * self.stature_m * self.shoulder_width

    @property
    def half_hips_m(self) -> float:
        """Mid-hip to either hip centre."""
        return 0.05 * self.stature_m * self.hip_width

    @property
    def kneeling_knee_m(self) -> float:
        """Height of the knee centre when that knee rests on the mat."""
        return 0.054 * self.scale * self.girth

    @property
    def kneeling_ankle_m(self) -> float:
        """Height of the ankle centre when the instep rests on the mat."""
        return 0.082 * self.scale

    @property
    def lying_m(self) -> float:
        """Height of the hip and shoulder centres when lying on the back (flesh pressed a little flat)."""
        return 0.098 * self.scale * self.girth

    @property
    def lying_ankle_m(self) -> float:
        """Height of the ankle centre when the heel rests on the mat."""
        return 0.072 * self.scale
