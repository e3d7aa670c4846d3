from collections.abc import Sequence
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.view.subject import GONE_S, IDLE_S, LOST_S, SubjectState, _centre, _same
from formcheck.core.geometry import distance
from formcheck.core.measures import MeasuredBody, size_of
from formcheck.core.values import Landmarks
from formcheck.testing import kneeling, mirrored, scaled, shifted, upright
from tests.support.laws import between, law

STEP_S = 0.1
LEFT, RIGHT = -0.5, 0.5


def idle(at: float = 0.0, size: float = 0.5) -> Landmarks:
    return shifted(scaled(upright(), size), at)


def stretching(at: float = 0.0, size: float = 0.5) -> Landmarks:
    return shifted(scaled(kneeling(), size), at)


def doing(person: Landmarks) -> bool:
    """Whether the knees are apart."""
    return abs(person.points["left_knee"].x - person.points["right_knee"].x) > 0.01


def chosen(state: SubjectState, people: Sequence[Landmarks], time_s: float) -> tuple[SubjectState, Landmarks | None]:
    """The next state, and who of `people` is followed."""
    bodies = [MeasuredBody(person) for person in people]
    state, body = state.choose(bodies, lambda body: doing(body.landmarks), time_s)
    return state, body.landmarks if body is not None else None


class Watch:
    """Follows over time; `people` are told at every step."""

    def __init__(self) -> None:
        self.state = SubjectState()
        self.time_s = 0.0

    def see(self, lasting_s: float, *people: Landmarks) -> Landmarks | None:
        person = None
        for _ in range(max(1, round(lasting_s / STEP_S))):
            self.state, person = chosen(self.state, people, self.time_s)
            self.time_s += STEP_S
        return person


def test_nobody_is_nobody() -> None:
    assert Watch().see(1) is None


def test_the_one_in_a_stretch_is_preferred_to_a_larger_one_who_stands_by() -> None:
    small, large = stretching(LEFT, 0.3), idle(RIGHT, 0.9)
    assert Watch().see(0, large, small) is small
    assert Watch().see(0, small, large) is small


def test_of_two_alike_the_larger_one_is_followed() -> None:
    near, far = idle(LEFT, 0.8), idle(RIGHT, 0.4)
    assert Watch().see(0, far, near) is near


@law
@given(st.permutations(["mine", "larger", "stretching too"]))
def test_who_is_followed_stays_followed_in_whatever_order_people_are_reported(order: list[str]) -> None:
    people = {"mine": stretching(), "larger": idle(LEFT, 0.9), "stretching too": stretching(RIGHT, 0.9)}
    watch = Watch()
    watch.see(1, people["mine"])
    assert watch.see(5, *(people[name] for name in order)) is people["mine"]


def test_a_passer_by_does_not_steal_the_camera() -> None:
    watch, person = Watch(), stretching()
    watch.see(1, person)
    for i in range(30):
        passer_by = idle(-1 + i / 15, 0.9)
        assert watch.see(0, passer_by, person) is person


def test_a_second_person_in_a_stretch_does_not_steal_from_one_who_is_in_one() -> None:
    watch, person = Watch(), stretching(LEFT, 0.4)
    watch.see(1, person)
    assert watch.see(10, stretching(RIGHT, 0.9), person) is person


def test_an_idle_one_is_left_for_somebody_in_a_stretch_seen_twice() -> None:
    watch, waiting, rival = Watch(), idle(LEFT), stretching(RIGHT)
    watch.see(3, waiting)
    assert watch.see(0, waiting, rival) is waiting
    assert watch.see(0, waiting, rival) is rival
    assert watch.see(1, waiting, rival) is rival


def test_a_challenger_seen_once_a_second_is_known_again() -> None:
    watch, waiting, rival = Watch(), idle(LEFT), stretching(RIGHT)
    watch.see(3, waiting)
    assert watch.see(0, waiting, rival) is waiting
    assert watch.see(1, waiting) is waiting
    assert watch.see(0, waiting, rival) is rival


def test_two_different_challengers_are_not_one_seen_twice() -> None:
    watch, waiting = Watch(), idle(0, 0.3)
    watch.see(3, waiting)
    assert watch.see(0, waiting, stretching(-0.7, 0.2)) is waiting
    assert watch.see(0, waiting, stretching(0.7, 0.2)) is waiting


def test_a_short_pause_is_not_idleness() -> None:
    watch = Watch()
    watch.see(3, stretching(LEFT))
    assert watch.see(0.8, idle(LEFT), stretching(RIGHT)) is not None
    assert watch.state.person is not None
    assert watch.state.person.landmarks.points["nose"].x < kneeling().aspect / 2


def test_somebody_lost_for_a_moment_is_found_again() -> None:
    watch, person, other = Watch(), stretching(LEFT), idle(RIGHT, 0.9)
    watch.see(2, person)
    assert watch.see(1.3, other) is None
    assert watch.see(0, other, person) is person


def test_somebody_gone_for_good_is_replaced() -> None:
    watch, other = Watch(), idle(RIGHT, 0.9)
    watch.see(2, stretching(LEFT))
    assert watch.see(1.8, other) is other


def test_somebody_who_comes_back_to_an_empty_picture_is_followed() -> None:
    watch, person = Watch(), stretching()
    watch.see(2, person)
    assert watch.see(10) is None
    assert watch.see(0, person) is person


@pytest.mark.parametrize(("mine", "other"), [(0.5, 0.2), (0.4, 0.9)])
def test_somebody_of_another_size_in_the_same_place_is_somebody_else(mine: float, other: float) -> None:
    watch = Watch()
    watch.see(2, stretching(size=mine))
    assert watch.see(0, idle(size=other)) is None


def test_slow_movement_is_followed_all_the_way_past_somebody_who_stands_still() -> None:
    watch = Watch()
    for i in range(101):
        moving, still = idle(LEFT + i / 100, 0.4), idle(0.1, 0.6)
        assert watch.see(0, *((still, moving) if i else (moving,))) is moving


def test_turning_round_on_the_spot_is_still_the_same_person() -> None:
    watch = Watch()
    watch.see(2, stretching())
    round_turned = mirrored(stretching())
    assert watch.see(0, idle(RIGHT, 0.9), round_turned) is round_turned


class Eager:
    """Whom to follow, told by the rules: whether somebody is in a stretch is asked of everybody at every frame."""

    def __init__(self) -> None:
        self.person: Landmarks | None = None
        self.seen_s = self.doing_s = 0.0
        self.challenger: tuple[float, Landmarks] | None = None

    def choose(self, people: Sequence[Landmarks], time_s: float) -> Landmarks | None:
        if self.person is None or time_s - self.seen_s > LOST_S:
            best = max(people, key=lambda one: (doing(one), size_of(one)), default=None)
            return self._follow(best, time_s)
        near = [one for one in people if _same(self.person, one, time_s - self.seen_s)]
        mine = min(near, key=lambda one: distance(_centre(one), _centre(self.person or one)), default=None)
        if mine is not None:
            self.person, self.seen_s = mine, time_s
            self.doing_s = time_s if doing(mine) else self.doing_s
        others = [one for one in people if one is not mine]
        rivals = [one for one in others if doing(one)]
        gone = mine is None and time_s - self.seen_s >= GONE_S
        if not rivals or (not gone and time_s - self.doing_s <= IDLE_S):
            self.challenger = None if others else self.challenger
            return mine
        rival = max(rivals, key=size_of)
        if self.challenger is not None:
            before_s, before = self.challenger
            if time_s > before_s and _same(before, rival, time_s - before_s):
                return self._follow(rival, time_s)
        self.challenger = time_s, rival
        return mine

    def _follow(self, person: Landmarks | None, time_s: float) -> Landmarks | None:
        self.person, self.challenger = person, None
        if person is not None:
            self.seen_s, self.doing_s = time_s, time_s if doing(person) else -inf
        return person


PLACES = [make(at, size) for make in (idle, stretching) for at in (-0.5, -0.4, 0.0, 0.5) for size in (0.4, 0.6)]


@law
@given(st.lists(st.tuples(between(0.05, 0.9), st.lists(st.sampled_from(PLACES), max_size=3, unique_by=id)), max_size=40))
def test_asking_late_who_was_in_a_stretch_is_as_good_as_asking_always(frames: list[tuple[float, list[Landmarks]]]) -> None:
    lazy, eager, time_s = SubjectState(), Eager(), 0.0
    for passed_s, people in frames:
        time_s += passed_s
        lazy, person = chosen(lazy, people, time_s)
        assert person is eager.choose(people, time_s)


def test_who_is_gone_gives_way_to_somebody_in_a_stretch() -> None:
    """The engine may walk off with a passer-by, who is then lost beyond the border."""
    watch, passer_by, patient = Watch(), stretching(LEFT), stretching(RIGHT)
    watch.see(2, passer_by)
    assert watch.see(GONE_S - STEP_S, patient) is None
    assert watch.see(3 * STEP_S, patient) is patient


def test_who_is_gone_does_not_give_way_to_somebody_who_just_stands_there() -> None:
    watch = Watch()
    watch.see(2, stretching(LEFT))
    assert watch.see(LOST_S - STEP_S, idle(RIGHT)) is None
