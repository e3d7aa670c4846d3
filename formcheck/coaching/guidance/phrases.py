"""Every sentence that a session speaks, in one place.

Each is heard once, with closed eyes, while stretching: short, kind, and about what to do next. Cues and coaching lines are the
pose files' own; so is how to get into a stretch, the first sentence of its instruction. What other parts of the program say
too is in `core/wording/__init__.py`.
"""

from formcheck.coaching.events import Key
from formcheck.core import wording
from formcheck.core.values import Reason, Side
from formcheck.core.wording.language import N_
from formcheck.stretches import StretchSpec
from formcheck.stretches.blocks import BlockSpec

READY = wording.GET_READY
STAY = N_("Stay like this")
RUNS = N_("The clock is running")
HALF = N_("Half-way")
TO_GO = N_("Three seconds to go")
DONE = N_("Done")
SO_FAR = N_("So far {seconds} seconds")
HELD_FOR = N_("Done, {seconds} seconds")

CHANGE_SIDES = N_("Change sides, turn round")
ONCE_MORE = N_("Once more, the same side")
OTHER_LEG = N_("The other leg, please")
OTHER_SIDE = N_("The {side} side, then")
NOW_SIDE = N_("Change sides: now the {side} side")
ANY_STRETCH = N_("Begin any stretch you like")
ANY_TITLE = N_("Any stretch")

PAUSED = N_("Paused")
GOING_ON = N_("Going on")
AWAY = N_("Paused until I see you")
IN = N_("Breathe in")
OUT = N_("Breathe out")
CAMERA_LOST = N_("I have lost the camera")
NO_PICTURE = N_("No picture from the camera: trying again")
STANDS_STILL = wording.REASONS[Reason.NO_NEW_PICTURE].cue
CAMERA_BACK = N_("The camera is back")

FLEXIBILITY_CHECK = N_("Flexibility check")
LEVEL_FIRST = N_("Click two points on a level edge")
LEVEL_SECOND = N_("Now a second point, far along it")
LEVEL_FURTHER = N_("Further apart, along the same edge")
LEVEL_STEEP = N_("That is not level. Click both anew")
LEVEL_KNOWN = N_("Thank you. The camera's level is known")

CALIBRATION = N_("Calibration")
CALIBRATED = N_("All done. Your baseline is taken")
DONE_NOW = N_("Done. {instruction}")
OUT_OF_DATE = N_("Your baseline is out of date: calibrate again")

NOT_STEADY = N_("Not steady: once more, and stay")
APART = N_("Not alike: once more, please")

ALL_DONE = N_("All done. Well done")
ALL_OVER = N_("That was all")
LEFT_EARLY = N_("That was it for today")
NOTHING_LEFT = N_("No stretch is left for today")

EASE_OUT = N_("Ease out gently. How strong was the pain?")
HOW = N_("How strong was the pain?")
ANSWERS = {
    Key.MILD: N_("Ease off until nothing hurts, then go on"),
    Key.STRONG: N_("We leave this one for today"),
    Key.SHARP: N_("Stop here for today, and ask your clinician"),
}
LEADS_TO = {Key.MILD: N_("ease off, go on"), Key.STRONG: N_("leave this side"), Key.SHARP: N_("stop for today")}
"""What each answer leads to: shown with the question, for a person who can look."""

UNCOVER = N_("The camera sees black: uncover the lens")
BLOCKED = N_("Something is right before the lens")
MORE_LIGHT = N_("Please make more light")
STEP_IN = wording.REASONS[Reason.NO_PERSON].cue
CLOSER = wording.REASONS[Reason.TOO_FAR].cue
MOVE_BACK = wording.REASONS[Reason.OUT_OF_FRAME].cue
TO_THE_MIDDLE = N_("Move to the middle of the picture")
TILT_DOWN = N_("Tilt the camera down a little")
TILT_UP = N_("Tilt the camera up a little")
ONE_PERSON = N_("One person in the picture, please")
TURN = wording.REASONS[Reason.VIEW].cue
TURN_SIDE = N_("Turn your {side} side to the camera")
TURN_ROUND = N_("Turn round: your {side} side to the camera")
TURN_A_LITTLE = wording.TURN_A_LITTLE
LEVEL = wording.LEVEL_CAMERA


def turn_to(side: Side | None) -> str:
    return TURN_SIDE.format(side=side) if side else TURN


def named(spec: StretchSpec | BlockSpec, side: Side | None) -> str:
    return wording.STRETCH_ON_SIDE.format(title=spec.title, side=side) if side is not None else spec.title


def following(spec: StretchSpec | BlockSpec, side: Side | None) -> str:
    return wording.NEXT.format(name=named(spec, side))
