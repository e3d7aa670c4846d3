"""OpenCV and PyAV, imported in the order that works.

Seen on Linux: where `av` is imported before `cv2`, `cv2.imshow` hangs for ever. Import both from here, inside the
function that needs them, so that commands which touch no picture start fast.

OpenCV works in the thread that calls it: a picture is too little work to share, and the other cores are the engine's.
"""

from typing import Any

import cv2  # isort: skip
import av  # isort: skip

cv2.setNumThreads(1)

TAGS_IN_ANY_ENCODING: dict[str, Any] = {"metadata_errors": "replace"} if int(av.__version__.split(".")[0]) < 19 else {}
"""What `av.open` has to be told so that a tag which is not UTF-8 is no error. From PyAV 19 on it never is."""

__all__ = ["TAGS_IN_ANY_ENCODING", "av", "cv2"]
