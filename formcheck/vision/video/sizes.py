"""How large pictures may be: their size is looked at before their pixels take memory."""

from pathlib import Path
from typing import Any

from formcheck.core.errors import SourceError
from formcheck.core.wording.language import N_

MOVING_PIXELS = 36_000_000
"""More pixels than this are not taken in each of the pictures of a clip: 8K has 33 million."""

LARGE_PIXELS = 10_000_000
"""Beyond 4K pictures are decoded and encoded with few held at once: each thread holds one, and one of 8K takes 50 MB."""

HALVED_PIXELS = 20_000_000
"""Larger pictures of a clip are shown and written at half their width and height: of 8K each takes 100 MB as RGB, and an
encoder 700. Nothing is seen worse, for an engine works on 256 by 256."""

_SMALLER = N_("Save a smaller copy of it: 2000 pixels of width are enough.")

MOST_HELD = 700_000_000
"""More bytes of large pictures than this are not held by a decoder: 14 pictures of 8K, or 7 with ten bits a colour. At
that size the levels of coders let each build on five or six others, and seven are held then; sixteen others took 1.5 GB."""


def factor_of(width: int, height: int) -> int:
    """Return by how much smaller the pictures of a clip of that size are shown and written."""
    return 2 if width * height > HALVED_PIXELS else 1


class HeldPictures:
    """How many pictures a decoder holds at once, for others to build on: by the places in memory that it puts them to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = 0, 0
        self._places: set[int] = set()

    def check(self, frame: Any) -> None:
        """Take in the picture that the decoder has just given. Raises SourceError where too many large ones are held."""
        width, height = size = frame.width, frame.height
        if width * height <= LARGE_PIXELS:
            return
        if size != self._size:
            self._size, self._places = size, set()
        self._places.add(frame.planes[0].buffer_ptr)
        if len(self._places) * sum(plane.buffer_size for plane in frame.planes) > MOST_HELD:
            raise SourceError(
                N_(
                    "{path}: its pictures of {width} x {height} pixels build each on so many others that memory may "
                    "not do. {advice}"
                ).format(path=self._path, width=width, height=height, advice=_SMALLER)
            )


def check_pixels(path: Path, size: tuple[int, int], most: int) -> None:
    """Raise SourceError for pictures of more than `most` pixels; `size` is their width and height."""
    width, height = size
    if width * height > most:
        raise SourceError(
            N_(
                "{path}: its pictures are of {width} x {height} pixels; more than {most} million are not taken. {advice}"
            ).format(path=path, width=width, height=height, most=most // 1000000, advice=_SMALLER)
        )
