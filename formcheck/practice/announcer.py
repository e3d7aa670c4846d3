"""What is said while a stretch is held: the clock's events, one cue at a time, and coaching where there is room for it."""

from dataclasses import dataclass

from formcheck.posefile import PoseSpec
from formcheck.practice.progress import Progress
from formcheck.practice.speech import Speech
from formcheck.practice.stage import Chime
from formcheck.values import Moment, Status

COACH_AFTER_S, COACH_EVERY_S = 4.0, 10.0
"""A coaching line comes once the hold has settled, and another with every breath from the pacer."""

QUIET_S = 5.0
"""Seconds without coaching after anything else was said, and before the end."""

TO_GO = 3


def coaching_line(spec: PoseSpec, held_s: float) -> str | None:
    """Return the line for what the camera can't see that goes with this part of the hold."""
    return spec.coaching[int(held_s // COACH_EVERY_S) % len(spec.coaching)] if spec.coaching else None


@dataclass(slots=True)
class Announcer:
    """`running` tells whether the clock ran at the last moment."""

    speech: Speech
    running: bool = False
    _cue_s: float | None = None
    _spoke_s: float = -QUIET_S

    def hear(self, moment: Moment, mine: Progress, spec: PoseSpec) -> None:
        """Say what this moment brings. `spec` is the stretch that `moment` judges."""
        time_s = moment.time_s
        running = moment.hold is not None and moment.assessment.status is Status.CORRECT
        if running and not self.running:
            self._say(time_s, None if "start" in mine.said else "The clock is running", Chime.START)
            mine.said.add("start")
        elif self.running and not running:
            self.speech.say(time_s, None, Chime.LAPSE)
        self.running = running
        self._cue(moment, spec)
        if running and not mine.complete:
            self._milestones(mine, time_s)
            self._coach(mine, spec, time_s)

    def _cue(self, moment: Moment, spec: PoseSpec) -> None:
        cue = moment.cue
        if cue is None or cue.since_s == self._cue_s:
            return
        self._cue_s = cue.since_s
        urgent = cue.fault is not None and spec.fault(cue.fault).priority == 1
        self._say(moment.time_s, cue.text, urgent=urgent)

    def _milestones(self, mine: Progress, time_s: float) -> None:
        if mine.held_s >= mine.goal_s / 2 and mine.goal_s >= 2 * QUIET_S and "half" not in mine.said:
            mine.said.add("half")
            self._say(time_s, "Half-way", Chime.HALF)
        for count in range(TO_GO, 0, -1):
            if mine.left_s <= count and f"{count} to go" not in mine.said:
                mine.said.add(f"{count} to go")
                self._say(time_s, "Three seconds to go" if count == TO_GO else None, Chime.TICK)

    def _coach(self, mine: Progress, spec: PoseSpec, time_s: float) -> None:
        line = coaching_line(spec, mine.held_s)
        room = mine.held_s >= COACH_AFTER_S and mine.left_s > QUIET_S and time_s - self._spoke_s >= QUIET_S
        if line is not None and room and line not in mine.said:
            mine.said.add(line)
            self._say(time_s, line)

    def _say(self, time_s: float, text: str | None, chime: Chime | None = None, *, urgent: bool = False) -> None:
        self._spoke_s = time_s
        self.speech.say(time_s, text, chime, urgent=urgent)
