"""OpenCV and PyAV, imported in the order that works.

Seen on Linux: where `av` is imported before `cv2`, `cv2.imshow` hangs for ever. Import both from here, inside the
function that needs them, so that commands which touch no picture start fast.

OpenCV works in the thread that calls it: a picture is too little work to share, and the other cores are the engine's.
"""

import cv2  # isort: skip
import av  # isort: skip

cv2.setNumThreads(1)

__all__ = ["av", "cv2"]
