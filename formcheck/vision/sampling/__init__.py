"""Which frames of a clip the engine sees: when, whether anything moved, and the landmarks in between. All pure."""

from formcheck.vision.sampling.interpolation import Detection, interpolated
from formcheck.vision.sampling.motion import THUMB_WIDTH, Box, box_of, moved
from formcheck.vision.sampling.pace import Pace

__all__ = ["THUMB_WIDTH", "Box", "Detection", "Pace", "box_of", "interpolated", "moved"]
