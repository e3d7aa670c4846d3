"""Long clips for the benchmarks: samples joined, brought to a size and a rate, with a camera's noise, and repeated.

Only samples of the tuning part. A minute of them holds all three stretches, done right and wrong, somebody who walks or lies
about, and an empty room. A longer clip is that minute again and again: its packets are copied, so that an hour takes seconds.

What a sample lacks of a camera's picture is added: pictures between its own at 12 to 30 a second are blended from their
neighbours, and every picture gets noise of its own, so that stillness is not for free. Coded by libx264 with its own settings
(quality 23, B-pictures among them), but with a key picture every second in closed groups, as phones do. Such a clip has few
bits, and decoding is cheap; a clip of a fixed bit rate keeps the noise, as a phone's does, and shows what decoding can cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from formcheck.system.files import atomic_file
from formcheck.system.native.media_libs import av, cv2
from tests.support.clips import SAMPLES

SCENES = (
    ("none_empty_room", 0.0, 2.0),
    ("none_walking_p4", 0.0, 5.0),
    ("kneeling_hip_flexor", 0.0, 18.0),
    ("standing_changes_sides_p5", 0.0, 13.0),
    ("supine_psoas", 0.0, 18.0),
    ("none_lying_p5", 0.0, 4.0),
)
"""Sample, from and to (seconds)."""
SCENES_S = sum(end_s - start_s for _, start_s, end_s in SCENES)

NOISE = 1.5
"""Standard deviation of the noise in a picture's brightness, of 255 levels: a webcam in a lit room."""
SEED = 1
GROUP_S = 1.0

_SPARE = 64
"""Pixels by which the field of noise is larger than a picture: each takes another part of it."""

_Plane = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a clip is like: lines, pictures a second, seconds; Mbit/s, or `None` for those that libx264 takes."""

    height: int
    fps: int
    length_s: float
    megabits: float | None = None

    @property
    def name(self) -> str:
        return f"{self.height}p{self.fps}" + (f", {self.megabits:.0f} Mbit/s" if self.megabits is not None else "")

    @property
    def file(self) -> str:
        """The beginning of the clip's file name."""
        return f"{self.height}p{self.fps}" + (f"_{self.megabits:.0f}_mbit" if self.megabits is not None else "")

    @property
    def width(self) -> int:
        return round(self.height * 16 / 9 / 2) * 2


def made(kind: Kind, folder: Path) -> Path:
    """Return the clip, made where it is not in `folder` yet."""
    once = folder / f"{kind.file}.mp4"
    if not once.is_file():
        with atomic_file(once) as part:
            _encode(part, kind)
    if kind.length_s == SCENES_S:
        return once
    goal = folder / f"{kind.file}_{kind.length_s:.0f}_s.mp4"
    if not goal.is_file():
        with atomic_file(goal) as part:
            repeat(once, part, every_s=SCENES_S, length_s=kind.length_s)
    return goal


def repeat(source: Path, goal: Path, *, every_s: float, length_s: float, comment: str = "") -> None:
    """Write `source` again and again, each time `every_s` later, up to the first key picture at `length_s`.

    `comment` makes the file another one for whoever goes by content. Groups of pictures have to be closed.
    """
    with av.open(str(source)) as first, av.open(str(goal), "w", format="mp4") as out:
        stream = out.add_stream_from_template(first.streams.video[0])
        out.metadata["comment"] = comment
        turn = 0
        while True:
            with av.open(str(source)) as again:
                for packet in again.demux(video=0):
                    if packet.dts is None or packet.pts is None or packet.time_base is None:
                        continue
                    later = round(turn * every_s / packet.time_base)
                    packet.pts, packet.dts = packet.pts + later, packet.dts + later
                    if packet.is_keyframe and float(packet.pts * packet.time_base) >= length_s - 1e-3:
                        return
                    packet.stream = stream
                    out.mux(packet)
            turn += 1


def _encode(goal: Path, kind: Kind) -> None:
    with av.open(str(goal), "w", format="mp4") as out:
        group = round(GROUP_S * kind.fps)
        options = {"preset": "veryfast", "x264-params": f"keyint={group}:min-keyint={group}:scenecut=0:open-gop=0"}
        stream = out.add_stream("libx264", rate=kind.fps, options=options)
        stream.width, stream.height, stream.pix_fmt = kind.width, kind.height, "yuv420p"
        if kind.megabits is not None:
            stream.bit_rate = int(kind.megabits * 1e6)
        for i, planes in enumerate(_pictures(kind)):
            picture = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            picture.pts, picture.time_base = i, Fraction(1, kind.fps)
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))


def _pictures(kind: Kind) -> Iterator[_Plane]:
    """The minute, picture by picture: brightness above colour, as PyAV takes them."""
    chance = np.random.default_rng(SEED)
    size = kind.height + _SPARE, kind.width + _SPARE
    field = np.rint(chance.normal(0.0, NOISE, size)).astype(np.int8)
    for name, start_s, end_s in SCENES:
        for i, clean in enumerate(_resampled(SAMPLES / f"{name}.mp4", kind, start_s)):
            if i >= (end_s - start_s) * kind.fps:
                break
            top, left = chance.integers(0, _SPARE, 2)
            noise = np.ascontiguousarray(field[top : top + kind.height, left : left + kind.width])
            clean[: kind.height] = cv2.add(clean[: kind.height], noise, dtype=cv2.CV_8U)
            yield clean


def _resampled(sample: Path, kind: Kind, start_s: float) -> Iterator[_Plane]:
    """Yield a sample's pictures at the wanted size and rate, blended between its own; the last one lasts."""
    with av.open(str(sample)) as container:
        taken = ((float(frame.time), _sized(frame, kind)) for frame in container.decode(video=0))
        before_s, before = after_s, after = next(taken)
        number = 0
        while True:
            time_s = start_s + number / kind.fps
            while after_s < time_s:
                before_s, before = after_s, after
                after_s, after = next(taken, (float("inf"), after))
            share = 0.0 if after_s in (before_s, float("inf")) else (time_s - before_s) / (after_s - before_s)
            blended: _Plane = cv2.addWeighted(before, 1 - share, after, share, 0).astype(np.uint8, copy=False)
            yield blended
            number += 1


def _sized(frame: Any, kind: Kind) -> _Plane:
    sized: _Plane = frame.reformat(kind.width, kind.height, "yuv420p", interpolation="BICUBIC").to_ndarray()
    return sized
