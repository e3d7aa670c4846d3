"""How true the numbers are: what was told of labelled clips against what is known of them, as counts that add up."""

from formcheck.tuning.evaluation.compare import Frame, Told, compare, yaw_band
from formcheck.tuning.evaluation.counts import Counts

__all__ = ["Counts", "Frame", "Told", "compare", "yaw_band"]
