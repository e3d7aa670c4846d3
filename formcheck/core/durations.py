"""Lengths and points of time as people read them: whole seconds, rounded down everywhere, so that no two texts differ."""

from dataclasses import dataclass
from math import ceil, floor

from formcheck.core.wording.language import N_

_UNDER_A_SECOND = N_("under 1 s")
_SECONDS = N_("{seconds} s")
_MINUTES_AND_SECONDS = N_("{minutes} min {seconds} s")
_MINUTES = N_("{minutes} min")
_HOURS = N_("{hours} h {minutes} min")

_ROUNDING_S = 0.005
"""Sums of frame times, rounded to two decimals, miss whole seconds by less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSeconds:
    """Whole seconds held of a goal, and those still to go: together they are the goal. `goal` is `None` without one."""

    held: int
    goal: int | None
    to_go: int


def whole_seconds(seconds: float) -> int:
    """Return the seconds that are over: 29 of 29.9, and 30 of 29.999, which is a sum of many frames."""
    return floor(seconds + _ROUNDING_S)


def seconds_of_goal(held_s: float, goal_s: float | None, *, complete: bool | None) -> GoalSeconds:
    """Return what was held of a goal in whole seconds; what is complete has its goal, and what is not has less.

    Without a goal there is none to go.
    """
    if goal_s is None:
        return GoalSeconds(held=whole_seconds(held_s), goal=None, to_go=0)
    goal = ceil(goal_s - _ROUNDING_S)
    held = max(goal, whole_seconds(held_s)) if complete else min(goal - 1, whole_seconds(held_s))
    return GoalSeconds(held=held, goal=goal, to_go=max(0, goal - held))


def format_duration(seconds: float) -> str:
    """Return a length of time to the second: `under 1 s`, `95 s`, `2 min 35 s`."""
    whole = whole_seconds(seconds)
    if seconds > 0 and whole == 0:
        return _UNDER_A_SECOND
    if whole < 120:
        return _SECONDS.format(seconds=whole)
    return _MINUTES_AND_SECONDS.format(minutes=whole // 60, seconds=whole % 60)


def format_minutes(seconds: float, *, from_s: float) -> str:
    """Return a length of time to the minute, where it is at least `from_s`, and to the second below: `95 s`, `3 min`."""
    if seconds < from_s:
        return _SECONDS.format(seconds=whole_seconds(seconds))
    return _MINUTES.format(minutes=round(seconds / 60))


def format_hours(seconds: float) -> str:
    """Return a length of time to the minute, rounded: `12 min`, `5 h 12 min`."""
    minutes = round(seconds / 60)
    return _MINUTES.format(minutes=minutes) if minutes < 60 else _HOURS.format(hours=minutes // 60, minutes=minutes % 60)


def format_clip_time(time_s: float) -> str:
    """Return a point of time in a clip, to the second: `1:05`."""
    whole = whole_seconds(time_s)
    return f"{whole // 60}:{whole % 60:02d}"
