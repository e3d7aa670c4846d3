"""A clip looked at quickly: in pieces that any number of processes can share, at as many frames as the movement needs."""

from formcheck.pipeline.parallel.detect import DetectionJob
from formcheck.pipeline.parallel.run import detect_segments
from formcheck.pipeline.parallel.segments import SegmentDetections

__all__ = ["DetectionJob", "SegmentDetections", "detect_segments"]
