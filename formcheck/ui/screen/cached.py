"""What stays on the screen is laid out once and painted once.

Most of a window is the same picture after picture: its words, bars and bands change a few times a minute, the person thirty
times a second. Laying it all out and painting it again took two milliseconds a picture.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from formcheck.ui.drawing.shapes import CachedMarks, Mark

P = ParamSpec("P")

KEPT = 64
"""Results that one function keeps: more than a session shows of anything while a window keeps its size."""


def cached_marks(draw: Callable[P, list[Mark]]) -> Callable[P, list[Mark]]:
    """Let `draw`, which only depends on its arguments, give the very same `CachedMarks` whenever these are equal."""

    @lru_cache(maxsize=KEPT)
    def made(*args: P.args, **kwargs: P.kwargs) -> CachedMarks:
        return CachedMarks(marks=tuple(draw(*args, **kwargs)))

    @wraps(draw)
    def kept(*args: P.args, **kwargs: P.kwargs) -> list[Mark]:
        return [made(*args, **kwargs)]  # type: ignore[arg-type]  # what is no value fails at once

    return kept
