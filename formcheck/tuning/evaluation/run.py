"""Scores a labelled clip and compares: the loop of `formcheck score`, with an output that collects the moments."""

from formcheck.core.values import Moment
from formcheck.pipeline.clip import score
from formcheck.pipeline.outputs.collector import MomentCollector
from formcheck.stretches.files import load_stretches
from formcheck.tuning.evaluation.compare import ClipOutcome, JudgedFrame, compare
from formcheck.tuning.evaluation.counts import EvaluationCounts
from formcheck.tuning.labels import LabelledClip
from formcheck.vision.engines import EngineModel
from formcheck.vision.video import open_clip


def evaluate_clip(clip: LabelledClip, model: EngineModel) -> EvaluationCounts:
    """Return the counts of one labelled clip, scored as `formcheck score` does by default. Raises FormcheckError."""
    specs = {spec.name: spec for spec in load_stretches()}
    collector = MomentCollector()
    with open_clip(clip.video) as source:
        result = score(source, model, tuple(specs.values()), outputs=[collector])
    outcome = ClipOutcome(
        document=result.document, frames=[_judged_frame(clip.labels.pose, moment) for moment in collector.moments]
    )
    return compare(outcome, clip.labels, list(clip.true_angles()), specs.get(clip.labels.pose))


def _judged_frame(pose: str, moment: Moment) -> JudgedFrame:
    """Return the result at `moment`, with the measurements of the stretch `pose`, if that was looked for."""
    labelled = {assessment.pose: assessment for assessment in moment.assessments}.get(pose)
    return JudgedFrame(
        time_s=moment.time_s,
        pose=moment.assessment.pose,
        status=moment.assessment.status,
        measurements=labelled.measurements if labelled is not None else {},
    )
