"""Named quantities of a body in degrees, from the landmarks of one frame."""

from formcheck.measures.body import Roles, joint_state, locate, outweighing, size_of
from formcheck.measures.facing import facing_evidence
from formcheck.measures.table import MEASURES, Measure, Part, measure, missing

__all__ = [
    "MEASURES",
    "Measure",
    "Part",
    "Roles",
    "facing_evidence",
    "joint_state",
    "locate",
    "measure",
    "missing",
    "outweighing",
    "size_of",
]
