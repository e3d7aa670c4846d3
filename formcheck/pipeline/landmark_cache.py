"""What the engine saw of a clip, stored by the clip's content: a second time costs no inference.

Stored are landmarks, never pictures, in the cache folder: it may be deleted at any time. A recording is played back through
the same loop as a clip, so what is judged from it is exactly what would be judged of the clip. Whom the engine is asked to
follow depends on the shapes that are looked for, so these belong to the key, as the model does.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from formcheck.core.interfaces import ClipInfo, Engine, EngineInfo
from formcheck.core.values import Landmarks, Point
from formcheck.core.version import __version__
from formcheck.pipeline.clip import detect_every_frame
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.stretches import StretchSpec
from formcheck.system.files import atomic_file
from formcheck.vision.video import open_clip

MOST_BYTES = 2_000_000_000
"""What is stored in all, some 4000 clips of 20 s; beyond that, what was not used for longest goes."""

FORMAT = 1
"""Goes up when older recordings can't be read any more."""


def cached_landmarks(clip: Path, content: str, engine: Engine, model: str, specs: Sequence[StretchSpec]) -> LandmarkRecording:
    """Return what is seen of `clip`: what was stored, or what `engine` sees now, which is then stored.

    `content` and `model` are the digests of the clip and of the engine's model. Raises FormcheckError.
    """
    shapes = [[part.model_dump() for part in spec.shape] for spec in specs]
    key = json.dumps([FORMAT, __version__, content, model, asdict(engine.info), shapes])
    stored = folder() / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.npz"
    if (found := _read(stored)) is not None:
        with suppress(OSError):
            stored.touch()
        return replace(found, traits=engine.traits)
    seen = _detected(clip, engine, specs)
    try:
        stored.parent.mkdir(parents=True, exist_ok=True)
        _write(stored, seen)
        _make_room(stored.parent)
    except OSError:
        pass  # a full disk or a cache that can't be written costs time, nothing else
    return seen


def folder() -> Path:
    """Return where recordings lie."""
    return platformdirs.user_cache_path("formcheck", appauthor=False) / "sightings"


def _make_room(folder: Path) -> None:
    """Delete the recordings that were not used for longest, until `MOST_BYTES` are not exceeded."""
    files = sorted(((file.stat(), file) for file in folder.glob("*.npz")), key=lambda one: one[0].st_mtime)
    excess = sum(state.st_size for state, _ in files) - MOST_BYTES
    for state, file in files:
        if excess <= 0:
            return
        file.unlink(missing_ok=True)
        excess -= state.st_size


def _detected(clip: Path, engine: Engine, specs: Sequence[StretchSpec]) -> LandmarkRecording:
    with open_clip(clip) as source, engine:
        segments = list(detect_every_frame(source.frames(), engine, specs))
        return LandmarkRecording(
            clip=source.info, engine=engine.info, traits=engine.traits, segments=segments, every_frame=True
        )


# On disk: one array of points (frames' people, joints, x y visibility), one of world points, and how many people a frame has.


def _write(output_path: Path, seen: LandmarkRecording) -> None:
    frames = list(seen.frames())
    people = [person for _, some in frames for person in some]
    joints = list(people[0].points) if people else []
    turned = list(people[0].world) if people else []
    about = {"clip": asdict(seen.clip), "engine": asdict(seen.engine), "joints": joints, "turned": turned}
    with atomic_file(output_path) as part, part.open("wb") as out:
        np.savez_compressed(
            out,
            about=np.array(json.dumps(about)),
            times_s=np.array([time_s for time_s, _ in frames]),
            counts=np.array([len(some) for _, some in frames], dtype=np.int64),
            aspects=np.array([person.aspect for person in people]),
            points=np.array([[(p.x, p.y, p.visibility) for p in (q.points[j] for j in joints)] for q in people]),
            world=np.array([[person.world[joint] for joint in turned] for person in people]),
        )


def _read(stored: Path) -> LandmarkRecording | None:
    """What is stored there; `None` without such a file, and where it is damaged: then it is made anew."""
    if not stored.is_file():
        return None
    try:
        with stored.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            about: dict[str, Any] = json.loads(str(arrays["about"]))
            columns = {name: arrays[name].tolist() for name in ("times_s", "counts", "aspects", "points", "world")}
        people = [
            Landmarks(
                points={joint: Point(x=x, y=y, visibility=v) for joint, (x, y, v) in zip(about["joints"], points, strict=True)},
                world={joint: (x, y, z) for joint, (x, y, z) in zip(about["turned"], world, strict=True)},
                aspect=aspect,
            )
            for points, world, aspect in zip(columns["points"], columns["world"], columns["aspects"], strict=True)
        ]
        left = iter(people)
        return LandmarkRecording(
            clip=ClipInfo(**about["clip"]),
            engine=EngineInfo(**about["engine"]),
            segments=[
                SegmentDetections.of_frame(tuple(next(left) for _ in range(count)), time_s)
                for time_s, count in zip(columns["times_s"], columns["counts"], strict=True)
            ],
            every_frame=True,
        )
    except Exception:
        return None
