"""The fold from landmarks to moments. Camera and file, window and report all go through `FormAnalyzer.step`."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

from formcheck.analysis.baseline import BaselineCheck
from formcheck.analysis.camera_view import ViewState, square_on, too_far
from formcheck.analysis.cues import CueSelector
from formcheck.analysis.leg_occlusion import LegOcclusion
from formcheck.analysis.stretch_tracker import StretchTracker
from formcheck.analysis.subject import SubjectSelector
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.measures import MeasuredBody
from formcheck.core.values import Hold, Landmarks, Moment, Reason, Side, Status, View
from formcheck.stretches import StretchSpec

RECOGNISED_S = 0.5
"""Another stretch takes over once the person has been in its shape, and not in the present one's, for this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSummary:
    """What a whole clip adds up to, beside its moments: by stretch, the holds, and the side that looks stretched where another
    was given; and sentences about a baseline that is out of date.
    """

    holds: Mapping[str, Sequence[Hold]]
    looks_like: Mapping[str, Side | None]
    misfits: tuple[str, ...] = ()


class FormAnalyzer:
    """Watches one person do one of `candidates` and says, frame by frame, how it goes.

    With one candidate that stretch is expected; with several it is recognised by its gross shape. `side` is the stretched
    side if it is known, else it is found; `traits` are those of the engine that sees the people. `step` must be called in
    order of time.
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
            raise ValueError("a session needs at least one stretch to look for")
        self.tracks = tuple(StretchTracker(spec, expected=len(candidates) == 1, side=side) for spec in candidates)
        self.fit = replace(fit or BaselineCheck(), still=still)
        """The person's baseline, and whether it fits the person who is seen."""
        self._traits = traits
        self._spotlight = SubjectSelector(candidates)
        self._looking = ViewState()
        self._legs = LegOcclusion()
        self._coach = CueSelector(still=still)
        self._current = 0
        self._stretching = False
        self._side: Side | None = None
        self._rival_since_s: float | None = None

    @property
    def wanted(self) -> Landmarks | None:
        """The person the engine should track, when that is not the one it reported first."""
        return self._spotlight.wanted

    def fork(self) -> "FormAnalyzer":
        """Return a session that goes on from here by itself."""
        other = copy(self)
        other.tracks = tuple(map(copy, self.tracks))
        other._spotlight = copy(self._spotlight)
        return other

    def go_back(self, past: "FormAnalyzer") -> None:
        """Take over the state of `past`, which was forked from this session and is not used otherwise from now on."""
        vars(self).update(vars(past))

    def step(self, people: Sequence[Landmarks], time_s: float) -> Moment:
        """Return the moment for everybody seen at `time_s` (seconds, never backwards)."""
        person = self._spotlight.step([MeasuredBody(one, self._traits) for one in people], time_s)
        view: View | None = None
        reason: Reason | None = None
        squared: MeasuredBody | None = None
        if person is None:
            reason = Reason.NO_PERSON
        else:
            self._looking, view = self._looking.seen(person, time_s)
            self._legs, person = self._legs.seen(person, time_s)
            reason = Reason.TOO_FAR if too_far(person) else None
            squared = MeasuredBody(square_on(person.landmarks, view.yaw or 0.0, self._traits), self._traits)
        if person is not None and view is not None and (self.fit.still or self._stretching):
            self.fit = self.fit.seen(person, view, time_s)
        reading = self.fit.reading(person) if person is not None else None
        assessments = [track.update(squared, view, reason, time_s, reading) for track in self.tracks]
        self._stretching = any(one.status.in_shape for one in assessments)
        self._recognise(time_s, [assessment.status for assessment in assessments])
        track, now = self.tracks[self._current], assessments[self._current]
        self._side = now.side or self._side
        held_s, goal_s = track.clock.held_s(self._side), track.spec.hold_s
        self._coach = self._coach.advise(track.spec, now, view, track.clock.running, goal_s - held_s, time_s)
        return Moment(
            time_s=time_s,
            landmarks=person.landmarks if person is not None else None,
            view=view,
            assessment=now,
            hold=track.clock.running,
            held_s=held_s,
            goal_s=goal_s,
            cue=self._coach.cue,
            recognised=len(self.tracks) == 1 or track.tried,
            others=tuple(assessments[: self._current] + assessments[self._current + 1 :]),
        )

    def interrupt(self, time_s: float) -> Moment:
        """Return the moment that closes what is under way: from `time_s` (that of the last step) to the next, nobody looks."""
        for track in self.tracks:
            track.interrupt(time_s)
        moment = self.step((), time_s)
        self._coach = replace(self._coach, unseen_since_s=None)  # nobody is unseen while nobody looks
        return moment

    def summary(self, end_s: float) -> AnalysisSummary:
        """Return what the frames add up to when the last verdicts stand until `end_s`, the end of the clip (seconds)."""
        for track in self.tracks:
            track.finish(end_s)
        return AnalysisSummary(
            holds={track.spec.name: track.clock.holds for track in self.tracks},
            looks_like={
                track.spec.name: None if track.given_side in (None, track.seen_side) else track.seen_side
                for track in self.tracks
            },
            misfits=self.fit.misfits,
        )

    def _recognise(self, time_s: float, statuses: Sequence[Status]) -> None:
        """Stay with a stretch while the person is in its shape; move to the one whose shape fits best once they are not."""
        rivals = [i for i, status in enumerate(statuses) if status.in_shape and i != self._current]
        mine = self.tracks[self._current]
        if statuses[self._current].in_shape and (mine.margin or 0.0) >= 0:
            fitting = [i for i in rivals if (self.tracks[i].margin or 0.0) > (mine.margin or 0.0)]
            rivals = fitting if mine.clock.running is None else []
        if not rivals:
            self._rival_since_s = None
            if not any(track.tried for track in self.tracks) and statuses[self._current] is Status.ELSEWHERE:
                # Nothing is ruled out while one stretch cannot be seen.
                self._current = next((i for i, s in enumerate(statuses) if s is Status.UNSEEN), self._current)
            return
        if self._rival_since_s is None:
            self._rival_since_s = time_s
        untouched = not any(track.clock.holds for track in self.tracks) and not statuses[self._current].in_shape
        if untouched or time_s - self._rival_since_s >= RECOGNISED_S:
            self._current = max(rivals, key=lambda i: self.tracks[i].margin or 0.0)
            self._rival_since_s = None
