"""Scores a clip: what an engine sees of it, at every frame or at as many as its movement needs, is judged and handed to
outputs.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import tee
from pathlib import Path

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.analysis.hold_timer import is_gap
from formcheck.analysis.scoring.result import Result, Scorer
from formcheck.analysis.two_rate_analyzer import SAME_S, People, TwoRateAnalyzer, moment_between, unseen_after
from formcheck.analysis.view.subject import SubjectSelector
from formcheck.core.errors import OutputError, SourceError, StoppedError
from formcheck.core.interfaces import ClipInfo, Engine, EngineInfo, Frame
from formcheck.core.values import Moment, Side
from formcheck.core.wording.language import N_
from formcheck.pipeline.loop import NOTHING_LOOKED_AT, observe
from formcheck.pipeline.outputs.base import Output
from formcheck.pipeline.parallel.detect import DetectionJob, Progress, unwatched
from formcheck.pipeline.parallel.run import detect_segments
from formcheck.pipeline.parallel.segments import segments_of
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.pipeline.turned import TurnedJob, turned_notes
from formcheck.stretches import StretchSpec
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.sampling.standstill import without_standstill
from formcheck.vision.video import ClipSource, check_whole, read_in_segments
from formcheck.vision.video.file import VideoFile

SMALLEST_PX = 90
"""Pictures with a shorter side than this are not judged. Three sample clips made smaller: at 90 pixels holds, sides and faults
are those of 360, at 72 faults are lost and a hold is three seconds too long, at 36 sides are exchanged."""

NOTHING_JUDGED = N_("{path}: nothing in it can be judged.")
"""Of a recording that lacks joints of every stretch."""


def score(
    source: ClipSource,
    model: EngineModel,
    specs: Sequence[StretchSpec],
    *,
    every_frame: bool = False,
    jobs: int = 1,
    isolated: bool = False,
    side: Side | None = None,
    baseline: BaselineCheck | None = None,
    outputs: Sequence[Output] = (),
    strict: bool = False,
    progress: Progress = unwatched,
    advise: bool = False,
) -> Result:
    """Return the result of a video or photo, as `formcheck score` gives it.

    `source` is open, `outputs` are not. People are detected by `jobs` processes, in as many frames as the movement needs; with
    `every_frame` in each frame, and each is judged, by this process. `isolated` keeps the engine out of this process even for
    a single job. What is left of a damaged clip is scored, and with `strict` refused. With `advise`, where nothing can be
    scored, the result tells by which turn of the pictures it could. Raises FormcheckError; the outputs then leave nothing
    behind.
    """
    if strict:
        check_whole(source)
    clip, engine = source.info, create_engine(model, still=source.info.still)
    if min(clip.width, clip.height) < SMALLEST_PX:
        raise SourceError(
            N_(
                "{path}: is {width} x {height} pixels, which is too small to judge: angles need at least {least} pixels on the "
                "shorter side. Give the clip as it was filmed."
            ).format(path=clip.path, width=clip.width, height=clip.height, least=SMALLEST_PX)
        )
    video = source if isinstance(source, VideoFile) else None
    options = source.options
    every_frame = every_frame or not read_in_segments(source)
    shown = any(output.needs_picture for output in outputs)
    pictures = source.frames() if shown else iter(())
    stopped = False

    def go_on(at_s: float) -> bool:
        nonlocal stopped
        stopped = stopped or not progress(at_s)
        return not stopped

    with ExitStack() as stack:
        if every_frame:
            frames, pictures = tee(pictures) if shown else (source.frames(), pictures)
            segments = detect_every_frame(frames, stack.enter_context(engine), specs, go_on)
        else:
            assert isinstance(source, VideoFile)
            segments = detect_sparsely(source, specs, model, jobs, go_on, isolated=isolated)
        for output in outputs:
            stack.enter_context(output)
        analyzer = FormAnalyzer(specs, side, still=clip.still, fit=baseline, traits=engine.traits)
        judge = _ClipJudge(clip, analyzer, outputs, pictures, from_s=options.from_s)
        judge.take(segments, every_frame=every_frame)
        if stopped and not every_frame and judge.last_s == options.from_s:
            raise StoppedError(NOTHING_LOOKED_AT)
        if video is not None and judge.frames == 0 and not stopped:
            raise SourceError(
                N_("{path}: has no pictures from {from_s:g} s on: it ends before. Give an earlier time.").format(
                    path=clip.path, from_s=options.from_s
                )
            )
        if strict:
            check_whole(source)
        result = judge.result(engine.info, source.damaged)
    notes = video.notes if video is not None else ()
    if advise and result.score is None and not stopped:
        turned = TurnedJob(clip=Path(clip.path), options=options, end_s=judge.last_s, specs=tuple(specs), model=model)
        notes += turned_notes(turned, isolated=isolated)
    return replace(result, notes=notes)


def score_recording(
    recording: LandmarkRecording,
    specs: Sequence[StretchSpec],
    *,
    side: Side | None = None,
    baseline: BaselineCheck | None = None,
    outputs: Sequence[Output] = (),
    strict: bool = False,
) -> Result:
    """Return the result of a clip from what an engine saw of it: the same as of the clip itself, detected in the same way.

    `outputs` are not open, and none of them needs pictures: there are none. Raises SourceError where the recording lacks joints
    that every stretch needs, and, with `strict`, where it is of a damaged clip.
    """
    if strict and recording.clip.damaged is not None:
        raise SourceError(
            N_("{path}: is of a damaged clip: {damaged}.").format(path=recording.clip.path, damaged=recording.clip.damaged)
        )
    if any(output.needs_picture for output in outputs):
        raise OutputError(
            N_("{path}: has landmarks and no pictures, so there is nothing to draw on.").format(path=recording.clip.path)
        )
    check_joints(recording, specs)
    analyzer = FormAnalyzer(specs, side, still=recording.clip.still, fit=baseline, traits=recording.traits)
    judge = _ClipJudge(recording.clip, analyzer, outputs)
    with ExitStack() as stack:
        for output in outputs:
            stack.enter_context(output)
        judge.take(recording.segments, every_frame=recording.every_frame)
        return judge.result(recording.engine, recording.clip.damaged)


def check_joints(recording: LandmarkRecording, specs: Sequence[StretchSpec]) -> None:
    """Raise SourceError where no picture has some joint that a stretch needs, and that is so of each of `specs`."""
    faults = unjudgeable(recording, specs)
    if len(faults) == len(specs) > 0:
        raise SourceError(NOTHING_JUDGED.format(path=recording.clip.path), *("  " + one for one in faults))


def unjudgeable(recording: LandmarkRecording, specs: Sequence[StretchSpec]) -> list[str]:
    """Return a sentence for each stretch that can't be judged, as no picture has some joint that it needs."""
    return [
        N_("{name} can't be judged without {joints}, which no picture has.").format(name=spec.name, joints=", ".join(joints))
        for spec in specs
        if (joints := recording.lacking_joints(spec))
    ]


def detect_every_frame(
    frames: Iterable[Frame], engine: Engine, specs: Sequence[StretchSpec], progress: Progress = unwatched
) -> Iterator[SegmentDetections]:
    """Yield what `engine`, which is open, sees in each frame; the one who is in the shape of a stretch is followed.

    `progress` may end it.
    """
    for frame, people, _ in observe(frames, engine, SubjectSelector(specs)):
        yield SegmentDetections.of_frame(people, frame.time_s, repeats=frame.repeats)
        if not progress(frame.time_s):
            return


def detect_sparsely(
    video: VideoFile,
    specs: Sequence[StretchSpec],
    model: EngineModel,
    jobs: int,
    progress: Progress = unwatched,
    *,
    isolated: bool = False,
) -> Iterator[SegmentDetections]:
    """Yield what is seen in as many frames of `video`, which is open, as the movement needs, detected by `jobs` processes.

    `isolated` keeps the engine out of this process even for a single job; `progress` may end it. In the end `video` knows of
    all damage that was found.
    """
    clip, options = video.info, video.options
    job = DetectionJob(clip=Path(clip.path), specs=tuple(specs), model=model, options=options, clock=video.clock)
    cuts = segments_of(clip.expected_s, options.from_s, options.to_s, video.times_s)
    last_s, damaged_s, whole = 0.0, list[float](), options.to_s is None
    for segment in detect_segments(job, cuts, jobs, progress, isolated=isolated):
        last_s = segment.times_s[-1] if segment.times_s else last_s
        damaged_s += [segment.damaged_s] if segment.damaged_s is not None else []
        whole = whole and not segment.cut
        yield segment
    video.was_read(last_s if whole else None, min(damaged_s, default=None))


def moments_of(segments: Iterable[SegmentDetections], analyzer: FormAnalyzer, *, every_frame: bool) -> Iterator[Moment]:
    """Yield the moments that are judged of a clip, from what is seen of its segments.

    Pictures of a camera that stands still are not judged: they show what was, and for how long nobody knows.
    """
    frames = TwoRateAnalyzer(analyzer, every_frame=every_frame)
    for time_s, people in without_standstill(_with_repeats(segments)):
        yield from frames.add(people, time_s)
    yield from frames.finish()


def _with_repeats(segments: Iterable[SegmentDetections]) -> Iterator[tuple[float, bool, People]]:
    for segment in segments:
        repeats_s = set(segment.repeats_s)
        for time_s, people in segment.people():
            yield time_s, time_s in repeats_s, people


class _ClipJudge:
    """Judges what is seen of a clip and hands every moment to the scorer and the outputs, which are open.

    `pictures` are those of the clip, in order, where an output needs them: each is shown with the moment that is judged in it
    or, where it is not judged, with what lies between the moments before and after it. `from_s` is where they begin.
    """

    def __init__(
        self,
        clip: ClipInfo,
        analyzer: FormAnalyzer,
        outputs: Sequence[Output],
        pictures: Iterable[Frame] = (),
        *,
        from_s: float = 0.0,
    ) -> None:
        self.last_s = from_s
        self.frames = 0
        self._clip = clip
        self._analyzer = analyzer
        self._scorer = Scorer(analyzer.candidates, still=clip.still, traits=analyzer.traits)
        self._outputs = outputs
        self._pictures = iter(pictures)
        self._picture: Frame | None = None  # the next one to show
        self._shown: Moment | None = None
        self._step_s = 0.0

    def take(self, segments: Iterable[SegmentDetections], *, every_frame: bool) -> None:
        """Judge all of the clip, or what there is of it."""
        for moment in moments_of(self._noted(segments), self._analyzer, every_frame=every_frame):
            self._write(moment)
        if self._shown is not None:
            gone = is_gap(self.last_s - self._shown.time_s)
            self._show(unseen_after(self._shown, self.last_s) if gone else self._shown, until_s=self.last_s)

    def _noted(self, segments: Iterable[SegmentDetections]) -> Iterator[SegmentDetections]:
        for segment in segments:
            for output in self._outputs:
                output.detected(segment)
            for time_s in segment.times_s:
                step_s = time_s - self.last_s
                # The last frame is shown for as long as the one before it, unless that was before a gap.
                self._step_s = min(self._step_s or step_s, step_s) if is_gap(step_s) else step_s
                self.last_s = time_s
                self.frames += 1
            yield segment

    def result(self, engine: EngineInfo, damaged: str | None) -> Result:
        """Return the result, once the outputs have it; `damaged` says what is damaged in the clip."""
        end_s = self.last_s + self._step_s
        clip = replace(self._clip, damaged=damaged)
        result = self._scorer.result(clip, engine, end_s, self._analyzer.summary(end_s))
        for output in self._outputs:
            output.complete(result)
        return result

    def _write(self, moment: Moment) -> None:
        self._scorer.add(moment)
        for output in self._outputs:
            if not output.needs_picture:
                output.write(moment, None)
        self._show(moment, until_s=moment.time_s)
        self._shown = moment

    def _show(self, moment: Moment, until_s: float) -> None:
        """Hand on the pictures up to `until_s` (seconds), which are shown with `moment` or with what lies before it."""
        while (picture := self._picture or next(self._pictures, None)) is not None:
            self._picture = picture
            if picture.time_s > until_s + SAME_S:
                return
            self._picture = None
            shown = moment_between(self._shown or moment, moment, picture.time_s)
            for output in self._outputs:
                if output.needs_picture:
                    output.write(shown, picture.image)
