"""Pictures as sources: photographs, and moving pictures (GIF, WebP, PNG, AVIF), upright as a viewer shows them.

The size is read before the pixels: what would take more memory than there should be is made smaller, or told.
"""

import logging
import math
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, BinaryIO, Self

import numpy as np

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import ClipInfo, Frame, Image
from formcheck.core.wording.language import N_, joined
from formcheck.system.inputs import why_unreadable
from formcheck.vision.orientation import AS_STORED, EXIF, Orientation
from formcheck.vision.video.container.streams import believed_day
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

_EXIF, _TAKEN = 0x8769, 0x9003
"""The tags of a photo's Exif data, and in them of when it was taken."""

_IN_BOXES = ("HEIF", "AVIF")
_PICTURE_BOXES = (b"meta", b"mdat", b"moov")

_NO_PHOTO = N_("is not a photo that can be read, or is damaged")

_LEAST_S, _UNSTATED_S = 0.01, 0.1
"""A picture of a clip that states no longer time than the first is shown for the second, as browsers do."""

_settings = RLock()
"""Held while settings that the library has for the whole process are other than it comes with."""


def is_photo(path: Path) -> bool:
    """Return whether the file at `path` is a single picture, by its content."""
    if kind_of(path) is not Kind.PICTURE:
        return False
    try:
        with _opened(path) as (_, picture):
            return not _moves(picture)
    except SourceError:  # it is told as it is read
        return True


class PictureFile:
    """A photo, which is one frame at time 0, or the pictures of a GIF, WebP, PNG or AVIF that moves, as long as each is shown.

    Entering raises SourceError, also where a photo is asked for a part or a speed.

    Attributes
    ----------
    damaged : str or None
        What is wrong with the file, a sentence without its full stop; `None` where all of it is there, or it moves and was not
        read to its end.
    """

    damaged: str | None = None

    def __init__(self, path: Path, options: ReadOptions = AS_IT_IS) -> None:
        self._path = path
        self.options = options

    def __enter__(self) -> Self:
        self._closing = ExitStack()
        with ExitStack() as stack:
            file, picture = stack.enter_context(_opened(self._path))
            self._still = not _moves(picture)
            if self._still:
                found = self._photo(file, picture)
            else:
                self._picture = picture
                found = self._first_of_many()
                self._closing = stack.pop_all()
            self._filmed = _stated_day(picture)  # after its size was found to be one to read: some kinds are read for it
        del picture  # the pixels of a large photo are not to be there twice
        self._first = found if found is not None else self._what_is_left()
        return self

    def __exit__(self, *error: object) -> None:
        del self._first
        self._closing.close()

    @property
    def info(self) -> ClipInfo:
        height, width = self._first.shape[:2]
        expected_s = 0.0 if self._still else None
        return ClipInfo(
            path=str(self._path),
            width=width,
            height=height,
            fps=None,
            expected_s=expected_s,
            still=self._still,
            filmed=self._filmed,
        )

    def frames(self) -> Iterator[Frame]:
        """Yield the photo, or what is left of it; else every picture that is wanted, up to one that cannot be read."""
        if self._still:
            yield Frame(image=self._first, time_s=0.0)
            return
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
            self.damaged = N_("the clip breaks off at {seconds:.1f} s: the file is cut short or damaged{why}").format(
                seconds=time_s, why=_why(error)
            )

    def _photo(self, file: BinaryIO, picture: Any) -> Image | None:
        """Return the only picture; `None` where not all of it is there."""
        if self.options.of_time:
            raise SourceError(
                N_("{path}: is a photo, which has no time: a part or a speed is for videos.").format(path=self._path)
            )
        check_pixels(self._path, picture.size, _MOST_PIXELS.get(picture.format, _MOST_PIXELS_ELSE))
        try:
            if picture.format in _IN_BOXES and _boxes_are_cut(file):
                self.damaged = N_("the photo is cut short")  # its library leaves grey what is missing, without a word
            return self._oriented(file, picture)
        except _LIBRARY_ERRORS as error:
            self.damaged = N_("the photo is cut short or damaged{why}").format(why=_why(error))
            return None

    def _what_is_left(self) -> Image:
        with _truncated_taken(), _opened(self._path) as (file, picture):
            try:
                return self._oriented(file, picture)
            except _LIBRARY_ERRORS as error:
                raise SourceError(joined("", (f"{self._path}: ", _NO_PHOTO, _why(error), "."))) from None

    def _oriented(self, file: BinaryIO, picture: Any) -> Image:
        beside = _beside_the_boxes(file, picture) if picture.format == "HEIF" else AS_STORED
        return beside.then(self.options.orientation).upright(_upright(picture))

    def _first_of_many(self) -> Image:
        check_pixels(self._path, self._picture.size, MOVING_PIXELS)
        try:
            return self._at(0)
        except _LIBRARY_ERRORS as error:
            raise SourceError(joined("", (f"{self._path}: ", _NO_PHOTO, _why(error), "."))) from None

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
def _opened(path: Path) -> Iterator[tuple[BinaryIO, Any]]:
    """Yield the file and the picture in it, of which no pixel is decoded yet. Raises SourceError."""
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
            raise SourceError(joined("", (f"{path}: ", _NO_PHOTO, _why(error), "."))) from None
        yield file, picture


def _stated_day(picture: Any) -> str | None:
    """The day on which a photo was taken, as its camera wrote it; `None` where it did not, or its clock was never set."""
    with suppress(*_LIBRARY_ERRORS):
        return believed_day(datetime.strptime(picture.getexif().get_ifd(_EXIF)[_TAKEN][:10], "%Y:%m:%d"))
    return None


def _moves(picture: Any) -> bool:
    try:
        return picture.format in _MOVING and bool(getattr(picture, "is_animated", False))
    except _LIBRARY_ERRORS:  # it is told as it is read
        return False


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


def _beside_the_boxes(file: BinaryIO, picture: Any) -> Orientation:
    """Return how a HEIC photo is turned beyond what its boxes say, which its library has done.

    Where boxes turn or mirror it they hold, and in a file that keeps to MIAF nothing else does, by that standard. Fujifilm's
    cameras write neither, and an Exif tag alone; Apple's programs go by it then.
    """
    for kind, begin, end in _boxes(file):
        if kind in (b"ftyp", b"meta"):
            file.seek(begin)
            content = file.read(min(end - begin, _MOST_OF_BOX))
            if b"miaf" in content[:_MOST_OF_BRANDS] if kind == b"ftyp" else b"irot" in content or b"imir" in content:
                return AS_STORED
    return EXIF.get(picture.info.get("original_orientation"), AS_STORED)


_MOST_OF_BRANDS, _MOST_OF_BOX = 512, 1 << 22


def _boxes_are_cut(file: BinaryIO) -> bool:
    """Whether a file of boxes ends within one of those that hold the picture."""
    size = file.seek(0, 2)
    return any(end > size and kind in _PICTURE_BOXES for kind, _, end in _boxes(file))


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of every box, each of which begins with its size, and from where to where it should be in the file."""
    size, at = file.seek(0, 2), 0
    while at < size:
        file.seek(at)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        length = int.from_bytes(head[8:16], "big") if length == 1 else length
        if length < 8:  # up to the end, or what a camera has put behind the picture
            return
        yield kind, at, at + length
        at += length


def _why(error: Exception) -> str:
    """Return why a file could not be read, in brackets; nothing where it is for what is in it."""
    found = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno)
    return joined("", (" (", why_unreadable(error), ")")) if found else ""
