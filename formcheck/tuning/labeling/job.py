"""What is being labelled and where it goes: clip, label file, and a draft beside them that outlives a crash.

The draft is the label file as it would be saved now, under a name that no search for labels finds.
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Self

from formcheck.core.errors import OutputError
from formcheck.stretches import StretchSpec
from formcheck.system.files import atomic_file
from formcheck.tuning.labeling.intervals import Strip
from formcheck.tuning.labeling.label_file import About, written
from formcheck.tuning.labels import LabelError, Labels, check_text, video_of

_DRAFT = ".toml.draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelingJob:
    """`video` is what is looked at, `clip` where it is to lie with its labels: the same, or a copy made when saving.

    `old` is the text of the label file as it was read, `None` where there is none. `filmed` says that the video was made just
    now and goes if it is not wanted.
    """

    video: Path
    clip: Path
    about: About
    specs: Mapping[str, StretchSpec]
    old: str | None = None
    filmed: bool = False

    @property
    def labels(self) -> Path:
        return self.clip.with_suffix(".toml")

    @property
    def draft(self) -> Path:
        return draft_of(self.clip)

    def save(self, strip: Strip, length_s: float) -> Self:
        """Write labels, and the clip where it lies elsewhere; all or nothing. Return the job as it goes on.

        Raises LabelError with every fault, OutputError where it cannot be written.
        """
        if not strip:
            raise LabelError("Nothing is marked yet: a label file without labels says nothing.")
        text = written(self.old, self.about, strip)
        faults = check_text(text, self.specs, length_s=length_s)
        if isinstance(faults, list):
            raise LabelError("\n".join([f"{self.labels}: is not saved.", *faults]))
        if (read(self.labels) if self.labels.exists() else None) != self.old:
            raise OutputError(f"{self.labels}: has been changed by something else meanwhile, and is left alone.")
        make_folder(self.clip.parent)
        with atomic_file(self.labels) as part:
            part.write_bytes(text.encode())
            if not self.clip.exists():
                with atomic_file(self.clip) as copy:
                    shutil.copyfile(self.video, copy)
        self.draft.unlink(missing_ok=True)
        return replace(self, old=text)

    def keep(self, strip: Strip) -> None:
        """Write the draft. Raises OutputError."""
        make_folder(self.draft.parent)
        with atomic_file(self.draft) as part:
            part.write_bytes(written(self.old, self.about, strip).encode())

    def kept(self) -> Labels | None:
        """Return what the draft says; `None` if there is none that can be used."""
        try:
            found = check_text(read(self.draft), self.specs)
        except (OSError, UnicodeDecodeError):
            return None
        return found if isinstance(found, Labels) else None

    def discard(self) -> None:
        """Throw the draft away, and a film that was made just now."""
        self.draft.unlink(missing_ok=True)
        if self.filmed and self.old is None:
            self.video.unlink(missing_ok=True)


def draft_of(clip: Path) -> Path:
    """Return where the draft for a clip lies."""
    return clip.with_name(clip.stem + _DRAFT)


def unfinished(folder: Path, pose: str) -> list[Path]:
    """Return the films of a stretch in a folder whose marks were not saved, by name."""
    labels = [draft.with_suffix("") for draft in sorted(folder.glob(f"{pose}_*{_DRAFT}"))]
    return [video for file in labels if not file.exists() and (video := video_of(file)) is not None]


def read(path: Path) -> str:
    """Return a text with its ends of line as they are."""
    return path.read_bytes().decode()


def make_folder(folder: Path) -> None:
    """Make a folder where there is none. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: the folder cannot be made ({error.strerror}). Choose another one with --out.") from None


def new_clip(folder: Path, pose: str, person: str) -> Path:
    """Return a name for a film that nothing has yet."""
    names = (folder / f"{pose}_{person}_{number}.mp4" for number in count(1))
    return next(clip for clip in names if not any(path.exists() for path in (clip, clip.with_suffix(".toml"), draft_of(clip))))


def forget(path: Path) -> None:
    """Remove a file that holds nothing."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()
