"""What the person in front of the camera is to see and hear at one moment, as values; nothing here computes.

A `ScreenState` is for the screen, an `Utterance` for voice and sound. Both come from the same fold, so that a person with
closed eyes and one who looks get the same session.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from formcheck.coaching.summary import SessionSummary
from formcheck.core.geometry import Vec
from formcheck.core.values import Area, Moment, Side


class SessionPhase(StrEnum):
    """Where in a session the person is."""

    SETUP = "setup"  # one instruction at a time until all is well
    COUNTDOWN = "countdown"  # 3-2-1
    STRETCH = "stretch"
    GUIDED = "guided"  # a block without a verdict, as self-massage
    REST = "rest"  # between two stretches, and while changing sides
    PAUSED = "paused"  # by key
    PAIN = "pain"  # the pain key was pressed: the hold has ended, how was it?
    LOST = "lost"  # the camera gives no pictures
    DONE = "done"


class Key(StrEnum):
    """What a key requests; the screen shows which keys work now."""

    PAUSE = "pause"
    SKIP = "skip"
    OTHER_SIDE = "other_side"
    MUTE = "mute"
    PAIN = "pain"
    QUIT = "quit"
    FULL_SCREEN = "full_screen"
    MILD = "mild"  # answers to "how was it?"
    STRONG = "strong"
    SHARP = "sharp"


class Chime(StrEnum):
    """A sound by its meaning; the sound output chooses the notes."""

    READY = "ready"  # set-up is complete
    TICK = "tick"  # each count of a countdown
    START = "start"  # the clock runs
    LAPSE = "lapse"  # the clock has stopped
    HALF = "half"
    DONE = "done"  # a hold has reached its goal
    CHANGE = "change"  # change sides, or on to the next stretch, block or phase of it
    ALERT = "alert"  # pain, or no picture
    IN = "in"  # a breath in begins
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something to be heard once: a chime, a sentence, or a chime and then a sentence.

    `urgent` may interrupt what is being spoken. Anything else waits its turn, and is dropped when that comes too late.
    """

    time_s: float
    text: str | None = None
    chime: Chime | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Breath:
    """The breathing pacer: `share` (0..1) of the breath in or out that is done."""

    inhaling: bool
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """What is to be done now in a guided block: `name` and `do` of its phase.

    `pressure` is how hard, in a word, `left_s` the seconds left of the phase, `rule` what to mind, to be read instead of `do`.
    Before it begins, `do` is how to get into position and `needs` what to have at hand.
    """

    name: str
    do: str
    pressure: str | None = None
    left_s: float | None = None
    rule: str | None = None
    needs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenState:
    """All there is to show of one moment.

    `moment` is the latest verdict (`None` before the first), of the stretch `pose`; `side` the leg to be stretched now
    (`None`: still open), and `either` that the other one may come first. `instruction` is the one sentence to read now, in any
    phase. `count` is a large whole number: the countdown, or the seconds of rest left. `facing` is which way the person should
    face in the picture as the camera sees it (+1 right, -1 left; lying: +1 has the head on the left). `focus` is the part of
    the picture in which the person is; `None`: all of it matters. `held_s` is for the screen: its whole seconds never run
    back. `points` are marked in the picture, and joined, in frame heights as the camera sees it. `step` is (this, of all),
    from 1. `block` is there in a guided block, of which nothing is judged: `held_s` is then the time that was guided.
    `summary` is of the whole session, once it is over.
    """

    phase: SessionPhase
    time_s: float
    pose: str | None = None
    title: str = "formcheck"
    side: Side | None = None
    either: bool = False
    facing: int = 1
    focus: Area | None = None
    points: tuple[Vec, ...] = ()
    instruction: str | None = None
    count: int | None = None
    held_s: float = 0.0
    goal_s: float | None = None
    to_the_end: bool = False  # there is no goal
    counting: bool = False  # whether the clock runs
    breath: Breath | None = None
    block: BlockView | None = None
    coaching: str | None = None  # a line for what the camera cannot see
    step: tuple[int, int] | None = None
    upcoming: str | None = None  # in a rest: what comes after it
    moment: Moment | None = None
    keys: tuple[Key, ...] = ()
    muted: bool = False
    recording: bool = False
    stats: str | None = None
    summary: SessionSummary = field(default_factory=SessionSummary)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What one step of a session brings: what to show, what to speak. `moment` is `None` where nothing was judged."""

    screen: ScreenState
    utterances: tuple[Utterance, ...] = ()
    moment: Moment | None = None
