"""Judging at two grains: some ten moments a second while nothing changes, and every frame around each change.

A hold begins and ends with a change, so its times are as exact as if every frame were judged. A change is seen late: the
measurements are medians over a fifth of a second. So the session goes back a little and judges again, at every frame.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from formcheck.session import Session
from formcheck.values import Landmarks, Moment

COARSE_S = 0.078
"""Moments are at least this far apart while nothing changes (seconds): three frames at 30 a second, two at 25 or 24."""

BACK = 3
"""So many coarse moments are judged again when something has changed: the window of the medians and one more."""

ON = 3
"""For so many of them every frame is judged after a change."""

Frame = tuple[float, Sequence[Landmarks]]
"""The time of a frame (seconds), and who is seen in it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A coarse moment that may have to be judged again: from which state, and the frames it stands for."""

    before: Session
    frames: Sequence[Frame]
    moment: Moment


class Grains:
    """Steps a session. `add` is called once a frame, in order of time, then `finish`; both yield moments, a little late."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._frames: list[Frame] = []  # since the last moment
        self._judged_s = -inf
        self._waiting: deque[_Step] = deque()
        self._state: Any = None
        self._fine = ON  # how many more times every frame is judged

    def add(self, people: Sequence[Landmarks], time_s: float) -> Iterator[Moment]:
        """Take in one frame, and yield the moments that are certain by now."""
        self._frames.append((time_s, people))
        if time_s - self._judged_s >= COARSE_S:
            yield from self._judge()

    def finish(self) -> Iterator[Moment]:
        """Yield the moments that are left."""
        if self._frames:
            yield from self._judge()
        while self._waiting:
            yield self._waiting.popleft().moment

    def _judge(self) -> Iterator[Moment]:
        frames, self._frames = self._frames, []
        self._judged_s = frames[-1][0]
        if self._fine > 0:
            self._fine -= 1
            yield from self._every(frames)
            return
        before = self._session.fork()
        time_s, people = frames[-1]
        moment = self._session.step(people, time_s)
        self._waiting.append(_Step(before, frames, moment))
        if _state(moment) != self._state:
            again, self._waiting = self._waiting, deque()
            self._session.go_back(again[0].before)
            self._fine = ON
            for step in again:
                yield from self._every(step.frames)
        elif len(self._waiting) > BACK:
            yield self._waiting.popleft().moment

    def _every(self, frames: Sequence[Frame]) -> Iterator[Moment]:
        for time_s, people in frames:
            moment = self._session.step(people, time_s)
            state = _state(moment)
            if state != self._state:
                self._state, self._fine = state, ON
            yield moment


def _state(moment: Moment) -> Any:
    """What must not change unseen: what each stretch says, and what the totals tell apart."""
    said = [
        (one.pose, one.status, one.side, one.reason, [breach.name for breach in one.breaches])
        for one in (moment.assessment, *moment.others)
    ]
    return said, moment.recognised, moment.hold is None, moment.view is not None and moment.view.oblique
