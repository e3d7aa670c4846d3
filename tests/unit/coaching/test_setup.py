"""One thing at a time, what keeps the camera from seeing first; what is not needed is asked for, but not for ever."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.setup import PATIENCE_S, SETTLED_S, Advice, InstructionFilter, advice, facing_for, leaning
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Side, View
from formcheck.testing import (
    hidden,
    kneeling,
    legs_flat,
    mirrored,
    moved,
    pushed_out,
    rolled,
    scaled,
    shaken,
    shifted,
    supine,
    upright,
)
from tests.support.laws import law, seeds

SIDE_ON = View(yaw=0, facing=1)
STANDING = scaled(upright(), 0.9)
LYING = legs_flat()


def told(
    *people: Landmarks, view: View | None = SIDE_ON, light: Light = Light.FINE, side: Side | None = None
) -> list[tuple[str, bool]]:
    return [(one.text, one.needed) for one in advice(people, view, light, side)]


def below(person: Landmarks, by: float) -> Landmarks:
    """Lower in the picture, so that the feet are `by` beyond its edge."""
    return shifted(person, 0.0, -by - min(point.y for point in person.points.values()))


@pytest.mark.parametrize("person", [STANDING, LYING, kneeling(), supine()])
def test_nothing_is_to_be_changed_where_all_is_well(person: Landmarks) -> None:
    assert told(person) == []
    assert told(person, side=Side.RIGHT) == []
    assert told(mirrored(person), view=replace(SIDE_ON, facing=-1), side=Side.LEFT) == []


@pytest.mark.parametrize(
    ("people", "more", "sentence"),
    [
        ((), {"view": None, "light": Light.BLACK}, phrases.UNCOVER),
        ((STANDING,), {"light": Light.BLOCKED}, phrases.BLOCKED),
        ((), {"view": None, "light": Light.DARK}, phrases.MORE_LIGHT),
        ((), {"view": None}, phrases.STEP_IN),
        ((scaled(STANDING, 0.1),), {}, phrases.CLOSER),
        ((below(STANDING, 0.05),), {}, phrases.TILT_DOWN),
        ((shifted(STANDING, 0.0, 0.2),), {}, phrases.TILT_UP),
        ((scaled(STANDING, 1.5),), {}, phrases.MOVE_BACK),
        ((shifted(LYING, 0.4),), {}, phrases.TO_THE_MIDDLE),
        ((shifted(LYING, -0.4),), {}, phrases.TO_THE_MIDDLE),
        ((scaled(LYING, 1.4),), {}, phrases.MOVE_BACK),
        ((pushed_out(LYING, "left_ankle", "right_ankle"),), {}, phrases.TILT_DOWN),
        ((STANDING,), {"view": replace(SIDE_ON, unusable=True)}, "Turn your side to the camera"),
        ((STANDING,), {"view": replace(SIDE_ON, unusable=True), "side": Side.LEFT}, "Turn your left side to the camera"),
    ],
)
def test_what_keeps_the_camera_from_seeing_comes_alone(
    people: Sequence[Landmarks], more: dict[str, object], sentence: str
) -> None:
    assert told(*people, **more) == [(sentence, True)]  # type: ignore[arg-type]


def test_what_is_not_needed_comes_in_order() -> None:
    other = shifted(STANDING, 0.5)
    view = replace(SIDE_ON, oblique=True)
    assert told(rolled(STANDING, 9), other, view=view, light=Light.DARK, side=Side.LEFT) == [
        (phrases.MORE_LIGHT, False),
        (phrases.ONE_PERSON, False),
        ("Turn round: your left side to the camera", False),
        (phrases.TURN_A_LITTLE, False),
        (phrases.LEVEL, False),
    ]


def test_somebody_far_behind_is_nobody_to_mind() -> None:
    assert told(STANDING, scaled(STANDING, 0.4)) == []


@pytest.mark.parametrize("side", Side)
def test_the_side_to_be_stretched_faces_the_camera(side: Side) -> None:
    nearer = View(yaw=0, facing=facing_for(side))
    assert told(STANDING, view=nearer, side=side) == []
    assert told(STANDING, view=replace(nearer, facing=-nearer.facing), side=side) == [
        (phrases.TURN_ROUND.format(side=side), False)
    ]


@law
@given(st.sampled_from([STANDING, LYING]), st.floats(-20, 20), seeds)
def test_a_camera_that_leans_is_measured_on_somebody_straight(person: Landmarks, angle: float, seed: int) -> None:
    lean = leaning(shaken(rolled(person, angle), Random(seed), 0.002))
    straight = leaning(person)
    assert lean is not None
    assert straight is not None
    assert abs(abs(lean - straight) - abs(angle)) < 1.5


@pytest.mark.parametrize(
    "person", [kneeling(), supine(), hidden(STANDING, "left_ankle", "right_ankle")], ids=["kneeling", "supine", "hidden"]
)
def test_nobody_bent_or_hidden_blames_the_camera(person: Landmarks) -> None:
    assert leaning(person) is None
    assert leaning(rolled(person, 15)) is None


def test_feet_guessed_close_to_the_border_are_out_of_the_picture() -> None:
    ankles = ("left_ankle", "right_ankle")
    low = moved(STANDING, lambda name, point: replace(point, y=0.01) if name in ankles else point)
    assert told(low) == []
    assert told(hidden(low, *ankles)) == [(phrases.TILT_DOWN, True)]


# --- which instruction stands ------------------------------------------------------------------------------------------

FRAME_S = 0.125
NEEDED, OTHER = Advice(text="Come closer"), Advice(text="Move back")
WISH, WISH_TOO = Advice(text="Turn a little", needed=False), Advice(text="Level the camera", needed=False)


def watched(*acts: tuple[float, list[Advice]]) -> list[tuple[float, str | None, float | None]]:
    """Time, what is shown, and since when all is well, for every frame of the acts."""
    instructions, time_s, seen = InstructionFilter(), 0.0, []
    for lasting_s, wanted in acts:
        for _ in range(round(lasting_s / FRAME_S)):
            instructions.update(wanted, time_s)
            seen.append((time_s, instructions.shown.text if instructions.shown else None, instructions.well_since_s))
            time_s += FRAME_S
    return seen


def shown(*acts: tuple[float, list[Advice]]) -> list[tuple[float, str | None]]:
    """When which instruction came up; the first entry is the beginning."""
    seen = [(time_s, text) for time_s, text, _ in watched(*acts)]
    return [seen[0], *(now for before, now in pairwise(seen) if now[1] != before[1])]


def test_an_instruction_comes_up_once_it_has_settled_and_goes_once_another_has() -> None:
    assert shown((3, [NEEDED]), (3, [OTHER]), (2, [])) == [
        (0, None),
        (SETTLED_S, NEEDED.text),
        (3 + SETTLED_S, OTHER.text),
        (6 + SETTLED_S, None),
    ]


def test_all_is_well_since_the_last_instruction_was_no_longer_right() -> None:
    *_, (_, text, since_s) = watched((2, [NEEDED]), (3, []))
    assert (text, since_s) == (None, 2)


def test_a_blink_is_no_news() -> None:
    blink: list[tuple[float, list[Advice]]] = [(2, []), (0.25, [NEEDED]), (2, [])]
    assert shown(*blink) == [(0, None)]
    assert watched(*blink)[-1][2] == 0


def test_what_is_not_needed_is_asked_for_a_while_and_then_the_next_thing() -> None:
    assert shown((30, [WISH, WISH_TOO])) == [
        (0, None),
        (SETTLED_S, WISH.text),
        (SETTLED_S + PATIENCE_S + SETTLED_S, WISH_TOO.text),
        (SETTLED_S + 2 * (PATIENCE_S + SETTLED_S), None),
    ]


def test_what_is_needed_is_asked_for_as_long_as_it_takes() -> None:
    assert shown((60, [NEEDED])) == [(0, None), (SETTLED_S, NEEDED.text)]


@law
@given(st.lists(st.tuples(st.sampled_from([FRAME_S, 0.25, 0.5, 1.0, 3.0]), st.sampled_from([[], [NEEDED], [OTHER], [WISH]]))))
def test_nothing_flickers_and_nothing_is_well_and_wrong_at_once(acts: list[tuple[float, list[Advice]]]) -> None:
    changes = [time_s for time_s, _ in shown(*acts, (1, []))]
    assert all(b - a >= SETTLED_S - 1e-9 for a, b in pairwise(changes))
    assert all(text is None or since_s is None for _, text, since_s in watched(*acts, (1, [])))
