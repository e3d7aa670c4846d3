"""From clips to a proposal: measure, fit, and judge on people who were left out of the fitting.

What keeps clips from being tuned on, all of it at once.

One labelled clip: measured once, judged as often as there are ranges to try. Each call may run in a process of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from formcheck.core.errors import FormcheckError
from formcheck.pipeline.clip import score_recording
from formcheck.pipeline.landmark_cache import cached_landmarks
from formcheck.pipeline.outputs.collector import MomentCollector
from formcheck.stretches import StretchSpec
from formcheck.tuning.evaluation import ClipOutcome, EvaluationCounts, JudgedFrame, compare
from formcheck.tuning.fitting import Comparison, EvidenceSpan, Proposal, TuningConstraints, gather, judge, propose
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelledClip
from formcheck.vision.engines import EngineModel, create_engine


class TuneError(FormcheckError):
    """Clips that can't be tuned on; every problem of every file is named."""

    def __init__(self, problems: Sequence[str]) -> None:
        listed = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"Nothing is tuned and nothing written.\n{listed}")


def telling_apart(spec: StretchSpec, clips: Sequence[LabelledClip]) -> Iterator[str]:
    """Say so where the labels of one stretch know correct form alone, or faults alone."""
    labels = [entry.label for clip in clips for entry in clip.labels.intervals if entry.label != UNSEEN]
    correct = labels.count(CORRECT)
    others = [label for label in labels if label != CORRECT]
    if not correct:
        yield (
            f"{spec.name}: none of the {len(labels)} labelled intervals of {_clips(clips)} is {CORRECT}. "
            f"Label correct form too: ranges are made of it."
        )
    elif not others:
        words = ", ".join([*(fault.name for fault in spec.faults), OTHER])
        yield (
            f"{spec.name}: all {len(labels)} labelled intervals of {_clips(clips)} are {CORRECT}. "
            f"There is nothing to tell it from; label some of: {words}."
        )


def _clips(clips: Sequence[LabelledClip]) -> str:
    return "1 clip" if len(clips) == 1 else f"{len(clips)} clips"


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningJob:
    """A clip and the stretch it is judged by. `content` and `digest` name the content of the clip and of the model."""

    clip: LabelledClip
    content: str
    spec: StretchSpec
    model: EngineModel
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a clip says: how well it was judged, and what was measured in each labelled interval."""

    counts: EvaluationCounts
    spans: list[EvidenceSpan]


def judge_clip(job: TuningJob) -> Judged | str:
    """Return what the clip says, or the sentence that tells why it can't be used."""
    clip = job.clip
    try:
        seen = cached_landmarks(clip.video, job.content, create_engine(job.model), job.digest, (job.spec,))
    except FormcheckError as error:
        return str(error)
    if not seen.anybody and any(entry.label not in (OTHER, UNSEEN) for entry in clip.labels.intervals):
        return f"{clip.video}: nobody is seen in it, and its labels speak of somebody. Film nearer, in more light, or drop it."
    kept = MomentCollector()
    result = score_recording(seen, (job.spec,), outputs=[kept])
    said = [(moment.time_s, moment.assessment) for moment in kept.moments]
    frames = [
        JudgedFrame(time_s=time_s, pose=now.pose, status=now.status, measurements=now.measurements) for time_s, now in said
    ]
    told = ClipOutcome(document=result.document, frames=frames)
    return Judged(
        counts=compare(told, clip.labels, list(clip.true_angles()), job.spec),
        spans=gather(str(clip.video), clip.labels, said),
    )


LEAST_GROUPS = 2
"""Somebody to learn from and somebody to test on."""

Item = TypeVar("Item")
Found = TypeVar("Found")


class TuningWork(Protocol):
    """Does `work` of every item, wherever; returns the answers in the order of the items. `what` is said meanwhile."""

    def __call__(self, what: str, work: Callable[[Item], Found], items: Sequence[Item], /) -> list[Found]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What tuning one stretch came to.

    `proposal` is what all clips say; it counts only if `better`. `comparison`, on what was left out of the fitting, is `None`
    where there was nothing to compare. `left_out` says what was: each person or each clip in turn.
    """

    spec: StretchSpec
    clips: int
    people: int
    spans: Sequence[EvidenceSpan]
    proposal: Proposal
    comparison: Comparison | None
    better: bool
    why: str
    left_out: str
    warnings: Sequence[str] = field(default=())


def tune(jobs: Sequence[TuningJob], shipped: StretchSpec | None, wishes: TuningConstraints, work: TuningWork) -> Tuned:
    """Tune the one stretch that all `jobs` are of. Raises TuneError with every clip that can't be used."""
    spec = jobs[0].spec
    before = _judged(f"measuring {spec.name}", jobs, work)
    spans = [span for judged in before for span in judged.spans]
    proposal = propose(spec, shipped, spans, wishes)
    people = sorted({job.clip.labels.person for job in jobs})
    by_clip = len(people) == 1
    warnings = [f"All clips are of one person, {people[0]}: ranges that fit one body may fit no other."] if by_clip else []
    groups: dict[str, list[int]] = {}
    for i, job in enumerate(jobs):
        groups.setdefault(str(job.clip.video) if by_clip else job.clip.labels.person, []).append(i)
    comparison = None
    if not proposal.changes:
        lacking = all(row.why.startswith("kept: too little") for row in proposal.rows if row.key in ("full", "above", "below"))
        better, why = False, "there is too little evidence" if lacking else "the clips do not contradict the file"
    elif len(groups) < LEAST_GROUPS:
        better, why = False, "one clip can't show that a change is better; label more, best of more people"
    else:
        comparison = _compared(jobs, before, groups, shipped, wishes, work)
        better, why = comparison.better, comparison.why
    return Tuned(
        spec=spec,
        clips=len(jobs),
        people=len(people),
        spans=spans,
        proposal=proposal,
        comparison=comparison,
        better=better,
        why=why,
        left_out="clip" if by_clip else "person",
        warnings=warnings,
    )


def _compared(
    jobs: Sequence[TuningJob],
    before: Sequence[Judged],
    groups: Mapping[str, Sequence[int]],
    shipped: StretchSpec | None,
    wishes: TuningConstraints,
    work: TuningWork,
) -> Comparison:
    """Each group judged by ranges that were fitted without it, beside the ranges as they are."""
    tried = []
    for group in groups.values():
        rest = [span for i, judged in enumerate(before) if i not in group for span in judged.spans]
        fitted = propose(jobs[0].spec, shipped, rest, wishes).spec
        tried += [(i, replace(jobs[i], spec=fitted)) for i in group]
    judged = _judged(f"checking {jobs[0].spec.name}", [job for _, job in tried], work)
    after = {i: found for (i, _), found in zip(tried, judged, strict=True)}
    return judge(
        {name: [before[i].counts for i in group] for name, group in groups.items()},
        {name: [after[i].counts for i in group] for name, group in groups.items()},
    )


def _judged(what: str, jobs: Sequence[TuningJob], work: TuningWork) -> list[Judged]:
    found = work(what, judge_clip, jobs)
    problems = [answer for answer in found if isinstance(answer, str)]
    if problems:
        raise TuneError(problems)
    return [answer for answer in found if isinstance(answer, Judged)]
