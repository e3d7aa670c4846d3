"""A video read sparsely: the time of every frame, and only as much decoding and conversion as the caller needs.

Frames that no other frame builds on are not decoded where enough others are left; in most recordings that is every second one,
and half of the work. Their times are known from the file.

Large pictures are decoded without the filter that smooths the edges of the coder's blocks, which is a quarter of the work: they
are made smaller, and the edges with them. Angles then differ as much as after coding the clip anew, and their errors do not
grow (docs/performance.md).
"""

from collections.abc import Iterator
from functools import cached_property
from math import inf
from typing import Any

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Frame, Image
from formcheck.core.wording.language import N_
from formcheck.system.inputs import why_unreadable
from formcheck.vision.video.container.streams import Display, StreamDisplay, video_stream
from formcheck.vision.video.file import SAME_S, FrameConverter, VideoFile, open_container
from formcheck.vision.video.pixels import same

PICTURE = 960
"""Larger pictures are made smaller by a whole factor, to no less than this longer side (pixels): the engine works on 256 by
256, and the rest costs."""

LEAVE_OUT_FROM_HZ = 23.0
"""At lower frame rates every frame is decoded."""

GAP_S = 0.095
"""Decoded frames are never further apart than this because others were left out, but for the first time."""


class SparseFrame:
    """A frame that may be decoded. `seen` is false where it was not; then it has nothing but `time_s`.

    `repeats` is whether it is the same, to the last bit, as the one that was decoded before.
    """

    def __init__(
        self, time_s: float, frame: Any, converter: FrameConverter, display: Display | None = None, *, repeats: bool = False
    ) -> None:
        self.time_s = time_s
        self.repeats = repeats
        self._frame = frame
        self._converter = converter
        self._display = display or Display()

    @property
    def seen(self) -> bool:
        return self._frame is not None

    @cached_property
    def thumb(self) -> Image:
        """Its small grey copy, as `FrameConverter.shrink` makes it."""
        return self._converter.shrink(self._frame, self._display)

    def picture(self) -> Frame:
        """Return the frame, as it is shown, in colour, reduced where it is much longer than `PICTURE`."""
        image = self._converter.convert(self._frame, self._display, factor=_factor(self._display, self._frame))
        return Frame(image=image, time_s=self.time_s, thumb=self.thumb)


def _factor(display: Display, frame: Any) -> int:
    """By how much a decoded picture is made smaller for the engine."""
    return max(1, max(display.square(frame.width, frame.height)) // PICTURE)


class SparseReader(VideoFile):
    """The video of a file, from any point on."""

    damaged_s: float | None = None
    """Where the first damage was found in what was read, in seconds from the first picture; `None` where none was."""

    def sparse_frames(self, begin_s: float, end_s: float | None) -> Iterator[SparseFrame]:
        """Yield every frame from `begin_s` on and before `end_s` (`None`: the end), in seconds that passed since the first.

        What cannot be decoded is passed over. Raises SourceError where the video cannot be opened any more.
        """
        from formcheck.system.native.media_libs import av

        begin_s, end_s = begin_s / self._speed, end_s / self._speed if end_s is not None else None
        first_s = self._time_s(self._first, None)
        last_s: float | None = None
        before: Any = None
        converter = FrameConverter()
        self._damage_s = []
        try:
            # Opened anew: the first decoder has read ahead.
            with open_container(self._path) as container:
                stream = video_stream(container)
                display = StreamDisplay(stream, self.options.orientation)
                stream.thread_type = "NONE"  # the other cores have segments of their own
                if _factor(display.of(self._first), self._first) > 1:
                    stream.codec_context.options = {**stream.codec_context.options, "skip_loop_filter": "all"}
                if self.clock.sound:
                    self._seek_before_key(container, first_s + begin_s, first_s)
                leaving_out = float(stream.average_rate or 0) / self._speed >= LEAVE_OUT_FROM_HZ
                leaving_out = leaving_out and not self.clock.coded_order  # what is left out would shift the times of others
                if leaving_out:
                    stream.codec_context.skip_frame = "NONREF"
                decoded_s: float | None = None
                from_ticks = round((first_s + begin_s + SAME_S) / float(stream.time_base or 1)) if begin_s > 0.0 else None
                for at_s, frame in self._decoded(container, from_ticks=from_ticks, all_times=True):
                    if frame is not None:
                        if leaving_out and decoded_s is not None and (at_s - decoded_s) * self._speed > GAP_S:
                            stream.codec_context.skip_frame, leaving_out = "DEFAULT", False
                        decoded_s = at_s
                    time_s = at_s - first_s
                    if end_s is not None and time_s >= end_s - SAME_S:
                        break
                    repeats = frame is not None and before is not None and same(before, frame)
                    before = frame if frame is not None else before
                    if time_s >= begin_s - SAME_S and (last_s is None or time_s > last_s):
                        last_s = time_s
                        shown = display.of(frame) if frame is not None else None
                        yield SparseFrame(max(0.0, time_s) * self._speed, frame, converter, shown, repeats=repeats)
        except (av.FFmpegError, OSError) as error:
            raise SourceError(
                N_("{path}: the video cannot be read any more ({reason}).").format(
                    path=self._path, reason=why_unreadable(error)
                )
            ) from None
        finally:
            found_s = [at_s - first_s for at_s in self._damage_s]
            ending_s = inf if end_s is None else end_s
            first = min((at_s for at_s in found_s if begin_s - SAME_S <= at_s < ending_s), default=None)
            self.damaged_s = first * self._speed if first is not None else None

    def _seek_before_key(self, container: Any, from_s: float, first_s: float) -> None:
        """Seek to where every frame from `from_s` on can be decoded: before a key picture.

        Where a container has no index, a seek lands anywhere; then it goes further and further back, until the beginning.
        """
        if from_s <= first_s:
            return
        at_s, back_s = from_s, 1.0
        with open_container(self._path) as trial:
            while at_s > first_s and not _meets_key(_seek(trial, at_s), from_s):
                at_s, back_s = from_s - back_s, 2 * back_s
        if at_s > first_s:
            _seek(container, at_s)


def _seek(container: Any, at_s: float) -> Any:
    stream = video_stream(container)
    container.seek(int(at_s / stream.time_base), stream=stream, backward=True)
    return container


def _meets_key(container: Any, until_s: float) -> bool:
    """Return whether the next key picture comes before `until_s`."""
    for packet in container.demux(video_stream(container)):
        if packet.pts is None or packet.dts is None or float(packet.dts * packet.time_base) > until_s:
            return False
        if packet.is_keyframe:
            return float(packet.pts * packet.time_base) <= until_s
    return False
