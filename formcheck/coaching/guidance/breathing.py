"""The breathing pacer: the breath after so many seconds."""

from formcheck.coaching.events import Breath

IN_S, OUT_S = 4.0, 6.0
"""About six breaths a minute, the pace that slow-breathing studies use, with the longer breath out that lets a muscle go: three
breaths in a hold of thirty seconds."""


def breath(held_s: float) -> Breath:
    """Return the breath after `held_s` seconds of a hold; it begins with a breath in."""
    into_s = held_s % (IN_S + OUT_S)
    if into_s < IN_S:
        return Breath(inhaling=True, share=into_s / IN_S)
    return Breath(inhaling=False, share=(into_s - IN_S) / OUT_S)
