"""What the engine saw of a clip, stored by the clip's content: a second time costs no inference.

Stored are landmarks, never pictures, in the cache folder: it may be deleted at any time. A recording is played back through
the same loop as a clip, so what is judged from it is exactly what would be judged of the clip. Whom the engine is asked to
follow depends on the shapes that are looked for, so these belong to the key, as the model does.
"""

import gzip
import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from pydantic import TypeAdapter

from formcheck.core.errors import OutputError
from formcheck.core.interfaces import ClipInfo, Engine, EngineInfo
from formcheck.core.values import Landmarks
from formcheck.core.version import __version__
from formcheck.pipeline.clip import detect_every_frame
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.stretches import StretchSpec
from formcheck.system.files import atomic_file
from formcheck.system.paths import landmarks_folder, make_cache_folder
from formcheck.vision.video import check_whole, open_clip

MOST_BYTES = 2_000_000_000
"""What is stored in all, some 3000 clips of 20 s; beyond that, what was not used for longest goes."""

FORMAT = 5
"""Goes up when older recordings can't be read any more, or lack what newer ones have."""

_STORED = TypeAdapter(tuple[ClipInfo, EngineInfo, tuple[tuple[float, bool, tuple[Landmarks, ...]], ...]])
"""What lies on disk, as JSON, compressed: the clip, the engine, and of every frame the time, whether it is the same as the one
before, and the people."""


def cached_landmarks(clip: Path, content: str, engine: Engine, model: str, specs: Sequence[StretchSpec]) -> LandmarkRecording:
    """Return what is seen of `clip`: what was stored, or what `engine` sees now, which is then stored.

    `content` and `model` are the digests of the clip and of the engine's model. Raises FormcheckError.
    """
    shapes = [[part.model_dump() for part in spec.shape] for spec in specs]
    key = json.dumps([FORMAT, __version__, content, model, asdict(engine.info), shapes])
    stored = landmarks_folder() / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json.gz"
    if (found := _read(stored)) is not None:
        with suppress(OSError):
            stored.touch()
        return replace(found, traits=engine.traits)
    seen = _detected(clip, engine, specs)
    try:
        make_cache_folder(stored.parent)
        _write(stored, seen)
        _make_room(stored.parent)
    except (OSError, OutputError):
        pass  # a full disk, a cache that can't be written, or that another run writes just now costs time, nothing else
    return seen


def _make_room(folder: Path) -> None:
    """Delete the recordings that were not used for longest, until `MOST_BYTES` are not exceeded."""
    files = sorted(((file.stat(), file) for file in folder.iterdir()), key=lambda one: one[0].st_mtime)
    excess = sum(state.st_size for state, _ in files) - MOST_BYTES
    for state, file in files:
        if excess <= 0:
            return
        file.unlink(missing_ok=True)
        excess -= state.st_size


def _detected(clip: Path, engine: Engine, specs: Sequence[StretchSpec]) -> LandmarkRecording:
    with open_clip(clip) as source, engine:
        segments = list(detect_every_frame(source.frames(), engine, specs))
        check_whole(source)  # labels are those of the whole clip
        return LandmarkRecording(
            clip=source.info, engine=engine.info, traits=engine.traits, segments=segments, every_frame=True
        )


def _write(output_path: Path, seen: LandmarkRecording) -> None:
    frames = tuple(
        (look.time_s, bool(segment.repeats_s), tuple(look.people)) for segment in seen.segments for look in segment.detections
    )
    content = _STORED.dump_json((seen.clip, seen.engine, frames))
    with atomic_file(output_path, private=True) as part:
        part.write_bytes(gzip.compress(content, compresslevel=1))


def _read(stored: Path) -> LandmarkRecording | None:
    """What is stored there; `None` without such a file, and where it is damaged: then it is made anew."""
    if not stored.is_file():
        return None
    try:
        clip, engine, frames = _STORED.validate_json(gzip.decompress(stored.read_bytes()))
    except Exception:
        return None
    segments = [SegmentDetections.of_frame(people, time_s, repeats=repeats) for time_s, repeats, people in frames]
    return LandmarkRecording(clip=clip, engine=engine, segments=segments, every_frame=True)
