"""How somebody straight reads to this camera, and what is subtracted for it from then on."""

from formcheck.analysis.baseline.capture import ASKED, Taking
from formcheck.analysis.baseline.offsets import LIMIT, Baseline, Posture, Reading, corrected, near_leg, posture_of
from formcheck.analysis.baseline.validity import Fit, Misfit

__all__ = [
    "ASKED",
    "LIMIT",
    "Baseline",
    "Fit",
    "Misfit",
    "Posture",
    "Reading",
    "Taking",
    "corrected",
    "near_leg",
    "posture_of",
]
