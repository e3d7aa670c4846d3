"""Ranges that fit labelled clips: evidence, proposals and the judgement whether they are better. Pure arithmetic."""
