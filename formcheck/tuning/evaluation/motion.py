"""Recorded joint angles: a folder with videos of one movement and an OpenSim motion file of its angles.

OpenSim's knee angle is the flexion used here; its hip flexion is relative to the pelvis, ours to the trunk, so that one is
reported with its bias and means less. formcheck is not made for these people and movements: only the chain of joints and the
view are tested.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from formcheck.analysis.view.camera_view import ViewState, square_on
from formcheck.core.errors import SourceError
from formcheck.core.measures import MeasuredBody, ReadingErrors, sided
from formcheck.core.measures.table import BENT_HIP_FLEXION, BENT_KNEE_FLEXION
from formcheck.core.values import Landmarks, Side
from formcheck.core.wording.language import N_
from formcheck.pipeline.loop import observe
from formcheck.stretches.files import unreadable
from formcheck.system.documents import MOST_TABLE_BYTES, TextError, read_text
from formcheck.tuning.evaluation.compare import Truth, nearest
from formcheck.tuning.evaluation.counts import ErrorSums
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.video import open_clip
from formcheck.vision.video.kinds import VIDEOS

# The measures name a leg by its role; here each leg in turn has the role of the bent one.
ANGLES = {"knee flexion": (BENT_KNEE_FLEXION, "knee_angle_{}"), "hip flexion": (BENT_HIP_FLEXION, "hip_flexion_{}")}


@dataclass(slots=True)
class Motion:
    """One video against its recorded joint angles.

    Attributes
    ----------
    yaw : float or None
        How far the person was turned from side-on: the median in degrees, 0 or more. `None` where nobody was seen.
    as_seen, squared_on : dict[str, ErrorSums]
        Errors in degrees, measured minus recorded, by `knee flexion` and `hip flexion`: as seen, and with the turn undone.
    """

    yaw: float | None = None
    as_seen: dict[str, ErrorSums] = field(default_factory=dict)
    squared_on: dict[str, ErrorSums] = field(default_factory=dict)


def motions_in(folder: Path) -> Path | None:
    """Return the motion file of `folder`, if it has one."""
    return next(iter(sorted(folder.glob("*.mot"))), None) if folder.is_dir() else None


def evaluate_motion(folder: Path, model: EngineModel) -> dict[str, Motion]:
    """Return the errors of every video in `folder` against its motion file. Raises SourceError."""
    file = motions_in(folder)
    videos = sorted(path for path in folder.iterdir() if path.suffix in VIDEOS)
    if file is None or not videos:
        raise SourceError(N_("{folder}: needs videos and a .mot file of their joint angles.").format(folder=folder))
    truth = _angles(file)
    return {video.name: _view(video, truth, model) for video in videos}


def _angles(file: Path) -> Truth:
    """Return the rows of an OpenSim motion file: time in seconds, and each coordinate by name, in degrees."""
    try:
        head, _, body = read_text(file, MOST_TABLE_BYTES).partition("endheader")
    except (OSError, TextError) as error:
        raise SourceError(N_("{path}: {reason}.").format(path=file, reason=unreadable(error))) from None
    lines = body.splitlines()[1:]
    if "inDegrees=yes" not in head or not lines:
        raise SourceError(N_("{path}: is no OpenSim motion file in degrees.").format(path=file))
    names = lines[0].split()
    try:
        rows = [[float(value) for value in line.split()] for line in lines[1:] if line.strip()]
        return [(row[0] - rows[0][0], dict(zip(names, row, strict=True))) for row in rows]
    except ValueError as error:
        raise SourceError(
            N_("{path}: not every row has a number for each of its columns ({reason}).").format(path=file, reason=str(error))
        ) from None


class _FirstPerson:
    """An analyzer that takes the person the engine tracks, and asks for nobody else to be followed."""

    wanted = None

    def step(self, people: Sequence[Landmarks], time_s: float) -> Landmarks | None:
        return people[0] if people else None


def _view(video: Path, truth: Truth, model: EngineModel) -> Motion:
    motion, view_state, turned = Motion(), ViewState(), []
    with open_clip(video) as source, create_engine(model) as engine:
        for frame, _, person in observe(source.frames(), engine, _FirstPerson()):
            time_s = frame.time_s
            if person is None:
                continue
            view_state, view = view_state.seen(person, time_s)
            turned.append(abs(view.yaw or 0.0))
            squared = MeasuredBody(square_on(person, view.yaw or 0.0, engine.traits), engine.traits)
            possible = ReadingErrors(squared, view)
            for body, errors in ((MeasuredBody(person, engine.traits), motion.as_seen), (squared, motion.squared_on)):
                for name, (row, column) in ANGLES.items():
                    for side in Side:
                        measure = sided(row, {"bent": side, "straight": side.other})
                        value = measure.read(body, view.facing)
                        if value is not None:
                            true = nearest(truth, time_s)[column.format(side[0])]
                            half_width, _ = possible.half_width(measure)
                            errors.setdefault(name, ErrorSums()).add(value - true, half_width)
    motion.yaw = median(turned) if turned else None
    return motion
