"""What one stretch adds up to over a clip: seconds, score sums, fault and unseen intervals. Memory stays small."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from formcheck.analysis.assessment import Measurements, shape_margin
from formcheck.analysis.form.causes import causes_of
from formcheck.analysis.form.verdict import beyond_doubt, in_doubt, verdict_of
from formcheck.analysis.scoring.losses import CONFORM, HELD, Losses, losses_of, summed, unpointed
from formcheck.analysis.scoring.measured import Measured, add_measured
from formcheck.core.values import Assessment, Side, Status, Verdict
from formcheck.stretches import StretchSpec

MERGE_S = 0.5
"""Two bouts of the same fault, or two unseen times for the same reason, closer than this are one."""

UNSEEN_AT_LEAST_S = 0.3


def with_share(form: float, share: float) -> float:
    """Return the score of a set, 0..100: four fifths the mean form score, one fifth the share of time held."""
    return min(100.0, CONFORM * form + HELD * share)  # sums of many frames are a little more than they should be


@dataclass(slots=True)
class TimeSpan:
    """Seconds from `start_s` to `end_s` in which there was a fault, or a reason why nothing could be judged: `what`.

    The `side` of a fault is the one known at its end; a fault that is not `sure` is not told.
    """

    what: str
    start_s: float
    end_s: float
    side: Side | None = None
    sure: bool = False

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(slots=True)
class SideSum:
    """The form on one side: score-seconds, and seconds in the shape and in correct form, from the first correct moment on.

    Getting ready is not bad form, so it counts only until there is a correct moment; `tried_s` is all time in the shape, by its
    verdict `verdicts_s`. `lost` has the points times seconds that `score_s` and the time held are short of, `before` what was
    amiss before the first correct moment. `measured` is of all time in the shape.
    """

    score_s: float = 0.0
    shape_s: float = 0.0
    correct_s: float = 0.0
    tried_s: float = 0.0
    lost: Losses = field(default_factory=dict)
    before: Losses = field(default_factory=dict)
    verdicts_s: dict[Verdict, float] = field(default_factory=dict)
    measured: Measured = field(default_factory=dict)


def mostly(verdicts_s: Mapping[Verdict, float]) -> Verdict:
    """Return what most of the time was: correct where that is more than half of it, else what lasted longest of the others.

    Of two that lasted as long it is the one that promises less.
    """
    if 2 * verdicts_s.get(Verdict.CORRECT, 0.0) > sum(verdicts_s.values()):
        return Verdict.CORRECT
    others = (Verdict.NONE, Verdict.UNSEEN, Verdict.BORDERLINE, Verdict.ADJUST)
    return max(others, key=lambda verdict: verdicts_s.get(verdict, 0.0))


class Tally:
    """Adds up the assessments of one stretch. `add` once a frame in order of time, `let_pass` at the end.

    `expected` is whether the person was expected to do this stretch and no other.
    """

    def __init__(self, spec: StretchSpec, *, still: bool = False, expected: bool = True) -> None:
        self.spec = spec
        self.expected = expected
        self.seen_s = 0.0
        # How long each measure left the verdict open, and how long nobody was in the shape, or could be seen to be.
        self.doubts_s: dict[str, float] = {}
        self.outside_s: dict[Verdict, float] = {}
        # Out of the shape, the moment that came nearest to it: its margin in degrees, below 0, and its measurements.
        self.nearest: tuple[float, Measurements] | None = None
        self.in_form_s = 0.0
        self.sides: dict[Side | None, SideSum] = {}  # `None` of a stretch that both legs do alike
        self.until_s = 0.0  # to when all is tallied
        self._from_s = 0.0  # no fault of before counts
        self._interrupted = False
        self._still = still
        self._last: tuple[float, Assessment] | None = None
        self._unseen: list[TimeSpan] = []
        self._faults: list[TimeSpan] = []
        self._open: dict[str, TimeSpan] = {}

    def add(self, now: Assessment, time_s: float) -> None:
        """Take in the assessment at `time_s`; what was true at the last one lasted until now."""
        self.let_pass(time_s)
        if self._interrupted:
            self._from_s, self._interrupted = time_s, False
        for breach in now.breaches:
            if breach.name not in self._open:
                self._open[breach.name] = TimeSpan(breach.name, max(self._from_s, breach.since_s), time_s)
                self._faults.append(self._open[breach.name])
            self._open[breach.name].side = now.side
            self._open[breach.name].sure |= not self._still or beyond_doubt(self.spec, now, breach.name)
        for name in set(self._open) - {breach.name for breach in now.breaches}:
            del self._open[name]
        self._last = time_s, now

    def interrupt(self, unknown_from_s: float | None = None) -> None:
        """Let what was true end with the last assessment: what comes until the next one is not tallied.

        No fault lasts beyond `unknown_from_s`, where that is earlier.
        """
        if unknown_from_s is not None:
            self._faults = [span for span in self._faults if span.start_s < unknown_from_s]
            for span in self._faults:
                span.end_s = min(span.end_s, unknown_from_s)
        self._last, self._open, self._interrupted = None, {}, True

    def score(self, form: SideSum) -> float | None:
        """Return the score of `form`, 0..100: a photo's has no share of time in it.

        `None` without any time, and of what is held to the end: there the time is the result, which nobody grades.
        """
        if form.shape_s == 0 or self.spec.to_the_end:
            return None
        mean = form.score_s / form.shape_s
        return mean if self._still else with_share(mean, form.correct_s / form.shape_s)

    @property
    def unseen(self) -> list[TimeSpan]:
        """Intervals that could not be judged, in order; flickers are left out, however often they come, unless they are most of
        all: then they are why nothing is told.
        """
        blocks: list[TimeSpan] = []
        for at in self._unseen:
            touching = blocks and blocks[-1].end_s == at.start_s
            if touching and (at.what == blocks[-1].what or at.length_s < UNSEEN_AT_LEAST_S):
                blocks[-1] = replace(blocks[-1], end_s=at.end_s)
            else:
                blocks.append(at)
        mostly_unseen = sum(at.length_s for at in blocks) >= self.seen_s
        return _joined(at for at in blocks if self._still or mostly_unseen or at.length_s >= UNSEEN_AT_LEAST_S)

    @property
    def faults(self) -> list[TimeSpan]:
        """Faults that lasted long enough to count, by start; of a photo those that are beyond doubt.

        In clips doubt would cost more than it spares: limits lie half way from full credit to fault as these are read.
        """
        names = dict.fromkeys(span.what for span in self._faults)
        spans = [span for name in names for span in _joined(one for one in self._faults if one.what == name)]
        lasting = [span for span in spans if span.sure and (self._still or span.length_s >= self.spec.fault(span.what).min_s)]
        return sorted(lasting, key=lambda span: (span.start_s, self.spec.fault(span.what).priority))

    def let_pass(self, time_s: float) -> None:
        """Let the last assessment stand until `time_s`."""
        if self._last is None:
            return
        last_s, last = self._last
        passed = time_s - last_s
        self.until_s = time_s
        weight = 1.0 if self._still else passed
        verdict = verdict_of(self.spec, last)
        if not last.status.in_shape:
            self.outside_s[verdict] = self.outside_s.get(verdict, 0.0) + weight
        if last.status is Status.UNSEEN:
            assert last.reason is not None
            if self._unseen and self._unseen[-1].what == last.reason and self._unseen[-1].end_s == last_s:
                self._unseen[-1].end_s = time_s
            else:
                self._unseen.append(TimeSpan(last.reason, last_s, time_s))
            return
        self.seen_s += passed
        for span in self._open.values():
            span.end_s = time_s
        if last.score is None:
            self._note_nearest(last)
            return
        if verdict is Verdict.BORDERLINE:
            for name in in_doubt(self.spec, last):
                self.doubts_s[name] = self.doubts_s.get(name, 0.0) + weight
        correct = last.status is Status.CORRECT
        self.in_form_s += passed if correct else 0.0
        if last.side is not None or self.spec.legs is None:
            self._add_form(self.sides.setdefault(last.side, SideSum()), last, verdict, weight)

    def _note_nearest(self, last: Assessment) -> None:
        margin = shape_margin(self.spec, last.measurements, entering=not self.expected)
        if margin is not None and margin < 0 and (self.nearest is None or margin > self.nearest[0]):
            self.nearest = margin, last.measurements

    def _add_form(self, side: SideSum, last: Assessment, verdict: Verdict, weight: float) -> None:
        correct, score = last.status is Status.CORRECT, last.score or 0.0
        if correct and weight > 0 and side.correct_s == 0:
            side.score_s = side.shape_s = 0.0
            side.before, side.lost = unpointed(side.lost), {}
        side.score_s += weight * score
        side.shape_s += weight
        side.correct_s += weight if correct else 0.0
        side.tried_s += weight
        side.verdicts_s[verdict] = side.verdicts_s.get(verdict, 0.0) + weight
        add_measured(side.measured, self.spec, last, weight)
        if score < 100.0 or not correct:
            lost = losses_of(causes_of(self.spec, last), weight, correct=correct, still=self._still)
            side.lost = summed([side.lost, lost])


def _joined(spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return the spans, those of the same thing that follow each other closely as one."""
    joined: list[TimeSpan] = []
    for span in spans:
        if joined and joined[-1].what == span.what and span.start_s - joined[-1].end_s < MERGE_S:
            joined[-1] = replace(span, start_s=joined[-1].start_s, sure=joined[-1].sure or span.sure)
        else:
            joined.append(span)
    return joined
