"""A camera as a source: always the newest frame.

A camera does not wait. A consumer slower than the camera gets fewer frames, never older ones, so `Camera` has no iterator:
each consumer has a `Feed` that returns the newest frame. Nothing is recorded.
"""

from formcheck.vision.camera.address import Address, LocalCamera, NetworkStream, parse_camera
from formcheck.vision.camera.camera import Camera, CameraCondition, CameraState, CaptureStats, Feed
from formcheck.vision.camera.listing import CameraEntry, list_cameras

__all__ = [
    "Address",
    "Camera",
    "CameraCondition",
    "CameraEntry",
    "CameraState",
    "CaptureStats",
    "Feed",
    "LocalCamera",
    "NetworkStream",
    "list_cameras",
    "parse_camera",
]
