import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.measures import facing_evidence
from formcheck.core.values import JOINTS, Landmarks, Point, Side
from formcheck.testing import LEG, hidden, kneeling, mirrored, moved, rolled, scaled, shifted, standing, supine, upright
from tests.support import worked
from tests.support.laws import between, law

FACE = ("nose", "left_ear", "right_ear")
LEGS = [f"{side}_{part}" for side in Side for part in LEG if part != "hip"]

bodies = st.sampled_from([kneeling(), standing(), supine(), upright()])


@law
@given(bodies)
def test_the_mirrored_body_gives_the_opposite_evidence(body: Landmarks) -> None:
    assert facing_evidence(body) > 0.1
    assert facing_evidence(mirrored(body)) == pytest.approx(-facing_evidence(body))


@law
@given(bodies, between(0.1, 1.0), between(-0.05, 0.05), between(-180, 180))
def test_neither_size_nor_place_nor_a_turn_in_the_picture_changes_the_evidence(
    body: Landmarks, factor: float, right: float, angle: float
) -> None:
    small = scaled(body, 0.5)
    assert facing_evidence(shifted(rolled(scaled(small, factor), angle), right)) == pytest.approx(facing_evidence(small))


@worked.needed
@pytest.mark.parametrize("pose", worked.poses("kneeling", "supine", "standing"), ids=str)
def test_all_worked_poses_face_right(pose: worked.Worked) -> None:
    assert facing_evidence(pose.body) > 0.1


@pytest.mark.parametrize("body", [kneeling(), standing(), supine()])
def test_the_legs_tell_without_a_face_and_the_face_without_legs(body: Landmarks) -> None:
    assert facing_evidence(hidden(body, *FACE)) > 0.1
    assert facing_evidence(hidden(body, *LEGS)) > 0.1


def test_a_rear_foot_that_points_backwards_does_not_turn_the_person_round() -> None:
    assert kneeling().points["right_toe"].x < kneeling().points["right_heel"].x
    assert facing_evidence(kneeling()) > 1
    assert facing_evidence(hidden(kneeling(), "left_heel", "left_toe")) > 1


def test_nothing_seen_tells_nothing() -> None:
    assert facing_evidence(hidden(kneeling(), *JOINTS)) == 0


def test_a_body_without_extent_tells_nothing() -> None:
    assert facing_evidence(moved(kneeling(), lambda _, __: Point(x=0.5, y=0.5, visibility=1.0))) == 0
