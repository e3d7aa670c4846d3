"""The marks of a moment that film and window share, as data: bones, the sign of the state, the seconds held.

Coordinates are frame heights, x right, y up, as in `Landmarks`; so is every size. State is told by word and shape as well
as by colour: a filled tick for correct, an exclamation mark for adjust, a question mark for what cannot be seen.
"""

from itertools import pairwise
from math import cos, pi, sin

from formcheck.analysis.form.causes import cause_of
from formcheck.core import wording
from formcheck.core.durations import whole_seconds
from formcheck.core.geometry import Vec
from formcheck.core.measures import MEASURES, BodyLike, MeasuredBody, body_of, joint_state, locate
from formcheck.core.measures.table import LEG_WORDS
from formcheck.core.values import Assessment, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.areas import head_centre
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Mark, Text, Tone

SIGNS = {Status.ADJUST: "!", Status.ELSEWHERE: "…", Status.UNSEEN: "?"}
TONES = {Status.CORRECT: Tone.GOOD, Status.ADJUST: Tone.ADJUST, Status.ELSEWHERE: Tone.PLAIN, Status.UNSEEN: Tone.UNSEEN}

_BONES = (
    ("mid_ear", "mid_shoulder"),
    ("left_shoulder", "right_shoulder"),
    ("mid_shoulder", "mid_hip"),
    ("left_hip", "right_hip"),
    *((f"{side}_{a}", f"{side}_{b}") for side in Side for a, b in (("shoulder", "elbow"), ("elbow", "wrist"))),
)
"""Shoulders and hips join neck, arms, trunk and legs, so that nothing hangs loose however the person is turned."""
_LEG = (("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("ankle", "toe"), ("heel", "toe"))
_DOTS = {
    **{f"{side}_{part}": 1.0 for part in ("hip", "knee", "ankle") for side in Side},
    **{f"{side}_{part}": 0.75 for part in ("shoulder", "elbow", "wrist") for side in Side},
    "mid_ear": 0.75,
}
"""The joints that have a dot, and how large: those of the legs are measured, and larger."""
_BONE, _STRETCHED, _AT_FAULT, _JOINT, _HEAD_LINE = 0.027, 0.045, 0.065, 0.035, 0.014
"""Widths of lines and the radius of a dot, in sizes of the body."""
_HEAD, _HEAD_LINES = 0.235, 16
"""The radius of the head, in sizes of the body, and how many lines make it round."""
_SMALLEST, _LARGEST = 0.13, 0.4
"""The sizes of bodies between which lines grow along, in frame heights."""


def skeleton(landmarks: BodyLike, assessment: Assessment, spec: StretchSpec) -> list[Line | Dot]:
    """The person's bones; joints that cannot be seen are left out.

    The stretched leg (or both, where they do the same) is thicker, and in the colour of correct form while the form is. What is
    at fault is thickest, in the colour of what to adjust: the part of the body that `analysis.form.causes` names, and nothing
    else.
    """
    body = body_of(landmarks)
    unit = min(max(body.size, _SMALLEST), _LARGEST)
    roles = spec.roles(assessment.side) if assessment.side is not None else {}
    good = Tone.GOOD if assessment.status is Status.CORRECT else Tone.PLAIN
    bones = [(start, end, _BONE, Tone.PLAIN) for start, end in _BONES]
    alike = spec.legs is None and assessment.status.in_shape
    for side in Side:
        width, tone = (_STRETCHED, good) if alike or assessment.side is side else (_BONE, Tone.PLAIN)
        bones += [(f"{side}_{a}", f"{side}_{b}", width, tone) for a, b in _LEG]
    bones.sort(key=lambda bone: bone[2])
    cause = cause_of(spec, assessment)
    if cause is not None and cause.measure is not None:
        bones += [(a, b, _AT_FAULT, Tone.ADJUST) for a, b in pairwise(MEASURES[cause.measure].marked)]
    joints = {joint for start, end, _, _ in bones for joint in (start, end)}
    known = {joint for joint in joints if joint.partition("_")[0] not in LEG_WORDS or joint.partition("_")[0] in roles}
    seen = {joint: locate(body, roles, joint) for joint in known if joint_state(body, roles, joint) is None}
    return [
        *_head(body, unit),
        *(
            Line(start=seen[a], end=seen[b], width=width * unit, tone=tone)
            for a, b, width, tone in bones
            if a in seen and b in seen
        ),
        *(Dot(at=seen[one], radius=share * _JOINT * unit, tone=Tone.PLAIN) for one, share in _DOTS.items() if one in seen),
    ]


def _head(body: MeasuredBody, unit: float) -> list[Line]:
    """The outline of the head, which leaves the face to be seen."""
    centre = head_centre(body)
    if centre is None:
        return []
    rim = [(centre[0] + _HEAD * body.size * x, centre[1] + _HEAD * body.size * y) for x, y in _ROUND]
    return [Line(start=a, end=b, width=_HEAD_LINE * unit, tone=Tone.PLAIN) for a, b in pairwise([*rim, rim[0]])]


_ROUND = [(cos(2 * pi * i / _HEAD_LINES), sin(2 * pi * i / _HEAD_LINES)) for i in range(_HEAD_LINES)]


def seconds(held_s: float, goal_s: float | None, centre: Vec, radius: float, *, to_the_end: bool) -> list[Mark]:
    """The whole seconds held, large, and below the goal, or that there is none, in the middle of a ring of `radius`."""
    x, y = centre
    held = Text(at=(x, y + 0.14 * radius), text=f"{whole_seconds(held_s)}", size=radius, anchor=Anchor.CENTRE, bold=True)
    if goal_s is None and not to_the_end:
        return [held]
    below = wording.OF_GOAL.format(goal_s=goal_s) if goal_s is not None else wording.TO_THE_END
    size = (0.33 if goal_s is not None else 0.27) * radius
    return [held, Text(at=(x, y - 0.55 * radius), text=below, size=size, anchor=Anchor.CENTRE)]


def sign(status: Status, at: Vec, size: float) -> list[Mark]:
    """The state as a shape: a tick, or a character that differs from it in any colour."""
    x, y = at
    tone = TONES[status]
    if status is not Status.CORRECT:
        return [Text(at=at, text=SIGNS[status], size=1.4 * size, tone=tone, anchor=Anchor.CENTRE, bold=True)]
    low = x - 0.1 * size, y - 0.4 * size
    return [
        Line(start=(x - 0.45 * size, y - 0.05 * size), end=low, width=0.2 * size, tone=tone),
        Line(start=low, end=(x + 0.5 * size, y + 0.5 * size), width=0.2 * size, tone=tone),
    ]
