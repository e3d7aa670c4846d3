"""What to change before a stretch can be judged, one instruction at a time: what keeps the camera from seeing first.

Some of it only makes the numbers worse (the far leg stretched, a camera that leans, another person in the room). That is asked
for, but not for ever: it keeps no person from stretching.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from formcheck.analysis.view.camera_view import too_far
from formcheck.coaching.guidance import phrases
from formcheck.core.geometry import distance, from_vertical, over_horizon, turn, vector
from formcheck.core.lighting import Light
from formcheck.core.measures import joint_state, locate, size_of
from formcheck.core.values import Landmarks, Reason, Side, View

TILTED = 7.0
"""Degrees that a person upright, or lying, leans in the picture before the camera is blamed: standing people sway by 3, and
the engine errs by as much."""

STRAIGHT = 15.0
"""Hips and knees bent less than this (degrees) make a line by which to tell whether the camera is level."""

TOGETHER = 0.4
"""So do feet that are not further apart than this share of the person's size."""

NEARLY_AS_LARGE = 0.5
"""Another one of this share of the person's size is near enough to be mistaken for them."""

FITS = 0.95
"""A person who takes up more than this share of the picture's height or width is too near: no aiming brings them in."""

SETTLED_S = 0.5
"""An instruction is shown once it has been the right one for this long, and stays until another has."""

PATIENCE_S = 8.0
"""For how long what is not strictly needed is asked for."""

_NEARLY_S = 1e-9

_WHOLE = ("mid_ear", "mid_shoulder", "mid_hip", "left_knee", "right_knee", "left_ankle", "right_ankle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One instruction. `needed`: without it nothing can be judged; else it is asked for only for a while."""

    text: str
    needed: bool = True


@dataclass(slots=True)
class InstructionFilter:
    """Which instruction stands now: none flickers, none is asked for ever that is not needed.

    `shown` is the one that stands; without one, all has been well since `well_since_s` (`None`: not known yet).
    """

    shown: Advice | None = None
    well_since_s: float | None = None
    _next: Advice | None = None
    _next_s: float | None = None
    _shown_s: dict[str, float] = field(default_factory=dict)  # when an instruction was first shown

    @property
    def first(self) -> Advice | None:
        """What is to be changed now, while nothing has settled yet; later a new instruction waits until it has."""
        return self._next if self.shown is None and self.well_since_s is None else self.shown

    def well_s(self, time_s: float) -> float:
        """Return for how many seconds all has been well; 0 also where something is not, which may be shown in a moment."""
        return time_s - self.well_since_s if self.well_since_s is not None and self._next is None else 0.0

    def update(self, advice: Iterable[Advice], time_s: float) -> None:
        """Take in what is to be changed now, the most urgent first."""
        now = next((one for one in advice if one.needed or time_s - self._shown_s.get(one.text, time_s) < PATIENCE_S), None)
        if now != self._next or self._next_s is None:
            self._next, self._next_s = now, time_s
        if time_s - self._next_s < SETTLED_S - _NEARLY_S:
            return
        self.shown = now
        if now is not None:
            self.well_since_s = None
            self._shown_s.setdefault(now.text, time_s)
        elif self.well_since_s is None:
            self.well_since_s = self._next_s


def advice(people: Sequence[Landmarks], view: View | None, light: Light, side: Side | None) -> Iterator[Advice]:
    """Yield what to change now, the most urgent first; nothing when all is well. What is needed comes alone.

    `people` has the person first; `view` is theirs. `side` is the leg to be stretched, if that is settled.
    """
    needed = _needed(people, view, light, side)
    if needed is not None:
        yield Advice(text=needed)
    elif people and view is not None:
        yield from (Advice(text=text, needed=False) for text in _better(people, view, light, side))


def absence(people: Sequence[Landmarks], light: Light) -> str | None:
    """Return what to do so that somebody is seen at all; `None` where somebody is."""
    if light is Light.BLACK:
        return phrases.UNCOVER
    if light is Light.BLOCKED:
        return phrases.BLOCKED
    if not people:
        return phrases.MORE_LIGHT if light is Light.DARK else phrases.STEP_IN
    return None


def facing_for(side: Side) -> int:
    """Return how to face in the picture so that `side` is nearer to the camera: +1 right (lying: head left), -1 left."""
    return 1 if side is Side.RIGHT else -1


def leaning(person: Landmarks) -> float | None:
    """Return by how many degrees a straight person leans off the upright or the level; `None` for one who is bent or hidden."""
    joints = ("mid_shoulder", "mid_hip", "mid_knee", "mid_ankle")
    if any(joint_state(person, {}, joint) is not None for joint in joints):
        return None
    shoulder, hip, knee, ankle = (locate(person, {}, joint) for joint in joints)
    bends = turn(vector(shoulder, hip), vector(hip, knee)), turn(vector(hip, knee), vector(knee, ankle))
    apart = distance(locate(person, {}, "left_ankle"), locate(person, {}, "right_ankle"))
    if max(map(abs, bends)) > STRAIGHT or apart > TOGETHER * size_of(person):
        return None
    body = vector(ankle, shoulder)
    up = from_vertical(body)
    return up if abs(up) < 45.0 else over_horizon(body)


def _needed(people: Sequence[Landmarks], view: View | None, light: Light, side: Side | None) -> str | None:
    unseen = absence(people if view is not None else (), light)
    if unseen is not None or view is None:
        return unseen
    if too_far(people[0]):
        return phrases.CLOSER
    if (aim := _out_of_picture(people[0])) is not None:
        return aim
    return phrases.turn_to(side) if view.unusable else None


def _better(people: Sequence[Landmarks], view: View, light: Light, side: Side | None) -> Iterator[str]:
    person, *others = people
    if light is Light.DARK:
        yield phrases.MORE_LIGHT
    if any(size_of(other) >= NEARLY_AS_LARGE * size_of(person) for other in others):
        yield phrases.ONE_PERSON
    if side is not None and view.facing != facing_for(side):
        yield phrases.TURN_ROUND.format(side=side)
    if view.oblique:
        yield phrases.TURN_A_LITTLE
    if abs(leaning(person) or 0.0) >= TILTED:
        yield phrases.LEVEL


def _out_of_picture(person: Landmarks) -> str | None:
    """Return what to do when part of the person is outside the picture: by the border that most of them is beyond."""
    if all(joint_state(person, {}, joint) is not Reason.OUT_OF_FRAME for joint in _WHOLE):
        return None
    xs, ys = zip(*(locate(person, {}, joint) for joint in _WHOLE), strict=True)
    if max(xs) - min(xs) > FITS * person.aspect or max(ys) - min(ys) > FITS:
        return phrases.MOVE_BACK
    beyond = {
        phrases.TO_THE_MIDDLE: max(-min(xs), max(xs) - person.aspect),
        phrases.TILT_DOWN: -min(ys),
        phrases.TILT_UP: max(ys) - 1.0,
    }
    return max(beyond, key=lambda text: beyond[text])
