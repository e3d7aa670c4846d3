"""A flexibility check as somebody in front of the camera has it, by hand-made bodies."""

from collections.abc import Iterable
from itertools import pairwise

from formcheck.analysis.checks.result import CheckedSide, judge
from formcheck.coaching.events import Key, SessionPhase, StepResult
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import AGAIN_S
from formcheck.coaching.readings.flexibility_check import FlexibilityCheck
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Side
from formcheck.testing import mirrored, upright
from tests.support.checks import HZ, THOMAS, lowered
from tests.support.rehearsal import SPECS

SAYS = THOMAS.says


def told_of(
    bodies: Iterable[Landmarks | None], *, side: Side | None = None, level: float | None = None
) -> tuple[FlexibilityCheck, list[StepResult]]:
    check = FlexibilityCheck(THOMAS, SPECS, side=side, level_deg=level)
    told = [
        check.step((body,) if body is not None else (), Light.FINE, i / HZ)
        for i, body in enumerate(bodies)
        if not check.wants_to_quit
    ]
    return check, told


def said(told: Iterable[StepResult]) -> list[str]:
    return [utterance.text for one in told for utterance in one.utterances if utterance.text is not None]


def sides_of(check: FlexibilityCheck) -> tuple[CheckedSide, ...]:
    return judge(check.frames, THOMAS, answers={"back_flat": True}, levelled=True)


def test_one_side_from_the_first_word_to_the_last() -> None:
    check, told = told_of([*[upright()] * 12, *lowered([-10.0] * 3), *[upright()] * 40], side=Side.RIGHT)
    words = said(told)
    assert words[0] == SAYS.start
    assert [word for word in words if word != SAYS.start] == [SAYS.go, SAYS.stay, SAYS.back] * 3 + [phrases.ALL_OVER]
    assert check.phase is SessionPhase.DONE
    assert check.wants_to_quit
    (side,) = sides_of(check)
    assert side.reasons == ()
    assert side.side is Side.RIGHT


def test_it_counts_while_the_leg_is_at_rest() -> None:
    _, told = told_of(lowered([-10.0]), side=Side.RIGHT)
    counts = [one.screen.count or 0 for one in told if one.screen.phase is SessionPhase.COUNTDOWN]
    assert set(counts) == {2, 1}
    assert counts == sorted(counts, reverse=True)


def test_without_a_side_the_other_one_comes_next() -> None:
    check, told = told_of([*lowered([-10.0] * 3), *lowered([4.0] * 3, mirrored)])
    assert phrases.TURN_ROUND.format(side=Side.LEFT) in said(told)
    assert check.phase is SessionPhase.DONE
    assert [side.side for side in sides_of(check)] == [Side.RIGHT, Side.LEFT]


def test_who_does_not_turn_round_is_asked_again_and_again() -> None:
    check, told = told_of([*lowered([-10.0] * 5)])
    asked = [one.time_s for each in told for one in each.utterances if one.text == phrases.TURN_ROUND.format(side=Side.LEFT)]
    assert len(asked) >= 3
    assert max(later - one for one, later in pairwise(asked)) <= AGAIN_S + 1.0
    assert told[-1].screen.instruction == phrases.TURN_ROUND.format(side=Side.LEFT)
    assert SAYS.start not in said(each for each in told if each.screen.time_s > asked[0])
    assert check.phase is SessionPhase.SETUP


def test_who_shows_the_other_leg_than_was_asked_for_is_told_at_once() -> None:
    _, told = told_of([upright()] * 60, side=Side.LEFT)
    assert said(told)[-1] == phrases.TURN_ROUND.format(side=Side.LEFT)
    assert SAYS.go not in said(told)


def test_what_is_not_steady_is_asked_once_more() -> None:
    check, told = told_of([*lowered([-10.0], rest_s=1.0), *lowered([-10.0] * 3)], side=Side.RIGHT)
    assert said(told).count(phrases.NOT_STEADY) == 1
    assert said(told)[-1] == phrases.ALL_OVER
    assert sides_of(check)[0].reasons == ()


def test_what_is_not_alike_is_asked_once_more() -> None:
    check, told = told_of(lowered([-20.0, -10.0, -10.0, -11.0]), side=Side.RIGHT)
    assert said(told).count(phrases.APART) == 1
    assert said(told)[-1] == phrases.ALL_OVER
    assert sides_of(check)[0].reasons == ()


def test_after_six_it_is_left_at_that() -> None:
    check, told = told_of(lowered([-25.0, -10.0] * 4), side=Side.RIGHT)
    assert said(told)[-1] == phrases.ALL_OVER
    assert sides_of(check)[0].reasons
    assert len(sides_of(check)[0].trials) == 6


def test_after_three_minutes_of_hanging_the_leg_is_asked_up_and_the_side_is_over() -> None:
    check, told = told_of(lowered([-10.0], rest_s=200.0), side=Side.RIGHT)
    first, again, *_ = [word.time_s for one in told for word in one.utterances if word.text == SAYS.back]
    longest_s = THOMAS.trials.longest_s
    assert first < 10.0
    assert longest_s <= again <= longest_s + 5.0
    assert check.phase is SessionPhase.DONE


def test_a_lost_camera_begins_the_trial_anew() -> None:
    bodies = lowered([-10.0] * 3)
    check = FlexibilityCheck(THOMAS, SPECS, side=Side.RIGHT)
    for i, body in enumerate(bodies[:28]):  # the leg is on its way
        check.step((body,), Light.FINE, i / HZ)
    lost = check.lose_camera(28 / HZ)
    assert lost.screen.phase is SessionPhase.LOST
    assert said([lost]) == [phrases.CAMERA_LOST]
    back = check.step((bodies[28],), Light.FINE, 40.0)
    assert said([back])[0] == phrases.CAMERA_BACK
    assert back.screen.phase is SessionPhase.SETUP


def test_keys() -> None:
    check = FlexibilityCheck(THOMAS, SPECS)
    assert not check.first_screen.muted
    check.press(Key.MUTE, 0.0)
    assert check.wait(0.1).screen.muted
    check.press(Key.QUIT, 0.2)
    assert check.wants_to_quit
