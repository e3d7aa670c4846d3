"""Labelling without a window system: a screen that remembers what was shown, keys laid out beforehand, a clock set by hand."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from formcheck.core.interfaces import Image
from formcheck.core.values import Side
from formcheck.system.documents import read_text
from formcheck.tuning.labeling.intervals import Intervals, interval_at
from formcheck.tuning.labeling.job import LabelingJob
from formcheck.tuning.labeling.label_file import About
from formcheck.tuning.labeling.run import LabelingRun, open_editor
from formcheck.tuning.labeling.screen import LabelingView, draw_view
from formcheck.tuning.labels import Labels, check_text
from formcheck.ui.drawing.shapes import Text, flatten
from formcheck.vision.video.random_access import SeekableVideo
from tests.support.clips import colours, write_clip
from tests.support.specs import SHIPPED

Picture = tuple[str, Side | None] | None
POSE = "kneeling_hip_flexor"
SPECS = {spec.name: spec for spec in SHIPPED}
CLIPS: dict[str, tuple[float, ...]] = {
    "steady": tuple(i / 5 for i in range(25)),
    "uneven": (0.0, 0.04, 0.31, 0.9, 0.933, 1.5, 2.017, 3.0, 3.021, 4.4),
    "photo": (0.0,),
}
"""Clips by name, as the times of their pictures in seconds."""


@dataclass(slots=True)
class ShownViews:
    """The window. `waiting` are the keys pressed next; `views` is all that was shown, with the times in seconds."""

    waiting: tuple[str, ...] = ()
    size: tuple[int, int] = (1280, 720)
    now_s: float = 0.0
    views: list[tuple[float, LabelingView]] = field(default_factory=list)

    def draw(self, image: Image | None, view: LabelingView) -> None:
        assert image is not None
        self.views.append((self.now_s, view))

    def keys(self, wait_s: float) -> tuple[str, ...]:
        keys, self.waiting = self.waiting, ()
        return keys

    @property
    def view(self) -> LabelingView:
        return self.views[-1][1]


@cache
def opened(clip: str) -> tuple[Path, SeekableVideo]:
    """Return a clip of `CLIPS` and its pictures."""
    times_s = CLIPS[clip]
    path = write_clip(Path(mkdtemp()) / "clip.mp4", zip(colours(len(times_s)), times_s, strict=True))
    return path, SeekableVideo(path).__enter__()


class Labeller:
    """Somebody labels a clip of `CLIPS` in `folder`, beginning with `before` in its label file, and `kept` in the draft."""

    def __init__(
        self, folder: Path, clip: str = "steady", before: Intervals = (), *, side: str = "right", filmed: bool = False
    ) -> None:
        self.screen = ShownViews()
        source, self.video = opened(clip)
        path = folder / "clip.mp4"
        shutil.copy(source, path)
        about = About(pose=POSE, person="p12", part="tuning", side=side)
        job = LabelingJob(video=path, clip=path, about=about, specs=SPECS, filmed=filmed)
        if before:
            job = job.save(before, self.video.length_s)
        self._begin(job, before, None if filmed else before)

    def press(self, *keys: str) -> None:
        """Press keys, each after having seen what the one before did."""
        for key in keys:
            self.screen.waiting = (key,)
            self.run.step()
            if self.run.ending is None:
                self.run.step()

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.screen.now_s += seconds
        self.run.step()

    def shown_since(self, time_s: float) -> list[Intervals]:
        """Return what the lanes showed at that time and after it."""
        views = self.screen.views
        first = max([i for i, (shown_s, _) in enumerate(views) if shown_s <= time_s], default=0)
        return [view.intervals for _, view in views[first:]]

    @property
    def shown(self) -> Intervals:
        """What the lanes show."""
        return self.screen.view.intervals

    @property
    def header(self) -> str:
        """What is said to be true here."""
        marks = draw_view(replace(self.screen.view, title=""), picture=4 / 3, window=16 / 9).marks
        texts = [mark.text for mark in flatten(marks) if isinstance(mark, Text) and mark.at[1] > 0.93]
        return next((text for text in texts if " of " not in text), "")

    @property
    def note(self) -> str:
        return self.screen.view.note

    @property
    def in_file(self) -> Intervals:
        """What the label file says."""
        return _intervals(self.run.job.labels)

    @property
    def in_recovery(self) -> Intervals:
        """What would be gone on with after a power cut: the draft, or else the label file."""
        draft = self.run.job.load_draft()
        return draft.intervals if draft is not None else self.in_file

    def would_save(self) -> tuple[Intervals, str]:
        """Return what saving now would write, and what would be said."""
        job = self.run.job
        video = job.clip.with_name("elsewhere.mp4")
        elsewhere = replace(job, clip=video)
        elsewhere.labels.unlink(missing_ok=True)
        if not video.exists():
            shutil.copy(job.clip, video)
        if job.old is not None:
            elsewhere.labels.write_bytes(job.old.encode())
        screen = ShownViews(waiting=("tab", "s") if self.run.editor.asking else ("s",))
        other = LabelingRun(elsewhere, self.video, screen, self.run.editor, lambda: self.screen.now_s)
        other.step()
        other.step()
        written = _intervals(elsewhere.labels) if screen.view.note.startswith("Saved") else ()
        return written, screen.view.note

    def cut_off(self) -> None:
        """Take the power away, and begin again with what is on the disk."""
        job = self.run.job
        draft, before = job.load_draft(), self.in_file
        self._begin(job, draft.intervals if draft is not None else before, self.run.editor.saved and before)

    def _begin(self, job: LabelingJob, intervals: Intervals, saved: Intervals | None) -> None:
        self.screen = ShownViews(now_s=self.screen.now_s)
        self.run = LabelingRun(job, self.video, self.screen, open_editor(job, self.video, intervals, saved), self._clock)
        self.run.step()

    def _clock(self) -> float:
        return self.screen.now_s


def pictures(intervals: Intervals, times_s: Sequence[float]) -> list[Picture]:
    """Return the label and side of each picture of a clip, `None` where there is none."""
    covering = (interval_at(intervals, time_s) for time_s in times_s)
    return [(entry.label, entry.stretched_side) if entry is not None else None for entry in covering]


def _intervals(path: Path) -> Intervals:
    if not path.exists():
        return ()
    labels = check_text(read_text(path), SPECS)
    assert isinstance(labels, Labels), labels
    return labels.intervals
