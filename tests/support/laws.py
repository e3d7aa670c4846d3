"""How laws are tried, and what values they are tried on."""

from hypothesis import settings
from hypothesis import strategies as st

law = settings(deadline=None)
"""No deadline: a busy machine may pause for longer than any law takes."""

slow_law = settings(deadline=None, max_examples=10)
"""For laws over seconds of frames."""

seeds = st.integers(min_value=0, max_value=10_000)


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(min_value=low, max_value=high, allow_nan=False)
