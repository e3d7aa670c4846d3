"""What is to be heard, and when: each thing once, at the moment it is true. The loudspeaker sees to the rest."""

from dataclasses import dataclass, field
from math import inf

from formcheck.practice.stage import Chime, Utterance

AGAIN_S = 12.0
"""An instruction that is still true is said again after this long; sooner nags, and the voice would swallow it."""

APART_S = 2.0
"""An instruction waits until what was said before it has been heard; in between it may become needless."""


@dataclass(slots=True)
class Speech:
    """Collects the utterances of one step; `take` hands them over."""

    _waiting: list[Utterance] = field(default_factory=list)
    _instructed_s: dict[str, float] = field(default_factory=dict)
    _spoke_s: float = -inf

    def say(self, time_s: float, text: str | None = None, chime: Chime | None = None, *, urgent: bool = False) -> None:
        """Have something heard now."""
        self._waiting.append(Utterance(time_s=time_s, text=text, chime=chime, urgent=urgent))
        if text is not None:
            self._spoke_s = time_s

    def instruct(self, time_s: float, text: str) -> None:
        """Have an instruction heard when there is room for it, and again while it stays true."""
        if self.silent_s(time_s) >= APART_S and time_s - self._instructed_s.get(text, -inf) >= AGAIN_S:
            self._instructed_s[text] = time_s
            self.say(time_s, text)

    def silent_s(self, time_s: float) -> float:
        """Return how long nothing has been said."""
        return time_s - self._spoke_s

    def take(self) -> tuple[Utterance, ...]:
        """Return what is to be heard since the last call."""
        taken, self._waiting = tuple(self._waiting), []
        return taken
