"""Clips seen from the side: a correct hold, then faults well beyond their limits, with every fault in both parts."""

from .clip import Clip
from .direction import shot
from .film import Film
from .plan import Beat, beats
from .rooms import BARE, DARK_FLOOR, EVENING, GREEN, GYM, LIVING, STUDY, WINDOW

KNEELING, SUPINE, STANDING = "kneeling_hip_flexor", "supine_psoas", "standing_psoas"
NOISY = Film(noise=5.0, blur=0.3, crf=26)
PORTRAIT = (360, 640)


def _brief(first: str, second: str) -> list[Beat]:
    """A correct hold and two faults."""
    return beats(("start", 0.3), ("correct", 4.0), (first, 2.0), (second, 2.2), move_s=0.8)


def _two(first: str, second: str) -> list[Beat]:
    """A correct hold and two faults, correct again for a moment between them."""
    return beats(("start", 0.4), ("correct", 4.0), (first, 2.1), ("correct", 0.4), (second, 2.2), move_s=0.8)


CLEAN: tuple[Clip, ...] = (
    shot("kneeling_p2_arch_head", KNEELING, "p2", _two("arching_back", "head_drops"), yaw_deg=-8, room=STUDY),
    shot(
        "kneeling_p4_toes_hips", KNEELING, "p4", _two("front_knee_past_toes", "hips_not_forward"),
        yaw_deg=12, facing="left", room=GREEN, height_m=0.9, distance_m=3.4,
    ),
    shot(
        "kneeling_p6_lean_arch", KNEELING, "p6", _two("leaning_forward", "arching_back"),
        yaw_deg=6, facing="left", room=LIVING, height_m=0.5,
    ),
    shot(
        "kneeling_p7_toes_hips", KNEELING, "p7", _two("front_knee_past_toes", "hips_not_forward"),
        yaw_deg=-12, room=GYM, distance_m=3.6, roll_deg=2,
    ),
    shot(
        "kneeling_p8_head_lean", KNEELING, "p8", _two("head_drops", "leaning_forward"),
        yaw_deg=3, room=EVENING, film=NOISY, hands=("hanging", "on_hips"),
    ),
    shot(
        "kneeling_p5_lean_head", KNEELING, "p5", _two("leaning_forward", "head_drops"),
        yaw_deg=-5, facing="left", room=WINDOW, size=PORTRAIT, distance_m=3.6, height_m=0.8,
    ),
    shot(
        "supine_p1_leg_knee", SUPINE, "p1", _brief("straight_leg_lifts", "straight_knee_bends"),
        yaw_deg=9, facing="left", room=DARK_FLOOR, height_m=0.5,
    ),
    shot(
        "supine_p5_close_head", SUPINE, "p5", _brief("knee_not_close", "head_lifts"),
        yaw_deg=-10, room=STUDY, height_m=0.9,
    ),
    shot(
        "supine_p4_shoulders_hips", SUPINE, "p4", _brief("shoulders_lift", "hips_lift"),
        yaw_deg=4, room=GREEN, distance_m=3.4,
    ),
    shot(
        "supine_p9_leg_knee", SUPINE, "p9", _brief("straight_leg_lifts", "straight_knee_bends"),
        yaw_deg=-6, room=GYM, roll_deg=-3,
    ),
    shot(
        "supine_p10_close_head", SUPINE, "p10", _brief("knee_not_close", "head_lifts"),
        yaw_deg=12, facing="left", room=LIVING, height_m=1.1, distance_m=3.2,
    ),
    shot(
        "supine_p6_shoulders_hips", SUPINE, "p6", _brief("shoulders_lift", "hips_lift"),
        yaw_deg=0, facing="left", room=EVENING, film=Film(noise=2.5, crf=27), height_m=0.4,
    ),
    shot(
        "standing_p1_lean_knee", STANDING, "p1", _two("leaning_forward", "rear_knee_bent"),
        yaw_deg=-7, facing="left", room=GREEN, height_m=1.0, distance_m=3.3,
    ),
    shot(
        "standing_p2_arch_head", STANDING, "p2", _two("arching_back", "head_drops"),
        yaw_deg=10, room=WINDOW, height_m=0.9, distance_m=3.2,
    ),
    shot(
        "standing_p5_straight_toes", STANDING, "p5", _two("front_knee_straight", "front_knee_past_toes"),
        yaw_deg=2, room=STUDY, height_m=0.8, distance_m=3.0,
    ),
    shot(
        "standing_p4_hips_head", STANDING, "p4", _two("hips_not_forward", "head_drops"),
        yaw_deg=-4, facing="left", room=BARE, size=PORTRAIT, height_m=1.1, distance_m=3.8,
    ),
    shot(
        "standing_p7_lean_arch", STANDING, "p7", _two("leaning_forward", "arching_back"),
        yaw_deg=5, room=LIVING, height_m=1.0, distance_m=3.8,
    ),
    shot(
        "standing_p6_knee_head", STANDING, "p6", _two("rear_knee_bent", "head_drops"),
        yaw_deg=-11, facing="left", room=GYM, height_m=0.7, roll_deg=4,
    ),
    shot(
        "standing_p8_hips_head", STANDING, "p8", _two("hips_not_forward", "head_drops"),
        yaw_deg=7, room=DARK_FLOOR, height_m=1.3, distance_m=3.3,
    ),
    shot(
        "standing_p9_straight_toes", STANDING, "p9", _two("front_knee_straight", "front_knee_past_toes"),
        yaw_deg=-3, room=STUDY, height_m=0.9, distance_m=3.2,
    ),
    shot(
        "supine_p11_head_close", SUPINE, "p11", _brief("head_lifts", "knee_not_close"),
        yaw_deg=6, facing="left", room=GYM, height_m=0.7,
    ),
    shot(
        "supine_p12_hips_shoulders", SUPINE, "p12", _brief("hips_lift", "shoulders_lift"),
        yaw_deg=-7, room=LIVING, height_m=0.5, distance_m=3.2,
    ),
    shot(
        "supine_p11_shoulders_knee", SUPINE, "p11", _brief("shoulders_lift", "straight_knee_bends"),
        yaw_deg=-3, room=EVENING, height_m=1.0, distance_m=3.2,
    ),
    shot(
        "kneeling_p12_toes_head", KNEELING, "p12", _two("front_knee_past_toes", "head_drops"),
        yaw_deg=7, facing="left", room=STUDY, height_m=0.6,
    ),
    shot(
        "standing_p11_straight_arch", STANDING, "p11", _two("front_knee_straight", "arching_back"),
        yaw_deg=-5, room=GYM, height_m=0.9, distance_m=3.2,
    ),
)  # fmt: skip
