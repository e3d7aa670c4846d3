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

from formcheck.core import wording
from formcheck.core.errors import SourceError
from formcheck.core.interfaces import ClipInfo, Frame, Image
from formcheck.vision.video.pixels import reduced
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions
from formcheck.vision.video.sizes import LARGE_PIXELS, MOVING_PIXELS, check_pixels
from formcheck.vision.video.streams import Display, StreamDisplay, stated_speed, video_stream

SHORT_BY_S, SHORT_BY_SHARE = 1.0, 0.05
"""A video that ends earlier than it says by more than both of these has lost its end."""


SAME_S = 1e-4
"""Times that differ by less are one."""


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
    """The video of a file: its default track of pictures, else the largest."""

    def __init__(self, path: Path, options: ReadOptions = AS_IT_IS) -> None:
        self.options = options
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
                stream = self._stream = video_stream(self._container)
                if stream is None:
                    cover = ", but for a cover" if self._container.streams.video else ""
                    raise SourceError(f"{self._path}: holds no pictures (no video stream{cover}).")
                if stream.codec_context is None:
                    raise SourceError(f"{self._path}: its video is in a format that cannot be decoded here.")
                size = stream.codec_context.width, stream.codec_context.height
                check_pixels(self._path, size, MOVING_PIXELS)
                stream.thread_type = "AUTO" if size[0] * size[1] <= LARGE_PIXELS else "NONE"
                self._decoder: Iterator[Any] = self._container.decode(stream)
                self._first: Any = next(self._decoder, None)
                self._display = StreamDisplay(stream, self.options.orientation)
                self._first_display = self._display.of(self._first) if self._first is not None else _PLAIN
                self._stated_speed = stated_speed(self._container, stream)
                self._speed = self.options.speed or self._stated_speed
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
        width, height = self._first_display.shown(self._first.width, self._first.height)
        if self._still:
            return ClipInfo(path=str(self._path), width=width, height=height, fps=None, expected_s=0.0, still=True)
        rate = self._stream.average_rate or self._stream.guessed_rate
        fps = round(float(rate) / self._speed, 3) if rate else None
        return ClipInfo(path=str(self._path), width=width, height=height, fps=fps, expected_s=self._expected_s())

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what the file states that makes its times others than a player shows."""
        if self.options.speed is not None or self._stated_speed == 1.0:
            return ()
        return (wording.OTHER_SPEED.format(speed=self._stated_speed),)

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
                at_s = (time_s - start) * self._speed
                if self.options.to_s is not None and at_s >= self.options.to_s - SAME_S:
                    return
                display = self._display.of(frame)
                if at_s >= self.options.from_s - SAME_S:
                    yield Frame(image=converter.convert(frame, display), time_s=at_s)
            try:
                frame = next(self._decoder, None)
            except (av.FFmpegError, OSError) as error:
                broken, frame = error, None
        if not self._still:
            self.check_end(((last or 0.0) - (start or 0.0)) * self._speed, broken)

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
        reached = seen_s + max(0.0, self._time_s(self._first, None)) * self._speed
        return expected is not None and expected - reached > max(SHORT_BY_S, SHORT_BY_SHARE * expected)

    def _time_s(self, frame: Any, last: float | None) -> float:
        if frame.time is not None:
            return float(frame.time)
        rate = self._stream.guessed_rate or 25
        return 0.0 if last is None else last + 1.0 / float(rate)

    def _expected_s(self) -> float | None:
        """Return where the video should end, in seconds as they passed: after its stated length, or where no more is wanted.

        `None` where only the container, with its other streams, states a length.
        """
        from formcheck.system.media_libs import av

        stream, length_s = self._stream, None
        if stream.duration is not None and stream.time_base is not None:
            length_s = float(stream.duration * stream.time_base) * self._speed
        elif len(self._container.streams) == 1 and self._container.duration is not None:
            length_s = float(self._container.duration / av.time_base) * self._speed
        return min((one for one in (length_s, self.options.to_s) if one is not None), default=None)


_PLAIN = Display()


class FrameConverter:
    """Converts the decoded pictures of one source to RGB, in the thread that calls it; any thread may.

    One converter serves all of them: a new one for each picture, with threads of its own, costs as much again as the
    conversion.
    """

    def __init__(self) -> None:
        self._reformatter: Any = None
        self._lock = Lock()

    def convert(self, frame: Any, display: Display = _PLAIN, *, factor: int = 1) -> Image:
        """Return the picture as RGB and as it is shown: in square pixels, `factor` times smaller than that, and upright."""
        wide, high = (pixels // factor for pixels in display.square(frame.width, frame.height))
        small = reduced(frame, wide, high) if factor > 1 else None
        return display.orientation.upright(small if small is not None else self._scaled(frame, wide, high))

    def _scaled(self, frame: Any, wide: int, high: int) -> Image:
        from formcheck.system.media_libs import av

        with self._lock:
            self._reformatter = self._reformatter or av.video.reformatter.VideoReformatter()
            picture = self._reformatter.reformat(frame, width=wide, height=high, format="rgb24", threads=1)
            return np.asarray(picture.to_ndarray())


def _raising(error: Exception) -> Iterator[Any]:
    raise error
    yield


def error_message(error: Exception | None) -> str:
    """Return the message of a media library's error, without its number."""
    return str(getattr(error, "strerror", None) or error)
