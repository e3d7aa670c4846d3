"""A recorded video from which any picture can be had, forwards and back: for marking by hand.

What is known of every picture is its time: sixteen bytes, and no decoding. Of the pictures themselves only the latest are kept,
no larger than a window shows them, so that memory stays small however long the video is.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Image
from formcheck.vision.video.file import FrameConverter, VideoFile

KEPT = 48
"""Pictures that are kept: a step back is free for a second and a half, at 130 MB."""
_BACK = 24
"""Of the pictures before the wanted one so many are kept on the way: stepping back comes next."""
_LARGEST = 1280 * 720
"""Pixels of a kept picture: what the window shows of it is smaller."""
_LAST_S = 1 / 30
"""How long the only picture of a video lasts."""


class SeekableVideo:
    """The first video stream of a file, its pictures numbered in order of time. Entering raises SourceError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.times_s: Sequence[float] = ()
        self._ticks: Sequence[int] = ()
        self._keys: Sequence[int] = ()
        self._container: Any = None
        self._decoder: Iterator[Any] = iter(())
        self._developer = FrameConverter()
        self._next = 0  # the number of the picture that the decoder gives next
        self._kept: OrderedDict[int, Image] = OrderedDict()

    def __enter__(self) -> Self:
        from formcheck.system.media_libs import av

        with VideoFile(self._path):
            pass  # says in a sentence what is wrong with it
        try:
            self._container = av.open(str(self._path))
            self._index()
        except (av.FFmpegError, OSError) as error:
            raise SourceError(f"{self._path}: the video cannot be read ({error}).") from None
        if not self._ticks:
            self._container.close()
            raise SourceError(f"{self._path}: its pictures carry no times, so it cannot be wound back. Convert it to MP4.")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._decoder = iter(())
        self._kept.clear()
        self._container.close()

    @property
    def length_s(self) -> float:
        """How long the video is: to the end of its last picture, which lasts as long as the others do on average."""
        times = self.times_s
        last_s = times[-1] / (len(times) - 1) if len(times) > 1 else _LAST_S
        return round(times[-1] + last_s, 6)

    def picture(self, number: int) -> Image:
        """Return a picture, by its number from 0. It is not to be painted on. Raises SourceError where it is damaged."""
        from formcheck.system.media_libs import av

        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        try:
            return self._found(number)
        except (av.FFmpegError, OSError) as error:
            raise SourceError(f"{self._path}: the video is damaged at {self.times_s[number]:.1f} s ({error}).") from None

    def _index(self) -> None:
        stream = self._container.streams.video[0]
        stream.thread_type = "AUTO"
        packets = [
            (packet.pts, packet.is_keyframe)
            for packet in self._container.demux(stream)
            if packet.pts is not None and not packet.is_discard
        ]
        self._wind(None)
        first = next(self._decoder).pts  # pictures before the first that can be decoded are none
        self._ticks = array("q", sorted({ticks for ticks, _ in packets if first is not None and ticks >= first}))
        self._keys = sorted({ticks for ticks, key in packets if key})
        tick_s = float(stream.time_base)
        self.times_s = array("d", ((ticks - first) * tick_s for ticks in self._ticks))
        self._wind(None)

    def _wind(self, ticks: int | None) -> None:
        """Make the decoder go on from the key picture at or before `ticks`, or from the beginning."""
        stream = self._container.streams.video[0]
        if ticks is None:
            self._container.seek(0)
        else:
            self._container.seek(ticks, stream=stream, backward=True)
        self._decoder = self._container.decode(stream)

    def _found(self, number: int) -> Image:
        wanted = self._ticks[number]
        behind = number < self._next
        ahead = bisect_left(self._keys, wanted + 1) > bisect_left(self._keys, self._ticks[min(self._next, number)] + 1)
        if behind or ahead:
            self._wind(wanted)
        found = None
        for frame in self._decoder:
            if frame.pts is None:
                continue
            at = bisect_left(self._ticks, frame.pts)
            self._next = at + 1
            if at >= number - (_BACK if behind else 0):
                found = self._keep(min(at, number), frame)
            if at >= number:
                break
        if found is None:  # nothing can be decoded from there to the end
            raise SourceError(f"{self._path}: the video is damaged at {self.times_s[number]:.1f} s.")
        return found

    def _keep(self, number: int, frame: Any) -> Image:
        from formcheck.system.media_libs import cv2

        image = self._developer.upright(frame)
        height, width = image.shape[:2]
        if height * width > _LARGEST:
            scale = (_LARGEST / (height * width)) ** 0.5
            size = round(width * scale), round(height * scale)
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        self._kept[number] = image
        self._kept.move_to_end(number)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return image


def length_of(path: Path) -> float:
    """Return how long a video is, in seconds. Raises SourceError."""
    with SeekableVideo(path) as reel:
        return reel.length_s
