"""A recorded video as a source: upright frames with their own timestamps.

Time comes from the timestamps alone: frame rates are missing, rounded or variable in real files.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from heapq import heapify, heappop, heappush
from itertools import chain
from math import inf
from pathlib import Path
from threading import Lock
from typing import Any, Self

import numpy as np

from formcheck.core import wording
from formcheck.core.errors import SourceError
from formcheck.core.interfaces import ClipInfo, Frame, Image
from formcheck.core.wording.language import N_, joined
from formcheck.system.inputs import why_unreadable
from formcheck.vision.video.container.packets import (
    JUMPS,
    SOUND,
    VideoClock,
    VideoIndex,
    is_end,
    is_repeat,
    read_index,
)
from formcheck.vision.video.container.streams import Display, StreamDisplay, stated_day, stated_speed, video_stream
from formcheck.vision.video.pixels import brightness, reduced, same, shrunk
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions
from formcheck.vision.video.sizes import LARGE_PIXELS, MOVING_PIXELS, HeldPictures, check_pixels, factor_of

_NO_TIMES = 0x0080
"""FFmpeg's flag of a format without times (AVFMT_NOTIMESTAMPS)."""

SAME_S = 1e-4
"""Times that differ by less are one."""

_NAMED = 3
"""Places where the clock of a file jumps that are named."""

SECONDS = N_("{seconds:.1f} s")
NO_PICTURES = N_("{path}: holds no pictures (no video stream).")
ONLY_COVER = N_("{path}: holds no pictures (no video stream, but for a cover).")
UNDECODABLE = N_("{path}: the video cannot be decoded ({reason}).")
BREAKS_OFF = N_("the video breaks off at {seconds:.1f} s: the file is cut short or damaged")
BREAKS_OFF_OF = N_("the video breaks off at {seconds:.1f} s of {whole:.1f} s: the file is cut short or damaged")

LIKE_S = 1.0
"""A picture that was not decoded is known no longer than this after the last one that was (seconds)."""


def open_container(path: Path) -> Any:
    """Return the opened container of a file. Raises what the library does.

    The name is that of a file whatever it looks like; tags may be in any encoding; pictures of more pixels than can be used are
    not decoded, whatever size the container states.
    """
    from formcheck.system.native.media_libs import TAGS_IN_ANY_ENCODING, av

    most = {"max_pixels": str(MOVING_PIXELS)}
    container = av.open(f"file:{path}", options=most, **TAGS_IN_ANY_ENCODING)
    for stream in container.streams.video:
        if stream.codec_context is not None:
            stream.codec_context.options = most
    return container


class VideoFile:
    """The video of a file: its default track of pictures, else the largest."""

    def __init__(self, path: Path, options: ReadOptions = AS_IT_IS, clock: VideoClock | None = None) -> None:
        self.options = options
        self._path = path
        self._clock = clock
        self._damage_s: list[float] = []  # in the time of the file
        self._ended_s: float | None = None
        self._read: tuple[float | None, float | None] | None = None  # as others have found

    def __enter__(self) -> Self:
        from formcheck.system.native.media_libs import av

        try:
            self._container: Any = open_container(self._path)
        except (av.FFmpegError, OSError) as error:
            raise SourceError(
                N_("{path}: is not a video that can be read, or its beginning or end is missing ({reason}).").format(
                    path=self._path, reason=why_unreadable(error)
                )
            ) from None
        with ExitStack() as stack:
            stack.enter_context(self._container)
            try:
                stream = self._stream = video_stream(self._container)
                if stream is None:
                    raise SourceError((ONLY_COVER if self._container.streams.video else NO_PICTURES).format(path=self._path))
                if stream.codec_context is None:
                    raise SourceError(
                        N_("{path}: its video is in a format that cannot be decoded here.").format(path=self._path)
                    )
                size = stream.codec_context.width, stream.codec_context.height
                check_pixels(self._path, size, MOVING_PIXELS)
                self._index = self._read_index() if self._clock is None else None
                stream.thread_type = "NONE"  # several threads now see a damaged picture as such, now not
                troubles: list[Exception] = []
                self._decoder = self._decoded(self._container, troubles=troubles)
                self._first: Any = next((frame for _, frame in self._decoder if frame is not None), None)
                self._display = StreamDisplay(stream, self.options.orientation)
                self._first_display = self._display.of(self._first) if self._first is not None else _PLAIN
                self.stated_speed = stated_speed(self._container, stream)
                self._filmed = stated_day(self._container.metadata)
                self._speed = self.options.speed or self.stated_speed
                self._still = self._first is not None and self._is_only_picture(stream)
                if self._first is not None and size[0] * size[1] > LARGE_PIXELS:
                    self._begin_anew(stack)
            except (av.FFmpegError, OSError) as error:
                raise SourceError(UNDECODABLE.format(path=self._path, reason=why_unreadable(error))) from None
            if self._first is None and troubles:
                raise SourceError(UNDECODABLE.format(path=self._path, reason=why_unreadable(troubles[0])))
            if self._first is None:
                raise SourceError(N_("{path}: the video holds no frames.").format(path=self._path))
            self._opened = stack.pop_all()
        return self

    def _begin_anew(self, opened: ExitStack) -> None:
        """Open the container again, and close the first: its decoder holds several pictures, perhaps for long."""
        self._decoder = iter(())
        self._container.close()
        self._container = opened.enter_context(open_container(self._path))
        self._stream = video_stream(self._container)
        self._stream.thread_type = "NONE"
        self._display = StreamDisplay(self._stream, self.options.orientation)
        self._decoder = self._decoded(self._container)

    def __exit__(self, *error: object) -> None:
        self._decoder = iter(())
        self._opened.close()

    @property
    def index(self) -> VideoIndex:
        """What the packets of the video tell; there is none of one that was opened with a clock."""
        assert self._index is not None
        return self._index

    @property
    def first_ticks(self) -> int | None:
        """When the first picture is shown, in ticks; `None` where the file does not say."""
        ticks: int | None = self._first.pts
        return ticks

    @property
    def clock(self) -> VideoClock:
        """What makes the stamps of the file those of a clock that runs through."""
        return self._index.clock if self._index is not None else self._clock or SOUND

    @property
    def times_s(self) -> Sequence[float]:
        """When each picture is shown, in seconds that passed since the first; empty of a video that was opened with a clock."""
        return [at_s * self._speed for at_s in self._index.times_s] if self._index is not None else ()

    def _read_index(self) -> VideoIndex:
        with open_container(self._path) as container:
            return read_index(self._path, container, video_stream(container))

    @property
    def info(self) -> ClipInfo:
        width, height = self._first_display.shown(self._first.width, self._first.height)
        rate = (self._stream.average_rate or self._stream.guessed_rate) if self.stamped else self._rate()
        return ClipInfo(
            path=str(self._path),
            width=width,
            height=height,
            fps=round(float(rate) / self._speed, 3) if rate and not self._still else None,
            expected_s=0.0 if self._still else self._expected_s(),
            still=self._still,
            damaged=self.damaged,
            filmed=self._filmed,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on times that are others than the file states, or that it does not state."""
        notes = []
        if self.options.speed is None and self.stated_speed != 1.0:
            notes.append(wording.OTHER_SPEED.format(speed=self.stated_speed))
        if self.options.speed is None and not self.stamped and not self._still:
            notes.append(wording.NO_TIMES.format(rate=f"{self._rate():.4g}"))
        joins_s = [at_s * self._speed for at_s in self._index.joins_s] if self._index is not None else []
        if joins_s:
            times: list[str] = [SECONDS.format(seconds=at_s) for at_s in joins_s[:_NAMED]]
            times += ["..."] if len(joins_s) > _NAMED else []
            notes.append(wording.CLOCK_REBUILT.format(times=joined(", ", times)))
        return tuple(notes)

    @property
    def stamped(self) -> bool:
        """Whether the file states the times of its pictures: a bare stream has none, and its pictures lie in coded order."""
        return not self._container.format.flags & _NO_TIMES

    @property
    def damaged(self) -> str | None:
        """What is damaged, without a full stop; `None` where nothing is. All of it is known once the video was read."""
        if self._index is None:
            return None
        first_s = self._time_s(self._first, None)
        found_s = min((max(0.0, at_s - first_s) for at_s in self._damage_s), default=None)
        last_s, found_s = self._read if self._read is not None else (self._ended_s, found_s)
        ended_s = self._index.length_s if last_s is None else last_s
        # Of what was recorded from a running stream, the first pictures may lack others.
        lacking_s = first_s - self._index.first_s if self._index.first_s is not None else 0.0
        if self._index.is_short(ended_s + lacking_s):
            at_s, of_s = ended_s * self._speed, self._index.whole_s * self._speed
            return (BREAKS_OFF_OF if self._index.whole_known else BREAKS_OFF).format(seconds=at_s, whole=of_s)
        damaged_s = min((at_s for at_s in (self._index.damaged_s, found_s) if at_s is not None), default=None)
        return (
            N_("the video is damaged at {seconds:.1f} s").format(seconds=damaged_s * self._speed)
            if damaged_s is not None
            else None
        )

    def was_read(self, ended_s: float | None, damaged_s: float | None) -> None:
        """Take in that others have read the video, where its last picture was, and where they found it damaged first (seconds).

        Seconds are those that passed. `ended_s` is `None` where they have not read it to its end.
        """
        speed = self._speed
        self._read = (
            ended_s / speed if ended_s is not None else None,
            damaged_s / speed if damaged_s is not None else None,
        )

    def frames(self) -> Iterator[Frame]:
        """Yield every frame, at half its size where it is very large; what cannot be decoded is passed over."""
        first_s = self._time_s(self._first, None)
        converter = FrameConverter()
        before: Any = None
        shown: Any = self._first
        last = -inf
        for at_s, frame in chain(((first_s, self._first),), self._decoder):
            if at_s <= last:  # a few files repeat a timestamp; such a frame brings nothing new
                continue
            last, time_s = at_s, (at_s - first_s) * self._speed
            if self.options.to_s is not None and time_s >= self.options.to_s - SAME_S:
                return
            repeats = before is not None and (frame is None or same(before, frame))
            before = shown = frame if frame is not None else shown
            if time_s >= self.options.from_s - SAME_S:
                factor = factor_of(shown.width, shown.height)
                image = converter.convert(shown, self._display.of(shown), factor=factor)
                yield Frame(image=image, time_s=time_s, repeats=repeats)
        self._ended_s = last - first_s

    def _is_only_picture(self, stream: Any) -> bool:
        """Whether there is no other picture than the first: then it is a photo that some program has made a film of."""
        if self._index is None or len(self._index.times) > 1:
            return False
        second = next(self._decoder, None)
        self._decoder = chain(() if second is None else (second,), self._decoder)
        return second is None and (stream.frames == 1 or not self._index.cut_short)

    def _decoded(
        self,
        container: Any,
        *,
        from_ticks: int | None = None,
        all_times: bool = False,
        troubles: list[Exception] | None = None,
    ) -> Iterator[tuple[float, Any]]:
        """Yield the time of every picture that is left in `container`, and the frame; `None` where it is as the one before.

        With `all_times` also where the decoder left one out. What cannot be decoded is passed over, and noted.
        """
        from formcheck.system.native.media_libs import av

        stream = video_stream(container)
        waiting: list[float] = []  # the times of packets whose frames have not come yet
        last_s: float | None = None
        # Where reading begins in the middle, or recording did, the first pictures lack others that they build on.
        clean = from_ticks is None and not container.format.flags & JUMPS
        decode, held = self.clock.decoder(), HeldPictures(self._path)
        for packet in self.clock.packets(container, stream, from_ticks):
            at_s = float(packet.pts * packet.time_base) if packet.pts is not None and not packet.is_discard else None
            if at_s is not None and (all_times or is_repeat(packet)):
                heappush(waiting, at_s)
            try:
                frames = decode(packet) if not is_repeat(packet) else []
            except (av.FFmpegError, OSError) as error:
                frames = []
                if troubles is not None:
                    troubles.append(error)
                if at_s in waiting:
                    waiting.remove(at_s)
                    heapify(waiting)
                if (clean or last_s is not None) and not is_end(packet):
                    self._damage_s.append(at_s if at_s is not None else last_s or 0.0)
            for frame in frames:
                held.check(frame)
                shown_s = self._time_s(frame, last_s)
                while waiting and waiting[0] < shown_s - SAME_S:
                    yield from _as_before(heappop(waiting), last_s)
                if waiting and waiting[0] <= shown_s + SAME_S:
                    heappop(waiting)
                if frame.is_corrupt and clean:
                    self._damage_s.append(shown_s)
                clean = clean or not frame.is_corrupt
                last_s = shown_s
                yield shown_s, frame
        while waiting:
            yield from _as_before(heappop(waiting), last_s)

    def _time_s(self, frame: Any, last: float | None) -> float:
        if frame.time is not None:
            return float(frame.time)
        return 0.0 if last is None else last + 1.0 / self._rate()

    def _rate(self) -> float:
        """Return how many pictures a second there are in a file that does not state their times."""
        return float(self._stream.guessed_rate or 25)

    def _expected_s(self) -> float | None:
        """Return where the video should end, in seconds as they passed: after its stated length, or where no more is wanted.

        Where there is more or less of it than it states, that counts. `None` where only the container, with its other streams,
        states a length.
        """
        from formcheck.system.native.media_libs import av

        stream, length_s = self._stream, None
        if stream.duration is not None and stream.time_base is not None:
            length_s = float(stream.duration * stream.time_base)
        elif len(self._container.streams) == 1 and self._container.duration is not None:
            length_s = float(self._container.duration / av.time_base)
        length_s = self._index.believed(length_s) if self._index is not None else length_s
        passed_s = length_s * self._speed if length_s is not None else None
        return min((one for one in (passed_s, self.options.to_s) if one is not None), default=None)


def _as_before(at_s: float, last_s: float | None) -> Iterator[tuple[float, Any]]:
    """Yield the time of a picture that was not decoded, where it is near enough to the last that was to be like it."""
    if last_s is not None and at_s - last_s <= LIKE_S:
        yield at_s, None


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

    def shrink(self, frame: Any, display: Display = _PLAIN) -> Image:
        """Return the brightness of the picture as it is shown, as `shrunk` makes it, uint8 of shape (height, width)."""
        small = shrunk(brightness(frame), display.square(frame.width, frame.height))
        return display.orientation.upright(small)

    def _scaled(self, frame: Any, wide: int, high: int) -> Image:
        from formcheck.system.native.media_libs import av

        with self._lock:
            self._reformatter = self._reformatter or av.video.reformatter.VideoReformatter()
            picture = self._reformatter.reformat(frame, width=wide, height=high, format="rgb24", threads=1)
            return np.asarray(picture.to_ndarray())
