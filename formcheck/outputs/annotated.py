"""The clip with skeleton, angles, verdict, cue and hold clock drawn on it, as an H.264 MP4 that ordinary players open."""

from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.errors import OutputError
from formcheck.outputs.paint import paint
from formcheck.outputs.whole import WholeFile
from formcheck.overlay import marks
from formcheck.ports import ClipInfo, Frame, Image
from formcheck.posefile import PoseSpec
from formcheck.scoring import Result
from formcheck.values import Moment

_TICKS = 90_000
"""Time base: the frames keep their own timestamps, at whatever rate they came."""

_PHOTO_SUFFIXES = {".jpg", ".jpeg", ".png"}


def annotated(path: Path, clip: ClipInfo, specs: dict[str, PoseSpec]) -> "AnnotatedVideo | AnnotatedPhoto":
    """Return the output that draws on `clip` and writes to `path`; `specs` are the candidate stretches by name."""
    if clip.still and path.suffix.lower() in _PHOTO_SUFFIXES:
        return AnnotatedPhoto(path, specs)
    if path.suffix.lower() not in {".mp4", ".m4v", ".mov"}:
        kinds = ".jpg, .png or .mp4" if clip.still else ".mp4"
        raise OutputError(f"{path}: --annotate writes {kinds}; give a name that ends so.")
    return AnnotatedVideo(path, clip, specs)


class AnnotatedVideo(WholeFile):
    """An MP4 with one frame for each frame of the clip."""

    def __init__(self, path: Path, clip: ClipInfo, specs: dict[str, PoseSpec]) -> None:
        super().__init__(path)
        self._clip = clip
        self._specs = specs
        self._container: Any = None
        self._stream: Any = None

    def open(self, stack: ExitStack) -> None:
        from formcheck.media import av

        self._container = av.open(str(self.part), "w", format="mp4", options={"movflags": "faststart"})
        stack.callback(self._container.close)
        rate = Fraction(self._clip.fps or 25).limit_denominator(1001)
        self._stream = self._container.add_stream("libx264", rate=rate, options={"crf": "21", "preset": "veryfast"})
        # H.264 in the form every player knows wants even sizes.
        self._stream.width, self._stream.height = self._clip.width // 2 * 2, self._clip.height // 2 * 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = Fraction(1, _TICKS)

    def write(self, frame: Frame, moment: Moment) -> None:
        from formcheck.media import av

        image = drawn(frame.image, moment, self._specs, still=self._clip.still)[: self._stream.height, : self._stream.width]
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
        picture.pts = round(frame.time_s * _TICKS)
        picture.time_base = Fraction(1, _TICKS)
        self._container.mux(self._stream.encode(picture))

    def complete(self, result: Result) -> None:
        self._container.mux(self._stream.encode(None))


class AnnotatedPhoto(WholeFile):
    """A picture file with one drawn frame."""

    def __init__(self, path: Path, specs: dict[str, PoseSpec]) -> None:
        super().__init__(path)
        self._specs = specs

    def write(self, frame: Frame, moment: Moment) -> None:
        from formcheck.media import cv2

        cv2.imwrite(str(self.part), cv2.cvtColor(drawn(frame.image, moment, self._specs, still=True), cv2.COLOR_RGB2BGR))


def drawn(image: Image, moment: Moment, specs: dict[str, PoseSpec], *, still: bool) -> Image:
    """Return a copy of `image` with everything drawn that is to be said of `moment`."""
    copy = image.copy()
    paint(copy, marks(moment, specs[moment.assessment.pose], copy.shape[1] / copy.shape[0], still=still))
    return copy
