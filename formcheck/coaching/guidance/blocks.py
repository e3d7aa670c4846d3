"""What is spoken in a guided block: each phase as it begins, what to mind, and that the clock stands while nobody is there.

A block is a quiet time: beside that nothing is said.
"""

from dataclasses import dataclass

from formcheck.coaching.events import Chime
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import QUIET_S, SpeechScheduler
from formcheck.coaching.guidance.breathing import IN_S, OUT_S, breath
from formcheck.coaching.tasks import BlockProgress

RULE_S = 7.0
"""What to do is shown for so long, and then, for as long, one of the rules to mind."""

FIRST_BREATHS_S = 1.5 * (IN_S + OUT_S)
"""So long the pacer speaks: out, in and out once. From then on soft notes give the pace to whoever has their eyes closed."""

SAID_S = 3.0
"""A rule is not begun when less than this is left of a phase: the next one is said at its beginning."""


@dataclass(slots=True)
class BlockAnnouncer:
    """`running` is whether the clock runs, as far as was announced."""

    speech: SpeechScheduler
    running: bool = False
    _phase: int | None = None  # the phase that was announced
    _breath: str = phrases.IN  # the breath that was announced; a phase begins with a breath in, and says so

    def stop(self) -> None:
        """The block is over or broken off, which the person knows; when it goes on, its phase is said again."""
        self.running, self._phase = False, None

    def announce(self, block: BlockProgress, time_s: float) -> None:
        """Announce what is so now, while the block runs."""
        if block.is_away(time_s):
            if self.running:
                self.running = False
                self.speech.say(time_s, None, Chime.LAPSE)
            self.speech.instruct(time_s, phrases.AWAY)
            return
        first, phase = self._phase is None, block.phase_number
        if phase != self._phase:
            self._phase, self._breath = phase, phrases.IN
            self.speech.say(time_s, block.phase.say, Chime.START if first else Chime.CHANGE)
        elif not self.running:
            self.speech.say(time_s, phrases.GOING_ON, Chime.START)
        elif block.phase.breathe and self._paced(block, time_s):
            pass
        elif (rule := rule_now(block)) is not None and self._room_for_rule(block, time_s) and block.first_time(rule):
            self.speech.say(time_s, rule)
        self.running = True

    def _paced(self, block: BlockProgress, time_s: float) -> bool:
        """Say or sound that the breath turns; whether that is all there is to hear now."""
        turn = phrases.IN if breath(block.into_phase_s).inhaling else phrases.OUT
        spoken, turned = block.into_phase_s < FIRST_BREATHS_S, turn != self._breath
        if turned and spoken and self.speech.silent_s(time_s) >= SAID_S:
            self.speech.say(time_s, turn)
        elif turned and not spoken:
            self.speech.say(time_s, None, Chime.IN if turn == phrases.IN else Chime.OUT)
        self._breath = turn
        return spoken or turned

    def _room_for_rule(self, block: BlockProgress, time_s: float) -> bool:
        return block.phase.seconds - block.into_phase_s > SAID_S and self.speech.silent_s(time_s) >= SAID_S


def rule_now(block: BlockProgress) -> str | None:
    """Return what to mind now, one rule after the other; `None` while what to do is to be read."""
    rules, turn = block.spec.rules, int(block.shown_s // RULE_S)
    return rules[turn // 2 % len(rules)] if turn % 2 and block.into_phase_s >= QUIET_S else None
