"""Every file that formcheck keeps on this machine by itself, by its kind: what it is for, and where it lies.

Only names that formcheck gives are looked for, files that a killed run left half-written among them: the folder that
`FORMCHECK_DATA` names may have other things in it. What is written where the person asked for it, as films, is not kept
here, but for what of it was never finished.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from formcheck.core import wording
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.wording.language import N_
from formcheck.system.leftovers import clear_temporary, left_folders, unfinished_files
from formcheck.system.paths import cache_folder, data_folder, history_file


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKind:
    """Files of one kind. `use` is what they are for, in words; `patterns` are their names in `folder()`.

    `elsewhere` yields those that lie in other places. About the person or not: `personal`.
    """

    name: str
    use: str
    folder: Callable[[], Path]
    patterns: tuple[str, ...]
    personal: bool = True
    elsewhere: Callable[[], Iterable[Path]] = tuple

    def files(self) -> Iterator[Path]:
        """Yield the files that there are, by name."""
        found = {path for pattern in self.patterns for path in self.folder().glob(pattern)}
        yield from sorted({*(path for path in found if path.is_symlink() or path.is_file()), *self.elsewhere()})


HISTORY = KeptKind(
    name="history",
    use=N_(
        "what was held in live sessions, the faults, pain that was told, flexibility checks, and days at the desk; a copy from "
        "before an update of formcheck"
    ),
    folder=data_folder,
    patterns=("history.db", "history.db-wal", "history.db-shm", "history.db-journal", "history.db.before-*"),
)
PROFILES = KeptKind(
    name="profiles", use=N_("baselines: how the camera reads a person"), folder=data_folder, patterns=("profiles/*.toml",)
)
ANSWERS = KeptKind(
    name="answers",
    use=N_("answers to the safety questions"),
    folder=data_folder,
    patterns=("safety.json", "safety-*.json", "safety_blocks.json", "safety_blocks-*.json", ".safety*.json"),
)
LANDMARKS = KeptKind(
    name="landmarks",
    use=N_("joints seen in labelled clips, so that tuning need not look again; no pictures"),
    folder=cache_folder,
    patterns=("sightings/*.gz",),
)
ROUTINES = KeptKind(
    name="routines", use=N_("routines of your own making"), folder=data_folder, patterns=("routines/*.toml",), personal=False
)
PROGRAMMES = KeptKind(
    name="programmes",
    use=N_("programmes of your own making"),
    folder=data_folder,
    patterns=("programmes/*.toml",),
    personal=False,
)
BLOCKS = KeptKind(
    name="blocks", use=N_("guided blocks of your own making"), folder=data_folder, patterns=("blocks/*.toml",), personal=False
)
CHECKS = KeptKind(
    name="checks",
    use=N_("flexibility checks of your own making"),
    folder=data_folder,
    patterns=("checks/*.toml",),
    personal=False,
)
MODELS = KeptKind(
    name="models",
    use=N_("pose models, fetched once"),
    folder=cache_folder,
    patterns=("pose_landmarker_*.task", "pose_landmarker_*.task.sha256", ".pose_landmarker_*"),
    personal=False,
)
SLIM = KeptKind(
    name="slim",
    use=N_("the models as they are run, made anew where there are none"),
    folder=cache_folder,
    patterns=("slim/*.task",),
    personal=False,
)
UNFINISHED = KeptKind(
    name="unfinished",
    use=N_("films and results of runs that were cut off, where they were asked for, and notes of where that is"),
    folder=data_folder,
    patterns=(),
    personal=False,
    elsewhere=unfinished_files,
)
TEMPORARY = KeptKind(
    name="temporary",
    use=N_("what killed runs left among the temporary files; the next run removes it"),
    folder=lambda: Path(gettempdir()),
    patterns=(),
    personal=False,
    elsewhere=lambda: (file for folder in left_folders() for file in folder.rglob("*") if not file.is_dir()),
)
APP = KeptKind(
    name="app",
    use=N_("language and person chosen in the app; lets its page go on after formcheck was cut off"),
    folder=data_folder,
    patterns=("app_token", ".app_token*", "app.json", ".app*.json"),
    personal=False,
)
FILMS = KeptKind(
    name="films",
    use=N_("films of sessions that the app was asked to make"),
    folder=data_folder,
    patterns=("films/????-??-??_??????.mp4", "films/.????-??-??_*.mp4"),
)
"""One that was cut off has another name, and is `unfinished`."""

_OWN = (ROUTINES, PROGRAMMES, BLOCKS, CHECKS)
_ABOUT_ME = (HISTORY, PROFILES, ANSWERS, FILMS)
KINDS = {kind.name: kind for kind in (*_ABOUT_ME, *_OWN, LANDMARKS, APP, MODELS, SLIM, UNFINISHED, TEMPORARY)}
"""Every kind by its name; a new one gets a row."""


_OWN_FOLDERS = ("profiles", "films", *(kind.name for kind in _OWN), "sightings", "slim", "unfinished", "formcheck")
"""Folders that formcheck makes, and removes where they are empty."""


def delete_kinds(kinds: Iterable[KeptKind], *, but: str | None = None) -> None:
    """Delete all files of these kinds; of the history all but the session with the ID `but`, which runs.

    Raises OutputError, which names each that could not be deleted; the others are.
    """
    from formcheck.people.history import database

    failed: list[str] = []
    for kind in kinds:
        if kind is HISTORY and history_file().exists():
            try:
                database.delete_history(history_file(), but=but)  # a session may be writing to it
            except FormcheckError as error:
                failed += error.lines
            continue
        failed += [wording.NOT_DELETED.format(path=one.filename, reason=one.strerror) for one in delete_files(kind)]
    if failed:
        raise OutputError(*failed)


def delete_files(kind: KeptKind) -> list[OSError]:
    """Delete the files of a kind, and folders that are empty then; return what could not be done."""
    if kind is TEMPORARY:
        clear_temporary()
        return [PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(file)) for file in kind.files()]
    failed = []
    for file in kind.files():
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            failed.append(error)
        else:
            _remove_empty(file.parent, kind.folder())
    return failed


def _remove_empty(folder: Path, last: Path) -> None:
    """Remove a folder that is empty, and those above it up to `last`, which stays where the person named it."""
    while folder.is_relative_to(last) and folder.name in _OWN_FOLDERS:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
