"""The worked poses as still bodies: four people, every pose of the three stretches, good form and bad.

The shipped ranges differ from those the poses were worked out with, on purpose:

- the neck's limit is 37, not 28: the engine sets ear and shoulder so that a head held well reads up to 32. The worked
  heads that drop read 38 and more, the pillow 18;
- leaning back counts as arching below -14, not -12, and leaning back is all that does: extension beyond 33 is what a full
  stretch of a flexible person reads (`over_range_arch` is no fault of ours);
- a straight knee may read 20, not 18: one that lies straight reads 7 to 9 on recorded people;
- the deep ends are wide: rear hip extension to 45 kneeling and 60 standing, front knee to 145, front shin to 35;
- a front foot too far ahead costs credit and is no fault (`front_foot_too_far`);
- hook-lying is told its faults where the supine stretch is expected, and is no stretch at all among several.
"""

from collections.abc import Callable

import pytest

from formcheck.core.values import Landmarks, Moment, Status
from formcheck.stretches import StretchSpec
from formcheck.testing import kneeling, standing
from tests.support import worked
from tests.support.scenes import scene, watch
from tests.support.specs import KNEELING, SHIPPED, STANDING

SPECS = {spec.name: spec for spec in SHIPPED}
NOT_OURS = {"over_range_arch", "front_foot_too_far"}
POSES = worked.poses("kneeling", "supine", "standing")

pytestmark = worked.needed


def judged(pose: worked.Worked) -> Moment:
    return watch(SPECS[worked.STRETCHES[pose.group]], scene((1, pose.body)))[-1]


@pytest.mark.parametrize("pose", POSES, ids=str)
def test_exactly_the_expected_faults_fire(pose: worked.Worked) -> None:
    fired = {breach.name for breach in judged(pose).assessment.breaches}
    assert fired == set(pose.faults) - NOT_OURS


@pytest.mark.parametrize("pose", [pose for pose in POSES if not set(pose.faults) - NOT_OURS], ids=str)
def test_a_pose_without_a_fault_is_correct_and_scored_great(pose: worked.Worked) -> None:
    assessment = judged(pose).assessment
    assert assessment.status is Status.CORRECT
    assert assessment.score is not None
    assert assessment.score >= (85 if pose.faults else 95)


@pytest.mark.parametrize("pose", [pose for pose in POSES if set(pose.faults) - NOT_OURS], ids=str)
def test_a_pose_with_a_fault_scores_no_more_than_its_cap_and_stops_the_clock_unless_it_is_advice(pose: worked.Worked) -> None:
    assessment = judged(pose).assessment
    faults = [SPECS[assessment.pose].fault(breach.name) for breach in assessment.breaches]
    assert assessment.score is not None
    assert assessment.score <= min(fault.cap for fault in faults)
    assert (assessment.status is Status.ADJUST) is any(fault.stops_clock for fault in faults)


@pytest.mark.parametrize("pose", [pose for pose in POSES if not pose.observable], ids=str)
def test_what_no_side_camera_can_see_is_not_reported(pose: worked.Worked) -> None:
    moment = judged(pose)
    assert moment.assessment.status is Status.CORRECT
    assert moment.assessment.breaches == ()
    assert moment.cue is None


@pytest.mark.parametrize("pose", [pose for pose in POSES if pose.name == "hook_lying"], ids=str)
def test_hook_lying_is_no_stretch_where_none_is_expected(pose: worked.Worked) -> None:
    assert {moment.assessment.status for moment in watch(SHIPPED, scene((1, pose.body)))} == {Status.ELSEWHERE}


def test_every_fault_of_the_shipped_files_has_a_worked_pose() -> None:
    shown = {(worked.STRETCHES[pose.group], name) for pose in POSES for name in pose.faults}
    faults = {(spec.name, fault.name) for spec in SHIPPED for fault in spec.faults}
    assert {(stretch, name) for stretch, name in faults if name != "head_thrown_back"} <= shown


@pytest.mark.parametrize(("spec", "body"), [(KNEELING, kneeling), (STANDING, standing)], ids=["kneeling", "standing"])
def test_a_head_thrown_back_is_told_and_looking_up_is_not(spec: StretchSpec, body: Callable[..., Landmarks]) -> None:
    """No worked pose has it."""
    for neck, told in ((-30.0, []), (-46.0, ["head_thrown_back"])):
        now = watch(spec, scene((2, body(neck=neck))))[-1].assessment
        assert [breach.name for breach in now.breaches] == told
