"""What is drawn over the picture for a moment, as data.

Coordinates are frame heights, x right, y up, as in `Landmarks`; so is every size. State is told by word and shape as well
as by colour: a filled tick for correct, an exclamation mark for adjust, a question mark for what cannot be seen.
"""

from formcheck.analysis.assessment import within
from formcheck.core import wording
from formcheck.core.durations import whole_seconds
from formcheck.core.geometry import Vec
from formcheck.core.measures import MEASURES, MeasuredBody, joint_state, locate
from formcheck.core.values import Assessment, Landmarks, Moment, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Mark, Ring, Text, TextBackground, Tone

SIGNS = {Status.ADJUST: "!", Status.ELSEWHERE: "…", Status.UNSEEN: "?"}
TONES = {Status.CORRECT: Tone.GOOD, Status.ADJUST: Tone.ADJUST, Status.ELSEWHERE: Tone.PLAIN, Status.UNSEEN: Tone.UNSEEN}

_BONES = (
    ("mid_ear", "mid_shoulder"),
    ("mid_shoulder", "mid_hip"),
    ("left_shoulder", "left_elbow"),
    ("left_elbow", "left_wrist"),
    ("right_shoulder", "right_elbow"),
    ("right_elbow", "right_wrist"),
)
_LEG = (("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("ankle", "toe"), ("heel", "toe"))
_DOTS = ("mid_shoulder", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle")


def marks(moment: Moment, spec: StretchSpec, aspect: float, *, still: bool = False) -> list[Mark]:
    """Return everything to draw for `moment`, first things below.

    `spec` is the stretch of its assessment, `aspect` the picture's width over its height. A `still` has no clock.
    """
    drawn: list[Mark] = []
    if moment.landmarks is not None:
        drawn += skeleton(moment.landmarks, moment.assessment)
        drawn += angles(moment.landmarks, moment.assessment, spec, moment.view.facing if moment.view else 1)
    return drawn + header(moment, spec, aspect, still=still) + footer(moment, aspect)


def skeleton(landmarks: Landmarks, assessment: Assessment) -> list[Line | Dot]:
    """The person's bones. The stretched leg is thick; joints that cannot be seen are left out."""
    tone = TONES[assessment.status]
    bones = [(start, end, 0.007, Tone.PLAIN) for start, end in _BONES]
    for side in Side:
        stretched = assessment.side is side
        bones += [
            (f"{side}_{a}", f"{side}_{b}", 0.013 if stretched else 0.007, tone if stretched else Tone.PLAIN) for a, b in _LEG
        ]
    bones.sort(key=lambda bone: bone[2])
    joints = {joint for start, end, _, _ in bones for joint in (start, end)}
    body = MeasuredBody(landmarks)
    seen = {joint: body.joints[joint][0] for joint in joints if body.joints[joint][1] is None}
    drawn = [Line(start=seen[a], end=seen[b], width=width, tone=tone) for a, b, width, tone in bones if a in seen and b in seen]
    return [*drawn, *(Dot(at=seen[joint], radius=0.009, tone=Tone.PLAIN) for joint in _DOTS if joint in seen)]


_LABEL = 6.0
"""The length of a label in letter heights, at most."""


def angles(landmarks: Landmarks, assessment: Assessment, spec: StretchSpec, facing: int) -> list[Mark]:
    """The measured angle beside its joint, with a tick inside its full range and an exclamation mark outside."""
    if assessment.side is None:
        return []
    roles, body = spec.roles(assessment.side), MeasuredBody(landmarks)
    drawn: list[Mark] = []
    centre = locate(body, roles, "mid_hip")[0]
    size = 0.042 * _fit(landmarks.aspect)
    for target in spec.targets:
        row = MEASURES[target.measure]
        value, place = assessment.measurements.get(target.measure), row.label_joint
        if value is None or place is None or joint_state(body, roles, place) is not None:
            continue
        x, y = locate(body, roles, place)
        room = _LABEL * size
        # Outwards, where there is room; on the trunk, which stands in the middle, behind the back.
        outwards = facing > 0 if place.endswith(("shoulder", "hip")) else x < centre
        left = (outwards and x > room) or x > landmarks.aspect - room
        tone = Tone.PLAIN if within(target, value) else Tone.ADJUST
        text = f"{'' if within(target, value) else '! '}{row.short_name} {round(value)}°"
        beside, anchor = (x - 0.02, Anchor.RIGHT) if left else (x + 0.02, Anchor.LEFT)
        drawn.append(Text(at=(beside, y + 0.03), text=text, size=size, tone=tone, anchor=anchor, outlined=True))
    return drawn


def header(moment: Moment, spec: StretchSpec, aspect: float, *, still: bool = False) -> list[Mark]:
    """Title and side on the left, the state in a word below it, the ring of the hold on the right."""
    unit = _fit(aspect)
    assessment = moment.assessment
    radius = 0.085 * unit
    centre = aspect - radius - 0.045 * unit, 1 - radius - 0.045 * unit
    left, wide = 0.03 * unit, aspect - 2 * radius - 0.16 * unit
    side = assessment.side or (moment.hold.side if moment.hold else None)
    if assessment.status is Status.UNSEEN and assessment.reason is not None:
        title = wording.REASONS[assessment.reason].title
    elif not moment.recognised:
        title = wording.WAITING
    else:
        title = wording.STRETCH_ON_SIDE.format(title=spec.title, side=side) if side else spec.title
    state = wording.STATUSES[assessment.status]
    word = state.photo if still and state.photo else state.live
    place, room = (left + 0.085 * unit, 1 - 0.15 * unit), wide - 0.055 * unit
    return [
        *_plated(title, (left, 1 - 0.055 * unit), 0.042 * unit, wide, tone=Tone.PLAIN),
        *_plated(word, place, 0.085 * unit, room, tone=TONES[assessment.status], bold=True),
        *sign(assessment.status, (left + 0.035 * unit, 1 - 0.15 * unit), 0.065 * unit),
        *(clock(moment, centre, radius, unit) if moment.recognised and not still else []),
    ]


def clock(moment: Moment, centre: Vec, radius: float, unit: float) -> list[Mark]:
    """The ring of the hold: whole seconds held, large, and the goal."""
    share = min(1.0, moment.held_s / moment.goal_s)
    return [
        Ring(at=centre, radius=radius, width=0.022 * unit, share=share, tone=Tone.GOOD),
        *seconds(moment.held_s, moment.goal_s, centre, radius),
    ]


def seconds(held_s: float, goal_s: float | None, centre: Vec, radius: float) -> list[Mark]:
    """The whole seconds held, large, and the goal below, in the middle of a ring of `radius`."""
    x, y = centre
    held = Text(at=(x, y + 0.14 * radius), text=f"{whole_seconds(held_s)}", size=radius, anchor=Anchor.CENTRE, bold=True)
    if goal_s is None:
        return [held]
    below = wording.OF_GOAL.format(goal_s=goal_s)
    return [held, Text(at=(x, y - 0.55 * radius), text=below, size=0.33 * radius, anchor=Anchor.CENTRE)]


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


def footer(moment: Moment, aspect: float) -> list[Mark]:
    """The cue, large, at the bottom; nothing where there is none."""
    if moment.cue is None:
        return []
    unit = _fit(aspect)
    place, room = (aspect / 2, 0.07 * unit), aspect - 0.08 * unit
    return _plated(moment.cue.text, place, 0.075 * unit, room, tone=Tone.PLAIN, bold=True, anchor=Anchor.CENTRE)


def _plated(
    text: str, at: Vec, size: float, room: float, *, tone: Tone, bold: bool = False, anchor: Anchor = Anchor.LEFT
) -> list[Mark]:
    """A line of text no longer than `room` on its dark ground, which reaches to the edge under a text at the left."""
    size *= min(1.0, room / text_metrics.width(text, size))
    wide, around = text_metrics.width(text, size), 0.45 * size
    left = 0.0 if anchor is Anchor.LEFT else at[0] - wide / 2 - around
    right = at[0] + (wide if anchor is Anchor.LEFT else wide / 2) + around
    return [
        TextBackground(low=(left, at[1] - 0.75 * size), high=(right, at[1] + 0.75 * size)),
        Text(at=at, text=text, size=size, tone=tone, bold=bold, anchor=anchor),
    ]


def _fit(aspect: float) -> float:
    """Sizes shrink with the width of an upright picture."""
    return min(1.0, aspect / 1.2)
