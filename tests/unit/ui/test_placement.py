from collections.abc import Callable
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from formcheck.ui.drawing.placement import TOLERABLE, PlaceChoice, choose_place
from tests.support.laws import law

COSTS = st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=6)


def fixed(costs: list[float]) -> Callable[[int, float], float]:
    return lambda index, _: costs[index]


def choose(before: PlaceChoice | None, costs: list[float], now_s: float) -> PlaceChoice:
    return choose_place(before, fixed(costs), len(costs), now_s, 1.0)


@law
@given(COSTS)
def test_at_first_the_cheapest_place_is_taken(costs: list[float]) -> None:
    assert costs[choose(None, costs, 0.0).index] == min(costs)


@law
@given(COSTS, st.data())
def test_a_tolerable_place_is_kept_for_ever(costs: list[float], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(costs) - 1))
    costs[index] = data.draw(st.floats(min_value=0, max_value=TOLERABLE))
    choice = PlaceChoice(index=index)
    for now_s in range(10):
        choice = choose(choice, costs, float(now_s))
    assert choice == PlaceChoice(index=index)


def test_a_place_is_left_when_another_has_been_better_for_a_while() -> None:
    choice = PlaceChoice(index=0)
    kept = []
    for tenth in range(13):
        choice = choose(choice, [2.0, 0.0], tenth / 10)
        kept.append(choice.index)
    assert kept == [0] * 10 + [1] * 3


def test_the_while_begins_anew_when_the_place_was_free_in_between() -> None:
    choice = choose(PlaceChoice(index=0), [2.0, 0.0], 0.0)
    choice = choose(choice, [0.0, 0.0], 0.5)
    assert choose(choice, [2.0, 0.0], 1.2).index == 0


def test_where_nothing_may_be_drawn_any_more_is_left_at_once() -> None:
    assert choose(PlaceChoice(index=0), [inf, 3.0, 1.0], 0.0).index == 2
    assert choose(PlaceChoice(index=1), [inf, inf], 0.0).index == 1
