"""The accuracy of formcheck: its results for labelled clips against the labels, as counts that add up."""

from formcheck.tuning.evaluation.compare import ClipOutcome, JudgedFrame, compare, yaw_band
from formcheck.tuning.evaluation.counts import EvaluationCounts

__all__ = ["ClipOutcome", "EvaluationCounts", "JudgedFrame", "compare", "yaw_band"]
