"""Which clips there are in files and folders, and which content each has.

In a folder a file is taken that ends as a video or a photo does, or that is one by its content: all that can be scored by
itself. What else there is is passed over, and told: it may be a clip of a kind that is not known. Not told is what goes with a
clip, having its name (labels, angles, what cameras write beside it), what formcheck itself writes, and what is hidden: programs
keep half-written files and thumbnails under such names. A file that was named itself is taken whatever its name.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.core.errors import SourceError
from formcheck.core.plain_text import path_as_text
from formcheck.core.wording.language import N_, NN_, joined
from formcheck.pipeline.outputs.landmark_table import is_landmark_table
from formcheck.system.files import digest
from formcheck.system.inputs import real_path, special_kind
from formcheck.vision.video.kinds import PHOTOS, VIDEOS, Kind, kind_of

SUFFIXES = (*VIDEOS, *PHOTOS)

_NAMED = 10
"""So many of the files that were passed over are named."""

_WRITTEN = (".csv", ".parquet", ".mot", ".trc", ".json", ".jsonl", ".unfinished", ".html")
_NEVER_TOLD = (".toml", *_WRITTEN, "thumbs.db", "desktop.ini")
"""How files end that are passed over without a word: those that formcheck writes or reads, and those of systems."""

_PASSED_OVER = NN_(
    "{count} file is no video or photo and was passed over: {names}.",
    "{count} files are no videos or photos and were passed over: {names}.",
)
_MORE = NN_("{count} more", "{count} more")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSearch:
    """`empty` are folders without a clip; `troubles` sentences about what could not be looked into.

    `passed_over` are the files of folders that are no clips, but for those that nobody would take for one.
    """

    clips: tuple[ClipFile, ...]
    empty: tuple[Path, ...]
    troubles: tuple[str, ...]
    passed_over: tuple[Path, ...]


def find_clips(paths: Iterable[Path], leave_out: Iterable[Path] = ()) -> ClipSearch:
    """Return the clips in `paths`: in the order of these, those of a folder by name, in depth. A file is there once.

    Links are followed, each folder is looked into once, and the folders `leave_out` not at all. Raises SourceError where a path
    is not there, or no clip is found.
    """
    paths = list(paths)
    missing = [path for path in paths if not os.path.exists(path)]  # noqa: PTH110 - pathlib's raises for a name that is too long
    if missing:
        raise SourceError(*(N_("{path}: there is no such file or folder.").format(path=path) for path in missing))
    files: list[Path] = []
    empty: list[Path] = []
    troubles: list[str] = []
    passed_over: list[Path] = []
    for path in paths:
        entered = {str(real_path(folder)) for folder in leave_out}
        inside, others, barred = _inside(path, entered) if path.is_dir() else ([path], [], [])
        files += inside
        passed_over += others
        troubles += barred
        if not inside and not barred:
            empty.append(path)
    if tables := [file for file in files if is_landmark_table(file)]:
        raise SourceError(
            N_("{path}: is a table of landmarks; it is scored by itself, without other clips.").format(path=tables[0])
        )
    if not files:
        none = [
            N_("{path}: holds no video or photo, no file such as clip.mp4 or photo.jpg.").format(path=path) for path in empty
        ]
        raise SourceError(*troubles, *none, *([told_passed_over(passed_over)] if passed_over else []))
    once: dict[Path, Path] = {}
    for file in files:
        once.setdefault(real_path(file), file)
    clips = tuple(ClipFile(path=file, size_bytes=_size(file)) for file in once.values())
    return ClipSearch(clips=clips, empty=tuple(empty), troubles=tuple(troubles), passed_over=tuple(passed_over))


def told_passed_over(files: Sequence[Path]) -> str:
    """Return a sentence that counts these files, and names some: also what they are, where they are no files."""
    names: list[str] = [_named(file) for file in files[:_NAMED]]
    more = [_MORE.format(count=len(files) - _NAMED)] if len(files) > _NAMED else []
    return _PASSED_OVER.format(count=len(files), names=joined(", ", [*names, *more]))


def _named(file: Path) -> str:
    kind = special_kind(file)
    return N_("{file} (a {kind})").format(file=file, kind=kind) if kind else str(file)


def identified(clip: ClipFile) -> ClipFile:
    """Return the clip with its content, or with why it can't be read."""
    try:
        return replace(clip, content=digest(clip.path))
    except (OSError, ValueError) as error:
        return replace(clip, trouble=N_("cannot be read ({reason}).").format(reason=getattr(error, "strerror", None) or error))


def _inside(folder: Path, entered: set[str]) -> tuple[list[Path], list[Path], list[str]]:
    """The clips in a folder, what else is in it and is worth telling, and sentences about what is barred."""
    files: list[Path] = []
    others: list[Path] = []
    barred: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=barred.append, followlinks=True):
        real = str(real_path(Path(place)))
        folders[:] = [] if real in entered else sorted(name for name in folders if not name.startswith("."))
        if real not in entered:
            taken, passed_over = _sorted_out(Path(place), [name for name in names if not name.startswith(".")])
            files += taken
            others += passed_over
        entered.add(real)
    return (
        sorted(files),
        sorted(others),
        sorted(
            N_("{path}: cannot be looked into ({reason}).").format(path=error.filename, reason=error.strerror)
            for error in barred
        ),
    )


def _sorted_out(folder: Path, names: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """Those of these files that are clips, and those of the others that are to be told."""
    ending = {name for name in names if name.lower().endswith(SUFFIXES)}
    # A link that leads nowhere is reported later; a pipe is no clip.
    taken = {name for name in ending if (folder / name).is_file() or not (folder / name).exists()}
    stems = {Path(name).stem for name in taken}
    companions = {name for name in names if any(stem in stems for stem in _stems(name))}
    unknown = [name for name in names if name not in taken and not name.lower().endswith(_NEVER_TOLD)]
    kinds = {name: kind_of(folder / name) for name in unknown}
    # A picture that has a film's name is the thumbnail that a camera stores beside it.
    by_content = {name for name, kind in kinds.items() if kind is Kind.FILM or (kind is not None and name not in companions)}
    passed_over = [name for name in unknown if name not in by_content | companions]
    return [folder / name for name in taken | by_content], [folder / name for name in passed_over]


def _stems(name: str) -> Iterator[str]:
    """Yield the names that `name` may be that of a companion of: each beginning that ends before a dot."""
    while (shorter := name.rpartition(".")[0]) and shorter != name:
        name = shorter
        yield name


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
