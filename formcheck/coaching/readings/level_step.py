"""The level step before a check: two points on an edge that is level tell by how much the camera is rolled.

It is done at the computer, before lying down. Somebody who leaves it out is read as if the camera were level, with a larger
error.
"""

from math import atan2, degrees

from formcheck.coaching.events import Chime, Key, ScreenState, SessionPhase, Utterance
from formcheck.coaching.guidance import phrases
from formcheck.core.geometry import Vec, distance

APART = 0.25
"""The points are at least so far apart (frame heights): a hundredth off then turns the level by two degrees, closer by more."""

STEEPEST_DEG = 20.0
"""No camera stands as crooked as this: the points lie on something else than a level edge."""

SHOWN_S = 2.0
"""For how long (seconds) the level is shown; until then a click begins anew."""

KEYS = (Key.SKIP, Key.FULL_SCREEN, Key.QUIT)


class LevelStep:
    """`level_deg` is the camera's roll in degrees, + where level things seem turned counter-clockwise, once it is known.

    `over` is whether there is nothing left to do, `wants_to_quit` whether the whole check is to end. `point` and `press` take
    what the person does, `screen` returns what to show; all in order of time.
    """

    def __init__(self) -> None:
        self.level_deg: float | None = None
        self.wants_to_quit = False
        self._skipped = False
        self._points: tuple[Vec, ...] = ()
        self._known_s: float | None = None
        self._instruction: str = phrases.LEVEL_FIRST
        self._spoken: str | None = phrases.LEVEL_FIRST

    def over(self, time_s: float) -> bool:
        """Return whether it is done, left out, or has ended the check at `time_s`."""
        shown = self._known_s is not None and time_s - self._known_s >= SHOWN_S
        return shown or self._skipped or self.wants_to_quit

    def point(self, at: Vec, time_s: float) -> None:
        """Take in a point of the picture that was clicked, in frame heights as the camera sees it, y up."""
        if self._known_s is not None:
            self._points, self._known_s, self.level_deg = (), None, None
        if not self._points:
            self._points = (at,)
            self._tell(phrases.LEVEL_SECOND)
            return
        first = self._points[0]
        if distance(first, at) < APART:
            self._tell(phrases.LEVEL_FURTHER)
            return
        level_deg = level_of(first, at)
        if abs(level_deg) > STEEPEST_DEG:
            self._points = ()
            self._tell(phrases.LEVEL_STEEP)
            return
        self._points, self._known_s, self.level_deg = (first, at), time_s, level_deg
        self._tell(phrases.LEVEL_KNOWN)

    def press(self, key: Key) -> None:
        """Take in a key."""
        if key is Key.QUIT:
            self.wants_to_quit = True
        elif key is Key.SKIP:
            self._skipped, self.level_deg = True, None

    def screen(self, time_s: float) -> ScreenState:
        """Return what to show."""
        return ScreenState(
            phase=SessionPhase.SETUP,
            time_s=time_s,
            title=phrases.FLEXIBILITY_CHECK,
            instruction=self._instruction,
            points=self._points,
            keys=KEYS,
        )

    def take(self, time_s: float) -> tuple[Utterance, ...]:
        """Return what is to be said now, once."""
        spoken, self._spoken = self._spoken, None
        if spoken is None:
            return ()
        return (Utterance(time_s=time_s, text=spoken, chime=Chime.READY if spoken == phrases.LEVEL_KNOWN else None),)

    def _tell(self, sentence: str) -> None:
        self._instruction = self._spoken = sentence


def level_of(one: Vec, other: Vec) -> float:
    """Return by how many degrees the edge through two points rises to the right, y up; which comes first does not matter."""
    left, right = sorted((one, other))
    return degrees(atan2(right[1] - left[1], right[0] - left[0]))
