"""Every sentence that a session speaks, in one place.

Each is heard once, with closed eyes, while stretching: short, kind, and about what to do next. Cues and coaching lines are the
pose files' own; so is how to get into a stretch, the first sentence of its instruction. What other parts of the program say
too is in `core/wording/__init__.py`.
"""

from formcheck.coaching.events import Key
from formcheck.core import wording
from formcheck.core.values import Reason, Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.blocks import BlockSpec

READY = "Ready"
STAY = "Stay like this"
RUNS = "The clock is running"
HALF = "Half-way"
TO_GO = "Three seconds to go"
DONE = "Done"
SO_FAR = "So far {seconds} seconds"
HELD_FOR = "Done, {seconds} seconds"

CHANGE_SIDES = "Change sides, turn round"
ONCE_MORE = "Once more, the same side"
OTHER_LEG = "The other leg, please"
OTHER_SIDE = "The {side} side, then"
NOW_SIDE = "Change sides: now the {side} side"
ANY_STRETCH = "Begin any stretch you like"
ANY_TITLE = "Any stretch"

PAUSED = "Paused"
GOING_ON = "Going on"
AWAY = "Paused until I see you"
IN = "Breathe in"
OUT = "Breathe out"
CAMERA_LOST = "I have lost the camera"
NO_PICTURE = "No picture from the camera: trying again"
STANDS_STILL = wording.REASONS[Reason.NO_NEW_PICTURE].cue
CAMERA_BACK = "The camera is back"

FLEXIBILITY_CHECK = "Flexibility check"
LEVEL_FIRST = "Click two points on a level edge"
LEVEL_SECOND = "Now a second point, far along it"
LEVEL_FURTHER = "Further apart, along the same edge"
LEVEL_STEEP = "That is not level. Click both anew"
LEVEL_KNOWN = "Thank you. The camera's level is known"

CALIBRATION = "Calibration"
CALIBRATED = "All done. Your baseline is taken"
DONE_NOW = "Done. {instruction}"
OUT_OF_DATE = "Your baseline is out of date: calibrate again"

NOT_STEADY = "Not steady: once more, and stay"
APART = "Not alike: once more, please"

ALL_DONE = "All done. Well done"
ALL_OVER = "That was all"
LEFT_EARLY = "That was it for today"
NOTHING_LEFT = "No stretch is left for today"

EASE_OUT = "Ease out gently. How strong was the pain?"
HOW = "How strong was the pain?"
ANSWERS = {
    Key.MILD: "Ease off until nothing hurts, then go on",
    Key.STRONG: "We leave this one for today",
    Key.SHARP: "Stop here for today, and ask your clinician",
}
LEADS_TO = {Key.MILD: "ease off, go on", Key.STRONG: "leave this side", Key.SHARP: "stop for today"}
"""What each answer leads to: shown with the question, for a person who can look."""
PAIN_NOTES = {Key.STRONG: "strong pain", Key.SHARP: "sharp pain"}
"""What the summary notes of a stretch that was left for it, and the history says of it; the strongest is the last."""

UNCOVER = "The camera sees black: uncover the lens"
BLOCKED = "Something is right before the lens"
MORE_LIGHT = "Please make more light"
STEP_IN = wording.REASONS[Reason.NO_PERSON].cue
CLOSER = wording.REASONS[Reason.TOO_FAR].cue
MOVE_BACK = wording.REASONS[Reason.OUT_OF_FRAME].cue
TO_THE_MIDDLE = "Move to the middle of the picture"
TILT_DOWN = "Tilt the camera down a little"
TILT_UP = "Tilt the camera up a little"
ONE_PERSON = "One person in the picture, please"
TURN = wording.REASONS[Reason.VIEW].cue
TURN_SIDE = "Turn your {side} side to the camera"
TURN_ROUND = "Turn round: your {side} side to the camera"
TURN_A_LITTLE = wording.TURN_A_LITTLE
LEVEL = wording.LEVEL_CAMERA


def turn_to(side: Side | None) -> str:
    return TURN_SIDE.format(side=side) if side else TURN


def named(spec: StretchSpec | BlockSpec, side: Side | None) -> str:
    return wording.STRETCH_ON_SIDE.format(title=spec.title, side=side) if side is not None else spec.title


def following(spec: StretchSpec | BlockSpec, side: Side | None) -> str:
    return wording.NEXT.format(name=named(spec, side))
