"""What `import formcheck` gives: clips scored, landmarks detected and analyzed, ranges evaluated and tuned, from Python.

Every public name here is imported from `formcheck` itself (`from formcheck import score`). Nothing is printed, no signal is
touched, and every error is a `FormcheckError` (`formcheck.errors` has them all) whose text says what to do. Pictures are looked
at by processes of their own, which never import the calling script.
"""

import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from numbers import Real
from operator import index
from os import PathLike
from pathlib import Path
from reprlib import repr as in_short
from typing import Any, Literal, TypeAlias

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.offsets import Baseline
from formcheck.analysis.scoring.comparison import ClipComparison
from formcheck.analysis.scoring.result import Result
from formcheck.core.errors import FormcheckError, OutputError, SourceError, as_flag, check_argument
from formcheck.core.interfaces import ClipInfo
from formcheck.core.measures import MEASURES, Measure
from formcheck.core.values import Landmarks, Moment, Side
from formcheck.core.wording.language import N_
from formcheck.people.person import load_person, personal
from formcheck.pipeline import clip as clips
from formcheck.pipeline.batch.discovery import ClipFile, find_clips, identified
from formcheck.pipeline.batch.run import ClipResult, Settings, patience_s, score_clips
from formcheck.pipeline.outputs import create_outputs
from formcheck.pipeline.outputs.base import Output
from formcheck.pipeline.outputs.collector import ResultCollector
from formcheck.pipeline.outputs.landmark_table import is_landmark_table, read_landmarks
from formcheck.pipeline.parallel.detect import Progress
from formcheck.pipeline.parallel.run import SharedProgress, shared_progress
from formcheck.pipeline.readings.calibration import baseline_of_clip
from formcheck.pipeline.recording import LandmarkRecording
from formcheck.pipeline.remarks import remarks_of
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import every_stretch, find_stretch, load_stretches
from formcheck.system.files import atomic_file
from formcheck.system.inputs import as_path
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.processes import Answer, ParallelMap, Processes, Runner, answers_of, cores, in_this_process, unlimited
from formcheck.tuning.evaluation.run import Evaluation, evaluate_material, find_material
from formcheck.tuning.fitting.proposal import TuningConstraints
from formcheck.tuning.labels import ClipPart
from formcheck.tuning.labels import find_clips as find_labelled_clips
from formcheck.tuning.run import Tuned, tuning_jobs
from formcheck.tuning.run import tune as tune_jobs
from formcheck.ui.report.choice import FilmChoice
from formcheck.vision.engines import EngineModel, create_engine, obtain
from formcheck.vision.video import open_clip, read_in_segments
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.random_access import length_of
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions

PathText: TypeAlias = str | PathLike[str]
Stretch: TypeAlias = str | PathLike[str] | StretchSpec
Model: TypeAlias = str | PathLike[str] | EngineModel
SideText: TypeAlias = Literal["left", "right"] | Side

OnProgress: TypeAlias = Callable[[float, float | None], object]
"""Called with the seconds of the clip that are done and all of them (`None` = not known); returning False ends it there."""


def score(
    path: PathText | LandmarkRecording,
    *,
    stretch: Stretch | Sequence[Stretch] = "auto",
    side: SideText | None = None,
    profile: str | None = None,
    model: Model = "full",
    every_frame: bool = False,
    jobs: int = 0,
    rotate: int = 0,
    mirror: bool = False,
    speed: float | None = None,
    from_s: float = 0.0,
    to_s: float | None = None,
    strict: bool = False,
    outputs: Mapping[str, PathText] | Sequence[Output] = (),
    on_progress: OnProgress | None = None,
) -> Result:
    """Score a recorded clip, as `formcheck score` does.

    Parameters
    ----------
    path
        A video, a photo, a table of landmarks (`.csv`), or a `LandmarkRecording`.
    stretch
        A name from `list_stretches`, the path of a pose file, a `StretchSpec`, several of these, or `"auto"`: whichever of the
        shipped stretches is done.
    side
        The stretched side, `"left"` or `"right"`; `None` = found.
    profile
        The person whose baseline and goals count; `None` = nobody's.
    model
        `"full"`, which the limits are set for, `"lite"`, `"heavy"`, the path of a MediaPipe bundle, or the name of a registered
        engine (`register_engine`). A model with a name is fetched once from the package index if it is not there yet. Landmarks
        need none.
    every_frame
        Detect and judge every frame instead of as many as the movement needs: the reference, many times slower.
    jobs
        Processes that look at a video; 0 = one for every core. The result does not depend on it. A stretch with a measure that
        this process alone knows (`register_measure`) is scored by this process.
    rotate, mirror
        Pictures are turned clockwise, as seen, by 90, 180 or 270 degrees, then left and right are exchanged: for clips that do
        not say so themselves.
    speed
        Seconds that passed for each second that a video plays: 0.125 where 240 pictures a second play as 30. `None` = as the
        file states, 1 without a statement.
    from_s, to_s
        The part of a video that is looked at, in seconds from its first picture; times in the result stay those of the whole.
        `None` = to the end.
    strict
        Refuse a damaged clip, instead of scoring what is left of it: `Result.damaged` then says what is damaged.
    outputs
        Files to write by kind, as `{"measures": "angles.csv"}`; the kinds are `json`, `measures` (`.csv`, `.parquet`, `.mot`),
        `annotate`, `landmarks` (`.csv`, `.trc`) and `report`. Or outputs of your own, objects with the methods of
        `formcheck.pipeline.outputs.base.Output`.
    on_progress
        Called with two numbers, the seconds done and in all (`None` = not known). Returning False ends the clip there; the
        result is about what was looked at until then. It is not called for landmarks.

    Returns
    -------
    Result
        `score` (0..100), `band`, `holds`, `sides`, `faults` and `unseen`, times in seconds from the first frame;
        `measurements()` has the angles as arrays, `landmarks()` the joints. What cannot be seen is `None` (NaN in arrays),
        never counted as wrong.

    Raises
    ------
    FormcheckError
        A file that is missing or cannot be written, a clip of which nothing can be read (with `strict` a damaged one), an
        unknown stretch, profile or model, an end (`on_progress`) before anything was looked at. Then nothing is written.

    Examples
    --------
    >>> from formcheck import score
    >>> result = score("samples/kneeling_hip_flexor.mp4")
    >>> result.score, str(result.band), [round(hold.held_s) for hold in result.holds]
    (84, 'good', [7, 6])
    """
    judged = personal(_stretches(stretch), load_person(profile) if profile is not None else None)
    chosen, strict, every_frame = _side(side), as_flag("strict", strict), as_flag("every_frame", every_frame)
    if not isinstance(path, LandmarkRecording) and is_landmark_table(_path(path)):
        path = read_landmarks(path)
    options = ReadOptions.of(rotate=rotate, mirror=mirror, speed=speed, from_s=from_s, to_s=to_s)
    if isinstance(path, LandmarkRecording):
        if options != AS_IT_IS:
            raise SourceError(
                N_("{path}: is landmarks and has no pictures: rotate, mirror, speed, from_s and to_s are for clips.").format(
                    path=path.clip.path
                )
            )
        collector = ResultCollector(path.clip, judged.specs, path.traits)
        film = FilmChoice.LEAVE_OUT  # there are no pictures
        made = _created(outputs, path.clip, judged.specs, every_frame=path.every_frame, film=film)
        result = clips.score_recording(
            path, judged.specs, side=chosen, baseline=judged.baseline, outputs=[*made, collector], strict=strict
        )
        return collector.completed(result)
    engine, at_once, alone = _model(model), _processes(judged.specs, jobs), _known_here_alone(judged.specs)
    how: dict[str, Any] = {
        "options": options,
        "side": chosen,
        "baseline": judged.baseline,
        "model": engine,
        "jobs": at_once,
        "strict": strict,
    }
    work = partial(_score, Path(path), judged.specs, outputs, every_frame=every_frame, isolated=not alone, **how)
    with open_clip(Path(path), options) as source:
        go_on = _go_on(on_progress, source.info.expected_s)
        in_here = alone or (read_in_segments(source) and not every_frame)
    if in_here or (outputs and not isinstance(outputs, Mapping)):  # an output as an object stays with this process
        return work(go_on)
    return _in_a_process(partial(work, isolated=False), go_on)


def write_report(result: Result | ClipComparison, path: PathText) -> None:
    """Write what was scored as one page: the verdict in words, charts of what was measured, and the skeleton, which moves.

    Of two clips against each other it has a table of the angles of both, and both skeletons in one player. No page has a
    picture of the person, so it can be shown to others. One that has the clip in it is written while that is scored:
    ``score(clip, outputs={"report": "page.html"})``.

    Parameters
    ----------
    result
        What `score` returned, or `compare`.
    path
        The file, which ends in `.html`. It appears whole or not at all.

    Raises
    ------
    FormcheckError
        Where the file can't be written, or has another ending.

    Examples
    --------
    >>> from formcheck import score, write_report
    >>> write_report(score("samples/kneeling_hip_flexor.mp4"), "page.html")  # doctest: +SKIP
    """
    from formcheck.pipeline.outputs.page_file import check_report_path
    from formcheck.ui.report.comparison_page import render_comparison
    from formcheck.ui.report.page import ReportPart, render

    check_report_path(as_path(path, error=OutputError))
    check_argument("result", result, Result | ClipComparison, N_("what score returned, or compare"))
    results = [result] if isinstance(result, Result) else [result.a, result.b]
    parts = [ReportPart(result=one, track=one.track, remarks=tuple(remarks_of(one))) for one in results]
    with atomic_file(Path(path)) as unfinished:
        page = render(parts) if isinstance(result, Result) else render_comparison(result, parts)
        unfinished.write_text(page, encoding="utf-8")


def score_many(
    paths: PathText | Iterable[PathText],
    *,
    stretch: Stretch | Sequence[Stretch] = "auto",
    side: SideText | None = None,
    profile: str | None = None,
    model: Model = "full",
    every_frame: bool = False,
    jobs: int = 0,
    rotate: int = 0,
    mirror: bool = False,
    speed: float | None = None,
    from_s: float = 0.0,
    to_s: float | None = None,
    strict: bool = False,
) -> Iterator[ClipResult]:
    """Score videos and photos side by side, each content once, as `formcheck score FOLDER` does.

    Parameters
    ----------
    paths
        Clips, and folders that are searched in depth; a single one need not be in a list.
    stretch, side, profile, model, every_frame, rotate, mirror, speed, from_s, to_s
        As for `score`, the same for all clips.
    jobs
        Processes; 0 = one for every core. A clip is one process's work.
    strict
        Let a damaged clip fail, instead of scoring what is left of it: `document.clip.damaged` then says what is damaged.

    Yields
    ------
    ClipResult
        One for each clip, as each is done, the largest first: its `path`, and its `document` or, where it could not be scored,
        why not as `error`.

    Raises
    ------
    FormcheckError
        Where no clip is found at all, or an argument is wrong. A clip that fails raises nothing, nor does a path that is not
        there.

    Examples
    --------
    >>> from formcheck import score_many
    >>> for one in score_many(["samples/standing_psoas.mp4"]):
    ...     print(one.path, one.document.pose if one.document else one.error)
    samples/standing_psoas.mp4 standing_psoas
    """
    judged = personal(_stretches(stretch), load_person(profile) if profile is not None else None)
    given = _paths(paths)
    missing = [path for path in given if not os.path.exists(path)]  # noqa: PTH110 - pathlib's raises for a name that is too long
    found = find_clips([path for path in given if path not in missing] or given)
    engine = _model(model).absolute()
    settings = Settings(
        specs=judged.specs,
        side=_side(side),
        fit=judged.baseline,
        model=engine,
        digest=engine.digest,
        every_frame=as_flag("every_frame", every_frame),
        options=ReadOptions.of(rotate=rotate, mirror=mirror, speed=speed, from_s=from_s, to_s=to_s),
        strict=as_flag("strict", strict),
    )
    identities = [identified(clip) for clip in (*found.clips, *(ClipFile(path=path, size_bytes=0) for path in missing))]
    scored = score_clips(identities, settings, _runner(judged.specs, jobs, patience_s), kept={})
    return (result for _, result in scored)


def detect(
    path: PathText,
    *,
    stretch: Stretch | Sequence[Stretch] = "auto",
    model: Model = "full",
    every_frame: bool = False,
    jobs: int = 0,
    rotate: int = 0,
    mirror: bool = False,
    speed: float | None = None,
    from_s: float = 0.0,
    to_s: float | None = None,
    on_progress: OnProgress | None = None,
) -> LandmarkRecording:
    """Return what the pose engine sees of a clip, without judging it.

    Parameters
    ----------
    path
        A video or photo.
    stretch
        The stretches whose shape tells whom to follow, where several people are in the picture; as for `score`.
    model, every_frame, jobs, rotate, mirror, speed, from_s, to_s, on_progress
        As for `score`.

    Returns
    -------
    LandmarkRecording
        `frames()` yields the time of every frame (seconds) and the people in it, the tracked one first: joints in frame
        heights, x right, y up, and metres from the middle of the hips. `score` and `analyze` take it, `write_landmarks`
        keeps it.

    Raises
    ------
    FormcheckError
        As `score`.
    """
    specs, every_frame = _stretches(stretch), as_flag("every_frame", every_frame)
    if is_landmark_table(_path(path)):
        raise SourceError(N_("{path}: is a table of landmarks already; read_landmarks reads it.").format(path=path))
    options = ReadOptions.of(rotate=rotate, mirror=mirror, speed=speed, from_s=from_s, to_s=to_s)
    chosen, at_once, alone = _model(model), _processes(specs, jobs), _known_here_alone(specs)
    with open_clip(Path(path), options) as source:
        info = source.info
        go_on = _go_on(on_progress, info.expected_s)
        if not every_frame and isinstance(source, VideoFile) and not info.still:
            segments = list(clips.detect_sparsely(source, specs, chosen, at_once, go_on, isolated=not alone))
            engine = create_engine(chosen)
            clip, traits = replace(info, damaged=source.damaged), engine.traits
            return LandmarkRecording(clip=clip, engine=engine.info, traits=traits, segments=segments, every_frame=False)
    work = partial(_detect, Path(path), options, specs, chosen)
    return work(go_on) if alone else _in_a_process(work, go_on)


def analyze(
    landmarks: LandmarkRecording | PathText | Iterable[tuple[float, Sequence[Landmarks]]],
    stretches: Stretch | Sequence[Stretch] | None = None,
    *,
    side: SideText | None = None,
) -> Iterator[Moment]:
    """Judge landmarks moment by moment.

    Parameters
    ----------
    landmarks
        A recording (`detect`, `read_landmarks`), the path of a table of landmarks, or pairs of a time in seconds, never
        backwards, and the people seen then, the tracked one first.
    stretches
        As for `score`; `None` = all that ship.
    side
        The stretched side; `None` = found.

    Yields
    ------
    Moment
        `time_s`, the person, the view, the assessment (status, score, measurements in degrees, `None` = unseen), the running
        hold and the cue. Of a recording these are the moments that `score` judges; of pairs, one for each.

    Raises
    ------
    FormcheckError
        Where a file can't be read or lacks joints that every stretch needs, a stretch is not known, or a time is
        not a number or before the one before it.

    Examples
    --------
    >>> from formcheck import analyze
    >>> [moment.assessment.status.value for moment in analyze([(0.0, ()), (0.1, ())], "supine_psoas")]
    ['unseen', 'unseen']
    """
    specs, chosen = _stretches("auto" if stretches is None else stretches), _side(side)
    if isinstance(landmarks, str | PathLike):
        landmarks = read_landmarks(landmarks)
    if isinstance(landmarks, LandmarkRecording):
        clips.check_joints(landmarks, specs)
        analyzer = FormAnalyzer(specs, chosen, still=landmarks.clip.still, traits=landmarks.traits)
        return clips.moments_of(landmarks.segments, analyzer, every_frame=landmarks.every_frame)
    return _moments_of_pairs(landmarks, FormAnalyzer(specs, chosen))


def evaluate(
    paths: PathText | Iterable[PathText], *, part: ClipPart | None = None, model: Model = "full", jobs: int = 0
) -> Evaluation:
    """Measure how true the numbers are, on labelled material.

    Parameters
    ----------
    paths
        Labelled clips (their `.toml` beside them) or folders of them, tables of photographs (`.csv`), folders of recorded
        angles.
    part
        Only clips of this part; `None` = all.
    model, jobs
        As for `score`.

    Returns
    -------
    Evaluation
        Counts of all clips, by the camera's yaw and of each; `to_dict()` has the derived figures.

    Raises
    ------
    FormcheckError
        Where labels are faulty (all faults at once), or a clip can't be scored.
    """
    return evaluate_material(find_material(_paths(paths), part), _model(model), _mapped((), jobs))


def tune(
    paths: PathText | Iterable[PathText],
    stretch: Stretch,
    *,
    keep: Iterable[str] = (),
    only: Iterable[str] = (),
    allow_looser: bool = False,
    model: Model = "full",
    jobs: int = 0,
) -> Tuned:
    """Propose ranges and limits of a stretch that fit labelled clips, judged on people left out of the fitting. Writes nothing.

    Parameters
    ----------
    paths
        Labelled clips, or folders of them; those of the `test` part are left out.
    stretch
        A name, the path of a pose file, or a `StretchSpec`.
    keep, only
        Measures to leave alone; the only ones to tune.
    allow_looser
        Let limits on the back become looser than the shipped ones.
    model, jobs
        As for `score`.

    Returns
    -------
    Tuned
        `proposal` (`changes`, and the stretch with them as `spec`), `comparison` before and after, `better`, and `why`.

    Raises
    ------
    FormcheckError
        Where labels are faulty or have no contrast, or no clip is of the stretch.
    """
    spec = stretch if isinstance(stretch, StretchSpec) else load_stretch(stretch)
    constraints = TuningConstraints(
        keep=_names("keep", keep), only=_names("only", only), allow_looser=as_flag("allow_looser", allow_looser)
    )
    constraints.check()
    shipped = {one.name: one for one in every_stretch()}
    labelled = find_labelled_clips(_paths(paths), {**shipped, spec.name: spec}, length_of=length_of)
    some = [clip for clip in labelled if clip.labels.pose == spec.name and not clip.labels.set_aside]
    if not some:
        raise FormcheckError(
            N_("None of the {count} labelled clips is of {name} and for tuning.").format(count=len(labelled), name=spec.name)
        )
    return tune_jobs(tuning_jobs(some, spec, _model(model)), shipped.get(spec.name), constraints, _mapped((spec,), jobs))


def calibrate(path: PathText, *, model: Model = "full", rotate: int = 0, mirror: bool = False) -> Baseline:
    """Return how a person reads to the camera when straight, from a video of three seconds standing side-on and three lying
    flat.

    Parameters
    ----------
    path
        The video.
    model, rotate, mirror
        As for `score`.

    Returns
    -------
    Baseline
        The offsets (degrees) and lengths (frame heights) of both postures.

    Raises
    ------
    FormcheckError
        Where a posture could not be taken, with what was missing for most of the time.
    """
    options = ReadOptions.of(rotate=rotate, mirror=mirror)
    work = partial(baseline_of_clip, model=_model(model), options=options)
    ((baseline, _),) = answers_of(Processes(1, silence_native_messages), work, [_path(path)])
    return baseline


def load_stretch(name_or_path: str | PathLike[str]) -> StretchSpec:
    """Return the shipped stretch of that name, or the one in a pose file.

    Parameters
    ----------
    name_or_path
        A name from `list_stretches`, or a path that ends in `.toml`.

    Returns
    -------
    StretchSpec
        What the pose file says: ranges in degrees, times in seconds.

    Raises
    ------
    PoseFileError
        Which names every fault of the file with its key path.

    Examples
    --------
    >>> from formcheck import load_stretch
    >>> load_stretch("supine_psoas").hold_s
    60.0
    """
    check_argument("name_or_path", name_or_path, str | PathLike, N_("the name of a stretch, or the path of a pose file"))
    return find_stretch(str(name_or_path))


def list_stretches() -> tuple[StretchSpec, ...]:
    """Return the stretches that ship, by name.

    Returns
    -------
    tuple of StretchSpec

    Examples
    --------
    >>> from formcheck import list_stretches
    >>> [stretch.name for stretch in list_stretches()]
    ['bridge', 'kneeling_hip_flexor', 'plank', 'single_leg_bridge', 'standing_psoas', 'supine_psoas']
    """
    return every_stretch()


def list_measures() -> tuple[Measure, ...]:
    """Return the measures that pose files can name, with their zero, sign and meaning; all are degrees.

    Returns
    -------
    tuple of Measure

    Examples
    --------
    >>> from formcheck import list_measures
    >>> next(row.zero for row in list_measures() if row.name == "trunk_inclination")
    'trunk vertical'
    """
    return tuple(MEASURES.values())


def _go_on(on_progress: OnProgress | None, of_s: float | None) -> Progress:
    """Return what is called with how far a clip of `of_s` seconds is done, and says whether to go on."""
    return lambda done_s: on_progress is None or on_progress(done_s, of_s) is not False


def _score(
    path: Path,
    specs: Sequence[StretchSpec],
    outputs: Mapping[str, PathText] | Sequence[Output],
    go_on: Progress,
    /,
    *,
    every_frame: bool,
    options: ReadOptions,
    **how: Any,
) -> Result:
    """Score a clip in whichever process; `how` goes to `clips.score` as it is."""
    with open_clip(path, options) as source:
        collector = ResultCollector(source.info, specs)
        made = [*_created(outputs, source.info, specs, every_frame=every_frame), collector]
        result = clips.score(source, specs=specs, every_frame=every_frame, outputs=made, progress=go_on, advise=True, **how)
    return collector.completed(result)


def _detect(
    path: Path, options: ReadOptions, specs: Sequence[StretchSpec], model: EngineModel, go_on: Progress
) -> LandmarkRecording:
    with open_clip(path, options) as source, create_engine(model, still=source.info.still) as engine:
        segments = list(clips.detect_every_frame(source.frames(), engine, specs, go_on))
        clip, traits = source.info, engine.traits
        return LandmarkRecording(clip=clip, engine=engine.info, traits=traits, segments=segments, every_frame=True)


def _moments_of_pairs(pairs: Iterable[tuple[float, Sequence[Landmarks]]], analyzer: FormAnalyzer) -> Iterator[Moment]:
    before_s = -math.inf
    for pair in pairs if isinstance(pairs, Iterable) else [pairs]:
        try:
            time_s, seen = pair
            people = tuple(seen)
            known = all(isinstance(person, Landmarks) for person in people)
        except (TypeError, ValueError):
            known = False
        if not known:
            raise FormcheckError(
                N_("landmarks: {given} is no moment. Give pairs of a time in seconds and the people seen then.").format(
                    given=in_short(pair)
                )
            )
        if not (isinstance(time_s, Real) and before_s <= time_s < math.inf):
            raise FormcheckError(
                N_("A moment at {time_s} s after one at {before_s} s: times are seconds that never go backwards.").format(
                    time_s=time_s, before_s=before_s
                )
            )
        before_s = time_s
        yield analyzer.step(people, time_s)


def _in_a_process(work: Callable[[Progress], Answer], go_on: Progress) -> Answer:
    """Return what `work` returns in a process of its own: what native libraries print stays there."""
    with shared_progress(1) as shared:
        there: Callable[[Callable[[Progress], Answer]], Answer] = partial(_work, shared.path)
        (answer,) = answers_of(Processes(1, silence_native_messages), there, [work], stop=partial(shared.ask, go_on))
    return answer


def _work(path: Path, work: Callable[[Progress], Answer]) -> Answer:
    return work(partial(SharedProgress(path).report, 0))


def _created(
    outputs: Mapping[str, PathText] | Sequence[Output],
    clip: ClipInfo,
    specs: Sequence[StretchSpec],
    *,
    every_frame: bool,
    film: FilmChoice = FilmChoice.EMBED,
) -> list[Output]:
    if isinstance(outputs, Mapping):
        paths = {name: as_path(path, error=OutputError) for name, path in outputs.items()}
        return create_outputs(paths, clip, specs, every_frame=every_frame, film=film)
    if (
        not isinstance(outputs, Iterable)
        or isinstance(outputs, str)
        or not all(hasattr(output, "needs_picture") for output in outputs)
    ):
        raise OutputError(
            N_('outputs: {outputs!r} names no kind. Give files by kind, as {{"measures": "angles.csv"}}.').format(
                outputs=outputs
            )
        )
    return list(outputs)


def _stretches(stretch: Stretch | Sequence[Stretch]) -> tuple[StretchSpec, ...]:
    if isinstance(stretch, StretchSpec):
        return (stretch,)
    if isinstance(stretch, str | PathLike):
        return load_stretches() if stretch == "auto" else (find_stretch(str(stretch)),)
    if not isinstance(stretch, Iterable) or not (some := list(stretch)):
        raise FormcheckError(
            N_('stretch: {stretch!r} is none. Give a name, a pose file, a StretchSpec, a list of these, or "auto".').format(
                stretch=stretch
            )
        )
    return tuple(spec for one in some for spec in _stretches(one))


def _names(argument: str, names: Iterable[str]) -> frozenset[str]:
    """Return names that were given as a list, or one that was given alone."""
    if isinstance(names, str):
        return frozenset((names,))
    check_argument(argument, names, Iterable, N_("a list of names"))
    return frozenset(names)


def _side(side: SideText | None) -> Side | None:
    try:
        return Side(side) if side is not None else None
    except ValueError:
        raise FormcheckError(
            N_('side: {side!r} is none. Give "left", "right", or None: found from what is seen.').format(side=side)
        ) from None


def _model(model: Model) -> EngineModel:
    return model if isinstance(model, EngineModel) else obtain(str(model), lambda _why: lambda _done, _of: None)


def _path(path: object) -> Path:
    return as_path(path, error=SourceError)


def _paths(paths: PathText | Iterable[PathText]) -> list[Path]:
    some = [paths] if isinstance(paths, str | bytes | PathLike) or not isinstance(paths, Iterable) else list(paths)
    if not some:
        raise SourceError(N_("No clip was given: the list of paths is empty."))
    return [_path(path) for path in some]


def _processes(specs: Iterable[StretchSpec], jobs: int) -> int:
    """Return how many processes look at clips: this one where it alone knows a measure of `specs`."""
    try:
        count = index(jobs)
    except TypeError:
        count = -1
    if count < 0:
        raise FormcheckError(
            N_("jobs: {jobs!r} is not a number of processes. Give a whole number; 0 = one for every core.").format(jobs=jobs)
        )
    return 1 if _known_here_alone(specs) else count or cores()


def _known_here_alone(specs: Iterable[StretchSpec]) -> bool:
    return any(name in MEASURES.local for spec in specs for name in spec.measures)


def _runner(specs: Iterable[StretchSpec], jobs: int, patience: Callable[[Any], float] = unlimited) -> Runner:
    at_once = _processes(specs, jobs)
    return in_this_process if _known_here_alone(specs) else Processes(at_once, silence_native_messages, patience)


def _mapped(specs: Iterable[StretchSpec], jobs: int) -> ParallelMap:
    runner = _runner(specs, jobs)
    return lambda _what, work, items: answers_of(runner, work, items)
