"""Hard clips: what is no stretch, what can't be seen, other people, odd frame rates, and holds that nearly lapse."""

from dataclasses import replace
from fractions import Fraction

from .body import Side
from .camera import Camera, Facing
from .clean import KNEELING, PORTRAIT, STANDING, SUPINE
from .clip import Clip, Extra, Scene, Steps
from .direction import FPS, HANDS, shot
from .film import Film
from .framing import framed
from .people import PEOPLE
from .plan import Beat, beats, steps
from .room import Prop, Room
from .rooms import BARE, DARK_FLOOR, EVENING, GREEN, GYM, LIVING, STUDY, WINDOW
from .skeleton import NEUTRAL_NECK_DEG

WALK_S_PER_STEP = 0.62
SOFA = Prop(kind="sofa", x_m=0.0, z_m=0.85, size_m=(2.0, 0.62, 0.7), colour=(112, 120, 136))
CHAIR = Prop(kind="chair", x_m=-0.4, z_m=-0.55, size_m=(0.46, 0.92, 0.46), colour=(150, 60, 54))


def shifted(clip: Clip, right_m: float = 0.0, up_m: float = 0.0) -> Clip:
    """The same clip with the camera aimed elsewhere."""
    x, y = clip.camera.aim
    return replace(clip, camera=replace(clip.camera, aim=(x + right_m, y + up_m)))


def with_props(room: Room, *props: Prop) -> Room:
    """The same room with more in it."""
    return replace(room, props=(*room.props, *props))


def walking(facing: Facing, start_s: float, count: int, jump_m: float = 0.0, wait_s: float = 0.0) -> Scene:
    """So many steps that way, the last to bring the feet together, and perhaps a wait before them."""
    first = start_s + wait_s
    keys: list[tuple[float, dict[str, float]]] = [(start_s, {"steps": float(count)})]
    if wait_s:
        keys.append((first, {}))
    keys.append((round(first + count * WALK_S_PER_STEP, 3), {"gone": float(count)}))
    return Scene(act="walking", stretched="right", facing=facing, steps=keys, jump_m=jump_m)


def standing_about(facing: Facing, until_s: float) -> Scene:
    """Standing still."""
    return Scene(act=STANDING, stretched="right", facing=facing, steps=[(0.0, {}), (until_s, {})])


def nothing(name: str, person: str, act: str, keys: Steps, camera: Camera, **rest: object) -> Clip:
    """A clip with no stretch in it."""
    clip = Clip(
        name=name, pose="none", person=person, stretched="right", facing="right", camera=camera, steps=keys,
        hands=("hanging", "hanging"), fps=FPS, act=act,
    )  # fmt: skip
    return replace(clip, **rest)  # type: ignore[arg-type]


def _view(pose: str, person: str, **wishes: float) -> Camera:
    return framed(pose, PEOPLE[person].body, "right", **wishes)  # type: ignore[arg-type]


def _hold(held_s: float = 3.0) -> list[Beat]:
    return beats(("correct", held_s))


def _one(fault: str, held_s: float = 3.2) -> list[Beat]:
    return beats(("correct", held_s), (fault, 2.1), move_s=0.8)


RESTS: dict[str, dict[str, float]] = {
    "flat": {"bent_hip": -2.0, "bent_knee": 0.0, "trunk_elevation": 0.0, "neck": NEUTRAL_NECK_DEG, "hands": 0.0},
    "knees_up": {"bent_hip": 48.0, "bent_knee": 98.0, "trunk_elevation": 0.0, "neck": NEUTRAL_NECK_DEG, "hands": 0.0},
    "bridge": {"bent_hip": 4.0, "bent_knee": 100.0, "trunk_elevation": -22.0, "neck": 19.0, "hands": 0.0},
    "both_hugged": {"bent_hip": 120.0, "bent_knee": 126.0, "trunk_elevation": 0.0, "neck": NEUTRAL_NECK_DEG, "hands": 1.0},
}


def resting(*names: str, held_s: float = 2.4, move_s: float = 1.1) -> Steps:
    """These ways of lying, one after the other."""
    keys: list[tuple[float, dict[str, float]]] = []
    time_s = 0.0
    for name in names:
        keys += [(time_s, RESTS[name]), (round(time_s + held_s, 3), {})]
        time_s = round(time_s + held_s + move_s, 3)
    return keys


# --- one stretches and does something else before or after


def _changes_sides(name: str, person: str) -> Clip:
    """A lunge, a turn on the spot, and the same with the other leg."""
    body = PEOPLE[person].body
    first = beats(("start", 0.3), ("correct", 3.0), ("start", 0.2), move_s=1.1)
    clip = shot(name, STANDING, person, first, room=GREEN, height_m=0.9, distance_m=3.4, wider=1.25, yaw_deg=3)
    turn_s = clip.steps[-1][0]
    facing: Facing = "left"
    side: Side = "left"
    turn = Scene(
        act=STANDING, stretched="right", facing=facing, turns=True,
        steps=[(turn_s, dict(clip.steps[0][1])), (turn_s + 1.6, {})],
    )  # fmt: skip
    again = Scene(
        act=STANDING, stretched=side, facing=facing, hands=HANDS[STANDING],
        steps=steps(STANDING, body, first, start_s=turn_s + 1.6),
    )  # fmt: skip
    return shifted(replace(clip, then=(turn, again)), right_m=0.35)


def _other_knee(name: str, person: str) -> Clip:
    """Lying: one knee, then the other, without turning round."""
    body = PEOPLE[person].body
    plan = beats(("start", 0.2), ("correct", 3.0), ("start", 0.1), move_s=0.7)
    clip = shot(name, SUPINE, person, plan, room=GYM, yaw_deg=5, height_m=0.7)
    other = Scene(
        act=SUPINE, stretched="left", facing="right", hands=HANDS[SUPINE],
        steps=steps(SUPINE, body, plan, start_s=clip.steps[-1][0]),
    )  # fmt: skip
    return replace(clip, then=(other,))


def _leaves_and_returns(name: str, person: str) -> Clip:
    """A lunge, out of the picture on the right, back in from the left, and a lunge again."""
    body = PEOPLE[person].body
    plan = beats(("start", 0.3), ("correct", 3.0), ("start", 0.2), move_s=1.1)
    clip = shot(name, STANDING, person, plan, room=LIVING, height_m=1.0, distance_m=3.6, yaw_deg=-3)
    away = walking("right", clip.steps[-1][0], 5)
    back = walking("right", away.steps[-1][0], 5, jump_m=-5.0, wait_s=0.9)
    again = Scene(
        act=STANDING, stretched="right", facing="right", hands=HANDS[STANDING],
        steps=steps(STANDING, body, plan[:2], start_s=back.steps[-1][0]),
    )  # fmt: skip
    return replace(clip, then=(away, back, again))


HARD: tuple[Clip, ...] = (
    nothing(
        "none_lying_p5", "p5", "resting", resting("flat", "knees_up", "bridge", "both_hugged", held_s=1.6, move_s=1.0),
        _view(SUPINE, "p5", height_m=0.6), hands=("beside_body", "round_both_shins"), room=GREEN,
    ),
    nothing(
        "none_lying_p8", "p8", "resting", resting("both_hugged", "knees_up", "bridge", "flat", held_s=1.6, move_s=1.0),
        _view(SUPINE, "p8", yaw_deg=8.0, height_m=0.8), hands=("beside_body", "round_both_shins"), room=STUDY,
    ),
    nothing(
        "none_walking_p7", "p7", "walking", walking("right", 0.0, 9).steps, _view(STANDING, "p7", height_m=1.0, distance_m=3.6),
        at_m=-2.35, room=GYM,
    ),
    nothing(
        "none_walking_p4", "p4", "walking", walking("right", 0.0, 9).steps,
        _view(STANDING, "p4", height_m=1.2, distance_m=3.8, yaw_deg=12.0), at_m=-2.8, room=STUDY,
        film=Film(noise=3.0, crf=27),
    ),
    nothing(
        "none_empty_room", "p2", STANDING, [(0.0, {}), (2.0, {})], _view(KNEELING, "p2"), at_m=40.0, room=STUDY,
    ),
    nothing(
        "none_standing_p6", "p6", STANDING, [(0.0, {}), (4.0, {})], _view(STANDING, "p6", height_m=0.9), room=LIVING,
    ),
    shot(
        "kneeling_upright_first_p1", KNEELING, "p1", beats(("hips_not_forward", 2.7), ("correct", 2.6)),
        facing="left", yaw_deg=4, room=LIVING,
    ),
    shot(
        "kneeling_upright_first_p8", KNEELING, "p8", beats(("hips_not_forward", 2.7), ("correct", 2.6)),
        yaw_deg=-9, room=GYM, height_m=1.0,
    ),
    shot(
        "kneeling_wobble_p6", KNEELING, "p6",
        [*_hold(3.4), Beat(form="leaning_forward", held_s=0.05, move_s=0.37), Beat(form="correct", held_s=3.4, move_s=0.37)],
        yaw_deg=2, fps=Fraction(20), room=GREEN, note="For 0.4 s in the middle of the hold the trunk leans beyond the limit.",
    ),
    shot(
        "standing_wobble_p1", STANDING, "p1",
        [*_hold(3.4), Beat(form="leaning_forward", held_s=0.05, move_s=0.37), Beat(form="correct", held_s=3.4, move_s=0.37)],
        yaw_deg=-2, facing="left", room=STUDY, height_m=0.9, distance_m=3.2,
        note="For 0.4 s in the middle of the hold the trunk leans beyond the limit.",
    ),
    shot(
        "kneeling_short_hold_p8", KNEELING, "p8",
        beats(("hips_not_forward", 0.3), ("correct", 9.13), ("leaning_forward", 0.9), move_s=0.7),
        yaw_deg=1, fps=Fraction(10), room=BARE, note="The hold lasts 9.8 s: 0.2 s short of a goal of ten.",
    ),
    shifted(shot("standing_feet_out_p9", STANDING, "p9", _hold(), room=GREEN, height_m=1.1, distance_m=2.6), up_m=0.42),
    shifted(shot("supine_feet_out_p1", SUPINE, "p1", _hold(), room=STUDY, wider=0.75), right_m=-0.45),
    shot(
        "standing_behind_sofa_p7", STANDING, "p7", _hold(),
        room=with_props(LIVING, SOFA), height_m=1.1, distance_m=3.6, hidden=True,
    ),
    shot(
        "kneeling_behind_sofa_p4", KNEELING, "p4", _hold(),
        facing="left", room=with_props(GREEN, SOFA), height_m=0.9, distance_m=3.8, hidden=True,
    ),
    shot(
        "standing_beside_chair_p2", STANDING, "p2", _one("rear_knee_bent"),
        facing="left", room=with_props(BARE, CHAIR), yaw_deg=4, height_m=1.4, distance_m=3.2,
    ),
    shot("standing_front_view_p8", STANDING, "p8", _hold(2.5), yaw_deg=88, room=LIVING, height_m=1.0, distance_m=3.0),
    shot("kneeling_front_view_p1", KNEELING, "p1", _hold(2.5), yaw_deg=80, room=GYM, height_m=0.8, distance_m=3.0),
    shot(
        "kneeling_somebody_stands_p2", KNEELING, "p2", _one("leaning_forward"), room=GREEN, yaw_deg=5, wider=1.15,
        extras=(Extra(person="p4", scenes=(standing_about("left", 9.0),), x_m=1.9, z_m=-1.0),),
    ),
    shot(
        "supine_somebody_passes_behind_p9", SUPINE, "p9", _one("knee_not_close"),
        room=BARE, yaw_deg=-4, height_m=0.9, wider=1.5,
        extras=(Extra(person="p7", scenes=(walking("left", 0.0, 10),), x_m=3.0, z_m=-1.0),),
    ),
    shot(
        "kneeling_somebody_passes_in_front_p6", KNEELING, "p6", _hold(6.6), room=STUDY, yaw_deg=3, distance_m=3.6, wider=1.3,
        extras=(Extra(person="p8", scenes=(walking("right", 0.6, 9),), x_m=-2.4, z_m=0.8),),
    ),
    _leaves_and_returns("standing_leaves_and_returns_p7", "p7"),
    _changes_sides("standing_changes_sides_p5", "p5"),
    _other_knee("supine_changes_sides_p8", "p8"),
    shot(
        "kneeling_far_leg_p5", KNEELING, "p5", _one("leaning_forward"),
        far_leg=True, yaw_deg=6, room=STUDY, height_m=0.3,
    ),
    shot(
        "supine_far_leg_p7", SUPINE, "p7", _one("knee_not_close"),
        far_leg=True, yaw_deg=-5, facing="left", room=GREEN, distance_m=3.6,
    ),
    shot(
        "standing_far_leg_p9", STANDING, "p9", _one("leaning_forward"),
        far_leg=True, yaw_deg=4, room=DARK_FLOOR, height_m=0.9, distance_m=3.2,
    ),
    shot(
        "kneeling_60_fps_p6", KNEELING, "p6",
        beats(("correct", 2.0), ("leaning_forward", 0.9), move_s=0.5),
        fps=Fraction(60), yaw_deg=-3, facing="left", room=GYM,
    ),
    shot(
        "standing_15_fps_p7", STANDING, "p7",
        beats(("correct", 2.8), ("rear_knee_bent", 2.2), move_s=0.7),
        fps=Fraction(15), yaw_deg=-8, facing="left", room=GREEN, height_m=1.0, distance_m=3.7,
    ),
    shot(
        "supine_2997_fps_p4", SUPINE, "p4",
        beats(("correct", 2.2), ("straight_knee_bends", 1.2), move_s=0.7),
        fps=Fraction(30000, 1001), yaw_deg=3, room=LIVING, distance_m=3.3,
    ),
    shot(
        "standing_phone_p1", STANDING, "p1",
        beats(("correct", 2.6), ("leaning_forward", 2.2), move_s=0.8),
        fps=Fraction(24), yaw_deg=6, room=EVENING, film=Film(noise=3.0, blur=0.25, quarter_turn=True, crf=27), size=PORTRAIT,
        height_m=1.2, distance_m=3.6,
    ),
    shot(
        "kneeling_irregular_frames_p9", KNEELING, "p9", _one("arching_back"),
        fps=Fraction(20), film=Film(irregular=True), yaw_deg=8, facing="left", room=WINDOW,
    ),
)  # fmt: skip
