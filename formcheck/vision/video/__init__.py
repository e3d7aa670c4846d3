"""Recorded clips as sources of frames: `open_clip` opens a video or a photo."""

from pathlib import Path
from typing import Protocol, Self

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Source
from formcheck.core.wording.language import N_
from formcheck.system.inputs import check_content
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions


class ClipSource(Source, Protocol):
    """A recorded clip; `options` is how the person has it read."""

    def __enter__(self) -> Self: ...

    @property
    def options(self) -> ReadOptions: ...


def check_whole(clip: Source) -> None:
    """Raise SourceError where something in `clip` is damaged; all of it is known once it was read."""
    if clip.damaged is not None:
        raise SourceError(f"{clip.info.path}: " + clip.damaged + ".")


def open_clip(path: Path, options: ReadOptions = AS_IT_IS) -> ClipSource:
    """Return the source for a video or a photo, whichever its content is. Raises SourceError where there is no content."""
    from formcheck.vision.video.file import VideoFile
    from formcheck.vision.video.kinds import Kind, kind_of
    from formcheck.vision.video.photo import PictureFile

    check_content(path, N_("Give one video or photo."), error=SourceError)
    return PictureFile(path, options) if kind_of(path) is Kind.PICTURE else VideoFile(path, options)


def read_in_segments(source: Source) -> bool:
    """Return whether processes can share a clip, and pictures be left out: a film of several that states their times."""
    from formcheck.vision.video.file import VideoFile

    return isinstance(source, VideoFile) and not source.info.still and source.stamped
