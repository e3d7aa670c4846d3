"""A clip before it is drawn: every frame's skeleton, true angles and label."""

from collections.abc import Iterator
from dataclasses import dataclass

from .body import SIDES
from .clips import Clip
from .hands import PLACES
from .labels import in_shape, label_of
from .motion import Key, Motion, breath
from .people import PEOPLE
from .skeleton import Skeleton, hold, stand
from .stretches import STRETCHES
from .truth import measures


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame of a clip before it is drawn."""

    time_s: float
    skeleton: Skeleton
    measures: dict[str, float]
    label: str


def moments(clip: Clip) -> Iterator[Moment]:
    """Every frame's skeleton with its truth."""
    stretch, body = STRETCHES[clip.pose], PEOPLE[clip.person].body
    first, *rest = clip.steps
    wanted = Motion.of([(first[0], {**stretch.rest, **first[1]}), *rest])
    motion = Motion(tuple(Key(key.time_s, stretch.settle(body, key.values)) for key in wanted.keys))
    for index in range(round(motion.end_s * clip.fps)):
        time_s = float(index / clip.fps)
        state = motion.at(time_s)
        state["neck"] += 0.5 * breath(time_s, 5.3)
        if "trunk" in state:
            state["trunk"] += 0.25 * breath(time_s)
        skeleton = stand(body, stretch.posture(body, state, clip.stretched))
        for side in SIDES:
            a, b = (PLACES[name](skeleton, body, side, clip.stretched) for name in clip.hands)
            hold(skeleton, body, side, a.mixed(b, state["hands"]))
        found = measures(clip.pose, skeleton, clip.stretched)
        shaped = in_shape(clip.pose, skeleton, found, body, clip.stretched)
        yield Moment(time_s, skeleton, found, label_of(clip.pose, found) if shaped else "other")
