"""How a straight person reads to this camera, and what is subtracted for it from then on."""

from formcheck.analysis.baseline.capture import ASKED, BaselineCapture
from formcheck.analysis.baseline.offsets import (
    LIMIT,
    Baseline,
    StraightPosture,
    StraightReading,
    corrected,
    near_leg,
    posture_of,
)
from formcheck.analysis.baseline.validity import BaselineCheck, BaselineMismatch

__all__ = [
    "ASKED",
    "LIMIT",
    "Baseline",
    "BaselineCapture",
    "BaselineCheck",
    "BaselineMismatch",
    "StraightPosture",
    "StraightReading",
    "corrected",
    "near_leg",
    "posture_of",
]
