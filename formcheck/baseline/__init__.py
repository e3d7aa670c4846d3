"""How somebody straight reads to this camera, and what is subtracted for it from then on."""

from formcheck.baseline.fit import Fit, Misfit
from formcheck.baseline.offsets import LIMIT, Baseline, Posture, Reading, corrected, near_leg, posture_of
from formcheck.baseline.taking import ASKED, Taking

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
