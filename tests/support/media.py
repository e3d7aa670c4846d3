"""Files as cameras, broken transfers and joined recordings leave them, made of a few pictures."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from formcheck.core.interfaces import Image
from formcheck.system.native.media_libs import av

CODECS = {
    ".mp4": "libx264",
    ".mkv": "libx264",
    ".ts": "libx264",
    ".m2ts": "libx264",
    ".flv": "libx264",
    ".avi": "mpeg4",
    ".webm": "libvpx",
    ".ogv": "libvpx",
    ".mpg": "mpeg2video",
    ".wmv": "wmv2",
}
"""What a recording of that ending is coded with."""

GROUP = 15
"""Pictures from one key picture to the next."""


def noisy_pictures(count: int, size: tuple[int, int] = (64, 96)) -> list[Image]:
    """Pictures of a bright bar that goes across, with the noise of a sensor: no two are the same."""
    random = np.random.default_rng(7)
    pictures = []
    for i in range(count):
        picture = random.integers(40, 80, (*size, 3), np.uint8)
        left = 3 * i % (size[1] - 8)
        picture[10:-10, left : left + 8] = 220
        pictures.append(picture)
    return pictures


def record(
    path: Path,
    pictures: Sequence[Image],
    times_s: Sequence[float] | None = None,
    *,
    fps: float = 30,
    codec: str | None = None,
    reordered: bool = False,
) -> Path:
    """Write pictures at these times, or at `fps`; `reordered`: not in the order in which they are shown."""
    name = codec or CODECS[path.suffix]
    options = {
        "libx264": {"preset": "ultrafast", "x264-params": f"keyint={GROUP}:scenecut=0:bframes={3 if reordered else 0}"},
        "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    }.get(name, {})
    with av.open(str(path), "w", options={"movflags": "faststart"} if path.suffix == ".mp4" else {}) as container:
        stream = container.add_stream(name, rate=Fraction(fps).limit_denominator(1001), options=options)
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuvj420p" if name == "mjpeg" else "yuv420p"
        stream.codec_context.gop_size = GROUP
        stream.bit_rate = 2_000_000
        own = times_s is not None and name == "libx264"
        stream.codec_context.time_base = Fraction(1, 90_000) if own else 1 / Fraction(fps).limit_denominator(1001)
        for i, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.time_base = stream.codec_context.time_base
            frame.pts = round(times_s[i] * 90_000) if times_s is not None and own else i
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def restamped(source: Path, path: Path, moved_s: Callable[[float, int, int], float]) -> Path:
    """Write the pictures of `source` at other times: `moved_s` returns by how much, from time, number and count of pictures."""
    with av.open(str(source)) as old, av.open(str(path), "w") as new:
        stream = old.streams.video[0]
        out = new.add_stream_from_template(stream)
        packets = [packet for packet in old.demux(stream) if packet.dts is not None]
        for number, packet in enumerate(packets):
            assert packet.pts is not None
            assert packet.dts is not None
            assert packet.time_base is not None
            by = round(moved_s(float(packet.pts * packet.time_base), number, len(packets)) / packet.time_base)
            packet.pts += by
            packet.dts += by
            packet.stream = out
            new.mux(packet)
    return path


def joined(path: Path, *parts: Path) -> Path:
    """Write one file behind the other, as `cat` does."""
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def cut(source: Path, path: Path, share: float) -> Path:
    """Write only the first part of a file."""
    whole = source.read_bytes()
    path.write_bytes(whole[: round(len(whole) * share)])
    return path


def flipped(source: Path, path: Path, *, seed: int, bits: int = 12) -> Path:
    """Write a file with a few bits in its middle turned over; its beginning and end, where indexes lie, stay whole."""
    content = bytearray(source.read_bytes())
    for at in np.random.default_rng(seed).integers(len(content) // 3, len(content) * 2 // 3, bits):
        content[at] ^= 1 << (at % 8)
    path.write_bytes(content)
    return path
