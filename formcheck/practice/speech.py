"""What is to be heard, and when: each thing once, at the moment it is true. The loudspeaker sees to the rest."""

from dataclasses import dataclass, field

from formcheck.practice.stage import Chime, Utterance

AGAIN_S = 12.0
"""An instruction that is still true is said again after this long; sooner nags, and the voice would swallow it."""


@dataclass(slots=True)
class Speech:
    """Collects the utterances of one step; `take` hands them over."""

    _waiting: list[Utterance] = field(default_factory=list)
    _instruction: str | None = None
    _instructed_s: float = 0.0

    def say(self, time_s: float, text: str | None = None, chime: Chime | None = None, *, urgent: bool = False) -> None:
        """Have something heard now."""
        self._waiting.append(Utterance(time_s=time_s, text=text, chime=chime, urgent=urgent))

    def instruct(self, time_s: float, text: str) -> None:
        """Have an instruction heard when it is new, and again while it stays true."""
        if text != self._instruction or time_s - self._instructed_s >= AGAIN_S:
            self._instruction, self._instructed_s = text, time_s
            self.say(time_s, text)

    def take(self) -> tuple[Utterance, ...]:
        """Return what is to be heard since the last call."""
        taken, self._waiting = tuple(self._waiting), []
        return taken
