"""Who speaks when: the rules of the voice as a pure fold over time.

One sentence at a time. A sentence that had to wait is dropped rather than said late, for advice about a moment that is over
misleads. The same words are not said again so soon that they nag. What is urgent is said first, cuts off what is not, and
is never dropped. Times are seconds on any one clock.
"""

from dataclasses import dataclass, replace

STALE_S = 2.5
"""A sentence that could not begin within this time is about something else by now."""
AGAIN_S = 10.0
"""From one start of a sentence to the next one of the same: two slow breaths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Something to be said. `heard_s` is when it was asked for, `earliest_s` when it may begin: after its chime."""

    text: str
    heard_s: float
    earliest_s: float
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechQueue:
    """What is being said, what waits for its turn (in the order it was asked for), what was begun lately and when."""

    speaking: Sentence | None = None
    waiting: tuple[Sentence, ...] = ()
    begun: tuple[tuple[str, float], ...] = ()


def hear(turns: SpeechQueue, sentence: Sentence) -> SpeechQueue:
    """Let `sentence` wait for its turn. Where it is urgent, whatever is being said that is not ends here."""
    waiting = tuple(other for other in turns.waiting if not _stale(other, sentence.heard_s))
    if not sentence.urgent:
        return replace(turns, waiting=(*waiting, sentence))
    pending = (turns.speaking, *waiting)
    if any(other is not None and other.urgent and other.text == sentence.text for other in pending):
        return turns  # on its way already
    cut = turns.speaking is not None and not turns.speaking.urgent
    return replace(turns, speaking=None if cut else turns.speaking, waiting=(*waiting, sentence))


def advance(turns: SpeechQueue, now_s: float) -> SpeechQueue:
    """Drop what has waited too long or was said lately, and begin the next sentence if none is being said."""
    begun = tuple((text, at_s) for text, at_s in turns.begun if now_s - at_s < AGAIN_S)
    lately = {text for text, _ in begun}
    waiting = tuple(s for s in turns.waiting if s.urgent or not (_stale(s, now_s) or s.text in lately))
    turns = replace(turns, waiting=waiting, begun=begun)
    following = _following(turns)
    if turns.speaking is not None or following is None or following.earliest_s > now_s:
        return turns
    others = tuple(other for other in waiting if other is not following)
    return SpeechQueue(speaking=following, waiting=others, begun=(*begun, (following.text, now_s)))


def finish(turns: SpeechQueue) -> SpeechQueue:
    """The sentence that was being said is over."""
    return replace(turns, speaking=None)


def hush(turns: SpeechQueue) -> SpeechQueue:
    """Nothing is said, and nothing waits."""
    return replace(turns, speaking=None, waiting=())


def next_s(turns: SpeechQueue) -> float | None:
    """Return when `advance` will begin something, if nothing else happens; `None`: not before something does."""
    following = _following(turns)
    return None if turns.speaking is not None or following is None else following.earliest_s


def _following(turns: SpeechQueue) -> Sentence | None:
    """What comes next: the urgent before all others, else in the order it was asked for."""
    urgent = (sentence for sentence in turns.waiting if sentence.urgent)
    return next(urgent, None) or min(turns.waiting, key=lambda sentence: sentence.earliest_s, default=None)


def _stale(sentence: Sentence, now_s: float) -> bool:
    return not sentence.urgent and now_s - sentence.heard_s > STALE_S
