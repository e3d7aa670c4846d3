"""Which of the people in the picture is followed: one who does one of the stretches, and from then on the same person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from formcheck.analysis.assessment import Measurements, readings, shape_margin, sided_measures
from formcheck.core.geometry import Vec, distance, midpoint
from formcheck.core.measures import BodyLike, MeasuredBody, body_of, facing_evidence, locate, size_of
from formcheck.core.values import Landmarks
from formcheck.stretches import StretchSpec

LOST_S = 1.5
"""A person unseen for this long has gone; until then no other person takes their place just by being there."""

IDLE_S = 1.0
"""A person who has not been in any stretch's shape for this long may be left for one who is."""

GONE_S = 0.3
"""A person unseen for this long gives way to one who is in a stretch: the engine may have gone over to a passer-by."""

Doing = Callable[[MeasuredBody], bool]


class SubjectSelector:
    """The fold from the people seen to the one followed. `step` is called once a frame, in order of time."""

    def __init__(self, candidates: Sequence[StretchSpec]) -> None:
        self.state = SubjectState()
        """All that is remembered from frame to frame."""
        self._candidates = [(spec, sided_measures(spec)) for spec in candidates]

    @property
    def wanted(self) -> Landmarks | None:
        """The person the engine should track, when that is not the one it reported first."""
        return self.state.wanted

    def step(self, people: Sequence[BodyLike], time_s: float) -> MeasuredBody | None:
        """Return who of `people` is followed at `time_s` (seconds, never backwards), if anybody is."""
        bodies = [body_of(person) for person in people]
        state, person = self.state.choose(bodies, self._doing, time_s)
        wanted = person.landmarks if person is not None and person is not bodies[0] else None
        self.state = state if wanted is state.wanted else replace(state, wanted=wanted)
        return person

    def _doing(self, person: MeasuredBody) -> bool:
        """Whether a person is in the shape of a stretch in this one frame."""
        facing = 1 if facing_evidence(person) >= 0 else -1
        return any(
            _in_shape(spec, readings(measures, person, facing))
            for spec, by_side in self._candidates
            for measures in by_side.values()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectState:
    """Who is followed. `person` is how they were last seen; `challenger` is another person who was last seen in a stretch.

    `lately` is how `person` was seen over the last `IDLE_S`: whether that was in a stretch matters only when another one is.
    `wanted` is whom the engine should track, when that is not the one it reported first.
    """

    person: MeasuredBody | None = None
    seen_s: float = 0.0
    lately: tuple[tuple[float, MeasuredBody], ...] = ()
    challenger: MeasuredBody | None = None
    challenged_s: float = 0.0
    wanted: Landmarks | None = None

    def choose(self, people: Sequence[MeasuredBody], doing: Doing, time_s: float) -> tuple["SubjectState", MeasuredBody | None]:
        """Return the next state and which of `people` is followed now, if any. `doing`: who is in a stretch's shape."""
        if self.person is None or time_s - self.seen_s > LOST_S:
            best = people[0] if len(people) == 1 else max(people, key=lambda one: (doing(one), size_of(one)), default=None)
            if best is None:
                return replace(self, person=None), None
            return SubjectState(person=best, seen_s=time_s, lately=((time_s, best),)), best
        centre = _centre(self.person)
        same = [person for person in people if _same(self.person, person, time_s - self.seen_s)]
        current = min(same, key=lambda person: distance(_centre(person), centre), default=None)
        following = self
        if current is not None:
            lately = (*(one for one in self.lately if time_s - one[0] <= IDLE_S), (time_s, current))
            following = replace(self, person=current, seen_s=time_s, lately=lately)
        return following._challenged([person for person in people if person is not current], current, doing, time_s)

    def _challenged(
        self, others: Sequence[MeasuredBody], current: MeasuredBody | None, doing: Doing, time_s: float
    ) -> tuple["SubjectState", MeasuredBody | None]:
        rivals = [person for person in others if doing(person)]
        gone = current is None and time_s - self.seen_s >= GONE_S
        if not rivals or (not gone and any(doing(body) for at_s, body in self.lately if time_s - at_s <= IDLE_S)):
            return (replace(self, challenger=None) if others else self), current
        rival = max(rivals, key=size_of)
        known = self.challenger is not None and _same(self.challenger, rival, time_s - self.challenged_s)
        if known and time_s - self.challenged_s > 0:
            return SubjectState(person=rival, seen_s=time_s, lately=((time_s, rival),)), rival
        return replace(self, challenger=rival, challenged_s=time_s), current


def _centre(person: BodyLike) -> Vec:
    hip, shoulder = locate(person, {}, "mid_hip"), locate(person, {}, "mid_shoulder")
    return midpoint(hip, shoulder)


def _same(before: BodyLike, now: BodyLike, passed_s: float) -> bool:
    """Whether they can be one person: no trunk moves by more than some two of its lengths a second, or changes size at once."""
    size = size_of(before)
    near = distance(_centre(before), _centre(now)) <= size * (0.6 + 2.0 * passed_s)
    return near and 0.5 <= size_of(now) / size <= 2.0 if size > 0 else near


def _in_shape(spec: StretchSpec, raw: Measurements) -> bool:
    """Whether everything of the shape is seen, and as it should be."""
    margin = shape_margin(spec, raw)
    return margin is not None and margin >= 0 and all(raw[part.measure] is not None for part in spec.shape)
