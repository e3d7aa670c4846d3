"""Pictures to an MP4 file: H.264, 4:2:0, made to play in any browser."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray


def encode(path: Path, pictures: Iterable[NDArray[np.uint8]], fps: Fraction, size: tuple[int, int], crf: int = 23) -> int:
    """Write RGB pictures (height, width, 3); returns how many. The file appears only when it is whole."""
    part = path.with_name(f".{path.name}.part")
    count = 0
    with av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(crf), "preset": "slow", "threads": "1", "g": str(round(fps * 4))}
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = count, 1 / fps
            container.mux(stream.encode(frame))
            count += 1
        container.mux(stream.encode())
    part.replace(path)
    return count
