"""The eight orientations as laws, and the ways in which files state them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import FormcheckError
from formcheck.vision.orientation import AS_STORED, EXIF, Orientation, of_display_matrix, requested
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions
from tests.support.laws import law

EIGHT = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]
orientations = st.sampled_from(EIGHT)
PICTURE = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)

# Where the first row and the first column of the stored picture are shown, as the standard says it (EXIF 2.3, tag 274).
EXIF_SAYS = {
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}


@law
@given(orientations, orientations)
def test_one_after_the_other_is_one(first: Orientation, second: Orientation) -> None:
    assert (first.then(second).upright(PICTURE) == second.upright(first.upright(PICTURE))).all()


@law
@given(orientations)
def test_what_is_undone_is_as_stored(one: Orientation) -> None:
    assert one.then(one.inverse) == one.inverse.then(one) == AS_STORED


def test_they_are_eight_and_all_differ() -> None:
    shown = {(one.upright(PICTURE).shape, one.upright(PICTURE).tobytes()) for one in EIGHT}
    assert len(shown) == 8
    assert set(EXIF.values()) == set(EIGHT)
    for one in EIGHT:
        assert one.upright(PICTURE).flags["C_CONTIGUOUS"]
        assert (one.upright(PICTURE).shape[:2] == (3, 2)) is one.on_its_side


@pytest.mark.parametrize("number", EXIF)
def test_photographs_state_them_as_the_standard_has_it(number: int) -> None:
    stored = np.zeros((4, 6), np.uint8)
    stored[0, :], stored[:, 0] = 1, 2  # the row, and the column over it
    shown = EXIF[number].upright(stored)
    edges = {"top": shown[0], "bottom": shown[-1], "left": shown[:, 0], "right": shown[:, -1]}
    row, column = EXIF_SAYS[number]
    assert sorted(edges[row])[1:-1] == [1] * (len(edges[row]) - 2)
    assert set(edges[column]) == {2}


@law
@given(orientations, st.floats(0.01, 4.0), st.floats(0.01, 4.0), st.floats(-0.7, 0.7))
def test_a_display_matrix_is_the_nearest_of_them(one: Orientation, wide: float, high: float, tilt: float) -> None:
    """Whatever it does beside: it may stretch, and be askew."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[one.quarter_turns]
    to_x, to_y = np.array([cos, -sin]), np.array([sin, cos])
    if one.mirrored:
        to_x = -to_x
    x, y = wide * to_x, high * to_y
    if wide == high:
        x, y = np.cos(tilt) * x - np.sin(tilt) * y, np.sin(tilt) * x + np.cos(tilt) * y
    (a, c), (b, d) = (np.round(x * 65536).astype(int), np.round(y * 65536).astype(int))
    assert of_display_matrix([a, b, 0, c, d, 0, 0, 0, 1 << 30]) == one


@pytest.mark.parametrize("matrix", [[0] * 9, [1, 0, 0, 0, 0, 0, 0, 0, 1], [1, 1, 0, 1, 1, 0, 0, 0, 1], [], [1, 2, 3, 4]])
def test_what_is_no_orientation_leaves_pictures_as_stored(matrix: list[int]) -> None:
    assert of_display_matrix(matrix) == AS_STORED


def test_a_person_asks_clockwise_and_as_seen() -> None:
    assert (requested(90, mirror=False).upright(PICTURE) == np.rot90(PICTURE, -1)).all()
    assert (requested(90, mirror=True).upright(PICTURE) == np.rot90(PICTURE, -1)[:, ::-1]).all()
    assert requested(0, mirror=False) == AS_STORED
    for wrong in (45, 360, -90):
        with pytest.raises(FormcheckError, match="90, 180 or 270"):
            requested(wrong, mirror=False)


@pytest.mark.parametrize("no", [False, 0, np.False_])
def test_a_no_of_any_kind_mirrors_nothing(no: bool) -> None:
    assert ReadOptions.of(mirror=no) == AS_IT_IS


@pytest.mark.parametrize("yes", [True, 1, np.True_])
def test_a_yes_of_any_kind_mirrors_back_what_is_mirrored(yes: bool) -> None:
    asked = ReadOptions.of(mirror=yes).orientation
    assert asked.then(asked) == AS_STORED
    assert asked.mirrored is True
