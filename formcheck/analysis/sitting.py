"""Sitting, as the camera of a desk sees it: a fold from looks to minutes sat, breaks, shifts of posture and prompts.

No posture is graded: from the front nobody can tell a straight back from a bent one. What is counted is what a trial found to
matter, breaks and shifts: of 193 office workers 33 % had new back pain within six months, 9 % of those who took active breaks
and 7 % of those who shifted (Waongenngarm 2021). A look is what was seen at one moment; what it shows lasts until the next one.
Hips need not be in the picture: shoulders are measured, in their own width.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import hypot
from statistics import fmean, median

from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.values import Landmarks

SHIFTED = 0.1
"""A shift: the middle of the shoulders, or their width, changes by more than this share of the width..."""

STAYED_S = 20.0
"""... and stays so for this long (seconds)."""

BREAK_S = 45.0
"""Out of the seat for this long is a break. Studies count interruptions of a minute (Healy 2008); a look every few seconds must
not miss one that was a little shorter."""

BREAK_DUE_S = 30 * 60.0
SHIFT_DUE_S = 15 * 60.0
"""Sat for this long without a break, or without a shift, a prompt is due (seconds)."""

PAUSE_WITHIN_S = 120.0
"""A prompt waits for a natural pause, which is a movement, and for no longer than this (seconds)."""

HOUR_S = 3600.0
PROMPTS_AN_HOUR = 2

SNOOZE_S = 30 * 60.0

CONFIRM_S = 12.0
"""A look unlike the ones before counts once the next is like it, or when no other has come for so long (seconds)."""

GAP_S = 90.0
"""Nothing is known between two looks further apart than this: one look a minute is enough."""

FORGET_S = 30 * 60.0
"""After so long without knowledge the clocks of break and shift begin anew: who can tell what was in between."""

RISEN = 0.5
"""Shoulders higher than usual by this share of their size: up from the seat. Measured on rendered people: standing up raises
them by one width, sitting up straight from a slump by 0.2."""

OTHER_PERSON = 0.5
"""Who is smaller than this share of the usual size is further back than the desk: somebody else, or on the way out."""

NECK = 1.9
"""From the middle of the shoulders to that of the ears, times this, is about the width of the shoulders: it stands in where
somebody is turned aside. Measured on rendered people from the front: 1.7 to 2.1."""

GUESSED = 0.1
"""A person smaller than this (frame heights) would be seven metres away: where a head is cut off by the picture's edge, engines
set such small ones on a face. They tell nothing."""

LEANING_IN = 1.2
"""Shoulders wider than usual by this factor are nearer to the screen by a sixth of the distance."""

USUAL_S = 20 * 60.0
"""What is usual follows what is seen within this time (seconds)."""

UP_AT_MOST_S = 20 * 60.0
"""Who is up before the screen for longer than this has raised the desk, or moved the camera: it is the new usual height."""

PLACE_S = 120.0
"""Where the shoulders were in the last two minutes is their place: sliding down slowly is no shift."""


class Presence(StrEnum):
    """What a look shows. `AWAY`: nobody at the desk. `UP`: before the camera, and out of the seat. `UNSEEN`: not known."""

    SITTING = "sitting"
    UP = "up"
    AWAY = "away"
    UNSEEN = "unseen"

    @property
    def kind(self) -> "Presence":
        """Itself; up and away are both out of the seat."""
        return Presence.AWAY if self is Presence.UP else self


class Prompted(StrEnum):
    """Why a prompt is due."""

    NO_BREAK = "no_break"
    NO_SHIFT = "no_shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoulders:
    """The middle of the shoulders and their distance, in frame heights; `inside`: both are within the picture.

    `size` is the width that they would have from the front, whichever way they are turned.
    """

    x: float
    y: float
    width: float
    size: float
    inside: bool = True

    def apart(self, other: "Shoulders") -> float:
        """How far these are from `other`, or how much wider or narrower, whichever is more, in sizes of `other`."""
        return max(hypot(self.x - other.x, self.y - other.y), abs(self.width - other.width)) / other.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Out of the seat from when to when, between two times in it."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A suggestion to get up or to move: when, and why; `sat_s` is for how long there was no break, or no shift."""

    time_s: float
    reason: Prompted
    sat_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDay:
    """What a day at the desk came to, in seconds. `up_s` is part of `away_s`, `leaning_in_s` of `sat_s`.

    `longest_s` is the longest time sat without a break.
    """

    sat_s: float = 0.0
    away_s: float = 0.0
    up_s: float = 0.0
    unseen_s: float = 0.0
    leaning_in_s: float = 0.0
    longest_s: float = 0.0
    breaks: tuple[Break, ...] = ()
    shifts: tuple[float, ...] = ()
    prompts: tuple[Prompt, ...] = ()


Places = tuple[tuple[float, Shoulders], ...]
"""Shoulders and when they were there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingState:
    """All that is remembered from look to look.

    `now` is what is so, `latest` what the last look showed; where these differ, `doubtful` has the time since, by what was
    shown. `usual` are the shoulders as they are most of the time. `place` is where they were of late, `moved` where they are
    since they left it. `unbroken_s` and `unshifted_s` are the seconds sat without a break and a shift, `break_due_s` and
    `shift_due_s` the same since the last prompt.
    """

    last_s: float | None = None
    now: Presence = Presence.UNSEEN
    latest: Presence = Presence.UNSEEN
    leaning: bool = False
    doubtful: tuple[tuple[Presence, float], ...] = ()
    doubtful_from_s: float | None = None
    usual: Shoulders | None = None
    looks: int = 0
    place: Places = ()
    moved: Places = ()
    out_from_s: float | None = None
    out_s: float = 0.0
    up_from_s: float | None = None
    blind_s: float = 0.0
    unbroken_s: float = 0.0
    unshifted_s: float = 0.0
    break_due_s: float = 0.0
    shift_due_s: float = 0.0
    due_from_s: float | None = None
    snoozed_until_s: float | None = None
    day: SittingDay = SittingDay()


class SittingWatch:
    """The fold over the looks of a day. `step` is called once a look, in order of time."""

    def __init__(self, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self.traits = traits
        self._state = SittingState()

    def snapshot(self) -> SittingState:
        """Return all that is remembered, to be restored later."""
        return self._state

    def restore(self, state: SittingState) -> None:
        """Go on from `state`."""
        self._state = state

    @property
    def day(self) -> SittingDay:
        """What has been counted so far."""
        return self._state.day

    @property
    def now(self) -> Presence:
        """What is so at the last look."""
        return self._state.now

    @property
    def due(self) -> Prompted | None:
        """The prompt that waits for a pause, or for being allowed."""
        return _due(self._state)

    def step(self, people: Sequence[Landmarks] | None, time_s: float, *, disturb: bool = True) -> Prompt | None:
        """Take in a look at `time_s` (seconds, never backwards); return the prompt that is to be given now, if one is.

        `people` are those seen; `None` where nothing could be seen: no picture, no light. Without `disturb` no prompt is given.
        """
        state = self._state
        if state.last_s is not None and time_s < state.last_s:
            raise ValueError(f"time runs backwards: {time_s} s after {state.last_s} s")
        state = _passed(state, time_s)
        presence, shoulders = _shown(state, people, self.traits)
        if state.last_s is None:
            state = replace(state, now=presence)
        state = _changed(replace(state, last_s=time_s, latest=presence), time_s)
        state = _measured(state, shoulders, time_s)
        self._state, prompt = _prompted(state, time_s, disturb=disturb)
        return prompt

    def snooze(self, until_s: float) -> None:
        """Give no prompt before `until_s` (seconds)."""
        self._state = replace(self._state, snoozed_until_s=until_s)

    def finish(self, end_s: float) -> SittingDay:
        """Let the last look last until `end_s` (seconds) and return the day."""
        state = _passed(self._state, max(end_s, self._state.last_s or end_s))
        self._state = _settled(state) if state.doubtful_from_s is not None else state
        return self.day


def shoulders_of(person: Landmarks, traits: EngineTraits = DEFAULT_TRAITS) -> Shoulders | None:
    """Return where a person's shoulders are; `None` where the engine only guesses at one of them."""
    left, right = person.points["left_shoulder"], person.points["right_shoulder"]
    width = hypot(left.x - right.x, left.y - right.y)
    if min(left.visibility, right.visibility) < traits.visible or width <= 0.0:
        return None
    x, y = (left.x + right.x) / 2, (left.y + right.y) / 2
    ears = [person.points[name] for name in ("left_ear", "right_ear") if person.points[name].visibility >= traits.visible]
    neck = hypot(fmean(one.x for one in ears) - x, fmean(one.y for one in ears) - y) if ears else 0.0
    inside = all(0.0 <= one.x <= person.aspect and 0.0 <= one.y <= 1.0 for one in (left, right))
    return Shoulders(x=x, y=y, width=width, size=max(width, NECK * neck), inside=inside)


def _shown(state: SittingState, people: Sequence[Landmarks] | None, traits: EngineTraits) -> tuple[Presence, Shoulders | None]:
    """What a look shows, and the shoulders of who sits there: of several people those of the largest, the nearest."""
    if people is None:
        return Presence.UNSEEN, None
    if not people:
        return Presence.AWAY, None
    seen = [one for one in (shoulders_of(person, traits) for person in people) if one is not None]
    nearest = max(seen, key=lambda one: one.size, default=None)
    usual = state.usual
    if nearest is not None and nearest.size < GUESSED:
        return (Presence.SITTING if state.now is Presence.UNSEEN else state.now), None
    if nearest is None or usual is None:
        return Presence.SITTING, nearest
    if nearest.size < OTHER_PERSON * usual.size:
        return Presence.AWAY, None
    if (nearest.y - usual.y) / nearest.size > RISEN:
        return Presence.UP, nearest
    return Presence.SITTING, nearest


# --- time --------------------------------------------------------------------------------------------------------------


def _passed(state: SittingState, time_s: float) -> SittingState:
    """Count the time since the last look as what that look showed."""
    if state.last_s is None:
        return state
    passed_s = time_s - state.last_s
    if passed_s > GAP_S:
        state = _settled(state) if state.doubtful_from_s is not None else state
        return replace(_spent(state, Presence.UNSEEN, passed_s), moved=())
    from_s = state.doubtful_from_s
    if from_s is None:
        return _spent(state, state.latest, passed_s)
    state = replace(state, doubtful=(*state.doubtful, (state.latest, passed_s)))
    return _settled(state) if time_s - from_s >= CONFIRM_S else state


def _changed(state: SittingState, time_s: float) -> SittingState:
    """Take in what the look shows: it is as before, it is unlike that, or it makes sure of what the last one showed."""
    if state.latest.kind is state.now.kind:
        wrong_s = sum(seconds for _, seconds in state.doubtful)
        state = replace(state, now=state.latest, doubtful=(), doubtful_from_s=None)
        return _spent(state, state.now, wrong_s)
    if state.doubtful_from_s is None:
        return replace(state, doubtful_from_s=time_s)
    return _settled(state)


def _settled(state: SittingState) -> SittingState:
    """What the last look shows is so, since it was first shown otherwise than before."""
    from_s, doubtful = state.doubtful_from_s, state.doubtful
    assert from_s is not None
    state = replace(state, now=state.latest, doubtful=(), doubtful_from_s=None)
    if state.now.kind is Presence.SITTING:
        for presence, seconds in doubtful:
            if presence.kind is not Presence.SITTING:
                state = _spent(state, presence, seconds)
        state = _sat_down(state, from_s)
        return _spent(state, Presence.SITTING, sum(seconds for one, seconds in doubtful if one is Presence.SITTING))
    if state.now.kind is Presence.AWAY and state.out_from_s is None and state.day.sat_s > 0:
        state = replace(state, out_from_s=from_s, out_s=0.0)
    for presence, seconds in doubtful:
        state = _spent(state, presence, seconds)
    return state


def _sat_down(state: SittingState, time_s: float) -> SittingState:
    """Note the break that is over, if it was one."""
    day = state.day
    if state.out_from_s is not None and state.out_s >= BREAK_S:
        day = replace(day, breaks=(*day.breaks, Break(start_s=state.out_from_s, end_s=time_s)))
    return replace(state, out_from_s=None, out_s=0.0, up_from_s=None, day=day)


def _spent(state: SittingState, presence: Presence, seconds: float) -> SittingState:
    """Count `seconds` of what is so."""
    day = state.day
    match presence:
        case Presence.SITTING:
            leaning_in_s = day.leaning_in_s + (seconds if state.leaning else 0.0)
            unbroken_s = state.unbroken_s + seconds
            return replace(
                state,
                blind_s=0.0 if seconds > 0 else state.blind_s,
                unbroken_s=unbroken_s,
                unshifted_s=state.unshifted_s + seconds,
                break_due_s=state.break_due_s + seconds,
                shift_due_s=state.shift_due_s + seconds,
                day=replace(
                    day, sat_s=day.sat_s + seconds, leaning_in_s=leaning_in_s, longest_s=max(day.longest_s, unbroken_s)
                ),
            )
        case Presence.UNSEEN:
            state = replace(state, blind_s=state.blind_s + seconds, day=replace(day, unseen_s=day.unseen_s + seconds))
            return replace(_rested(state), out_from_s=None, out_s=0.0) if state.blind_s >= FORGET_S else state
    up_s = day.up_s + (seconds if presence is Presence.UP else 0.0)
    blind_s = 0.0 if seconds > 0 else state.blind_s
    day = replace(day, away_s=day.away_s + seconds, up_s=up_s)
    state = replace(state, blind_s=blind_s, out_s=state.out_s + seconds, day=day)
    return _rested(state) if state.out_s >= BREAK_S else state


def _rested(state: SittingState) -> SittingState:
    """The clocks of break and shift begin anew."""
    return replace(
        state, unbroken_s=0.0, unshifted_s=0.0, break_due_s=0.0, shift_due_s=0.0, due_from_s=None, place=(), moved=()
    )


# --- the shoulders -----------------------------------------------------------------------------------------------------


def _measured(state: SittingState, shoulders: Shoulders | None, time_s: float) -> SittingState:
    """Take in where the shoulders are: what is usual, and whether they have moved and stayed."""
    if shoulders is None or not shoulders.inside or state.latest.kind is not state.now.kind:
        up_from_s = state.up_from_s if state.latest is Presence.UP else None
        return replace(state, leaning=False, up_from_s=up_from_s)
    if state.latest is Presence.UP:
        since_s = time_s if state.up_from_s is None else state.up_from_s
        if time_s - since_s < UP_AT_MOST_S:
            return replace(state, up_from_s=since_s, leaning=False)
        return replace(state, up_from_s=None, usual=shoulders, looks=1, leaning=False)
    usual = _usual(state, shoulders)
    leaning = shoulders.width > LEANING_IN * usual.width
    state = replace(state, usual=usual, looks=state.looks + 1, leaning=leaning, up_from_s=None)
    if state.place and shoulders.apart(_middle(state.place)) > SHIFTED:
        return _moved(state, shoulders, time_s)
    lately = [one for one in state.place if time_s - one[0] <= PLACE_S] or state.place[-2:]
    return replace(state, place=(*lately, (time_s, shoulders)), moved=())


def _usual(state: SittingState, shoulders: Shoulders) -> Shoulders:
    """What is usual after one more look: at first the mean of all, later one that follows slowly.

    Who is first seen standing and sits down then is lower than usual by far: that is the seat.
    """
    usual = state.usual
    if usual is None or (usual.y - shoulders.y) / shoulders.size > RISEN:
        return shoulders
    passed_s = _between_s(state.place)
    share = max(1.0 / (state.looks + 1), min(1.0, passed_s / USUAL_S))

    def follow(before: float, now: float) -> float:
        return before + share * (now - before)

    return Shoulders(
        x=follow(usual.x, shoulders.x),
        y=follow(usual.y, shoulders.y),
        width=follow(usual.width, shoulders.width),
        size=follow(usual.size, shoulders.size),
    )


def _between_s(places: Places) -> float:
    """The seconds between two looks of late; 0 before the second."""
    return (places[-1][0] - places[0][0]) / (len(places) - 1) if len(places) > 1 else 0.0


def _moved(state: SittingState, shoulders: Shoulders, time_s: float) -> SittingState:
    """Take in that the shoulders are not where they were; where they stay there, it is a shift."""
    moved = (*state.moved, (time_s, shoulders))
    while len(moved) > 1 and time_s - moved[0][0] >= STAYED_S:
        middle = _middle(moved)
        astray = sum(one.apart(middle) > SHIFTED for _, one in moved)
        # A single look may err; and where looks only scatter, their middle is where it was.
        if astray <= len(moved) // 4 and middle.apart(_middle(state.place)) > SHIFTED:
            day = replace(state.day, shifts=(*state.day.shifts, moved[0][0]))
            return replace(state, unshifted_s=0.0, shift_due_s=0.0, place=moved, moved=(), day=day)
        moved = moved[1:]
    return replace(state, moved=moved)


def _middle(places: Places) -> Shoulders:
    def of(values: Iterable[float]) -> float:
        return median(values)

    seen = [one for _, one in places]
    return Shoulders(
        x=of(one.x for one in seen),
        y=of(one.y for one in seen),
        width=of(one.width for one in seen),
        size=of(one.size for one in seen),
    )


# --- prompts -----------------------------------------------------------------------------------------------------------


def _due(state: SittingState) -> Prompted | None:
    if state.break_due_s >= BREAK_DUE_S:
        return Prompted.NO_BREAK
    return Prompted.NO_SHIFT if state.shift_due_s >= SHIFT_DUE_S else None


def _prompted(state: SittingState, time_s: float, *, disturb: bool) -> tuple[SittingState, Prompt | None]:
    """Give a prompt where one is due, allowed, and not in the middle of something."""
    reason = _due(state)
    if reason is None:
        return replace(state, due_from_s=None), None
    due_from_s = state.due_from_s if state.due_from_s is not None else time_s
    state = replace(state, due_from_s=due_from_s)
    lately = sum(time_s - prompt.time_s < HOUR_S for prompt in state.day.prompts)
    snoozed = state.snoozed_until_s is not None and time_s < state.snoozed_until_s
    seated = state.now is state.latest is Presence.SITTING
    # Who moves for want of a shift is about to shift: that one needs no prompt.
    pause = (reason is Prompted.NO_BREAK and state.moved) or time_s - due_from_s >= PAUSE_WITHIN_S
    if not (disturb and seated and pause) or snoozed or lately >= PROMPTS_AN_HOUR:
        return state, None
    sat_s = state.unbroken_s if reason is Prompted.NO_BREAK else state.unshifted_s
    prompt = Prompt(time_s=time_s, reason=reason, sat_s=sat_s)
    break_due_s = 0.0 if reason is Prompted.NO_BREAK else state.break_due_s
    day = replace(state.day, prompts=(*state.day.prompts, prompt))
    return replace(state, break_due_s=break_due_s, shift_due_s=0.0, due_from_s=None, day=day), prompt
