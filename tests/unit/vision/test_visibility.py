"""Visibility smoothed by time: at any rate of pictures it is what MediaPipe's filter tells at thirty a second."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.values import Landmarks
from formcheck.testing import supine
from formcheck.vision.engines.mediapipe.visibility import PICTURES_HZ, SHARE, SmoothedByTime

BODY = supine()
CHANCE = st.floats(0.0, 1.0)
GAPS_S = st.lists(st.floats(0.004, 2.0), min_size=1, max_size=30)
"""Seconds from a picture to the next: from 250 pictures a second to one in two seconds."""


def seen(visibility: float) -> Landmarks:
    return replace(BODY, points={name: replace(point, visibility=visibility) for name, point in BODY.points.items()})


def as_mediapipe_tells(network: Iterable[float]) -> list[float]:
    """Its own filter: the first value as it is, then a tenth of the way at each picture."""
    told: list[float] = []
    for says in network:
        told.append(says if not told else told[-1] + SHARE * (says - told[-1]))
    return told


def smoothed(told: Iterable[float], times_s: Iterable[float]) -> list[float]:
    by_time = SmoothedByTime()
    people = [by_time.next(seen(value), time_s) for value, time_s in zip(told, times_s, strict=True)]
    return [person.points["left_knee"].visibility for person in people if person is not None]


def at(gaps_s: Iterable[float]) -> list[float]:
    times_s = [0.0]
    for gap_s in gaps_s:
        times_s.append(times_s[-1] + gap_s)
    return times_s


@given(before=CHANCE, after=CHANCE, gaps_s=GAPS_S)
def test_a_leg_comes_into_sight_as_soon_at_any_rate(before: float, after: float, gaps_s: list[float]) -> None:
    times_s = at(gaps_s)
    told = as_mediapipe_tells([before, *(after for _ in gaps_s)])
    expected = [after + (before - after) * (1.0 - SHARE) ** (PICTURES_HZ * time_s) for time_s in times_s]
    assert smoothed(told, times_s) == pytest.approx(expected, abs=1e-9)


@given(network=st.lists(CHANCE, min_size=1, max_size=40))
def test_at_thirty_pictures_a_second_it_is_mediapipes_own(network: list[float]) -> None:
    told = as_mediapipe_tells(network)
    assert smoothed(told, (i / PICTURES_HZ for i in range(len(told)))) == pytest.approx(told, abs=1e-9)


@given(network=st.lists(CHANCE, min_size=1, max_size=20), data=st.data())
def test_it_is_a_probability(network: list[float], data: st.DataObject) -> None:
    """Also of values that no such filter told, as where it began anew unseen."""
    gaps_s = data.draw(st.lists(st.floats(0.0, 2.0), min_size=len(network) - 1, max_size=len(network) - 1))
    assert all(0.0 <= value <= 1.0 for value in smoothed(network, at(gaps_s)))


def test_who_was_lost_is_told_as_found_again() -> None:
    by_time = SmoothedByTime()
    by_time.next(seen(0.9), 0.0)
    assert by_time.next(None, 0.1) is None
    assert by_time.next(seen(0.2), 0.2) == seen(0.2)


def test_nothing_but_visibility_is_changed() -> None:
    by_time = SmoothedByTime()
    by_time.next(seen(0.9), 0.0)
    person = by_time.next(BODY, 0.1)
    assert person is not None
    where = {name: (point.x, point.y) for name, point in person.points.items()}
    assert where == {name: (point.x, point.y) for name, point in BODY.points.items()}
    assert (person.world, person.aspect) == (BODY.world, BODY.aspect)


def test_two_pictures_of_one_time() -> None:
    by_time = SmoothedByTime()
    by_time.next(seen(0.2), 0.0)
    assert by_time.next(seen(0.3), 0.0) == seen(0.2)
