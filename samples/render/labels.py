"""Labelled intervals from true angles: the one place here that says what is correct and what is a fault.

Full-credit ranges come from norms and geometry, widened at the deep end to what textbook stretches on real
footage show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from .body import Body, Side, other
from .skeleton import Skeleton

FULL_CREDIT: dict[str, dict[str, tuple[float, float]]] = {
    "kneeling_hip_flexor": {
        "rear_hip_extension": (10.0, 45.0),
        "trunk_inclination": (-6.0, 10.0),
        "front_knee_flexion": (80.0, 145.0),
        "front_shin_angle": (-8.0, 35.0),
        "rear_knee_flexion": (45.0, 100.0),
        "neck_relative": (-10.0, 20.0),
    },
    "supine_psoas": {
        "bent_hip_flexion": (100.0, 145.0),
        "straight_knee_flexion": (-8.0, 10.0),
        "straight_leg_elevation": (-8.0, 7.0),
        "straight_hip_flexion": (-12.0, 8.0),
        "trunk_elevation": (-8.0, 8.0),
        "neck_relative": (-10.0, 20.0),
    },
    "standing_psoas": {
        "rear_hip_extension": (10.0, 60.0),
        "trunk_inclination": (-6.0, 10.0),
        "rear_knee_flexion": (-8.0, 20.0),
        "front_knee_flexion": (25.0, 90.0),
        "front_shin_angle": (-8.0, 35.0),
        "neck_relative": (-10.0, 20.0),
    },
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault is there while its measure is beyond the limit. ``beyond`` is +1 above, -1 below."""

    name: str
    measure: str
    beyond: int
    limit: float

    def there(self, measures: Mapping[str, float]) -> bool:
        """Whether these angles show the fault."""
        return (measures[self.measure] - self.limit) * self.beyond > 0


# In order of priority: where two are there at once, the first names the interval.
_TRUNK_AND_HIP = (
    Fault("arching_back", "trunk_inclination", -1, -12.0),
    Fault("leaning_forward", "trunk_inclination", +1, 15.0),
)
FAULTS: dict[str, tuple[Fault, ...]] = {
    "kneeling_hip_flexor": (
        *_TRUNK_AND_HIP,
        Fault("hips_not_forward", "rear_hip_extension", -1, 6.0),
        Fault("front_knee_past_toes", "front_shin_angle", +1, 40.0),
        Fault("head_drops", "neck_relative", +1, 28.0),
    ),
    "supine_psoas": (
        Fault("straight_leg_lifts", "straight_leg_elevation", +1, 13.0),
        Fault("straight_knee_bends", "straight_knee_flexion", +1, 18.0),
        Fault("knee_not_close", "bent_hip_flexion", -1, 92.0),
        Fault("head_lifts", "neck_relative", +1, 28.0),
        Fault("shoulders_lift", "trunk_elevation", +1, 14.0),
        Fault("hips_lift", "trunk_elevation", -1, -12.0),
    ),
    "standing_psoas": (
        *_TRUNK_AND_HIP,
        Fault("rear_knee_bent", "rear_knee_flexion", +1, 28.0),
        Fault("hips_not_forward", "rear_hip_extension", -1, 6.0),
        Fault("front_knee_straight", "front_knee_flexion", -1, 15.0),
        Fault("front_knee_past_toes", "front_shin_angle", +1, 40.0),
        Fault("head_drops", "neck_relative", +1, 28.0),
    ),
}

SHORTEST_FAULT_S = 0.5  # a fault passed through on the way to something else is part of the movement
SHORTEST_CORRECT_S = 0.2


@dataclass(frozen=True, slots=True)
class Interval:
    """A label from ``start_s`` up to ``end_s``."""

    start_s: float
    end_s: float
    label: str


def in_shape(pose: str, skeleton: Skeleton, measures: Mapping[str, float], body: Body, stretched: Side) -> bool:
    """Whether the gross shape of the pose is there at all, so that form can be judged."""
    j = skeleton.joints
    if pose == "supine_psoas":
        return abs(measures["trunk_elevation"]) < 30 and measures["bent_hip_flexion"] > 60
    if abs(measures["trunk_inclination"]) > 45:
        return False
    if pose == "kneeling_hip_flexor":
        level = abs(j[f"{stretched}_knee"][1] - j[f"{stretched}_ankle"][1]) < 0.35 * body.shank_m
        return bool(level) and 35 < measures["rear_knee_flexion"] < 125 and measures["front_knee_flexion"] > 50
    apart = abs(j[f"{stretched}_ankle"][0] - j[f"{other(stretched)}_ankle"][0])
    stepping = j[f"{stretched}_ball"][1] > 0.02
    return bool(apart > 0.35 * (body.thigh_m + body.shank_m)) and not stepping


def label_of(pose: str, measures: Mapping[str, float]) -> str:
    """``correct``, the first fault that is there, or ``other`` for what lies between."""
    for fault in FAULTS[pose]:
        if fault.there(measures):
            return fault.name
    ranges = FULL_CREDIT[pose]
    good = all(low <= measures[name] <= high for name, (low, high) in ranges.items())
    return "correct" if good else "other"


def intervals(times_s: Sequence[float], labels: Sequence[str], end_s: float) -> list[Interval]:
    """Runs of equal labels, each ending where the next begins; runs too short to count are ``other``."""
    starts = [next(run)[0] for _, run in groupby(enumerate(labels), key=lambda pair: pair[1])]
    ends = [*(times_s[start] for start in starts[1:]), end_s]
    kept: list[Interval] = []
    for start, stop in zip(starts, ends, strict=True):
        label, begin = labels[start], times_s[start]
        shortest = SHORTEST_CORRECT_S if label == "correct" else SHORTEST_FAULT_S
        label = "other" if stop - begin < shortest and label != "unseen" else label
        if kept and kept[-1].label == label:
            begin = kept.pop().start_s
        kept.append(Interval(begin, stop, label))
    return kept
