"""Which sentence is spoken when: the rules of the voice as a pure fold over time.

One sentence at a time. A sentence that had to wait is dropped rather than said late, for advice about a moment that is over
misleads. The same words are not said again so soon that they nag. An urgent sentence is said first, cuts off one that
is not, and is never dropped. Times are seconds on any one clock.
"""

from dataclasses import dataclass, replace

STALE_S = 2.5
"""A sentence that could not begin within this time is about something else by now."""
AGAIN_S = 10.0
"""From one start of a sentence to the next start of the same: two slow breaths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSay:
    """A sentence to be spoken. `requested_s` is when it was requested, `earliest_s` when it may begin: after its chime."""

    text: str
    requested_s: float
    earliest_s: float
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechQueue:
    """The sentence being spoken, those that wait (in the order of request), and those started lately, with the times."""

    speaking: ToSay | None = None
    waiting: tuple[ToSay, ...] = ()
    started: tuple[tuple[str, float], ...] = ()


def add_sentence(queue: SpeechQueue, sentence: ToSay) -> SpeechQueue:
    """Return the queue with `sentence` waiting. An urgent one ends the sentence being spoken, unless that is urgent too."""
    waiting = tuple(other for other in queue.waiting if not _stale(other, sentence.requested_s))
    if not sentence.urgent:
        return replace(queue, waiting=(*waiting, sentence))
    pending = (queue.speaking, *waiting)
    if any(other is not None and other.urgent and other.text == sentence.text for other in pending):
        return queue  # on its way already
    cut = queue.speaking is not None and not queue.speaking.urgent
    return replace(queue, speaking=None if cut else queue.speaking, waiting=(*waiting, sentence))


def start_next(queue: SpeechQueue, now_s: float) -> SpeechQueue:
    """Return the queue without sentences that waited too long or were said lately, the next one started if none is spoken."""
    started = tuple((text, at_s) for text, at_s in queue.started if now_s - at_s < AGAIN_S)
    lately = {text for text, _ in started}
    waiting = tuple(s for s in queue.waiting if s.urgent or not (_stale(s, now_s) or s.text in lately))
    queue = replace(queue, waiting=waiting, started=started)
    following = _following(queue)
    if queue.speaking is not None or following is None or following.earliest_s > now_s:
        return queue
    others = tuple(other for other in waiting if other is not following)
    return SpeechQueue(speaking=following, waiting=others, started=(*started, (following.text, now_s)))


def end_sentence(queue: SpeechQueue) -> SpeechQueue:
    """Return the queue after the sentence being spoken has ended."""
    return replace(queue, speaking=None)


def clear(queue: SpeechQueue) -> SpeechQueue:
    """Return the queue with nothing spoken and nothing waiting."""
    return replace(queue, speaking=None, waiting=())


def next_start_s(queue: SpeechQueue) -> float | None:
    """Return when `start_next` will start a sentence, if nothing else happens; `None`: not before something does."""
    following = _following(queue)
    return None if queue.speaking is not None or following is None else following.earliest_s


def _following(queue: SpeechQueue) -> ToSay | None:
    """Return the next sentence: the urgent before all others, else in the order of request."""
    urgent = (sentence for sentence in queue.waiting if sentence.urgent)
    return next(urgent, None) or min(queue.waiting, key=lambda sentence: sentence.earliest_s, default=None)


def _stale(sentence: ToSay, now_s: float) -> bool:
    return not sentence.urgent and now_s - sentence.requested_s > STALE_S
