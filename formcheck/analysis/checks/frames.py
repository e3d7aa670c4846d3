"""What a check takes of a frame: the angles of both legs over the level of what the person lies on.

A segment's elevation is told in two ways. By direction it is what the picture shows, and a turn of the person makes it steeper
than it is (a true -15 degrees reads -17 at a yaw of 30). By length it is the segment's drop over its own length, which no turn
changes; for that the length must be known, from a moment in which the segment pointed straight up or was seen squarely.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, atan2, cos, degrees, radians, sin

from formcheck.analysis.view.camera_view import ViewState, too_far
from formcheck.analysis.view.subject import SubjectSelector
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.geometry import Vec, distance, turn, vector, within_turn
from formcheck.core.measures import BodyLike, MeasuredBody, Roles, joint_state, locate, outweighing
from formcheck.core.smoothing import MedianWindow
from formcheck.core.values import Landmarks, Reason, Side
from formcheck.stretches.checks import CheckReading, CheckSpec, Witness

_LOWEST_DEG = -120.0
"""Elevations are brought into the full turn that begins here: a thigh held to the chest is at 120, one let down at -30."""

Part = CheckReading | Witness
"""What is worked out of a frame: it has a kind, a name and joints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegFrame:
    """One leg as the tested one. A value is `None` where a joint that it needs is not seen.

    `angles` has every reading and witness by its name, in degrees, by direction; `rises` by how much a reading's segment
    rises and its length, `places` the joint of a witness that moves, all in frame heights. `main` is the first reading, by
    direction, smoothed.
    """

    angles: Mapping[str, float | None]
    rises: Mapping[str, Vec | None]
    places: Mapping[str, Vec | None]
    main: float | None
    unseen: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFrame:
    """One frame. `near` is the side that faces the camera; `None`, and no `legs`, where nobody is seen."""

    time_s: float
    near: Side | None = None
    legs: Mapping[Side, LegFrame] = field(default_factory=dict)
    trunk: float = 0.0
    turned: bool = False


class CheckReader:
    """The fold from the people seen to frames of a check. `step` is called once a frame, in order of time.

    `level_deg` is the camera's roll in degrees, + where level things seem turned counter-clockwise; it is taken out.
    """

    def __init__(self, spec: CheckSpec, *, level_deg: float = 0.0, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self._spec = spec
        self._level_deg = level_deg
        self._traits = traits
        self._subject = SubjectSelector(())
        self._view = ViewState()
        self._main = {side: MedianWindow() for side in Side}

    @property
    def wanted(self) -> Landmarks | None:
        """The person the engine should track, when that is not the one it reported first."""
        return self._subject.wanted

    def step(self, people: Sequence[Landmarks], time_s: float) -> CheckFrame:
        """Return what the check takes of the frame at `time_s`, in seconds."""
        bodies = [MeasuredBody(person, self._traits) for person in people]
        person = self._subject.step(bodies, time_s)
        if person is None or too_far(person):
            return CheckFrame(time_s=time_s)
        self._view, view = self._view.seen(person, time_s)
        legs = {side: self._leg(person, side, view.facing, view.yaw or 0.0, time_s) for side in Side}
        return CheckFrame(
            time_s=time_s,
            near=Side.RIGHT if view.facing > 0 else Side.LEFT,
            legs=legs,
            trunk=distance(locate(person, {}, "mid_hip"), locate(person, {}, "mid_shoulder")),
            turned=view.unusable,
        )

    def _leg(self, person: MeasuredBody, tested: Side, facing: int, yaw_deg: float, time_s: float) -> LegFrame:
        spec, roles = self._spec, {"tested": tested, "other": tested.other}
        angles: dict[str, float | None] = {}
        rises: dict[str, Vec | None] = {}
        places: dict[str, Vec | None] = {}
        for part in _parts(spec):
            points = None if unseen(person, roles, part.joints) else self._points(person, roles, part.joints)
            if part.kind == "shift":
                places[part.name] = points[0] if points else None
                continue
            angles[part.name] = _angle(part, points, facing, yaw_deg) if points else None
            if isinstance(part, CheckReading) and part.kind != "turn":
                segment = vector(*points) if points else None
                rises[part.name] = (segment[1], distance(*points)) if segment and points else None
        posture = all(witness.possible(angles.get(witness.name)) for witness in spec.witnesses)
        main = self._main[tested] = self._main[tested].push(time_s, angles[spec.main.name] if posture else None)
        hidden = outweighing(unseen(person, roles, part.joints) for part in _parts(spec))
        return LegFrame(angles=angles, rises=rises, places=places, main=main.value, unseen=hidden)

    def _points(self, person: BodyLike, roles: Roles, joints: Iterable[str]) -> list[Vec]:
        """The joints with the camera's roll taken out."""
        c, s = cos(radians(self._level_deg)), sin(radians(self._level_deg))
        return [(c * x + s * y, c * y - s * x) for x, y in (locate(person, roles, joint) for joint in joints)]


def _parts(spec: CheckSpec) -> tuple[Part, ...]:
    return (*spec.readings, *spec.witnesses)


def unseen(person: BodyLike, roles: Roles, joints: Iterable[str]) -> Reason | None:
    """Return why one of `joints` cannot be used; `None` where all can."""
    return outweighing(joint_state(person, roles, joint) for joint in joints)


def _angle(part: Part, points: Sequence[Vec], facing: int, yaw_deg: float) -> float:
    """The angle of a reading or witness as the picture shows it, in degrees; that of a joint as seen squarely from the side."""
    if part.kind == "turn":
        wider = 1.0 / cos(radians(min(45.0, abs(yaw_deg))))
        square = [(x * wider, y) for x, y in points]
        return facing * turn(vector(square[0], square[1]), vector(square[2], square[3]))
    x, y = vector(points[0], points[1])
    elevation = within_turn(degrees(atan2(y, facing * x)), _LOWEST_DEG)
    return as_told(part, elevation)


def as_told(part: Part, elevation: float) -> float:
    """Return the value of an elevation or lean whose segment points `elevation` degrees over level."""
    return 90.0 - elevation if part.kind == "lean" else elevation


def by_length(part: CheckReading, rise: Vec, length: float, by_direction: float) -> float:
    """Return the value of an elevation or lean from the rise of its segment, and from how long that is, in degrees.

    `by_direction` says which of the two directions with that rise it is: before the upright, or beyond it.
    """
    elevation = degrees(asin(max(-1.0, min(1.0, rise[0] / length)))) if length > 0 else 0.0
    beyond = as_told(part, by_direction) if part.kind == "lean" else by_direction
    return as_told(part, 180.0 - elevation if beyond > 90.0 else elevation)
