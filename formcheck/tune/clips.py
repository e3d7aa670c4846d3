"""One labelled clip: measured once, judged as often as there are ranges to try. Each call may run in a process of its own."""

from dataclasses import dataclass
from pathlib import Path

from formcheck.app import score_clip
from formcheck.engines.blazepose import BlazePose
from formcheck.errors import FormcheckError
from formcheck.evaluation import Counts, Frame, Told, compare
from formcheck.labels import OTHER, UNSEEN, LabelledClip
from formcheck.outputs.kept import Kept
from formcheck.posefile import PoseSpec
from formcheck.sightings import sightings
from formcheck.tuning import Span, gather


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A clip and the stretch it is judged by. `content` and `digest` name the content of the clip and of the model."""

    clip: LabelledClip
    content: str
    spec: PoseSpec
    model: Path
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a clip says: how well it was judged, and what was measured in each labelled interval."""

    counts: Counts
    spans: list[Span]


def judge_clip(job: Job) -> Judged | str:
    """Return what the clip says, or the sentence that tells why it can't be used."""
    clip = job.clip
    try:
        seen = sightings(clip.video, job.content, BlazePose(job.model), job.digest, (job.spec,))
    except FormcheckError as error:
        return str(error)
    if not seen.anybody and any(entry.label not in (OTHER, UNSEEN) for entry in clip.labels.intervals):
        return f"{clip.video}: nobody is seen in it, and its labels speak of somebody. Film nearer, in more light, or drop it."
    kept = Kept()
    result = score_clip(seen.source(), seen.player(), (job.spec,), outputs=[kept])
    said = [(moment.time_s, moment.assessment) for moment in kept.moments]
    frames = [Frame(time_s=time_s, pose=now.pose, status=now.status, measurements=now.measurements) for time_s, now in said]
    told = Told(document=result.document, frames=frames)
    return Judged(
        counts=compare(told, clip.labels, list(clip.true_angles()), job.spec),
        spans=gather(str(clip.video), clip.labels, said),
    )
