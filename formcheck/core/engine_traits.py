"""What the fold from landmarks to moments has to know of the engine that saw them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineTraits:
    """Where a pose engine errs, and by how much. The defaults are those of MediaPipe's pose landmarker.

    What people do (how far they sway, how fast they move) is no trait and stays with the rule that needs it. Another engine has
    its own: run `formcheck evaluate` over samples/ with it, and fit what is off.
    """

    visible: float = 0.4
    """A joint seen with less confidence (0 to 1) is a guess. A leg hidden behind the other reads about 0.2, the far leg
    of a person in plain side view 0.4 to 0.9 (measured on recorded clips)."""

    edge: float = 0.02
    """A doubtful joint this near to the border (frame heights) is out of the picture rather than hidden."""

    smallest_person: float = 0.055
    """A trunk shorter than this (frame heights) is too small to measure: a person some 8 m from an ordinary webcam."""

    shoulders: float = 0.9
    shoulders_arms_up: float = 0.58
    """The distance of the engine's shoulder points in trunk lengths, seen from the front: with the arms hanging, and overhead.
    On photographs of real people from the front it is 0.76 (40 of them) and 0.49 (21); both are taken larger by a fifth, which
    the world landmarks make up for."""

    world_share: float = 0.4
    """Of the yaw of an upright person, the share that the shoulders' line in the world landmarks has (it reads 1.3 times the
    turn); the rest is given by the shoulders' distance in the picture (which saturates)."""

    world_excess_deg: float = 25.0
    """The yaw is at least what the world landmarks say less this (degrees): a trunk that points at the camera has no length to
    compare with, and then they alone must do."""

    lying_leg_share: float = 0.35
    lying_offset_deg: float = -6.2
    """The yaw of a lying person: the shoulders' distance in the picture, this share of the turn of the longer leg in the world
    landmarks, and an offset (degrees). Fitted on 55 rendered people at known angles; left out one by one they read 35 at most
    at a true 30 and 43 at least at a true 45, but for one."""

    oblique_from_deg: float = 17.0
    """Say "turn a little" from here on, either way. A true 15 is estimated at up to 17."""

    unusable_from_deg: float = 39.0
    usable_below_deg: float = 37.0
    """Judge no more from the first on; judge again below the second. Of 51 rendered people, those turned by 30 degrees (to be
    judged) are estimated at 38 at most, those turned by 45 (a knee reads 20 off) at 40 and more but for two."""

    tolerance_from_deg: float = 10.0
    tolerance_growth: float = 0.3
    """Limits of faults move out by the second, in degrees per degree of yaw beyond the first: the remaining bias of the worst
    measures (rear hip from behind, rear knee from the front), so that a slanted view makes no faults of its own."""

    far_tolerance_deg: float = 3.0
    """By how many degrees limits move out where the stretched leg is the far one. A far hip is set 3 to 6 cm too far forward:
    its extension reads up to 8 degrees too low on rendered people."""

    leap_s: float = 0.15
    leap: float = 0.3
    """A leg that is lost leaps onto the other one: within the first (seconds) the legs come nearer by the second (trunk
    lengths). That is a knee at a metre a second, three times the speed of a leg that is drawn up; the engine's own smoothing
    stretches its leaps over two or three frames."""

    straight_neck_deg: float = 13.0
    """How the neck of a straight person is meant to read (degrees): the limits of pose files are about necks as the engine
    reads them, 6 to 20 held well."""

    flat_leg_deg: float = -2.0
    """How a leg that lies flat is meant to read (degrees): it leads down from the hip, as hip centres lie higher than
    ankles."""


DEFAULT_TRAITS = EngineTraits()
"""The traits of the engine that ships."""
