"""Whether a clip in which nothing is recognised was filmed with the camera on its side or upside down, and does not say so."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.result import Scorer
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.interfaces import ClipInfo, Engine, Frame, Image
from formcheck.core.wording.language import N_
from formcheck.stretches import StretchSpec
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.processes import Processes, answers_of
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.orientation import Orientation
from formcheck.vision.video import open_clip
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.read_options import ReadOptions
from formcheck.vision.video.sparse_reader import SparseReader

PICTURES = 5
"""So many pictures of a video are looked at, each in all four ways: two seconds of work, whatever its length."""

AT_LEAST = 0.6
"""A turn is told when a stretch is recognised in this share of them, and in none of them as they are."""

_WITHOUT_ROTATE = N_("no --rotate")


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedJob:
    """A clip and how it is read, where it ends (seconds), the stretches looked for, and the engine and model."""

    clip: Path
    options: ReadOptions
    end_s: float
    specs: tuple[StretchSpec, ...]
    model: EngineModel


def turned_notes(job: TurnedJob, *, isolated: bool) -> tuple[str, ...]:
    """Return a sentence that tells by how much to turn the pictures; none where nothing is recognised in turned ones either.

    `isolated` keeps the engine out of this process.
    """
    try:
        (found,) = answers_of(Processes(1, silence_native_messages), _best_turn, [job]) if isolated else [_best_turn(job)]
    except FormcheckError:  # a damaged clip was scored as far as it goes; advice is not worth an error
        return ()
    if found is None:
        return ()
    turn, title = found
    total = job.options.orientation.then(turn)
    degrees, mirror = 90 * total.quarter_turns, " --mirror" if total.mirrored else ""
    option = f"--rotate {degrees}{mirror}" if degrees else _WITHOUT_ROTATE
    return (wording.TURNED_PICTURES.format(degrees=90 * turn.quarter_turns, title=title, option=option),)


def _best_turn(job: TurnedJob) -> tuple[Orientation, str] | None:
    """Return the turn in which a stretch is recognised, and its title; `None` where it is in none, or without one."""
    found: Counter[tuple[int, str]] = Counter()
    count = 0
    with create_engine(job.model, still=True) as engine:
        for picture in _pictures(job):
            count += 1
            for turns in range(4):
                title = _recognised(Orientation(turns).upright(picture), engine, job.specs)
                if title is not None and turns == 0:
                    return None
                if title is not None:
                    found[turns, title] += 1
    (turns, title), times = found.most_common(1)[0] if found else ((0, ""), 0)
    return (Orientation(turns), title) if times >= max(1, AT_LEAST * count) else None


def _pictures(job: TurnedJob) -> Iterator[Image]:
    with open_clip(job.clip, job.options) as source:
        if not isinstance(source, VideoFile):
            yield from (frame.image for frame in source.frames())
            return
    with SparseReader(job.clip, job.options) as video:
        for i in range(PICTURES):
            at_s = job.options.from_s + (i + 0.5) / PICTURES * (job.end_s - job.options.from_s)
            frame = next((one for one in video.sparse_frames(at_s, None) if one.seen), None)
            if frame is not None:
                yield frame.picture().image


def _recognised(picture: Image, engine: Engine, specs: tuple[StretchSpec, ...]) -> str | None:
    """Return the title of the stretch in whose shape somebody is, as in a photograph."""
    engine.restart()
    people = engine.detect(Frame(image=picture, time_s=0.0))
    analyzer = FormAnalyzer(specs, still=True, traits=engine.traits)
    scorer = Scorer(specs, still=True, traits=engine.traits)
    scorer.add(analyzer.step(people, 0.0))
    clip = ClipInfo(path="", width=picture.shape[1], height=picture.shape[0], fps=None, expected_s=0.0, still=True)
    result = scorer.result(clip, engine.info, 0.0, analyzer.summary(0.0))
    return result.spec.title if result.spec is not None and result.score is not None else None
