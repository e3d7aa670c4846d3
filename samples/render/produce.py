"""One clip: its film, its labels and its true angles, written side by side."""

import tempfile
from pathlib import Path

from .body import Body, Look
from .camera import Place
from .clip import Clip
from .encode import encode
from .figure import figure
from .film import exposed
from .mesh import Part
from .moments import Moment, moments
from .people import PEOPLE
from .scene import Picture, Stage, set_down
from .sidecar import write_truth
from .skeleton import Skeleton


def picture(stage: Stage, clip: Clip, moment: Moment) -> Picture:
    """One frame, drawn."""
    parts = _parts(clip.player.body, clip.player.look, moment.skeleton, moment.place)
    for extra, played in zip(clip.extras, moment.extras, strict=True):
        person = PEOPLE[extra.person]
        parts += _parts(person.body, person.look, played.skeleton, played.place)
    return stage.shoot(parts)


def _parts(body: Body, look: Look, skeleton: Skeleton, place: Place) -> list[Part]:
    return [set_down(part, place) for part in figure(body, look, skeleton)]


def produce(clip: Clip, folder: Path) -> int:
    """Write ``<name>.mp4``, ``.toml`` and ``.angles.csv``, the three together at the end; returns the number of frames."""
    frames = list(moments(clip))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".rendering-") as scratch:
        desk = Path(scratch)
        with Stage(clip.room, clip.camera, clip.facing) as stage:
            encode(
                desk / f"{clip.name}.mp4",
                exposed((picture(stage, clip, moment) for moment in frames), clip.film),
                clip.fps,
                clip.camera.size,
                crf=clip.film.crf,
                times_s=[moment.time_s for moment in frames] if clip.film.irregular else None,
                quarter_turn=clip.film.quarter_turn,
            )
        write_truth(clip, frames, desk)
        for file in sorted(desk.iterdir()):
            file.replace(folder / file.name)
    return len(frames)
