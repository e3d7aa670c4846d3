"""From clips to a proposal: measure, fit, and judge on people who were left out of the fitting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from formcheck.posefile import PoseSpec
from formcheck.tune.clips import Job, Judged, judge_clip
from formcheck.tune.problems import TuneError
from formcheck.tuning import Comparison, Proposal, Span, Wishes, judge, propose

LEAST_GROUPS = 2
"""Somebody to learn from and somebody to test on."""

Item = TypeVar("Item")
Found = TypeVar("Found")


class Work(Protocol):
    """Does `work` of every item, wherever; returns the answers in the order of the items. `what` is said meanwhile."""

    def __call__(self, what: str, work: Callable[[Item], Found], items: Sequence[Item], /) -> list[Found]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What tuning one stretch came to.

    `proposal` is what all clips say; it counts only if `better`. `comparison`, on what was left out of the fitting, is `None`
    where there was nothing to compare. `left_out` says what was: each person or each clip in turn.
    """

    spec: PoseSpec
    clips: int
    people: int
    spans: Sequence[Span]
    proposal: Proposal
    comparison: Comparison | None
    better: bool
    why: str
    left_out: str
    warnings: Sequence[str] = field(default=())


def tune(jobs: Sequence[Job], shipped: PoseSpec | None, wishes: Wishes, work: Work) -> Tuned:
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
    jobs: Sequence[Job],
    before: Sequence[Judged],
    groups: Mapping[str, Sequence[int]],
    shipped: PoseSpec | None,
    wishes: Wishes,
    work: Work,
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


def _judged(what: str, jobs: Sequence[Job], work: Work) -> list[Judged]:
    found = work(what, judge_clip, jobs)
    problems = [answer for answer in found if isinstance(answer, str)]
    if problems:
        raise TuneError(problems)
    return [answer for answer in found if isinstance(answer, Judged)]
