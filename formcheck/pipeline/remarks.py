"""What is to be said of a clip beside its document: how it was read, what makes its numbers less sure, what else is in it."""

from collections.abc import Iterator

from formcheck.analysis.scoring.result import Result
from formcheck.core import wording
from formcheck.core.durations import format_duration
from formcheck.stretches.titles import title_of


def remarks_of(result: Result) -> Iterator[str]:
    """Yield a sentence for each; every report of a clip has them."""
    if result.oblique_s >= 1.0:
        yield wording.TURNED.format(duration=format_duration(result.oblique_s))
    elif result.still and result.oblique:
        yield wording.TURNED_PHOTO
    if result.looks_like is not None:
        yield wording.LOOKS_LIKE.format(side=result.looks_like)
    yield from result.misfits
    yield from result.notes
    for name in result.also:
        yield wording.ALSO_SEEN.format(title=title_of(name), name=name)
