"""A leg that leaps onto the other has been lost, one that is moved has not."""

from dataclasses import replace

import pytest

from formcheck.analysis.view.leg_occlusion import LegOcclusion
from formcheck.core.measures import MeasuredBody
from formcheck.core.values import Landmarks, Reason, Status
from formcheck.testing import Leg, knees_hugged, legs_flat, lying, supine
from tests.support.scenes import FPS, Scene, holds, scene, watch
from tests.support.specs import SHIPPED, SUPINE

LEG = ("knee", "ankle", "heel", "toe")


def dropped(body: Landmarks) -> Landmarks:
    """What the engine reports once it has lost the right leg: both legs where the left one is."""
    points = dict(body.points)
    for part in LEG:
        points[f"right_{part}"] = replace(points[f"left_{part}"], visibility=0.9)
    return replace(body, points=points)


def folded(shots: Scene) -> list[Landmarks]:
    legs, seen = LegOcclusion(), []
    for time_s, (person,) in shots:
        legs, shown = legs.seen(MeasuredBody(person), time_s)
        seen.append(shown.landmarks)
    return seen


def between(start: tuple[float, float], end: tuple[float, float], lasting_s: float) -> Scene:
    """The left hip and knee go from one bend to another while the right leg lies straight."""
    count = max(1, round(lasting_s * FPS))
    bends = [tuple(a + (b - a) * i / count for a, b in zip(start, end, strict=True)) for i in range(count + 1)]
    return [(i / FPS, (lying(Leg(hip=hip, knee=knee), Leg(hip=0, knee=3)),)) for i, (hip, knee) in enumerate(bends)]


def test_a_leg_that_leaps_is_hidden_where_it_was() -> None:
    before = supine()
    last = folded(scene((1, before), (1, dropped(before))))[-1]
    for part in LEG:
        point, was = last.points[f"right_{part}"], before.points[f"right_{part}"]
        assert [point.x, point.y, point.visibility] == pytest.approx([was.x, was.y, 0.0])
        assert last.points[f"left_{part}"] == before.points[f"left_{part}"]


def test_a_lost_leg_is_unseen_never_elsewhere_or_wrong() -> None:
    moments = watch(SHIPPED, scene((3, supine()), (3, dropped(supine()))))[-int(2 * FPS) :]
    assert {(moment.assessment.status, moment.assessment.reason) for moment in moments} == {(Status.UNSEEN, Reason.HIDDEN)}


def test_a_leg_that_is_found_again_goes_on_holding() -> None:
    (hold, *more) = holds(SUPINE, scene((3, supine()), (0.6, dropped(supine())), (3, supine())))[SUPINE.name]
    assert not more
    assert hold.held_s == pytest.approx(6.0, abs=0.5)


def test_a_single_frame_apart_does_not_find_it() -> None:
    flicker = scene((1, supine()), (1, dropped(supine())), (1 / FPS, supine()), (0.5, dropped(supine())))
    assert folded(flicker)[-1].points["right_knee"].visibility == 0.0


@pytest.mark.parametrize("lasting_s", [0.4, 0.8, 1.5])
def test_a_knee_let_down_beside_the_other_leg_is_no_leap(lasting_s: float) -> None:
    for person in folded(between((115, 125), (0, 3), lasting_s)):
        assert person.points["left_knee"].visibility > 0


def test_a_leg_drawn_up_beside_the_other_is_no_leap() -> None:
    count = round(0.9 * FPS)
    steps = [lying(Leg(hip=115, knee=125), Leg(hip=115 * i / count, knee=125 * i / count)) for i in range(count + 1)]
    shots: Scene = [(i / FPS, (body,)) for i, body in enumerate(steps)]
    assert all(person.points["right_knee"].visibility > 0 for person in folded(shots))


@pytest.mark.parametrize("body", [legs_flat(), knees_hugged()])
def test_legs_that_lie_together_are_left_alone(body: Landmarks) -> None:
    assert folded(scene((2, body))) == [body] * round(2 * FPS)
