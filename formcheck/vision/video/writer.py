"""Writes frames to an H.264 MP4 that ordinary players open, each at its own time."""

import os
import struct
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np

from formcheck.core.interfaces import Frame
from formcheck.vision.video.sizes import LARGE_PIXELS, factor_of

_TICKS = 90_000
"""Time base: the frames keep their own timestamps, at whatever rate they came."""


_FRAGMENT_S = 0.5
"""How much of a fragmented film is written at once: what is lost of it where the program is cut off."""

_WHOLE = {"movflags": "faststart"}
_FRAGMENTED = {
    "movflags": "empty_moov+default_base_moof+delay_moov",
    "frag_duration": str(round(_FRAGMENT_S * 1e6)),
    "flush_packets": "1",
}

_BOX_HEAD = 8
"""Bytes of the length and the kind of a box, which an MP4 is made of."""

_FEW_AHEAD = {"x264-params": "rc-lookahead=4:sync-lookahead=0:bframes=0:sliced-threads=1"}
"""The encoder keeps back five frames, which are lost with it, and by default eleven to forty. Looking at none ahead (its
`zerolatency`) makes a film of a person who keeps still 2.7 times as large; so, it is 6 % larger."""


class VideoWriter:
    """Opened on entering. Sizes in pixels; a frame of another size is fitted in, with black beside it. A film of very large
    pictures is of half their width and height.

    `fragmented`: what has been written plays at any time, all but the last second, and even where the writing is cut off;
    `rewrite` makes an ordinary film of it. `crf` is how coarse the picture may be: 21 looks as the clip does, 6 more
    halve the bytes.
    """

    def __init__(
        self, path: Path, width: int, height: int, fps: float = 25.0, *, fragmented: bool = False, crf: int = 21
    ) -> None:
        self._path = path
        step = 2 * factor_of(width, height)  # H.264 in the form every player knows needs even sizes
        self._size = width // step * 2, height // step * 2
        self._fps = fps
        self._fragmented = fragmented
        large = {"rc-lookahead": "2", "bf": "0", "ref": "1", "threads": "1"} if width * height > LARGE_PIXELS else {}
        self._options = {"crf": str(crf), "preset": "veryfast", **large, **(_FEW_AHEAD if fragmented else {})}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        from formcheck.system.native.media_libs import av

        with ExitStack() as stack:
            self._container: Any = stack.enter_context(
                av.open(f"file:{self._path}", "w", format="mp4", options=_FRAGMENTED if self._fragmented else _WHOLE)
            )
            rate = Fraction(self._fps).limit_denominator(1001)
            self._stream: Any = self._container.add_stream("libx264", rate=rate, options=self._options)
            self._stream.width, self._stream.height = self._size
            self._stream.pix_fmt = "yuv420p"
            self._stream.codec_context.time_base = Fraction(1, _TICKS)
            self._stack = stack.pop_all()
        return self

    def add(self, frame: Frame) -> None:
        """Write one frame, later than the one before."""
        from formcheck.system.native.media_libs import av

        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(self._fit(frame.image)), format="rgb24")
        picture.pts = round(frame.time_s * _TICKS)
        picture.time_base = Fraction(1, _TICKS)
        self._container.mux(self._stream.encode(picture))

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if error is None:
                self._container.mux(self._stream.encode(None))
        finally:
            self._stack.__exit__(kind, error, trace)

    def _fit(self, image: Any) -> Any:
        wide, tall = self._size
        if image.shape[1] // 2 * 2 == wide and image.shape[0] // 2 * 2 == tall:
            return image[:tall, :wide]
        from formcheck.system.native.media_libs import cv2

        scale = min(wide / image.shape[1], tall / image.shape[0])
        small = cv2.resize(image, (int(image.shape[1] * scale), int(image.shape[0] * scale)), interpolation=cv2.INTER_AREA)
        high, broad = tall - small.shape[0], wide - small.shape[1]
        return cv2.copyMakeBorder(small, high // 2, high - high // 2, broad // 2, broad - broad // 2, cv2.BORDER_CONSTANT)


def rewrite(film: Path, output_path: Path) -> None:
    """Write the pictures of `film` to an MP4 with its index in front, as they are. Raises OSError and av.FFmpegError."""
    from formcheck.system.native.media_libs import TAGS_IN_ANY_ENCODING, av

    with (
        film.open("rb") as raw,
        av.open(_Beginning(raw, _end_of_whole_boxes(raw)), format="mp4", **TAGS_IN_ANY_ENCODING) as source,
        av.open(f"file:{output_path}", "w", format="mp4", options=_WHOLE) as out,
    ):
        stream = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            # The last one is empty, and only says that it is; of a film that was cut off it may be half a picture.
            if packet.dts is not None and not packet.is_corrupt:
                packet.stream = stream
                out.mux(packet)


def _end_of_whole_boxes(film: BinaryIO) -> int:
    """Return where the last box of an MP4 ends that can be read: FFmpeg opens no film whose last box of tables is cut off.

    Pictures that are cut off are no hindrance: those before stay.
    """
    size, at = film.seek(0, os.SEEK_END), 0
    while at + _BOX_HEAD <= size:
        film.seek(at)
        length, kind = struct.unpack(">I4s", film.read(_BOX_HEAD))
        if length < _BOX_HEAD:  # it goes on to the end, or has a long size, which films of fragments have not
            return size
        if at + length > size:
            return size if kind == b"mdat" else at
        at += length
    return at


class _Beginning:
    """The first `size` bytes of a file, as a file."""

    def __init__(self, raw: BinaryIO, size: int) -> None:
        self._raw, self._size = raw, size
        raw.seek(0)

    def read(self, count: int) -> bytes:
        return self._raw.read(max(0, min(count, self._size - self._raw.tell())))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            offset, whence = self._size + offset, os.SEEK_SET
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()
