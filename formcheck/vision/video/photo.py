"""Pictures as sources: photographs, and moving pictures (GIF, WebP, PNG, AVIF), upright as a viewer shows them.

The size is read before the pixels: what would take more memory than there should be is made smaller, or told.
"""

import logging
import math
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, Self

import numpy as np

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import ClipInfo, Frame, Image
from formcheck.vision.video.kinds import Kind, kind_of
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions
from formcheck.vision.video.sizes import MOVING_PIXELS, check_pixels

PIXELS, SIDE = 50_000_000, 16_383
"""Larger pictures, by pixels or by one side, are made smaller by a whole factor: the engine works on 256 by 256. All phones
store fewer, but for those with 64 million pixels and more."""

_MOST_PIXELS = {"JPEG": 200_000_000, "MPO": 200_000_000, "WEBP": 60_000_000, "JPEG2000": 50_000_000}
_MOST_PIXELS_ELSE = 120_000_000
"""Pixels that can be decoded within 1.2 GB, by format. Measured: WebP takes 16 bytes a pixel, JPEG 2000 19, AVIF 9, others 7.
JPEG is made smaller as it is decoded, and takes 6 where it is progressive."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "DIB", "JPEG2000", "AVIF", "HEIF")
_MOVING = ("GIF", "WEBP", "PNG", "AVIF")

_IN_BOXES = ("HEIF", "AVIF")
_PICTURE_BOXES = (b"meta", b"mdat", b"moov")

_NO_PHOTO = "is not a photo that can be read, or is damaged"

_LEAST_S, _UNSTATED_S = 0.01, 0.1
"""A picture of a clip that states no longer time than the first is shown for the second, as browsers do."""

_settings = RLock()
"""Held while settings that the library has for the whole process are other than it comes with."""


def picture_source(path: Path, options: ReadOptions = AS_IT_IS) -> "PhotoFile | MovingPicture":
    """Return the source for a picture: one that moves is a clip. Raises SourceError where a photo is asked for a time."""
    if _moves(path):
        return MovingPicture(path, options)
    if options.of_time:
        raise SourceError(f"{path}: is a photo, which has no time: a part or a speed is for videos.")
    return PhotoFile(path, options)


def is_photo(path: Path) -> bool:
    """Return whether the file at `path` is a single picture, by its content."""
    return kind_of(path) is Kind.PICTURE and not _moves(path)


def _moves(path: Path) -> bool:
    try:
        with _opened(path) as picture:
            return picture.format in _MOVING and bool(getattr(picture, "is_animated", False))
    except _LIBRARY_ERRORS:  # it is told as it is read
        return False


class PhotoFile:
    """One frame at time 0.

    Attributes
    ----------
    damaged : str or None
        What is wrong with the file, a sentence without its full stop; `None` where all of the picture is there.
    """

    damaged: str | None = None

    def __init__(self, path: Path, options: ReadOptions = AS_IT_IS) -> None:
        self._path = path
        self.options = options

    def __enter__(self) -> Self:
        with _opened(self._path) as picture:
            check_pixels(self._path, picture.size, _MOST_PIXELS.get(picture.format, _MOST_PIXELS_ELSE))
            try:
                if picture.format in _IN_BOXES and _boxes_are_cut(self._path):
                    self.damaged = "the photo is cut short"  # its library leaves grey what is missing, without a word
                self._image = self.options.orientation.upright(_upright(picture))
            except _LIBRARY_ERRORS as error:
                self.damaged = f"the photo is cut short or damaged{_why(error)}"
            else:
                return self
        with _truncated_taken(), _opened(self._path) as picture:
            try:
                self._image = self.options.orientation.upright(_upright(picture))
            except _LIBRARY_ERRORS as error:
                raise SourceError(f"{self._path}: {_NO_PHOTO}{_why(error)}.") from None
        return self

    def __exit__(self, *error: object) -> None:
        del self._image

    @property
    def info(self) -> ClipInfo:
        height, width = self._image.shape[:2]
        return ClipInfo(path=str(self._path), width=width, height=height, fps=None, expected_s=0.0, still=True)

    def frames(self) -> Iterator[Frame]:
        """Yield the picture, or what is left of it."""
        yield Frame(image=self._image, time_s=0.0)


class MovingPicture:
    """The pictures of a GIF, WebP, PNG or AVIF, each at the time that those before it are shown for.

    Attributes
    ----------
    damaged : str or None
        As that of a photo, once the pictures have been read.
    """

    damaged: str | None = None

    def __init__(self, path: Path, options: ReadOptions = AS_IT_IS) -> None:
        self._path = path
        self.options = options

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._picture = stack.enter_context(_opened(self._path))
            check_pixels(self._path, self._picture.size, MOVING_PIXELS)
            try:
                self._first = self._at(0)
            except _LIBRARY_ERRORS as error:
                raise SourceError(f"{self._path}: {_NO_PHOTO}{_why(error)}.") from None
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.close()

    @property
    def info(self) -> ClipInfo:
        height, width = self._first.shape[:2]
        return ClipInfo(path=str(self._path), width=width, height=height, fps=None, expected_s=None)

    def frames(self) -> Iterator[Frame]:
        """Yield every picture that is wanted, up to one that cannot be read."""
        time_s, options = 0.0, self.options
        try:
            for number in range(self._picture.n_frames):
                if options.to_s is not None and time_s >= options.to_s:
                    return
                image = self._at(number)
                if time_s >= options.from_s:
                    yield Frame(image=image, time_s=time_s)
                shown_s = float(self._picture.info.get("duration") or 0) / 1000
                time_s += (shown_s if shown_s > _LEAST_S else _UNSTATED_S) * (options.speed or 1.0)
        except _LIBRARY_ERRORS as error:
            self.damaged = f"the clip breaks off at {time_s:.1f} s: the file is cut short or damaged{_why(error)}"

    def _at(self, number: int) -> Image:
        self._picture.seek(number)
        return self.options.orientation.upright(_upright(self._picture))


@cache
def _pillow() -> Any:
    """Return the library of pictures, which then reads HEIC too."""
    import pillow_heif
    from PIL import Image

    logging.getLogger("PIL").addHandler(logging.NullHandler())  # what is wrong is told in our own words
    Image.init()
    pillow_heif.register_heif_opener(thumbnails=False)
    return Image


_LIBRARY_ERRORS = (Exception,)
"""What is raised for a file that is not as it should be: almost any kind of error, by the format."""


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Yield the picture, of which no pixel is decoded yet. Raises SourceError."""
    library = _pillow()
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            with _settings, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                before, library.MAX_IMAGE_PIXELS = library.MAX_IMAGE_PIXELS, None  # sizes are looked at here
                try:
                    picture = stack.enter_context(library.open(file, formats=_FORMATS))
                finally:
                    library.MAX_IMAGE_PIXELS = before
        except _LIBRARY_ERRORS as error:
            raise SourceError(f"{path}: {_NO_PHOTO}{_why(error)}.") from None
        yield picture


@contextmanager
def _truncated_taken() -> Iterator[None]:
    """Within, what is missing of a picture is left grey."""
    from PIL import ImageFile

    with _settings:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _upright(picture: Any) -> Image:
    """Return the picture that `picture` is at, as RGB, made smaller where it is very large, turned as its file asks for."""
    from PIL import ImageOps

    width, height = picture.size
    factor = max(math.ceil(math.sqrt(width * height / PIXELS)), math.ceil(max(width, height) / SIDE))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if factor > 1 and picture.format in ("JPEG", "MPO"):
            picture.draft("RGB", (max(1, width // factor), max(1, height // factor)))
        picture.load()
        left = math.ceil(factor * max(picture.size) / max(width, height))
        if picture.mode.startswith("I;16"):
            info, picture = picture.info, _pillow().fromarray((np.asarray(picture) >> 8).astype(np.uint8))
            picture.info = info
        if picture.mode not in ("RGB", "L"):
            picture = picture.convert("RGB")
        if left > 1:
            picture = picture.reduce(left)
        with suppress(*_LIBRARY_ERRORS):  # what is written beside a picture may be damaged where the picture is not
            picture = ImageOps.exif_transpose(picture)
        return np.array(picture.convert("RGB"))


def _boxes_are_cut(path: Path) -> bool:
    """Whether a file of boxes, each of which begins with its size, ends within one of those that hold the picture."""
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at < size:
            file.seek(at)
            head = file.read(16)
            length, kind = int.from_bytes(head[:4], "big"), head[4:8]
            length = int.from_bytes(head[8:16], "big") if length == 1 else length
            if length < 8:  # up to the end, or what a camera has put behind the picture
                return False
            at += length
            if at > size and kind in _PICTURE_BOXES:
                return True
    return False


def _why(error: Exception) -> str:
    """Return why a library could not read a file, in brackets; nothing where it says no more than that."""
    line = (str(error).splitlines() or [""])[0].rstrip(".")
    return "" if not line or "cannot identify" in line else f" ({line})"
