"""Ranges that fit labelled clips: evidence, proposals and the judgement whether they are better. Pure arithmetic."""

from formcheck.tuning.evidence import Span, gather
from formcheck.tuning.fit import Proposal, Row, Wishes, propose
from formcheck.tuning.judge import Comparison, Figures, judge

__all__ = ["Comparison", "Figures", "Proposal", "Row", "Span", "Wishes", "gather", "judge", "propose"]
