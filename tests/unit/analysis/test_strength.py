"""Holds to the end: one go, which ends when its form was lost, and never a stretch that is recognised."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.document import BOTH
from formcheck.analysis.scoring.result import Result, Scorer
from formcheck.analysis.stretch_tracker import START_S
from formcheck.core.errors import FormcheckError
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Landmarks, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.testing import hook_lying, kneeling, knees_hugged, legs_flat, mirrored, standing, supine, upright
from tests.support.laws import law
from tests.support.scenes import FPS, Scene, holds, scene, statuses, watch
from tests.support.specs import SHIPPED, SUPINE
from tests.support.strength import BRIDGE, PLANK, SINGLE, STRENGTH, bridge, plank, prone, single_leg_bridge

GOES = [
    pytest.param(BRIDGE, bridge(), bridge(35.0), id="bridge: hips drop a little"),
    pytest.param(BRIDGE, bridge(), hook_lying(), id="bridge: hips lie down"),
    pytest.param(SINGLE, single_leg_bridge(), single_leg_bridge(20.0), id="one leg: hips drop"),
    pytest.param(SINGLE, single_leg_bridge(14.0), single_leg_bridge(0.0), id="one leg: hips rise"),
    pytest.param(PLANK, plank(), plank(-25.0), id="plank: hips sag"),
    pytest.param(PLANK, plank(), plank(32.0), id="plank: hips up"),
    pytest.param(PLANK, plank(), plank(0.0, knee=38.0), id="plank: knees drop"),
]
each_go = pytest.mark.parametrize(("spec", "body", "lost"), GOES)
MOVEMENT_S = 0.15
"""A frame and what the median lags behind."""


def scored(spec: StretchSpec, shots: Scene) -> Result:
    analyzer, scorer = FormAnalyzer([spec]), Scorer([spec])
    for time_s, people in shots:
        scorer.add(analyzer.step(people, time_s))
    end_s = len(shots) / FPS
    clip = ClipInfo(path="clip.mp4", width=640, height=360, fps=FPS, expected_s=end_s)
    return scorer.result(clip, EngineInfo(name="x", version="1", model="m"), end_s, analyzer.summary(end_s))


@each_go
def test_a_go_ends_when_its_form_was_lost_and_not_a_second_later(spec: StretchSpec, body: Landmarks, lost: Landmarks) -> None:
    (hold,) = holds(spec, scene((6, body), (4, lost)))[spec.name]
    assert hold.start_s == pytest.approx(0.0, abs=MOVEMENT_S)
    assert hold.end_s == pytest.approx(6.0, abs=MOVEMENT_S)
    assert hold.held_s == pytest.approx(6.0, abs=2 * MOVEMENT_S)


@each_go
@pytest.mark.parametrize(("lapse_s", "goes"), [(0.6, 1), (1.5, 2)])
def test_a_lapse_of_more_than_a_second_ends_it(
    spec: StretchSpec, body: Landmarks, lost: Landmarks, lapse_s: float, goes: int
) -> None:
    found = holds(spec, scene((5, body), (lapse_s, lost), (5, body)))[spec.name]
    assert len(found) == goes
    assert found[-1].end_s == pytest.approx(10.0 + lapse_s, abs=MOVEMENT_S)


@each_go
def test_the_mirror_image_is_the_same_go(spec: StretchSpec, body: Landmarks, lost: Landmarks) -> None:
    (hold,) = holds(spec, scene((4, mirrored(body)), (3, mirrored(lost))))[spec.name]
    assert hold.end_s == pytest.approx(4.0, abs=MOVEMENT_S)
    assert hold.side is (Side.LEFT if spec is SINGLE else None)


class TestFromItsOwnStart:
    @law
    @given(st.floats(-8, 14), st.floats(3, 8))
    def test_a_slow_sag_ends_ten_degrees_from_where_it_began(self, start: float, pace: float) -> None:
        """However high the hips were to begin with, and however slowly they sink."""
        shots = scene((4, single_leg_bridge(start)), *((0.2, single_leg_bridge(start + pace * i / 5)) for i in range(30)))
        hold = holds(SINGLE, shots)[SINGLE.name][0]
        assert 10 / pace - 1.2 <= hold.end_s - 4.0 <= 10 / pace + 0.6

    def test_who_stays_where_they_sank_to_begins_no_new_go(self) -> None:
        assert len(holds(SINGLE, scene((5, single_leg_bridge(0.0)), (8, single_leg_bridge(15.0))))[SINGLE.name]) == 1

    def test_who_lay_down_in_between_begins_a_new_one_where_they_are(self) -> None:
        shots = scene((5, single_leg_bridge(0.0)), (3, hook_lying()), (5, single_leg_bridge(15.0)))
        assert len(holds(SINGLE, shots)[SINGLE.name]) == 2

    def test_the_start_is_known_once_its_seconds_are_over(self) -> None:
        moments = watch(SINGLE, scene((4, single_leg_bridge(5.0))))
        known = [moment.time_s for moment in moments if moment.assessment.start]
        assert known[0] == pytest.approx(START_S, abs=3 * MOVEMENT_S)
        assert moments[-1].assessment.start == {"bent_hip_flexion": pytest.approx(5.0, abs=0.5)}

    def test_what_is_beyond_is_told_as_far_as_it_changed(self) -> None:
        result = scored(SINGLE, scene((5, single_leg_bridge(5.0)), (3, single_leg_bridge(22.0))))
        assert [fault.name for fault in result.faults] == ["hips_drop"]
        assert result.causes[0].beyond_deg == pytest.approx(22 - 5 - 7, abs=1.5)


class TestTheDocument:
    def test_both_legs_alike_have_one_entry_and_no_goal(self) -> None:
        document = scored(BRIDGE, scene((6, bridge()), (4, bridge(35.0)))).to_dict()
        entry = document["sides"][BOTH]
        assert list(document["sides"]) == ["both"]
        assert (entry["goal_s"], entry["complete"]) == (None, None)
        assert entry["longest_s"] == pytest.approx(6.0, abs=2 * MOVEMENT_S)
        assert document["holds"][0]["side"] is None
        assert (document["score"], document["band"], entry["score"]) == (None, None, None), "nobody is graded"
        assert {cause["points"] for cause in document["causes"]} == {0.0}

    def test_a_hold_on_one_leg_has_its_side(self) -> None:
        sides = scored(SINGLE, scene((4, single_leg_bridge()))).sides
        assert list(sides) == [Side.RIGHT]
        assert sides[Side.RIGHT].goal_s is None

    def test_a_side_is_refused_where_there_is_none(self) -> None:
        with pytest.raises(FormcheckError, match=r"bridge: both legs do the same in it"):
            FormAnalyzer([BRIDGE], Side.LEFT)


class TestNothingIsTakenForIt:
    @pytest.mark.parametrize("body", [bridge(), bridge(20.0), single_leg_bridge(), single_leg_bridge(20.0), plank(), prone()])
    def test_they_are_no_stretch_that_is_recognised(self, body: Landmarks) -> None:
        assert holds(SHIPPED, scene((8, body))) == {}
        assert not any(status.in_shape for status in statuses(watch(SUPINE, scene((3, body)))))

    @law
    @given(st.floats(-15, 55), st.floats(8, 45))
    def test_no_bridge_is_a_supine_stretch(self, hip: float, lift: float) -> None:
        assert holds(SUPINE, scene((3, bridge(hip, lift=lift)))) == {}

    @pytest.mark.parametrize("spec", STRENGTH, ids=lambda spec: spec.name)
    @pytest.mark.parametrize(
        "body",
        [supine, kneeling, standing, upright, legs_flat, hook_lying, knees_hugged, prone],
        ids=lambda body: body.__name__,
    )
    def test_other_postures_are_none_of_them(self, spec: StretchSpec, body: Callable[[], Landmarks]) -> None:
        assert holds(spec, scene((4, body()))) == {}
        assert Status.CORRECT not in statuses(watch(spec, scene((2, body()))))

    @pytest.mark.parametrize(("spec", "body"), [(SINGLE, bridge()), (PLANK, bridge()), (BRIDGE, plank()), (SINGLE, plank())])
    def test_one_of_them_is_none_of_the_others(self, spec: StretchSpec, body: Landmarks) -> None:
        assert holds(spec, scene((4, body))) == {}
