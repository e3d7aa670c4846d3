"""What one stretch adds up to over a clip: seconds, score sums, fault and unseen intervals. Memory stays small."""

from dataclasses import dataclass, field

from formcheck.core.values import Assessment, Reason, Side, Status
from formcheck.stretches import StretchSpec

MERGE_S = 0.5
"""Two bouts of the same fault, or two unseen times for the same reason, closer than this are one."""

UNSEEN_AT_LEAST_S = 0.3


def with_share(form: float, share: float) -> float:
    """Return the score of a set, 0..100: four fifths the mean form score, one fifth the share of time held."""
    return 0.8 * form + 20.0 * share


@dataclass(slots=True)
class TimeSpan:
    """Seconds from `start_s` to `end_s`."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(slots=True)
class FaultSpan:
    """One fault while it lasted. Its side is the one known at its end."""

    name: str
    side: Side | None
    at: TimeSpan


@dataclass(slots=True)
class FormSum:
    """Score-seconds and seconds in the shape of the stretch."""

    score_s: float = 0.0
    shape_s: float = 0.0
    correct_s: float = 0.0


@dataclass(slots=True)
class SideSum:
    """The form on one side: over all time in the shape, and from the first correct moment on.

    Getting ready is not bad form, so the second one counts as soon as there is one.
    """

    all: FormSum = field(default_factory=FormSum)
    since_correct: FormSum = field(default_factory=FormSum)

    @property
    def form(self) -> FormSum:
        return self.since_correct if self.since_correct.shape_s > 0 else self.all


class Tally:
    """Adds up the assessments of one stretch. `add` once a frame in order of time, `let_pass` at the end."""

    def __init__(self, spec: StretchSpec, *, still: bool = False) -> None:
        self.spec = spec
        self.seen_s = 0.0
        self.in_form_s = 0.0
        self.sides: dict[Side, SideSum] = {}
        # The longest time in the shape of the stretch without a break or a change of side.
        self.longest_run_s = 0.0
        self._run_s = 0.0
        self.until_s = 0.0  # to when all is tallied
        self._from_s = 0.0  # no fault of before counts
        self._interrupted = False
        self._still = still
        self._last: tuple[float, Assessment] | None = None
        self._unseen: list[tuple[Reason, TimeSpan]] = []
        self._faults: list[FaultSpan] = []
        self._open: dict[str, FaultSpan] = {}

    def add(self, now: Assessment, time_s: float, *, shown: bool = True) -> None:
        """Take in the assessment at `time_s`; what was true at the last one lasted until now.

        `shown` is whether this is the stretch that the analyzer takes the person to be doing.
        """
        self.let_pass(time_s)
        if self._interrupted:
            self._from_s, self._interrupted = time_s, False
        if not shown or self._last is None or now.side is not self._last[1].side:
            self._run_s = 0.0
        for breach in now.breaches:
            if breach.name not in self._open:
                span = FaultSpan(breach.name, now.side, TimeSpan(max(self._from_s, breach.since_s), time_s))
                self._open[breach.name] = span
                self._faults.append(span)
            self._open[breach.name].side = now.side
        for name in set(self._open) - {breach.name for breach in now.breaches}:
            del self._open[name]
        self._last = time_s, now

    def interrupt(self) -> None:
        """Let what was true end with the last assessment: what comes until the next one is not tallied."""
        self._last, self._open, self._run_s, self._interrupted = None, {}, 0.0, True

    def score(self, form: FormSum) -> float | None:
        """Return the score of `form`, 0..100: a photo's has no share of time in it. `None` without any time."""
        if form.shape_s == 0:
            return None
        mean = form.score_s / form.shape_s
        return mean if self._still else with_share(mean, form.correct_s / form.shape_s)

    @property
    def unseen(self) -> list[tuple[Reason, TimeSpan]]:
        """Intervals that could not be judged, in order; flickers are left out, however often they come."""
        blocks: list[tuple[Reason, TimeSpan]] = []
        for reason, at in self._unseen:
            touching = blocks and blocks[-1][1].end_s == at.start_s
            if touching and (reason is blocks[-1][0] or at.length_s < UNSEEN_AT_LEAST_S):
                blocks[-1] = blocks[-1][0], TimeSpan(blocks[-1][1].start_s, at.end_s)
            else:
                blocks.append((reason, at))
        listed: list[tuple[Reason, TimeSpan]] = []
        for reason, at in blocks:
            if not self._still and at.length_s < UNSEEN_AT_LEAST_S:
                continue
            if listed and listed[-1][0] is reason and at.start_s - listed[-1][1].end_s < MERGE_S:
                listed[-1] = reason, TimeSpan(listed[-1][1].start_s, at.end_s)
            else:
                listed.append((reason, at))
        return listed

    @property
    def faults(self) -> list[FaultSpan]:
        """Faults that lasted long enough to count, by start."""
        merged: dict[str, list[FaultSpan]] = {}
        for span in self._faults:
            same = merged.setdefault(span.name, [])
            if same and span.at.start_s - same[-1].at.end_s < MERGE_S:
                same[-1] = FaultSpan(span.name, span.side, TimeSpan(same[-1].at.start_s, span.at.end_s))
            else:
                same.append(span)
        spans = [span for same in merged.values() for span in same]
        lasting = [span for span in spans if self._still or span.at.length_s >= self.spec.fault(span.name).min_s]
        return sorted(lasting, key=lambda span: (span.at.start_s, self.spec.fault(span.name).priority))

    def let_pass(self, time_s: float) -> None:
        """Let the last assessment stand until `time_s`."""
        if self._last is None:
            return
        last_s, last = self._last
        passed = time_s - last_s
        self.until_s = time_s
        if last.status is Status.UNSEEN:
            assert last.reason is not None
            if self._unseen and self._unseen[-1][0] is last.reason and self._unseen[-1][1].end_s == last_s:
                self._unseen[-1][1].end_s = time_s
            else:
                self._unseen.append((last.reason, TimeSpan(last_s, time_s)))
            return
        self.seen_s += passed
        for span in self._open.values():
            span.at.end_s = time_s
        if last.score is None:
            return
        correct = last.status is Status.CORRECT
        self.in_form_s += passed if correct else 0.0
        self._run_s += passed
        self.longest_run_s = max(self.longest_run_s, self._run_s)
        if last.side is not None:
            self._add_form(self.sides.setdefault(last.side, SideSum()), last.score, correct, 1.0 if self._still else passed)

    def _add_form(self, side: SideSum, score: float, correct: bool, weight: float) -> None:
        started = correct or side.since_correct.shape_s > 0
        for form in (side.all, side.since_correct) if started else (side.all,):
            form.shape_s += weight
            form.score_s += weight * score
            form.correct_s += weight if correct else 0.0
