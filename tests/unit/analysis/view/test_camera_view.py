from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.view.camera_view import (
    ViewState,
    square_on,
    too_far,
    yaw_of,
)
from formcheck.core.engine_traits import DEFAULT_TRAITS as TRAITS
from formcheck.core.measures import MEASURES, locate, measure
from formcheck.core.values import Landmarks, Point, Side, View
from formcheck.testing import (
    hidden,
    kneeling,
    mirrored,
    moved,
    scaled,
    shifted,
    shoulder_line,
    standing,
    supine,
    trunk_length,
    turned,
)
from formcheck.vision.sampling.fusion import fused
from tests.support.laws import between, law
from tests.support.scenes import Scene, scene

BODY = kneeling()

bodies = st.sampled_from([kneeling(), standing(), supine()])


def views(shots: Scene) -> list[View]:
    looking, seen = ViewState(), []
    for time_s, people in shots:
        looking, view = looking.seen(people[0], time_s)
        seen.append(view)
    return seen


def yaw(body: Landmarks) -> float:
    found = yaw_of(body)
    assert found is not None
    return found


@law
@given(bodies, between(-45, 45))
def test_the_yaw_of_a_turned_body_is_told(body: Landmarks, by: float) -> None:
    # A trunk that leans a little is foreshortened a little by the turn, and the shoulders seem further apart.
    assert yaw(turned(body, by)) == pytest.approx(by, abs=1.0)


@law
@given(bodies, between(-75, 75), between(-75, 75))
def test_more_turned_never_reads_less(body: Landmarks, one: float, other: float) -> None:
    less, more = (yaw(turned(body, by)) for by in sorted((one, other)))
    assert -90 <= less <= more + 1e-9 <= 90 + 1e-6


@law
@given(bodies, between(-75, 75))
def test_a_mirror_does_not_change_the_yaw(body: Landmarks, by: float) -> None:
    assert yaw(mirrored(turned(body, by))) == pytest.approx(yaw(turned(body, by)))


@pytest.mark.parametrize("by", [-45, -30, 30, 45])
def test_raised_arms_draw_the_shoulders_together_and_change_no_yaw(by: float) -> None:
    body = turned(BODY, by)
    middle, up = locate(body, {}, "mid_shoulder"), 0.5 * trunk_length(body)
    closer = TRAITS.shoulders_arms_up / TRAITS.shoulders

    def raised(name: str, point: Point) -> Point:
        if name.endswith("shoulder"):
            return replace(point, x=middle[0] + closer * (point.x - middle[0]))
        return replace(point, x=middle[0], y=middle[1] + up) if name.endswith("elbow") else point

    assert yaw(moved(body, raised)) == pytest.approx(by, abs=1)
    unseen = hidden(moved(body, raised), "left_elbow", "right_elbow")
    assert abs(yaw(unseen)) < abs(by) - 5  # then the arms are taken to hang


def test_showing_the_front_is_positive_and_showing_the_back_negative() -> None:
    assert yaw(turned(BODY, 90)) == pytest.approx(90)
    assert yaw(turned(BODY, -90)) == pytest.approx(-90)
    assert yaw(BODY) == 0


def test_the_two_estimates_are_averaged() -> None:
    assert yaw(replace(BODY, world=shoulder_line(30))) == pytest.approx(12)  # two fifths of 30, and of 0 the rest


def test_without_a_trunk_the_yaw_is_unknown_and_nothing_can_be_judged() -> None:
    body = moved(BODY, lambda _, point: replace(point, x=0.5, y=0.5))
    assert yaw_of(body) is None
    (view,) = views(scene((0.05, body)))
    assert view.yaw is None
    assert view.unusable
    assert not view.oblique


@pytest.mark.parametrize("by", [-60, -30, 0, 30, 60])
def test_without_world_landmarks_the_shoulders_in_the_picture_alone_tell_the_yaw(by: float) -> None:
    """Other programs' landmarks have no depth."""
    body = replace(turned(BODY, by), world={})
    assert yaw(body) == pytest.approx(by, abs=8)
    (view,) = views(scene((0.05, body)))
    assert view.unusable is (abs(by) > 45)


@law
@given(bodies, between(-35, 35))
def test_squared_on_a_turned_body_measures_as_from_the_side(body: Landmarks, by: float) -> None:
    roles = {"rear": Side.RIGHT, "front": Side.LEFT, "straight": Side.RIGHT, "bent": Side.LEFT}
    squared = square_on(turned(body, by), by)
    for name, row in MEASURES.items():
        assert measure(row, squared, roles, 1) == pytest.approx(measure(row, body, roles, 1), abs=1e-6), name


@law
@given(bodies, between(-60, 60))
def test_squared_on_both_looks_are_squared_on(body: Landmarks, by: float) -> None:
    looks = [shifted(body, -0.01, 0.02), shifted(body, 0.01, -0.02)]
    squared, *each = (square_on(person, by) for person in (fused(*looks), *looks))
    for name, (x, y) in squared.spread.items():
        first, second = (person.points[name] for person in each)
        assert [abs(x), abs(y)] == pytest.approx([abs(second.x - first.x) / 2, abs(second.y - first.y) / 2])


@law
@given(bodies, between(-90, 90))
def test_squaring_on_keeps_what_is_inside_the_picture_inside(body: Landmarks, by: float) -> None:
    squared = square_on(body, by)
    for name, point in body.points.items():
        assert squared.points[name].x / squared.aspect == pytest.approx(point.x / body.aspect)
        assert squared.points[name].y == point.y


def test_squaring_on_a_side_view_changes_nothing() -> None:
    assert square_on(BODY, 0.0) == BODY


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize(
    ("by", "oblique", "unusable"),
    [(0, False, False), (16, False, False), (21, True, False), (30, True, False), (37, True, False), (42, False, True)],
)
def test_warn_before_refusing_to_both_ways(by: float, way: int, oblique: bool, unusable: bool) -> None:
    view = views(scene((2, turned(BODY, way * by))))[-1]
    assert (view.oblique, view.unusable) == (oblique, unusable)


def test_a_frontal_view_is_refused_from_the_first_frame() -> None:
    assert views(scene((0.05, turned(BODY, 80))))[0].unusable


def test_between_the_two_limits_the_verdict_stays_as_it_was() -> None:
    between_limits = turned(BODY, (TRAITS.unusable_from_deg + TRAITS.usable_below_deg) / 2)
    opened, closed = turned(BODY, TRAITS.oblique_from_deg), turned(BODY, 60)
    assert TRAITS.usable_below_deg < yaw(between_limits) < TRAITS.unusable_from_deg
    assert not views(scene((3, opened), (3, between_limits)))[-1].unusable
    assert views(scene((3, closed), (3, between_limits)))[-1].unusable
    assert not views(scene((3, closed), (3, turned(BODY, TRAITS.usable_below_deg - 2))))[-1].unusable


def test_a_few_wild_frames_do_not_close_the_view() -> None:
    seen = views(scene((2, BODY), (0.15, turned(BODY, 90)), (1, BODY)))
    assert not any(view.unusable or view.oblique for view in seen)


def test_which_way_the_person_faces_survives_single_frames_and_follows_a_turn() -> None:
    other_way = mirrored(BODY)
    assert {view.facing for view in views(scene((2, BODY), (0.15, other_way), (1, BODY)))} == {1}
    turned_round = views(scene((2, BODY), (1, other_way)))
    assert turned_round[-1].facing == -1
    assert turned_round[0].facing == 1


def test_lying_with_the_head_on_the_left_faces_right() -> None:
    assert views(scene((0.5, supine())))[-1].facing == 1
    assert views(scene((0.5, mirrored(supine()))))[-1].facing == -1


@pytest.mark.parametrize("body", [kneeling(), supine()])
def test_too_far_is_told_by_the_longest_of_trunk_and_thighs(body: Landmarks) -> None:
    longest = max(trunk_length(body), trunk_length(body) * 0.429 / 0.504)
    assert too_far(scaled(body, 0.99 * TRAITS.smallest_person / longest))
    assert not too_far(scaled(body, 1.01 * TRAITS.smallest_person / longest))


def test_a_trunk_that_points_at_the_camera_is_not_far_away() -> None:
    body = kneeling()
    folded = replace(
        body,
        points={
            name: replace(point, x=body.points["right_hip"].x, y=body.points["right_hip"].y) if "shoulder" in name else point
            for name, point in body.points.items()
        },
    )
    assert not too_far(folded)
