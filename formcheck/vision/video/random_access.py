"""A recorded video that gives any picture by its number, forwards and back: for labelling by hand.

Of every picture only the time is held, sixteen bytes without decoding. Of the pictures themselves only the latest are stored,
no larger than a window shows them, so that memory stays small however long the video is.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Image
from formcheck.core.wording.language import N_
from formcheck.system.inputs import why_unreadable
from formcheck.vision.video.container.packets import is_repeat
from formcheck.vision.video.container.streams import StreamDisplay, video_stream
from formcheck.vision.video.file import FrameConverter, VideoFile, open_container
from formcheck.vision.video.sizes import LARGE_PIXELS, HeldPictures

STORED = 48
"""Pictures that are stored: a step back is free for a second and a half, at 130 MB."""
_BACK = 24
"""So many pictures before the requested one are stored on the way to it: stepping back comes next."""
_LARGEST = 1280 * 720
"""Pixels of a stored picture: the window shows it smaller."""
_LAST_S = 1 / 30
"""How long the only picture of a video lasts, in seconds."""


class SeekableVideo:
    """The video of a file, its pictures numbered in order of time. Entering raises SourceError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.times_s: Sequence[float] = ()
        self._decoder: Iterator[Any] = iter(())
        self._converter = FrameConverter()
        self._next = 0  # the number of the picture that the decoder gives next
        self._stored: OrderedDict[int, Image] = OrderedDict()

    def __enter__(self) -> Self:
        from formcheck.system.native.media_libs import av

        with VideoFile(self._path) as video:  # raises with a sentence where the video is faulty
            index = video.index
            first = video.first_ticks  # pictures before the first that can be decoded don't count
            tick_s = index.tick_s * video.stated_speed
        self._clock = index.clock
        self._ticks: Sequence[int] = array("q", [at for at in index.times if first is not None and at >= first])
        self._keys: Sequence[int] = index.keys
        self.times_s = array("d", ((at - (first or 0)) * tick_s for at in self._ticks))
        self._container: Any = None
        self._stream: Any = None
        try:
            self._seek(None)
        except (av.FFmpegError, OSError) as error:
            raise SourceError(
                N_("{path}: the video cannot be read ({reason}).").format(path=self._path, reason=why_unreadable(error))
            ) from None
        if not self._ticks:
            self._close()
            raise SourceError(
                N_("{path}: its pictures carry no times, so it cannot be wound back. Convert it to MP4.").format(
                    path=self._path
                )
            )
        return self

    def __exit__(self, *error: object) -> None:
        self._close()
        self._stored.clear()

    @property
    def length_s(self) -> float:
        """The video's length in seconds: to the end of its last picture, which lasts as long as the others do on average."""
        times = self.times_s
        last_s = times[-1] / (len(times) - 1) if len(times) > 1 else _LAST_S
        return round(times[-1] + last_s, 6)

    def picture(self, number: int) -> Image:
        """Return the picture of that number, from 0. Do not paint on it. Raises SourceError where it is damaged."""
        from formcheck.system.native.media_libs import av

        if number in self._stored:
            self._stored.move_to_end(number)
            return self._stored[number]
        try:
            return self._decode(number)
        except (av.FFmpegError, OSError) as error:
            why = why_unreadable(error)
            raise SourceError(
                N_("{path}: the video is damaged at {seconds:.1f} s ({why}).").format(
                    path=self._path, seconds=self.times_s[number], why=why
                )
            ) from None

    def _seek(self, ticks: int | None) -> None:
        """Set the decoder to the key picture at or before `ticks`, or to the beginning."""
        if self._clock.sound and self._container is not None:
            stream = self._stream
            if ticks is None:
                self._container.seek(0)
            else:
                self._container.seek(ticks, stream=stream, backward=True)
        else:  # there is no seeking by stamps that are not sound
            self._close()
            self._container = open_container(self._path)
            stream = self._stream = video_stream(self._container)
            self._display = StreamDisplay(stream)
            large = stream.codec_context.width * stream.codec_context.height > LARGE_PIXELS
            stream.thread_type = "NONE" if large else "AUTO"
        self._decoder = self._frames(self._clock.packets(self._container, stream, ticks))

    def _frames(self, packets: Iterator[Any]) -> Iterator[Any]:
        """Yield what can be decoded."""
        from formcheck.system.native.media_libs import av

        decode, held = self._clock.decoder(), HeldPictures(self._path)
        for packet in packets:
            if is_repeat(packet):
                continue
            try:
                frames = decode(packet)
            except (av.FFmpegError, OSError):
                continue
            for frame in frames:
                held.check(frame)
                yield frame

    def _close(self) -> None:
        self._decoder = iter(())
        if self._container is not None:
            self._container.close()

    def _decode(self, number: int) -> Image:
        target = self._ticks[number]
        behind = number < self._next
        ahead = bisect_left(self._keys, target + 1) > bisect_left(self._keys, self._ticks[min(self._next, number)] + 1)
        first = number - (_BACK if behind else 0)
        if behind or ahead:
            self._seek(target)
            if (image := self._wind(first, number, begun=False)) is not None:
                return image
            self._seek(None)  # where a file has no index, a seek lands anywhere
        image = self._wind(first, number, begun=True)
        if image is None:  # nothing can be decoded from there to the end
            raise SourceError(
                N_("{path}: the video is damaged at {seconds:.1f} s.").format(path=self._path, seconds=self.times_s[number])
            )
        return image

    def _wind(self, first: int, number: int, *, begun: bool) -> Image | None:
        """Return the picture of that number, having stored those from `first` on; `None` where it does not come any more.

        Where it is not `begun`, the first picture that comes must not be a later one.
        """
        image = None
        for frame in self._decoder:
            if frame.pts is None:
                continue
            at = bisect_left(self._ticks, frame.pts)
            if at > number and not begun:
                return None
            begun, self._next = True, at + 1
            if at >= first:
                image = self._store(min(at, number), frame)
            if at >= number:
                break
        return image

    def _store(self, number: int, frame: Any) -> Image:
        from formcheck.system.native.media_libs import cv2

        image = self._converter.convert(frame, self._display.of(frame))
        height, width = image.shape[:2]
        if height * width > _LARGEST:
            scale = (_LARGEST / (height * width)) ** 0.5
            size = round(width * scale), round(height * scale)
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        self._stored[number] = image
        self._stored.move_to_end(number)
        while len(self._stored) > STORED:
            self._stored.popitem(last=False)
        return image


def length_of(path: Path) -> float:
    """Return how long a video is, in seconds. Raises SourceError."""
    with SeekableVideo(path) as video:
        return video.length_s
