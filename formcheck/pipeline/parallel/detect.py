"""Detection in one segment of a clip, in any process."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from formcheck.analysis.view.subject import SubjectSelector
from formcheck.core.interfaces import Engine, Frame
from formcheck.core.values import Landmarks
from formcheck.pipeline.loop import observe
from formcheck.pipeline.parallel.segments import Segment
from formcheck.pipeline.recording import SegmentDetections
from formcheck.stretches import StretchSpec
from formcheck.vision.engines import EngineModel
from formcheck.vision.sampling.interpolation import Detection
from formcheck.vision.sampling.pace import Pace
from formcheck.vision.video.container.packets import SOUND, VideoClock
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions
from formcheck.vision.video.sparse_reader import SparseFrame, SparseReader

Progress = Callable[[float], bool]
"""Called with how far a clip is done (seconds); False ends it there."""


def unwatched(_done_s: float) -> bool:
    """Let the work go on, whatever its progress."""
    return True


COMPARE_S = 0.055
"""Frames nearer than this to the one before are not even compared: some fifteen a second are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionJob:
    """A clip, how it is read and its clock, the stretches whose shapes decide whom to follow, and the engine and model."""

    clip: Path
    specs: tuple[StretchSpec, ...]
    model: EngineModel
    options: ReadOptions = AS_IT_IS
    clock: VideoClock = SOUND


def detect(job: DetectionJob, engine: Engine, segment: Segment, progress: Progress = unwatched) -> SegmentDetections:
    """Return what is seen in `segment` by `engine`, which is open and tracks nobody yet. Raises FormcheckError."""
    going_on = True

    def go_on(frame: SparseFrame) -> bool:
        nonlocal going_on
        going_on = progress(frame.time_s)
        return going_on

    with SparseReader(job.clip, job.options, job.clock) as clip:
        frames = takewhile(go_on, clip.sparse_frames(segment.from_s, segment.end_s))
        selector = _FrameSelector(frames, segment.begin_s)
        for _, people, _ in observe(selector.due(), engine, SubjectSelector(job.specs)):
            selector.add(people)
    if selector.empty and going_on:
        going_on = progress(segment.begin_s)
    return selector.detections(cut=not going_on, damaged_s=clip.damaged_s)


class _FrameSelector:
    """Decides for every frame whether the engine detects in it, and stores the detections."""

    def __init__(self, frames: Iterable[SparseFrame], begin_s: float) -> None:
        self._frames = frames
        self._begin_s = begin_s
        self._pace = Pace()
        self._now: tuple[SparseFrame, bool] | None = None  # in which it detects, and whether anything has moved
        self._still_s = 0.0
        self._detections: list[Detection] = []
        self._times_s: list[float] = []
        self._repeats_s: list[float] = []
        self._not_decoded_s: list[float] = []  # since the last frame that was

    @property
    def empty(self) -> bool:
        """Whether no frame of the segment has come."""
        return not self._times_s

    def due(self) -> Iterator[Frame]:
        """Yield the frames to detect in; the people of each are given to `add` before the next is taken."""
        newest: SparseFrame | None = None
        compared_s = -COMPARE_S
        for frame in self._frames:
            if frame.time_s >= self._begin_s:
                self._times_s.append(frame.time_s)
            self._note_repeats(frame)
            if not frame.seen:
                continue
            newest = frame
            if frame.time_s - compared_s < COMPARE_S and not self._pace.every_frame:
                continue
            compared_s = frame.time_s
            moving = self._pace.moving(frame.thumb)
            if self._pace.due(frame.time_s, moving=moving):
                self._now = frame, moving
                yield frame.picture()
            elif not moving:
                self._still_s = frame.time_s
        if newest is not None and newest.time_s != self._pace.detected_s:
            self._now = newest, self._pace.moving(newest.thumb)  # the time after the last detection is known by one at the end
            yield newest.picture()

    def add(self, people: Sequence[Landmarks]) -> None:
        """Take in the people seen in the frame that `due` has just given."""
        assert self._now is not None
        frame, moving = self._now
        since_s = self._still_s if moving else self._pace.detected_s
        self._detections.append(Detection(time_s=frame.time_s, people=people, still_s=since_s))
        self._pace = self._pace.after_detection(people, frame.time_s, moving=moving, thumb=frame.thumb)
        self._still_s = frame.time_s

    def _note_repeats(self, frame: SparseFrame) -> None:
        """Note whether a frame is the same as the last; so are those between, which were not decoded."""
        if frame.time_s >= self._begin_s:
            self._not_decoded_s.append(frame.time_s)
        if frame.seen:
            self._repeats_s += self._not_decoded_s if frame.repeats else []
            self._not_decoded_s = []

    def detections(self, *, cut: bool, damaged_s: float | None) -> SegmentDetections:
        """Return the detections of the segment, the one before it included."""
        before = sum(one.time_s < self._begin_s for one in self._detections)
        return SegmentDetections(
            detections=self._detections[max(0, before - 1) :],
            times_s=self._times_s,
            repeats_s=self._repeats_s,
            damaged_s=damaged_s,
            cut=cut,
        )
