"""Recorded clips as sources of frames: `open_clip` opens a video or a photo."""

from pathlib import Path

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Source
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions


def open_clip(path: Path, options: ReadOptions = AS_IT_IS) -> Source:
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
    if not is_photo(path):
        return VideoFile(path, options)
    if options.of_time:
        raise SourceError(f"{path}: is a photo, which has no time: a part or a speed is for videos.")
    return PhotoFile(path, options)
