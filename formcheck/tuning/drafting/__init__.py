"""A first draft of a pose file, from a clip of somebody doing it right: numbers are proposed, words left to the author."""

from formcheck.core.errors import DraftError
from formcheck.tuning.drafting.findings import MeasureFinding, find_measures
from formcheck.tuning.drafting.hold_search import SteadyHold, find_hold
from formcheck.tuning.drafting.leg_roles import LegAssignment, assign_legs
from formcheck.tuning.drafting.proposal import Draft, propose
from formcheck.tuning.drafting.toml_text import pose_file

__all__ = [
    "Draft",
    "DraftError",
    "LegAssignment",
    "MeasureFinding",
    "SteadyHold",
    "assign_legs",
    "find_hold",
    "find_measures",
    "pose_file",
    "propose",
]
