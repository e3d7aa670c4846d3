"""Score a labelled clip and compare; the same loop as everywhere else, with an output that remembers the frames."""

from pathlib import Path
from typing import Any, Self

from formcheck.app import score
from formcheck.evaluation import Counts, Frame, Told, compare
from formcheck.labels import LabelledClip
from formcheck.ports import Frame as Picture
from formcheck.posefile import load_all
from formcheck.sources import open_clip
from formcheck.values import Moment


class _Remember:
    """An output that keeps what was told of every frame about one stretch."""

    def __init__(self, pose: str) -> None:
        self.frames: list[Frame] = []
        self._pose = pose

    def write(self, frame: Picture, moment: Moment) -> None:
        about = {assessment.pose: assessment for assessment in (moment.assessment, *moment.others)}.get(self._pose)
        self.frames.append(
            Frame(
                time_s=moment.time_s,
                pose=moment.assessment.pose,
                status=moment.assessment.status,
                measurements=about.measurements if about is not None else {},
            )
        )

    def complete(self, result: Any) -> None:
        """The result is returned by the loop."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def evaluate_clip(clip: LabelledClip, model: Path) -> Counts:
    """Return the counts of one labelled clip, scored as `formcheck score` does by default. Raises FormcheckError."""
    specs = {spec.name: spec for spec in load_all()}
    remember = _Remember(clip.labels.pose)
    with open_clip(clip.video) as source:
        result = score(source, model, tuple(specs.values()), outputs=[remember])
    told = Told(document=result.document, frames=remember.frames)
    return compare(told, clip.labels, list(clip.true_angles()), specs.get(clip.labels.pose))
