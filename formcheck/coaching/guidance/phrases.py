"""Every sentence that a session says, in one place, to be read aloud together.

Each is heard once, by somebody who stretches with closed eyes: short, kind, and about what to do next. Cues and coaching
lines are the pose files' own; so is how to get into a stretch, the first sentence of its instruction.
"""

from formcheck.coaching.events import Key
from formcheck.core.values import Side
from formcheck.stretches import StretchSpec

READY = "Ready"
STAY = "Stay like this"
RUNS = "The clock is running"
HALF = "Half-way"
TO_GO = "Three seconds to go"
DONE = "Done"

CHANGE_SIDES = "Change sides, turn round"
ONCE_MORE = "Once more, the same side"
OTHER_LEG = "The other leg, please"
ANY_STRETCH = "Begin any stretch you like"

PAUSED = "Paused"
GOING_ON = "Going on"
CAMERA_LOST = "I have lost the camera"
NO_PICTURE = "No picture from the camera: trying again"
CAMERA_BACK = "The camera is back"

CALIBRATED = "All done. Your baseline is taken"
OUT_OF_DATE = "Your baseline is out of date: calibrate again"

ALL_DONE = "All done. Well done"
ALL_OVER = "That was all"
NOTHING_LEFT = "No stretch is left for today"

EASE_OUT = "Come out of it gently. How was it?"
HOW = "How was it?"
ANSWERS = {
    Key.MILD: "Ease off a little, then go on",
    Key.STRONG: "We leave this one for today",
    Key.SHARP: "Stop here for today, and ask your clinician",
}
LEADS_TO = {Key.MILD: "go on gently", Key.STRONG: "leave this side", Key.SHARP: "stop for today"}
"""What each answer leads to: shown with the question, for whoever can look."""

UNCOVER = "The camera sees black: uncover the lens"
BLOCKED = "Something is right before the lens"
MORE_LIGHT = "Please make more light"
STEP_IN = "Step into the picture"
CLOSER = "Come closer to the camera"
MOVE_BACK = "Move back so I see you fully"
TO_THE_MIDDLE = "Move to the middle of the picture"
TILT_DOWN = "Tilt the camera down a little"
TILT_UP = "Tilt the camera up a little"
ONE_PERSON = "One person in the picture, please"
TURN_A_LITTLE = "Turn a little more side-on"
LEVEL = "Level the camera: the picture leans"


def turn_to(side: Side | None) -> str:
    return f"Turn your {f'{side} ' if side else ''}side to the camera"


def turn_round(side: Side) -> str:
    return f"Turn round: your {side} side to the camera"


def instead(side: Side) -> str:
    return f"The {side} side, then"


def named(spec: StretchSpec, side: Side | None) -> str:
    return f"{spec.title}, {side} side" if side is not None else spec.title


def either_first(spec: StretchSpec) -> str:
    return f"{spec.title}, either side first"


def done_now(instruction: str) -> str:
    return f"{DONE}. {instruction}"


def following(spec: StretchSpec, side: Side | None) -> str:
    return f"Next: {named(spec, side)}"


def posture(spec: StretchSpec) -> str:
    """Return how to get into a stretch."""
    return spec.instruction.partition(". ")[0].rstrip(".")
