"""How large pictures may be: their size is looked at before their pixels take memory."""

from pathlib import Path

from formcheck.core.errors import SourceError

MOVING_PIXELS = 36_000_000
"""More pixels than this are not taken in each of the pictures of a clip: 8K has 33 million."""

LARGE_PIXELS = 10_000_000
"""Beyond 4K pictures are decoded and encoded with few held at once: each thread holds one, and one of 8K takes 50 MB."""


def check_pixels(path: Path, size: tuple[int, int], most: int) -> None:
    """Raise SourceError for pictures of more than `most` pixels; `size` is their width and height."""
    width, height = size
    if width * height > most:
        raise SourceError(
            f"{path}: its pictures are of {width} x {height} pixels; more than {most // 1_000_000} million are not taken. "
            "Save a smaller copy of it: 2000 pixels of width are enough."
        )
