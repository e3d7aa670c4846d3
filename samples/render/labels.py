"""Labelled intervals from true angles: the one place here that says what is correct and what is a fault.

Full-credit ranges come from norms and geometry, widened at the deep end to what textbook stretches on real
footage show. What lies between them and a fault's limit has no label: there either answer is right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from .body import Body, Side, other
from .skeleton import Skeleton

FULL_CREDIT: dict[str, dict[str, tuple[float, float]]] = {
    "kneeling_hip_flexor": {
        "rear_hip_extension": (10.0, 45.0),
        "trunk_inclination": (-6.0, 10.0),
        "front_knee_flexion": (80.0, 145.0),
        "front_shin_angle": (-8.0, 23.0),
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
    "standing_quad": {
        "rear_hip_extension": (-8.0, 20.0),
        "trunk_inclination": (-8.0, 10.0),
        "rear_knee_flexion": (108.0, 150.0),
        "front_knee_flexion": (-8.0, 20.0),
        "neck_relative": (-10.0, 20.0),
    },
    "bridge": {"hip_flexion": (-18.0, 14.0)},
    "single_leg_bridge": {"bent_hip_flexion": (-18.0, 18.0), "straight_knee_flexion": (-8.0, 25.0)},
    "plank": {"body_line": (-9.0, 14.0), "knee_flexion": (-8.0, 16.0)},
    "standing_psoas": {
        "rear_hip_extension": (10.0, 60.0),
        "trunk_inclination": (-6.0, 10.0),
        "rear_knee_flexion": (-8.0, 20.0),
        "front_knee_flexion": (25.0, 90.0),
        "front_shin_angle": (-8.0, 23.0),
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
        Fault("front_knee_past_toes", "front_shin_angle", +1, 28.0),
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
    # Named as `formcheck new` names them.
    "standing_quad": (
        Fault("trunk_inclination_high", "trunk_inclination", +1, 17.0),
        Fault("rear_hip_extension_low", "rear_hip_extension", -1, -20.0),
    ),
    "bridge": (Fault("hips_drop", "hip_flexion", +1, 20.0),),
    "single_leg_bridge": (Fault("hips_drop", "bent_hip_flexion", +1, 25.0),),
    "plank": (
        Fault("hips_sag", "body_line", -1, -15.0),
        Fault("hips_too_high", "body_line", +1, 20.0),
        Fault("knees_drop", "knee_flexion", +1, 26.0),
    ),
    "standing_psoas": (
        *_TRUNK_AND_HIP,
        Fault("rear_knee_bent", "rear_knee_flexion", +1, 28.0),
        Fault("hips_not_forward", "rear_hip_extension", -1, 6.0),
        Fault("front_knee_straight", "front_knee_flexion", -1, 15.0),
        Fault("front_knee_past_toes", "front_shin_angle", +1, 28.0),
        Fault("head_drops", "neck_relative", +1, 28.0),
    ),
}

FROM_START: dict[str, Fault] = {"single_leg_bridge": Fault("hips_drop", "bent_hip_flexion", +1, 10.0)}
"""Faults whose limit is a change, either way, from what the measure was in the first ``START_S`` of a correct time."""

START_S = 2.0

SHORTEST_FAULT_S = 0.5  # a fault passed through on the way to something else is part of the movement
SHORTEST_S = 0.2  # of any other label

# Surely not lifted: hips that lie, and somebody whose hips are as high as in a plank nobody's are.
LYING_DEG, FOLDED_DEG = -5.0, 45.0

# Surely another posture: a hip bent less than this when lying, feet less far apart (leg lengths) when standing.
FLAT_DEG = 38.0
TOGETHER = 0.2
APART = 0.35


@dataclass(frozen=True, slots=True)
class Interval:
    """A label from ``start_s`` up to ``end_s``."""

    start_s: float
    end_s: float
    label: str


def in_shape(pose: str, skeleton: Skeleton, measures: Mapping[str, float], body: Body, stretched: Side) -> bool:
    """Whether the gross shape of the pose is there at all, so that form can be judged."""
    j = skeleton.joints
    if pose in ("bridge", "single_leg_bridge"):
        return measures["trunk_elevation"] < 2 * LYING_DEG
    if pose == "plank":
        return measures["hip_flexion"] < FOLDED_DEG
    if pose == "supine_psoas":
        return abs(measures["trunk_elevation"]) < 30 and measures["bent_hip_flexion"] > 60
    if abs(measures["trunk_inclination"]) > 45:
        return False
    if pose == "standing_quad":
        return measures["rear_knee_flexion"] > 75
    if pose == "kneeling_hip_flexor":
        level = abs(j[f"{stretched}_knee"][1] - j[f"{stretched}_ankle"][1]) < 0.35 * body.shank_m
        return bool(level) and 35 < measures["rear_knee_flexion"] < 125 and measures["front_knee_flexion"] > 50
    stepping = j[f"{stretched}_ball"][1] > 0.02
    return bool(_apart(skeleton, body, stretched) > APART) and not stepping


def surely_other(pose: str, skeleton: Skeleton, measures: Mapping[str, float], body: Body, stretched: Side) -> bool:
    """Whether the person is in another posture beyond doubt, not merely on the way into or out of the stretch."""
    if pose in ("bridge", "single_leg_bridge"):
        return measures["trunk_elevation"] > LYING_DEG
    if pose == "plank":
        return measures["hip_flexion"] > FOLDED_DEG + 5.0
    if pose == "supine_psoas":
        return measures["bent_hip_flexion"] < FLAT_DEG
    if pose == "standing_quad":
        return measures["rear_knee_flexion"] < 35
    return pose == "standing_psoas" and _apart(skeleton, body, stretched) < TOGETHER


def _apart(skeleton: Skeleton, body: Body, stretched: Side) -> float:
    """Distance of the ankles along the person's own forward axis, in leg lengths."""
    j = skeleton.joints
    ahead = abs(j[f"{stretched}_ankle"][0] - j[f"{other(stretched)}_ankle"][0])
    return float(ahead) / (body.thigh_m + body.shank_m)


def judged(pose: str, skeleton: Skeleton, measures: Mapping[str, float], body: Body, stretched: Side) -> str | None:
    """The label of somebody at this stretch who can be seen well; ``None`` where either answer is right."""
    if in_shape(pose, skeleton, measures, body, stretched):
        return label_of(pose, measures)
    return "other" if surely_other(pose, skeleton, measures, body, stretched) else None


def label_of(pose: str, measures: Mapping[str, float]) -> str | None:
    """``correct``, the first fault that is there, or nothing for what lies between."""
    for fault in FAULTS[pose]:
        if fault.there(measures):
            return fault.name
    ranges = FULL_CREDIT[pose]
    good = all(low <= measures[name] <= high for name, (low, high) in ranges.items())
    return "correct" if good else None


def changed(
    pose: str, times_s: Sequence[float], labels: Sequence[str | None], measures: Sequence[Mapping[str, float]]
) -> list[str | None]:
    """Return the labels with those correct ones replaced that are too far from how their own correct time began."""
    found, fault = list(labels), FROM_START.get(pose)
    begin: int | None = None
    for index, label in enumerate(labels):
        if fault is None or label != "correct":
            begin = None
            continue
        begin = index if begin is None else begin
        first = [
            m[fault.measure] for m, at in zip(measures[begin:], times_s[begin:], strict=True) if at < times_s[begin] + START_S
        ]
        if abs(measures[index][fault.measure] - median(first)) > fault.limit:
            found[index] = fault.name
    return found


def intervals(times_s: Sequence[float], labels: Sequence[str | None], end_s: float) -> list[Interval]:
    """Runs of equal labels. What has no label, and runs too short to count, leave gaps."""
    starts = [next(run)[0] for _, run in groupby(enumerate(labels), key=lambda pair: pair[1])]
    ends = [*(times_s[start] for start in starts[1:]), end_s]
    kept: list[Interval] = []
    for start, stop in zip(starts, ends, strict=True):
        label, begin = labels[start], times_s[start]
        shortest = SHORTEST_S if label in {"correct", "other", "unseen"} else SHORTEST_FAULT_S
        if label is not None and stop - begin >= shortest - 1e-6:
            kept.append(Interval(begin, stop, label))
    return kept
