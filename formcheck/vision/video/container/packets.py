"""The packets of a video, on a clock that runs through, and what is known of all of them before one is decoded.

Lengths that a file states are not trusted: a header may promise hours, and a counter that ran over makes days of a minute. All
packets are read once, without decoding, which takes a hundredth of the time of that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from formcheck.vision.video.container.clock import JUMPING_S, LONGEST_S, Stamp, rebuilt
from formcheck.vision.video.container.evidence import Evidence
from formcheck.vision.video.container.framing import is_cut

JUMPS = 0x0200
"""FFmpeg's flag of formats whose clock may jump (AVFMT_TS_DISCONT)."""

SHORT_BY_S, SHORT_BY_SHARE = 0.5, 0.02
"""A video that ends earlier than it says by more than both of these has lost its end. Whole ones end within a tenth of a second
of what their containers say."""

SHORT_BY_STEPS = 1.5
"""And one that has fewer pictures than it says where it ends by more than so many of them earlier."""

_LAST_S = 1 / 30
"""How long the only picture of a video lasts, in seconds."""


class _CodedOrder:
    """Decodes the packets of a container that has no times but those of decoding, as AVI.

    The decoder gives each picture the time of its own packet, and the pictures in the order in which they are shown. They get
    the times of the packets in order.
    """

    def __init__(self) -> None:
        self._waiting: list[int] = []  # times of packets whose pictures have not come yet

    def decode(self, packet: Any) -> list[Any]:
        """Return the pictures that come out of the decoder. Raises what the library does."""
        if packet.pts is not None:
            heappush(self._waiting, packet.pts)
        try:
            frames: list[Any] = packet.decode()
        except Exception:
            if packet.pts is not None:
                self._waiting.remove(packet.pts)
                heapify(self._waiting)
            raise
        for frame in frames:
            if frame.key_frame:  # all before it are out: what is missing there moves no other picture
                while self._waiting and self._waiting[0] < (frame.pts or 0):
                    heappop(self._waiting)
            if self._waiting:
                frame.pts = heappop(self._waiting)
        return frames


def _decode(packet: Any) -> list[Any]:
    frames: list[Any] = packet.decode()
    return frames


@dataclass(frozen=True, slots=True)
class VideoClock:
    """When each picture is shown, in ticks, by the number of its packet, where a file's own stamps jump or go back.

    `stamps` is `None` where they are sound; else `keys` are the numbers of the packets that need no other. `coded_order` is
    whether pictures have their times in the order in which they are coded, although they are shown in another.
    """

    stamps: tuple[int | None, ...] | None = None
    keys: tuple[int, ...] = ()
    coded_order: bool = False

    @property
    def sound(self) -> bool:
        """Whether the stamps of the file are sound."""
        return self.stamps is None

    def decoder(self) -> Callable[[Any], list[Any]]:
        """Return what decodes packets, one after the other, to pictures with their times. It raises what the library does."""
        return _CodedOrder().decode if self.coded_order else _decode

    def packets(self, container: Any, stream: Any, from_ticks: int | None = None) -> Iterator[Any]:
        """Yield the packets of `stream` from where `container` stands, each with its time on this clock, and an empty one.

        Where the stamps are not sound, `container` stands at the beginning: seeking goes by them. Packets before the last from
        which all pictures from `from_ticks` on can be decoded are passed over.
        """
        if self.stamps is None:
            yield from read_on(container, stream)
            return
        begin = 0
        if from_ticks is not None:
            before = [key for key in self.keys if (at := self.stamps[key]) is not None and at <= from_ticks]
            begin = before[-1] if before else 0
        number = 0
        for packet in read_on(container, stream):
            if is_end(packet):
                yield packet
                continue
            if number >= begin:
                at = self.stamps[number] if number < len(self.stamps) else None
                packet.dts = None
                packet.pts = at
                yield packet
            number += 1


SOUND = VideoClock()
"""That of a file whose stamps are sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoIndex:
    """What the packets of a video tell.

    Attributes
    ----------
    times : Sequence[int]
        When each picture is shown, in ticks, in order.
    keys : Sequence[int]
        When those are shown that need no other.
    tick_s : float
        Seconds to a tick.
    clock : VideoClock
        What makes the stamps of the file what they are here.
    joins_s : Sequence[float]
        Where the stamps of the file jump or go back, in seconds from the first picture.
    stated_s : float or None
        The length that the file states; `None` where it states none, or its clock is not sound.
    length_s, last_s : float
        From the first picture to the end of the last, and how long that one is shown.
    cut_short : bool
        Whether the file has lost its end.
    damaged_s : float or None
        Up to where the container could be read when something in it could not; seconds from the first picture.
    """

    times: Sequence[int]
    keys: Sequence[int]
    tick_s: float
    clock: VideoClock
    joins_s: Sequence[float]
    stated_s: float | None
    length_s: float
    last_s: float
    cut_short: bool
    damaged_s: float | None

    @property
    def first_s(self) -> float | None:
        """When the first picture is shown, in the time of the file; `None` where it does not say."""
        return self.times[0] * self.tick_s if self.times else None

    @property
    def whole_s(self) -> float:
        """How long the video is, or was before its end was lost."""
        return self.stated_s if self.cut_short and self.stated_s is not None else self.length_s

    @property
    def whole_known(self) -> bool:
        """Whether it is known how long the video is or was: what has lost its end may not say it."""
        return not self.cut_short or self.stated_s is not None

    def is_short(self, ended_s: float) -> bool:
        """Return whether its end is lost; the last picture that can be decoded is at `ended_s`, seconds from the first."""
        known = len(self.times) > 0
        return self.cut_short or (known and _differ(self.length_s - ended_s - self.last_s, self.length_s))

    def believed(self, stated_s: float | None) -> float | None:
        """Return the length that the file states where it may be true, else what there is; `None` where it states none."""
        if stated_s is None and not self.clock.sound:
            return self.length_s
        return self.length_s if stated_s is not None and _differ(abs(stated_s - self.length_s), stated_s) else stated_s

    @property
    def times_s(self) -> list[float]:
        """When each picture is shown, in seconds from the first."""
        return [(ticks - self.times[0]) * self.tick_s for ticks in self.times]


def read_index(path: Path, container: Any, stream: Any) -> VideoIndex:
    """Return what all packets of `container`, which stands at its beginning, tell of `stream`, the video in it."""
    tick_s = float(stream.time_base or 1)
    jumps = bool(container.format.flags & JUMPS)
    evidence = Evidence(path, container.format.name) if jumps else None
    stamps: list[Stamp] = []
    last_for = 0  # how long the packet lasts that is shown last, in ticks
    newest = 0
    others_s = 0.0  # when the last packet of any other stream ends
    damaged_at: int | None = None
    troubles: list[Exception] = []
    for packet in read_on(container, None, troubles):
        if troubles and damaged_at is None:
            damaged_at = newest
        if is_end(packet):
            continue
        if packet.stream.index != stream.index:
            if packet.pts is not None and packet.time_base is not None:
                others_s = max(others_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
                if evidence is not None:
                    evidence.take_other(packet)
            continue
        if evidence is not None:
            evidence.take_picture(packet)
        shown = packet.pts if not packet.is_discard else None
        stamps.append(Stamp(shown, packet.dts, bool(packet.is_keyframe)))
        if shown is not None and (shown >= newest or len(stamps) == 1):
            newest, last_for = shown, packet.duration or 0
    if evidence is not None:
        mended = rebuilt(stamps, tick_s, JUMPING_S, evidence.runs_on)
    else:
        mended = rebuilt(stamps, tick_s, LONGEST_S)
    sound = mended is None
    shown_at = [stamp.shown for stamp in stamps] if mended is None else mended.shown
    times = sorted({ticks for ticks in shown_at if ticks is not None})
    keys = [number for number, stamp in enumerate(stamps) if stamp.key]
    rate = float(stream.average_rate or stream.guessed_rate or 25)
    steps_s = [(after - before) * tick_s for before, after in pairwise(times)]
    usual_s = median(steps_s) if steps_s else _LAST_S
    last_s = max(usual_s, *([last_for * tick_s, steps_s[-1]] if sound and steps_s else [0.0]))
    spent_s = (times[-1] - times[0]) * tick_s if times else len(stamps) / rate
    stated_s = _stated_s(container, stream) if sound else None
    lost_s = 0.0
    if stated_s is not None and not jumps:  # these state none: it was guessed from what is there
        begin_s = max(0.0, times[0] * tick_s) if times else 0.0  # some count their length from zero, others from here
        only = stream.duration is not None or len(container.streams) == 1
        lost_s = stated_s - max(begin_s + spent_s + last_s, 0.0 if only else others_s)
    fewer = stream.frames > len(stamps) and lost_s > SHORT_BY_STEPS * usual_s
    cut_short = fewer or (stated_s is not None and _differ(lost_s, stated_s)) or is_cut(path, container.format.name)
    last_s = last_s if last_s <= JUMPING_S else usual_s
    return VideoIndex(
        times=times,
        keys=sorted({at for key in keys if (at := shown_at[key]) is not None}),
        tick_s=tick_s,
        clock=VideoClock(
            tuple(mended.shown) if mended is not None else None,
            tuple(keys) if mended is not None else (),
            coded_order=_in_coded_order(stream, stamps),
        ),
        joins_s=[(at - times[0]) * tick_s for at in mended.joins] if mended is not None else [],
        stated_s=stated_s if not jumps else None,  # these state none: it was guessed from what is there
        length_s=spent_s + last_s,
        last_s=last_s,
        cut_short=cut_short,
        damaged_s=(damaged_at - times[0]) * tick_s if damaged_at is not None and times else None,
    )


def _in_coded_order(stream: Any, stamps: Sequence[Stamp]) -> bool:
    """Whether pictures that are not shown in the order in which they are coded have their times in that order."""
    return bool(stream.codec_context.has_b_frames) and all(
        None not in (one.shown, other.shown) and one.shown < other.shown  # type: ignore[operator]
        for one, other in pairwise(stamps)
    )


def _differ(by_s: float, length_s: float) -> bool:
    """Return whether so many seconds more or less are more than containers differ by in how they count a length."""
    return by_s > max(SHORT_BY_S, SHORT_BY_SHARE * length_s)


def _stated_s(container: Any, stream: Any) -> float | None:
    from formcheck.system.native.media_libs import av

    if container.format.name == "avi" and stream.frames and stream.average_rate:
        return float(stream.frames / stream.average_rate)  # the length would be guessed from the size of what is there
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return float(container.duration / av.time_base) if container.duration is not None else None


def read_on(container: Any, stream: Any, troubles: list[Exception] | None = None) -> Iterator[Any]:
    """Yield the packets of `stream` (`None`: of all), passing over what cannot be read; errors are added to `troubles`."""
    from formcheck.system.native.media_libs import av

    troubles = [] if troubles is None else troubles
    failed_before, in_ogg = False, container.format.name == "ogg"
    while True:
        try:
            for packet in container.demux(*([] if stream is None else [stream])):
                failed_before = False
                if not (in_ogg and _is_header(packet)):
                    yield packet
        except av.error.EOFError:
            return
        except IndexError:
            continue  # a packet of a stream that began in the middle, which the library does not know
        except (av.FFmpegError, OSError) as error:
            troubles.append(error)
            if failed_before:  # nothing came since: there is no way on
                return
            failed_before = True
        else:
            return


def _is_header(packet: Any) -> bool:
    """Whether it is one that every stream in Ogg begins with: FFmpeg gives those of joined files as if they were pictures."""
    begin = bytes(memoryview(packet)[:5]) if packet.size else b""
    codec = packet.stream.codec_context.name if packet.stream.type == "video" and packet.stream.codec_context else ""
    return (codec == "theora" and begin[:1] >= b"\x80") or (codec == "vp8" and begin == b"OVP80")


def is_end(packet: Any) -> bool:
    """Return whether a packet is the one that comes after the last: it empties the decoder."""
    return packet.size == 0 and packet.pts is None and packet.dts is None


def is_repeat(packet: Any) -> bool:
    """Return whether a packet is empty and yet a picture: the same as the one before, as in Theora and in AVI."""
    return packet.size == 0 and not is_end(packet)
