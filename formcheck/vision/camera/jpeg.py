"""The JPEG pictures of a camera: each is decoded small as it comes, and whole only where somebody asks for it.

A JPEG decodes at an eighth of its size in half the time, and the turning into RGB is saved as well: enough to tell whether
anything has moved.
"""

from functools import partial
from threading import Lock
from typing import Any

from formcheck.core.interfaces import Image
from formcheck.vision.camera.backend import CapturedFrame
from formcheck.vision.sampling.motion import THUMB_WIDTH
from formcheck.vision.video.file import FrameConverter

_HALVINGS = 3
"""The decoder makes a picture half as large so many times at most."""


class JpegDecoder:
    """Decodes the pictures of one camera; what it returns may be used in any thread."""

    def __init__(self) -> None:
        self._converter = FrameConverter()
        self._whole = _decoder(0)
        self._small = self._whole  # until the size is known
        self._halvings = 0
        self._using = Lock()

    def captured(self, jpeg: bytes, arrived: float) -> CapturedFrame | None:
        """Return the picture; `None` where it is damaged."""
        small = self._decoded(jpeg, small=True)
        if small is None:
            return None
        halvings = _halvings(max(small.width, small.height) << self._halvings)
        if halvings != self._halvings:
            with self._using:
                self._halvings, self._small = halvings, _decoder(halvings)
        return CapturedFrame(arrived, partial(self._convert, jpeg, small), partial(self._converter.shrink, small))

    def _convert(self, jpeg: bytes, small: Any) -> Image:
        whole = self._decoded(jpeg)
        return self._converter.convert(small if whole is None else whole)

    def _decoded(self, jpeg: bytes, *, small: bool = False) -> Any:
        from formcheck.system.native.media_libs import av

        with self._using:
            try:
                frames = (self._small if small else self._whole).decode(av.Packet(jpeg))
            except av.FFmpegError:
                return None
        return frames[-1] if frames else None


def _halvings(longer: int) -> int:
    return max(count for count in range(_HALVINGS + 1) if count == 0 or longer >> count >= THUMB_WIDTH)


def _decoder(halvings: int) -> Any:
    from formcheck.system.native.media_libs import av

    decoder = av.CodecContext.create("mjpeg", "r")
    decoder.thread_type = "NONE"  # several threads would each hold back a picture
    decoder.options = {"lowres": str(halvings)}
    return decoder
