"""Recorded clips as sources of frames: `open_clip` opens a video or a photo."""

from pathlib import Path

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Source


def open_clip(path: Path) -> Source:
    """Return the source for a video or a photo. Raises SourceError where there is no such file or it is empty."""
    from formcheck.vision.video.file import VideoFile
    from formcheck.vision.video.photo import PhotoFile, is_photo

    if not path.exists():
        raise SourceError(f"{path}: there is no such file.")
    if path.is_dir():
        raise SourceError(f"{path}: is a folder. Give one video or photo.")
    try:
        if path.stat().st_size == 0:
            raise SourceError(f"{path}: the file is empty.")
        with path.open("rb"):
            pass
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}).") from None
    return PhotoFile(path) if is_photo(path) else VideoFile(path)
