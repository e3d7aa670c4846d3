"""Laws of the rendered holds for strength: what carries the body stays on the floor, and the clips are those of the table."""

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.render.body import SIDES, Body
from samples.render.clip import Clip
from samples.render.goes import GOES, LOST, random_go
from samples.render.labels import FAULTS, changed
from samples.render.moments import end_s, moments
from samples.render.sidecar import label_file, label_runs
from samples.render.skeleton import Skeleton, stand
from samples.render.strength import STRENGTH, shoulder_m
from samples.render.truth import measures

GOES_FOLDER = Path(__file__).parents[2] / "data" / "goes"
bodies = st.builds(Body, stature_m=st.floats(1.5, 1.95), girth=st.floats(0.88, 1.22))


def posed(pose: str, body: Body, **wanted: float) -> Skeleton:
    act = STRENGTH[pose]
    return stand(body, act.posture(body, act.settle(body, {**act.rest, **wanted}), "right"))


@given(bodies, st.floats(-3, 40))
def test_a_bridge_has_the_wanted_hips_and_stands_on_shoulders_and_feet(body: Body, hip: float) -> None:
    skeleton = posed("bridge", body, hip=hip, up=1.0)
    assert measures("bridge", skeleton, "right")["hip_flexion"] == pytest.approx(hip, abs=0.1)
    assert skeleton.joints["mid_shoulder"][1] == pytest.approx(body.lying_m)
    for side in SIDES:
        assert skeleton.joints[f"{side}_ankle"][1] == pytest.approx(body.ankle_m, abs=0.01)


@given(bodies, st.floats(-2, 34))
def test_on_one_leg_the_other_is_in_line_with_the_thigh(body: Body, hip: float) -> None:
    found = measures("single_leg_bridge", posed("single_leg_bridge", body, hip=hip, up=1.0, raised=1.0), "right")
    assert found["bent_hip_flexion"] == pytest.approx(hip, abs=0.1)
    assert found["straight_knee_flexion"] == pytest.approx(4.0)


@given(bodies, st.floats(-26, 55), st.floats(0, 38))
def test_a_plank_rests_on_elbows_and_toes(body: Body, hip: float, knee: float) -> None:
    skeleton = posed("plank", body, hip=hip, knee=knee)
    found = measures("plank", skeleton, "right")
    assert (found["hip_flexion"], found["knee_flexion"]) == pytest.approx((hip, knee), abs=0.01)
    assert skeleton.joints["mid_shoulder"][1] == pytest.approx(shoulder_m(body))
    assert skeleton.joints["right_ball"][1] == pytest.approx(0.0, abs=0.01)


def test_a_change_from_the_start_is_labelled_either_way() -> None:
    times_s = [i / 10 for i in range(60)]
    hips = [5.0] * 30 + [14.0] * 10 + [17.0] * 10 + [-6.0] * 10
    labels = changed("single_leg_bridge", times_s, ["correct"] * 60, [{"bent_hip_flexion": hip} for hip in hips])
    assert labels == ["correct"] * 40 + ["hips_drop"] * 20
    assert changed("bridge", times_s, ["correct"] * 60, [{"hip_flexion": hip} for hip in hips]) == ["correct"] * 60


@pytest.mark.parametrize("clip", GOES, ids=lambda clip: clip.name)
def test_the_committed_clips_are_those_of_the_table(clip: Clip) -> None:
    frames = list(moments(clip))
    path = GOES_FOLDER / f"{clip.name}.toml"
    assert path.read_text(encoding="utf-8") == label_file(clip, label_runs(clip, frames), frames)
    with path.with_suffix(".angles.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(frames)
    labels = [entry["label"] for entry in tomllib.loads(path.read_text(encoding="utf-8"))["intervals"]]
    assert labels[:2] == ["other", "correct"]
    assert set(labels[2:]) <= {"other"} | {fault.name for fault in FAULTS[clip.pose]}


@pytest.mark.parametrize("index", range(6))
def test_each_clip_by_chance_has_two_goes_that_end(index: int) -> None:
    clip = random_go(1, index)
    runs = label_runs(clip, list(moments(clip)))
    correct = [run for run in runs if run.label == "correct"]
    assert len(correct) == 2
    assert correct[-1].end_s < end_s(clip) - 1.0
    assert {form for forms in LOST.values() for form in forms} >= {run.label for run in runs} - {"other", "correct"}
