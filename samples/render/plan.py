"""Plans: a list of what is shown and for how long becomes the steps of a clip, for any body.

A form is a full set of the angles that differ between one way of doing a stretch and another; every fault is at
least eight degrees beyond its limit, and the only one there wherever the geometry of the body allows that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .body import Body
from .clip import Steps
from .motion import Parameters
from .skeleton import NEUTRAL_NECK_DEG, stand
from .stretches import STRETCHES
from .truth import measures

UPRIGHT = {"trunk": 0.0, "neck": NEUTRAL_NECK_DEG, "hands": 1.0}
DRAWN = {**UPRIGHT, "stage": 1.0, "extension": 4.0, "knee": 131.0}
LUNGE = {**UPRIGHT, "stage": 1.0, "rear_knee": 9.0}
LIFTED = {"hip": 4.0, "up": 1.0, "neck": NEUTRAL_NECK_DEG, "hands": 0.0}
PRONE = {"hip": 2.0, "knee": 3.0, "neck": NEUTRAL_NECK_DEG, "hands": 0.0}
HUG = {
    "bent_hip": 120.0,
    "bent_knee": 126.0,
    "straight_knee": 2.0,
    "leg_lift": 0.0,
    "trunk_elevation": 0.0,
    "neck": NEUTRAL_NECK_DEG,
    "hands": 1.0,
}
FORMS: dict[str, dict[str, Parameters]] = {
    "kneeling_hip_flexor": {
        "start": {**UPRIGHT, "extension": -4.0, "trunk": -1.0, "hands": 0.0},
        "correct": {**UPRIGHT, "extension": 21.0},
        "arching_back": {**UPRIGHT, "extension": 34.0, "trunk": -21.5},
        "leaning_forward": {**UPRIGHT, "extension": 11.0, "trunk": 25.0},
        "hips_not_forward": {**UPRIGHT, "extension": -4.5},
        "front_knee_past_toes": {**UPRIGHT, "extension": 36.0},
        "head_drops": {**UPRIGHT, "extension": 20.0, "neck": 46.0},
    },
    "standing_psoas": {
        "start": {**LUNGE, "stage": 0.0, "extension": 28.0, "hands": 0.0},
        "correct": {**LUNGE, "extension": 28.0},
        "arching_back": {**LUNGE, "extension": 48.0, "trunk": -21.5},
        "leaning_forward": {**LUNGE, "extension": 11.5, "trunk": 25.0},
        "rear_knee_bent": {**LUNGE, "extension": 12.0, "rear_knee": 44.0},
        "hips_not_forward": {**LUNGE, "extension": -3.5, "trunk": 9.0, "rear_knee": 19.5},
        "front_knee_straight": {**LUNGE, "extension": 15.0, "rear_knee": 4.0},
        "front_knee_past_toes": {**LUNGE, "extension": 34.0},
        "head_drops": {**LUNGE, "extension": 28.0, "neck": 46.0},
    },
    "standing_quad": {
        "start": {**DRAWN, "stage": 0.0, "hands": 0.0},
        "correct": DRAWN,
        "trunk_inclination_high": {**DRAWN, "trunk": 28.0, "extension": 0.0},
        "rear_hip_extension_low": {**DRAWN, "extension": -38.0},
    },
    "bridge": {
        "start": {**LIFTED, "up": 0.0},
        "correct": LIFTED,
        "hips_drop": {**LIFTED, "hip": 34.0},
    },
    "single_leg_bridge": {
        "start": {**LIFTED, "up": 0.0, "raised": 0.0},
        "correct": {**LIFTED, "raised": 1.0},
        "hips_drop": {**LIFTED, "hip": 34.0, "raised": 1.0},
    },
    "plank": {
        "start": {**PRONE, "hip": 55.0},
        "correct": PRONE,
        "hips_sag": {**PRONE, "hip": -26.0},
        "hips_too_high": {**PRONE, "hip": 34.0},
        "knees_drop": {**PRONE, "knee": 38.0, "hip": 0.0},
    },
    "supine_psoas": {
        "start": {**HUG, "bent_hip": -2.0, "bent_knee": 0.0, "hands": 0.0},
        "knee_up": {**HUG, "bent_hip": 48.0, "bent_knee": 98.0, "hands": 0.0},
        "correct": HUG,
        "straight_leg_lifts": {**HUG, "leg_lift": 26.0},
        "straight_knee_bends": {**HUG, "straight_knee": 45.0},
        "knee_not_close": {**HUG, "bent_hip": 80.0, "bent_knee": 96.0},
        "head_lifts": {**HUG, "neck": 46.0},
        "shoulders_lift": {**HUG, "bent_hip": 126.0, "trunk_elevation": 24.0, "neck": 12.0},
        # The head stays on the mat, and that bends the neck.
        "hips_lift": {**HUG, "bent_hip": 106.0, "trunk_elevation": -21.5, "neck": 18.5},
    },
}
# Lengths of step (leg lengths, ankle to knee or ball) that a front foot may stand at for these forms.
LONG_STEP = {"kneeling_hip_flexor": 0.59, "standing_psoas": 0.70}
SHORT_STEP = {
    ("kneeling_hip_flexor", "front_knee_past_toes"): 0.47,
    ("standing_psoas", "front_knee_past_toes"): 0.40,
    ("standing_psoas", "front_knee_straight"): 0.40,
    ("standing_psoas", "hips_not_forward"): 0.25,
}
# What the front leg does depends on the step: the extension is chosen so that this measure gets this value.
AIMED: dict[tuple[str, str, bool], tuple[str, float]] = {
    ("kneeling_hip_flexor", "correct", True): ("front_shin_angle", 17.0),
    ("kneeling_hip_flexor", "head_drops", True): ("front_shin_angle", 17.0),
    ("kneeling_hip_flexor", "front_knee_past_toes", True): ("front_shin_angle", 40.0),
    ("standing_psoas", "correct", True): ("front_shin_angle", 16.0),
    ("standing_psoas", "head_drops", True): ("front_shin_angle", 16.0),
    ("standing_psoas", "front_knee_straight", True): ("front_knee_flexion", 5.0),
    ("standing_psoas", "front_knee_past_toes", True): ("front_shin_angle", 40.0),
}
LIFTED_KNEE_S = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A form, held for so many seconds after a movement into it of ``move_s``."""

    form: str
    held_s: float
    move_s: float = 0.9


def beats(*pairs: tuple[str, float], move_s: float = 0.9) -> list[Beat]:
    """Forms with their seconds."""
    return [Beat(form=form, held_s=held_s, move_s=move_s) for form, held_s in pairs]


def steps(pose: str, body: Body, plan: Sequence[Beat], *, step: float | None = None, start_s: float = 0.0) -> Steps:
    """The plan as steps of a clip. ``step``: where the front foot stands, in leg lengths."""
    shorter = [SHORT_STEP[pose, beat.form] for beat in plan if (pose, beat.form) in SHORT_STEP]
    short = bool(shorter)
    chosen = step if step is not None else min(shorter, default=LONG_STEP.get(pose))
    fixed: Parameters = {} if chosen is None else {"step": chosen}
    found: list[tuple[float, Parameters]] = []
    time_s, before = start_s, ""
    for beat in plan:
        wanted = {**form(pose, beat.form, body, chosen, short), **fixed}
        if not found:
            found.append((time_s, wanted))
        else:
            if pose == "supine_psoas" and "start" in {before, beat.form}:
                # The foot slides up the mat before the knee is taken, and back down after.
                time_s += LIFTED_KNEE_S
                found.append((time_s, FORMS[pose]["knee_up"]))
            time_s += beat.move_s
            found.append((time_s, wanted))
        time_s += beat.held_s
        found.append((time_s, {}))
        before = beat.form
    return [(round(second, 3), values) for second, values in found]


def form(pose: str, name: str, body: Body, step: float | None, short: bool) -> Parameters:
    """One form's parameters for this body and step."""
    wanted, aim = FORMS[pose][name], AIMED.get((pose, name, short))
    if aim is None or step is None:
        return wanted
    measure, goal = aim
    low, high = 5.0, 45.0
    for _ in range(40):
        middle = (low + high) / 2
        reached = _measured(pose, body, {**wanted, "step": step, "extension": middle}, measure)
        # Out of reach: the hips are too far back for the front foot.
        low, high = (middle, high) if reached is None or reached < goal else (low, middle)
    return {**wanted, "extension": round(high, 3)}


def _measured(pose: str, body: Body, wanted: Parameters, measure: str) -> float | None:
    stretch = STRETCHES[pose]
    try:
        posture = stretch.posture(body, stretch.settle(body, {**stretch.rest, **wanted}), "right")
    except ValueError:
        return None
    return measures(pose, stand(body, posture), "right")[measure]
