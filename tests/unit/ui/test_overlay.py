from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.assessment import within
from formcheck.core.geometry import Vec
from formcheck.core.measures import locate
from formcheck.core.values import JOINTS, Cue, Hold, Landmarks, Moment, Reason, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.testing import (
    hidden,
    kneeling,
    legs_flat,
    mirrored,
    placed,
    pushed_out,
    shaken,
    standing,
    supine,
    turned,
)
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.overlay import angles, footer, header, marks, skeleton
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Mark, Ring, Text, Tone
from tests.support.laws import between, slow_law
from tests.support.scenes import scene, watch
from tests.support.specs import KNEELING, SHIPPED, STANDING, SUPINE

ASPECTS = (0.5, 9 / 16, 0.75, 1.0, 4 / 3, 16 / 9, 2.2)
STRETCHES = {"kneeling_hip_flexor": kneeling(), "standing_psoas": standing(), "supine_psoas": supine()}


def last(body: Landmarks | None, lasting_s: float = 2.0) -> Moment:
    """The moment after watching somebody (or nobody) for a while, expecting the kneeling stretch."""
    return watch(KNEELING, scene((lasting_s, body if body is not None else ())))[-1]


def texts(drawn: list[Mark]) -> list[str]:
    return [mark.text for mark in drawn if isinstance(mark, Text)]


def ring(drawn: list[Mark]) -> Ring:
    (found,) = [mark for mark in drawn if isinstance(mark, Ring)]
    return found


def places(drawn: Sequence[Mark]) -> set[Vec]:
    lines = {end for mark in drawn if isinstance(mark, Line) for end in (mark.start, mark.end)}
    return lines | {mark.at for mark in drawn if isinstance(mark, Dot)}


def fitted(body: Landmarks, aspect: float) -> Landmarks:
    """The same body in a picture of another shape."""
    return placed({name: (point.x, point.y) for name, point in body.points.items()}, aspect=aspect)


def test_correct_form_says_hold_it_with_title_side_and_whole_seconds_of_the_goal() -> None:
    drawn = marks(last(kneeling(), 3.9), KNEELING, 16 / 9)
    shown = texts(drawn)
    assert "Kneeling hip flexor stretch, right side" in shown
    assert "Hold it" in shown
    assert "3" in shown
    assert "of 30 s" in shown
    assert ring(drawn).share == pytest.approx(3.8 / 30, abs=0.1 / 30)


def test_a_fault_says_adjust_with_an_exclamation_mark_and_its_cue() -> None:
    shown = texts(marks(last(kneeling(lean=22)), KNEELING, 16 / 9))
    assert "Adjust" in shown
    assert "!" in shown
    assert "Grow tall, chest over hips" in shown
    assert "! lean 22°" in shown


def test_another_pose_says_how_to_get_into_this_one() -> None:
    moment = last(supine())
    assert moment.assessment.status is Status.ELSEWHERE
    shown = texts(marks(moment, KNEELING, 16 / 9))
    assert "Getting ready" in shown
    assert KNEELING.posture in shown
    assert "…" in shown
    assert not [text for text in shown if "°" in text]


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        (None, Reason.NO_PERSON, "Nobody in the picture"),
        (turned(kneeling(), 80), Reason.VIEW, "Not side-on to the camera"),
        (pushed_out(kneeling(), "right_ankle"), Reason.OUT_OF_FRAME, "Part of you is out of the picture"),
        (hidden(kneeling(), "right_ankle"), Reason.HIDDEN, "Part of you is hidden"),
    ],
)
def test_what_cannot_be_seen_says_why_with_a_question_mark(body: Landmarks | None, reason: Reason, words: str) -> None:
    moment = last(body)
    assert moment.assessment.reason is reason
    shown = texts(marks(moment, KNEELING, 16 / 9))
    assert words in shown
    assert ("Turn side-on" if reason is Reason.VIEW else "Can't see") in shown
    assert "?" in shown
    assert not [text for text in shown if "°" in text]


def test_before_a_stretch_is_recognised_no_name_and_no_clock_is_shown() -> None:
    moment = watch(SHIPPED, scene((1.0, legs_flat())))[-1]
    assert not moment.recognised
    drawn = marks(moment, KNEELING, 16 / 9)
    assert "Waiting for a stretch" in texts(drawn)
    assert not [mark for mark in drawn if isinstance(mark, Ring)]
    assert not [text for text in texts(drawn) if "stretch, " in text or " s" in text[-2:]]


def test_every_status_has_its_own_words_sign_and_colour() -> None:
    moment = last(kneeling())
    seen = []
    for status in Status:
        drawn = header(replace(moment, assessment=replace(moment.assessment, status=status, reason=None)), KNEELING, 16 / 9)
        words = next(mark for mark in drawn if isinstance(mark, Text) and mark.bold and mark.anchor is Anchor.LEFT)
        signs = [mark.text for mark in drawn if isinstance(mark, Text) and mark.text in ("!", "?", "…")]
        ticks = [mark for mark in drawn if isinstance(mark, Line)]
        assert bool(signs) != bool(ticks)
        seen.append((words.text, words.tone, tuple(signs)))
    assert len({words for words, _, _ in seen}) == len({tone for _, tone, _ in seen}) == len({s for *_, s in seen}) == 4


def test_the_ring_is_full_at_the_goal_and_stays_so() -> None:
    moment = last(kneeling())
    assert ring(header(replace(moment, held_s=30.0), KNEELING, 16 / 9)).share == 1
    assert ring(header(replace(moment, held_s=44.0), KNEELING, 16 / 9)).share == 1
    assert ring(header(replace(moment, held_s=0.0), KNEELING, 16 / 9)).share == 0


def test_seconds_are_not_rounded_up() -> None:
    moment = last(kneeling())
    assert "29" in texts(header(replace(moment, held_s=29.99), KNEELING, 16 / 9))
    assert "30" in texts(header(replace(moment, held_s=29.9999999), KNEELING, 16 / 9))


def test_the_side_of_a_hold_stays_in_the_title_through_a_lapse() -> None:
    moment = last(kneeling())
    lapsed = replace(
        moment,
        assessment=replace(moment.assessment, status=Status.ELSEWHERE, side=None),
        hold=Hold(side=Side.LEFT, start_s=0, end_s=1, held_s=1),
    )
    assert "Kneeling hip flexor stretch, left side" in texts(header(lapsed, KNEELING, 16 / 9))


def test_the_cue_is_all_there_is_below() -> None:
    moment = last(kneeling())
    assert footer(replace(moment, cue=None), KNEELING, 16 / 9) == []
    assert texts(footer(replace(moment, cue=Cue(text="Grow tall")), KNEELING, 16 / 9)) == ["Grow tall"]


@pytest.mark.parametrize(
    ("body", "spec", "labels"),
    [
        (kneeling(), KNEELING, {"lean 2°", "hip 18°", "knee 70°", "knee 101°"}),
        (standing(), STANDING, {"lean 2°", "hip 20°", "knee 12°", "knee 36°"}),
        (supine(), SUPINE, {"hip 115°", "hip 0°", "knee 3°", "back 0°"}),
    ],
)
def test_angles_are_whole_degrees_beside_their_joints(body: Landmarks, spec: StretchSpec, labels: set[str]) -> None:
    for seen in (body, mirrored(body)):
        moment = watch(spec, scene((1.0, seen)))[-1]
        assert set(texts(angles(seen, moment.assessment, spec, 1))) == labels


def test_an_angle_earns_a_mark_exactly_outside_its_full_range() -> None:
    target = KNEELING.targets[0]
    assert within(target, target.full[0])
    assert within(target, target.full[1])
    assert not within(target, target.full[0] - 0.1)
    assert not within(target, target.full[1] + 0.1)


def test_no_angle_is_a_negative_zero() -> None:
    body = kneeling(lean=-0.2)
    moment = last(body)
    assert "lean 0°" in texts(angles(body, moment.assessment, KNEELING, 1))


@pytest.mark.parametrize("joint", JOINTS)
def test_an_unseen_joint_is_not_drawn(joint: str) -> None:
    whole = shaken(kneeling(), Random(1), 0.003)  # no two joints in one place
    assessment = last(whole).assessment
    at = locate(whole, {}, joint)
    assert (at in places(skeleton(whole, assessment, KNEELING))) is (joint not in ("nose", "left_ear", "right_ear"))
    assert at not in places(skeleton(hidden(whole, joint), assessment, KNEELING))
    assert at not in places(skeleton(pushed_out(whole, joint), assessment, KNEELING))


def test_nothing_of_the_body_is_drawn_where_nothing_is_seen() -> None:
    body = hidden(kneeling(), *JOINTS)
    assert skeleton(body, last(body).assessment, KNEELING) == []


def test_the_stretched_leg_is_drawn_thicker_and_in_the_colour_of_the_state() -> None:
    body = kneeling()
    drawn = [mark for mark in skeleton(body, last(body).assessment, KNEELING) if isinstance(mark, Line)]
    thick = {mark.start for mark in drawn if mark.width > 0.01}
    assert thick == {locate(body, {}, f"right_{part}") for part in ("hip", "knee", "ankle", "heel")}
    assert {mark.tone for mark in drawn if mark.width > 0.01} == {Tone.GOOD}


@pytest.mark.parametrize(
    ("body", "spec", "joints"),
    [
        (kneeling(lean=22), KNEELING, ("mid_hip", "mid_shoulder")),
        (kneeling(lean=-20), KNEELING, ("mid_hip", "mid_shoulder")),
        (kneeling(extension=0), KNEELING, ("right_hip", "right_knee")),
        (kneeling(neck=60), KNEELING, ("mid_shoulder", "mid_ear")),
        (standing(rear_knee=34), STANDING, ("right_hip", "right_knee", "right_ankle")),
        (supine(straight_knee=27), SUPINE, ("right_hip", "right_knee", "right_ankle")),
    ],
)
def test_what_is_at_fault_is_marked_and_nothing_else(body: Landmarks, spec: StretchSpec, joints: tuple[str, ...]) -> None:
    moment = watch(spec, scene((2.0, body)))[-1]
    assert moment.assessment.status is Status.ADJUST
    drawn = [mark for mark in skeleton(body, moment.assessment, spec) if isinstance(mark, Line)]
    places = [locate(body, {}, joint) for joint in joints]
    assert [(mark.start, mark.end) for mark in drawn if mark.tone is Tone.ADJUST] == list(pairwise(places))
    widest = max(drawn, key=lambda mark: mark.width)
    assert widest.tone is Tone.ADJUST
    assert {mark.tone for mark in drawn} == {Tone.ADJUST, Tone.PLAIN}


def test_the_body_hangs_together() -> None:
    """From any joint that is drawn, lines lead to every other one."""
    whole = shaken(kneeling(), Random(1), 0.003)
    lines = [mark for mark in skeleton(whole, last(whole).assessment, KNEELING) if isinstance(mark, Line)]
    halves = {"mid_hip": ("left_hip", "right_hip"), "mid_shoulder": ("left_shoulder", "right_shoulder")}
    links = [(mark.start, mark.end) for mark in lines]
    links += [(locate(whole, {}, mid), locate(whole, {}, end)) for mid, ends in halves.items() for end in ends]
    reached = {links[0][0]}
    while more := {b for a, b in [*links, *(link[::-1] for link in links)] if a in reached} - reached:
        reached |= more
    assert reached == {at for link in links for at in link}


def inside(mark: Text, aspect: float) -> bool:
    wide = text_metrics.width(mark.text, mark.size)
    start = mark.at[0] - {Anchor.LEFT: 0.0, Anchor.CENTRE: wide / 2, Anchor.RIGHT: wide}[mark.anchor]
    across = start >= 0 and start + wide <= aspect
    return across and mark.size / 2 <= mark.at[1] <= 1 - mark.size / 2


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_every_text_is_inside_the_picture(spec: StretchSpec, aspect: float) -> None:
    for facing_right in (True, False):
        body = fitted(STRETCHES[spec.name], aspect)
        moment = watch(spec, scene((1.0, body if facing_right else mirrored(body))))[-1]
        cues = [fault.cue for fault in spec.faults]
        states = [(Status.UNSEEN, reason) for reason in Reason] + [(status, None) for status in Status]
        for status, reason in states:
            shown = replace(
                moment,
                held_s=599.9,
                goal_s=600,
                cue=Cue(text=max(cues, key=len)),
                assessment=replace(moment.assessment, status=status, reason=reason),
            )
            outside = [mark for mark in marks(shown, spec, aspect) if isinstance(mark, Text) and not inside(mark, aspect)]
            assert outside == []


@slow_law
@given(st.sampled_from(SHIPPED), between(0.5, 2.2))
def test_texts_of_the_header_keep_clear_of_the_clock(spec: StretchSpec, aspect: float) -> None:
    body = fitted(STRETCHES[spec.name], aspect)
    drawn = header(watch(spec, scene((1.0, body)))[-1], spec, aspect)
    clock = ring(drawn)
    for mark in drawn:
        if isinstance(mark, Text) and mark.anchor is Anchor.LEFT:
            assert mark.at[0] + text_metrics.width(mark.text, mark.size) < clock.at[0] - clock.radius


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_ring_lies_within_the_picture(aspect: float) -> None:
    clock = ring(header(last(kneeling()), KNEELING, aspect))
    reach = clock.radius + clock.width / 2
    assert reach <= clock.at[0] <= aspect - reach
    assert reach <= clock.at[1] <= 1 - reach
