"""Whether somebody leaves a flexibility check out: asked once, and kept beside the answers about guided blocks.

It is asked again where the words of the check about who leaves it out have changed.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from formcheck.people.safety.blocks import BlockAnswers, load_block_answers, save_block_answers

_BARRED = "barred"


def is_barred(check: str, words: Sequence[str], person: str | None = None) -> bool | None:
    """Return whether the person leaves out the check of this name, by what was answered to these `words`; `None`: not asked."""
    kept = load_block_answers(person).get(_key(check))
    return _BARRED in kept.yes if kept is not None and kept.asked == _fingerprint(words) else None


def save_barred(check: str, words: Sequence[str], person: str | None = None, *, barred: bool) -> None:
    """Keep the answer. Raises OutputError."""
    answer = BlockAnswers(asked=_fingerprint(words), on=date.today(), yes=frozenset({_BARRED} if barred else ()))
    save_block_answers({**load_block_answers(person), _key(check): answer}, person)


def _key(check: str) -> str:
    return f"check {check}"


def _fingerprint(words: Sequence[str]) -> str:
    """What changes when the words do."""
    return sha256("\n".join(words).encode()).hexdigest()[:16]
