"""What the program tells the person, each sentence once: a row for every `Reason`, `Status`, `Band` and `Side`, then the rest.

What a session says aloud is in `coaching/guidance/phrases.py`; cues and coaching lines are the pose files' own. A sentence is
whole, with named placeholders, and never put together from parts, so that it can be translated as it stands.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formcheck.core.values import Band, Reason, Side, Status, Verdict
from formcheck.core.wording.language import N_, NN_, NP_

if TYPE_CHECKING:
    from formcheck.core.durations import GoalSeconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonWording:
    """Why nothing can be judged: as the `title` of the picture, and as a `note` in a table.

    `cue` is shown and said, to change it at once; `remedy` is what the report of a clip says of it. `live` is the verdict in
    large letters where it is another than that of `Status.UNSEEN`: who is plainly seen and only turned must not read that
    they can't be seen.
    """

    title: str
    note: str
    cue: str
    remedy: str
    live: str | None = None


REASONS: Mapping[Reason, ReasonWording] = {
    Reason.NO_PERSON: ReasonWording(
        title=N_("Nobody in the picture"),
        note=N_("nobody in the picture"),
        cue=N_("Step into the picture"),
        remedy=N_("nobody in the picture. To be seen, step into the picture."),
    ),
    Reason.TOO_FAR: ReasonWording(
        title=N_("Too far away"),
        note=N_("too far away"),
        cue=N_("Come closer to the camera"),
        remedy=N_("too far away. To be seen, come closer to the camera."),
    ),
    Reason.OUT_OF_FRAME: ReasonWording(
        title=N_("Part of you is out of the picture"),
        note=N_("part of you is out of the picture"),
        cue=N_("Move back so I see you fully"),
        remedy=N_(
            "part of you is out of the picture. To be seen, move back until all of you, feet included, is in the picture."
        ),
    ),
    Reason.HIDDEN: ReasonWording(
        title=N_("Part of you is hidden"),
        note=N_("part of you is hidden"),
        cue=N_("I can't see all of you"),
        remedy=N_("part of you is hidden. To be seen, clear the view, and have the stretched leg on the camera's side."),
    ),
    Reason.VIEW: ReasonWording(
        title=N_("Not side-on to the camera"),
        note=N_("not side-on to the camera"),
        cue=N_("Turn your side to the camera"),
        remedy=N_("not side-on to the camera. To be judged, turn your side to the camera."),
        live=N_("Turn side-on"),
    ),
    Reason.NO_NEW_PICTURE: ReasonWording(
        title=N_("The picture stands still"),
        note=N_("no new pictures"),
        cue=N_("The camera stands still"),
        remedy=N_(
            "no new pictures. A camera that stands still shows nothing, nor does a picture that lasts longer than a second."
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWording:
    """What the picture says of a moment, large: `live`; `film` and `photo` are what it says of those, where that differs."""

    live: str
    film: str | None = None
    photo: str | None = None


STATUSES: Mapping[Status, StatusWording] = {
    Status.CORRECT: StatusWording(live=N_("Hold it"), photo=N_("Correct")),
    Status.ADJUST: StatusWording(live=N_("Adjust")),
    Status.ELSEWHERE: StatusWording(live=N_("Begin"), film=N_("Getting ready"), photo=N_("Not this stretch")),
    Status.UNSEEN: StatusWording(live=N_("Can't see")),
}


BORDERLINE = N_("Borderline")
NEAR_LIMIT = N_("The {name} is too near its limit to tell")
NOTE_BORDERLINE = N_("borderline: {name}")


def verdict(status: Status, reason: Reason | None) -> str:
    """Return what the picture says of a moment that is `status`, and unseen for `reason`, to the person in front of it."""
    return (REASONS[reason].live if status is Status.UNSEEN and reason is not None else None) or STATUSES[status].live


@dataclass(frozen=True, slots=True, kw_only=True)
class BandWording:
    """A score in words: in the `report` of a clip, and as a cell of a `table`."""

    report: str
    table: str


BANDS: Mapping[Band, BandWording] = {
    Band.GREAT: BandWording(report=N_("great ({score})"), table=N_("great {score}")),
    Band.GOOD: BandWording(report=N_("good ({score})"), table=N_("good {score}")),
    Band.ADJUST: BandWording(report=N_("adjust ({score})"), table=N_("adjust {score}")),
    Band.RESET: BandWording(report=N_("let's reset ({score})"), table=N_("reset {score}")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWording:
    """The side to be stretched, on the screen: that one, or that one with the `choice` of the other."""

    title: str
    choice: str


SIDE_NAMES: Mapping[str, str] = {Side.LEFT: NP_("side", "left"), Side.RIGHT: NP_("side", "right")}
"""The side in a word, where it stands alone; in a sentence it is found by the placeholder `{side}`."""
FILLING = (
    *(NP_("side", "Left"), NP_("side", "Right")),
    *(NP_("posture", "standing"), NP_("posture", "lying")),
    *(NP_("pressure", "gentle"), NP_("pressure", "moderate"), NP_("pressure", "firm")),
)
"""Words that are in sentences alone, where each is found by the name of its placeholder."""

SIDES: Mapping[Side, SideWording] = {
    Side.LEFT: SideWording(title=N_("Left side"), choice=N_("Left side, or right first")),
    Side.RIGHT: SideWording(title=N_("Right side"), choice=N_("Right side, or left first")),
}

# --- shown and said ----------------------------------------------------------------------------------------------------

PRAISE = N_("Lovely, hold it there")
TURN_A_LITTLE = N_("Turn a little more side-on")
HOLD_STILL = N_("Hold still")
MORE_OF = N_("{name}: a little more")
LESS_OF = N_("{name}: a little less")
LEVEL_CAMERA = N_("Level the camera: the picture leans")
STAND_STRAIGHT = N_("Stand side-on, straight, feet together")
LIE_FLAT = N_("Lie flat, both legs straight")
ON_YOUR_BACK = N_("Lie on your back")

STRETCH_ON_SIDE = N_("{title}, {side} side")
STRETCH_ALONE = N_("{title}")
EITHER_SIDE_FIRST = N_("{title}, either side first")
NEXT = N_("Next: {name}")

# --- a baseline that is out of date ------------------------------------------------------------------------------------

_CALIBRATE = N_("`formcheck calibrate` takes a new one.")
BASELINE_OTHER_SIZE = N_(
    "The baseline ({posture}) is out of date: you are nearer to the camera, or further away, than when it was taken. "
    "It is not used."
).hinting(_CALIBRATE)
BASELINE_OTHER_VIEW = N_(
    "The baseline ({posture}) is out of date: you are turned to the camera otherwise than when it was taken. It is not used."
).hinting(_CALIBRATE)

# --- on the screen -----------------------------------------------------------------------------------------------------

WAITING = N_("Waiting for a stretch")
ANY_SIDE = N_("Either side first")
STEP = N_("{number} of {count}")
OF_GOAL = N_("of {goal_s:.0f} s")
TO_THE_END = N_("to the end")
RUNNING = N_("running")
STOPPED = N_("paused")
NOT_BEGUN = N_("waiting")
GET_READY = N_("Get ready")
SECONDS = N_("s")
REST_LEFT = N_("s rest")
BREATHE_IN = N_("breathe in")
BREATHE_OUT = N_("breathe out")
SOUND_OFF = N_("sound off")
SOUND_ON = N_("sound on")
RECORDING = N_("REC recording")
FIGURES = N_("{shown_hz:.0f} pictures/s after {shown_ms:.0f} ms, {judged_hz:.0f} verdicts/s after {judged_ms:.0f} ms")

NOT_MEASURED = N_("Not measured: I only see that you are there")
PRESSURE = N_("{pressure} pressure")
PHASE_LEFT = N_("{left_s} s more")
AT_HAND = N_("At hand: {needs}")
ROW_NOT_MEASURED = N_("not measured")

HELD = N_("{held_s} of {goal_s} s")
HELD_SECONDS = N_("{held_s} s")
SKIPPED = N_("skipped")
LEFT_OUT_FOR = N_("left out: {reason}")
STOPPED_FOR = N_("stopped: {reason}")
ENDED_EARLY = N_("ended early")
NOT_STARTED = N_("not started")
ALSO_NOT_STARTED = N_("{count} not started")
NEXT_TIME = N_("Next time: {cue} ({duration})")
PAIN_LATER = N_("If it still hurts tomorrow, do less next time; if it is strong or does not settle, have it looked at.")
PAIN = N_("pain")
PAINS: Mapping[str, str] = {"mild": N_("mild pain"), "strong": N_("strong pain"), "sharp": N_("sharp pain")}
PAIN_NOTES: Mapping[str, str] = {answer: PAINS[answer] for answer in ("strong", "sharp")}
"""What the summary notes of a stretch that was left for it, and the history says of it; the strongest is the last."""


def pain_in_words(answer: str | None) -> str:
    """Return how strong a pain was; nothing but that it was where `answer` is empty."""
    return PAINS[answer] if answer else PAIN


ALL_HELD = N_("All held to the goal")
GOAL_HELD = N_("Held to the goal")
HELD_FOR = N_("Held for {held_s} s")
ALL_DONE = N_("All done")
DONE_OF = N_("{done} of {asked} done")
NORM = N_("To compare, no grade: {who} held {mean_s:.0f} s on average, spread {sd_s:.0f} s ({people} people; {source})")
HELD_OF_ASKED = N_("{held_s} s of {goal_s} s held")
DONE_OF_ASKED = N_("{done} of {asked} held to the goal")
NOTHING_DONE = N_("Nothing was done")
GUIDED_OF_ASKED = N_("{guided_s} s of {goal_s} s guided, not measured")
GUIDED_IN_ALL = NN_(
    "{title}: {time} guided in {count} session, not measured", "{title}: {time} guided in {count} sessions, not measured"
)
NO_FAULT = N_("Not one fault in {held_s} s")
GOAL_IN_ONE = N_("Held to the goal without a break: {name}")
LONGEST_HOLD = N_("Longest without a break: {held_s} s, {name}")

KEY_PAUSE = N_("pause")
KEY_GO_ON = N_("go on")
KEY_NO_PAIN = N_("no pain, go on")
KEY_CLOSE = N_("close")
KEY_OTHER_SIDE = N_("other side")
KEY_FULL_SCREEN = N_("full screen")

# --- what the system says ---------------------------------------------------------------------------------------------

SYSTEM_REASONS: Mapping[int, str] = {
    errno.EACCES: NP_("reason", "Permission denied"),
    errno.EBUSY: NP_("reason", "Device or resource busy"),
    errno.EADDRINUSE: NP_("reason", "Address already in use"),
    errno.EEXIST: NP_("reason", "File exists"),
    errno.EIO: NP_("reason", "Input/output error"),
    errno.EISDIR: NP_("reason", "Is a directory"),
    errno.EMFILE: NP_("reason", "Too many open files"),
    errno.ENAMETOOLONG: NP_("reason", "File name too long"),
    errno.ENOENT: NP_("reason", "No such file or directory"),
    errno.ENOSPC: NP_("reason", "No space left on device"),
    errno.ENOTDIR: NP_("reason", "Not a directory"),
    errno.EPERM: NP_("reason", "Operation not permitted"),
    errno.EROFS: NP_("reason", "Read-only file system"),
}
"""What Linux and macOS say in English of the errors that are met most. As any word that fills the placeholder `reason` they are
translated where they are shown; whatever else a system says stays as it is."""

# --- at the terminal: any command --------------------------------------------------------------------------------------

STOPPED_EARLY = N_("Stopped before it was done.")

# --- at the terminal: keys ---------------------------------------------------------------------------------------------

TERMINAL_KEYS = N_("Keys, without Enter: {keys} (then {answers}), {quit}.")
NO_TERMINAL_KEYS = N_("There is no window and there are no keys: Ctrl-C ends the session.")
TERMINAL_KEY = N_("{key} {name}")
TERMINAL_ANSWER = N_("{key} {name}: {consequence}")
TERMINAL_NO_PAIN = N_("space no pain: go on")
QUESTION_WITH_ANSWERS = N_("{question} ({answers})")

# --- at the terminal: a session ----------------------------------------------------------------------------------------

PUT_ASIDE = N_("{film}: is what an earlier session filmed before it was cut off; it plays.")
NOTHING_HELD = N_("Nothing was held")
PAIN_BEFORE = N_("pain {before}")
PAIN_BEFORE_AT = N_("pain {before} ({where})")
PAIN_BOTH = N_("pain {before} before, {after} after")
PAIN_BOTH_AT = N_("pain {before} before, {after} after ({where})")
DECIDED = N_("{says}  (rule {rule})")


def decided_in_words(says: str, rule: str | None) -> str:
    """Return what a programme decided, with the name of its rule, if there is one."""
    return says if rule is None else DECIDED.format(says=says, rule=rule)


HISTORY_EMPTY = N_("Nothing has been kept yet. A session of `formcheck live` is kept as it happens.")
HISTORY_EMPTY_OF = N_(
    "Nothing has been kept yet of the profile {profile}. A session of `formcheck live` is kept as it happens."
)
HISTORY_NONE_FITS = N_("No session was kept that fits. `formcheck history --last 0` shows all of them.")
SESSION_CUT = N_("still running, or cut short")
SESSION_KEPT = N_("id {id}, ended {ended}, kept by formcheck {version}")
SESSION_KEPT_CUT = N_("id {id}, still running, or cut short, kept by formcheck {version}")
SESSION_LEVEL = N_("level {level}")
REACHED_FROM_TO = N_("reached {low} to {high} degrees")
REACHED_ALIKE = N_("reached {low} degrees")
NEVER_STARTED = N_("Not started: {stretches}.")
STRETCH_BOTH_SIDES = N_("{title}, both sides")
ON_SIDE = N_("{side} side")
HELD_OF_GOAL = N_("{held_s} s of {goal_s} s")


def held_in_words(seconds: "GoalSeconds") -> str:
    """Return the seconds that were held, and of how many where there is a goal."""
    if seconds.goal is None:
        return HELD_SECONDS.format(held_s=seconds.held)
    return HELD_OF_GOAL.format(held_s=seconds.held, goal_s=seconds.goal)


REACHED = N_("done")
SECONDS_TO_GO = N_("{left_s} s to go")
FAULT_LASTED = N_("{cue} ({duration})")

# --- at the terminal: a clip -------------------------------------------------------------------------------------------

NO_STRETCH = N_("No stretch recognised")
NO_STRETCH_WHY = N_("None of the stretches that formcheck knows was seen.").hinting(
    N_("`formcheck poses` lists them; --pose NAME expects one, and is how holds for strength are judged.")
)
TURNED_PHOTO = N_("Turned from the camera: the angles are less exact. Turn more side-on.")
TURNED = N_("Turned from the camera for {duration}: those angles are less exact. Turn more side-on.")
TURNED_PICTURES = N_("In pictures turned clockwise by {degrees} degrees there is: {title}.").hinting(
    N_("If the camera was turned, score it with {option}.")
)
OTHER_SPEED = N_(
    "The file says that a second of it took {speed:.3f} s to film (slow motion or time-lapse): times are as they passed."
).hinting(N_("--speed 1 takes them as it plays."))
NO_SIDES = N_("{name}: both legs do the same in it, so there is no side to choose. Leave the side out.")
NO_TIMES = N_("The file has no times: {rate} pictures a second were assumed.").hinting(N_("--speed tells otherwise."))
CLOCK_REBUILT = N_(
    "The clock of the file jumps or goes back at {times}: time was counted on from there, as if none had passed in between."
)
LOOKS_LIKE = N_("The side was given; it looks as if the {side} one were stretched.")
ALSO_SEEN = N_("Also in this clip: {title}.").hinting(N_("--pose {name} scores it."))
NO_CAMERA_SEES = N_("No camera can see this: ")
NO_ADVICE = N_("Not medical advice. A mild pull is fine, pain is not.")
PHOTOS: Mapping[Verdict, str] = {
    Verdict.CORRECT: N_("{side} side stretched, form correct"),
    Verdict.BORDERLINE: N_("{side} side stretched, borderline: the {name} is too near its limit to tell by a photo"),
    Verdict.ADJUST: N_("{side} side stretched, form needs a change"),
}
PHOTOS_BOTH: Mapping[Verdict, str] = {
    Verdict.CORRECT: N_("Form correct"),
    Verdict.BORDERLINE: N_("Borderline: the {name} is too near its limit to tell by a photo"),
    Verdict.ADJUST: N_("Form needs a change"),
}
NEVER_CORRECT = N_("The form was never correct for half a second, so the clock did not start.")
NOT_IN_STRETCH = N_("The person is not in this stretch. {instruction}")
NEVER_IN_STRETCH = N_("The person never got into this stretch. {instruction}")
NEAREST = N_("The nearest was: {title}. What is missing: ")
NEAREST_TOO_SHORT = N_("The nearest was: {title}. Nobody kept still in it for long enough to be sure.").hinting(
    N_("If it is that, `--pose {name}` says so.")
)
MISSING = N_("What is missing: ")
SHAPE_BEGINS = N_("{advice} ({name} {value} degrees, this stretch begins at {limit})")
SHAPE_ENDS = N_("{advice} ({name} {value} degrees, this stretch ends at {limit})")
POINTS_LOST = N_("Where points were lost")
POINTS = NN_("{count} point", "{count} points")
BELOW_RANGE = N_("{name} {degrees:.0f}° below its range")
ABOVE_RANGE = N_("{name} {degrees:.0f}° above its range")
DURATION_OF = N_("{held} of {goal}")
DURATION_TO_GO = N_("{left} to go")
FORM = N_("form {score}")
FROM_TO = N_("{start} to {end}")
TO_CHANGE = N_("To change")
TIMES = N_("at {times}, {duration} in all")
FIRST_TIMES = N_("at {times}, ..., {duration} in all")
DAMAGED = N_("Only what is left was scored: ")
WHAT_IS_LEFT = N_("{clip}: {damaged}. What is left of it was looked at.").hinting(N_("--strict refuses it."))
UNSEEN = N_("Could not see: ")
UNSEEN_FOR = N_("Could not see for {duration}: ")

# --- the report of a clip ----------------------------------------------------------------------------------------------

REPORT_SCORED = N_("{title}: {verdict}")
REPORT_VERDICTS: Mapping[Verdict, str] = {
    Verdict.CORRECT: N_("For most of the time in the stretch the form was correct."),
    Verdict.BORDERLINE: N_("For much of the time the form was too near a limit to tell whether it was correct."),
    Verdict.ADJUST: N_("For most of the time in the stretch something in the form was to be changed."),
    Verdict.UNSEEN: N_("For most of the time nothing could be judged."),
    Verdict.NONE: N_("For most of the time the person was not in the stretch."),
}
REPORT_SCORE_COUNTS = N_("The score counts by how much the form was off, not only for how long.")
REPORT_POINTS_IN_ALL = N_("{points} of 100 points were lost; the score is {score}.")
REPORT_NO_POINTS = N_("No point was lost.")
REPORT_WENT_WELL = N_("What went well")
REPORT_GOAL_REACHED = N_("The goal of {goal} was reached on the {side} side.")
REPORT_GOAL_REACHED_BOTH = N_("The goal of {goal} was reached.")
REPORT_LONGEST = N_("The longest hold on the {side} side lasted {duration}.")
REPORT_LONGEST_BOTH = N_("The longest hold lasted {duration}.")
REPORT_INSIDE = N_("{side} side, inside the range nearly all the time: {names}.")
REPORT_INSIDE_BOTH = N_("Inside the range nearly all the time: {names}.")
REPORT_INSIDE_OF = N_("{name} ({percent} %)")
REPORT_INSIDE_PHOTO = N_("{side} side, inside the range: {names}.")
REPORT_INSIDE_PHOTO_BOTH = N_("Inside the range: {names}.")
REPORT_NO_FAULT = N_("No fault lasted long enough to count.")
REPORT_NO_FAULT_PHOTO = N_("No fault can be seen for certain.")
REPORT_LITTLE_WELL = N_("Nothing could be told that went well; the parts below say what to change.")
REPORT_SIDES = N_("Left against right")
REPORT_REACHES_LESS = N_(
    "The {side} side reaches less far: {name} {degrees}° less than on the other side (left {left}°, right {right}°). That is "
    "more than the {error}° by which both readings together may be off, so in this clip the difference is real. Whether it "
    "stays, another day tells."
)
REPORT_REACHES_LESS_BENT = N_(
    "The {side} side reaches less far: {name} bent by {degrees}° more than on the other side (left {left}°, right {right}°). "
    "That is more than the {error}° by which both readings together may be off, so in this clip the difference is real. "
    "Whether it stays, another day tells."
)
REPORT_REACHES_ALIKE = N_(
    "{name}: left {left}°, right {right}°. The {degrees}° between them is no more than the {error}° by which both readings "
    "together may be off, so neither side can be told to reach less far."
)
REPORT_MORE_ON = N_(
    "{name}: {degrees}° more ({positive}) in the stretch of the {side} side. That is more than the {error}° by which both "
    "readings together may be off."
)
REPORT_SIDES_ALIKE = N_(
    "In what was measured no difference between left and right is larger than what both readings may be off."
)
REPORT_ONE_SIDE = N_("Only the {side} side was stretched, so left and right cannot be compared.")
REPORT_NO_SIDES = N_("Both legs do the same in this stretch, so left and right are not compared.")
REPORT_NOT_BOTH_HELD = N_("Left and right cannot be compared: not both were held in correct form.")
REPORT_UNSEEN = N_("What could not be seen")
REPORT_ALL_SEEN = N_("All of the time somebody was there could be judged.")
REPORT_ALL_SEEN_PHOTO = N_("The photo could be judged.")
REPORT_UNSEEN_FOR = N_("For {duration} of {whole}: {advice}")
REPORT_GUESSED_LEG = N_(
    "{name}: that leg was hidden from the camera, or turned away from it. Its {degrees}° are a guess, which may be off by "
    "{error}°: no verdict on that angle can be made of it."
)
REPORT_GUESSED = N_(
    "{name}: it was hidden from the camera, or turned away from it. Its {degrees}° are a guess, which may be off by {error}°: "
    "no verdict on that angle can be made of it."
)
REPORT_NEXT = N_("What to practise next")
REPORT_EXACT = N_("How exact this is")
REPORT_ERRORS = N_(
    "One camera from the side sees angles in one plane. The angles of the table may be off by {least}° to {most}°, each by its "
    "own error: in 90 of 100 cases the true one lies within that. The stretched leg is read best when it is the one nearer to "
    "the camera."
)
REPORT_NO_ERRORS = N_("One camera from the side sees angles in one plane. No angle of the stretch could be read here.")
REPORT_BETWEEN_DAYS = N_(
    "A change between two days is real only beyond what both readings together may be off, some 1.4 times that; do not read a "
    "trend into less."
)
REPORT_NOT_SEEN = N_(
    "Tilt of the pelvis, the curve of the lower back and a knee that falls inwards cannot be seen from the side."
)
REPORT_CLIP = N_("The clip beside its time line")
REPORT_CLIP_HELP = N_(
    "Move over a chart, or use the slider, to move through the clip. A button of the list goes to that time. The shaded "
    "band of a chart is the target range, the pale band round the line is how far off it may be, the bar at the bottom what "
    "was held; slanted lines are a fault, crossed ones what could not be judged."
)
REPORT_PLAY = N_("Play")
REPORT_PAUSE = N_("Pause")
REPORT_SKELETON = N_("Skeleton")
REPORT_SLIDER = N_("Time in the clip")
REPORT_STAGE = N_("The person as lines between the joints, drawn from data")
REPORT_STAGE_FILM = N_("The clip, with lines between the joints drawn over it")
REPORT_GO_THERE = N_("Go there")
REPORT_EVENTS = N_("Holds, faults, and times not seen")
REPORT_EVENT_HOLD = N_("Hold on the {side} side")
REPORT_EVENT_HOLD_BOTH = N_("Hold")
REPORT_EVENT_UNSEEN = N_("Not seen: {note}")
REPORT_TIMELINE = N_("Time line of holds, faults and times not seen; the list below has all of them")
REPORT_ROW_HOLDS = N_("held, {side}")
REPORT_ROW_HELD = N_("held")
REPORT_ROW_UNSEEN = N_("not seen")
REPORT_CHART = N_("{name} over time, in degrees; target {low} to {high}")
REPORT_CHART_TARGET = N_("target {low} to {high}")
REPORT_FILM_TOO_LARGE = N_("The film is left out: it would make this page larger than {megabytes} MB.")
REPORT_FILM_LINKED = N_("The film is linked: it is played from {name}, beside this page.")
REPORT_FILM_WITHOUT = N_("The film is left out: the person is shown as lines between the joints alone.")
REPORT_FILM_FAILED = N_("The film cannot be played here. The lines between the joints are drawn all the same.")
REPORT_PICTURES = N_("Key pictures")
REPORT_PICTURES_NONE = N_("There is no second in the stretch to be shown.")
REPORT_PICTURES_NONE_PHOTO = N_("Nobody in the photo is in the stretch.")
REPORT_PICTURE_OF_CHANGE = N_("The change of sides")
REPORT_PICTURES_OF: Mapping[str, str] = {
    "best": N_("The best second, {side} side"),
    "worst": N_("The second to work on, {side} side"),
    "photo": N_("The photo, {side} side"),
}
REPORT_PICTURES_OF_BOTH: Mapping[str, str] = {
    "best": N_("The best second"),
    "worst": N_("The second to work on"),
    "photo": N_("The photo"),
}
REPORT_PROFESSIONAL = N_("For the professional")
REPORT_TABLE = N_("Table of the angles")
REPORT_APART_TABLE = N_("Table of left minus right")
REPORT_TABLE_HELP = N_(
    "All angles in degrees. Medians are over the time in correct form, and over all time in the stretch; time inside is the "
    "share of that in which the angle was inside its target. The error is half the width of the interval that has the true "
    "value in 90 of 100 cases."
)
REPORT_TABLE_HELP_PHOTO = N_(
    "All angles in degrees. The error is half the width of the interval that has the true value in 90 of 100 cases."
)
REPORT_TABLE_HEADS = (
    N_("measure"),
    N_("side"),
    N_("target"),
    N_("median in holds"),
    N_("median in the stretch"),
    N_("time inside"),
    N_("error"),
)
REPORT_TABLE_HEADS_PHOTO = (N_("measure"), N_("side"), N_("target"), N_("angle"), N_("inside"), N_("error"))
REPORT_APART_HEADS = (N_("measure"), N_("left minus right"), N_("error of both"), N_("told apart"))
REPORT_POINTS_HEADS = (N_("points"), N_("measure"), N_("degrees"), N_("for"), N_("advice"))
REPORT_POINTS_HEADS_PHOTO = (N_("points"), N_("measure"), N_("degrees"), N_("advice"))
REPORT_YES = N_("yes")
REPORT_NO = N_("no")
REPORT_BELOW = N_("{degrees}° below its range")
REPORT_ABOVE = N_("{degrees}° above its range")
REPORT_NOTES = N_("For your notes")
REPORT_COPY = N_("Copy")
REPORT_COPIED = N_("Copied")
REPORT_NOTE_HEAD = N_("{title}, filmed from the side with one camera; {clip}, {duration}.")
REPORT_NOTE_HEAD_PHOTO = N_("{title}, one photo from the side; {clip}.")
REPORT_FILMED = N_("Filmed: {day}, as the file states.")
REPORT_NOTE_SCORE = N_("Form score {score} of 100.")
REPORT_NOTE_NO_SCORE = N_("There is no form score.")
REPORT_NOTE_HELD = N_("Held, {side} side: {held}.")
REPORT_NOTE_HELD_BOTH = N_("Held: {held}.")
REPORT_NOTE_NO_PAIN = N_("Pain: not asked.")
REPORT_NOTE_NO_PAIN_TOLD = N_("Pain: none was told in the session.")
REPORT_NOTE_PAIN = N_("Told by the person: {told}.")
REPORT_NOTE_ANGLES = N_(
    "Angles: median in correct form, error in 90 of 100 cases, share of the time in the stretch inside the target."
)
REPORT_NOTE_ANGLES_PHOTO = N_("Angles, with the error in 90 of 100 cases.")
REPORT_NOTE_MEASURE: Mapping[str, str] = {
    "side": N_("{name} (positive: {positive}), {side} side: {median}°, error {error}°; {percent} % inside {low} to {high}."),
    "both": N_("{name} (positive: {positive}): {median}°, error {error}°; {percent} % inside {low} to {high}."),
}
REPORT_NOTE_NO_MEDIAN: Mapping[str, str] = {
    "side": N_(
        "{name} (positive: {positive}), {side} side: never in correct form; median in the stretch {median}°, error {error}°; "
        "{percent} % inside {low} to {high}."
    ),
    "both": N_(
        "{name} (positive: {positive}): never in correct form; median in the stretch {median}°, error {error}°; {percent} % "
        "inside {low} to {high}."
    ),
}
REPORT_NOTE_INSIDE_PHOTO: Mapping[str, str] = {
    "side": N_("{name} (positive: {positive}), {side} side: {median}°, error {error}°; inside {low} to {high}."),
    "both": N_("{name} (positive: {positive}): {median}°, error {error}°; inside {low} to {high}."),
}
REPORT_NOTE_OUTSIDE_PHOTO: Mapping[str, str] = {
    "side": N_("{name} (positive: {positive}), {side} side: {median}°, error {error}°; not inside {low} to {high}."),
    "both": N_("{name} (positive: {positive}): {median}°, error {error}°; not inside {low} to {high}."),
}
REPORT_NOTE_UNSEEN = N_("Not judged for {duration} of {whole}: {note}.")
REPORT_NOTE_END = N_("Measured, not examined; nothing is diagnosed. formcheck {version}, {engine} {engine_version}.")
REPORT_WHY = N_("Why this number")
REPORT_WHY_MEANING = N_("What it tells: {meaning}.")
REPORT_WHY_ZERO = N_("Zero: {zero}.")
REPORT_WHY_POSITIVE = N_("Positive: {positive}.")
REPORT_WHY_JOINTS = N_("Computed from the places in the picture of: {joints}.")
REPORT_WHY_RANGE = N_("The target is that of the pose file {name}: full credit inside it, less beyond it.")
REPORT_WHY_SOURCE = N_(
    "Source: signs are the usual ones of the sagittal plane, flexion positive and the upright body zero; the error was "
    "measured on rendered people whose angles are known."
)
REPORT_SESSION = N_("Report of a session")
REPORT_LIVE = N_("a session before the camera on {date}")
REPORT_LIVE_OF = N_("a session before the camera on {date}, profile {profile}")
REPORT_PAIN_IN = N_("{pain}: {stretch}")
REPORT_NOTHING = N_("Nothing was measured in this session.")
REPORT_WRITTEN = N_("The page is in {path}.")
REPORT_NO_EVENTS = N_("There was no hold and no fault, and all could be seen.")
REPORT_MADE_BY = N_("Made by formcheck {version}. This file has all that it shows in it, and asks the network for nothing.")
REPORT_PART = N_("{number} of {count}: {title}")
REPORT_NO_SCRIPT = N_("Without JavaScript this page can be read and printed; the clip does not move.")

# --- two clips against each other ----------------------------------------------------------------------------------------

COMPARE_CLIPS = ("A", "B")
COMPARE_TITLE = N_("{title}: A against B")
COMPARE_NO_SCORE = N_("without a score")
COMPARE_SAME = N_("None of the {count} angles differs by more than both readings together may be off.")
COMPARE_MORE = N_("More in A: {names}.")
COMPARE_LESS = N_("Less in A: {names}.")
COMPARE_OTHERS_SAME = N_("The same within error: {same} of {count} angles.")
COMPARE_BY = N_("{name} ({degrees}°)")
COMPARE_ON_SIDE = N_("{name}, {side}")
COMPARE_NO_ANGLES = N_("No angle could be read in both clips.")
COMPARE_DIFFERENCES: Mapping[str, str] = {"same": N_("same within error"), "more": N_("more"), "less": N_("less")}
COMPARE_SIDES = N_("{side_a} against {side_b}")
COMPARE_OTHER_SIDES = N_(
    "A shows the {side_a} side alone and B the {side_b} side, so these are compared. If one of them was filmed as in a mirror, "
    "it is to be scored as one that was."
).hinting(N_("`formcheck score --mirror --landmarks FILE.csv` writes its landmarks: compare that file."))
COMPARE_SIDE_ALONE = N_("The {side} side is in {clip} alone, and compared with nothing.")
COMPARE_UNREAD = N_("Not read in {clip}, and so not compared: {names}.")
COMPARE_GUESSED = N_(
    "In {clip} these angles are a guess, as the leg or joint was hidden from the camera or turned away from it; their "
    "difference tells nothing: {names}."
)
COMPARE_IN_SHAPE = N_("One of the clips was never in correct form there, so medians are over all time in the stretch: {names}.")
COMPARE_TABLE = N_("Table of the angles of both clips")
COMPARE_TABLE_HEADS = (N_("measure"), N_("target"), N_("A"), N_("B"), N_("A minus B"), N_("error"), N_("A against B"))
COMPARE_TABLE_HELP = N_(
    "Medians over the time in correct form, in degrees. A is told as more or less where the difference is larger than the "
    "error, which is what both readings together may be off; else both are the same within error. More is not better: the "
    "target says what is wanted."
)
COMPARE_HELD = N_("What was held")
COMPARE_HELD_HEADS = (N_("side"), N_("held in A"), N_("held in B"), N_("form in A"), N_("form in B"))
COMPARE_FAULTS = N_("What was to be changed")
COMPARE_FAULTS_HEADS = (N_("advice"), N_("in A"), N_("in B"))
COMPARE_NO_FAULTS = N_("No fault was seen in either.")
COMPARE_NOT_HERE = N_("none seen")
COMPARE_EXACT = N_(
    "The error of a difference is {least}° to {most}° here: in 90 of 100 cases the true one lies within that. So of ten angles "
    "that are the same, one may be told apart by chance."
)
COMPARE_DAYS = N_(
    "Two clips are two moments and no trend: people reach more or less far from day to day, and after a warm-up. Film both "
    "from the same place."
)
COMPARE_PLAYER = N_("Both clips, side by side")
COMPARE_PLAYER_HELP = N_(
    "Both clips move together: use the slider, move over the time line, or take a button of the list. The dashed lines are "
    "the skeleton of the other clip, laid over this one at the hips, as large as this one by the length of the trunk, and "
    "facing the same way. They are for the eye; each angle of the table is measured in its own clip."
)
COMPARE_ALIGNED = N_("0 s is the onset on the")
COMPARE_ONSETS: Mapping[str, str] = {
    "hold": N_("0 s in {clip} is where its first hold on the {side} side begins."),
    "nearest": N_("{clip} has no hold on the {side} side: 0 s in it is the moment that was nearest to correct form."),
    "beginning": N_("{clip} has no hold on the {side} side: 0 s in it is its beginning."),
    "photo": N_("{clip} is a photo, so it stands still."),
}
COMPARE_ONSETS_BOTH: Mapping[str, str] = {
    "hold": N_("0 s in {clip} is where its first hold begins."),
    "nearest": N_("{clip} has no hold: 0 s in it is the moment that was nearest to correct form."),
    "beginning": N_("{clip} has no hold: 0 s in it is its beginning."),
    "photo": N_("{clip} is a photo, and stands still."),
}
COMPARE_STAGE = N_("{clip}: the person as lines between the joints, and those of the other clip dashed")
COMPARE_STAGE_FILM = N_("{clip}: the clip with lines between the joints, and those of the other clip dashed")
COMPARE_GHOST = N_("The other's, dashed")
COMPARE_TIMELINE = N_("Time line of both clips; the list below has all of it")
COMPARE_ROW_HELD = N_("{clip}: held")
COMPARE_ROW_FAULTS = N_("{clip}: faults")
COMPARE_ROW_UNSEEN = N_("{clip}: not seen")
COMPARE_EVENTS = N_("Holds, faults and times not seen of {clip}")
COMPARE_SCORING = N_("scoring {clip}")
COMPARE_STOPPED = N_("Stopped before both clips were scored; nothing is compared, and nothing is written.")
# --- the page of the history ---------------------------------------------------------------------------------------------

PROGRESS = N_("Progress")
PROGRESS_OF = N_("Progress:")
PROGRESS_ONE_DAY = N_("On {first}.")
PROGRESS_DAYS = N_("From {first} to {last}.")
PROGRESS_SESSIONS = N_("Sessions: {sessions}.")
PROGRESS_SINCE = N_("What was kept before {day} is left out.")
PROGRESS_SEVERAL = N_(
    "These are sessions of {people} people. What was held is shown of all together; how far somebody gets, faults, pain and "
    "checks are shown for one person at a time."
)
PROGRESS_NOBODY = N_("without a profile")
PROGRESS_UNREADABLE = NN_(
    "{count} session or check could not be read and is left out.",
    "{count} sessions or checks could not be read and are left out.",
)
PROGRESS_PARTLY = NN_(
    "Of {count} session a part could not be read; that part alone is left out.",
    "Of {count} sessions a part could not be read; that part alone is left out.",
)
PROGRESS_TOLD = N_("What can be told")
PROGRESS_NOT_TOLD = N_("What has not changed, or cannot be told yet")
PROGRESS_NO_CHANGE_AT_ALL = N_("No change yet that can be told.")
PROGRESS_TOO_EARLY = N_("It is too early to tell a change: it takes {needed} sessions that show how far you get.")
PROGRESS_MORE = N_("{name}: {now}° now, {then}° at first: {degrees}° more. A change of more than {detectable}° can be told.")
PROGRESS_LESS = N_("{name}: {now}° now, {then}° at first: {degrees}° less. A change of more than {detectable}° can be told.")
PROGRESS_NO_CHANGE = N_(
    "{name}: no change yet. {now}° now, {then}° at first; it can be told once it is more than {detectable}°."
)
PROGRESS_TOO_FEW = N_(
    "{name}: {now}° now. Whether that changes cannot be told yet: it takes {needed} sessions that show how far you get; so "
    "far: {sessions}."
)
PROGRESS_ONE_CHECK = N_("{name}: {now}° in one check. Whether that changes shows when the check is done again.")
PROGRESS_MEASURED = N_("{name}, {measure}")
PROGRESS_NO_RANGE = N_(
    "How far you get cannot be told of these sessions: that takes a stretch with a goal in degrees, held, and without pain."
)
PROGRESS_SIDES = N_("{title}: {degrees}° more on the {side} side. More than {detectable}° between left and right can be told.")
PROGRESS_SIDES_ALIKE = N_(
    "{title}: left and right cannot be told apart. They differ by {degrees}°; it would have to be more than {detectable}°."
)
PROGRESS_SIDES_FEW = N_("{title}: left and right can be compared once each has {needed} sessions that show how far you get.")
PROGRESS_READING = N_("{reading} ({check})")
PROGRESS_CHECK_SIDES = N_("{title}: {degrees}° more on the {side} side, and so it was the time before.")
PROGRESS_FAULT_RARER = N_("{title}: “{cue}” was due less often: {now} % of the time now, {then} % at first.")
PROGRESS_FAULT_MORE = N_("{title}: “{cue}” was due more often: {now} % of the time now, {then} % at first.")
PROGRESS_FAULTS_ALIKE = N_("No fault has become rarer or more frequent so that it could be told.")
PROGRESS_FAULTS_FEW = N_("Whether faults become rarer can be told after {needed} sessions of a stretch.")
PROGRESS_HELD = N_("Time held")
PROGRESS_HELD_PER: Mapping[str, str] = {
    "day": N_("Each bar is a day. Days without one are simply empty."),
    "week": N_("Each bar is a week, as there are too many days for a bar each. Weeks without one are simply empty."),
    "month": N_("Each bar is a month, as there are too many days for a bar each. Months without one are simply empty."),
    "year": N_("Each bar is a year, as there are too many days for a bar each. Years without one are simply empty."),
}
PROGRESS_HELD_UNITS: Mapping[str, str] = {
    "day s": N_("seconds a day"),
    "day min": N_("minutes a day"),
    "day h": N_("hours a day"),
    "week s": N_("seconds a week"),
    "week min": N_("minutes a week"),
    "week h": N_("hours a week"),
    "month s": N_("seconds a month"),
    "month min": N_("minutes a month"),
    "month h": N_("hours a month"),
    "year s": N_("seconds a year"),
    "year min": N_("minutes a year"),
    "year h": N_("hours a year"),
}
PROGRESS_HELD_CHART = N_("{title}, {unit}: {bars} bars, the highest {most}; the table below has all of them")
PROGRESS_HELD_NUMBERS = N_("Time held, bar by bar")
PROGRESS_HELD_HEADS = (N_("when"), N_("all"))
PROGRESS_TOTALS = N_("Held in all")
PROGRESS_TOTALS_HEADS = (N_("stretch"), N_("side"), N_("held"), N_("sessions"))
PROGRESS_PEOPLE = N_("Held by each person")
PROGRESS_PEOPLE_HEADS = (N_("person"), N_("held"), N_("sessions"))
PROGRESS_RANGE = N_("How far each side gets")
PROGRESS_RANGE_HELP = N_(
    "A point is the middle of what was held without a fault in a session, in degrees. Sessions that hurt, or with less than "
    "{least} s of it, are left out. Now is the middle of the last {few} sessions, at first that of the first {few}: these are "
    "the thick lines at the ends. Inside the shaded band no change can be told, as a camera reads the same position a little "
    "otherwise every day."
)
PROGRESS_POINTS: Mapping[str, str] = {
    "week": N_("As there are many, a point is the middle of a week."),
    "month": N_("As there are many, a point is the middle of a month."),
    "year": N_("As there are many, a point is the middle of a year."),
}
PROGRESS_ANGLE_CHART = N_("{name}, in degrees: {readings} readings, {now} now; the tables below have the numbers")
PROGRESS_ANGLE_CHART_BAND = N_(
    "{name}, in degrees: {readings} readings, {then} at first, {now} now, a change only outside {low} to {high}; the tables "
    "below have the numbers"
)
PROGRESS_AT_FIRST = N_("at first")
PROGRESS_ANGLE_HEADS = (N_("side"), N_("readings"), PROGRESS_AT_FIRST, N_("now"), N_("change"), N_("needed"), N_("told"))
DEGREES = N_("degrees")
PROGRESS_DEGREES = N_("{measure}, degrees")
PROGRESS_TOO_EARLY_CELL = N_("too early to tell")
PROGRESS_ANGLE_NUMBERS = N_("{title}, point by point")
PROGRESS_ANGLE_NUMBERS_HEADS = (N_("when"), N_("left"), N_("right"))
PROGRESS_CHECKS = N_("Flexibility checks")
PROGRESS_CHECKS_HELP = N_(
    "The last check that had a verdict is compared with the first. Inside the shaded band no change can be told: by so much "
    "both readings together may be off."
)
PROGRESS_FAULTS = N_("Faults, rarer or not")
PROGRESS_FAULTS_HELP = N_(
    "The share of the time in the stretch, as the mean of the first {few} sessions and of the last {few}. That time is what "
    "was held and what stopped the clock. A fault is called rarer, or more frequent, where each of the last {few} sessions "
    "had less of it, or more, than any of the first {few}."
)
PROGRESS_FAULTS_HEADS = (N_("advice"), PROGRESS_AT_FIRST, N_("now"), N_("what can be told"))
PROGRESS_RARER = N_("rarer")
PROGRESS_MORE_FREQUENT = N_("more frequent")
PROGRESS_NO_CHANGE_YET = N_("no change yet")
PROGRESS_PAIN = N_("Pain, as it was told")
PROGRESS_PAIN_HELP = N_("What was told before a session (○), after it (●), and in it (×, whatever its strength).")
PROGRESS_PAIN_SCALE = N_("from 0 (none) to 10")
PROGRESS_PAIN_CHART = N_(
    "Pain before and after sessions, 0 to 10, and where it was told in one; the table below has the numbers"
)
PROGRESS_PAIN_NUMBERS = N_("Pain in numbers")
PROGRESS_PAIN_HEADS = (N_("when"), N_("before"), N_("after"), N_("told in a session"))
PROGRESS_PAIN_COUNT = N_("{pain}: {count}")
PROGRESS_OTHER = N_("Guided, and at the desk")
PROGRESS_SITTING = NN_(
    "At the desk on {count} day: {sat} sat, breaks: {breaks}, shifts of posture: {shifts}.",
    "At the desk on {count} days: {sat} sat, breaks: {breaks}, shifts of posture: {shifts}.",
)
PROGRESS_LAST = N_("The last sessions")
PROGRESS_LAST_HEADS = (N_("when"), N_("what"), N_("held"), N_("pain"), N_("id"))
PROGRESS_LAST_HEADS_OF_SEVERAL = (N_("when"), N_("what"), N_("held"), N_("pain"), N_("id"), N_("person"))
PROGRESS_TABLE = N_("{section}: {title}")
PROGRESS_AS_TABLE = N_("{section}, as a table")
PROGRESS_WEEK = N_("week of {day}")
SESSION_HEADS = (N_("at"), N_("stretch"), N_("side"), N_("held"), N_("longest"), N_("form"), N_("what else"))
SESSION_SITTING_HEADS = (N_("at the desk"), N_("in all"))
SESSION_DONE = N_("What was done")
SESSION_DECIDED = N_("What the programme decided")
SESSION_PAIN = N_("What was told of pain: {told}.")
SESSION_WHOSE = N_("Whose it is:")
KEPT_CHECK_READ = N_("What was read")
GIVE_OR_TAKE = N_("give or take")
KEPT_CHECK_HEADS = (N_("side"), N_("reading"), N_("angle"), GIVE_OR_TAKE, N_("what it means"))
KEPT_CHECK_ERROR = N_("In 90 of 100 cases the true angle is no further away than that.")
KEPT_CHECK_REASONS = N_("Where there is no verdict, the angle was kept and the reason was not.")
KEPT_CHECK_SINCE = N_("Since the time before")
KEPT_CHECK_ID = N_("Flexibility check {id}, formcheck {version}")

# --- at the terminal: many clips ---------------------------------------------------------------------------------------

CELL_FAILED = N_("failed")
CELL_NO_STRETCH = N_("none")
CELL_PHOTO = N_("photo")
SIDE_DURATION = N_("{side} {held}")
BOTH_LEGS = N_("both legs")
NOTE_AND_OTHERS = N_("{note} (+{count})")
NOTE_NO_STRETCH = N_("no stretch recognised")
NOTE_NEVER_IN_STRETCH = N_("never got into this stretch")

NOTE_OF = N_("{clips}: {note}")
NOTE_OF_MANY = N_("{clips} and {more} more: {note}")

CLIPS_TOGETHER = N_("{clips}, {film} of film: {results}.")
CLIPS = NN_("{count} clip", "{count} clips")
SCORED = N_("{count} scored")
WITHOUT_STRETCH = N_("{count} with no stretch recognised")
FAILED = N_("{count} failed")
DAMAGED_COUNT = N_("{count} of them damaged")
TAKEN_FROM = N_("{count} taken from {path}")
COPIES = NN_("{count} a copy of another clip", "{count} copies of other clips")
EARLIER_RESULTS = N_("Earlier results in {path}: {results}.")
REPLACED = N_("{count} replaced")
OF_OTHER_CLIPS = N_("{count} left out, of clips that are not among these")
OTHER_SETTINGS = N_("{count} with other settings, scored again")
TOOK = N_("It took {duration}.")
TOOK_WITH_SPEED = N_("It took {duration}, {factor:.1f} times real time.")

# --- a flexibility check -----------------------------------------------------------------------------------------------

CHECK_NOT_DONE = N_(
    "The {side} leg was not seen doing this. Have it on the camera's side, and begin each time like this: {start}."
)
CHECK_FAR_LEG = N_("The leg away from the camera moved. Turn round, so that the leg to be checked is nearer to the camera.")
CHECK_PHOTO = N_("A photo shows neither the way down nor that the leg rests: the angle alone is told. A film can tell more.")
CHECK_UNSTEADY = N_("Not steady: do it again, and let the leg come to rest for {seconds} seconds.")
CHECK_TOO_FEW = N_("It was read {seen} of {count} times; the middle one of {count} is told.")
CHECK_TURNED = N_("Turned from the camera: turn more side-on, and do it again.")
CHECK_APART = N_("Not steady: the readings are {degrees}° apart. Do it again.")
CHECK_TOO_LONG = N_("The leg was down for more than {seconds} seconds, which is a stretch in itself: check again another day.")
CHECK_UNANSWERED = N_("Not answered yet: {question}").hinting(N_("Answer with --answers {name}=yes or {name}=no."))
CHECK_CHANGED = N_("{name}, {side} side: {now}, and on {day} it was {before}; that is more than both readings may be off.")
CHECK_NO_CHANGE = N_("{name}, {side} side: no change yet that can be told, since {day}. It would have to be {degrees}°.")
CHECK_SIDES_DIFFER = N_("{name}: left and right differ by {degrees}°, and did so the last time.")
CHECK_NOT_KEPT = N_("This check is not being kept. {error}")
CHECK_WITHOUT = N_("no verdict")
CHECK_BARRED = N_("Is one of these a reason for you to leave it out, or to ask first?")
CHECK_NOT_ASKED = N_("Nobody can answer here whether you should leave it out: please go by these lines yourself.")
CHECK_LEFT_OUT = N_("The check is left out: please ask your clinician first. Once they agree, --screen asks this again.")
CHECK_LEFT_OUT_FOR = N_("The check is left out. {reason} Once they agree, --screen asks the safety questions again.")
CHECK_ANSWER_NOT_KEPT = N_("Your answer holds for this check only. {error}")
CHECK_NOBODY = N_("Nobody was seen doing this. {setup}")
CHECK_SIDE = NN_("{side}, seen {count} time", "{side}, seen {count} times")
CHECK_ERROR = N_("{name}: give or take {error}°; the last {count} times were {spread}° apart.")
CHECK_ERROR_OF_ONE = N_("{name}: give or take {error}°.")
CHECK_UNSEEN = N_("What no camera sees:")
CHECK_NO_VERDICT = N_("No verdict:")
CHECK_LEVEL = N_("The camera's roll of {degrees:.1f}° is taken out.")
CHECK_UNLEVELLED = N_("The camera was taken to be level; --level DEG tells its roll and makes the error smaller.")
CHECK_SIDES_APART = N_(
    "A difference of less than {degrees}° between left and right cannot be told; one film never tells it for sure."
)
CHECK_NO_DIAGNOSIS = N_("This is a flexibility check and no diagnosis. A mild pull is fine, pain is not.")
CHECK_HIDDEN = N_("Part of the leg is hidden: clear the view, and do it again.")

# --- sitting -----------------------------------------------------------------------------------------------------------

SITTING = N_("Sitting")
NO_NOTICES = N_("Notices on the desktop are not to be had here ({reason}). They are printed here instead.")
SIT_BEGINS = N_(
    "Counting minutes sat, breaks and shifts of posture, by a look every {every_s} s. No picture is kept, and posture is not "
    "judged."
)
SIT_LIGHT = N_(
    "The camera is opened for each look and closed again, so that calls can have it: its light comes on for about a second "
    "each time."
).hinting(N_("--every 60 looks once a minute."))
SIT_KEYS = N_("Keys, without Enter: s no prompt for {snooze}, q quit.")
SIT_KEYS_STRETCH = N_("Keys, without Enter: n the stretch now, s no prompt for {snooze}, q quit.")
SIT_UNKNOWN: Mapping[str, str] = {
    "camera": N_("Not known here: whether another program has the camera. Before a call press s: no prompt for {snooze}."),
    "microphone": N_("Not known here: whether a program records sound. Before a voice call press s: no prompt for {snooze}."),
    "full_screen": N_("Not known here: whether a window fills the screen. Before a talk press s: no prompt for {snooze}."),
}
SIT_NO_PICTURE = N_("No look now, and what happens meanwhile is not counted as sitting: {reason}")
SIT_PICTURE_AGAIN = N_("The camera gives pictures again.")
SIT_SNOOZED = N_("No prompt until {until}.")
PROMPT_NO_BREAK = N_("You have sat for {minutes} minutes")
PROMPT_NO_SHIFT = N_("You have sat still for {minutes} minutes")
PROMPT_STRETCH = N_("A good moment to stand up: {title}, {seconds} s in all.")
PROMPT_STAND = N_("A good moment to stand up for a minute, or to change how you sit.")
PROMPT_BUTTON_STRETCH = N_("Stretch now")
PROMPT_BUTTON_SNOOZE = N_("Not for {snooze}")
SIT_STRETCH_BEGINS = N_("{title}: one go on each side. Looking goes on by itself afterwards.")
SIT_LEFT_OUT = N_("No stretch is offered, only to stand up. {reason}")
SIT_STOPPED = N_("Stopped after {time} s of the clip; what was counted is that far.")
SIT_STRETCH_OVER = N_("Looking goes on.")
SIT_SEATED = N_("Seated")
SIT_AWAY = N_("Out of the seat")
SIT_UNSEEN = N_("Not seen")
SIT_LONGEST = N_("Longest without a break")
SIT_BREAKS = N_("Breaks")
SIT_SHIFTS = N_("Shifts of posture")
SIT_PROMPTS = N_("Prompts")
SIT_IN_SHORT = N_("{sat} sat, breaks: {breaks}, shifts: {shifts}, prompts: {prompts}")
SIT_NOT_GRADED = N_("Not judged: how straight you sit. From the front no camera can tell.")

# --- files for other programs --------------------------------------------------------------------------------------------

WRONG_ENDING = N_("{path}: {option} writes {endings}; give a name that ends so.")
TOO_MANY_ROWS = N_("{hours:.0f} hours are too many for one file of {rate} rows a second.").hinting(
    N_("Give a part of it (--from, --to).")
)
HISTORY_EXPORTED = N_("{path}: rows: {rows}, sessions: {sessions}.")
HISTORY_COPIED = N_(
    "The history is that of a newer formcheck now. As it was before, it is kept in {path}, and `formcheck data` lists it."
)
HISTORY_NOT_COPIED = N_("The history {path} is of an older formcheck and stays so, as no copy of it can be kept first. {error}")
FOLDER_NOT_MADE = N_("{path}: cannot be made ({reason}). Choose another folder in FORMCHECK_DATA.")
NOT_DELETED = N_("{path}: cannot be deleted ({reason}). Allow writing to its folder.")
EXTRA_NEEDED = N_(
    "{what} needs {package}, which is not installed: pip install 'formcheck[{extra}]', or in formcheck's folder "
    "pip install '.[{extra}]'."
)

# --- the app in the browser ----------------------------------------------------------------------------------------------

APP_OPENED = N_("formcheck is at {address}")
APP_FOR_THIS_MACHINE = N_("It is for this machine alone. Ctrl-C, or Quit on the page, ends it.")
APP_NO_BROWSER = N_("No browser could be opened: open the address yourself.")
APP_ENDED = N_("formcheck has ended; all that was done is kept.")
APP_NO_PORT = N_("Port {port} cannot be had ({reason}).").hinting(
    N_("Give another one with --port, or leave it out for a free one.")
)
APP_WRONG_HOST = N_("This is not where formcheck is.")
APP_WRONG_ORIGIN = N_("Only the page of formcheck itself may ask this.")
APP_BY_ADDRESS = N_("Open the page by the whole address that formcheck has printed.")
APP_TOO_LARGE = N_("That is more than the page of formcheck sends.")
APP_FILE_TOO_LARGE = N_(
    "The file has more than the {megabytes} MB that the page takes. Give its path instead: it then stays where it is."
)
APP_MALFORMED = N_("The page has sent something that formcheck does not know. Load the page again.")
APP_RUNS_ALREADY = N_("A session is running already.")
APP_QUESTIONS_FIRST = N_("Some safety questions have not been answered yet. Load the page again.")
APP_SESSION_FAILED = N_("The session has ended before its time ({reason}). What was held is kept. Begin it again.")
APP_ANSWERS_MISSING = N_("Every safety question needs one answer. Load the page again and answer them all.")
APP_BASELINE_KEPT = N_("The baseline is kept in the profile {profile}.")
APP_FILM_KEPT = N_("The film is kept on this machine: {path}")
CALIBRATION_LEFT = N_("Nothing was kept: the calibration was left before both postures were taken.")
PAGE_SENDS_NOTHING = N_("The page sends no pictures.")
