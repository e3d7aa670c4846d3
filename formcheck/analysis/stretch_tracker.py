"""One stretch followed over time: roles, smoothed measurements, verdict and hold.

The person's baseline corrects what is scored, shown and cued. The gross shape, which is much coarser, and the faults that guard
the back are judged by what the camera measured, so that no baseline, however it was taken, can let such a fault pass.

The analyzer runs one tracker per candidate stretch on the same body, so that the hold timer of the right one has been running
since its form became correct, however late the stretch is recognised.
"""

from collections.abc import Mapping

from formcheck.analysis.assessment import breaches, score, shape_margin, side_margins, within
from formcheck.analysis.baseline import StraightReading, corrected
from formcheck.analysis.hold_timer import HoldTimer, advance, ended
from formcheck.core.measures import MEASURES, MeasuredBody, Roles, joint_state, measure, missing, outweighing
from formcheck.core.smoothing import MedianWindows
from formcheck.core.values import Assessment, Breach, Reason, Side, Status, View
from formcheck.stretches import StretchSpec

ENTER_SCORE, LEAVE_SCORE = 70.0, 60.0
"""The form score at which correct form begins, and below which it ends."""

SHAPE_SLACK = 6.0
"""A person in the shape stays in it until a condition is violated by this many degrees."""

GUESS_SLACK = 8.0
"""Legs that hide each other, as of a person standing in profile, are together as far as a guess can tell: guessed this
many degrees outside the shape, the stretch is ruled out rather than unseen."""

LEAVING_S = 0.5
"""Form that goes from full credit to a fault within this time was given up in one movement, which began at the edge of full
credit: there the hold ends. Slower, the person drifts, and is believed until the fault."""

_LEG = ("hip", "knee", "ankle")

VOTE_CLIP = 20.0
FIRST_VOTE_S = 0.02
FORGET_S = 0.7
"""Legs cannot be changed without leaving the shape for this long; until then the votes for a side add up."""


class StretchTracker:
    """The fold of one stretch. `update` is called once a frame, in order of time.

    What it remembers is replaced, never changed, so that a shallow copy goes on by itself.
    """

    def __init__(self, spec: StretchSpec, *, expected: bool, side: Side | None = None) -> None:
        self.spec = spec
        self._expected = expected
        self.clock = HoldTimer()
        self.margin: float | None = None
        self.given_side = side
        self._essential = spec.essential
        self._measures = spec.measures
        self._trails = MedianWindows()
        self._corrected = self._trails  # one and the same while no baseline corrects anything
        self._breaches: tuple[Breach, ...] = ()
        self._votes = 0.0  # > 0: left is stretched
        self._last_s: float | None = None
        self._in_shape_s: float | None = None
        self._was = Status.UNSEEN
        self._full_s: dict[str, float] = {}  # when a measure last had full credit

    @property
    def seen_side(self) -> Side | None:
        """The stretched side as it looks, whatever was given."""
        if self._votes == 0.0:
            return None
        return Side.LEFT if self._votes > 0 else Side.RIGHT

    @property
    def tried(self) -> bool:
        """Whether the person has been in the shape of this stretch at all."""
        return self._in_shape_s is not None

    def update(
        self,
        person: MeasuredBody | None,
        view: View | None,
        reason: Reason | None,
        time_s: float,
        baseline: StraightReading | None = None,
    ) -> Assessment:
        """Return what this stretch says of one frame.

        `person` is squared on to the camera (see `camera_view.square_on`). `reason` is why the frame cannot be judged at all;
        `person` and `view` may then be `None`. `baseline` is how this person reads when straight in this posture.
        """
        raw: Mapping[str, float | None] = {}
        own: Mapping[str, float | None] = {}
        ruled_out = False
        if person is not None and view is not None and reason is None:
            roles = self._assign(person, view, time_s)
            raw = own = {name: measure(MEASURES[name], person, roles, view.facing) for name in self._measures}
            if baseline is not None:
                own = {
                    name: value if value is None else corrected(MEASURES[name], value, baseline, roles, view.facing)
                    for name, value in raw.items()
                }
            lacking = (missing(MEASURES[name], person, roles) for name in self._essential if raw[name] is None)
            reason = Reason.VIEW if view.unusable else outweighing(lacking)
            ruled_out = reason is Reason.HIDDEN and self._guess(person, roles, view.facing) < -GUESS_SLACK
        before = self._trails
        self._trails = before.push(time_s, raw)
        measured = smoothed = self._trails.values(self._measures)
        if own is raw and self._corrected is before:
            self._corrected = self._trails
        else:
            self._corrected = self._corrected.push(time_s, own)
            smoothed = self._corrected.values(self._measures)
        happened_s = self._happened_s(time_s)
        for target in self.spec.targets:
            if (value := smoothed.get(target.measure)) is not None and within(target, value):
                self._full_s = {**self._full_s, target.measure: happened_s}
        assessment = self._verdict(reason, measured, smoothed, time_s, self._tolerance(view, person), ruled_out=ruled_out)
        self._was = assessment.status
        self.clock = advance(
            self.clock,
            correct=assessment.status is Status.CORRECT,
            score=assessment.score or 0.0,
            side=assessment.side,
            time_s=happened_s,
            lost_s=self._lost_s(assessment.breaches, happened_s),
        )
        return assessment

    def interrupt(self, time_s: float) -> None:
        """End the hold under way at `time_s`, and let nothing that was seen before bear on what is seen after."""
        self._trails = self._corrected = MedianWindows()
        self.update(None, None, Reason.NO_PERSON, time_s)
        self.clock = ended(self.clock)

    def finish(self, end_s: float) -> None:
        """Let the last verdict stand until `end_s`, the end of the clip."""
        if self.clock.last_s is not None and end_s > self.clock.last_s:
            correct = self._was is Status.CORRECT
            side = self.clock.current.side if self.clock.current else None
            self.clock = advance(self.clock, correct=correct, score=self.clock.last_score, side=side, time_s=end_s)

    def _lost_s(self, breaches: tuple[Breach, ...], happened_s: float) -> float | None:
        """When the movement began that has just ended in a fault; `None` where there was no such movement."""
        stopping = [fault for breach in breaches if (fault := self.spec.fault(breach.name)).stops_clock]
        left = [self._full_s[fault.measure] for fault in stopping if fault.measure in self._full_s]
        return min((at for at in left if happened_s - at <= LEAVING_S), default=None)

    def _happened_s(self, time_s: float) -> float:
        """When what the median shows now did happen: half a window ago."""
        return time_s - self._trails.lag_s

    def _verdict(
        self,
        unseen: Reason | None,
        measured: Mapping[str, float | None],
        own: Mapping[str, float | None],
        time_s: float,
        tolerance: float,
        *,
        ruled_out: bool,
    ) -> Assessment:
        def result(status: Status, reason: Reason | None = None, form: float | None = None) -> Assessment:
            return Assessment(
                pose=self.spec.name,
                status=status,
                side=self._side() if status.in_shape else None,
                score=form,
                reason=reason,
                measurements=own,
                breaches=self._breaches,
                tolerance=tolerance,
            )

        was_in = self._was.in_shape
        self.margin = shape_margin(self.spec, measured, entering=not (was_in or self._expected))
        hidden = [name for name in self._essential if measured.get(name) is None]
        in_shape = self.margin is not None and self.margin >= (-SHAPE_SLACK if was_in else 0.0)
        unknown = hidden and (in_shape or self.margin is None) and not ruled_out
        if unseen in (Reason.VIEW, Reason.TOO_FAR) or unknown:
            self._breaches = ()
            return result(Status.UNSEEN, unseen or Reason.HIDDEN)
        if hidden or not in_shape:
            self._breaches = ()
            return result(Status.ELSEWHERE)
        self._in_shape_s = time_s
        self._breaches = breaches(self.spec, own, self._breaches, self._happened_s(time_s), tolerance, uncorrected=measured)
        form = score(self.spec, own, self._breaches)
        if form is None:
            return result(Status.UNSEEN, unseen or Reason.HIDDEN)
        stopped = any(self.spec.fault(breach.name).stops_clock for breach in self._breaches)
        mark = LEAVE_SCORE if self._was is Status.CORRECT else ENTER_SCORE
        return result(Status.CORRECT if form >= mark and not stopped else Status.ADJUST, form=form)

    def _assign(self, person: MeasuredBody, view: View, time_s: float) -> Roles:
        """Find which leg plays which role in this frame: the assignment that meets the gross shape better.

        The roles follow each frame's geometry, so a frame in which the engine swaps the legs still measures the straight
        leg as straight. The side that is told is the one that most of the time in the shape voted for.
        """
        margins = side_margins(self.spec, person, view.facing)
        left, right = margins[Side.LEFT], margins[Side.RIGHT]
        if self._in_shape_s is not None and time_s - self._in_shape_s > FORGET_S:
            self._votes = 0.0
        if max(left, right) >= 0.0:
            passed = FIRST_VOTE_S if self._last_s is None else time_s - self._last_s
            self._votes += passed * max(-VOTE_CLIP, min(VOTE_CLIP, left - right))
        self._last_s = time_s
        best = Side.LEFT if left > right else Side.RIGHT
        if left == right:
            best = self._side() or best
        return self.spec.roles(best)

    def _side(self) -> Side | None:
        return self.given_side or self.seen_side

    def _tolerance(self, view: View | None, person: MeasuredBody | None) -> float:
        """By how much limits move out (degrees): for the view, and for a stretched leg on the far side."""
        if view is None or person is None:
            return 0.0
        near = Side.RIGHT if view.facing > 0 else Side.LEFT
        far = self._side() is near.other
        return view.tolerance + (person.traits.far_tolerance_deg if far else 0.0)

    def _guess(self, person: MeasuredBody, roles: Roles, facing: int) -> float:
        """The margin of the gross shape if hidden joints are where the engine guesses them: behind the leg that is seen."""
        if not any(all(joint_state(person, roles, f"{role}_{j}") is None for j in _LEG) for role in roles):
            return 0.0
        raw = {part.measure: measure(MEASURES[part.measure], person, roles, facing, guess=True) for part in self.spec.shape}
        margin = shape_margin(self.spec, raw, entering=not self._expected)
        return 0.0 if margin is None else margin
