"""What is spoken while a stretch is held: the clock's events, one cue at a time, and coaching where there is room for it.

The person holds still with closed eyes and goes by ear. So at most one sentence is spoken at a moment, what helps before what
pleases, and chimes are for the rest. Praise is welcome after a correction, but not just after the news that the clock runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil, inf

from formcheck.coaching.events import Chime, Utterance
from formcheck.coaching.guidance import phrases
from formcheck.coaching.tasks import NEARLY_S, TaskProgress
from formcheck.core.values import Cue, Moment
from formcheck.core.wording import PRAISE
from formcheck.stretches import StretchSpec

AGAIN_S = 12.0
"""An instruction that is still true is repeated after this long; sooner nags, and the voice would swallow it."""

APART_S = 2.0
"""An instruction waits until the sentence before it has been heard; in between it may become needless."""

COACH_AFTER_S, COACH_EVERY_S = 4.0, 10.0
"""A coaching line comes once the form has settled, and another with every breath from the pacer."""

QUIET_S = 5.0
"""Seconds without coaching or praise after any other sentence, and without coaching before the half and the end."""

BLINK_S = 0.4
"""A lapse that is over sooner is not worth a sound."""

LONG_S = 2 * QUIET_S
"""A goal below this needs no sentences on the way."""

SO_FAR_S = 30.0
"""Without a goal the seconds are told as often: somebody in a plank sees no screen."""

COUNT = 3
"""The last seconds, which are counted."""

ChimeAndText = tuple[Chime | None, str | None]


@dataclass(slots=True)
class SpeechScheduler:
    """Collects what is to be heard, each thing once, at the moment it is true; the loudspeaker sees to the rest."""

    _waiting: list[Utterance] = field(default_factory=list)
    _instructed_s: dict[str, float] = field(default_factory=dict)
    _spoke_s: float = -inf

    def say(self, time_s: float, text: str | None = None, chime: Chime | None = None, *, urgent: bool = False) -> None:
        """Put something in the queue, to be heard now."""
        self._waiting.append(Utterance(time_s=time_s, text=text, chime=chime, urgent=urgent))
        if text is not None:
            self._spoke_s = time_s

    def instruct(self, time_s: float, text: str) -> None:
        """Put an instruction in the queue when there is room for it, and again while it stays true."""
        if self.silent_s(time_s) >= APART_S and time_s - self._instructed_s.get(text, -inf) >= AGAIN_S:
            self._instructed_s[text] = time_s
            self.say(time_s, text)

    def silent_s(self, time_s: float) -> float:
        """Return for how many seconds no sentence has come."""
        return time_s - self._spoke_s

    def take(self) -> tuple[Utterance, ...]:
        """Return what is to be heard since the last call."""
        taken, self._waiting = tuple(self._waiting), []
        return taken


@dataclass(slots=True)
class Announcer:
    """`running` is whether the clock runs, as far as was announced: a blink is no lapse."""

    speech: SpeechScheduler
    running: bool = False
    _since_s: float = 0.0  # when it was announced to run
    _stopped_s: float | None = None
    _cue: Cue | None = None
    _coached_s: float = -inf

    def stop(self) -> None:
        """The stretch is over or broken off, which the person knows: there is no lapse to announce."""
        self.running, self._stopped_s = False, None

    def announce(self, moment: Moment, current: TaskProgress, spec: StretchSpec, *, counting: bool) -> None:
        """Announce this moment. `spec` is the stretch that `moment` judges; `counting`: time counts for `current`."""
        time_s = moment.time_s
        cue = moment.cue if moment.cue != self._cue else None
        self._cue = cue or self._cue
        urgent = cue is not None and any(fault.name == cue.fault and fault.priority == 1 for fault in spec.faults)
        if cue is not None and cue.text != PRAISE:
            self.speech.say(time_s, cue.text, urgent=urgent)
        for chime, text in self._clock_events(current, time_s, counting=counting):
            sentence = text if self.speech.silent_s(time_s) > 0 else None
            if chime is not None or sentence is not None:
                self.speech.say(time_s, sentence, chime)
        if self.speech.silent_s(time_s) < QUIET_S:
            return
        if cue is not None and cue.text == PRAISE:
            self.speech.say(time_s, PRAISE)
        elif counting:
            self._coach(current, spec, time_s)

    def _clock_events(self, current: TaskProgress, time_s: float, *, counting: bool) -> Iterator[ChimeAndText]:
        if counting:
            self._stopped_s = None
            chime = None if self.running else Chime.START
            if chime is not None:
                self.running, self._since_s = True, time_s
            # Who is in the stretch at once hears its name first: what waits for that too long, the voice would drop.
            heard = self.speech.silent_s(time_s) >= APART_S
            yield chime, phrases.RUNS if heard and current.first_time("start") else None
            if not current.finished:
                yield from _milestones(current)
        elif self.running:
            self._stopped_s = time_s if self._stopped_s is None else self._stopped_s
            if time_s - self._stopped_s >= BLINK_S:
                self.stop()
                yield Chime.LAPSE, None

    def _coach(self, current: TaskProgress, spec: StretchSpec, time_s: float) -> None:
        line = coaching_line(spec, current.shown_s)
        settled = time_s - self._since_s >= COACH_AFTER_S and time_s - self._coached_s >= COACH_EVERY_S
        if line is None or not settled or _almost(current):
            return
        if current.first_time(line):
            self._coached_s = time_s
            self.speech.say(time_s, line)


def coaching_line(spec: StretchSpec, held_s: float) -> str | None:
    """Return the line for what the camera can't see that goes with this part of the hold."""
    return spec.coaching[int(held_s // COACH_EVERY_S) % len(spec.coaching)] if spec.coaching else None


def _almost(current: TaskProgress) -> bool:
    """Whether the half or the end of the goal, or the next time that is told, comes so soon that it is better to be silent."""
    if current.goal_s is None or current.left_s is None:
        return SO_FAR_S - current.held_s % SO_FAR_S <= QUIET_S
    return current.left_s <= QUIET_S or 0 < current.goal_s / 2 - current.held_s <= QUIET_S


def _milestones(current: TaskProgress) -> Iterator[ChimeAndText]:
    if current.goal_s is None or current.left_s is None:
        told = int((current.held_s + NEARLY_S) // SO_FAR_S * SO_FAR_S)
        if told > 0 and current.first_time(f"{told} held"):
            yield Chime.TICK, phrases.SO_FAR.format(seconds=told)
        return
    if current.held_s >= current.goal_s / 2 and current.goal_s >= LONG_S and current.first_time("half"):
        yield Chime.HALF, phrases.HALF
    count = ceil(current.left_s - NEARLY_S)
    if count <= COUNT and current.first_time(f"{count} to go"):
        yield Chime.TICK, phrases.TO_GO if count == COUNT and current.goal_s >= LONG_S else None
