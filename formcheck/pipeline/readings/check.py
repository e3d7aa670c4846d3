"""A check read from a clip."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from formcheck.analysis.checks.frames import CheckReader
from formcheck.analysis.checks.result import CheckedSide, judge, judge_photo
from formcheck.analysis.scoring.document import ClipEntry
from formcheck.core.errors import StoppedError
from formcheck.core.interfaces import Frame, Source
from formcheck.core.values import Side
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.people.history.checks import CheckRecord
from formcheck.pipeline.loop import observe
from formcheck.stretches.checks import CheckSpec
from formcheck.system.paths import history_file
from formcheck.vision.engines import EngineModel, create_engine

LOOK_EVERY_S = 0.08
"""Seconds between two looks: a leg that is let down slowly, and then lies still, needs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClip:
    """What was read of a clip, and what is told of each side; `level_deg` is the camera's roll, `None` if it is not known."""

    clip: ClipEntry
    sides: tuple[CheckedSide, ...]
    level_deg: float | None = None


def check_clip(
    source: Source,
    model: EngineModel,
    spec: CheckSpec,
    *,
    side: Side | None = None,
    level_deg: float | None = None,
    answers: Mapping[str, bool] | None = None,
    progress: Callable[[float], bool] = lambda _: True,
) -> CheckedClip:
    """Return what the check makes of a clip, or of a photo, which tells an angle and no verdict; `source` is open.

    `level_deg` is the camera's roll, + where level things seem turned counter-clockwise; `None`: not known, and taken to be
    none. `progress` is told the seconds that were read, and may end it by returning `False`. Raises FormcheckError.
    """
    info = source.info
    frames, last_s = [], 0.0
    with create_engine(model, still=info.still) as engine:
        reader = CheckReader(spec, level_deg=level_deg or 0.0, traits=engine.traits)
        for frame, _, read in observe(_thinned(source.frames()), engine, reader):
            frames.append(read)
            last_s = frame.time_s
            if not progress(last_s):
                raise StoppedError(N_("Stopped before the clip was read; nothing is written."))
    levelled = level_deg is not None
    if info.still:
        sides = judge_photo(frames[0], spec, side=side, levelled=levelled)
    else:
        sides = judge(frames, spec, side=side, answers=answers, levelled=levelled)
    clip = ClipEntry.of(replace(info, damaged=source.damaged), round(last_s, 3))
    return CheckedClip(clip=clip, sides=sides, level_deg=level_deg)


def keep_check(
    spec: CheckSpec, sides: Sequence[CheckedSide], profile: str | None
) -> tuple[list[CheckRecord], tuple[CheckRecord, ...]]:
    """Keep what was read in the history; return it as it is kept, nothing where nothing was read, and all that was before.

    Raises HistoryError.
    """
    from formcheck.people.history.database import Store

    one, now = uuid4().hex, datetime.now().astimezone()
    records = [
        CheckRecord(
            id=one,
            taken=now,
            version=__version__,
            profile=profile,
            check=spec.name,
            side=side.side,
            reading=reading.name,
            degrees=degrees,
            error_deg=side.error_deg if reading is spec.main else reading.error_deg,
            spread_deg=side.spread_deg or 0.0,
            band=side.bands[reading.name],
        )
        for side in sides
        for reading in spec.readings
        if (degrees := side.angles[reading.name]) is not None and side.error_deg is not None
    ]
    if not records:
        return [], ()
    with Store(history_file()) as store:
        earlier = store.checks()
        store.save_check(records)
    return records, earlier


def _thinned(frames: Iterable[Frame]) -> Iterator[Frame]:
    """Yield the first frame and then those that come at least `LOOK_EVERY_S` after the one before."""
    next_s = float("-inf")
    for frame in frames:
        if frame.time_s >= next_s - 1e-6:
            next_s = frame.time_s + LOOK_EVERY_S
            yield frame
