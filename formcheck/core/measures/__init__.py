"""Named quantities of a body in degrees, from the landmarks of one frame."""

from formcheck.core.measures.facing import facing_evidence
from formcheck.core.measures.joints import (
    BodyLike,
    MeasuredBody,
    Roles,
    body_of,
    joint_state,
    locate,
    outweighing,
    overlapping,
    size_of,
)
from formcheck.core.measures.registry import MEASURES, register_measure
from formcheck.core.measures.table import BodyPart, Measure, measure, missing

__all__ = [
    "MEASURES",
    "BodyLike",
    "BodyPart",
    "Measure",
    "MeasuredBody",
    "Roles",
    "body_of",
    "facing_evidence",
    "joint_state",
    "locate",
    "measure",
    "missing",
    "outweighing",
    "overlapping",
    "register_measure",
    "size_of",
]
