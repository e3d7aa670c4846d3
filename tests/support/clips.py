"""Small videos made for a test, with exact control over timestamps and tags."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from formcheck.system.native.media_libs import av

Image = npt.NDArray[np.uint8]
REPO = Path(__file__).resolve().parents[2]
SAMPLES = REPO / "samples"

# A track header's matrix for "turn by 90 degrees clockwise to show": what phones write when held upright.
_QUARTER_TURN = b"".join(n.to_bytes(4, "big", signed=True) for n in (0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30))


def frames_of(path: Path, every: int = 1) -> Iterator[tuple[Image, float]]:
    """The pictures of a clip as stored, with their times."""
    with av.open(str(path)) as container:
        for i, frame in enumerate(container.decode(video=0)):
            if i % every == 0:
                assert frame.time is not None
                yield np.ascontiguousarray(frame.to_ndarray(format="rgb24")), frame.time


def write_clip(path: Path, frames: Iterable[tuple[Image, float]], *, fps: float | None = 30) -> Path:
    """Write frames at their own times (seconds) as H.264; the container is chosen by the suffix."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(
            "libx264", rate=Fraction(fps or 30).limit_denominator(1001), options={"preset": "ultrafast"}
        )
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 90_000)
        for i, (image, time_s) in enumerate(frames):
            if i == 0:
                stream.height, stream.width = image.shape[:2]
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
            picture.pts, picture.time_base = round(time_s * 90_000), Fraction(1, 90_000)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def tag_quarter_turn(path: Path) -> Path:
    """Write a phone's rotation tag into an MP4's track header."""
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 44
    data[matrix : matrix + 36] = _QUARTER_TURN
    path.write_bytes(data)
    return path


def colours(count: int, size: tuple[int, int] = (96, 128)) -> list[Image]:
    """Plain pictures with nobody in them."""
    return [np.full((*size, 3), 40 + 5 * i % 200, np.uint8) for i in range(count)]
