"""How true the numbers are: what was told of labelled clips against what is known of them, as counts that add up."""

from formcheck.tuning.evaluation.compare import ClipOutcome, JudgedFrame, compare, yaw_band
from formcheck.tuning.evaluation.counts import EvaluationCounts

__all__ = ["ClipOutcome", "EvaluationCounts", "JudgedFrame", "compare", "yaw_band"]
