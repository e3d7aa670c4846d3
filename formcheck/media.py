"""The one place that imports OpenCV and PyAV, in the order that works.

Seen on Linux: where `av` is imported before `cv2`, `cv2.imshow` hangs for ever. Import both from here, inside the
function that needs them, so that commands which touch no picture start fast.
"""

import cv2  # isort: skip
import av  # isort: skip

__all__ = ["av", "cv2"]
