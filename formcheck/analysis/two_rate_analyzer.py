"""Judging at two rates: some ten moments a second while nothing changes, and every frame around each change.

A hold begins and ends with a change, so its times are as exact as if every frame were judged. A change is seen late: the
measurements are medians over a fifth of a second. So the analyzer goes back a little and judges again, at every frame.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from formcheck.analysis.analyzer import AnalyzerState, FormAnalyzer
from formcheck.analysis.hold_timer import is_gap
from formcheck.core.values import Cue, Landmarks, Moment, Reason
from formcheck.core.wording import REASONS
from formcheck.vision.sampling.interpolation import mixed

COARSE_S = 0.078
"""Moments are at least this far apart while nothing changes (seconds): three frames at 30 a second, two at 25 or 24."""

SAME_S = 1e-4
"""Two times nearer than this (seconds) are those of one frame."""

BACK = 2
"""So many coarse moments before the one that shows a change are judged again: the window of the medians."""

People = Callable[[], Sequence[Landmarks]]
"""Returns the people in a frame; not called for frames that are not judged."""

Frame = tuple[float, People]
"""The time of a frame (seconds), and who is seen in it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A coarse moment that may have to be judged again: from which state, and the frames it stands for."""

    before: AnalyzerState
    frames: Sequence[Frame]
    moment: Moment


class TwoRateAnalyzer:
    """Steps an analyzer. `add` is called once a frame, in order of time, then `finish`; both yield moments, a little late.

    With `every_frame` there is but one rate: each frame has its moment, at once.
    """

    def __init__(self, analyzer: FormAnalyzer, *, every_frame: bool = False) -> None:
        self._analyzer = analyzer
        self._every_frame = every_frame
        self._frames: list[Frame] = []  # since the last moment
        self._judged_s = -inf
        self._waiting: deque[_Step] = deque()
        self._verdict: Any = None

    def add(self, people: People, time_s: float) -> Iterator[Moment]:
        """Take in one frame, and yield the moments that are certain by now."""
        if self._every_frame:
            yield self._analyzer.step(people(), time_s)
            return
        if self._frames and is_gap(time_s - self._frames[-1][0]):
            yield from self._judge()  # the last frame before a gap has its own moment
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
        before = self._analyzer.snapshot()
        time_s, people = frames[-1]
        moment = self._analyzer.step(people(), time_s)
        self._waiting.append(_Step(before, frames, moment))
        if _verdict_of(moment) != self._verdict:
            again, self._waiting = self._waiting, deque()
            self._analyzer.restore(again[0].before)
            for step in again:
                for at_s, people in step.frames:
                    moment = self._analyzer.step(people(), at_s)
                    yield moment
            self._verdict = _verdict_of(moment)
        elif len(self._waiting) > BACK:
            yield self._waiting.popleft().moment


def moment_between(before: Moment, after: Moment, time_s: float) -> Moment:
    """Return what to show at `time_s`, which lies between two judged moments: the earlier verdict, in the posture between them.

    Joints, measurements and the time of a hold that runs in both lie between theirs. Nothing is known within a gap.
    """
    if time_s >= after.time_s - SAME_S or after.time_s <= before.time_s:
        return replace(after, time_s=time_s, judged=abs(time_s - after.time_s) <= SAME_S)
    if is_gap(after.time_s - before.time_s) and time_s > before.time_s + SAME_S:
        return unseen_after(before, time_s)
    share = (time_s - before.time_s) / (after.time_s - before.time_s)
    landmarks, hold, held_s = before.landmarks, before.hold, before.held_s
    if landmarks is not None and after.landmarks is not None:
        landmarks = mixed(landmarks, after.landmarks, share)
    if hold is not None and after.hold is not None and after.hold.start_s == hold.start_s:
        added_s = share * (after.hold.held_s - hold.held_s)
        hold, held_s = replace(hold, held_s=hold.held_s + added_s), held_s + added_s
    later = after.assessment.measurements
    between = {name: _between(value, later.get(name), share) for name, value in before.assessment.measurements.items()}
    assessment = replace(before.assessment, measurements=between)
    return replace(before, time_s=time_s, landmarks=landmarks, assessment=assessment, hold=hold, held_s=held_s, judged=False)


def unseen_after(before: Moment, time_s: float) -> Moment:
    """Return what to show at `time_s`, at which nothing new is known since `before`."""
    unseen = before.assessment.as_unseen(Reason.NO_NEW_PICTURE)
    cue = Cue(text=REASONS[Reason.NO_NEW_PICTURE].cue, since_s=before.time_s)
    return replace(
        before, time_s=time_s, landmarks=None, view=None, assessment=unseen, hold=None, cue=cue, others=(), judged=False
    )


def _between(before: float | None, after: float | None, share: float) -> float | None:
    return before if before is None or after is None else before + share * (after - before)


def _verdict_of(moment: Moment) -> Any:
    """What must not change unseen: the verdict of each stretch, and what the totals tell apart."""
    verdicts = [
        (one.pose, one.status, one.side, one.reason, [breach.name for breach in one.breaches]) for one in moment.assessments
    ]
    return verdicts, moment.recognised, moment.hold is None, moment.view is not None and moment.view.oblique
