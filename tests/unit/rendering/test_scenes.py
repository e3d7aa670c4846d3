"""Laws of what is around a stretch: other people, walking, turning, visibility, film and clips by chance."""

import tomllib
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from samples.render.body import SIDES
from samples.render.camera import Camera, Place, project, room_points
from samples.render.chance import random_clip
from samples.render.clip import Clip, Extra, Scene
from samples.render.clips import CLIPS
from samples.render.direction import shot
from samples.render.encode import QUARTER_TURN, encode
from samples.render.film import Film, exposed, times_s
from samples.render.framing import SPACE, framed
from samples.render.hard import resting, walking
from samples.render.labels import FAULTS, in_shape, label_of
from samples.render.moments import moments
from samples.render.people import PEOPLE
from samples.render.plan import LONG_STEP, SHORT_STEP, beats, form
from samples.render.roles import Role
from samples.render.room import Prop
from samples.render.sidecar import label_file, label_runs
from samples.render.skeleton import stand
from samples.render.stills import random_stills
from samples.render.stretches import SHIPPED, STRETCHES
from samples.render.truth import measures
from tests.unit.rendering.opengl import needs_opengl

# --- forms


@pytest.mark.parametrize("person", sorted(PEOPLE))
@pytest.mark.parametrize(
    ("pose", "name"), [(pose, fault.name) for pose in FAULTS if pose in STRETCHES for fault in FAULTS[pose]]
)
def test_each_form_shows_its_fault_alone_and_well_beyond_its_limit(pose: str, name: str, person: str) -> None:
    body, stretch = PEOPLE[person].body, STRETCHES[pose]
    short = (pose, name) in SHORT_STEP
    step = SHORT_STEP.get((pose, name), LONG_STEP.get(pose))
    wanted = {**stretch.rest, **form(pose, name, body, step, short), **({} if step is None else {"step": step})}
    skeleton = stand(body, stretch.posture(body, stretch.settle(body, wanted), "right"))
    found = measures(pose, skeleton, "right")
    assert in_shape(pose, skeleton, found, body, "right")
    assert [fault.name for fault in FAULTS[pose] if fault.there(found)] == [name]
    fault = next(fault for fault in FAULTS[pose] if fault.name == name)
    assert (found[fault.measure] - fault.limit) * fault.beyond >= 8.0


@pytest.mark.parametrize("person", sorted(PEOPLE))
@pytest.mark.parametrize("pose", sorted(FAULTS.keys() & STRETCHES.keys()))
def test_the_correct_form_is_correct_at_every_step(pose: str, person: str) -> None:
    body, stretch = PEOPLE[person].body, STRETCHES[pose]
    for step in {LONG_STEP.get(pose), *(step for (of, _), step in SHORT_STEP.items() if of == pose)}:
        short = step != LONG_STEP.get(pose)
        wanted = {**stretch.rest, **form(pose, "correct", body, step, short), **({} if step is None else {"step": step})}
        found = measures(pose, stand(body, stretch.posture(body, stretch.settle(body, wanted), "right")), "right")
        assert label_of(pose, found) == "correct"


# --- roles


def test_a_walker_sets_each_foot_down_once_and_lets_it_stand() -> None:
    body = PEOPLE["p7"].body
    scene = walking("right", 0.0, 7)
    role = Role(body, [scene], -1.0)
    for before, after in pairwise(role.at(i / 50).skeleton for i in range(round(role.end_s * 50))):
        still = [
            side for side in SIDES if np.allclose(before.joints[f"{side}_ankle"], after.joints[f"{side}_ankle"], atol=1e-3)
        ]
        assert still
        for side in SIDES:
            assert after.joints[f"{side}_heel"][1] > -0.01
            assert np.linalg.norm(after.joints[f"{side}_hip"] - after.joints[f"{side}_knee"]) == pytest.approx(body.thigh_m)


@pytest.mark.parametrize("name", ["standing_leaves_and_returns_p7", "standing_changes_sides_p5", "supine_changes_sides_p8"])
def test_each_scene_begins_where_the_one_before_ended(name: str) -> None:
    clip = next(clip for clip in CLIPS if clip.name == name)
    role = Role(clip.player.body, clip.scenes, clip.at_m)
    for scene in clip.scenes[1:]:
        start_s = scene.steps[0][0]
        before, after = role.at(start_s - 1e-6), role.at(start_s)
        one, two = (played.place.room(played.skeleton.joints["mid_hip"]) for played in (before, after))
        assert two[0] - one[0] == pytest.approx(scene.jump_m, abs=0.03)
        assert two[1:] == pytest.approx(one[1:], abs=0.03)


def test_half_a_turn_is_the_other_facing() -> None:
    points = np.array([[0.3, 1.0, -0.2], [0.0, 0.5, 0.4]])
    assert Place(0.1, 0.2, 180.0).room(points) == pytest.approx(room_points(points, "left", (0.1, 0.2)))


def test_who_turns_stays_on_the_spot() -> None:
    turn = Scene(act="standing_psoas", stretched="right", facing="left", turns=True, steps=[(1.0, {}), (2.0, {})])
    still = Scene(act="standing_psoas", stretched="right", facing="right", steps=[(0.0, {}), (1.0, {})])
    role = Role(PEOPLE["p1"].body, [still, turn], 0.4, -0.3)
    hips = [played.place.room(played.skeleton.joints["mid_hip"]) for played in (role.at(i / 20) for i in range(41))]
    assert all(hip[[0, 2]] == pytest.approx(hips[0][[0, 2]], abs=1e-6) for hip in hips)
    assert role.at(2.0).place.turn_deg == pytest.approx(180.0)


def test_knees_up_a_bridge_and_both_knees_hugged_keep_shoulders_and_feet_on_the_floor() -> None:
    body = PEOPLE["p5"].body
    scene = Scene(act="resting", stretched="right", facing="right", steps=resting("flat", "knees_up", "bridge", "both_hugged"))
    role = Role(body, [scene])
    for index in range(round(role.end_s * 5)):
        joints = role.at(index / 5).skeleton.joints
        assert joints["mid_shoulder"][1] == pytest.approx(body.lying_m, abs=0.01)
        assert min(joints[f"{side}_ankle"][1] for side in SIDES) > 0.5 * body.lying_ankle_m
    lifted = role.at(8.2).skeleton.joints
    assert lifted["mid_hip"][1] > 2 * body.lying_m
    assert lifted["right_ankle"][1] < 1.3 * body.lying_ankle_m


# --- what can be seen


def held(**rest: object) -> Clip:
    clip = shot("held", "kneeling_hip_flexor", "p1", beats(("correct", 1.0)))
    return replace(clip, **rest)  # type: ignore[arg-type]


def labels(clip: Clip) -> set[str | None]:
    return {moment.label for moment in moments(clip)}


def test_a_stretch_half_out_of_the_picture_is_unseen() -> None:
    clip = held()
    assert labels(clip) == {"correct"}
    x, y = clip.camera.aim
    assert labels(replace(clip, camera=replace(clip.camera, aim=(x + 1.0, y)))) == {"unseen"}
    assert labels(replace(clip, at_m=30.0)) == {"unseen"}


@pytest.mark.parametrize("yaw", [45.0, -60.0, 90.0])
def test_a_camera_far_from_the_side_sees_nothing_to_judge(yaw: float) -> None:
    assert labels(held(camera=Camera(yaw_deg=yaw, aim=(0.1, 0.6), distance_m=4.0, lens_deg=45.0))) == {"unseen"}


def test_somebody_in_front_leaves_no_label_and_somebody_behind_does_no_harm() -> None:
    still = Scene(act="standing_psoas", stretched="right", facing="right", steps=[(0.0, {}), (1.0, {})])
    assert labels(held(extras=(Extra(person="p2", scenes=(still,), x_m=-0.6, z_m=0.8),))) == {None}
    assert labels(held(extras=(Extra(person="p2", scenes=(still,), x_m=-0.6, z_m=-0.8),))) == {"correct"}


@pytest.mark.parametrize("pose", sorted(SPACE))
@pytest.mark.parametrize("person", ["p4", "p6"])
def test_a_framed_camera_sees_the_whole_stretch(pose: str, person: str) -> None:
    body = PEOPLE[person].body
    camera = framed(pose, body, "left", yaw_deg=-20, roll_deg=3, height_m=1.0, distance_m=3.0)
    clip = replace(shot("x", pose, person, beats(("start", 0.2), ("correct", 0.2)), facing="left"), camera=camera)
    for moment in moments(clip):
        for name, point in moment.skeleton.joints.items():
            x, y = project(moment.place.room(point), camera, "left")
            assert 0 < x < camera.size[0], name
            assert 0 < y < camera.size[1], name


def test_intervals_say_which_leg_where_a_clip_shows_both() -> None:
    clip = next(clip for clip in CLIPS if clip.name == "standing_changes_sides_p5")
    frames = list(moments(clip))
    found = tomllib.loads(label_file(clip, label_runs(clip, frames), frames))
    assert found["stretched_side"] == "both"
    assert [(run["label"], run.get("stretched_side")) for run in found["intervals"] if run["label"] == "correct"] == [
        ("correct", "right"),
        ("correct", "left"),
    ]


# --- film


def test_irregular_frames_come_in_order_and_not_evenly() -> None:
    times = times_s(Film(irregular=True), Fraction(20), 8.0)
    gaps = np.diff(times)
    assert times[0] < 0.02
    assert gaps.min() > 0.02
    assert gaps.max() > 1.5 * np.median(gaps)
    assert times == times_s(Film(irregular=True), Fraction(20), 8.0)


def test_noise_and_blur_are_the_same_every_time() -> None:
    film = Film(noise=6.0, blur=0.4)
    pictures = [np.full((20, 30, 3), value, np.uint8) for value in (40, 200)]
    one, two = list(exposed(pictures, film)), list(exposed(pictures, film))
    assert all((a == b).all() for a, b in zip(one, two, strict=True))
    assert one[0].std() == pytest.approx(6.0, rel=0.3)
    assert one[1].mean() == pytest.approx(0.6 * 200 + 0.4 * 40, abs=2)
    assert (list(exposed(pictures, Film()))[1] == pictures[1]).all()


def test_frames_keep_their_own_times(tmp_path: Path) -> None:
    times = [0.0, 0.1, 0.13, 0.3]
    encode(tmp_path / "a.mp4", [np.zeros((48, 64, 3), np.uint8)] * 4, Fraction(20), (64, 48), times_s=times)
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert [frame.time for frame in container.decode(video=0)] == pytest.approx(times, abs=1e-4)


def test_a_phone_stores_lying_pictures_with_a_tag(tmp_path: Path) -> None:
    upright = np.zeros((64, 48, 3), np.uint8)
    upright[:16] = 255
    encode(tmp_path / "a.mp4", [upright] * 3, Fraction(20), (48, 64), quarter_turn=True)
    assert QUARTER_TURN in (tmp_path / "a.mp4").read_bytes()
    with av.open(str(tmp_path / "a.mp4")) as container:
        stored = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert stored.shape == (48, 64, 3)
    # Turned clockwise the bright edge, stored on the left, is on top again.
    shown = np.rot90(stored, -1)
    assert shown[:12].mean() > 200
    assert shown[20:].mean() < 50


# --- clips by chance


def test_clips_by_chance_are_the_same_for_a_seed() -> None:
    assert [random_clip(4, i) for i in range(3)] == [random_clip(4, i) for i in range(3)]
    assert random_clip(4, 0) != random_clip(5, 0)
    assert random_clip(4, 0, "test").player.part == "test"


def test_stills_by_chance_are_the_same_for_a_seed_and_show_every_stretch() -> None:
    first, again, other = (list(random_stills(seed, 0, 6)) for seed in (1, 1, 2))
    assert [still.clip for still in first] == [still.clip for still in again]
    assert [still.clip for still in first] != [still.clip for still in other]
    assert {still.clip.pose for still in first} == set(SHIPPED)
    assert len({still.clip.player.body for still in first}) == 1
    for still in first:
        # A label is what the angles make of the picture, whatever form was meant.
        assert still.label in (None, "correct", *(fault.name for fault in FAULTS[still.clip.pose]))
        assert still.moment.measures == next(moments(still.clip)).measures


def test_clips_by_chance_show_a_hold_and_two_faults() -> None:
    for index in range(6):
        clip = replace(random_clip(2, index), fps=Fraction(12), film=Film())
        camera = clip.camera
        assert abs(camera.yaw_deg) <= 45
        assert 0.3 <= camera.height_m <= 1.4
        assert 2 <= camera.distance_m <= 4
        runs = label_runs(
            replace(clip, camera=replace(camera, yaw_deg=0.0)), list(moments(replace(clip, camera=Camera(lens_deg=90))))
        )
        assert sum(run.label == "correct" and run.end_s - run.start_s > 3 for run in runs) == 1
        assert len({run.label for run in runs if run.end_s - run.start_s > 2} - {"correct", "other"}) >= 2


# --- the picture


@pytest.mark.heavy
@needs_opengl
def test_a_frame_with_everything_in_it_can_be_drawn() -> None:
    pytest.importorskip("pyvista")
    from samples.render.produce import picture
    from samples.render.rooms import STUDY, WINDOW
    from samples.render.scene import Stage

    kinds = (
        Prop(kind="sofa", x_m=0.9, z_m=0.8, size_m=(0.6, 0.4, 0.5), colour=(90, 90, 140)),
        Prop(kind="chair", x_m=-0.8, z_m=-0.8, size_m=(0.4, 0.9, 0.4), colour=(150, 60, 54)),
        Prop(kind="ball", x_m=-1.0, z_m=0.3, size_m=(0.3, 0.0, 0.0), colour=(0, 160, 60)),
    )
    room = replace(WINDOW, props=(*STUDY.props, *kinds))
    clip = shot(
        "all", "kneeling_hip_flexor", "p8", beats(("correct", 0.4)), room=room, yaw_deg=15, roll_deg=5, size=(90, 160),
        film=Film(noise=4.0, blur=0.3), extras=(Extra(person="p7", scenes=(walking("right", 0.0, 4),), x_m=-0.9, z_m=-0.9),),
    )  # fmt: skip
    frames = list(moments(clip))[:2]
    with Stage(clip.room, clip.camera, clip.facing) as stage:
        shots = list(exposed((picture(stage, clip, moment) for moment in frames), clip.film))
    assert shots[1].shape == (160, 90, 3)
    assert shots[1].std() > 15
