"""Two looks at one picture made into one: symmetric, half way, and with the limbs of both looks matched."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.measures import size_of
from formcheck.core.values import Landmarks, Point
from formcheck.testing import kneeling, legs_swapped, moved, rolled, scaled, shaken, shifted, standing, supine, turned, upright
from formcheck.vision.sampling.fusion import fused, fused_people, mirrored
from tests.support.laws import between, law, seeds

BODIES = [kneeling(), standing(), supine(), upright(), turned(kneeling(), 25)]
LEG = ("hip", "knee", "ankle", "heel", "toe")


def looked_at(body: Landmarks, seed: int) -> Landmarks:
    """The body as one look has it: each joint placed and believed in a little otherwise."""
    chance = Random(seed)
    seen = shaken(body, chance, 0.01)
    return moved(seen, lambda _, point: replace(point, visibility=point.visibility * chance.uniform(0.8, 1.0)))


bodies = st.sampled_from(BODIES)
looks = st.builds(lambda body, one, other: (looked_at(body, one), looked_at(body, other + 20_000)), bodies, seeds, seeds)


def same(one: Landmarks, other: Landmarks) -> bool:
    """Whether two people are the same but for rounding."""

    def numbers(person: Landmarks) -> list[float]:
        points = [number for _, p in sorted(person.points.items()) for number in (p.x, p.y, p.visibility)]
        places = [number for places in (person.world, person.spread) for _, p in sorted(places.items()) for number in p]
        return [*points, *places, person.aspect]

    alike = (one.points.keys(), one.world.keys(), one.spread.keys()) == (
        other.points.keys(),
        other.world.keys(),
        other.spread.keys(),
    )
    return alike and numbers(one) == pytest.approx(numbers(other), abs=1e-9)


@law
@given(looks)
def test_mirrored_twice_it_is_as_before(both: tuple[Landmarks, Landmarks]) -> None:
    for person in (both[0], fused(*both)):
        assert same(mirrored(mirrored(person)), person)


class TestOnePerson:
    @law
    @given(looks)
    def test_which_look_comes_first_does_not_matter(self, both: tuple[Landmarks, Landmarks]) -> None:
        assert fused(*both) == fused(*reversed(both))

    @law
    @given(looks)
    def test_of_mirror_images_it_is_the_mirror_image(self, both: tuple[Landmarks, Landmarks]) -> None:
        assert same(fused(*map(mirrored, both)), mirrored(fused(*both)))

    @law
    @given(bodies, seeds)
    def test_two_looks_that_agree_are_one_without_a_spread(self, body: Landmarks, seed: int) -> None:
        seen = looked_at(body, seed)
        assert same(fused(seen, seen), replace(seen, spread=dict.fromkeys(seen.points, (0.0, 0.0))))

    @law
    @given(st.sampled_from([kneeling(), standing(), supine()]), seeds, seeds)
    def test_the_spread_leads_from_half_way_to_either_look(self, body: Landmarks, one: int, other: int) -> None:
        surer, less_sure = looked_at(body, one), looked_at(body, other)
        less_sure = moved(less_sure, lambda _, point: replace(point, visibility=0.7 * point.visibility))
        person = fused(surer, less_sure)
        for sign, look in ((-1, surer), (1, less_sure)):
            for part in LEG:
                point, (x, y) = person.points[f"left_{part}"], person.spread[f"left_{part}"]
                there = look.points[f"left_{part}"]
                assert (point.x + sign * x, point.y + sign * y) == pytest.approx((there.x, there.y))

    @law
    @given(st.sampled_from([kneeling(), standing(), supine()]), seeds, seeds)
    def test_legs_that_one_look_has_exchanged_are_matched(self, body: Landmarks, one: int, other: int) -> None:
        """Else a joint would lie half way between both legs, where there is none."""
        surer, exchanged = looked_at(body, one), legs_swapped(looked_at(body, other))
        exchanged = moved(exchanged, lambda _, point: replace(point, visibility=0.7 * point.visibility))
        person = fused(surer, exchanged)
        assert max(max(map(abs, person.spread[f"{side}_{part}"])) for side in ("left", "right") for part in LEG) < 0.05
        for part in LEG[1:]:
            assert person.points[f"left_{part}"].x == pytest.approx(surer.points[f"left_{part}"].x, abs=0.05)

    @law
    @given(st.sampled_from([kneeling(), standing(), supine()]), seeds, seeds, st.booleans())
    def test_a_leg_that_is_in_two_places_is_where_the_look_that_is_surer_of_it_has_it(
        self, body: Landmarks, one: int, other: int, unsure: bool
    ) -> None:
        """Half way between both there is no leg. Whether the other joints are surer there does not matter."""
        right, wrong = looked_at(body, one), looked_at(body, other)
        leg = {f"left_{part}" for part in LEG}
        wrong = moved(
            wrong,
            lambda name, point: (
                replace(point, y=point.y + 0.5, visibility=0.5)
                if name in leg and name != "left_hip"
                else replace(point, visibility=1.0 if unsure else 0.5 * point.visibility)
            ),
        )
        person = fused(right, wrong)
        for name in leg:
            there = right.points[name]
            assert (person.points[name].x, person.points[name].y) == pytest.approx((there.x, there.y))
        assert max(abs(person.spread[name][1]) for name in leg) > 0.2

    def test_what_one_look_does_not_know_of_the_world_is_left_out(self) -> None:
        body = kneeling()
        less = replace(body, world={"left_shoulder": (0.0, 0.5, 0.2)})
        assert set(fused(body, less).world) == {"left_shoulder"}


class TestPeople:
    @law
    @given(looks, looks, between(0.9, 1.2))
    def test_two_people_in_both_looks(
        self, one: tuple[Landmarks, Landmarks], other: tuple[Landmarks, Landmarks], away: float
    ) -> None:
        there = [shifted(look, away) for look in other]
        people = fused_people((one[0], there[0]), (there[1], one[1]))
        first, second = people
        assert people in ((fused(*one), fused(*there)), (fused(*there), fused(*one)))
        assert size_of(first) >= size_of(second)

    @law
    @given(st.lists(st.tuples(bodies, seeds, st.integers(0, 2)), max_size=3), st.lists(st.tuples(bodies, seeds), max_size=3))
    def test_which_look_comes_first_does_not_matter(
        self, first: Sequence[tuple[Landmarks, int, int]], second: Sequence[tuple[Landmarks, int]]
    ) -> None:
        some = [shifted(looked_at(body, seed), 0.8 * place) for body, seed, place in first]
        others = [shifted(looked_at(body, seed + 20_000), 0.8 * place) for place, (body, seed) in enumerate(second)]
        assert fused_people(some, others) == fused_people(others, some)

    def test_somebody_whom_one_look_alone_sees_is_as_that_look_has_them(self) -> None:
        body = kneeling()
        assert fused_people((body,), ()) == fused_people((), (body,)) == (body,)
        assert body.spread == {}

    def test_one_look_sees_more_people_than_the_other(self) -> None:
        body, further = kneeling(), shifted(scaled(upright(), 0.5), 0.8)
        seen, alone = fused_people((further, body), (shifted(body, 0.02),))
        assert seen.spread["left_knee"][0] == pytest.approx(0.01, abs=1e-9) or seen.spread["left_knee"][0] == pytest.approx(
            -0.01
        )
        assert alone is further

    def test_somebody_seen_twice_in_one_look_is_one_person(self) -> None:
        """The nearer of the two skeletons is taken, whichever is first."""
        body = kneeling()
        near, far = shifted(body, 0.01), shifted(body, 0.08)
        for doubled in ((near, far), (far, near)):
            assert fused_people(doubled, (body,)) == (fused(near, body),)

    def test_nobody_in_either(self) -> None:
        assert fused_people((), ()) == ()


@pytest.mark.parametrize("seed", range(5))
def test_hand_made_bodies_move_in_both_looks(seed: int) -> None:
    """A body of two looks, turned or scaled, is that of the two looks turned or scaled."""
    body = standing()
    one, other = looked_at(body, seed), looked_at(body, seed + 100)
    for change in (
        lambda b: rolled(b, 12.0),
        lambda b: scaled(b, 1.3),
        lambda b: shifted(b, 0.1, -0.05),
        mirrored,
        legs_swapped,
    ):
        assert same(change(fused(one, other)), fused(change(one), change(other)))


def test_a_point_is_half_way() -> None:
    body = standing()
    knee = body.points["left_knee"]
    moved_knee = {**body.points, "left_knee": Point(x=knee.x + 0.04, y=knee.y - 0.02, visibility=knee.visibility - 0.1)}
    person = fused(body, replace(body, points=moved_knee)).points["left_knee"]
    assert (person.x, person.y, person.visibility) == pytest.approx((knee.x + 0.02, knee.y - 0.01, knee.visibility - 0.05))
