"""Ranges that fit labelled clips: evidence, proposals and the judgement whether they are better. Pure arithmetic."""

from formcheck.tuning.fitting.comparison import Comparison, Figures, judge
from formcheck.tuning.fitting.evidence import EvidenceSpan, gather
from formcheck.tuning.fitting.proposal import LimitChange, Proposal, TuningConstraints, propose

__all__ = [
    "Comparison",
    "EvidenceSpan",
    "Figures",
    "LimitChange",
    "Proposal",
    "TuningConstraints",
    "gather",
    "judge",
    "propose",
]
