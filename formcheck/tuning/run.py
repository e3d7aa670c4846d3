"""Tunes a stretch on labelled clips: measure, fit, and judge on people who were left out of the fitting."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from formcheck.core.errors import FormcheckError, TuneError
from formcheck.core.wording.language import N_, NN_, joined
from formcheck.pipeline.clip import NOTHING_JUDGED, score_recording, unjudgeable
from formcheck.pipeline.landmark_cache import cached_landmarks
from formcheck.pipeline.outputs.collector import MomentCollector
from formcheck.stretches import StretchSpec
from formcheck.system.files import digest
from formcheck.system.processes import ParallelMap
from formcheck.tuning.evaluation.compare import compare
from formcheck.tuning.evaluation.counts import EvaluationCounts
from formcheck.tuning.fitting.comparison import Comparison, judge
from formcheck.tuning.fitting.evidence import EvidenceSpan, gather
from formcheck.tuning.fitting.proposal import Proposal, TuningConstraints, propose
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelledClip
from formcheck.vision.engines import EngineModel, create_engine

LEAST_GROUPS = 2
"""One person (or clip) to fit on and one to test on."""

_Fit = Callable[[Sequence[EvidenceSpan]], Proposal]


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
    """The evidence of a clip: how well it was judged, and the measurements in each labelled interval."""

    counts: EvaluationCounts
    spans: list[EvidenceSpan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """The result of tuning one stretch.

    Attributes
    ----------
    spec : StretchSpec
        The stretch as it was before.
    clips, people : int
        The number of labelled clips, and of people in them.
    spans : Sequence[EvidenceSpan]
        The labelled intervals that were seen, with their measurements in degrees.
    proposal : Proposal
        The ranges and limits fitted to all clips, in degrees; it counts only if `better`.
    comparison : Comparison or None
        Before and after, on clips that were left out of the fitting; `None` where there was nothing to compare.
    better : bool
        Whether the proposal is better on clips that were left out of the fitting.
    why : str
        The reason for that verdict, in words.
    left_out : str
        What is left out in turn: `"person"`, or `"clip"` where all clips are of one person.
    warnings : Sequence[str]
        Sentences about what the clips cannot show; empty where there is nothing to say.
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


def tuning_jobs(clips: Sequence[LabelledClip], spec: StretchSpec, model: EngineModel) -> list[TuningJob]:
    """Return the jobs of `clips`, which are all of the stretch `spec`. Raises TuneError where their labels have no contrast."""
    if problems := list(check_contrast(spec, clips)):
        raise TuneError(problems)
    made = model.digest
    return [TuningJob(clip=clip, content=digest(clip.video), spec=spec, model=model, digest=made) for clip in clips]


def tune(jobs: Sequence[TuningJob], shipped: StretchSpec | None, constraints: TuningConstraints, work: ParallelMap) -> Tuned:
    """Tune the stretch of all `jobs`. Raises TuneError with every clip that can't be used."""
    spec = jobs[0].spec
    fit = partial(propose, spec, shipped, constraints=constraints)
    before = _judged(N_("measuring {name}").format(name=spec.name), jobs, work)
    spans = [span for judged in before for span in judged.spans]
    proposal = fit(spans)
    people = sorted({job.clip.labels.person for job in jobs})
    by_clip = len(people) == 1
    warning = N_("All clips are of one person, {person}: ranges that fit one body may fit no other.").format(person=people[0])
    groups = defaultdict(list)
    for i, job in enumerate(jobs):
        groups[str(job.clip.video) if by_clip else job.clip.labels.person].append(i)
    comparison = None
    if not proposal.changes:
        lacking = all(row.why.startswith("kept: too little") for row in proposal.rows if row.key in ("full", "above", "below"))
        better = False
        why: str = N_("there is too little evidence") if lacking else N_("the clips do not contradict the file")
    elif len(groups) < LEAST_GROUPS:
        better, why = False, N_("one clip can't show that a change is better; label more, best of more people")
    else:
        comparison = _compared(jobs, before, groups, fit, work)
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
        warnings=[warning] if by_clip else [],
    )


def judge_clip(job: TuningJob) -> Judged | str:
    """Return the clip's evidence, or a sentence that says why it can't be used. It may run in a process of its own."""
    clip = job.clip
    try:
        recording = cached_landmarks(clip.video, job.content, create_engine(job.model), job.digest, (job.spec,))
    except FormcheckError as error:
        return joined(" ", error.lines)
    if lacking := unjudgeable(recording, (job.spec,)):
        return joined(" ", (NOTHING_JUDGED.format(path=recording.clip.path), *lacking))
    if not recording.anybody and any(entry.label not in (OTHER, UNSEEN) for entry in clip.labels.intervals):
        return N_(
            "{path}: nobody is seen in it, and its labels speak of somebody. Film nearer, in more light, or drop it."
        ).format(path=clip.video)
    collector = MomentCollector()
    result = score_recording(recording, (job.spec,), outputs=[collector])
    assessments = [(moment.time_s, moment.assessment) for moment in collector.moments]
    return Judged(
        counts=compare(result.document, collector.moments, clip.labels, list(clip.true_angles()), job.spec),
        spans=gather(str(clip.video), clip.labels, assessments),
    )


def check_contrast(spec: StretchSpec, clips: Sequence[LabelledClip]) -> Iterator[str]:
    """Yield a sentence where the labels of a stretch have correct form alone, or faults alone."""
    labels = [entry.label for clip in clips for entry in clip.labels.intervals if entry.label != UNSEEN]
    counts = {
        "name": spec.name,
        "intervals": len(labels),
        "clips": NN_("{count} clip", "{count} clips").format(count=len(clips)),
    }
    if CORRECT not in labels:
        yield N_(
            "{name}: none of the {intervals} labelled intervals of {clips} is {label}. Label correct form too: ranges are made "
            "of it."
        ).format(label=CORRECT, **counts)
    elif set(labels) == {CORRECT}:
        words = ", ".join([*(fault.name for fault in spec.faults), OTHER])
        yield N_(
            "{name}: all {intervals} labelled intervals of {clips} are {label}. There is nothing to tell it from; label some "
            "of: {words}."
        ).format(label=CORRECT, words=words, **counts)


def _compared(
    jobs: Sequence[TuningJob], before: Sequence[Judged], groups: Mapping[str, Sequence[int]], fit: _Fit, work: ParallelMap
) -> Comparison:
    """Return each group judged by ranges fitted without it, compared with the ranges as they are."""
    tried: dict[int, TuningJob] = {}
    for group in groups.values():
        fitted = fit([span for i, judged in enumerate(before) if i not in group for span in judged.spans]).spec
        tried |= {i: replace(jobs[i], spec=fitted) for i in group}
    after = dict(
        zip(tried, _judged(N_("checking {name}").format(name=jobs[0].spec.name), list(tried.values()), work), strict=True)
    )
    return judge(
        {name: [before[i].counts for i in group] for name, group in groups.items()},
        {name: [after[i].counts for i in group] for name, group in groups.items()},
    )


def _judged(what: str, jobs: Sequence[TuningJob], work: ParallelMap) -> list[Judged]:
    answers = work(what, judge_clip, jobs)
    problems = [answer for answer in answers if isinstance(answer, str)]
    if problems:
        raise TuneError(problems)
    return [answer for answer in answers if isinstance(answer, Judged)]
