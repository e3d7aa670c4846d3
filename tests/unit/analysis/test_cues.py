from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from formcheck.analysis.cues import SHOW_S, UNSEEN_AFTER_S, CueSelector
from formcheck.core.values import Assessment, Breach, Cue, Hold, Reason, Side, Status, View
from formcheck.core.wording import PRAISE, REASONS, TURN_A_LITTLE
from tests.support.specs import fault, small

SPINE, EFFECT, ADVICE = "arching", "leaning", "knee_ahead"
SPEC = small(
    faults=[
        fault(SPINE, "trunk_inclination", below=-14, clear=-10, min_s=0.7, priority=1),
        fault(EFFECT, "trunk_inclination", above=15, clear=11, priority=2),
        fault("head", "neck_relative", above=35, clear=31, priority=6),
        fault(ADVICE, "front_shin_angle", above=28, clear=23, priority=5, stops_clock=False),
    ]
)
CUE = {part.name: part.cue for part in SPEC.faults}
SIDE_ON, OBLIQUE = View(yaw=5, facing=1), View(yaw=25, facing=1, oblique=True)
FRAME_S = 0.125
"""A power of two, so that times add up exactly."""


@dataclass
class Practice:
    """A session as the coach hears it: what is said, and when."""

    coach: CueSelector = field(default_factory=CueSelector)
    time_s: float = 0.0
    said: list[tuple[float, str]] = field(default_factory=list)

    def go_on(
        self,
        lasting_s: float,
        *faults: str,
        status: Status | None = None,
        reason: Reason | None = None,
        view: View | None = SIDE_ON,
        holding_since_s: float | None = None,
        left_s: float = 30.0,
    ) -> "Practice":
        """Let `faults` (since now) or a status last for a while; without any the form is correct."""
        start_s = self.time_s
        breaches = tuple(Breach(name=name, since_s=start_s) for name in faults)
        default = Status.UNSEEN if reason else Status.ADJUST if faults else Status.CORRECT
        now = Assessment(pose="small", status=status or default, reason=reason, breaches=breaches, side=Side.LEFT)
        while self.time_s < start_s + lasting_s:
            hold = None
            if holding_since_s is not None:
                hold = Hold(side=Side.LEFT, start_s=holding_since_s, end_s=self.time_s, held_s=self.time_s - holding_since_s)
            before = self.coach.cue
            self.coach = self.coach.advise(SPEC, now, view, hold, left_s, self.time_s)
            if self.coach.cue is not None and self.coach.cue != before:
                self.said.append((self.time_s, self.coach.cue.text))
            self.time_s += FRAME_S
        return self

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.said]

    @property
    def cue(self) -> Cue | None:
        return self.coach.cue


def test_good_form_needs_no_words() -> None:
    assert Practice().go_on(60).said == []


def test_a_fault_is_told_once_it_has_lasted_its_own_minimum_time() -> None:
    practice = Practice().go_on(5, EFFECT)
    assert practice.said == [(1.0, CUE[EFFECT])]
    assert practice.cue == Cue(text=CUE[EFFECT], fault=EFFECT, since_s=1.0)
    assert Practice().go_on(5, SPINE).said == [(0.75, CUE[SPINE])]


def test_a_fault_that_passes_sooner_is_not_told() -> None:
    assert Practice().go_on(0.9, EFFECT).go_on(5).said == []


def test_of_several_faults_the_one_with_the_smallest_priority_is_told() -> None:
    assert Practice().go_on(3, EFFECT, "head").texts == [CUE[EFFECT]]


def test_a_lasting_fault_keeps_its_cue_up_and_does_not_repeat_it() -> None:
    practice = Practice().go_on(60, EFFECT)
    assert practice.texts == [CUE[EFFECT]]
    assert practice.cue is not None


def test_two_cues_keep_their_distance() -> None:
    practice = Practice().go_on(2, EFFECT).go_on(20, "head")
    (first_s, first), (second_s, second) = practice.said
    assert (first, second) == (CUE[EFFECT], CUE["head"])
    assert second_s - first_s == 5


def test_safety_does_not_wait_for_its_turn() -> None:
    practice = Practice().go_on(2, EFFECT).go_on(3, SPINE)
    assert practice.said == [(1.0, CUE[EFFECT]), (2.75, CUE[SPINE])]


def test_the_same_cue_comes_back_only_after_a_while() -> None:
    practice = Practice()
    for _ in range(10):
        practice.go_on(2, SPINE).go_on(1, status=Status.ELSEWHERE)
    told = [time_s for time_s, text in practice.said if text == CUE[SPINE]]
    assert len(told) > 1
    assert all(later - earlier >= 10 for earlier, later in pairwise(told))


def test_nothing_but_safety_is_told_in_the_first_three_seconds_of_a_hold() -> None:
    advised = Practice().go_on(2.9, ADVICE, status=Status.CORRECT, holding_since_s=0.0)
    assert advised.said == []
    assert advised.go_on(1, ADVICE, status=Status.CORRECT, holding_since_s=0.0).go_on(1).said == []
    assert Practice().go_on(5, ADVICE, status=Status.CORRECT, holding_since_s=0.0).said == [(3.0, CUE[ADVICE])]
    assert Practice().go_on(2, SPINE, holding_since_s=0.0).texts == [CUE[SPINE]]


def test_nothing_but_safety_is_told_in_the_last_five_seconds_to_the_goal() -> None:
    assert Practice(time_s=20).go_on(4, ADVICE, status=Status.CORRECT, holding_since_s=0.0, left_s=4.9).said == []
    assert Practice(time_s=20).go_on(4, SPINE, holding_since_s=0.0, left_s=4.9).texts == [CUE[SPINE]]


@pytest.mark.parametrize(("since_s", "left_s"), [(19.0, 30.0), (0.0, 4.0)])
def test_a_slanted_view_is_no_safety_matter_either(since_s: float, left_s: float) -> None:
    assert Practice(time_s=20).go_on(1.9, view=OBLIQUE, holding_since_s=since_s, left_s=left_s).said == []


def test_a_correction_is_praised_once() -> None:
    practice = Practice().go_on(2, EFFECT).go_on(10, holding_since_s=2.0)
    assert practice.texts == [CUE[EFFECT], PRAISE]
    practice.go_on(2, EFFECT).go_on(10, holding_since_s=14.0)
    assert practice.texts.count(PRAISE) == 1


def test_nothing_is_praised_before_the_clock_runs() -> None:
    assert Practice().go_on(2, EFFECT).go_on(10).texts == [CUE[EFFECT]]


def test_praise_goes_with_the_form() -> None:
    practice = Practice().go_on(2, EFFECT).go_on(1, holding_since_s=2.0)
    assert practice.cue is not None
    assert practice.cue.text == PRAISE
    assert practice.go_on(0.25, status=Status.ELSEWHERE).cue is None


def test_words_about_the_view_go_when_it_is_good() -> None:
    practice = Practice().go_on(3, reason=Reason.VIEW)
    assert practice.cue is not None
    assert practice.go_on(0.25).cue is None


def test_a_photo_is_told_at_once() -> None:
    practice = Practice(coach=CueSelector(still=True)).go_on(0.125, EFFECT)
    assert practice.texts == [CUE[EFFECT]]


def test_leaving_the_pose_is_not_praised() -> None:
    assert PRAISE not in Practice().go_on(2, EFFECT).go_on(10, status=Status.ELSEWHERE).texts
    assert PRAISE not in Practice().go_on(2, EFFECT).go_on(10, reason=Reason.HIDDEN).texts


def test_advice_that_is_not_followed_is_not_praised() -> None:
    practice = Practice(time_s=10)
    practice.go_on(2, ADVICE, status=Status.CORRECT, holding_since_s=0.0, left_s=6)
    assert practice.texts == [CUE[ADVICE]]
    practice.go_on(5, ADVICE, status=Status.CORRECT, holding_since_s=0.0, left_s=4)
    assert PRAISE not in practice.texts


@pytest.mark.parametrize("reason", list(Reason))
def test_what_keeps_the_camera_from_seeing_is_told_after_a_second(reason: Reason) -> None:
    practice = Practice().go_on(5, reason=reason)
    assert practice.said == [(UNSEEN_AFTER_S, REASONS[reason].cue)]


def test_every_reason_has_a_cue_of_at_most_eight_words() -> None:
    assert REASONS.keys() == set(Reason)
    assert all(len(text.split()) <= 8 for text in (*(row.cue for row in REASONS.values()), PRAISE, TURN_A_LITTLE))


def test_a_flicker_of_sight_is_not_told() -> None:
    practice = Practice()
    for _ in range(10):
        practice.go_on(0.8, reason=Reason.HIDDEN).go_on(0.5)
    assert practice.said == []


def test_a_slanted_view_is_told_only_while_stretching_and_after_the_faults() -> None:
    assert Practice().go_on(2, view=OBLIQUE).texts == [TURN_A_LITTLE]
    assert Practice().go_on(2, view=OBLIQUE, status=Status.ELSEWHERE).said == []
    assert Practice().go_on(0.9, "head", view=OBLIQUE).texts == [TURN_A_LITTLE]
    assert Practice(time_s=1).go_on(30, "head", view=OBLIQUE).texts == [TURN_A_LITTLE, CUE["head"]]


def test_a_cue_stays_up_to_be_read_and_then_goes() -> None:
    practice = Practice().go_on(1.1, EFFECT).go_on(SHOW_S - 0.2)
    assert practice.cue is not None
    practice.go_on(1)
    assert practice.cue is None


def test_a_cue_for_a_lasting_fault_can_still_be_read_when_the_fault_has_gone() -> None:
    practice = Practice().go_on(20, EFFECT).go_on(SHOW_S - 0.5)
    assert practice.cue is not None
    practice.go_on(1)
    assert practice.cue is None


def test_the_cue_of_a_fault_goes_when_the_stretch_is_left() -> None:
    assert Practice().go_on(3, EFFECT).go_on(0.25, status=Status.ELSEWHERE).cue is None
