"""Sitting from a film of a desk, at the film's own times, and the document of what was counted, of a film or a camera."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import Field

from formcheck.analysis.scoring.document import SCHEMA_VERSION, ClipEntry, EngineEntry
from formcheck.analysis.sitting import GAP_S, Prompted, SittingDay, SittingWatch
from formcheck.core.errors import SourceError, StoppedError
from formcheck.core.interfaces import ClipInfo, Engine, EngineInfo, Frame, Image, Source
from formcheck.core.lighting import Light, light_of
from formcheck.core.values import Landmarks
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.pipeline.loop import NOTHING_LOOKED_AT
from formcheck.stretches.validation import StrictModel
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.video import open_clip, read_in_segments
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions
from formcheck.vision.video.sparse_reader import SparseFrame, SparseReader

EVERY_S = 5.0
"""Seconds from one look to the next."""

_EARLY_S = 0.01
"""Times of pictures are rounded: so much earlier than due is in time."""


class BreakEntry(StrictModel):
    """Out of the seat for 45 seconds or more, between two times in it."""

    start_s: float
    end_s: float


class ShiftEntry(StrictModel):
    """A change of posture that stayed for 20 seconds; when it began."""

    time_s: float


class PromptEntry(StrictModel):
    """When a prompt was given, or would have been in a film, and why."""

    time_s: float
    reason: Prompted


class SittingDocument(StrictModel):
    """What was counted at a desk. Times are seconds from the first look.

    `clip` is null of a camera, `camera` and `started` are null of a film. `sat_s`, `away_s` and `unseen_s` add up to the whole
    time; `standing_s` is the part of `away_s` before the camera, `leaning_in_s` the part of `sat_s` nearer to it than usual.
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    formcheck_version: str
    clip: ClipEntry | None
    camera: str | None
    started: datetime | None
    engine: EngineEntry
    every_s: float = Field(description="Seconds from one look to the next, at least.")
    sat_s: float
    away_s: float
    unseen_s: float
    standing_s: float
    leaning_in_s: float
    longest_s: float = Field(description="The longest time sat without a break.")
    breaks: list[BreakEntry]
    shifts: list[ShiftEntry]
    prompts: list[PromptEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFilm:
    """What a film of a desk came to, and what it was looked at with."""

    day: SittingDay
    clip: ClipInfo
    engine: EngineInfo
    length_s: float


def sitting_document(
    day: SittingDay,
    engine: EngineInfo,
    every_s: float,
    *,
    film: DeskFilm | None = None,
    camera: str | None = None,
    started: datetime | None = None,
) -> SittingDocument:
    """Return the document of a day, of a film or of a camera."""
    return SittingDocument(
        formcheck_version=__version__,
        clip=ClipEntry.of(film.clip, round(film.length_s, 2)) if film is not None else None,
        camera=camera,
        started=started,
        engine=EngineEntry(name=engine.name, version=engine.version, model=engine.model),
        every_s=every_s,
        sat_s=round(day.sat_s, 1),
        away_s=round(day.away_s, 1),
        unseen_s=round(day.unseen_s, 1),
        standing_s=round(day.up_s, 1),
        leaning_in_s=round(day.leaning_in_s, 1),
        longest_s=round(day.longest_s, 1),
        breaks=[BreakEntry(start_s=round(one.start_s, 1), end_s=round(one.end_s, 1)) for one in day.breaks],
        shifts=[ShiftEntry(time_s=round(time_s, 1)) for time_s in day.shifts],
        prompts=[PromptEntry(time_s=round(one.time_s, 1), reason=one.reason) for one in day.prompts],
    )


def look(engine: Engine, image: Image, time_s: float) -> Sequence[Landmarks] | None:
    """Return who is seen in a picture by `engine`, which is open; `None` where there is nobody and no light to see by.

    A plain wall behind an empty chair may look as if something stood before the lens: there nobody is.
    """
    people = engine.detect(Frame(image=image, time_s=time_s))
    return None if not people and light_of(image) in (Light.DARK, Light.BLACK) else people


def sit_through(
    path: Path,
    model: EngineModel,
    *,
    every_s: float = EVERY_S,
    options: ReadOptions = AS_IT_IS,
    progress: Callable[[float, float | None], bool] = lambda _at_s, _of_s: True,
) -> DeskFilm:
    """Return what is counted in a film, looked at every `every_s` seconds of its own times.

    `progress` takes the seconds looked at and those in all, and may end it by returning False. Raises FormcheckError.
    """
    engine = create_engine(model, still=True, once=True)
    watch = SittingWatch(engine.traits)
    with open_clip(path, options) as source, engine:
        info = source.info
        if info.still:
            raise SourceError(N_("{path}: is a photo, and sitting is counted over time. Give a video.").format(path=path))
        last_s = before_s = 0.0
        whole = True
        for time_s, people in _looks(source, engine, every_s, options):
            watch.step(people, time_s)
            before_s, last_s = last_s, time_s
            if not progress(time_s, info.expected_s):
                whole = False
                break
        if watch.snapshot().last_s is None:
            raise StoppedError(NOTHING_LOOKED_AT)
        # The last look is taken to last as long as the one before it, within what the film states.
        end_s = last_s + (last_s - before_s if last_s - before_s <= GAP_S else 0.0)
        end_s = max(last_s, min(end_s, info.expected_s or end_s)) if whole else last_s
        return DeskFilm(day=watch.finish(end_s), clip=replace(info, damaged=source.damaged), engine=engine.info, length_s=end_s)


def _looks(
    source: Source, engine: Engine, every_s: float, options: ReadOptions
) -> Iterator[tuple[float, Sequence[Landmarks] | None]]:
    """Yield when it was looked, and who was seen. A picture that is the last one again is not looked at again."""
    due_s, again, people = 0.0, False, None
    for time_s, repeats, picture in _pictures(source, options):
        again = again and repeats
        if time_s < due_s - _EARLY_S:
            continue
        people = people if again else look(engine, picture(), time_s)
        due_s, again = time_s + every_s, True
        yield time_s, people


def _pictures(source: Source, options: ReadOptions) -> Iterator[tuple[float, bool, Callable[[], Image]]]:
    """Yield when each picture is shown, whether it is the one before again, and what converts it."""
    if not (isinstance(source, VideoFile) and read_in_segments(source)):
        for frame in source.frames():
            yield frame.time_s, frame.repeats, partial(_image_of, frame)
        return
    with SparseReader(Path(source.info.path), options, source.clock) as reader:
        last_s: float | None = None
        for sparse in reader.sparse_frames(options.from_s, options.to_s):
            last_s = sparse.time_s
            if sparse.seen:
                yield sparse.time_s, sparse.repeats, partial(_picture_of, sparse)
        source.was_read(last_s, reader.damaged_s)


def _image_of(frame: Frame) -> Image:
    return frame.image


def _picture_of(sparse: SparseFrame) -> Image:
    return sparse.picture().image
