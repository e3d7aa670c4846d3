"""Score a labelled clip and compare; the same loop as everywhere else, with an output that remembers the frames."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Self

from formcheck import __version__
from formcheck.app import score_clip
from formcheck.engines.blazepose import BlazePose
from formcheck.evaluation import Counts, Frame, Told, compare
from formcheck.evaluation.counts import Agreement, Errors, Found
from formcheck.labels import LabelledClip
from formcheck.ports import Frame as Picture
from formcheck.posefile import load_all
from formcheck.sources import open_clip
from formcheck.values import Moment

SCHEMA_VERSION = 1


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
        result = score_clip(source, BlazePose(model), tuple(specs.values()), outputs=[remember])
    told = Told(document=result.document, frames=remember.frames)
    return compare(told, clip.labels, list(clip.true_angles()), specs.get(clip.labels.pose))


def as_document(total: Counts, clips: Mapping[str, Counts]) -> dict[str, Any]:
    """Return the evaluation as a document for machines: derived figures beside the counts they come from."""
    return {
        "schema_version": SCHEMA_VERSION,
        "formcheck_version": __version__,
        "total": _plain(total),
        "clips": {name: _plain(counts) for name, counts in clips.items()},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Errors):
        return {
            "count": value.count,
            "bias": _rounded(value.bias),
            "mean_absolute": _rounded(value.mean_absolute),
            "p95_absolute": _rounded(value.percentile(0.95)),
            "share_within_0_25": _rounded(value.share_within(0.25)),
        }
    if is_dataclass(value):
        plain = {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
        if isinstance(value, Agreement):
            plain |= {"balanced_accuracy": _rounded(value.balanced_accuracy), "kappa": _rounded(value.kappa)}
        if isinstance(value, Found):
            plain |= {"recall": _rounded(value.recall), "precision": _rounded(value.precision)}
        return plain
    if isinstance(value, dict):
        nested: dict[str, Any] = {}
        for key, entry in value.items():
            if isinstance(key, tuple):
                nested.setdefault(key[0], {})[key[1]] = _plain(entry)
            else:
                nested[str(key)] = _plain(entry)
        return nested
    return _rounded(value)


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
