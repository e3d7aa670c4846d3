"""A single photograph as a source, turned upright as its camera recorded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np

from formcheck.core.endings import PHOTOS
from formcheck.core.errors import SourceError
from formcheck.core.interfaces import ClipInfo, Frame, Image
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions


def is_photo(path: Path) -> bool:
    """Return whether the name says photo. Contents would not do: video libraries open photos as one-frame videos."""
    return path.suffix.lower() in PHOTOS


class PhotoFile:
    """One frame at time 0."""

    def __init__(self, path: Path, options: ReadOptions = AS_IT_IS) -> None:
        self._path = path
        self.options = options

    def __enter__(self) -> Self:
        from formcheck.system.media_libs import cv2

        # The default flags honour the orientation that the camera stored.
        image = cv2.imread(str(self._path), cv2.IMREAD_COLOR_RGB)
        if image is None:
            raise SourceError(f"{self._path}: is not a photo that can be read, or is damaged.")
        self._image: Image = self.options.orientation.upright(np.asarray(image, np.uint8))
        return self

    def __exit__(self, *error: object) -> None:
        del self._image

    @property
    def info(self) -> ClipInfo:
        height, width = self._image.shape[:2]
        return ClipInfo(path=str(self._path), width=width, height=height, fps=None, expected_s=0.0, still=True)

    def frames(self) -> Iterator[Frame]:
        yield Frame(image=self._image, time_s=0.0)
