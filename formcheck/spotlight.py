"""Which of the people in the picture a session is about: somebody who does one of its stretches, and then the same person."""

from collections.abc import Sequence

from formcheck.assess import side_margins
from formcheck.follow import Followed
from formcheck.measures import facing_evidence
from formcheck.posefile import PoseSpec
from formcheck.values import Landmarks


class Spotlight:
    """The fold from the people seen to the one followed. `choose` is called once a frame, in order of time."""

    def __init__(self, candidates: Sequence[PoseSpec]) -> None:
        self.wanted: Landmarks | None = None
        """The person the engine should keep its eye on, when that is not the one it reported first."""
        self._candidates = candidates
        self._followed = Followed()

    def choose(self, people: Sequence[Landmarks], time_s: float) -> Landmarks | None:
        """Return who of `people` is followed at `time_s` (seconds, never backwards), if anybody is."""
        self._followed, person = self._followed.choose(people, self._doing, time_s)
        self.wanted = person if person is not None and person is not people[0] else None
        return person

    def _doing(self, person: Landmarks) -> bool:
        """Whether somebody is in the shape of a stretch in this one frame."""
        facing = 1 if facing_evidence(person) >= 0 else -1
        margins = (side_margins(spec, person, facing, all_seen=True) for spec in self._candidates)
        return any(max(found.values()) >= 0 for found in margins)
