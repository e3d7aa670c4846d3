"""A camera as a source: frames as they come, the newest first and no other.

A camera does not wait. Whoever is slower than it sees fewer frames, never older ones, so `Camera` has no iterator: each
consumer has a `Feed` and asks it for the newest frame. Nothing is recorded.
"""

from formcheck.vision.camera.address import Address, Device, Stream, parse_camera
from formcheck.vision.camera.camera import Camera, Condition, Counts, Feed, State
from formcheck.vision.camera.listing import Found, list_cameras

__all__ = [
    "Address",
    "Camera",
    "Condition",
    "Counts",
    "Device",
    "Feed",
    "Found",
    "State",
    "Stream",
    "list_cameras",
    "parse_camera",
]
