"""Every file that formcheck keeps on this machine by itself, by its kind: what it is for, and where it lies.

Only names that formcheck gives are looked for, files that a killed run left half-written among them: the folder that
`FORMCHECK_DATA` names may have other things in it. What is written where the person asked for it, as films, is not kept here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from formcheck.system.paths import cache_folder, data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKind:
    """Files of one kind. `use` is what they are for, in words; `patterns` are their names in `folder()`.

    About the person or not: `personal`.
    """

    name: str
    use: str
    folder: Callable[[], Path]
    patterns: tuple[str, ...]
    personal: bool = True

    def files(self) -> Iterator[Path]:
        """Yield the files that there are, by name."""
        found = {path for pattern in self.patterns for path in self.folder().glob(pattern)}
        yield from sorted(path for path in found if path.is_symlink() or path.is_file())


HISTORY = KeptKind(
    name="history",
    use="what was held in live sessions, the faults, and pain that was told",
    folder=data_folder,
    patterns=("history.db", "history.db-wal", "history.db-shm", "history.db-journal"),
)
PROFILES = KeptKind(
    name="profiles", use="baselines: how the camera reads a person", folder=data_folder, patterns=("profiles/*.toml",)
)
ANSWERS = KeptKind(
    name="answers",
    use="answers to the safety questions",
    folder=data_folder,
    patterns=("safety.json", "safety-*.json", "safety_blocks.json", "safety_blocks-*.json", ".safety*.json"),
)
LANDMARKS = KeptKind(
    name="landmarks",
    use="joints seen in labelled clips, so that tuning need not look again; no pictures",
    folder=cache_folder,
    patterns=("sightings/*.gz",),
)
ROUTINES = KeptKind(
    name="routines", use="routines of your own making", folder=data_folder, patterns=("routines/*.toml",), personal=False
)
BLOCKS = KeptKind(
    name="blocks", use="guided blocks of your own making", folder=data_folder, patterns=("blocks/*.toml",), personal=False
)
MODELS = KeptKind(
    name="models",
    use="pose models, fetched once",
    folder=cache_folder,
    patterns=("pose_landmarker_*.task", "pose_landmarker_*.task.sha256", ".pose_landmarker_*"),
    personal=False,
)
SLIM = KeptKind(
    name="slim",
    use="the models as they are run, made anew where there are none",
    folder=cache_folder,
    patterns=("slim/*.task",),
    personal=False,
)
KINDS = {kind.name: kind for kind in (HISTORY, PROFILES, ANSWERS, ROUTINES, BLOCKS, LANDMARKS, MODELS, SLIM)}
"""Every kind by its name; a new one gets a row."""


def delete_files(kind: KeptKind) -> list[OSError]:
    """Delete the files of a kind, and folders that are empty then; return what could not be done."""
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
    while folder.is_relative_to(last) and folder.name in ("profiles", "routines", "blocks", "sightings", "slim", "formcheck"):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
