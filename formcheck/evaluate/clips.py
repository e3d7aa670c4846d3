"""Score a labelled clip and compare; the same loop as everywhere else, with an output that remembers the frames."""

from pathlib import Path

from formcheck.app import score
from formcheck.evaluation import Counts, Frame, Told, compare
from formcheck.labels import LabelledClip
from formcheck.outputs.kept import Kept
from formcheck.posefile import load_all
from formcheck.sources import open_clip
from formcheck.values import Moment


def evaluate_clip(clip: LabelledClip, model: Path) -> Counts:
    """Return the counts of one labelled clip, scored as `formcheck score` does by default. Raises FormcheckError."""
    specs = {spec.name: spec for spec in load_all()}
    kept = Kept()
    with open_clip(clip.video) as source:
        result = score(source, model, tuple(specs.values()), outputs=[kept])
    told = Told(document=result.document, frames=[_about(clip.labels.pose, moment) for moment in kept.moments])
    return compare(told, clip.labels, list(clip.true_angles()), specs.get(clip.labels.pose))


def _about(pose: str, moment: Moment) -> Frame:
    """What was told at `moment`, with what was measured for the stretch `pose`, if that was looked for."""
    about = {assessment.pose: assessment for assessment in moment.assessments}.get(pose)
    return Frame(
        time_s=moment.time_s,
        pose=moment.assessment.pose,
        status=moment.assessment.status,
        measurements=about.measurements if about is not None else {},
    )
