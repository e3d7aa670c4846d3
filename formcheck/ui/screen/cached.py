"""A cache of drawings: shapes that stay on the screen are laid out once and painted once.

Most of a window is the same picture after picture: its words, bars and bands change a few times a minute, the person thirty
times a second. Laying it all out and painting it again took two milliseconds a picture.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from formcheck.core.wording.language import shown, spoken
from formcheck.ui.drawing.shapes import CachedMarks, Mark

P = ParamSpec("P")

CACHE_SIZE = 64
"""Drawings stored for one function: more than a session shows of any while a window keeps its size."""


def cached_marks(draw: Callable[P, list[Mark]]) -> Callable[P, list[Mark]]:
    """Return `draw`, a function of its arguments and of the language that is spoken, made to return the very same
    `CachedMarks` whenever these are equal. A sentence among its arguments is shown in that language.
    """

    @lru_cache(maxsize=CACHE_SIZE)
    def cached(_language: str, *args: P.args, **kwargs: P.kwargs) -> CachedMarks:
        return CachedMarks(marks=tuple(draw(*args, **kwargs)))

    @wraps(draw)
    def draw_cached(*args: P.args, **kwargs: P.kwargs) -> list[Mark]:
        # An argument that cannot be hashed fails at once; what is no sentence is as it was.
        return [cached(spoken().language, *map(shown, args), **kwargs)]  # type: ignore[arg-type]

    return draw_cached
