"""Picture files made for a test, by kind: still and moving ones, stored in any of the eight orientations."""

import io
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pillow_heif
from PIL import Image

ORIENTATIONS: dict[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""By its number in the Exif tag: how an upright picture is stored for a viewer to show it upright."""

_OPTIONS = {"JPEG": {"quality": 95}, "WEBP": {"quality": 95}, "AVIF": {"quality": 95}, "HEIF": {"quality": 95}}


@cache
def marked(width: int = 96, height: int = 64) -> Image.Image:
    """Return a picture that is another one however it is turned: its quarters are red, green, blue and grey."""
    pixels = np.full((height, width, 3), 120, np.uint8)
    pixels[: height // 2, : width // 2] = (220, 30, 30)
    pixels[: height // 2, width // 2 :] = (30, 200, 30)
    pixels[height // 2 :, : width // 2] = (30, 30, 220)
    return Image.fromarray(pixels)


def is_marked(image: npt.NDArray[np.uint8]) -> bool:
    """Return whether a picture is `marked`, upright, but for what compression does to it."""
    height, width = image.shape[:2]
    wanted = np.asarray(marked().resize((width, height), Image.Resampling.NEAREST), int)
    return width > height and float(np.abs(image.astype(int) - wanted).mean()) < 12.0


def stored(kind: str, picture: Image.Image | None = None, orientation: int = 1, **options: object) -> bytes:
    """Return a file of that kind (a format of Pillow, HEIF or MPO too) of an upright picture, stored in an orientation."""
    picture = picture or marked()
    turning = ORIENTATIONS[orientation]
    picture = picture if turning is None else picture.transpose(turning)
    options = {**_OPTIONS.get(kind, {}), **options}
    if orientation != 1:
        exif = Image.Exif()
        exif[0x0112] = orientation
        options["exif"] = exif.tobytes() if kind == "HEIF" else exif
    written = io.BytesIO()
    if kind == "HEIF":
        made = pillow_heif.from_pillow(picture)
        made.info.update({"exif": options.pop("exif")} if "exif" in options else {})
        made.save(written, **options)
    else:
        picture.save(written, kind, **options)
    return written.getvalue()


def moving(kind: str, durations_ms: Sequence[int], size: tuple[int, int] = (96, 64)) -> bytes:
    """Return a file of that kind of so many pictures, each brighter than the one before, shown for so long."""
    first, *others = (Image.new("RGB", size, (20 + 20 * i,) * 3) for i in range(len(durations_ms)))
    written = io.BytesIO()
    first.save(written, kind, save_all=True, append_images=others, duration=list(durations_ms))
    return written.getvalue()
