"""Taking a baseline: three seconds of standing straight and three of lying flat, recognised by themselves, in either order.

It needs more than a stretch does: side-on, every joint of the near side seen, straight, and still. Where something is missing,
`why` is a sentence about it that can be spoken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from formcheck.analysis.baseline import offsets
from formcheck.analysis.baseline.offsets import Baseline, StraightPosture, StraightReading, posture_of
from formcheck.analysis.view.camera_view import square_on
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.geometry import Vec, distance, over_horizon, turn, vector
from formcheck.core.measures import BodyPart, MeasuredBody, joint_state, locate, measure, near_leg, outweighing, size_of, table
from formcheck.core.values import Moment, Reason, Side, View
from formcheck.core.wording import HOLD_STILL, LEVEL_CAMERA, LIE_FLAT, ON_YOUR_BACK, REASONS, STAND_STRAIGHT, TURN_A_LITTLE

TAKE_S = 3.0

BREAK_S = 0.5
"""A shorter time in which something is missing (a landmark that leaps, a blink of the engine) is left out; after a longer one
the three seconds begin anew."""

STRAIGHT = 20.0
"""Trunk, hip and knee off the straight line by at most this (degrees): the 8 that can be subtracted, the engine's error of 5,
and as much again for people who do not stand like soldiers."""

TOGETHER = 20.0
"""The feet seen from the hips are not further apart than this (degrees): a step stretches one hip and bends the other."""

FACE_UP = 5.0
"""A person on the back looks up by more than this (degrees)."""

STILL = 0.08
"""Head, shoulders, hips and feet stay within this of where they were (trunk lengths, 4 cm): people sway by 1 cm, the
engine errs by 2."""

LEVEL = 7.0
"""Lying, the line from foot to shoulder rises by at most this (degrees), or the camera leans."""


INSTRUCTIONS = {StraightPosture.STANDING: STAND_STRAIGHT, StraightPosture.LYING: LIE_FLAT}

_LEG = {BodyPart.HIP: table.STRAIGHT_HIP_FLEXION, BodyPart.KNEE: table.STRAIGHT_KNEE_FLEXION}
_ROWS = {
    StraightPosture.STANDING: {BodyPart.TRUNK: table.TRUNK_INCLINATION, **_LEG},
    StraightPosture.LYING: {BodyPart.TRUNK: table.TRUNK_ELEVATION, **_LEG, BodyPart.LEG: table.STRAIGHT_LEG_ELEVATION},
}
_QUIET = ("mid_ear", "mid_shoulder", "mid_hip")
_NEARLY_S = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    time_s: float
    reading: StraightReading
    places: tuple[Vec, ...]


class BaselineCapture:
    """Takes moments in order of time. `readings` has what was taken so far, `why` what is missing now (`None`: all is well).

    `requested` is the posture to take; `None` takes either. `left` counts down while it is being taken: 3, 2, 1.
    """

    def __init__(self, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self._traits = traits
        self.readings: dict[StraightPosture, StraightReading] = {}
        self.requested: StraightPosture | None = None
        self.why: str | None = None
        self.missed: dict[StraightPosture, dict[str, float]] = {posture: {} for posture in StraightPosture}
        """For how many seconds what was missing, by the posture that it was missing in."""
        self._posture: StraightPosture | None = None
        self._samples: list[_Sample] = []
        self._last_s: float | None = None

    @property
    def baseline(self) -> Baseline | None:
        """Return the baseline, once both postures were taken."""
        if len(self.readings) < len(StraightPosture):
            return None
        return Baseline(standing=self.readings[StraightPosture.STANDING], lying=self.readings[StraightPosture.LYING])

    @property
    def left(self) -> int | None:
        """Return the seconds that are left, as they are counted; `None` while nothing is being taken."""
        if not self._samples or self._last_s is None:
            return None
        return max(1, ceil(TAKE_S - (self._last_s - self._samples[0].time_s) - _NEARLY_S))

    def step(self, moment: Moment) -> StraightPosture | None:
        """Take in one moment; returns the posture that is complete with it."""
        time_s, person, view = moment.time_s, moment.landmarks, moment.view
        passed_s = time_s - self._last_s if self._last_s is not None else 0.0
        self._last_s = time_s
        posture = posture_of(person) if person is not None else self._posture
        if posture is not self._posture:
            self._posture, self._samples = posture, []
        if person is None or view is None or posture is None or moment.assessment.reason is Reason.TOO_FAR:
            found: str | _Sample = REASONS[Reason.NO_PERSON if person is None else Reason.TOO_FAR].cue
        else:
            found = self._judge(MeasuredBody(person, self._traits), view, posture, time_s)
        self.why = found if isinstance(found, str) else None
        if self.why is not None and posture is not None:
            self.missed[posture][self.why] = self.missed[posture].get(self.why, 0.0) + passed_s
        if isinstance(found, _Sample):
            self._samples.append(found)
        elif self._samples and time_s - self._samples[-1].time_s >= BREAK_S:
            self._samples = []
        if not self._samples or posture is None or time_s - self._samples[0].time_s < TAKE_S - _NEARLY_S:
            return None
        self.readings[posture] = _middle([one.reading for one in self._samples])
        self._samples = []
        return posture

    def _judge(self, person: MeasuredBody, view: View, posture: StraightPosture, time_s: float) -> str | _Sample:
        """Return what is missing in one frame, or the sample that it gives."""
        if posture in self.readings or self.requested not in (None, posture):
            other = next((one for one in StraightPosture if one not in self.readings), posture)
            return INSTRUCTIONS[self.requested or other]
        near = near_leg(view.facing)
        joints = (*_QUIET, f"{near}_hip", f"{near}_knee", f"{near}_ankle")
        unseen = outweighing(joint_state(person, {}, joint) for joint in joints)
        if view.unusable:
            return REASONS[Reason.VIEW].cue
        if unseen is not None:
            return REASONS[unseen].cue
        reading = _reading(person, view, posture)
        if reading is None:
            return REASONS[Reason.HIDDEN].cue
        if view.yaw is None or abs(view.yaw) >= person.traits.oblique_from_deg:
            return TURN_A_LITTLE
        if (bent := _bent(person, reading, posture, near)) is not None:
            return bent
        places = tuple(locate(person, {}, joint) for joint in (*_QUIET, f"{near}_ankle"))
        size = size_of(person)
        middles = zip(*(one.places for one in self._samples), strict=True) if self._samples else ()
        for now, before in zip(places, middles, strict=False):
            if distance(now, (median(x for x, _ in before), median(y for _, y in before))) > STILL * size:
                return HOLD_STILL
        return _Sample(time_s=time_s, reading=reading, places=places)


def _bent(person: MeasuredBody, reading: StraightReading, posture: StraightPosture, near: Side) -> str | None:
    """Return the sentence about what is not straight, if anything."""
    if any(abs(reading.offsets[offsets.key(part, near=True)]) > STRAIGHT for part in (BodyPart.TRUNK, *_LEG)):
        return INSTRUCTIONS[posture]
    ankles = [f"{side}_ankle" for side in Side]
    if all(joint_state(person, {}, ankle) is None for ankle in ankles):
        hip = locate(person, {}, "mid_hip")
        a, b = (vector(hip, locate(person, {}, ankle)) for ankle in ankles)
        if abs(turn(a, b)) > TOGETHER:
            return INSTRUCTIONS[posture]
    if posture is StraightPosture.STANDING:
        return None
    rise = over_horizon(vector(locate(person, {}, "mid_ear"), locate(person, {}, "nose")))
    if joint_state(person, {}, "nose") is None and rise < FACE_UP:
        return ON_YOUR_BACK
    return LEVEL_CAMERA if reading.floor is not None and abs(reading.floor) > LEVEL else None


def _reading(person: MeasuredBody, view: View, posture: StraightPosture) -> StraightReading | None:
    """Return what one frame says; `None` where a part of the near side cannot be measured."""
    near = near_leg(view.facing)
    lengths = offsets.lengths(person, view)
    traits = person.traits
    square = MeasuredBody(square_on(person.landmarks, view.yaw or 0.0, traits), traits)
    neutral = {BodyPart.NECK: traits.straight_neck_deg, BodyPart.LEG: traits.flat_leg_deg}
    read_deg: dict[str, float] = {}
    rows = {**_ROWS[posture], BodyPart.NECK: table.NECK_RELATIVE}
    for part, row in rows.items():
        for side in (near, near.other) if row.roles else (near,):
            value = measure(row, square, {"straight": side}, view.facing)
            if value is not None:
                read_deg[offsets.key(part, near=side is near)] = value - neutral.get(part, 0.0)
    if lengths is None or any(offsets.key(part, near=True) not in read_deg for part in rows):
        return None
    floor = None
    if posture is StraightPosture.LYING:
        floor = over_horizon(vector(locate(square, {}, f"{near}_ankle"), locate(square, {}, "mid_shoulder")))
    return StraightReading(offsets=read_deg, lengths=lengths, view_ratio=offsets.view_ratio(person), floor=floor)


def _middle(readings: Sequence[StraightReading]) -> StraightReading:
    """Return the median of each number; a part of the far leg counts if it was seen half of the time."""
    parts = dict.fromkeys(part for reading in readings for part in reading.offsets)
    found = {part: [reading.offsets[part] for reading in readings if part in reading.offsets] for part in parts}
    floors = [reading.floor for reading in readings if reading.floor is not None]
    return StraightReading(
        offsets={part: median(values) for part, values in found.items() if 2 * len(values) >= len(readings)},
        lengths={name: median(reading.lengths[name] for reading in readings) for name in readings[0].lengths},
        view_ratio=median(reading.view_ratio for reading in readings),
        floor=median(floors) if floors else None,
    )
