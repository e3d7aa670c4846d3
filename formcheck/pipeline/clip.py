"""The loops that score a clip: every frame of a source through an engine, or a video at as many frames as it needs.

Both end in the same session, scorer and outputs.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline import BaselineCheck
from formcheck.analysis.scoring import Result, Scorer
from formcheck.analysis.two_rate_analyzer import TwoRateAnalyzer
from formcheck.core.errors import StoppedError
from formcheck.core.interfaces import Engine, EngineInfo, Frame, Output, Source
from formcheck.core.values import Moment, Side
from formcheck.pipeline.parallel import DetectionJob, detect_segments
from formcheck.stretches import StretchSpec
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.video.file import VideoFile

Watch = Callable[[float, float | None], bool]
"""Called with the seconds done and in all (`None` = not known) after every frame; False ends the run there."""


def score(
    source: Source,
    model: Path,
    candidates: Sequence[StretchSpec],
    *,
    every_frame: bool = False,
    jobs: int = 1,
    side: Side | None = None,
    fit: BaselineCheck | None = None,
    outputs: Sequence[Output] = (),
    film: Output | None = None,
    watch: Watch = lambda _done_s, _of_s: True,
) -> Result:
    """Return the result of a video or photo, as `formcheck score` tells it.

    `source` is open, outputs and film are not. A video is looked at by `jobs` processes, at as many frames as its movement
    needs; `outputs` then see the moments that were judged, without pictures, and `film` every frame. With `every_frame` every
    frame is looked at and judged, by this process. Raises FormcheckError; the outputs then leave nothing behind.
    """
    engine = MediaPipeEngine(model, still=source.info.still)
    if isinstance(source, VideoFile) and not every_frame:
        task = DetectionJob(clip=Path(source.info.path), specs=tuple(candidates), model=model)
        return _score_video(source, task, engine.info, side, fit, jobs, outputs, film, watch)
    drawing = [film] if film is not None else []
    return score_clip(source, engine, candidates, side=side, fit=fit, outputs=[*drawing, *outputs], watch=watch)


def score_clip(
    source: Source,
    engine: Engine,
    candidates: Sequence[StretchSpec],
    *,
    side: Side | None = None,
    fit: BaselineCheck | None = None,
    outputs: Sequence[Output] = (),
    watch: Watch = lambda _done_s, _of_s: True,
) -> Result:
    """Return the result of the whole clip; every output sees every moment and the result.

    `source` is open, `engine` and `outputs` are not. `fit` has the person's
    baseline. Raises FormcheckError; the outputs then leave nothing behind.
    """
    info = source.info
    session = FormAnalyzer(candidates, side, still=info.still, fit=fit)
    scorer = Scorer(session, still=info.still)
    with ExitStack() as stack:
        stack.enter_context(engine)
        for output in outputs:
            stack.enter_context(output)
        last_s = step_s = 0.0
        for frame in source.frames():
            moment = session.step(engine.detect(frame), frame.time_s)
            if session.wanted is not None:
                engine.follow(session.wanted)
            scorer.add(moment)
            for output in outputs:
                output.write(frame, moment)
            step_s, last_s = frame.time_s - last_s, frame.time_s
            if not watch(last_s, info.expected_s):
                break
        # The last frame is shown for as long as the one before it.
        result = scorer.result(info, engine.info, last_s + step_s)
        for output in outputs:
            output.complete(result)
    return result


def _score_video(
    clip: VideoFile,
    task: DetectionJob,
    engine: EngineInfo,
    side: Side | None,
    fit: BaselineCheck | None,
    jobs: int,
    outputs: Sequence[Output],
    film: Output | None,
    watch: Watch,
) -> Result:
    info = clip.info
    session = FormAnalyzer(task.specs, side, fit=fit)
    scorer = Scorer(session)
    grains = TwoRateAnalyzer(session)
    drawn = FormAnalyzer(task.specs, side, fit=fit)
    last_s = step_s = 0.0
    stopped = False

    def tell(at_s: float) -> bool:
        nonlocal stopped
        stopped = stopped or not watch(at_s, info.expected_s)
        return not stopped

    def hear(moments: Iterable[Moment]) -> None:
        for moment in moments:
            scorer.add(moment)
            for output in outputs:
                output.write(Frame(image=None, time_s=moment.time_s), moment)

    with ExitStack() as stack:
        for output in outputs:
            stack.enter_context(output)
        if film is not None:
            stack.enter_context(film)
        pictures = clip.frames() if film is not None else iter(())
        for seen in detect_segments(task, info.expected_s, jobs, tell):
            for time_s, people in seen.people():
                step_s, last_s = time_s - last_s, time_s
                hear(grains.add(people, time_s))
                if film is not None and (picture := next(pictures, None)) is not None:
                    film.write(picture, drawn.step(people(), picture.time_s))
        hear(grains.finish())
        if not stopped:
            clip.check_end(last_s)
        elif last_s == 0.0:
            raise StoppedError("Stopped before anything was looked at; nothing is written.")
        # The last frame is shown for as long as the one before it.
        result = scorer.result(info, engine, last_s + step_s)
        for output in (*outputs, *([film] if film is not None else [])):
            output.complete(result)
    return result
