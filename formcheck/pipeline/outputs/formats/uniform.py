"""What was seen at uneven times, at even ones: the tools of the field count on a steady rate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.hold_timer import is_gap
from formcheck.analysis.two_rate_analyzer import SAME_S
from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.core.wording.language import number

USUAL_RATE, HIGHEST_RATE = 30.0, 1000.0
"""Rows a second where a clip states no rate, and at most: a damaged file may state anything."""

MOST_ROWS = 2_000_000
"""Eighteen hours at 30 a second: more than this does not fit in memory as markers, and a faulty clock may say anything."""

Values = NDArray[np.float64]


def as_text(value: float, decimals: int) -> str:
    """Return a number as OpenSim and Pose2Sim read it; what is unseen is `NaN`, as OpenSim takes no empty cell at an end."""
    return "NaN" if np.isnan(value) else f"{value:.{decimals}f}"


def rate_of(fps: float | None) -> float:
    """Return how many rows a second there are of a clip with so many pictures a second."""
    return min(fps, HIGHEST_RATE) if fps else USUAL_RATE


def resampled(
    times_s: Sequence[float] | Values, values: Values, rate: float, *, from_start: bool = False
) -> tuple[Values, Values]:
    """Return times at multiples of 1 / `rate` seconds, and what is between the `values` then.

    Parameters
    ----------
    times_s
        When the values were seen, in seconds, never backwards.
    values
        An array whose first axis goes along the times; NaN where something was unseen.
    rate
        Rows a second.
    from_start
        Whether the first row is that of 0 seconds, unseen or not; else it is the first one for which there is a value.

    Returns
    -------
    tuple of two arrays
        The times, and the values: straight between two neighbours; NaN where one of these was unseen, within a gap (more than
        a second without a picture), and before the first and after the last.

    Raises
    ------
    OutputError
        Where these would be more than `MOST_ROWS`.
    """
    known_s = np.asarray(times_s, dtype=np.float64)
    if not len(known_s):
        return np.empty(0), np.empty((0, *values.shape[1:]))
    first = 0 if from_start else int(np.ceil((known_s[0] - SAME_S) * rate))
    last = max(first, int(np.floor((known_s[-1] + SAME_S) * rate)))
    if last - first >= MOST_ROWS:
        raise OutputError(wording.TOO_MANY_ROWS.format(rate=number(rate), hours=(last - first) / rate / 3600))
    grid_s = np.arange(first, last + 1) / rate
    before = np.searchsorted(known_s, grid_s + SAME_S, side="right") - 1
    outside = (before < 0) | (grid_s > known_s[-1] + SAME_S)
    before = before.clip(0)
    after = np.minimum(before + 1, len(known_s) - 1)
    apart_s = known_s[after] - known_s[before]
    share = np.divide(grid_s - known_s[before], apart_s, out=np.zeros_like(grid_s), where=apart_s > 0)
    upright = (-1, *[1] * (values.ndim - 1))
    between = values[before] + share.reshape(upright) * (values[after] - values[before])
    between[np.fromiter(map(is_gap, apart_s), dtype=bool, count=len(grid_s))] = np.nan
    on_it = np.abs(grid_s - known_s[before]) <= SAME_S
    between[on_it] = values[before[on_it]]
    between[outside] = np.nan
    return grid_s, between
