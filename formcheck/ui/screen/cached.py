"""A cache of drawings: shapes that stay on the screen are laid out once and painted once.

Most of a window is the same picture after picture: its words, bars and bands change a few times a minute, the person thirty
times a second. Laying it all out and painting it again took two milliseconds a picture.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from formcheck.ui.drawing.shapes import CachedMarks, Mark

P = ParamSpec("P")

CACHE_SIZE = 64
"""Drawings stored for one function: more than a session shows of any while a window keeps its size."""


def cached_marks(draw: Callable[P, list[Mark]]) -> Callable[P, list[Mark]]:
    """Return `draw`, a function of its arguments alone, made to return the very same `CachedMarks` whenever these are equal."""

    @lru_cache(maxsize=CACHE_SIZE)
    def cached(*args: P.args, **kwargs: P.kwargs) -> CachedMarks:
        return CachedMarks(marks=tuple(draw(*args, **kwargs)))

    @wraps(draw)
    def draw_cached(*args: P.args, **kwargs: P.kwargs) -> list[Mark]:
        return [cached(*args, **kwargs)]  # type: ignore[arg-type]  # an argument that cannot be hashed fails at once

    return draw_cached
