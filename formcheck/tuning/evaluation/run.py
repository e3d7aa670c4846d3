"""Scores labelled material and compares: the loop of `formcheck score`, with an output that collects the moments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, get_args

from formcheck.core.errors import FormcheckError
from formcheck.core.plain_text import path_as_text
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.pipeline.clip import score
from formcheck.pipeline.outputs.collector import MomentCollector
from formcheck.stretches.files import every_stretch, load_stretches
from formcheck.system.processes import ParallelMap
from formcheck.tuning.evaluation.compare import compare, yaw_band
from formcheck.tuning.evaluation.counts import EvaluationCounts, plain
from formcheck.tuning.evaluation.motion import Motion, evaluate_motion, motions_in
from formcheck.tuning.evaluation.photos import PhotoSums, evaluate_photos
from formcheck.tuning.labels import ClipPart, LabelledClip, find_clips
from formcheck.vision.engines import EngineModel
from formcheck.vision.video import open_clip
from formcheck.vision.video.random_access import length_of

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How far off the results are, in counts that add up across clips.

    Attributes
    ----------
    total : EvaluationCounts
        The counts of all labelled clips: times in seconds, errors reported minus true, of measures in degrees.
    by_yaw : Mapping[str, EvaluationCounts]
        The same by the band of the camera's absolute yaw in degrees, as `0..15` or `over 45`; clips whose labels do not tell
        the camera are in none.
    clips : Mapping[str, EvaluationCounts]
        The same of each clip by its path.
    photos : Mapping[str, dict[str, PhotoSums]]
        By the path of a table of photographs and the labelled form: numbers of photographs by the answer given.
    motion : Mapping[str, dict[str, Motion]]
        By the path of a folder of recorded angles and the name of a video: errors in degrees, as seen and squared on.
    """

    total: EvaluationCounts
    by_yaw: Mapping[str, EvaluationCounts]
    clips: Mapping[str, EvaluationCounts]
    photos: Mapping[str, dict[str, PhotoSums]]
    motion: Mapping[str, dict[str, Motion]]

    def to_dict(self) -> dict[str, Any]:
        """Return the document of `formcheck evaluate --json`: derived figures beside the counts they come from.

        Returns
        -------
        dict[str, Any]
            `total`, `by_yaw` and `clips`, and `photos` and `motion` where there are any; a figure that cannot be computed is
            `None`.
        """
        parts = {field.name: plain(getattr(self, field.name)) for field in fields(self)}
        asked = {name: part for name, part in parts.items() if part or name not in ("photos", "motion")}
        return {"schema_version": SCHEMA_VERSION, "formcheck_version": __version__, **asked}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledMaterial:
    """What there is to evaluate on: labelled clips, tables of labelled photographs, folders of recorded joint angles."""

    clips: Sequence[LabelledClip]
    photos: Sequence[Path]
    motions: Sequence[Path]


def find_material(paths: Sequence[Path], part: str | None = None) -> LabelledMaterial:
    """Return the labelled material in `paths`, of clips only those of `part`. Raises FormcheckError."""
    if part not in (None, *get_args(ClipPart)):
        raise FormcheckError(N_('part: {given!r} is none. Give "tuning", "test", or None for all.').format(given=part))
    photos = [path for path in paths if path.suffix == ".csv"]
    motions = [path for path in paths if motions_in(path) is not None]
    others = [path for path in paths if path not in photos and path not in motions]
    clips = find_clips(others, {spec.name: spec for spec in every_stretch()}, length_of=length_of)
    chosen = [clip for clip in clips if part in (None, clip.labels.part)]
    if others and not chosen:
        raise FormcheckError(
            N_("None of the {count} labelled clips belongs to the {part} part.").format(count=len(clips), part=part)
        )
    return LabelledMaterial(clips=chosen, photos=photos, motions=motions)


def evaluate_material(material: LabelledMaterial, model: EngineModel, work: ParallelMap) -> Evaluation:
    """Return how far off the results are on `material`. Raises FormcheckError."""
    counts = work(N_("evaluating"), partial(evaluate_clip, model=model), material.clips)
    photos = work(N_("photographs"), partial(evaluate_photos, model=model), material.photos)
    motions = work(N_("recorded angles"), partial(evaluate_motion, model=model), material.motions)
    total, by_yaw = EvaluationCounts(), defaultdict[str, EvaluationCounts](EvaluationCounts)
    for clip, found in zip(material.clips, counts, strict=True):
        total += found
        if clip.labels.camera is not None:
            by_yaw[yaw_band(clip.labels.camera.yaw_deg)] += found
    return Evaluation(
        total=total,
        by_yaw=dict(sorted(by_yaw.items())),
        clips={path_as_text(clip.video): found for clip, found in zip(material.clips, counts, strict=True)},
        photos={path_as_text(table): sums for table, sums in zip(material.photos, photos, strict=True)},
        motion={path_as_text(folder): views for folder, views in zip(material.motions, motions, strict=True)},
    )


def evaluate_clip(clip: LabelledClip, model: EngineModel) -> EvaluationCounts:
    """Return the counts of one labelled clip, scored as `formcheck score` does by default. Raises FormcheckError.

    What is never recognised by itself is asked for by its name.
    """
    spec = next((spec for spec in every_stretch() if spec.name == clip.labels.pose), None)
    looked_for = load_stretches() if spec is None or spec.recognise else (spec,)
    collector = MomentCollector()
    with open_clip(clip.video) as source:
        result = score(source, model, looked_for, outputs=[collector], strict=True)  # labels are of all of it
    return compare(result.document, collector.moments, clip.labels, list(clip.true_angles()), spec)
