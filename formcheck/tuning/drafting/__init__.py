"""A first draft of a pose file, from a clip of somebody doing it right: numbers are proposed, words left to the author."""

from formcheck.tuning.drafting.findings import Finding, find_measures
from formcheck.tuning.drafting.hold_search import DraftError, Hold, find_hold
from formcheck.tuning.drafting.leg_roles import Casting, cast
from formcheck.tuning.drafting.proposal import Draft, propose
from formcheck.tuning.drafting.toml_text import pose_file

__all__ = ["Casting", "Draft", "DraftError", "Finding", "Hold", "cast", "find_hold", "find_measures", "pose_file", "propose"]
