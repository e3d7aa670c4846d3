from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest

from formcheck.core.geometry import Vec, distance
from formcheck.core.measures import MeasuredBody, locate, size_of
from formcheck.core.values import JOINTS, Landmarks, Moment, Status
from formcheck.stretches import StretchSpec
from formcheck.testing import hidden, kneeling, pushed_out, scaled, shaken, standing, supine
from formcheck.ui.drawing.areas import head_centre
from formcheck.ui.drawing.overlay import skeleton
from formcheck.ui.drawing.shapes import Dot, Line, Mark, Tone
from tests.support.scenes import scene, watch
from tests.support.specs import KNEELING, STANDING, SUPINE


def last(body: Landmarks) -> Moment:
    """The moment after watching somebody for a while, expecting the kneeling stretch."""
    return watch(KNEELING, scene((2.0, body)))[-1]


def places(drawn: Sequence[Mark]) -> set[Vec]:
    lines = {end for mark in drawn if isinstance(mark, Line) for end in (mark.start, mark.end)}
    return lines | {mark.at for mark in drawn if isinstance(mark, Dot)}


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
    thin = sorted(mark.width for mark in drawn)[len(drawn) // 2]
    thick = {mark.start for mark in drawn if mark.width > 1.2 * thin}
    assert thick == {locate(body, {}, f"right_{part}") for part in ("hip", "knee", "ankle", "heel")}
    assert {mark.tone for mark in drawn if mark.width > 1.2 * thin} == {Tone.GOOD}
    assert {mark.tone for mark in drawn if mark.width <= 1.2 * thin} == {Tone.PLAIN}


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


def is_rim(mark: Line, body: Landmarks) -> bool:
    """Whether a line is one of those that make up the head: its ends are as far from the middle of it."""
    middle = head_centre(MeasuredBody(body))
    assert middle is not None
    radius = 0.235 * size_of(body)
    return all(abs(distance(middle, end) - radius) < 1e-9 for end in (mark.start, mark.end))


@pytest.mark.parametrize("factor", [0.3, 0.6, 1.0])
@pytest.mark.parametrize("body", [kneeling(), standing(), supine()])
def test_the_head_leaves_the_face_free_and_grows_with_the_body(body: Landmarks, factor: float) -> None:
    person = scaled(body, factor)
    drawn = skeleton(person, last(person).assessment, KNEELING)
    rim = [mark for mark in drawn if isinstance(mark, Line) and is_rim(mark, person)]
    assert {mark.start for mark in rim} == {mark.end for mark in rim}
    assert len(rim) >= 12
    nose = locate(person, {}, "nose")
    assert not [mark for mark in drawn if isinstance(mark, Dot) and distance(mark.at, nose) < 2 * mark.radius]


def test_the_body_hangs_together() -> None:
    """From any joint that is drawn, lines lead to every other one; the head is round the end of the neck."""
    whole = shaken(kneeling(), Random(1), 0.003)
    lines = [mark for mark in skeleton(whole, last(whole).assessment, KNEELING) if isinstance(mark, Line)]
    halves = {"mid_hip": ("left_hip", "right_hip"), "mid_shoulder": ("left_shoulder", "right_shoulder")}
    links = [(mark.start, mark.end) for mark in lines]
    ear = locate(whole, {}, "mid_ear")
    links += [(ear, mark.start) for mark in lines if is_rim(mark, whole)]
    links += [(locate(whole, {}, mid), locate(whole, {}, end)) for mid, ends in halves.items() for end in ends]
    reached = {links[0][0]}
    while more := {b for a, b in [*links, *(link[::-1] for link in links)] if a in reached} - reached:
        reached |= more
    assert reached == {at for link in links for at in link}
