"""A labelling job: the clip, its label file, and a draft beside them that outlives a crash.

The draft is the label file as it would be saved now, under a name that no search for labels finds.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Self

from formcheck.core.errors import LabelError, OutputError
from formcheck.core.wording.language import N_, joined
from formcheck.pipeline.live.recorder import unfinished_path
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import unreadable
from formcheck.system.documents import TextError, read_text
from formcheck.system.files import atomic_file
from formcheck.tuning.labeling.intervals import Intervals
from formcheck.tuning.labeling.label_file import About, label_text
from formcheck.tuning.labels import Labels, check_text, video_of

_DRAFT = ".toml.draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelingJob:
    """`video` is the file shown, `clip` the place for it and its labels: the same, or a copy made when saving.

    `old` is the text of the label file as it was read, `None` where there is none. `filmed`: the video was made just
    now, and is deleted with its draft.
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

    def save(self, intervals: Intervals, length_s: float) -> Self:
        """Write the labels, and the clip where it lies elsewhere, all or nothing. Return the job after it.

        Raises LabelError with every fault, OutputError where it cannot be written.
        """
        if not intervals:
            raise LabelError(N_("Nothing is marked, so nothing is saved: a label file without labels says nothing."))
        text = self.checked_text(intervals, length_s)
        if (read_text(self.labels) if self.labels.exists() else None) != self.old:
            raise OutputError(
                N_("{path}: has been changed by something else meanwhile, and is left alone.").format(path=self.labels)
            )
        make_folder(self.clip.parent)
        with atomic_file(self.labels) as part:
            part.write_bytes(text.encode())
            if not self.clip.exists():
                with atomic_file(self.clip) as copy:
                    shutil.copyfile(self.video, copy)
        self.draft.unlink(missing_ok=True)
        return replace(self, old=text)

    def checked_text(self, intervals: Intervals, length_s: float) -> str:
        """Return the label file's text. Raises LabelError with every fault."""
        text = label_text(self.old, self.about, intervals)
        faults = check_text(text, self.specs, length_s=length_s)
        if isinstance(faults, list):
            raise LabelError(N_("{path}: can't be saved like this.").format(path=self.labels), *faults)
        return text

    def store_draft(self, intervals: Intervals) -> None:
        """Write the draft. Raises OutputError."""
        make_folder(self.draft.parent)
        with atomic_file(self.draft) as part:
            part.write_bytes(label_text(self.old, self.about, intervals).encode())

    def load_draft(self) -> Labels | None:
        """Return the labels of the draft, `None` if there is none.

        Raises LabelError where they cannot be used, with every fault.
        """
        if not self.draft.exists():
            return None
        try:
            labels = check_text(read_text(self.draft), self.specs)
        except (OSError, TextError) as error:
            labels = [unreadable(error)]
        if isinstance(labels, Labels):
            return labels
        raise LabelError(
            N_("The marks kept here can't be used as they are. Correct this file, or move it away."),
            *(joined("", ("  ", str(self.draft), ": ", fault)) for fault in labels),
        )

    def discard(self) -> None:
        """Delete the draft, and a video that was made just now."""
        self.draft.unlink(missing_ok=True)
        if self.filmed and self.old is None:
            self.video.unlink(missing_ok=True)


def draft_of(clip: Path) -> Path:
    """Return the draft's path for a clip."""
    return clip.with_name(clip.stem + _DRAFT)


def unfinished_videos(folder: Path, pose: str) -> list[Path]:
    """Return the videos of a stretch in a folder whose labels were not saved, by name."""
    labels = [draft.with_suffix("") for draft in sorted(folder.glob(f"{pose}_*{_DRAFT}"))]
    return [video for file in labels if not file.exists() and (video := video_of(file)) is not None]


def cut_off_films(folder: Path, pose: str) -> list[Path]:
    """Return the clips of a stretch in a folder that were being filmed when a run was cut off, by name."""
    films = sorted(folder.glob(unfinished_path(Path(f"{pose}_*.mp4")).name))
    clips = [film.with_name(f"{Path(film.stem).stem}{film.suffix}") for film in films]
    return [clip for clip in clips if not clip.exists()]


def make_folder(folder: Path) -> None:
    """Make a folder where there is none. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            N_("{folder}: the folder cannot be made ({reason}). Choose another one with --out.").format(
                folder=folder, reason=error.strerror
            )
        ) from None


def new_clip(folder: Path, pose: str, person: str) -> Path:
    """Return an unused path for a new clip."""
    names = (folder / f"{pose}_{person}_{number}.mp4" for number in count(1))
    return next(clip for clip in names if not any(path.exists() for path in _of_clip(clip)))


def _of_clip(clip: Path) -> tuple[Path, ...]:
    return clip, clip.with_suffix(".toml"), draft_of(clip), unfinished_path(clip)
