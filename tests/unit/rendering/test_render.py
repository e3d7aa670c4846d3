"""Laws of the rendered people: the angles asked for are the angles written down, and what stands on the floor stays there."""

import tomllib
from dataclasses import replace
from itertools import pairwise
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.render.body import SIDES, Body, Side, other, sign
from samples.render.camera import Camera, project, room_points
from samples.render.clips import CLIPS, FIRST, Clip
from samples.render.hands import PLACES
from samples.render.labels import FAULTS, FULL_CREDIT, in_shape, intervals, label_of
from samples.render.moments import Moment, moments
from samples.render.motion import Motion, ease
from samples.render.people import PEOPLE
from samples.render.reach import reach, two_bone_angles
from samples.render.sidecar import label_file
from samples.render.skeleton import Skeleton, hold, stand
from samples.render.stretches import STRETCHES
from samples.render.truth import MEASURES, all_measures, measures
from tests.unit.rendering.opengl import needs_opengl

bodies = st.builds(Body, stature_m=st.floats(1.45, 2.0), girth=st.floats(0.85, 1.25))
sides = st.sampled_from(SIDES)


def posed(pose: str, body: Body, side: Side, **wanted: float) -> Skeleton:
    """A skeleton in a stretch, its parameters those of rest but for ``wanted``."""
    stretch = STRETCHES[pose]
    return stand(body, stretch.posture(body, stretch.settle(body, {**stretch.rest, **wanted}), side))


def by_name(name: str) -> Clip:
    return next(clip for clip in CLIPS if clip.name == name)


@pytest.fixture(scope="module", params=[clip.name for clip in FIRST])
def played(request: pytest.FixtureRequest) -> tuple[Clip, list[Moment]]:
    clip = by_name(request.param)
    return clip, list(moments(clip))


# --- what is asked for is what is measured


@given(bodies, sides, st.floats(-15, 40), st.floats(-20, 30), st.floats(-10, 45))
def test_kneeling_shows_the_angles_asked_for(body: Body, side: Side, extension: float, trunk: float, neck: float) -> None:
    found = measures(
        "kneeling_hip_flexor",
        posed("kneeling_hip_flexor", body, side, extension=extension, trunk=trunk, neck=neck),
        side,
    )
    assert found["rear_hip_extension"] == pytest.approx(extension, abs=1e-6)
    assert found["trunk_inclination"] == pytest.approx(trunk, abs=1e-6)
    assert found["neck_relative"] == pytest.approx(neck, abs=1e-6)


@given(bodies, sides, st.floats(5, 35), st.floats(-15, 25), st.floats(5, 55))
def test_the_lunge_shows_the_angles_asked_for(body: Body, side: Side, extension: float, trunk: float, rear_knee: float) -> None:
    wanted = {"extension": extension, "trunk": trunk, "rear_knee": rear_knee, "stage": 1.0}
    stretch = STRETCHES["standing_psoas"]
    hip_x = stretch.settle(body, {**stretch.rest, **wanted})["hip_x"]
    wanted["step"] = hip_x / (body.thigh_m + body.shank_m)  # a front foot under the hip is always in reach
    skeleton = posed("standing_psoas", body, side, **wanted)
    found = measures("standing_psoas", skeleton, side)
    assert found["rear_hip_extension"] == pytest.approx(extension, abs=1e-4)
    assert found["trunk_inclination"] == pytest.approx(trunk, abs=1e-6)
    assert found["rear_knee_flexion"] == pytest.approx(rear_knee, abs=1e-4)


@given(bodies, sides, st.floats(60, 140), st.floats(0, 50), st.floats(-15, 25), st.floats(-10, 45))
def test_lying_shows_the_angles_asked_for(
    body: Body, side: Side, bent_hip: float, knee: float, tilt: float, neck: float
) -> None:
    skeleton = posed(
        "supine_psoas",
        body,
        side,
        bent_hip=bent_hip,
        bent_knee=120.0,
        straight_knee=knee,
        trunk_elevation=tilt,
        neck=neck,
    )
    found = measures("supine_psoas", skeleton, side)
    assert found["bent_hip_flexion"] == pytest.approx(bent_hip, abs=1e-6)
    assert found["straight_knee_flexion"] == pytest.approx(knee, abs=1e-6)
    assert found["trunk_elevation"] == pytest.approx(tilt, abs=1e-6)
    assert found["neck_relative"] == pytest.approx(neck, abs=1e-6)


@given(bodies, sides, st.floats(0, 30))
def test_a_straight_leg_rises_by_what_was_asked(body: Body, side: Side, lift: float) -> None:
    rest = measures("supine_psoas", posed("supine_psoas", body, side), side)
    raised = measures("supine_psoas", posed("supine_psoas", body, side, leg_lift=lift), side)
    assert raised["straight_leg_elevation"] - rest["straight_leg_elevation"] == pytest.approx(lift, abs=1e-6)


# --- laws


@given(bodies, sides, st.floats(-15, 40), st.floats(-20, 30))
def test_hip_extension_is_thigh_lean_less_trunk(body: Body, side: Side, extension: float, trunk: float) -> None:
    skeleton = posed("kneeling_hip_flexor", body, side, extension=extension, trunk=trunk)
    thigh = skeleton.joints[f"{side}_hip"] - skeleton.joints[f"{side}_knee"]
    lean = np.degrees(np.arctan2(thigh[0], thigh[1]))
    assert all_measures(skeleton, side)["rear_hip_extension"] == pytest.approx(lean - trunk, abs=1e-6)


@pytest.mark.parametrize("pose", STRETCHES)
@given(body=bodies)
def test_either_side_measures_the_same(pose: str, body: Body) -> None:
    left, right = (measures(pose, posed(pose, body, side, stage=1.0), side) for side in SIDES)
    assert left == pytest.approx(right)


@pytest.mark.parametrize("clip", FIRST, ids=lambda clip: clip.name)
def test_the_other_facing_is_the_same_picture_with_the_other_side_near(clip: Clip) -> None:
    turned = replace(clip, facing="left" if clip.facing == "right" else "right", stretched=other(clip.stretched))
    camera = replace(clip.camera, aim=(0.0, clip.camera.aim[1]))
    for one, two in list(zip(moments(clip), moments(turned), strict=True))[::60]:
        assert one.measures == pytest.approx(two.measures)
        for name in ("hip", "knee", "ankle", "wrist"):
            here, there = (
                project(room_points(moment.skeleton.joints[f"{c.stretched}_{name}"], c.facing), camera, c.facing)
                for moment, c in ((one, clip), (two, turned))
            )
            assert there == pytest.approx([camera.size[0] - here[0], here[1]], abs=1e-6)


@pytest.mark.parametrize("side", SIDES)
def test_who_faces_right_shows_the_right_side(side: Side) -> None:
    point = np.array([0.0, 1.0, sign(side)])
    assert (room_points(point, "right")[2] > 0) == (side == "right")
    assert (room_points(point, "left")[2] > 0) == (side == "left")


@given(bodies, st.floats(-60, 60), st.floats(0.2, 0.99))
def test_inverse_kinematics_puts_the_ankle_where_it_was_wanted(body: Body, direction: float, share: float) -> None:
    span = share * (body.thigh_m + body.shank_m)
    dx, dy = span * np.sin(np.radians(direction)), -span * np.cos(np.radians(direction))
    thigh, knee = two_bone_angles(dx, dy, body.thigh_m, body.shank_m)
    ends = [(body.thigh_m, thigh), (body.shank_m, thigh - knee)]
    assert sum(length * np.sin(np.radians(angle)) for length, angle in ends) == pytest.approx(dx, abs=1e-9)
    assert sum(-length * np.cos(np.radians(angle)) for length, angle in ends) == pytest.approx(dy, abs=1e-9)


@given(st.tuples(*[st.floats(-1, 1)] * 3))
def test_arms_keep_their_length(goal: tuple[float, float, float]) -> None:
    elbow, wrist = reach(np.zeros(3), np.array([*goal[:2], goal[2] + 1e-3]), 0.33, 0.26, np.array([-1.0, 0.2, 0.4]))
    assert np.linalg.norm(elbow) == pytest.approx(0.33)
    assert np.linalg.norm(wrist - elbow) == pytest.approx(0.26)


# --- contact with the floor


def drift(points: list[np.ndarray]) -> float:
    """The largest distance from where a point was first."""
    return max(float(np.linalg.norm(point - points[0])) for point in points)


def test_planted_points_stay_planted(played: tuple[Clip, list[Moment]]) -> None:
    clip, frames = played
    rear, front = clip.stretched, other(clip.stretched)
    planted = {
        "kneeling_hip_flexor": [f"{rear}_knee", f"{rear}_ankle", f"{front}_heel", f"{front}_foot_index"],
        "standing_psoas": [f"{front}_heel", f"{front}_foot_index"],
        "supine_psoas": ["mid_hip", "mid_shoulder"],
    }[clip.pose]
    for name in planted:
        assert drift([frame.skeleton.joints[name] for frame in frames]) < 1e-6, name


def test_the_rear_foot_stays_planted_through_the_lunge() -> None:
    clip = by_name("standing_psoas")
    frames = [m for m in moments(clip) if 4.0 < m.time_s < 18.0]
    assert drift([m.skeleton.joints[f"{clip.stretched}_ball"] for m in frames]) < 1e-6
    assert drift([m.skeleton.joints[f"{clip.stretched}_foot_index"] for m in frames]) < 1e-6


def test_nothing_sinks_into_the_floor(played: tuple[Clip, list[Moment]]) -> None:
    _, frames = played
    for frame in frames[::10]:
        for name, point in frame.skeleton.joints.items():
            assert point[1] > -0.02, f"{name} at {frame.time_s} s"


def test_bones_keep_their_length(played: tuple[Clip, list[Moment]]) -> None:
    clip, frames = played
    body = PEOPLE[clip.person].body
    for frame in frames[::10]:
        j = frame.skeleton.joints
        for side in SIDES:
            assert np.linalg.norm(j[f"{side}_hip"] - j[f"{side}_knee"]) == pytest.approx(body.thigh_m)
            assert np.linalg.norm(j[f"{side}_knee"] - j[f"{side}_ankle"]) == pytest.approx(body.shank_m)


def test_hands_reach_the_places_they_go_to() -> None:
    for clip in FIRST:
        body, frames = PEOPLE[clip.person].body, list(moments(clip))
        skeleton = frames[len(frames) // 3].skeleton
        for side in SIDES:
            grip = PLACES[clip.hands[1]](skeleton, body, side, clip.stretched)
            hold(skeleton, body, side, grip)
            assert np.linalg.norm(skeleton.joints[f"{side}_wrist"] - grip.wrist) < 0.02, clip.name


# --- motion


def test_easing_starts_and_ends_at_rest() -> None:
    assert [ease(share) for share in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert ease(0.01) < 1e-4


def test_a_motion_passes_through_its_keys() -> None:
    motion = Motion.of([(0.0, {"a": 1.0, "b": 2.0}), (1.0, {"a": 3.0}), (2.0, {})])
    assert motion.at(0.0) == {"a": 1.0, "b": 2.0}
    assert motion.at(0.5) == {"a": 2.0, "b": 2.0}
    assert motion.at(1.5) == motion.at(9.0) == {"a": 3.0, "b": 2.0}


@pytest.mark.parametrize("steps", [[(0.0, {"a": 1.0}), (0.0, {})], [(0.0, {"a": 1.0}), (1.0, {"b": 1.0})]])
def test_a_motion_that_makes_no_sense_is_refused(steps: list[tuple[float, dict[str, float]]]) -> None:
    with pytest.raises(ValueError, match="times must rise"):
        Motion.of(steps)


def test_joints_move_smoothly(played: tuple[Clip, list[Moment]]) -> None:
    clip, frames = played
    for before, after in pairwise(frames):
        for name, point in after.skeleton.joints.items():
            speed = float(np.linalg.norm(point - before.skeleton.joints[name]) * float(clip.fps))
            assert speed < 3.5, f"{name} at {after.time_s} s"


# --- labels


def test_each_clip_is_correct_lapses_and_is_correct_again(played: tuple[Clip, list[Moment]]) -> None:
    _, frames = played
    end_s = frames[-1].time_s + 0.04
    runs = intervals([m.time_s for m in frames], [m.label for m in frames], end_s)
    held = [index for index, run in enumerate(runs) if run.label == "correct" and run.end_s - run.start_s > 4.0]
    assert len(held) == 2
    lapse = [run for run in runs[held[0] : held[1]] if run.label != "correct"]
    assert [run.end_s - run.start_s > 2.0 for run in lapse] == [True]


def test_intervals_are_sorted_and_leave_gaps_where_either_answer_is_right() -> None:
    labels = [None] * 10 + ["correct"] * 10 + ["head_drops"] * 2 + ["correct"] * 10
    runs = intervals([i / 10 for i in range(32)], labels, 3.2)
    assert [(run.start_s, run.end_s, run.label) for run in runs] == [(1.0, 2.0, "correct"), (2.2, 3.2, "correct")]


@pytest.mark.parametrize("pose", FULL_CREDIT)
def test_limits_name_measures_that_the_pose_has(pose: str) -> None:
    assert set(FULL_CREDIT[pose]) <= set(MEASURES[pose])
    assert pose not in STRETCHES or set(FULL_CREDIT[pose]) == set(MEASURES[pose])
    assert {fault.measure for fault in FAULTS[pose]} <= set(MEASURES[pose])
    middle = {name: (low + high) / 2 for name, (low, high) in FULL_CREDIT[pose].items()}
    assert pose not in STRETCHES or label_of(pose, middle) == "correct"


FAULTY = [
    ("kneeling_hip_flexor", "arching_back", {"extension": 34.0, "trunk": -18.0, "step": 0.58}),
    ("kneeling_hip_flexor", "leaning_forward", {"extension": -6.0, "trunk": 25.0, "step": 0.58}),
    ("kneeling_hip_flexor", "hips_not_forward", {"extension": 0.0, "step": 0.58}),
    ("kneeling_hip_flexor", "front_knee_past_toes", {"extension": 30.0, "trunk": 2.0, "step": 0.36}),
    ("kneeling_hip_flexor", "head_drops", {"extension": 20.0, "neck": 38.0, "step": 0.58}),
    ("supine_psoas", "straight_leg_lifts", {"bent_hip": 118.0, "leg_lift": 22.0}),
    ("supine_psoas", "straight_knee_bends", {"bent_hip": 118.0, "straight_knee": 45.0}),
    ("supine_psoas", "knee_not_close", {"bent_hip": 78.0, "bent_knee": 95.0}),
    ("supine_psoas", "head_lifts", {"bent_hip": 118.0, "neck": 42.0}),
    ("supine_psoas", "shoulders_lift", {"bent_hip": 125.0, "trunk_elevation": 22.0, "neck": 18.0}),
    ("supine_psoas", "hips_lift", {"bent_hip": 105.0, "trunk_elevation": -18.0}),
    ("standing_psoas", "arching_back", {"extension": 40.0, "trunk": -18.0, "step": 0.6}),
    ("standing_psoas", "leaning_forward", {"extension": 2.0, "trunk": 27.0}),
    ("standing_psoas", "rear_knee_bent", {"extension": 8.0, "trunk": 2.0, "rear_knee": 50.0}),
    ("standing_psoas", "hips_not_forward", {"extension": 2.0, "trunk": 9.0, "rear_knee": 18.0, "step": 0.4}),
    ("standing_psoas", "front_knee_straight", {"extension": 17.0, "trunk": 0.0, "rear_knee": 4.0, "step": 0.435}),
    ("standing_psoas", "front_knee_past_toes", {"extension": 36.0, "trunk": 2.0, "rear_knee": 14.0, "step": 0.42}),
    ("standing_psoas", "head_drops", {"extension": 28.0, "neck": 38.0}),
    ("standing_quad", "trunk_inclination_high", {"trunk": 26.0, "extension": 2.0}),
    ("standing_quad", "rear_hip_extension_low", {"extension": -36.0}),
]


@pytest.mark.parametrize(("pose", "fault", "wanted"), FAULTY, ids=[f"{pose}-{fault}" for pose, fault, _ in FAULTY])
def test_every_fault_can_be_asked_for(pose: str, fault: str, wanted: dict[str, float]) -> None:
    for person in PEOPLE.values():
        skeleton = posed(pose, person.body, "right", **{"bent_knee": 122.0, "stage": 1.0, **wanted})
        found = measures(pose, skeleton, "right")
        assert in_shape(pose, skeleton, found, person.body, "right"), found
        assert label_of(pose, found) == fault, found


def test_a_step_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="out of reach"):
        posed("standing_psoas", Body(stature_m=1.75), "left", extension=5.0, step=0.9, stage=1.0)


def test_the_table_of_faults_is_whole() -> None:
    assert {(pose, fault) for pose, fault, _ in FAULTY} == {
        (pose, f.name) for pose in FAULTS if pose in STRETCHES for f in FAULTS[pose]
    }


def test_label_files_are_toml(played: tuple[Clip, list[Moment]]) -> None:
    clip, frames = played
    runs = intervals([m.time_s for m in frames], [m.label for m in frames], frames[-1].time_s + 0.04)
    found = tomllib.loads(label_file(clip, runs, frames))
    assert found["format"] == 1
    assert found["pose"] == clip.pose
    assert found["part"] == PEOPLE[clip.person].part
    assert found["camera"]["yaw_deg"] == clip.camera.yaw_deg
    assert len(found["intervals"]) == len(runs)


def test_names_of_clips_are_unique() -> None:
    assert len({clip.name for clip in CLIPS}) == len(CLIPS)


# --- the picture


@given(st.floats(-45, 45), st.floats(0.3, 1.4), st.floats(2, 4))
def test_the_aim_is_the_middle_of_the_picture(yaw: float, height: float, distance: float) -> None:
    camera = Camera(yaw_deg=yaw, height_m=height, distance_m=distance, aim=(0.2, 0.7))
    assert project(np.array([0.2, 0.7, 0.0]), camera, "right") == pytest.approx([320, 180])


def test_a_person_stays_inside_the_picture(played: tuple[Clip, list[Moment]]) -> None:
    clip, frames = played
    width, height = clip.camera.size
    margin = 0.05
    for frame in frames[::10]:
        for name, point in frame.skeleton.joints.items():
            x, y = project(room_points(point, clip.facing), clip.camera, clip.facing)
            assert margin * width < x < (1 - margin) * width, name
            assert margin * height < y < (1 - margin) * height, name


@pytest.mark.heavy
@needs_opengl
@pytest.mark.parametrize("facing", ["right", "left"])
def test_a_frame_can_be_drawn(facing: str) -> None:
    pytest.importorskip("pyvista")
    from samples.render.camera import Facing
    from samples.render.produce import picture
    from samples.render.scene import Stage

    way: Facing = "right" if facing == "right" else "left"
    clip = by_name("kneeling_hip_flexor")
    camera = replace(clip.camera, size=(160, 120), roll_deg=4.0, yaw_deg=20.0, aim=(0.0, 0.6))
    clip = replace(clip, camera=camera, facing=way)
    moment = list(moments(clip))[150]
    with Stage(clip.room, clip.camera, clip.facing) as stage:
        shot = picture(stage, clip, moment).astype(int)
        again = picture(stage, clip, moment).astype(int)
    assert shot.shape == (120, 160, 3)
    assert (shot == again).all()
    # The shirt is where the chest was said to be, which ties the drawing to the truth.
    j = moment.skeleton.joints
    x, y = project(room_points((j["mid_hip"] + j["mid_shoulder"]) / 2, clip.facing), camera, clip.facing)
    red, green, blue = shot[round(y), round(x)]
    assert red > 1.5 * max(green, blue)
    assert hypot(x - 80, y - 60) < 60
