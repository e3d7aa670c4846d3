"""What the program tells the person, each sentence once: a row for every `Reason`, `Status`, `Band` and `Side`, then the rest.

What a session says aloud is in `coaching/guidance/phrases.py`; cues and coaching lines are the pose files' own. A sentence is
whole, with named placeholders, and never put together from parts, so that it can be translated as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.core.durations import GoalSeconds
from formcheck.core.values import Band, Reason, Side, Status, Verdict
from formcheck.core.wording.language import N_


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
        title="Nobody in the picture",
        note="nobody in the picture",
        cue="Step into the picture",
        remedy="nobody in the picture. To be seen, step into the picture.",
    ),
    Reason.TOO_FAR: ReasonWording(
        title="Too far away",
        note="too far away",
        cue="Come closer to the camera",
        remedy="too far away. To be seen, come closer to the camera.",
    ),
    Reason.OUT_OF_FRAME: ReasonWording(
        title="Part of you is out of the picture",
        note="part of you is out of the picture",
        cue="Move back so I see you fully",
        remedy="part of you is out of the picture. To be seen, move back until all of you, feet included, is in the picture.",
    ),
    Reason.HIDDEN: ReasonWording(
        title="Part of you is hidden",
        note="part of you is hidden",
        cue="I can't see all of you",
        remedy="part of you is hidden. To be seen, clear the view, and have the stretched leg on the camera's side.",
    ),
    Reason.VIEW: ReasonWording(
        title="Not side-on to the camera",
        note="not side-on to the camera",
        cue="Turn your side to the camera",
        remedy="not side-on to the camera. To be judged, turn your side to the camera.",
        live="Turn side-on",
    ),
    Reason.NO_NEW_PICTURE: ReasonWording(
        title="The picture stands still",
        note="no new pictures",
        cue="The camera stands still",
        remedy="no new pictures. A camera that stands still shows nothing, nor does a picture that lasts longer than a second.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWording:
    """What the picture says of a moment, large: `live`; `film` and `photo` are what it says of those, where that differs."""

    live: str
    film: str | None = None
    photo: str | None = None


STATUSES: Mapping[Status, StatusWording] = {
    Status.CORRECT: StatusWording(live="Hold it", photo="Correct"),
    Status.ADJUST: StatusWording(live="Adjust"),
    Status.ELSEWHERE: StatusWording(live="Begin", film="Getting ready", photo="Not this stretch"),
    Status.UNSEEN: StatusWording(live="Can't see"),
}


BORDERLINE = "Borderline"
NEAR_LIMIT = "The {name} is too near its limit to tell"
NOTE_BORDERLINE = "borderline: {name}"


def verdict(status: Status, reason: Reason | None) -> str:
    """Return what the picture says of a moment that is `status`, and unseen for `reason`, to the person in front of it."""
    return (REASONS[reason].live if status is Status.UNSEEN and reason is not None else None) or STATUSES[status].live


@dataclass(frozen=True, slots=True, kw_only=True)
class BandWording:
    """A score in words: in the `report` of a clip, and as a cell of a `table`."""

    report: str
    table: str


BANDS: Mapping[Band, BandWording] = {
    Band.GREAT: BandWording(report="great ({score})", table="great {score}"),
    Band.GOOD: BandWording(report="good ({score})", table="good {score}"),
    Band.ADJUST: BandWording(report="adjust ({score})", table="adjust {score}"),
    Band.RESET: BandWording(report="let's reset ({score})", table="reset {score}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWording:
    """The side to be stretched, on the screen: that one, or that one with the `choice` of the other."""

    title: str
    choice: str


SIDES: Mapping[Side, SideWording] = {
    Side.LEFT: SideWording(title="Left side", choice="Left side, or right first"),
    Side.RIGHT: SideWording(title="Right side", choice="Right side, or left first"),
}

# --- shown and said ----------------------------------------------------------------------------------------------------

PRAISE = "Lovely, hold it there"
TURN_A_LITTLE = "Turn a little more side-on"
HOLD_STILL = "Hold still"
MORE_OF = "{name}: a little more"
LESS_OF = "{name}: a little less"
LEVEL_CAMERA = "Level the camera: the picture leans"
STAND_STRAIGHT = "Stand side-on, straight, feet together"
LIE_FLAT = "Lie flat, both legs straight"
ON_YOUR_BACK = "Lie on your back"

STRETCH_ON_SIDE = "{title}, {side} side"
STRETCH_ALONE = "{title}"
EITHER_SIDE_FIRST = "{title}, either side first"
NEXT = "Next: {name}"

# --- a baseline that is out of date ------------------------------------------------------------------------------------

BASELINE_OTHER_SIZE = (
    "The baseline ({posture}) is out of date: you are nearer to the camera, or further away, than when it was taken. "
    "It is not used; `formcheck calibrate` takes a new one."
)
BASELINE_OTHER_VIEW = (
    "The baseline ({posture}) is out of date: you are turned to the camera otherwise than when it was taken. "
    "It is not used; `formcheck calibrate` takes a new one."
)

# --- on the screen -----------------------------------------------------------------------------------------------------

WAITING = "Waiting for a stretch"
ANY_SIDE = "Either side first"
STEP = "{number} of {count}"
OF_GOAL = "of {goal_s:.0f} s"
TO_THE_END = "to the end"
RUNNING = "running"
STOPPED = "paused"
NOT_BEGUN = "waiting"
GET_READY = "Get ready"
SECONDS = "s"
REST_LEFT = "s rest"
BREATHE_IN = "breathe in"
BREATHE_OUT = "breathe out"
SOUND_OFF = "sound off"
SOUND_ON = "sound on"
RECORDING = "REC recording"
FIGURES = "{shown_hz:.0f} pictures/s after {shown_ms:.0f} ms, {judged_hz:.0f} verdicts/s after {judged_ms:.0f} ms"

NOT_MEASURED = "Not measured: I only see that you are there"
PRESSURE = "{pressure} pressure"
PHASE_LEFT = "{left_s} s more"
AT_HAND = "At hand: {needs}"
ROW_NOT_MEASURED = "not measured"

HELD = "{held_s} of {goal_s} s"
HELD_SECONDS = "{held_s} s"
LONGEST_OF = "longest of {count}: {held_s} s"
SKIPPED = "skipped"
LEFT_OUT_FOR = "left out: {reason}"
STOPPED_FOR = "stopped: {reason}"
ENDED_EARLY = "ended early"
NOT_STARTED = "not started"
ALSO_NOT_STARTED = "{count} not started"
NEXT_TIME = "Next time: {cue} ({duration})"
PAIN_LATER = "If it still hurts tomorrow, do less next time; if it is strong or does not settle, have it looked at."
PAIN = "pain"
PAIN_OF = "{answer} pain"


def pain_in_words(answer: str | None) -> str:
    """Return how strong a pain was; nothing but that it was where `answer` is empty."""
    return PAIN_OF.format(answer=answer) if answer else PAIN


ALL_HELD = "All held to the goal"
GOAL_HELD = "Held to the goal"
HELD_FOR = "Held for {held_s} s"
ALL_DONE = "All done"
DONE_OF = "{done} of {asked} done"
NORM = "To compare, no grade: {who} held {mean_s:.0f} s on average, spread {sd_s:.0f} s ({people} people; {source})"
HELD_OF_ASKED = "{held_s} s of {goal_s} s held"
DONE_OF_ASKED = "{done} of {asked} held to the goal"
NOTHING_DONE = "Nothing was done"
GUIDED_OF_ASKED = "{guided_s} s of {goal_s} s guided, not measured"
GUIDED_IN_ALL = "{title}: {time} guided in {sessions} sessions, not measured"
GUIDED_ONCE = "{title}: {time} guided in one session, not measured"
NO_FAULT = "Not one fault in {held_s} s"
GOAL_IN_ONE = "Held to the goal without a break: {name}"
LONGEST_HOLD = "Longest without a break: {held_s} s, {name}"

KEY_PAUSE = "pause"
KEY_GO_ON = "go on"
KEY_NO_PAIN = "no pain, go on"
KEY_CLOSE = "close"
KEY_OTHER_SIDE = "other side"
KEY_FULL_SCREEN = "full screen"

# --- at the terminal: any command --------------------------------------------------------------------------------------

STOPPED_EARLY = "Stopped before it was done."

# --- at the terminal: keys ---------------------------------------------------------------------------------------------

TERMINAL_KEYS = "Keys, without Enter: {keys} (then {answers}), {quit}."
NO_TERMINAL_KEYS = "There is no window and there are no keys: Ctrl-C ends the session."
TERMINAL_KEY = "{key} {name}"
TERMINAL_ANSWER = "{key} {name}: {consequence}"
TERMINAL_NO_PAIN = "space no pain: go on"
QUESTION_WITH_ANSWERS = "{question} ({answers})"

# --- at the terminal: a session ----------------------------------------------------------------------------------------

PUT_ASIDE = "{film}: is what an earlier session filmed before it was cut off; it plays."
NOTHING_HELD = "Nothing was held"
PAIN_BEFORE = "pain {before}"
PAIN_BEFORE_AT = "pain {before} ({where})"
PAIN_BOTH = "pain {before} before, {after} after"
PAIN_BOTH_AT = "pain {before} before, {after} after ({where})"
DECIDED = "{says}  (rule {rule})"


def decided_in_words(says: str, rule: str | None) -> str:
    """Return what a programme decided, with the name of its rule, if there is one."""
    return says if rule is None else DECIDED.format(says=says, rule=rule)


HISTORY_EMPTY = "Nothing has been kept yet. A session of `formcheck live` is kept as it happens."
HISTORY_EMPTY_OF = "Nothing has been kept yet of the profile {profile}. A session of `formcheck live` is kept as it happens."
HISTORY_NONE_FITS = "No session was kept that fits. `formcheck history --last 0` shows all of them."
SESSION_CUT = "still running, or cut short"
SESSION_KEPT = "id {id}, ended {ended}, kept by formcheck {version}"
SESSION_KEPT_CUT = "id {id}, still running, or cut short, kept by formcheck {version}"
SESSION_LEVEL = "level {level}"
REACHED_FROM_TO = "reached {low} to {high} degrees"
REACHED_ALIKE = "reached {low} degrees"
NEVER_STARTED = "Not started: {stretches}."
STRETCH_BOTH_SIDES = "{title}, both sides"
ON_SIDE = "{side} side"
HELD_OF_GOAL = "{held_s} s of {goal_s} s"


def held_in_words(seconds: GoalSeconds) -> str:
    """Return the seconds that were held, and of how many where there is a goal."""
    if seconds.goal is None:
        return HELD_SECONDS.format(held_s=seconds.held)
    return HELD_OF_GOAL.format(held_s=seconds.held, goal_s=seconds.goal)


REACHED = "done"
SECONDS_TO_GO = "{left_s} s to go"
FAULT_LASTED = "{cue} ({duration})"

# --- at the terminal: a clip -------------------------------------------------------------------------------------------

NO_STRETCH = "No stretch recognised"
NO_STRETCH_WHY = (
    "None of the stretches that formcheck knows was seen. `formcheck poses` lists them; --pose NAME expects one, and is how "
    "holds for strength are judged."
)
TURNED = "Turned from the camera for {duration}: those angles are less exact. Turn more side-on."
TURNED_PICTURES = (
    "In pictures turned clockwise by {degrees} degrees there is: {title}. If the camera was turned, score it with {option}."
)
WITHOUT_ROTATE = "no --rotate"
OTHER_SPEED = (
    "The file says that a second of it took {speed:.3f} s to film (slow motion or time-lapse): times are as they passed. "
    "--speed 1 takes them as it plays."
)
NO_SIDES = "{name}: both legs do the same in it, so there is no side to choose. Leave the side out."
NO_TIMES = "The file has no times: {rate} pictures a second were assumed. --speed tells otherwise."
CLOCK_REBUILT = (
    "The clock of the file jumps or goes back at {times}: time was counted on from there, as if none had passed in between."
)
LOOKS_LIKE = "The side was given; it looks as if the {side} one were stretched."
ALSO_SEEN = "Also in this clip: {title}. --pose {name} scores it."
NO_CAMERA_SEES = "No camera can see this: "
NO_ADVICE = "Not medical advice. A mild pull is fine, pain is not."
PHOTOS: Mapping[Verdict, str] = {
    Verdict.CORRECT: "{side} side stretched, form correct",
    Verdict.BORDERLINE: "{side} side stretched, borderline: the {name} is too near its limit to tell by a photo",
    Verdict.ADJUST: "{side} side stretched, form needs a change",
}
PHOTOS_BOTH: Mapping[Verdict, str] = {
    Verdict.CORRECT: "Form correct",
    Verdict.BORDERLINE: "Borderline: the {name} is too near its limit to tell by a photo",
    Verdict.ADJUST: "Form needs a change",
}
NEVER_CORRECT = "The form was never correct for half a second, so the clock did not start."
NOT_IN_STRETCH = "The person is not in this stretch. {instruction}"
NEVER_IN_STRETCH = "The person never got into this stretch. {instruction}"
NEAREST = "The nearest was: {title}. What is missing: "
MISSING = "What is missing: "
SHAPE_BEGINS = "{advice} ({name} {value} degrees, this stretch begins at {limit})"
SHAPE_ENDS = "{advice} ({name} {value} degrees, this stretch ends at {limit})"
POINTS_LOST = "Where points were lost"
ONE_POINT = "1 point"
POINTS = "{points:.0f} points"
BELOW_RANGE = "{name} {degrees:.0f}° below its range"
ABOVE_RANGE = "{name} {degrees:.0f}° above its range"
DURATION_OF = "{held} of {goal}"
DURATION_TO_GO = "{left} to go"
FORM = "form {score}"
FROM_TO = "{start} to {end}"
TO_CHANGE = "To change"
TIMES = "at {times}, {duration} in all"
FIRST_TIMES = "at {times}, ..., {duration} in all"
DAMAGED = "Only what is left was scored: "
WHAT_IS_LEFT = "{clip}: {damaged}. What is left of it was looked at; --strict refuses it."
UNSEEN = "Could not see: "
UNSEEN_FOR = "Could not see for {duration}: "

# --- the report of a clip ----------------------------------------------------------------------------------------------

REPORT_SCORED = "{title}: {verdict}"
REPORT_VERDICTS: Mapping[Verdict, str] = {
    Verdict.CORRECT: "For most of the time in the stretch the form was correct.",
    Verdict.BORDERLINE: "For much of the time the form was too near a limit to tell whether it was correct.",
    Verdict.ADJUST: "For most of the time in the stretch something in the form was to be changed.",
    Verdict.UNSEEN: "For most of the time nothing could be judged.",
    Verdict.NONE: "For most of the time the person was not in the stretch.",
}
REPORT_POINTS_IN_ALL = "{points} of 100 points were lost; the score is {score}."
REPORT_NO_POINTS = "No point was lost."
REPORT_WENT_WELL = "What went well"
REPORT_GOAL_REACHED = "The goal of {goal} was reached on the {side} side."
REPORT_GOAL_REACHED_BOTH = "The goal of {goal} was reached."
REPORT_LONGEST = "The longest hold on the {side} side lasted {duration}."
REPORT_LONGEST_BOTH = "The longest hold lasted {duration}."
REPORT_INSIDE = "{side} side, inside the range nearly all the time: {names}."
REPORT_INSIDE_BOTH = "Inside the range nearly all the time: {names}."
REPORT_INSIDE_OF = "{name} ({percent} %)"
REPORT_NO_FAULT = "No fault lasted long enough to count."
REPORT_LITTLE_WELL = "Nothing could be told that went well; the parts below say what to change."
REPORT_SIDES = "Left against right"
REPORT_REACHES_LESS = (
    "The {side} side reaches less far: {name} {degrees}° less than on the other side (left {left}°, right {right}°). That is "
    "more than the {error}° by which both readings together may be off, so in this clip the difference is real. Whether it "
    "stays, another day tells."
)
REPORT_REACHES_LESS_BENT = (
    "The {side} side reaches less far: {name} bent by {degrees}° more than on the other side (left {left}°, right {right}°). "
    "That is more than the {error}° by which both readings together may be off, so in this clip the difference is real. "
    "Whether it stays, another day tells."
)
REPORT_REACHES_ALIKE = (
    "{name}: left {left}°, right {right}°. The {degrees}° between them is no more than the {error}° by which both readings "
    "together may be off, so neither side can be told to reach less far."
)
REPORT_MORE_ON = (
    "{name}: {degrees}° more ({positive}) in the stretch of the {side} side. That is more than the {error}° by which both "
    "readings together may be off."
)
REPORT_SIDES_ALIKE = "In what was measured no difference between left and right is larger than what both readings may be off."
REPORT_ONE_SIDE = "Only the {side} side was stretched, so left and right cannot be compared."
REPORT_NO_SIDES = "Both legs do the same in this stretch, so left and right are not compared."
REPORT_NOT_BOTH_HELD = "Left and right cannot be compared: not both were held in correct form."
REPORT_UNSEEN = "What could not be seen"
REPORT_ALL_SEEN = "All of the time somebody was there could be judged."
REPORT_UNSEEN_FOR = "For {duration} of {whole}: {advice}"
REPORT_NEXT = "What to practise next"
REPORT_EXACT = "How exact this is"
REPORT_ERRORS = (
    "One camera from the side sees angles in one plane. The angles of the table may be off by {least}° to {most}°, each by its "
    "own error: in 90 of 100 cases the true one lies within that. The stretched leg is read best when it is the one nearer to "
    "the camera."
)
REPORT_NO_ERRORS = "One camera from the side sees angles in one plane. No angle of the stretch could be read here."
REPORT_BETWEEN_DAYS = (
    "A change between two days is real only beyond what both readings together may be off, some 1.4 times that; do not read a "
    "trend into less."
)
REPORT_NOT_SEEN = "Tilt of the pelvis, the curve of the lower back and a knee that falls inwards cannot be seen from the side."
REPORT_CLIP = "The clip beside its time line"
REPORT_CLIP_HELP = (
    "Move over a chart, or use the slider, to move through the clip. A button of the list goes to that time. The shaded "
    "band of a chart is the target range, the pale band round the line is how far off it may be, the bar at the bottom what "
    "was held; slanted lines are a fault, crossed ones what could not be judged."
)
REPORT_PLAY = "Play"
REPORT_PAUSE = "Pause"
REPORT_SKELETON = "Skeleton"
REPORT_SLIDER = "Time in the clip"
REPORT_STAGE = "The person as lines between the joints, drawn from data"
REPORT_STAGE_FILM = "The clip, with lines between the joints drawn over it"
REPORT_GO_THERE = "Go there"
REPORT_EVENTS = "Holds, faults, and times not seen"
REPORT_EVENT_HOLD = "Hold on the {side} side"
REPORT_EVENT_HOLD_BOTH = "Hold"
REPORT_EVENT_UNSEEN = "Not seen: {note}"
REPORT_TIMELINE = "Time line of holds, faults and times not seen; the list below has all of them"
REPORT_ROW_HOLDS = "held, {side}"
REPORT_ROW_HELD = "held"
REPORT_ROW_UNSEEN = "not seen"
REPORT_CHART = "{name} over time, in degrees; target {low} to {high}"
REPORT_CHART_TARGET = "target {low} to {high}"
REPORT_FILM_TOO_LARGE = "The film is left out: it would make this page larger than {megabytes} MB. --link-video links it."
REPORT_FILM_LINKED = "The film is linked: it is played from {name}, beside this page."
REPORT_FILM_WITHOUT = "The film is left out: the person is shown as lines between the joints alone."
REPORT_FILM_FAILED = "The film cannot be played here. The lines between the joints are drawn all the same."
REPORT_PICTURES = "Key pictures"
REPORT_PICTURES_NONE = "There is no second in the stretch to be shown."
REPORT_PICTURE_OF_CHANGE = "The change of sides"
REPORT_PICTURES_OF: Mapping[str, str] = {
    "best": "The best second, {side} side",
    "worst": "The second to work on, {side} side",
    "photo": "The photo, {side} side",
}
REPORT_PICTURES_OF_BOTH: Mapping[str, str] = {
    "best": "The best second",
    "worst": "The second to work on",
    "photo": "The photo",
}
REPORT_PROFESSIONAL = "For the professional"
REPORT_TABLE = "Table of the angles"
REPORT_APART_TABLE = "Table of left minus right"
REPORT_TABLE_HELP = (
    "All angles in degrees. Medians are over the time in correct form, and over all time in the stretch; time inside is the "
    "share of that in which the angle was inside its target. The error is half the width of the interval that has the true "
    "value in 90 of 100 cases."
)
REPORT_TABLE_HEADS = ("measure", "side", "target", "median in holds", "median in the stretch", "time inside", "error")
REPORT_APART_HEADS = ("measure", "left minus right", "error of both", "told apart")
REPORT_POINTS_HEADS = ("points", "measure", "degrees", "for", "advice")
REPORT_YES = "yes"
REPORT_NO = "no"
REPORT_BELOW = "{degrees}° below its range"
REPORT_ABOVE = "{degrees}° above its range"
REPORT_NOTES = "For your notes"
REPORT_COPY = "Copy"
REPORT_COPIED = "Copied"
REPORT_NOTE_HEAD = "{title}, filmed from the side with one camera; {clip}, {duration}."
REPORT_NOTE_SCORE = "Form score {score} of 100."
REPORT_NOTE_NO_SCORE = "There is no form score."
REPORT_NOTE_HELD = "Held, {side} side: {held}."
REPORT_NOTE_HELD_BOTH = "Held: {held}."
REPORT_NOTE_NO_PAIN = "Pain: not asked."
REPORT_NOTE_NO_PAIN_TOLD = "Pain: none was told in the session."
REPORT_NOTE_PAIN = "Told by the person: {told}."
REPORT_NOTE_ANGLES = (
    "Angles: median in correct form, error in 90 of 100 cases, share of the time in the stretch inside the target."
)
REPORT_NOTE_MEASURE = (
    "{name} (positive: {positive}), {side} side: {median}°, error {error}°; {percent} % inside {low} to {high}."
)
REPORT_NOTE_MEASURE_BOTH = "{name} (positive: {positive}): {median}°, error {error}°; {percent} % inside {low} to {high}."
REPORT_NOTE_NO_MEDIAN = (
    "{name} (positive: {positive}), {side} side: never in correct form; median in the stretch {median}°, error {error}°; "
    "{percent} % inside {low} to {high}."
)
REPORT_NOTE_NO_MEDIAN_BOTH = (
    "{name} (positive: {positive}): never in correct form; median in the stretch {median}°, error {error}°; {percent} % inside "
    "{low} to {high}."
)
REPORT_NOTE_UNSEEN = "Not judged for {duration} of {whole}: {note}."
REPORT_NOTE_END = "Measured, not examined; nothing is diagnosed. formcheck {version}, {engine} {engine_version}."
REPORT_WHY = "Why this number"
REPORT_WHY_MEANING = "What it tells: {meaning}."
REPORT_WHY_ZERO = "Zero: {zero}."
REPORT_WHY_POSITIVE = "Positive: {positive}."
REPORT_WHY_JOINTS = "Computed from the places in the picture of: {joints}."
REPORT_WHY_RANGE = "The target is that of the pose file {name}: full credit inside it, less beyond it."
REPORT_WHY_SOURCE = (
    "Source: signs are the usual ones of the sagittal plane, flexion positive and the upright body zero; the error was "
    "measured on rendered people whose angles are known."
)
REPORT_SESSION = "Report of a session"
REPORT_LIVE = "a session before the camera on {date}"
REPORT_LIVE_OF = "a session before the camera on {date}, profile {profile}"
REPORT_PAIN_IN = "{pain}: {stretch}"
REPORT_NOTHING = "Nothing was measured in this session."
REPORT_WRITTEN = "The page is in {path}."
REPORT_NO_EVENTS = "There was no hold and no fault, and all could be seen."
REPORT_MADE_BY = "Made by formcheck {version}. This file has all that it shows in it, and asks the network for nothing."
REPORT_PART = "{number} of {count}: {title}"
REPORT_NO_SCRIPT = "Without JavaScript this page can be read and printed; the clip does not move."

# --- two clips against each other ----------------------------------------------------------------------------------------

COMPARE_CLIPS = ("A", "B")
COMPARE_TITLE = "{title}: A against B"
COMPARE_NO_SCORE = "without a score"
COMPARE_SAME = "None of the {count} angles differs by more than both readings together may be off."
COMPARE_MORE = "More in A: {names}."
COMPARE_LESS = "Less in A: {names}."
COMPARE_OTHERS_SAME = "The same within error: {same} of {count} angles."
COMPARE_BY = "{name} ({degrees}°)"
COMPARE_ON_SIDE = "{name}, {side}"
COMPARE_NO_ANGLES = "No angle could be read in both clips."
COMPARE_DIFFERENCES: Mapping[str, str] = {"same": "same within error", "more": "more", "less": "less"}
COMPARE_SIDES = "{side_a} against {side_b}"
COMPARE_OTHER_SIDES = (
    "A shows the {side_a} side alone and B the {side_b} side, so these are compared. If one of them was filmed as in a mirror, "
    "write its landmarks by `formcheck score --mirror --landmarks FILE.csv`, and compare that file."
)
COMPARE_SIDE_ALONE = "The {side} side is in {clip} alone, and compared with nothing."
COMPARE_UNREAD = "Not read in {clip}, and so not compared: {names}."
COMPARE_IN_SHAPE = "One of the clips was never in correct form there, so medians are over all time in the stretch: {names}."
COMPARE_TABLE = "Table of the angles of both clips"
COMPARE_TABLE_HEADS = ("measure", "target", "A", "B", "A minus B", "error", "A against B")
COMPARE_TABLE_HELP = (
    "Medians over the time in correct form, in degrees. A is told as more or less where the difference is larger than the "
    "error, which is what both readings together may be off; else both are the same within error. More is not better: the "
    "target says what is wanted."
)
COMPARE_HELD = "What was held"
COMPARE_HELD_HEADS = ("side", "held in A", "held in B", "form in A", "form in B")
COMPARE_FAULTS = "What was to be changed"
COMPARE_FAULTS_HEADS = ("advice", "in A", "in B")
COMPARE_NO_FAULTS = "No fault was seen in either."
COMPARE_NOT_HERE = "none seen"
COMPARE_EXACT = (
    "The error of a difference is {least}° to {most}° here: in 90 of 100 cases the true one lies within that. So of ten angles "
    "that are the same, one may be told apart by chance."
)
COMPARE_DAYS = (
    "Two clips are two moments and no trend: people reach more or less far from day to day, and after a warm-up. Film both "
    "from the same place."
)
COMPARE_PLAYER = "Both clips, side by side"
COMPARE_PLAYER_HELP = (
    "Both clips move together: use the slider, move over the time line, or take a button of the list. The dashed lines are "
    "the skeleton of the other clip, laid over this one at the hips, as large as this one by the length of the trunk, and "
    "facing the same way. They are for the eye; each angle of the table is measured in its own clip."
)
COMPARE_ALIGNED = "0 s is the onset on the"
COMPARE_ONSETS: Mapping[str, str] = {
    "hold": "0 s in {clip} is where its first hold on the {side} side begins.",
    "nearest": "{clip} has no hold on the {side} side: 0 s in it is the moment that was nearest to correct form.",
    "beginning": "{clip} has no hold on the {side} side: 0 s in it is its beginning.",
    "photo": "{clip} is a photo, so it stands still.",
}
COMPARE_ONSETS_BOTH: Mapping[str, str] = {
    "hold": "0 s in {clip} is where its first hold begins.",
    "nearest": "{clip} has no hold: 0 s in it is the moment that was nearest to correct form.",
    "beginning": "{clip} has no hold: 0 s in it is its beginning.",
    "photo": "{clip} is a photo, and stands still.",
}
COMPARE_STAGE = "{clip}: the person as lines between the joints, and those of the other clip dashed"
COMPARE_STAGE_FILM = "{clip}: the clip with lines between the joints, and those of the other clip dashed"
COMPARE_GHOST = "The other's, dashed"
COMPARE_TIMELINE = "Time line of both clips; the list below has all of it"
COMPARE_ROW_HELD = "{clip}: held"
COMPARE_ROW_FAULTS = "{clip}: faults"
COMPARE_ROW_UNSEEN = "{clip}: not seen"
COMPARE_EVENTS = "Holds, faults and times not seen of {clip}"
COMPARE_SCORING = "scoring {clip}"
COMPARE_STOPPED = "Stopped before both clips were scored; nothing is compared, and nothing is written."
# --- the page of the history ---------------------------------------------------------------------------------------------

PROGRESS = "Progress"
PROGRESS_OF = "Progress:"
PROGRESS_ONE_DAY = "On {first}."
PROGRESS_DAYS = "From {first} to {last}."
PROGRESS_SESSIONS = "Sessions: {sessions}."
PROGRESS_SINCE = "What was kept before {day} is left out."
PROGRESS_SEVERAL = (
    "These are sessions of {people} people. What was held is shown of all together; how far somebody gets, faults, pain and "
    "checks are shown for one person at a time: --profile NAME."
)
PROGRESS_NOBODY = "without a profile"
PROGRESS_UNREADABLE_ONE = "One session or check could not be read and is left out."
PROGRESS_UNREADABLE = "{count} sessions or checks could not be read and are left out."
PROGRESS_PARTLY_ONE = "Of one session a part could not be read; that part alone is left out."
PROGRESS_PARTLY = "Of {count} sessions a part could not be read; that part alone is left out."
PROGRESS_TOLD = "What can be told"
PROGRESS_NOT_TOLD = "What has not changed, or cannot be told yet"
PROGRESS_NO_CHANGE_AT_ALL = "No change yet that can be told."
PROGRESS_TOO_EARLY = "It is too early to tell a change: it takes {needed} sessions that show how far you get."
PROGRESS_MORE = "{name}: {now}° now, {then}° at first: {degrees}° more. A change of more than {detectable}° can be told."
PROGRESS_LESS = "{name}: {now}° now, {then}° at first: {degrees}° less. A change of more than {detectable}° can be told."
PROGRESS_NO_CHANGE = "{name}: no change yet. {now}° now, {then}° at first; it can be told once it is more than {detectable}°."
PROGRESS_TOO_FEW = (
    "{name}: {now}° now. Whether that changes cannot be told yet: it takes {needed} sessions that show how far you get, and "
    "there are {sessions}."
)
PROGRESS_ONE_CHECK = "{name}: {now}° in one check. Whether that changes shows when the check is done again."
PROGRESS_MEASURED = "{name}, {measure}"
PROGRESS_NO_RANGE = "How far you get was not measured in these sessions: that takes a stretch with a goal in degrees, held."
PROGRESS_SIDES = "{title}: {degrees}° more on the {side} side. More than {detectable}° between left and right can be told."
PROGRESS_SIDES_ALIKE = (
    "{title}: left and right cannot be told apart. They differ by {degrees}°; it would have to be more than {detectable}°."
)
PROGRESS_SIDES_FEW = "{title}: left and right can be compared once each has {needed} sessions that show how far you get."
PROGRESS_READING = "{reading} ({check})"
PROGRESS_CHECK_SIDES = "{title}: {degrees}° more on the {side} side, and so it was the time before."
PROGRESS_FAULT_RARER = "{title}: “{cue}” was due less often: {now} % of the time now, {then} % at first."
PROGRESS_FAULT_MORE = "{title}: “{cue}” was due more often: {now} % of the time now, {then} % at first."
PROGRESS_FAULTS_ALIKE = "No fault has become rarer or more frequent so that it could be told."
PROGRESS_FAULTS_FEW = "Whether faults become rarer can be told after {needed} sessions of a stretch."
PROGRESS_HELD = "Time held"
PROGRESS_HELD_PER: Mapping[str, str] = {
    "day": "Each bar is a day. Days without one are simply empty.",
    "week": "Each bar is a week, as there are too many days for a bar each. Weeks without one are simply empty.",
    "month": "Each bar is a month, as there are too many days for a bar each. Months without one are simply empty.",
    "year": "Each bar is a year, as there are too many days for a bar each. Years without one are simply empty.",
}
PROGRESS_HELD_UNITS: Mapping[str, str] = {
    "day s": "seconds a day",
    "day min": "minutes a day",
    "day h": "hours a day",
    "week s": "seconds a week",
    "week min": "minutes a week",
    "week h": "hours a week",
    "month s": "seconds a month",
    "month min": "minutes a month",
    "month h": "hours a month",
    "year s": "seconds a year",
    "year min": "minutes a year",
    "year h": "hours a year",
}
PROGRESS_HELD_CHART = "{title}, {unit}: {bars} bars, the highest {most}; the table below has all of them"
PROGRESS_HELD_NUMBERS = "Time held, bar by bar"
PROGRESS_HELD_HEADS = ("when", "all")
PROGRESS_TOTALS = "Held in all"
PROGRESS_TOTALS_HEADS = ("stretch", "side", "held", "sessions")
PROGRESS_PEOPLE = "Held by each person"
PROGRESS_PEOPLE_HEADS = ("person", "held", "sessions")
PROGRESS_RANGE = "How far each side gets"
PROGRESS_RANGE_HELP = (
    "A point is the middle of what was held without a fault in a session, in degrees. Sessions that hurt, or with less than "
    "{least} s of it, are left out. Now is the middle of the last {few} sessions, at first that of the first {few}: these are "
    "the thick lines at the ends. Inside the shaded band no change can be told, as a camera reads the same position a little "
    "otherwise every day."
)
PROGRESS_POINTS: Mapping[str, str] = {
    "week": "As there are many, a point is the middle of a week.",
    "month": "As there are many, a point is the middle of a month.",
    "year": "As there are many, a point is the middle of a year.",
}
PROGRESS_ANGLE_CHART = "{name}, in degrees: {readings} readings, {now} now; the tables below have the numbers"
PROGRESS_ANGLE_CHART_BAND = (
    "{name}, in degrees: {readings} readings, {then} at first, {now} now, a change only outside {low} to {high}; the tables "
    "below have the numbers"
)
PROGRESS_AT_FIRST = "at first"
PROGRESS_ANGLE_HEADS = ("side", "readings", PROGRESS_AT_FIRST, "now", "change", "needed", "told")
DEGREES = "degrees"
PROGRESS_DEGREES = "{measure}, degrees"
PROGRESS_TOO_EARLY_CELL = "too early to tell"
PROGRESS_ANGLE_NUMBERS = "{title}, point by point"
PROGRESS_ANGLE_NUMBERS_HEADS = ("when", "left", "right")
PROGRESS_CHECKS = "Flexibility checks"
PROGRESS_CHECKS_HELP = (
    "The last check that had a verdict is compared with the first. Inside the shaded band no change can be told: by so much "
    "both readings together may be off."
)
PROGRESS_FAULTS = "Faults, rarer or not"
PROGRESS_FAULTS_HELP = (
    "The share of the time in the stretch, as the mean of the first {few} sessions and of the last {few}. That time is what "
    "was held and what stopped the clock. A fault is called rarer, or more frequent, where each of the last {few} sessions "
    "had less of it, or more, than any of the first {few}."
)
PROGRESS_FAULTS_HEADS = ("advice", PROGRESS_AT_FIRST, "now", "what can be told")
PROGRESS_RARER = "rarer"
PROGRESS_MORE_FREQUENT = "more frequent"
PROGRESS_NO_CHANGE_YET = "no change yet"
PROGRESS_PAIN = "Pain, as it was told"
PROGRESS_PAIN_HELP = "What was told before a session (○), after it (●), and in it (×, whatever its strength)."
PROGRESS_PAIN_SCALE = "from 0 (none) to 10"
PROGRESS_PAIN_CHART = "Pain before and after sessions, 0 to 10, and where it was told in one; the table below has the numbers"
PROGRESS_PAIN_NUMBERS = "Pain in numbers"
PROGRESS_PAIN_HEADS = ("when", "before", "after", "told in a session")
PROGRESS_PAIN_COUNT = "{pain}: {count}"
PROGRESS_OTHER = "Guided, and at the desk"
PROGRESS_SITTING = "At the desk on {days} days: {sat} sat, breaks: {breaks}, shifts of posture: {shifts}."
PROGRESS_SITTING_ONE = "At the desk on one day: {sat} sat, breaks: {breaks}, shifts of posture: {shifts}."
PROGRESS_LAST = "The last sessions"
PROGRESS_LAST_HEADS = ("when", "what", "held", "pain", "id")
PROGRESS_LAST_HEADS_OF_SEVERAL = ("when", "what", "held", "pain", "id", "person")
PROGRESS_TABLE = "{section}: {title}"
PROGRESS_AS_TABLE = "{section}, as a table"
PROGRESS_WEEK = "week of {day}"
SESSION_HEADS = ("at", "stretch", "side", "held", "longest", "form", "what else")
SESSION_SITTING_HEADS = ("at the desk", "in all")
SESSION_DONE = "What was done"
SESSION_DECIDED = "What the programme decided"
SESSION_PAIN = "What was told of pain: {told}."
SESSION_WHOSE = "Whose it is:"

# --- at the terminal: many clips ---------------------------------------------------------------------------------------

CELL_FAILED = "failed"
CELL_NO_STRETCH = "none"
CELL_PHOTO = "photo"
SIDE_DURATION = "{side} {held}"
BOTH_LEGS = "both legs"
NOTE_AND_OTHERS = "{note} (+{count})"
NOTE_NO_STRETCH = "no stretch recognised"
NOTE_NEVER_IN_STRETCH = "never got into this stretch"

NOTE_OF = "{clips}: {note}"
NOTE_OF_MANY = "{clips} and {more} more: {note}"

CLIPS_TOGETHER = "{clips}, {film} of film: {results}."
ONE_CLIP = "1 clip"
CLIPS = "{count} clips"
SCORED = "{count} scored"
WITHOUT_STRETCH = "{count} with no stretch recognised"
FAILED = "{count} failed"
DAMAGED_COUNT = "{count} of them damaged"
TAKEN_FROM = "{count} taken from {path}"
ONE_COPY = "{count} a copy of another clip"
COPIES = "{count} copies of other clips"
EARLIER_RESULTS = "Earlier results in {path}: {results}."
REPLACED = "{count} replaced"
OF_OTHER_CLIPS = "{count} left out, of clips that are not among these"
OTHER_SETTINGS = "{count} with other settings, scored again"
TOOK = "It took {duration}."
TOOK_WITH_SPEED = "It took {duration}, {factor:.1f} times real time."

# --- a flexibility check -----------------------------------------------------------------------------------------------

CHECK_NOT_DONE = "The {side} leg was not seen doing this. Have it on the camera's side, and begin each time like this: {start}."
CHECK_FAR_LEG = "The leg away from the camera moved. Turn round, so that the leg to be checked is nearer to the camera."
CHECK_PHOTO = "A photo shows neither the way down nor that the leg rests: the angle alone is told. A film can tell more."
CHECK_UNSTEADY = "Not steady: do it again, and let the leg come to rest for {seconds} seconds."
CHECK_TOO_FEW = "It was read {seen} of {count} times; the middle one of {count} is told."
CHECK_TURNED = "Turned from the camera: turn more side-on, and do it again."
CHECK_APART = "Not steady: the readings are {degrees}° apart. Do it again."
CHECK_TOO_LONG = "The leg was down for more than {seconds} seconds, which is a stretch in itself: check again another day."
CHECK_UNANSWERED = "Not answered yet: {question} Answer with --answers {name}=yes or {name}=no."
CHECK_CHANGED = "{name}, {side} side: {now}, and on {day} it was {before}; that is more than both readings may be off."
CHECK_NO_CHANGE = "{name}, {side} side: no change yet that can be told, since {day}. It would have to be {degrees}°."
CHECK_SIDES_DIFFER = "{name}: left and right differ by {degrees}°, and did so the last time."
CHECK_NOT_KEPT = "This check is not being kept. {error}"
CHECK_WITHOUT = "no verdict"
CHECK_BARRED = "Is one of these a reason for you to leave it out, or to ask first?"
CHECK_NOT_ASKED = "Nobody can answer here whether you should leave it out: please go by these lines yourself."
CHECK_LEFT_OUT = "The check is left out: please ask your clinician first. Once they agree, --screen asks this again."
CHECK_LEFT_OUT_FOR = "The check is left out. {reason} Once they agree, --screen asks the safety questions again."
CHECK_ANSWER_NOT_KEPT = "Your answer holds for this check only. {error}"
CHECK_NOBODY = "Nobody was seen doing this. {setup}"
CHECK_SIDE = "{side}, seen {count} times"
CHECK_SIDE_ONCE = "{side}, seen once"
CHECK_ERROR = "{name}: give or take {error}°; the last {count} times were {spread}° apart."
CHECK_ERROR_OF_ONE = "{name}: give or take {error}°."
CHECK_UNSEEN = "What no camera sees:"
CHECK_NO_VERDICT = "No verdict:"
CHECK_LEVEL = "The camera's roll of {degrees:.1f}° is taken out."
CHECK_UNLEVELLED = "The camera was taken to be level; --level DEG tells its roll and makes the error smaller."
CHECK_SIDES_APART = (
    "A difference of less than {degrees}° between left and right cannot be told; one film never tells it for sure."
)
CHECK_NO_DIAGNOSIS = "This is a flexibility check and no diagnosis. A mild pull is fine, pain is not."
CHECK_HIDDEN = "Part of the leg is hidden: clear the view, and do it again."

# --- sitting -----------------------------------------------------------------------------------------------------------

SITTING = "Sitting"
NO_NOTICES = "Notices on the desktop are not to be had here ({reason}). They are printed here instead."
SIT_BEGINS = (
    "Counting minutes sat, breaks and shifts of posture, by a look every {every_s} s. No picture is kept, and posture is not "
    "judged."
)
SIT_LIGHT = (
    "The camera is opened for each look and closed again, so that calls can have it: its light comes on for about a second "
    "each time. --every 60 looks once a minute."
)
SIT_KEYS = "Keys, without Enter: s no prompt for {snooze}, q quit."
SIT_KEYS_STRETCH = "Keys, without Enter: n the stretch now, s no prompt for {snooze}, q quit."
SIT_UNKNOWN: Mapping[str, str] = {
    "camera": "Not known here: whether another program has the camera. Before a call press s: no prompt for {snooze}.",
    "microphone": "Not known here: whether a program records sound. Before a voice call press s: no prompt for {snooze}.",
    "full_screen": "Not known here: whether a window fills the screen. Before a talk press s: no prompt for {snooze}.",
}
SIT_NO_PICTURE = "No look now, and what happens meanwhile is not counted as sitting: {reason}"
SIT_PICTURE_AGAIN = "The camera gives pictures again."
SIT_SNOOZED = "No prompt until {until}."
PROMPT_NO_BREAK = "You have sat for {minutes} minutes"
PROMPT_NO_SHIFT = "You have sat still for {minutes} minutes"
PROMPT_STRETCH = "A good moment to stand up: {title}, {seconds} s in all."
PROMPT_STAND = "A good moment to stand up for a minute, or to change how you sit."
PROMPT_BUTTON_STRETCH = "Stretch now"
PROMPT_BUTTON_SNOOZE = "Not for {snooze}"
SIT_STRETCH_BEGINS = "{title}: one go on each side. Looking goes on by itself afterwards."
SIT_LEFT_OUT = "No stretch is offered, only to stand up. {reason}"
SIT_STOPPED = "Stopped after {time} s of the clip; what was counted is that far."
SIT_STRETCH_OVER = "Looking goes on."
SIT_SEATED = "Seated"
SIT_AWAY = "Out of the seat"
SIT_UNSEEN = "Not seen"
SIT_LONGEST = "Longest without a break"
SIT_BREAKS = "Breaks"
SIT_SHIFTS = "Shifts of posture"
SIT_PROMPTS = "Prompts"
SIT_IN_SHORT = "{sat} sat, breaks: {breaks}, shifts: {shifts}, prompts: {prompts}"
SIT_NOT_GRADED = "Not judged: how straight you sit. From the front no camera can tell."

# --- files for other programs --------------------------------------------------------------------------------------------

WRONG_ENDING = "{path}: {option} writes {endings}; give a name that ends so."
TOO_MANY_ROWS = "{hours:.0f} hours are too many for one file of {rate} rows a second. Give a part of it (--from, --to)."
HISTORY_EXPORTED = "{path}: rows: {rows}, sessions: {sessions}."
HISTORY_COPIED = (
    "The history is that of a newer formcheck now. As it was before, it is kept in {path}, and `formcheck data` lists it."
)
HISTORY_NOT_COPIED = "The history {path} is of an older formcheck and stays so, as no copy of it can be kept first. {error}"
EXTRA_NEEDED = (
    "{what} needs {package}, which is not installed: pip install 'formcheck[{extra}]', or in formcheck's folder "
    "pip install '.[{extra}]'."
)

# --- the app in the browser ----------------------------------------------------------------------------------------------

APP_OPENED = "formcheck is at {address}"
APP_FOR_THIS_MACHINE = "It is for this machine alone. Ctrl-C, or Quit on the page, ends it."
APP_NO_BROWSER = "No browser could be opened: open the address yourself."
APP_ENDED = "formcheck has ended; all that was done is kept."
APP_NO_PORT = "Port {port} cannot be had ({reason}). Give another one with --port, or leave it out for a free one."
APP_WRONG_HOST = "This is not where formcheck is."
APP_WRONG_ORIGIN = "Only the page of formcheck itself may ask this."
APP_BY_ADDRESS = "Open the page by the whole address that formcheck has printed."
APP_TOO_LARGE = "That is more than the page of formcheck sends."
APP_MALFORMED = "The page has sent something that formcheck does not know. Load the page again."
APP_RUNS_ALREADY = "A session is running already."
APP_QUESTIONS_FIRST = "Some safety questions have not been answered yet. Load the page again."
APP_SESSION_FAILED = "The session has ended before its time ({reason}). What was held is kept. Begin it again."
APP_ANSWERS_MISSING = "Every safety question needs one answer. Load the page again and answer them all."
APP_BASELINE_KEPT = N_("The baseline is kept in the profile {profile}.")
APP_FILM_KEPT = N_("The film is kept on this machine: {path}")
CANNOT_BE_MADE = N_("{path}: cannot be made ({reason}). Choose another folder in FORMCHECK_DATA.")
CALIBRATION_LEFT = N_("Nothing was kept: the calibration was left before both postures were taken.")
PAGE_SENDS_NOTHING = "The page sends no pictures."
