"""Pictures to an MP4 file: H.264, 4:2:0, made to play in any browser."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

TICKS = 90_000  # a second, where frames come at times of their own
# A track header's matrix for "turn by 90 degrees clockwise to show": what phones write when held upright.
QUARTER_TURN = b"".join(n.to_bytes(4, "big", signed=True) for n in (0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30))
MATRIX_AT = 44  # bytes from the header's name to its matrix


def encode(
    path: Path,
    pictures: Iterable[NDArray[np.uint8]],
    fps: Fraction,
    size: tuple[int, int],
    crf: int = 23,
    times_s: Sequence[float] | None = None,
    quarter_turn: bool = False,
) -> int:
    """Write RGB pictures (height, width, 3); returns how many. The file appears only when it is whole.

    ``times_s``: when each is shown, if not evenly. ``quarter_turn``: store them lying, with a tag to turn them.
    """
    part = path.with_name(f".{path.name}.part")
    count = 0
    with av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height = size[::-1] if quarter_turn else size
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(crf), "preset": "medium", "threads": "1", "g": str(round(fps * 4))}
        if times_s is not None:
            stream.codec_context.time_base = Fraction(1, TICKS)
        for picture in pictures:
            stored = np.ascontiguousarray(np.rot90(picture)) if quarter_turn else picture
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24")
            if times_s is None:
                frame.pts, frame.time_base = count, 1 / fps
            else:
                frame.pts, frame.time_base = round(times_s[count] * TICKS), Fraction(1, TICKS)
            container.mux(stream.encode(frame))
            count += 1
        container.mux(stream.encode())
    if quarter_turn:
        tag_quarter_turn(part)
    part.replace(path)
    return count


def tag_quarter_turn(path: Path) -> None:
    """Write a phone's rotation tag into an MP4's first track header."""
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + MATRIX_AT
    data[matrix : matrix + len(QUARTER_TURN)] = QUARTER_TURN
    path.write_bytes(data)
