"""Score a labelled clip and compare; the same loop as everywhere else, with an output that remembers the frames."""

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
    kept = MomentCollector()
    with open_clip(clip.video) as source:
        result = score(source, model, tuple(specs.values()), outputs=[kept])
    told = ClipOutcome(document=result.document, frames=[_about(clip.labels.pose, moment) for moment in kept.moments])
    return compare(told, clip.labels, list(clip.true_angles()), specs.get(clip.labels.pose))


def _about(pose: str, moment: Moment) -> JudgedFrame:
    """What was told at `moment`, with what was measured for the stretch `pose`, if that was looked for."""
    about = {assessment.pose: assessment for assessment in moment.assessments}.get(pose)
    return JudgedFrame(
        time_s=moment.time_s,
        pose=moment.assessment.pose,
        status=moment.assessment.status,
        measurements=about.measurements if about is not None else {},
    )
