"""One clip: its film, its labels and its true angles, written side by side."""

from pathlib import Path

from .clips import Clip
from .encode import encode
from .figure import figure
from .moments import moments
from .people import PEOPLE
from .scene import Picture, Stage, placed
from .sidecar import write_truth
from .skeleton import Skeleton


def picture(stage: Stage, clip: Clip, skeleton: Skeleton) -> Picture:
    """One frame, drawn."""
    person = PEOPLE[clip.person]
    return stage.shoot([placed(part, clip.facing) for part in figure(person.body, person.look, skeleton)])


def produce(clip: Clip, folder: Path) -> int:
    """Write ``<name>.mp4``, ``.toml`` and ``.angles.csv``; returns the number of frames."""
    frames = list(moments(clip))
    with Stage(clip.room, clip.camera, clip.facing) as stage:
        pictures = (picture(stage, clip, moment.skeleton) for moment in frames)
        encode(folder / f"{clip.name}.mp4", pictures, clip.fps, clip.camera.size)
    write_truth(clip, frames, folder)
    return len(frames)
