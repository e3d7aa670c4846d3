"""Two clips against each other: which sides, from which moment on, and what counts as a difference."""

import re
from dataclasses import replace
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.scoring.comparison import ClipComparison, Difference, Onset, compare
from formcheck.analysis.scoring.document import MeasureEntry
from formcheck.analysis.scoring.result import Result
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.testing import kneeling, mirrored, supine, upright
from tests.support.laws import between, law
from tests.support.reports import reported
from tests.support.scenes import Scene, scene
from tests.support.specs import KNEELING, SHIPPED
from tests.support.strength import PLANK, plank

HIP = "rear_hip_extension"
MIRRORED = {Difference.SAME: Difference.SAME, Difference.MORE: Difference.LESS, Difference.LESS: Difference.MORE}


def scored(shots: Scene, *, still: bool = False) -> Result:
    part = reported(KNEELING, shots, still=still)
    return replace(part.result, track=part.track)


RIGHT = scored(scene((2, upright()), (5, kneeling())))
LEFT = scored(scene((1, upright()), (4, mirrored(kneeling()))))
BOTH = scored(scene((3, mirrored(kneeling(extension=40))), (2, upright()), (4, kneeling(extension=15))))
ONE = {one.measure: one for one in RIGHT.document.measures}


def with_hip(degrees: float, error_deg: float) -> Result:
    """A clip in which the hip reads so, and nothing else is read."""
    return with_measures([ONE[HIP].model_copy(update={"median": degrees, "error_deg": error_deg})])


def with_measures(measures: list[MeasureEntry]) -> Result:
    return replace(RIGHT, document=RIGHT.document.model_copy(update={"measures": measures}))


def hip(found: ClipComparison) -> tuple[float, Difference]:
    (one,) = [one for one in found.differences if one.measure == HIP]
    return one.a_minus_b_deg, one.difference


@pytest.mark.parametrize("result", [RIGHT, LEFT, BOTH], ids=["right", "left", "both"])
def test_a_clip_is_the_same_as_itself(result: Result) -> None:
    found = compare(result, result)
    assert {(one.a_minus_b_deg, one.difference) for one in found.differences} == {(0, Difference.SAME)}
    assert len(found.differences) == len(result.document.measures)
    assert [pair.a for pair in found.document.pairs] == [pair.b for pair in found.document.pairs]


degrees, errors = between(-90, 150), between(0.1, 40)


@law
@given(degrees, degrees, errors, errors)
def test_b_against_a_is_the_mirror_of_a_against_b(a_deg: float, b_deg: float, a_error: float, b_error: float) -> None:
    a, b = with_hip(round(a_deg, 1), a_error), with_hip(round(b_deg, 1), b_error)
    apart, told = hip(compare(a, b))
    assert hip(compare(b, a)) == (-apart, MIRRORED[told])


@law
@given(degrees, errors, errors, st.sampled_from([1, -1]), between(0.2, 50))
def test_what_is_more_than_both_errors_is_told_and_what_is_less_is_not(
    at_deg: float, a_error: float, b_error: float, sign: int, beyond: float
) -> None:
    both, other = hypot(a_error, b_error), with_hip(at_deg, b_error)
    more, less = (at_deg + sign * max(0.0, both + by) for by in (beyond, -beyond))
    assert hip(compare(with_hip(more, a_error), other))[1] is (Difference.MORE if sign > 0 else Difference.LESS)
    assert hip(compare(with_hip(less, a_error), other))[1] is Difference.SAME


def test_the_same_rule_tells_left_from_right_and_one_clip_from_another() -> None:
    (apart,) = [one for one in BOTH.document.sides_apart if one.measure == HIP]
    of_hip = {one.side: one for one in BOTH.document.measures if one.measure == HIP}
    left, right = (with_measures([of_hip[side].model_copy(update={"side": Side.RIGHT})]) for side in (Side.LEFT, Side.RIGHT))
    (one,) = compare(left, right).differences
    assert (one.a_minus_b_deg, one.error_deg) == (apart.left_minus_right_deg, apart.error_deg)
    assert (one.difference is Difference.SAME) is not apart.told_apart


def test_left_is_compared_with_left_and_from_the_onset_of_its_first_hold() -> None:
    found = compare(BOTH, RIGHT)
    (pair,) = found.document.pairs
    assert (pair.a.side, pair.b.side) == (Side.RIGHT, Side.RIGHT)
    for result, one in ((BOTH, pair.a), (RIGHT, pair.b)):
        assert (one.onset, one.onset_s) == (Onset.HOLD, next(at.start_s for at in result.holds if at.side is Side.RIGHT))
    assert {one.side_a for one in found.differences} == {Side.RIGHT}
    assert [(pair.a.side, pair.b.side) for pair in compare(BOTH, BOTH).document.pairs] == [(side, side) for side in Side]


def test_where_each_shows_another_side_alone_these_are_compared() -> None:
    found = compare(LEFT, RIGHT)
    assert [(pair.a.side, pair.b.side) for pair in found.document.pairs] == [(Side.LEFT, Side.RIGHT)]
    assert {(one.side_a, one.side_b) for one in found.differences} == {(Side.LEFT, Side.RIGHT)}
    assert {one.difference for one in found.differences} == {Difference.SAME}


def test_without_a_hold_the_moment_nearest_to_form_is_taken_and_medians_are_over_the_stretch() -> None:
    far = kneeling(lean=40, extension=-5)
    leaning = scored(scene((1, upright()), (3, far), (2, kneeling(lean=22)), (3, far)))
    found = compare(leaning, RIGHT)
    (pair,) = found.document.pairs
    assert pair.a.onset is Onset.NEAREST
    assert 4 <= pair.a.onset_s <= 6.5
    assert pair.b.onset is Onset.HOLD
    lean = {one.measure: one for one in found.differences}["trunk_inclination"]
    of_b = {one.measure: one for one in RIGHT.document.measures}["trunk_inclination"]
    assert not lean.in_form
    assert (lean.b, lean.difference) == (of_b.median_in_shape, Difference.MORE)
    (unknown,) = compare(replace(leaning, track=None), RIGHT).document.pairs
    assert (unknown.a.onset, unknown.a.onset_s) == (Onset.BEGINNING, 0)


def test_a_photo_is_compared_with_a_clip_and_with_a_photo() -> None:
    photo = scored([(0.0, (kneeling(extension=60),))], still=True)
    for other in (RIGHT, photo):
        found = compare(photo, other)
        (pair,) = found.document.pairs
        assert (pair.a.onset, pair.a.onset_s) == (Onset.PHOTO, 0)
        assert len(found.differences) == len(KNEELING.targets)
    assert hip(compare(photo, RIGHT))[1] is Difference.MORE


def test_where_both_legs_do_the_same_there_is_one_pair_without_a_side() -> None:
    part = reported(PLANK, scene((8, plank())))
    found = compare(part.result, part.result)
    assert [(pair.a.side, pair.b.side) for pair in found.document.pairs] == [(None, None)]
    assert found.differences


def test_what_was_read_in_one_of_them_alone_is_left_out() -> None:
    found = compare(RIGHT, with_measures([ONE[HIP]]))
    assert [one.measure for one in found.differences] == [HIP]


@pytest.mark.parametrize(
    ("shots", "said"),
    [
        (scene((3, ())), "shows no stretch"),
        (scene((3, upright())), "shows no stretch"),
        (scene((5, supine())), "shows the Kneeling hip flexor stretch, and clip.mp4 the Supine psoas stretch"),
    ],
    ids=["nobody", "no stretch", "another stretch"],
)
def test_what_cannot_be_compared_is_told(shots: Scene, said: str) -> None:
    other = reported(SHIPPED, shots).result
    with pytest.raises(FormcheckError, match=said):
        compare(RIGHT, other)


def test_an_expected_stretch_that_nobody_gets_into_cannot_be_compared() -> None:
    with pytest.raises(FormcheckError, match=re.escape("nobody gets into the Kneeling hip flexor stretch")):
        compare(scored(scene((3, upright()))), RIGHT)


def test_the_document_has_both_documents_as_they_are() -> None:
    found = compare(BOTH, RIGHT).to_dict()
    assert (found["a"], found["b"]) == (BOTH.to_dict(), RIGHT.to_dict())
    assert found["schema_version"] == 1
    assert found["pose"] == KNEELING.name
