"""Looking at fewer frames than a clip has: when to look, whether anything moved, and what was between two looks. All pure."""

from formcheck.vision.sampling.interpolation import Look, between
from formcheck.vision.sampling.motion import THUMB_WIDTH, Box, box_of, moved
from formcheck.vision.sampling.pace import Pace

__all__ = ["THUMB_WIDTH", "Box", "Look", "Pace", "between", "box_of", "moved"]
