"""Clips of a camera that does not stand at the side. From 45 degrees on nothing can be judged."""

from .clean import KNEELING, STANDING, SUPINE
from .clip import Clip
from .direction import shot
from .plan import Beat, beats
from .rooms import BARE, DARK_FLOOR, EVENING, GREEN, GYM, LIVING, STUDY


def _one(fault: str) -> list[Beat]:
    """A correct hold and a fault."""
    return beats(("correct", 3.2), (fault, 2.1), move_s=0.8)


def _hold() -> list[Beat]:
    return beats(("correct", 3.0))


ASKEW: tuple[Clip, ...] = (
    shot("kneeling_yaw_20", KNEELING, "p9", _one("leaning_forward"), yaw_deg=20, room=GREEN),
    shot("kneeling_yaw_m20", KNEELING, "p4", _one("arching_back"), yaw_deg=-20, facing="left", room=STUDY, distance_m=3.4),
    shot("kneeling_yaw_30", KNEELING, "p2", _one("hips_not_forward"), yaw_deg=30, facing="left", room=GYM),
    shot("kneeling_yaw_m30", KNEELING, "p6", _one("leaning_forward"), yaw_deg=-30, room=LIVING),
    shot("kneeling_yaw_45", KNEELING, "p7", _hold(), yaw_deg=45, room=BARE, distance_m=3.4),
    shot("kneeling_yaw_m45", KNEELING, "p1", _hold(), yaw_deg=-45, facing="left", room=GREEN),
    shot("supine_yaw_20", SUPINE, "p4", _one("straight_knee_bends"), yaw_deg=20, room=LIVING, distance_m=3.4),
    shot("supine_yaw_m20", SUPINE, "p7", _one("straight_leg_lifts"), yaw_deg=-20, facing="left", room=STUDY, distance_m=3.4),
    shot("supine_yaw_30", SUPINE, "p8", _one("knee_not_close"), yaw_deg=30, room=DARK_FLOOR, height_m=0.9),
    shot("supine_yaw_m30", SUPINE, "p2", _one("straight_leg_lifts"), yaw_deg=-30, facing="left", room=GREEN),
    shot("supine_yaw_45", SUPINE, "p9", _hold(), yaw_deg=45, facing="left", room=GYM),
    shot("supine_yaw_m60", SUPINE, "p1", _hold(), yaw_deg=-60, room=BARE, height_m=1.0),
    shot("standing_yaw_20", STANDING, "p8", _one("rear_knee_bent"), yaw_deg=20, facing="left", room=BARE, height_m=0.9),
    shot("standing_yaw_m20", STANDING, "p1", _one("rear_knee_bent"), yaw_deg=-20, room=LIVING, height_m=1.0, distance_m=3.3),
    shot("standing_yaw_30", STANDING, "p6", _one("leaning_forward"), yaw_deg=30, room=STUDY, height_m=0.8),
    shot("standing_yaw_m30", STANDING, "p5", _one("leaning_forward"), yaw_deg=-30, facing="left", room=EVENING, height_m=0.9),
    shot("standing_yaw_60", STANDING, "p2", _hold(), yaw_deg=60, room=DARK_FLOOR, height_m=1.0, distance_m=3.0),
    shot("standing_yaw_m45", STANDING, "p7", _hold(), yaw_deg=-45, facing="left", room=GREEN, height_m=1.0, distance_m=3.6),
)
