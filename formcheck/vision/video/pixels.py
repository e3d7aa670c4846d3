"""Small copies of pictures: of RGB pictures, and of decoded ones by their planes, without turning all of them into RGB.

A decoded picture has a plane of brightness, and two of colour at half the size. A reduced copy made from the planes takes a
quarter of the time of turning the whole picture into RGB, and the mean of whole squares of pixels is truer than what fast
converters pick out of them.
"""

from typing import Any

import numpy as np

from formcheck.core.interfaces import Image
from formcheck.vision.sampling.motion import THUMB_WIDTH, identical

_FULL_RANGE = 2


def shrunk(picture: Image, shape: tuple[int, int] | None = None) -> Image:
    """Return `picture`, uint8 of shape (height, width) or (height, width, 3), its longer side being `THUMB_WIDTH` pixels.

    `shape` is its width and height in square pixels where they are others than stored. A larger one is sampled down to twice
    that size, which is ten times as fast as by all pixels, and from there by the mean of four.
    """
    from formcheck.system.native.media_libs import cv2

    shape = shape or (picture.shape[1], picture.shape[0])
    scale = THUMB_WIDTH / max(shape)
    wide, high = (max(1, round(pixels * scale)) for pixels in shape)
    if picture.shape[1] > 2 * wide and picture.shape[0] > 2 * high:
        picture = np.asarray(cv2.resize(picture, (2 * wide, 2 * high), interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.asarray(cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)


def grey(picture: Image, *, bgr: bool = False) -> Image:
    """Return a grey copy of an RGB picture, or a `bgr` one, shrunk to tell by it whether anything has moved."""
    from formcheck.system.native.media_libs import cv2

    return np.asarray(cv2.cvtColor(shrunk(picture), cv2.COLOR_BGR2GRAY if bgr else cv2.COLOR_RGB2GRAY), np.uint8)


def brightness(frame: Any) -> Image:
    """Return the brightness of a decoded picture, uint8 of shape (height, width), as it was recorded: not turned upright."""
    if frame.format.name.startswith(("yuv", "nv12", "gray")) and frame.format.components[0].bits == 8:
        return _plane(frame, 0)
    return np.asarray(frame.to_ndarray(format="gray"))


def reduced(frame: Any, width: int, height: int) -> Image | None:
    """Return a decoded picture as RGB of this or the next even size, not turned upright; `None` where its format is a rare one.

    The colours are those of ITU-R BT.601 whatever the file says: BT.709 taken for it shifts skin by 2 % and no joints.
    """
    from formcheck.system.native.media_libs import cv2

    if frame.format.name != "yuv420p" or frame.color_range == _FULL_RANGE:
        return None
    wide, high = (max(2, size // 2 * 2) for size in (width, height))
    planes = np.empty((high * 3 // 2, wide), np.uint8)
    colours = planes[high:].reshape(2, high // 2, wide // 2)
    for i, small in enumerate((planes[:high], *colours)):
        cv2.resize(_plane(frame, i), small.shape[::-1], dst=small, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420))


def same(one: Any, other: Any) -> bool:
    """Return whether two decoded pictures are the same, to the last bit."""
    if (one.format.name, one.width, one.height) != (other.format.name, other.width, other.height):
        return False
    return all(identical(_bytes(one, i), _bytes(other, i)) for i in range(len(one.planes)))


def _bytes(frame: Any, i: int) -> Image:
    """A plane without what pads its lines."""
    plane = frame.planes[i]
    lines = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return lines[: plane.height, : plane.width * (plane.line_size // plane.width)]


def _plane(frame: Any, i: int) -> Image:
    plane = frame.planes[i]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]
