"""Which clips there are in files and folders, and which content each has.

In a folder the name decides: anything that does not end as a video or a photo does is left alone, and so is what is hidden
(programs keep half-written files and thumbnails under such names). A file that was named itself is taken whatever its name.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.scoring.document import path_as_text
from formcheck.core.endings import PHOTOS, VIDEOS
from formcheck.core.errors import SourceError
from formcheck.pipeline.outputs.landmark_table import is_landmark_table
from formcheck.system.files import digest
from formcheck.vision.video.photo import is_photo

SUFFIXES = (*VIDEOS, *PHOTOS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFile:
    """`path` as the person would write it. `content` is the SHA-256 of the file, `None` before and where it can't be read."""

    path: Path
    size_bytes: int
    content: str | None = None
    trouble: str | None = None

    @property
    def name(self) -> str:
        """The path as text."""
        return path_as_text(self.path)

    @property
    def identity(self) -> tuple[str | None, bool]:
        """What two clips have in common that are one: their content, read in the same way."""
        return self.content, is_photo(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSearch:
    """`empty` are folders without a clip; `troubles` sentences about what could not be looked into."""

    clips: tuple[ClipFile, ...]
    empty: tuple[Path, ...]
    troubles: tuple[str, ...]


def find_clips(paths: Iterable[Path], leave_out: Iterable[Path] = ()) -> ClipSearch:
    """Return the clips in `paths`: in the order of these, those of a folder by name, in depth. A file is there once.

    Links are followed, each folder is looked into once, and the folders `leave_out` not at all. Raises SourceError where a path
    is not there, or no clip is found.
    """
    paths = list(paths)
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise SourceError("\n".join(f"{path}: there is no such file or folder." for path in missing))
    files: list[Path] = []
    empty: list[Path] = []
    troubles: list[str] = []
    for path in paths:
        entered = {str(folder.resolve()) for folder in leave_out}
        inside, barred = _inside(path, entered) if path.is_dir() else ([path], [])
        files += inside
        troubles += barred
        if not inside and not barred:
            empty.append(path)
    if tables := [file for file in files if is_landmark_table(file)]:
        raise SourceError(f"{tables[0]}: is a table of landmarks; it is scored by itself, without other clips.")
    if not files:
        none = [f"{path}: holds no video or photo, that is no file ending in one of {' '.join(SUFFIXES)}." for path in empty]
        raise SourceError("\n".join([*troubles, *none]))
    once: dict[Path, Path] = {}
    for file in files:
        once.setdefault(file.resolve(), file)
    clips = tuple(ClipFile(path=file, size_bytes=_size(file)) for file in once.values())
    return ClipSearch(clips=clips, empty=tuple(empty), troubles=tuple(troubles))


def identified(clip: ClipFile) -> ClipFile:
    """Return the clip with its content, or with why it can't be read."""
    try:
        return replace(clip, content=digest(clip.path))
    except OSError as error:
        return replace(clip, trouble=f"cannot be read ({error.strerror}).")


def _inside(folder: Path, entered: set[str]) -> tuple[list[Path], list[str]]:
    files: list[Path] = []
    barred: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=barred.append, followlinks=True):
        real = str(Path(place).resolve())
        folders[:] = [] if real in entered else sorted(name for name in folders if not name.startswith("."))
        if real not in entered:
            files += [Path(place, name) for name in names if not name.startswith(".") and name.lower().endswith(SUFFIXES)]
        entered.add(real)
    # A link that leads nowhere is reported later; a pipe is no clip.
    taken = sorted(file for file in files if file.is_file() or not file.exists())
    return taken, sorted(f"{error.filename}: cannot be looked into ({error.strerror})." for error in barred)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
