"""The flexibility check on hand-made bodies: laws of its angles, its witnesses, and when there is no verdict."""

from math import hypot
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formcheck.analysis.checks.frames import CheckReader
from formcheck.analysis.checks.result import UNLEVELLED_DEG, judge_photo
from formcheck.core import wording
from formcheck.core.values import Landmarks, Side
from formcheck.testing import hidden, kneeling, leg_let_down, legs_swapped, mirrored, rolled, shaken, turned
from tests.support.checks import ANKLE, STRAIGHT_LEG, THOMAS, checked, lowered, there_and_back
from tests.support.laws import between, seeds, slow_law

THIGHS = between(-30.0, 25.0)
KNEES = between(20.0, 110.0)


@slow_law
@given(THIGHS, KNEES)
def test_angles_are_read_with_their_sign(thigh: float, knee: float) -> None:
    (side,) = checked(lowered([thigh] * 3, knee=knee))
    assert side.side is Side.RIGHT
    assert side.angles == {"hip": pytest.approx(thigh, abs=0.1), "knee": pytest.approx(knee, abs=1.0)}
    assert side.reasons == ()
    assert len(side.trials) == 3


@slow_law
@given(THIGHS, KNEES)
def test_who_lies_the_other_way_round_is_read_alike_on_the_other_side(thigh: float, knee: float) -> None:
    (side,) = checked(lowered([thigh] * 3, mirrored, knee=knee))
    assert side.side is Side.LEFT
    assert side.angles == {"hip": pytest.approx(thigh, abs=0.1), "knee": pytest.approx(knee, abs=1.0)}


@slow_law
@given(THIGHS, between(-5.0, 5.0))
def test_a_roll_enters_as_it_is_and_the_level_takes_it_out(thigh: float, roll: float) -> None:
    bodies = lowered([thigh] * 3, lambda body: rolled(body, roll))
    (seeming,), (true,) = checked(bodies), checked(bodies, level=roll)
    assert seeming.angles["hip"] == pytest.approx(thigh + roll, abs=0.1)
    assert true.angles["hip"] == pytest.approx(thigh, abs=0.1)
    assert true.angles["knee"] == pytest.approx(75.0, abs=1.0)


@slow_law
@given(THIGHS, between(0.0, 30.0))
def test_a_turn_does_not_change_the_angle_by_length(thigh: float, yaw: float) -> None:
    (side,) = checked(lowered([thigh] * 3, lambda body: turned(body, yaw)))
    assert side.angles["hip"] == pytest.approx(thigh, abs=0.3)
    by_direction = side.trials[0].other_way
    assert by_direction is not None
    assert abs(by_direction) >= abs(thigh) - 0.1  # which seems steeper, never flatter


def test_by_direction_a_turned_thigh_reads_too_steep() -> None:
    (side,) = checked(lowered([-15.0] * 3, lambda body: turned(body, 30.0)))
    assert side.trials[0].other_way == pytest.approx(-17.2, abs=0.1)
    assert side.angles["hip"] == pytest.approx(-15.0, abs=0.1)


def test_who_is_turned_by_so_much_that_both_ways_disagree_is_asked_to_turn() -> None:
    (side,) = checked(lowered([25.0] * 3, lambda body: turned(body, 36.0)))
    assert wording.CHECK_TURNED in side.reasons
    assert set(side.bands.values()) == {None}
    assert side.angles["hip"] == pytest.approx(25.0, abs=0.3)


@slow_law
@given(THIGHS, KNEES, st.sampled_from([{}, {"back_flat": False}]))
def test_nobody_gets_a_verdict_without_the_right_answer_about_the_back(
    thigh: float, knee: float, answers: dict[str, bool]
) -> None:
    (side,) = checked(lowered([thigh] * 3, knee=knee), answers=answers)
    assert set(side.bands.values()) == {None}
    assert side.angles["hip"] == pytest.approx(thigh, abs=0.1)
    (reason,) = side.reasons
    assert THOMAS.questions[0].text in reason or reason == THOMAS.questions[0].otherwise


@pytest.mark.parametrize(
    ("witness", "change"),
    [
        ("knee_held", {"held": 104.0}),
        ("back_level", {"trunk": 7.0}),
        ("back_level", {"trunk": -7.0}),
    ],
)
def test_a_witness_that_does_not_agree_bars_the_verdict(witness: str, change: dict[str, float]) -> None:
    (side,) = checked(lowered(**change))  # type: ignore[arg-type]
    assert side.reasons == tuple(one.otherwise for one in THOMAS.witnesses if one.name == witness)
    assert set(side.bands.values()) == {None}
    assert side.angles["hip"] == pytest.approx(-10.0, abs=0.1)


def sliding(along: float) -> list[Landmarks]:
    """Somebody whose hips slide by `along` trunk lengths while the leg goes down."""

    def body(thigh: float) -> Landmarks:
        return leg_let_down(thigh=thigh, along=along * min(1.0, max(0.0, (60.0 - thigh) / 70.0)))

    return list(there_and_back(body, 122.0, [-10.0] * 3))


def test_a_pelvis_that_moves_bars_the_verdict() -> None:
    (still,), (moving,) = checked(sliding(0.05)), checked(sliding(0.12))
    assert still.reasons == ()
    assert moving.reasons == (next(one.otherwise for one in THOMAS.witnesses if one.name == "pelvis_still"),)


@slow_law
@given(between(3.0, 8.0), seeds)
def test_a_leg_that_does_not_come_to_rest_is_asked_again(swing: float, seed: int) -> None:
    chance = Random(seed)

    def body(thigh: float) -> Landmarks:
        # In step with no frame rate: seldom the same twice running.
        return leg_let_down(thigh=thigh + (chance.choice((-swing, swing)) if thigh < 0 else 0.0))

    (side,) = checked(there_and_back(body, 122.0, [-10.0] * 3))
    assert set(side.bands.values()) == {None}
    assert side.reasons[0].startswith("Not steady")


def test_one_more_after_an_unsteady_one_is_enough() -> None:
    bodies = [*lowered([-10.0], rest_s=1.5), *lowered([-9.0, -11.0, -10.0])]
    (side,) = checked(bodies)
    assert [trial.settled for trial in side.trials] == [False, True, True, True]
    assert side.reasons == ()
    assert side.angles["hip"] == pytest.approx(-10.0, abs=0.1)
    assert side.spread_deg == pytest.approx(2.0, abs=0.1)


@slow_law
@given(THIGHS, between(0.0, 20.0))
def test_trials_far_apart_are_asked_again(thigh: float, apart: float) -> None:
    assume(abs(apart - THOMAS.trials.agree_within_deg) > 0.2)
    (side,) = checked(lowered([thigh, thigh + apart / 2, thigh + apart]))
    assert side.spread_deg == pytest.approx(apart, abs=0.15)
    assert (side.bands["hip"] is None) == (apart > THOMAS.trials.agree_within_deg)
    assert side.error_deg is not None
    assert side.error_deg >= THOMAS.main.error_deg


def test_the_middle_one_of_three_is_told() -> None:
    (side,) = checked(lowered([-14.0, -9.0, -10.0]))
    assert side.angles["hip"] == pytest.approx(-10.0, abs=0.1)


def test_fewer_than_three_have_an_angle_and_no_verdict() -> None:
    (side,) = checked(lowered([-10.0] * 2))
    assert side.reasons == (wording.CHECK_TOO_FEW.format(seen=2, count=3),)
    assert side.angles["hip"] == pytest.approx(-10.0, abs=0.1)


def test_a_camera_that_nobody_levelled_makes_the_error_larger() -> None:
    (levelled,), (other,) = checked(lowered()), checked(lowered(), level=None)
    assert levelled.error_deg is not None
    assert other.error_deg is not None
    assert other.error_deg > levelled.error_deg
    assert other.bands == levelled.bands


def test_a_leg_that_hangs_for_long_is_a_stretch() -> None:
    (side,) = checked(lowered([-10.0] * 3, rest_s=70.0))
    assert side.reasons == (wording.CHECK_TOO_LONG.format(seconds=180),)


def test_the_leg_away_from_the_camera_is_not_read() -> None:
    (side,) = checked(lowered([-10.0] * 3, legs_swapped))
    assert side.reasons == (wording.CHECK_FAR_LEG,)
    assert side.angles == {"hip": None, "knee": None}


def test_both_sides_are_told_apart_by_which_one_faces_the_camera() -> None:
    first, second = checked([*lowered([-10.0] * 3), *[None] * 20, *lowered([8.0] * 3, mirrored)])
    assert (first.side, second.side) == (Side.RIGHT, Side.LEFT)
    assert first.angles["hip"] == pytest.approx(-10.0, abs=0.1)
    assert second.angles["hip"] == pytest.approx(8.0, abs=0.1)
    (named,) = checked(lowered(), side=Side.LEFT)
    assert named.side is Side.LEFT
    assert named.angles["hip"] is None
    assert len(named.reasons) == 1


def test_somebody_who_does_something_else_is_not_read() -> None:
    (side,) = checked([kneeling()] * 80)
    assert side.reasons == (wording.CHECK_NOT_DONE.format(side="right", start=THOMAS.says.start),)
    assert checked([None] * 80) == ()


def test_a_hidden_ankle_leaves_the_hip_and_its_verdict() -> None:
    (side,) = checked(lowered([-15.0] * 3, lambda body: hidden(body, "right_ankle")))
    assert side.bands == {"hip": "long", "knee": None}
    assert side.angles["knee"] is None
    assert side.reasons == (wording.CHECK_HIDDEN,)


def test_a_hidden_knee_is_not_read() -> None:
    (side,) = checked(lowered([-15.0] * 3, lambda body: hidden(body, "right_knee")))
    assert side.angles == {"hip": None, "knee": None}


@slow_law
@given(THIGHS, seeds)
def test_what_trembles_a_little_is_read_within_its_error(thigh: float, seed: int) -> None:
    chance = Random(seed)
    (side,) = checked(lowered([thigh] * 3, lambda body: shaken(body, chance, 0.0025)))
    assert side.angles["hip"] == pytest.approx(thigh, abs=2.0)


@pytest.mark.parametrize(
    ("value", "band"),
    [(-12.0, "long"), (-11.9, "usual"), (-3.0, "usual"), (-2.9, "unclear"), (5.0, "unclear"), (5.1, "short")],
)
def test_bands_of_the_thigh(value: float, band: str) -> None:
    row = THOMAS.readings[0].band_of(value)
    assert row is not None
    assert row.band == band


@pytest.mark.parametrize(
    ("value", "band"),
    [(80.0, "long"), (79.9, "usual"), (67.0, "usual"), (66.9, "unclear"), (52.0, "unclear"), (51.9, "short")],
)
def test_bands_of_the_knee(value: float, band: str) -> None:
    row = THOMAS.readings[1].band_of(value)
    assert row is not None
    assert row.band == band


@pytest.mark.parametrize("raised", [40.0, 70.0, 89.0, 101.0])
def test_a_check_that_goes_up_is_a_file(raised: float) -> None:
    def body(leg: float) -> Landmarks:
        return leg_let_down(thigh=leg, knee=0.0, held=0.0)

    (side,) = checked(there_and_back(body, 0.0, [raised] * 2), STRAIGHT_LEG)
    assert side.angles == {"leg": pytest.approx(raised, abs=0.5)}
    assert side.bands == {"leg": "long" if raised >= 85 else "short"}


def test_a_check_of_an_upright_person_is_a_file() -> None:
    def body(shin: float) -> Landmarks:
        return legs_swapped(kneeling(shin=shin, extension=0.0))

    (side,) = checked(there_and_back(body, 0.0, [34.0]), ANKLE)
    assert side.side is Side.RIGHT
    assert side.angles == {"shin": pytest.approx(34.0, abs=1.5)}
    assert side.bands == {"shin": None}


@slow_law
@given(thigh=THIGHS, knee=KNEES, levelled=st.booleans(), turned_round=st.booleans())
def test_a_photo_tells_the_angle_of_a_leg_let_down_and_never_a_verdict(
    thigh: float, knee: float, *, levelled: bool, turned_round: bool
) -> None:
    body = leg_let_down(thigh=thigh, knee=knee, held=125.0, trunk=0.0)
    frame = CheckReader(THOMAS).step([mirrored(body) if turned_round else body], 0.0)
    (told,) = judge_photo(frame, THOMAS, levelled=levelled)
    assert told.side is (Side.LEFT if turned_round else Side.RIGHT)
    assert told.angles == {"hip": pytest.approx(thigh, abs=0.1), "knee": pytest.approx(knee, abs=1.0)}
    assert set(told.bands.values()) == {None}
    assert told.reasons[0] == wording.CHECK_PHOTO
    assert told.error_deg == pytest.approx(
        THOMAS.main.error_deg if levelled else hypot(THOMAS.main.error_deg, UNLEVELLED_DEG), abs=0.05
    )
    (other,) = judge_photo(frame, THOMAS, side=told.side.other)
    assert set(other.angles.values()) == {other.error_deg} == {None}
    assert other.reasons == (wording.CHECK_NOT_DONE.format(side=told.side.other, start=THOMAS.says.start),)


def test_a_photo_of_a_leg_that_is_held_or_of_nobody_tells_no_angle() -> None:
    held = leg_let_down(thigh=122.0, knee=128.0, held=125.0, trunk=0.0)
    (told,) = judge_photo(CheckReader(THOMAS).step([held], 0.0), THOMAS)
    assert set(told.angles.values()) == {None}
    assert told.reasons == (wording.CHECK_NOT_DONE.format(side=told.side, start=THOMAS.says.start),)
    assert judge_photo(CheckReader(THOMAS).step([], 0.0), THOMAS) == ()


@pytest.mark.parametrize(("answer", "verdict"), [(None, True), (True, True), (False, False)])
def test_only_a_soft_edge_that_was_named_leaves_no_verdict(answer: bool | None, verdict: bool) -> None:
    answers = {"back_flat": True} | ({} if answer is None else {"edge_firm": answer})
    (side,) = checked(lowered(), answers=answers)
    assert (side.reasons == ()) is verdict
    assert (side.bands["hip"] is not None) is verdict
