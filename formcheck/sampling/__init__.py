"""Looking at fewer frames than a clip has: when to look, whether anything moved, and what was between two looks. All pure."""

from formcheck.sampling.between import Look, between
from formcheck.sampling.pace import Pace
from formcheck.sampling.stillness import THUMB_WIDTH, Box, box_of, moved

__all__ = ["THUMB_WIDTH", "Box", "Look", "Pace", "between", "box_of", "moved"]
