"""Looking at one piece of a clip, in any process."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.subject import SubjectSelector
from formcheck.pipeline.parallel.segments import Segment, SegmentDetections
from formcheck.stretches import StretchSpec
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.sampling import Detection, Pace, box_of, moved
from formcheck.vision.video.sparse_reader import SparseFrame, SparseReader

Tell = Callable[[float], bool]
"""Told how far a clip has been looked at (seconds); false ends it there."""

GLANCE_S = 0.055
"""Frames nearer than this to the one before are not even compared: some fifteen a second are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionJob:
    """A clip, the stretches that tell whom to follow in it, and the model to look with."""

    clip: Path
    specs: tuple[StretchSpec, ...]
    model: Path


class Detector:
    """The engine of one process, which looks at one piece after the other."""

    def __init__(self, task: DetectionJob) -> None:
        self._task = task
        self._engine = MediaPipeEngine(task.model)
        self._fresh = True

    @contextmanager
    def opened(self) -> Iterator["Detector"]:
        """Open the engine, and close it at the end."""
        with self._engine:
            yield self

    def look(self, piece: Segment, tell: Tell = lambda _at_s: True) -> SegmentDetections:
        """Return what is seen in `piece`. Raises FormcheckError."""
        if not self._fresh:
            self._engine.restart()
        self._fresh = False
        with SparseReader(self._task.clip) as clip:
            eye = _FrameSelector(self._engine, SubjectSelector(self._task.specs))
            going_on = True

            def sparse_frames() -> Iterator[SparseFrame]:
                nonlocal going_on
                for glance in clip.sparse_frames(piece.from_s, piece.end_s):
                    going_on = tell(glance.time_s)
                    if not going_on:
                        return
                    yield glance

            seen = eye.watch(sparse_frames(), piece.begin_s)
            return replace(seen, cut=not going_on)


class _FrameSelector:
    """Decides of every frame whether to look at it, and keeps what was seen."""

    def __init__(self, engine: MediaPipeEngine, spotlight: SubjectSelector) -> None:
        self._engine = engine
        self._spotlight = spotlight
        self._pace = Pace()
        self._last: SparseFrame | None = None  # what was looked at last
        self._still_s = 0.0
        self._looks: list[Detection] = []

    def watch(self, sparse_frames: Iterable[SparseFrame], begin_s: float) -> SegmentDetections:
        times_s: list[float] = []
        newest: SparseFrame | None = None
        compared_s = -GLANCE_S
        for glance in sparse_frames:
            if glance.time_s >= begin_s:
                times_s.append(glance.time_s)
            if not glance.seen:
                continue
            newest = glance
            if glance.time_s - compared_s < GLANCE_S and not self._pace.every_frame:
                continue
            compared_s = glance.time_s
            moving = self._moving(glance)
            if self._pace.due(glance.time_s, moving=moving):
                self._look(glance, moving=moving)
            elif not moving:
                self._still_s = glance.time_s
        if newest is not None and newest is not self._last:
            self._look(newest, moving=self._moving(newest))  # what comes after the last look is known by a look at the end
        return SegmentDetections(looks=self._needed(begin_s), times_s=times_s)

    def _moving(self, glance: SparseFrame) -> bool:
        if self._last is None:
            return True
        person = self._pace.seen[0] if self._pace.seen else None
        return moved(self._last.thumb, glance.thumb, box_of(person) if person is not None else None)

    def _look(self, glance: SparseFrame, *, moving: bool) -> None:
        people = self._engine.detect(glance.picture())
        self._spotlight.choose(people, glance.time_s)
        if self._spotlight.wanted is not None:
            self._engine.follow(self._spotlight.wanted)
        since_s = self._still_s if moving or self._last is None else self._last.time_s
        self._looks.append(Detection(time_s=glance.time_s, people=people, still_s=since_s))
        self._pace = self._pace.after_detection(people, glance.time_s, moving=moving)
        self._last, self._still_s = glance, glance.time_s

    def _needed(self, begin_s: float) -> Sequence[Detection]:
        """The looks of the piece, and the one before it."""
        before = sum(look.time_s < begin_s for look in self._looks)
        return self._looks[max(0, before - 1) :]
