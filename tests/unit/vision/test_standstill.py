"""Which pictures are those of a camera that stands still, and which are a true clip's."""

from hypothesis import given
from hypothesis import strategies as st

from formcheck.vision.sampling.standstill import IN_ANY_CASE_S, REPEATS_S, STANDS_STILL_S, without_standstill

FPS = 20


def left_of(*parts: tuple[float, bool]) -> list[int]:
    """The numbers of the pictures that are left of so many seconds of pictures that are, or are not, as the one before."""
    frames = [same for lasting_s, same in parts for _ in range(round(lasting_s * FPS))]
    found = list(without_standstill((i / FPS, same, i) for i, same in enumerate(frames)))
    assert all(time_s == i / FPS for time_s, i in found)
    return [i for _, i in found]


def test_a_camera_that_stands_still_shows_nothing_from_its_last_new_picture_on() -> None:
    assert left_of((3.0, False), (4.0, True), (1.0, False)) == [*range(3 * FPS), *range(7 * FPS, 8 * FPS)]


def test_it_may_stand_still_to_the_end_and_more_than_once() -> None:
    found = left_of((3.0, False), (3.0, True), (2.0, False), (3.0, True))
    assert found == [*range(3 * FPS), *range(6 * FPS, 8 * FPS)]


@given(st.lists(st.floats(0.0, STANDS_STILL_S - 0.1), max_size=8))
def test_pictures_that_are_the_same_for_less_than_two_seconds_stay(lasting_s: list[float]) -> None:
    parts = [part for one in lasting_s for part in ((0.5, False), (one, True))]
    assert left_of(*parts) == list(range(sum(round(one * FPS) for one, _ in parts)))


def test_where_an_encoder_smoothed_the_noise_away_before_it_takes_longer() -> None:
    smooth = [(1.0, False), (REPEATS_S + 0.3, True), (1.0, False)]
    whole = sum(round(one * FPS) for one, _ in smooth)
    assert len(left_of(*smooth, (IN_ANY_CASE_S - 0.5, True))) == whole + round((IN_ANY_CASE_S - 0.5) * FPS)
    assert len(left_of(*smooth, (IN_ANY_CASE_S + 0.5, True))) == whole


def test_a_clip_of_one_picture_alone_stands_still() -> None:
    assert left_of((0.05, False), (11.0, True)) == [0]


def test_every_picture_twice_is_no_standstill_and_hides_none() -> None:
    twice = [(1 / FPS, same) for _ in range(2 * FPS) for same in (False, True)]
    assert left_of(*twice) == list(range(4 * FPS))
    assert left_of(*twice, (3.0, True)) == list(range(4 * FPS - 1))
