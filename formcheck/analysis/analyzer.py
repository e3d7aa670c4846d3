"""The fold from landmarks to moments. Camera and file, window and report all go through `FormAnalyzer.step`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.analysis.cues import CueSelector
from formcheck.analysis.hold_timer import is_gap
from formcheck.analysis.stretch_tracker import StretchTracker, TrackerState
from formcheck.analysis.view.camera_view import SeenFrame, ViewState, squared_frame
from formcheck.analysis.view.leg_occlusion import LegOcclusion
from formcheck.analysis.view.subject import SubjectSelector, SubjectState
from formcheck.core import wording
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.errors import FormcheckError
from formcheck.core.measures import MeasuredBody
from formcheck.core.values import Hold, Landmarks, Moment, Reason, Side, Status
from formcheck.stretches import StretchSpec

RECOGNISED_S = 0.5
"""Another stretch takes over once the person has been in its shape, and not in the present one's, for this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSummary:
    """What a whole clip adds up to, beside its moments.

    By stretch: the holds, for how many seconds somebody kept still in its shape at most, and the side that looks stretched
    where another was given. `misfits` are sentences about a baseline that is out of date.
    """

    holds: Mapping[str, Sequence[Hold]]
    still_s: Mapping[str, float]
    looks_like: Mapping[str, Side | None]
    misfits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameState:
    """What is remembered of the person from frame to frame, whatever the stretch. `current` numbers the stretch that is
    shown, `last_s` is the time of the last frame.
    """

    fit: BaselineCheck
    cues: CueSelector
    view: ViewState = field(default_factory=ViewState)
    legs: LegOcclusion = field(default_factory=LegOcclusion)
    current: int = 0
    stretching: bool = False
    side: Side | None = None
    rival_since_s: float | None = None
    last_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzerState:
    """All that an analyzer remembers: a value, which it can be taken back to at any time."""

    frame: FrameState
    subject: SubjectState
    trackers: tuple[TrackerState, ...]


def check_side(candidates: Sequence[StretchSpec], side: Side | None) -> None:
    """Raise FormcheckError where a side is given, and none of the `candidates` has sides."""
    if side is not None and all(spec.legs is None for spec in candidates):
        raise FormcheckError(wording.NO_SIDES.format(name=candidates[0].name))


class FormAnalyzer:
    """Judges one person who does one of `candidates`, frame by frame.

    With one candidate that stretch is expected; with several it is recognised by its gross shape. `side` is the stretched
    side if it is known, else it is found (FormcheckError where none of them has sides); `traits` are those of the engine that
    sees the people. `step` must be called in order of time.
    """

    def __init__(
        self,
        candidates: Sequence[StretchSpec],
        side: Side | None = None,
        *,
        still: bool = False,
        fit: BaselineCheck | None = None,
        traits: EngineTraits = DEFAULT_TRAITS,
    ) -> None:
        if not candidates:
            raise ValueError("an analyzer needs at least one stretch to look for")
        check_side(candidates, side)
        self.trackers = tuple(StretchTracker(spec, expected=len(candidates) == 1, side=side) for spec in candidates)
        self.traits = traits
        self._selector = SubjectSelector(candidates)
        self._state = FrameState(fit=replace(fit or BaselineCheck(), still=still), cues=CueSelector(still=still))

    @property
    def candidates(self) -> tuple[StretchSpec, ...]:
        """The stretches that are looked for."""
        return tuple(tracker.spec for tracker in self.trackers)

    @property
    def wanted(self) -> Landmarks | None:
        """The person the engine should track, when that is not the one it reported first."""
        return self._selector.wanted

    @property
    def fit(self) -> BaselineCheck:
        """The person's baseline, and whether it fits the person who is seen."""
        return self._state.fit

    def snapshot(self) -> AnalyzerState:
        """Return all that is remembered, to be restored later."""
        trackers = tuple(tracker.state for tracker in self.trackers)
        return AnalyzerState(frame=self._state, subject=self._selector.state, trackers=trackers)

    def restore(self, state: AnalyzerState) -> None:
        """Go on from `state`, a snapshot of this analyzer or of one made alike."""
        self._state, self._selector.state = state.frame, state.subject
        for tracker, remembered in zip(self.trackers, state.trackers, strict=True):
            tracker.state = remembered

    def step(self, people: Sequence[Landmarks], time_s: float) -> Moment:
        """Return the moment for the people seen at `time_s` (seconds, never backwards).

        Nothing is known of a gap: what was under way ends before it.
        """
        last_s = self._state.last_s
        if last_s is not None and is_gap(time_s - last_s):
            self.interrupt(last_s, Reason.NO_NEW_PICTURE)
        return self._step(people, time_s, Reason.NO_PERSON)

    def _step(self, people: Sequence[Landmarks], time_s: float, unseen: Reason) -> Moment:
        state = self._state
        person = self._selector.step([MeasuredBody(one, self.traits) for one in people], time_s)
        frame, straight = SeenFrame(time_s=time_s, reason=unseen), None
        view_state, legs, fit = state.view, state.legs, state.fit
        if person is not None:
            view_state, view = view_state.seen(person, time_s)
            legs, person = legs.seen(person, time_s)
            frame = squared_frame(person, view, time_s)
            if fit.still or state.stretching:
                fit = fit.seen(person, view, time_s)
            straight = fit.reading(person)
        assessments = [tracker.update(frame, straight) for tracker in self.trackers]
        current, rival_since_s = self._recognise(time_s, [assessment.status for assessment in assessments])
        tracker, now = self.trackers[current], assessments[current]
        side = now.side or state.side
        timer = tracker.state.timer
        held_s, goal_s = timer.held_s(side), tracker.spec.hold_s
        recognised = len(self.trackers) == 1 or (tracker.state.tried if fit.still else tracker.state.settled)
        # Nothing is said of the form of a stretch that is only a guess.
        known = recognised or now.status is Status.UNSEEN
        said_of = now if known else now.as_elsewhere()
        cues = state.cues.advise(tracker.spec, said_of, frame.view, timer.running, goal_s and goal_s - held_s, time_s)
        stretching = any(one.status.in_shape for one in assessments)
        self._state = FrameState(
            fit=fit,
            cues=cues,
            view=view_state,
            legs=legs,
            current=current,
            stretching=stretching,
            side=side,
            rival_since_s=rival_since_s,
            last_s=time_s,
        )
        return Moment(
            time_s=time_s,
            landmarks=person.landmarks if person is not None else None,
            view=frame.view,
            assessment=now,
            hold=timer.running,
            held_s=held_s,
            goal_s=goal_s,
            cue=cues.cue,
            recognised=recognised,
            others=tuple(assessments[:current] + assessments[current + 1 :]),
        )

    def interrupt(self, time_s: float, reason: Reason = Reason.NO_PERSON, unknown_from_s: float | None = None) -> Moment:
        """Return the moment that closes what is under way: nothing is known from `time_s` (the last step) to the next.

        `reason` is why. What was held from `unknown_from_s` on is taken back, where that is earlier.
        """
        for tracker in self.trackers:
            tracker.interrupt(time_s, reason, unknown_from_s)
        moment = self._step((), time_s, reason)
        # A person is not unseen while nothing is known.
        self._state = replace(self._state, cues=replace(self._state.cues, unseen_since_s=None))
        return moment

    def summary(self, end_s: float) -> AnalysisSummary:
        """Return what the frames add up to when the last verdicts stand until `end_s`, the end of the clip (seconds).

        Before a gap they stand until the last frame.
        """
        last_s = self._state.last_s
        end_s = last_s if last_s is not None and is_gap(end_s - last_s) else end_s
        states = {tracker.spec.name: tracker.state for tracker in self.trackers}
        holds = {name: state.timer_at(end_s).holds for name, state in states.items()}
        unlike = {name: state.looked for name, state in states.items() if state.given_side not in (None, state.looked)}
        still_s = {name: state.stillness.until(end_s).longest_s for name, state in states.items()}
        return AnalysisSummary(holds=holds, still_s=still_s, looks_like=unlike, misfits=self.fit.misfits)

    def _recognise(self, time_s: float, statuses: Sequence[Status]) -> tuple[int, float | None]:
        """Return which stretch is shown now, and since when another one fits better.

        A stretch stays while the person is in its shape; then the one is taken whose shape fits best.
        """
        current, rival_since_s = self._state.current, self._state.rival_since_s
        states = [tracker.state for tracker in self.trackers]
        rivals = [i for i, status in enumerate(statuses) if status.in_shape and i != current]
        margin = states[current].margin or 0.0
        if statuses[current].in_shape and margin >= 0:
            fitting = [i for i in rivals if (states[i].margin or 0.0) > margin]
            rivals = fitting if states[current].timer.running is None else []
        if not rivals:
            if not any(state.tried for state in states) and statuses[current] is Status.ELSEWHERE:
                # Nothing is ruled out while one stretch cannot be seen.
                current = next((i for i, status in enumerate(statuses) if status is Status.UNSEEN), current)
            return current, None
        rival_since_s = time_s if rival_since_s is None else rival_since_s
        untouched = not any(state.timer.holds for state in states) and not statuses[current].in_shape
        if untouched or time_s - rival_since_s >= RECOGNISED_S:
            return max(rivals, key=lambda i: states[i].margin or 0.0), None
        return current, rival_since_s
