"""A recorded video as a source: upright frames with their own timestamps.

Time comes from the timestamps alone: frame rates are missing, rounded or variable in real files.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, Self

import numpy as np

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import ClipInfo, Frame, Image
from formcheck.vision.video.pixels import reduced
from formcheck.vision.video.sizes import LARGE_PIXELS, MOVING_PIXELS, check_pixels

SHORT_BY_S, SHORT_BY_SHARE = 1.0, 0.05
"""A video that ends earlier than it says by more than both of these has lost its end."""


def open_container(path: Path) -> Any:
    """Return the opened container of a file. Raises what the library does.

    The name is that of a file whatever it looks like; tags may be in any encoding; pictures of more pixels than can be used are
    not decoded, whatever size the container states.
    """
    from formcheck.system.media_libs import av

    most = {"max_pixels": str(MOVING_PIXELS)}
    container = av.open(f"file:{path}", metadata_errors="replace", options=most)
    for stream in container.streams.video:
        if stream.codec_context is not None:
            stream.codec_context.options = most
    return container


class VideoFile:
    """The first video stream of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        from formcheck.system.media_libs import av

        try:
            self._container: Any = open_container(self._path)
        except (av.FFmpegError, OSError) as error:
            raise SourceError(
                f"{self._path}: is not a video that can be read, or its beginning or end is missing ({error_message(error)})."
            ) from None
        with ExitStack() as stack:
            stack.enter_context(self._container)
            try:
                if not self._container.streams.video:
                    raise SourceError(f"{self._path}: holds no pictures (no video stream).")
                stream = self._container.streams.video[0]
                if stream.codec_context is None:
                    raise SourceError(f"{self._path}: its video is in a format that cannot be decoded here.")
                size = stream.codec_context.width, stream.codec_context.height
                check_pixels(self._path, size, MOVING_PIXELS)
                stream.thread_type = "AUTO" if size[0] * size[1] <= LARGE_PIXELS else "NONE"
                self._decoder: Iterator[Any] = self._container.decode(stream)
                self._first: Any = next(self._decoder, None)
                self._still = self._first is not None and self._is_only_picture(stream)
            except (av.FFmpegError, OSError) as error:
                raise SourceError(f"{self._path}: the video cannot be decoded ({error_message(error)}).") from None
            if self._first is None:
                raise SourceError(f"{self._path}: the video holds no frames.")
            self._opened = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._decoder = iter(())
        self._opened.close()

    @property
    def info(self) -> ClipInfo:
        stream = self._container.streams.video[0]
        width, height = self._first.width, self._first.height
        if self._first.rotation % 180:
            width, height = height, width
        if self._still:
            return ClipInfo(path=str(self._path), width=width, height=height, fps=None, expected_s=0.0, still=True)
        rate = stream.average_rate or stream.guessed_rate
        fps = round(float(rate), 3) if rate else None
        return ClipInfo(path=str(self._path), width=width, height=height, fps=fps, expected_s=self._expected_s())

    def frames(self) -> Iterator[Frame]:
        """Yield every frame. Raises SourceError when the video breaks off before its stated end."""
        from formcheck.system.media_libs import av

        start = last = None
        converter = FrameConverter()
        broken: Exception | None = None
        frame = self._first
        while frame is not None:
            time_s = self._time_s(frame, last)
            start = time_s if start is None else start
            if last is None or time_s > last:  # a few files repeat a timestamp; such a frame brings nothing new
                last = time_s
                yield Frame(image=converter.convert(frame), time_s=time_s - start)
            try:
                frame = next(self._decoder, None)
            except (av.FFmpegError, OSError) as error:
                broken, frame = error, None
        if not self._still:
            self.check_end((last or 0.0) - (start or 0.0), broken)

    def _is_only_picture(self, stream: Any) -> bool:
        """Whether there is no other picture than the first: then it is a photo that some program has made a film of."""
        from formcheck.system.media_libs import av

        try:
            second = next(self._decoder, None)
        except (av.FFmpegError, OSError) as error:
            self._decoder = _raising(error)
            return False
        self._decoder = chain(() if second is None else (second,), self._decoder)
        return second is None and (stream.frames == 1 or not self._ends_before(0.0))

    def check_end(self, seen_s: float, broken: Exception | None = None) -> None:
        """Raise SourceError where the video broke off: by an error, or at `seen_s` and thus before its stated end."""
        if broken is not None or self._ends_before(seen_s):
            expected = self._expected_s()
            of = f" of {expected:.1f} s" if expected is not None else ""
            why = f" ({error_message(broken)})" if broken is not None else ""
            raise SourceError(
                f"{self._path}: the video breaks off at {seen_s:.1f} s{of}: the file is cut short or damaged{why}."
            )

    def _ends_before(self, seen_s: float) -> bool:
        """Whether a video whose last picture is at `seen_s` ends before it should."""
        expected = self._expected_s()
        # Some containers count their length from zero, others from the first frame.
        reached = seen_s + max(0.0, self._time_s(self._first, None))
        return expected is not None and expected - reached > max(SHORT_BY_S, SHORT_BY_SHARE * expected)

    def _time_s(self, frame: Any, last: float | None) -> float:
        if frame.time is not None:
            return float(frame.time)
        rate = self._container.streams.video[0].guessed_rate or 25
        return 0.0 if last is None else last + 1.0 / float(rate)

    def _expected_s(self) -> float | None:
        """Return the video's stated length in seconds; `None` where only the container, with its other streams, states one."""
        from formcheck.system.media_libs import av

        stream = self._container.streams.video[0]
        if stream.duration is not None and stream.time_base is not None:
            return float(stream.duration * stream.time_base)
        if len(self._container.streams) == 1 and self._container.duration is not None:
            return float(self._container.duration / av.time_base)
        return None


class FrameConverter:
    """Converts the decoded pictures of one source to RGB, in the thread that calls it; any thread may.

    One converter serves all of them: a new one for each picture, with threads of its own, costs as much again as the
    conversion.
    """

    def __init__(self) -> None:
        self._reformatter: Any = None
        self._lock = Lock()

    def convert(self, frame: Any, *, factor: int = 1) -> Image:
        """Return the picture as RGB, `factor` times smaller, turned by the file's display matrix: phones store rotated ones."""
        small = reduced(frame, factor) if factor > 1 else None
        return turned(frame, small if small is not None else self._scaled(frame, factor))

    def _scaled(self, frame: Any, factor: int) -> Image:
        from formcheck.system.media_libs import av

        size = {"width": frame.width // factor, "height": frame.height // factor}
        with self._lock:
            self._reformatter = self._reformatter or av.video.reformatter.VideoReformatter()
            return np.asarray(self._reformatter.reformat(frame, **size, format="rgb24", threads=1).to_ndarray())


def _raising(error: Exception) -> Iterator[Any]:
    raise error
    yield


def turned(frame: Any, picture: Image) -> Image:
    """Return `picture`, made from `frame`, upright and without gaps between its rows; a copy only where it has to be."""
    return np.ascontiguousarray(np.rot90(picture, round(frame.rotation / 90)))


def error_message(error: Exception | None) -> str:
    """Return the message of a media library's error, without its number."""
    return str(getattr(error, "strerror", None) or error)
