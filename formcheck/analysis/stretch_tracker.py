"""One stretch followed over time: roles, smoothed measurements, verdict and hold.

The person's baseline corrects what is scored, shown and cued. The gross shape, which is much coarser, and the faults that guard
the back are judged by what the camera measured, so that no baseline, however it was taken, can let such a fault pass.

The analyzer runs one tracker per candidate stretch on the same body, so that the hold timer of the right one has been running
since its form became correct, however late the stretch is recognised.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from formcheck.analysis.assessment import (
    ENTER_SCORE,
    LEAVE_SCORE,
    OUTSIDE,
    Measurements,
    breaches,
    readings,
    score,
    seen_targets,
    shape_margin,
    sided_measures,
    within,
)
from formcheck.analysis.baseline.offsets import StraightReading, corrected
from formcheck.analysis.hold_timer import HoldTimer, advance, ended, is_gap
from formcheck.analysis.view.camera_view import SeenFrame
from formcheck.core.geometry import Vec, distance
from formcheck.core.measures import MeasuredBody, joint_state, outweighing
from formcheck.core.smoothing import MedianWindows
from formcheck.core.values import Assessment, Breach, Hold, Reason, Side, Status
from formcheck.stretches import StretchSpec

SHAPE_SLACK = 6.0
"""A person in the shape stays in it until a condition is violated by this many degrees."""

GUESS_SLACK = 8.0
"""Legs that hide each other, as of a person standing in profile, are together as far as a guess can tell: guessed this
many degrees outside the shape, the stretch is ruled out rather than unseen."""

LEAVING_S, DRIFTING_S = 0.6, 1.2
"""Form that goes from full credit to a fault within the first of these times was given up in one movement, which began at
the edge of full credit: there the hold ends. For longer than the second, the person drifts, and is believed until the fault.
Between the two the end lies between as well: a leg that comes to rest near the limit of a fault passes it half a second later
by a third of a degree, which is what coding a clip anew makes of an angle, and the end may not leap for that."""

SETTLED_S = 2.0
"""A stretch is recognised once somebody has kept still in its shape for this long. Walking and every repetition of a lunge pass
through the shape."""

SETTLED_WITHIN_DEG = 15.0
"""By how much the measures of the shape may change while somebody keeps still (degrees). Measured: in stretches somebody does
so for 2.8 seconds and more, wobbling for 3.7, in the shapes that other exercises pass through for 1.9 at most."""

PLANTED_WITHIN = 0.75
"""Trunk lengths that the hips may move meanwhile: gliding forward takes half of one, walking more."""

BEYOND = 0.5
"""Limits of faults move out by this share of what circumstances add to the half width of an angle's interval: their values in
the pose files are for usual readings."""

START_S = 2.0
"""What a measure was when a hold began is its median over the first seconds of it: somebody who has got into the shape gets it
right in one or two more."""

_LEG = ("hip", "knee", "ankle")

VOTE_CLIP = 20.0
FIRST_VOTE_S = 0.02
FORGET_S = 0.7
"""Legs cannot be changed without leaving the shape for this long; until then the votes for a side add up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stillness:
    """How long somebody has kept still in the shape of a stretch: near the posture, the place and the side of `since_s`.

    `last_s` is when that was last known, `longest_s` the longest time so far. Nobody keeps still where `since_s` is `None`.
    """

    since_s: float | None = None
    posture: Measurements = field(default_factory=dict)
    place: Vec = (0.0, 0.0)
    side: Side | None = None
    last_s: float = 0.0
    longest_s: float = 0.0

    def until(self, time_s: float) -> "Stillness":
        """Return the state when nothing has changed until `time_s`; nobody is known to keep still over a gap."""
        if self.since_s is None or is_gap(time_s - self.last_s):
            return replace(self, since_s=None, last_s=time_s)
        return replace(self, last_s=time_s, longest_s=max(self.longest_s, time_s - self.since_s))

    def left(self, time_s: float) -> "Stillness":
        """Return the state of somebody who is not in the shape at `time_s`, or not known to be."""
        return self if self.since_s is None else replace(self.until(time_s), since_s=None)

    def seen(self, person: MeasuredBody, posture: Measurements, side: Side | None, time_s: float) -> "Stillness":
        """Return the next state, of somebody who is in the shape at `time_s`; `posture` has the measures of the shape."""
        hip, shoulder = person.joints["mid_hip"][0], person.joints["mid_shoulder"][0]
        moved = distance(self.place, hip) > PLANTED_WITHIN * distance(hip, shoulder)
        changed = [
            abs(value - before) > SETTLED_WITHIN_DEG
            for name, value in posture.items()
            if value is not None and (before := self.posture.get(name)) is not None
        ]
        if self.since_s is None or side is not self.side or moved or any(changed):
            return replace(self, since_s=time_s, posture=posture, place=hip, side=side, last_s=time_s)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldStart:
    """What the measures whose change is a fault were when the hold under way began.

    `since_s` is when that was, `samples` what was read in its first `START_S`. `values` are the medians, once these are over;
    they stand until those of another hold are known, or the shape is left: who sinks and stays there begins no new hold.
    """

    since_s: float | None = None
    samples: tuple[Measurements, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    known: bool = False  # whether `values` are those of the hold that began at `since_s`

    def seen(self, hold: Hold | None, measurements: Measurements, at_s: float, *, in_shape: bool) -> "HoldStart":
        """Return the next state, given the hold under way at `at_s` and the measurements that matter."""
        if hold is None:
            return self if in_shape else HoldStart()
        state = self if self.since_s == hold.start_s else HoldStart(since_s=hold.start_s, values=self.values)
        if state.known:
            return state
        if at_s - hold.start_s < START_S:
            return replace(state, samples=(*state.samples, measurements))
        seen = {name: [value for sample in state.samples if (value := sample.get(name)) is not None] for name in measurements}
        return replace(state, samples=(), known=True, values={name: median(of) for name, of in seen.items() if of})


@dataclass(frozen=True, slots=True, kw_only=True)
class SideVotes:
    """Which side is stretched, as it looks: seconds in the shape, times by how much one leg meets it better than the other.

    `votes` above 0 say the left side, below 0 the right one; `last_s` is when the legs were last seen.
    """

    votes: float = 0.0
    last_s: float | None = None

    @property
    def side(self) -> Side | None:
        """The side that most of the time in the shape voted for; `None` where none has more."""
        if self.votes == 0.0:
            return None
        return Side.LEFT if self.votes > 0 else Side.RIGHT

    def seen(self, margins: Mapping[Side, float], in_shape_s: float | None, time_s: float) -> "SideVotes":
        """Return the next state, given by what margin either leg meets the shape, and when the person was last in it."""
        left, right = margins[Side.LEFT], margins[Side.RIGHT]
        votes = self.votes if in_shape_s is None or time_s - in_shape_s <= FORGET_S else 0.0
        if max(left, right) >= 0.0:
            passed = FIRST_VOTE_S if self.last_s is None or is_gap(time_s - self.last_s) else time_s - self.last_s
            votes += passed * max(-VOTE_CLIP, min(VOTE_CLIP, left - right))
        return SideVotes(votes=votes, last_s=time_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerState:
    """What a tracker remembers from frame to frame; all of it.

    `windows` smooth what was measured, `corrected` the same less the person's baseline (one and the same while that corrects
    nothing), `errors` has how far off each measure may be as last seen, and what circumstances add to that. `full_credit_s` has
    when a measure last earned full credit, `margin` by how many degrees the gross shape is met.
    """

    timer: HoldTimer = field(default_factory=HoldTimer)
    given_side: Side | None = None
    margin: float | None = None
    windows: MedianWindows
    corrected: MedianWindows
    errors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    breaches: tuple[Breach, ...] = ()
    votes: SideVotes = field(default_factory=SideVotes)
    in_shape_s: float | None = None
    status: Status = Status.UNSEEN
    full_credit_s: Mapping[str, float] = field(default_factory=dict)
    looked: Side | None = None  # the stretched side as it looked when the person was last in the shape
    stillness: Stillness = field(default_factory=Stillness)
    start: HoldStart = field(default_factory=HoldStart)

    @property
    def tried(self) -> bool:
        """Whether the person has been in the shape of this stretch at all."""
        return self.in_shape_s is not None

    @property
    def settled(self) -> bool:
        """Whether the person has kept still in the shape for long enough to be doing this stretch."""
        return self.stillness.longest_s >= SETTLED_S

    def timer_at(self, end_s: float) -> HoldTimer:
        """Return the timer when the last verdict stands until `end_s`, the end of the clip (seconds)."""
        timer = self.timer
        if timer.last_s is None or end_s <= timer.last_s:
            return timer
        side = timer.current.side if timer.current else None
        return advance(timer, correct=self.status is Status.CORRECT, score=timer.last_score, side=side, time_s=end_s)


class StretchTracker:
    """The fold of one stretch. `update` is called once a frame, in order of time; `state` is all that it remembers."""

    def __init__(self, spec: StretchSpec, *, expected: bool, side: Side | None = None) -> None:
        self.spec = spec
        windows = MedianWindows()
        self.state = TrackerState(given_side=side if spec.legs is not None else None, windows=windows, corrected=windows)
        self._expected = expected
        self._essential = spec.essential
        self._measures = sided_measures(spec)
        self._names = spec.measures
        self._from_start = tuple(dict.fromkeys(fault.measure for fault in spec.faults if fault.from_start))

    def update(self, frame: SeenFrame, straight: StraightReading | None = None, *, lost_s: float | None = None) -> Assessment:
        """Return what this stretch says of one frame. `straight` is how this person reads when straight in this posture.

        `lost_s` is from when on nothing of what was held before the frame counts; `None` where all of it does.
        """
        person, view, reason, time_s = frame.person, frame.view, frame.reason, frame.time_s
        before = self.state
        raw = own = dict[str, float | None]()
        errors, votes = before.errors, before.votes
        ruled_out = False
        if person is not None and view is not None and frame.errors is not None and reason is None:
            by_side = {side: readings(measures, person, view.facing) for side, measures in self._measures.items()}
            margins = {side: _margin(self.spec, found) for side, found in by_side.items()}
            votes = votes.seen(margins, before.in_shape_s, time_s)
            stretched = _stretched(margins, before.given_side or votes.side)
            measures, raw = self._measures[stretched], by_side[stretched]
            own = raw
            now = {name: frame.errors.half_width(one) for name, one in measures.items() if raw[name] is not None}
            errors = {**errors, **now}
            if straight is not None:
                own = {name: corrected(one, raw[name], straight, view.facing) for name, one in measures.items()}
            lacking = (measures[name].missing(person) for name in self._essential if raw[name] is None)
            reason = Reason.VIEW if view.unusable else outweighing(lacking)
            ruled_out = reason is Reason.HIDDEN and self._guess(person, stretched, view.facing) < -GUESS_SLACK
        windows = before.windows.push(time_s, raw)
        alike = own is raw and before.corrected is before.windows
        corrected_windows = windows if alike else before.corrected.push(time_s, own)
        measured = windows.values(self._names)
        smoothed = measured if alike else corrected_windows.values(self._names)
        happened_s = time_s - windows.lag_s  # what the median shows now happened half a window ago
        full = {target.measure: happened_s for target, value in seen_targets(self.spec, smoothed) if within(target, value)}
        full_credit_s = {**before.full_credit_s, **full}
        margin = shape_margin(self.spec, measured, entering=not (before.status.in_shape or self._expected))
        known = {name: errors[name] for name, value in smoothed.items() if value is not None}
        elsewhere = Assessment(
            pose=self.spec.name,
            status=Status.ELSEWHERE,
            measurements=smoothed,
            errors={name: half for name, (half, _) in known.items()},
            tolerances={name: BEYOND * max(0.0, added) for name, (_, added) in known.items()},
            start=before.start.values,
        )
        side = before.given_side or votes.side
        assessment, in_shape = self._verdict(
            elsewhere, reason, measured, happened_s, margin=margin, side=side, ruled_out=ruled_out
        )
        correct, form = assessment.status is Status.CORRECT, assessment.score or 0.0
        lost_s = self._lost_s(assessment, full_credit_s, happened_s) if lost_s is None else lost_s
        timer = advance(before.timer, correct=correct, score=form, side=assessment.side, time_s=happened_s, lost_s=lost_s)
        in_shape_s = time_s if in_shape else before.in_shape_s
        if in_shape and person is not None:
            posture = {part.measure: measured.get(part.measure) for part in self.spec.shape}
            stillness = before.stillness.until(time_s).seen(person, posture, assessment.side, time_s)
        else:
            stillness = before.stillness.left(time_s)
        self.state = TrackerState(
            timer=timer,
            given_side=before.given_side,
            margin=margin,
            windows=windows,
            corrected=corrected_windows,
            errors=errors,
            breaches=assessment.breaches,
            votes=votes,
            in_shape_s=in_shape_s,
            status=assessment.status,
            full_credit_s=full_credit_s,
            looked=(votes.side if in_shape else None) or before.looked,
            stillness=stillness,
            start=self._start(timer, assessment, happened_s, in_shape=in_shape),
        )
        return assessment

    def interrupt(self, time_s: float, reason: Reason, unknown_from_s: float | None = None) -> None:
        """End the hold under way at `time_s`, and let nothing that was seen before bear on what is seen after.

        `reason` is why nothing is seen. What was held from `unknown_from_s` on is taken back, where that is earlier.
        """
        windows = MedianWindows()
        self.state = replace(self.state, windows=windows, corrected=windows, errors={})
        self.update(SeenFrame(time_s=time_s, reason=reason), lost_s=unknown_from_s)
        self.state = replace(self.state, timer=ended(self.state.timer))

    def _verdict(
        self,
        elsewhere: Assessment,
        unseen: Reason | None,
        measured: Measurements,
        at_s: float,
        *,
        margin: float | None,
        side: Side | None,
        ruled_out: bool,
    ) -> tuple[Assessment, bool]:
        """Return the assessment, and whether the person is in the shape of the stretch.

        `elsewhere` is the assessment of a person who is not; `measured` is without any baseline. `margin` is by how many
        degrees the shape is met, `side` the stretched side.
        """
        before, own = self.state, elsewhere.measurements
        hidden = [name for name in self._essential if measured.get(name) is None]
        in_shape = margin is not None and margin >= (-SHAPE_SLACK if before.status.in_shape else 0.0)
        unknown = hidden and (in_shape or margin is None) and not ruled_out
        if unseen in (Reason.VIEW, Reason.TOO_FAR) or unknown:
            return replace(elsewhere, status=Status.UNSEEN, reason=unseen or Reason.HIDDEN), False
        if hidden or not in_shape:
            return elsewhere, False
        spec = self.spec.with_start(elsewhere.start)
        broken = breaches(spec, own, before.breaches, at_s, elsewhere.tolerances, uncorrected=measured)
        form = score(spec, own, (breach.name for breach in broken))
        if form is None:
            return replace(elsewhere, status=Status.UNSEEN, reason=unseen or Reason.HIDDEN, breaches=broken), True
        stopped = any(spec.fault(breach.name).stops_clock for breach in broken)
        mark = LEAVE_SCORE if before.status is Status.CORRECT else ENTER_SCORE
        status = Status.CORRECT if form >= mark and not stopped else Status.ADJUST
        return replace(elsewhere, status=status, side=side, score=form, breaches=broken), True

    def _start(self, timer: HoldTimer, now: Assessment, happened_s: float, *, in_shape: bool) -> HoldStart:
        if not self._from_start:
            return self.state.start
        measured = {name: now.measurements.get(name) for name in self._from_start}
        return self.state.start.seen(timer.current, measured, happened_s, in_shape=in_shape)

    def _lost_s(self, now: Assessment, full_credit_s: Mapping[str, float], happened_s: float) -> float | None:
        """Return when the movement began that has just ended in a fault; `None` where there was no such movement."""
        stopping = [fault for breach in now.breaches if (fault := self.spec.fault(breach.name)).stops_clock]
        left = [at for fault in stopping if (at := full_credit_s.get(fault.measure)) is not None]
        return min((_end_of_form(at, happened_s) for at in left), default=None)

    def _guess(self, person: MeasuredBody, stretched: Side, facing: int) -> float:
        """The margin of the gross shape if hidden joints are where the engine guesses them: behind the leg that is seen."""
        roles, measures = self.spec.roles(stretched), self._measures[stretched]
        if not any(all(joint_state(person, roles, f"{role}_{j}") is None for j in _LEG) for role in roles):
            return 0.0
        raw = {part.measure: measures[part.measure].read(person, facing, guess=True) for part in self.spec.shape}
        margin = shape_margin(self.spec, raw, entering=not self._expected)
        return 0.0 if margin is None else margin


def _end_of_form(left_s: float, fault_s: float) -> float:
    """Return when form ended that was last of full credit at `left_s`, and a fault at `fault_s`."""
    drifting = (fault_s - left_s - LEAVING_S) / (DRIFTING_S - LEAVING_S)
    return left_s + min(1.0, max(0.0, drifting)) * (fault_s - left_s)


def _margin(spec: StretchSpec, raw: Measurements) -> float:
    """Return the margin of the gross shape in one frame; `OUTSIDE` where nothing of it is seen."""
    margin = shape_margin(spec, raw)
    return OUTSIDE if margin is None else margin


def _stretched(margins: Mapping[Side, float], side: Side | None) -> Side:
    """Return which leg plays the stretched role in this frame: the one that meets the gross shape better, else that of `side`.

    The roles follow each frame's geometry, so a frame in which the engine swaps the legs still measures the straight leg as
    straight.
    """
    left, right = margins[Side.LEFT], margins[Side.RIGHT]
    if left == right:
        return side or Side.RIGHT
    return Side.LEFT if left > right else Side.RIGHT
