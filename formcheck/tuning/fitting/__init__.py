"""Ranges that fit labelled clips: evidence, proposals and the judgement whether they are better. Pure arithmetic."""

from formcheck.tuning.fitting.comparison import Comparison, Figures, judge
from formcheck.tuning.fitting.evidence import Span, gather
from formcheck.tuning.fitting.proposal import Proposal, Row, Wishes, propose

__all__ = ["Comparison", "Figures", "Proposal", "Row", "Span", "Wishes", "gather", "judge", "propose"]
