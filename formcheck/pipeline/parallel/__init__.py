"""A clip looked at in segments that any number of processes can share, at as many frames as the movement needs."""

from formcheck.pipeline.parallel.detect import DetectionJob
from formcheck.pipeline.parallel.run import detect_segments

__all__ = ["DetectionJob", "detect_segments"]
