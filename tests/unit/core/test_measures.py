from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from formcheck.core.engine_traits import EngineTraits
from formcheck.core.geometry import Vec, distance, from_vertical, vector
from formcheck.core.measures import MEASURES, MeasuredBody, Roles, joint_state, locate, measure, missing, sided, size_of
from formcheck.core.values import JOINTS, Landmarks, Point, Reason, Side
from formcheck.core.wording.language import shown
from formcheck.testing import (
    THIGH,
    Leg,
    figure,
    hidden,
    kneeling,
    mirrored,
    moved,
    placed,
    pushed_out,
    rolled,
    scaled,
    shifted,
    shoulder_line,
    standing,
    supine,
)
from tests.support import worked
from tests.support.laws import between, law
from tests.support.spoken import speaking

REAR_RIGHT: Roles = {"rear": Side.RIGHT, "front": Side.LEFT, "straight": Side.RIGHT, "bent": Side.LEFT}
REAR_LEFT: Roles = {role: side.other for role, side in REAR_RIGHT.items()}
TO_THE_HORIZON = {
    "arm_elevation",
    "trunk_inclination",
    "front_shin_angle",
    "rear_shank_elevation",
    "rear_knee_lift",
    "feet_level",
    "front_foot_angle",
    "straight_leg_elevation",
    "trunk_elevation",
    "face_elevation",
}
BODIES = [kneeling(), standing(), supine()]

bodies = st.sampled_from(BODIES)


def value(name: str, body: Landmarks, roles: Roles = REAR_RIGHT, facing: int = 1) -> float:
    found = measure(MEASURES[name], body, roles, facing)
    assert found is not None
    return found


def values(body: Landmarks, roles: Roles = REAR_RIGHT, facing: int = 1) -> dict[str, float]:
    return {name: value(name, body, roles, facing) for name in MEASURES}


@worked.needed
@pytest.mark.parametrize("pose", worked.poses("kneeling", "supine", "standing"), ids=str)
def test_worked_poses_measure_as_worked_out(pose: worked.Worked) -> None:
    shared = MEASURES.keys() & pose.angles.keys()
    assert len(shared) >= 6
    assert {name: value(name, pose.body) for name in shared} == pytest.approx({n: pose.angles[n] for n in shared}, abs=0.1)


@law
@given(
    lean=between(-30, 40), rear=between(-30, 40), rear_knee=between(0, 130), front=between(0, 120), front_knee=between(0, 140)
)
def test_a_figure_measures_as_the_joint_angles_it_was_built_from(
    lean: float, rear: float, rear_knee: float, front: float, front_knee: float
) -> None:
    body = placed(figure(lean=lean, right=Leg(hip=-rear, knee=rear_knee), left=Leg(hip=front, knee=front_knee), neck=12))
    assert value("trunk_inclination", body) == pytest.approx(lean)
    assert value("rear_hip_extension", body) == pytest.approx(rear)
    assert value("rear_knee_flexion", body) == pytest.approx(rear_knee)
    assert value("bent_hip_flexion", body) == pytest.approx(front)
    assert value("front_knee_flexion", body) == pytest.approx(front_knee)
    assert value("neck_relative", body) == pytest.approx(12)


def test_flexion_and_extension_of_the_same_size_differ() -> None:
    assert value("rear_hip_extension", kneeling(extension=20)) == pytest.approx(20)
    assert value("rear_hip_extension", kneeling(extension=-20)) == pytest.approx(-20)


def test_a_leg_off_the_floor_reads_up_and_shoulders_off_the_floor_too() -> None:
    assert value("straight_leg_elevation", supine(leg=20, straight_knee=0)) == pytest.approx(20)
    assert value("trunk_elevation", supine(shoulders=15)) == pytest.approx(15)
    assert value("face_elevation", supine()) > 60


def test_a_knee_on_the_mat_is_not_lifted_and_that_of_a_lunge_is() -> None:
    assert value("rear_knee_lift", kneeling()) < 8.5
    assert value("rear_knee_lift", standing()) > 40


@pytest.mark.parametrize("joint", ["right_toe", "right_ankle", "left_toe", "left_heel", "left_ankle"])
@pytest.mark.parametrize(("right", "up"), [(0.12, 0.0), (-0.12, 0.0), (0.0, 0.1), (0.0, -0.12)])
def test_a_single_joint_set_wrongly_lifts_no_knee_and_sets_none_down(joint: str, right: float, up: float) -> None:
    """The toes of the flat rear foot set under it, the heel of the front foot too high: by 12 cm."""

    def wrong(body: Landmarks) -> Landmarks:
        metre = distance(locate(body, {}, "left_knee"), locate(body, {}, "left_hip")) / THIGH
        point = body.points[joint]
        shifted = replace(point, x=point.x + right * metre, y=point.y + up * metre)
        return replace(body, points={**body.points, joint: shifted})

    assert value("rear_knee_lift", wrong(kneeling())) < 8.5
    assert value("rear_knee_lift", wrong(standing())) > 9.5


@pytest.mark.parametrize("roll", [-5, 5])
def test_a_tilted_camera_lifts_no_knee_and_sets_none_down(roll: float) -> None:
    assert value("rear_knee_lift", rolled(scaled(kneeling(), 0.8), roll)) < 8.5
    assert value("rear_knee_lift", rolled(scaled(standing(), 0.8), roll)) > 9.5


def test_a_knee_that_hovers_over_the_floor_is_lifted_as_the_shank_on_tiptoe_tells() -> None:
    def lunge(shank: float) -> Landmarks:
        """The rear thigh 20 degrees behind the vertical, the rear knee `shank` degrees below the ankle."""
        return placed(figure(lean=0, right=Leg(hip=-20, knee=70 + shank, foot=0), left=Leg(hip=95, knee=95)))

    assert value("rear_knee_lift", lunge(15)) < 8.5
    assert value("rear_knee_lift", lunge(23)) > 9.5


def test_feet_on_the_floor_are_level_and_a_foot_on_a_step_is_higher() -> None:
    assert value("feet_level", kneeling()) == pytest.approx(0, abs=5)
    step_up = placed(figure(lean=0, right=Leg(hip=0, knee=0), left=Leg(hip=60, knee=60)))
    assert value("feet_level", step_up) > 25
    assert value("feet_level", step_up, REAR_LEFT) < -25


def test_the_front_sole_is_level_and_toes_up_are_negative() -> None:
    assert value("front_foot_angle", standing()) == pytest.approx(0, abs=1)
    assert value(
        "front_foot_angle", placed(figure(lean=0, right=Leg(hip=0, knee=0), left=Leg(hip=20, knee=0)))
    ) == pytest.approx(-20)


def test_the_stride_is_positive_with_the_front_foot_ahead() -> None:
    assert value("stride", standing()) > 20
    assert value("stride", standing(), REAR_LEFT) < -20


@law
@given(bodies)
def test_a_mirror_changes_no_measure(body: Landmarks) -> None:
    assert values(mirrored(body), REAR_LEFT, facing=-1) == pytest.approx(values(body))


@law
@given(bodies, between(0.1, 1.0))
def test_size_changes_no_measure(body: Landmarks, factor: float) -> None:
    assert values(scaled(body, factor)) == pytest.approx(values(body))


@law
@given(bodies, between(-0.2, 0.2), between(-0.2, 0.2))
def test_place_changes_no_measure(body: Landmarks, right: float, up: float) -> None:
    small = scaled(body, 0.5)
    assert values(shifted(small, right, up)) == pytest.approx(values(small))


@law
@given(bodies, between(-30, 30))
def test_a_tilted_camera_changes_no_joint_angle(body: Landmarks, angle: float) -> None:
    small = scaled(body, 0.5)
    tilted, level = values(rolled(small, angle)), values(small)
    for name in MEASURES.keys() - TO_THE_HORIZON:
        assert tilted[name] == pytest.approx(level[name]), name


def test_lying_turned_by_a_quarter_keeps_its_joint_angles_and_stands_up() -> None:
    lying = scaled(supine(), 0.5)
    upright = rolled(lying, -90)
    for name in MEASURES.keys() - TO_THE_HORIZON:
        assert value(name, upright) == pytest.approx(value(name, lying)), name
    assert value("trunk_elevation", lying) == pytest.approx(0)
    assert value("trunk_inclination", upright) == pytest.approx(0)


@law
@given(between(-20, 40), between(-20, 30), between(-10, 30))
def test_hip_extension_is_the_lean_of_the_thigh_less_that_of_the_trunk(extension: float, lean: float, shin: float) -> None:
    body = kneeling(extension=extension, lean=lean, shin=shin)
    thigh = from_vertical(vector(locate(body, REAR_RIGHT, "rear_knee"), locate(body, REAR_RIGHT, "rear_hip")))
    assert value("rear_hip_extension", body) == pytest.approx(thigh - value("trunk_inclination", body))


def test_one_degree_of_lean_takes_one_degree_of_extension() -> None:
    upright, leaning = (
        placed(figure(lean=lean, right=Leg(hip=lean - 20, knee=70), left=Leg(hip=95 + lean, knee=95))) for lean in (2, 3)
    )
    assert value("rear_hip_extension", upright) - value("rear_hip_extension", leaning) == pytest.approx(1)
    assert value("rear_knee_flexion", upright) == pytest.approx(value("rear_knee_flexion", leaning))


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("lose", "reason"), [(hidden, Reason.HIDDEN), (pushed_out, Reason.OUT_OF_FRAME)])
def test_a_measure_is_unseen_exactly_when_a_joint_of_it_is(name: str, lose: Callable[..., Landmarks], reason: Reason) -> None:
    row = MEASURES[name]
    for joint in row.joints:
        body = lose(kneeling(), *_points_of(joint))
        assert measure(row, body, REAR_RIGHT, 1) is None
        assert missing(row, body, REAR_RIGHT) is reason
    body = lose(kneeling(), *set(JOINTS).difference(*(_points_of(joint) for joint in row.joints)))
    assert missing(row, body, REAR_RIGHT) is None
    assert value(name, body) == value(name, kneeling())


def _points_of(joint: str) -> set[str]:
    part, _, rest = joint.partition("_")
    if part == "mid":
        return {f"left_{rest}", f"right_{rest}"}
    return {f"{REAR_RIGHT[part]}_{rest}" if part in REAR_RIGHT else joint}


def test_out_of_the_picture_outweighs_hidden() -> None:
    body = pushed_out(hidden(kneeling(), "right_knee"), "right_ankle")
    assert missing(MEASURES["rear_knee_flexion"], body, REAR_RIGHT) is Reason.OUT_OF_FRAME


def test_of_a_pair_one_seen_is_enough() -> None:
    body = hidden(kneeling(), "left_shoulder", "right_hip", "left_ear")
    assert value("trunk_inclination", body) == value("trunk_inclination", kneeling())
    both = hidden(body, "right_shoulder")
    assert measure(MEASURES["trunk_inclination"], both, REAR_RIGHT, 1) is None


@pytest.mark.parametrize(
    ("at", "visibility", "state"),
    [
        ((0.5, 0.5), 0.9, None),
        ((0.5, 0.5), 0.3, Reason.HIDDEN),
        ((0.5, 0.01), 0.9, None),
        ((0.5, 0.01), 0.3, Reason.OUT_OF_FRAME),
        ((0.5, -0.01), 0.9, Reason.OUT_OF_FRAME),
        ((0.5, 1.01), 0.9, Reason.OUT_OF_FRAME),
        ((-0.01, 0.5), 0.9, Reason.OUT_OF_FRAME),
        ((1.79, 0.5), 0.9, Reason.OUT_OF_FRAME),
        ((1.77, 0.5), 0.3, Reason.OUT_OF_FRAME),
        ((1.5, 0.5), 0.9, None),
    ],
)
def test_a_joint_is_out_beyond_the_border_or_doubtful_near_it(at: Vec, visibility: float, state: Reason | None) -> None:
    body = moved(kneeling(), lambda _, __: Point(x=at[0], y=at[1], visibility=visibility))
    assert joint_state(body, {}, "nose") is state


def test_roles_follow_the_side() -> None:
    body = kneeling()
    assert locate(body, REAR_RIGHT, "rear_knee") == locate(body, REAR_LEFT, "front_knee") == locate(body, {}, "right_knee")
    with pytest.raises(KeyError):
        locate(body, {}, "rear_knee")
    with pytest.raises(KeyError):
        locate(body, {}, "left_tail")


def test_a_row_knows_the_roles_it_speaks_of() -> None:
    assert MEASURES["trunk_inclination"].roles == set()
    assert MEASURES["rear_knee_flexion"].roles == {"rear"}
    assert MEASURES["stride"].roles == {"rear", "front"}
    assert MEASURES["bent_hip_flexion"].roles == {"bent"}


def test_a_measure_of_given_legs_names_their_joints_and_sides() -> None:
    knee, stride = sided(MEASURES["rear_knee_flexion"], REAR_LEFT), sided(MEASURES["stride"], REAR_LEFT)
    assert knee.joints == ("left_hip", "left_knee", "left_ankle")
    assert knee.sides == {Side.LEFT}
    assert stride.sides == {Side.LEFT, Side.RIGHT}
    assert sided(MEASURES["trunk_inclination"], REAR_LEFT) == sided(MEASURES["trunk_inclination"], REAR_RIGHT)


def test_every_row_says_what_it_means() -> None:
    for name, row in MEASURES.items():
        assert name == row.name
        assert all((row.zero, row.positive, row.meaning)), name


@law
@given(bodies, between(-90, 90))
def test_the_world_landmarks_serve_the_view_only(body: Landmarks, yaw: float) -> None:
    assert values(replace(body, world=shoulder_line(yaw))) == values(replace(body, world={})) == values(body)


def test_figures_keep_the_lengths_of_their_limbs() -> None:
    for body in BODIES:
        thighs = [distance(locate(body, {}, f"{s}_hip"), locate(body, {}, f"{s}_knee")) for s in Side]
        assert thighs[0] == pytest.approx(thighs[1])


@law
@given(bodies, st.sampled_from([REAR_RIGHT, REAR_LEFT]), st.sampled_from([1, -1]))
def test_a_body_that_remembers_reads_as_its_landmarks_do(body: Landmarks, roles: Roles, facing: int) -> None:
    body = hidden(body, "left_knee")
    remembering = MeasuredBody(body)
    for _ in range(2):
        for name, row in MEASURES.items():
            assert measure(row, remembering, roles, facing) == measure(row, body, roles, facing), name
            assert missing(row, remembering, roles) is missing(row, body, roles)
        assert size_of(remembering) == size_of(body)


def test_what_is_visible_is_a_trait_of_the_engine() -> None:
    strict, lenient = EngineTraits(visible=0.9), EngineTraits(visible=0.1, edge=0.0)
    assert joint_state(kneeling(), {}, "left_knee") is None
    assert joint_state(MeasuredBody(kneeling(), strict), {}, "left_knee") is Reason.HIDDEN
    doubtful = moved(kneeling(), lambda _, point: Point(x=point.x, y=0.01, visibility=0.05))
    assert joint_state(doubtful, {}, "nose") is Reason.OUT_OF_FRAME
    assert joint_state(MeasuredBody(doubtful, lenient), {}, "nose") is Reason.HIDDEN


def test_what_people_read_of_a_measure_is_words_and_tells_it_from_all_others() -> None:
    names = [row.name_with_leg for row in MEASURES.values()]
    assert len(set(names)) == len(names)
    assert not any("_" in name or "rear" in name for name in names)


# Degrees a body can take, with what an engine errs: trunk from upright, thigh from hanging straight down, knee, neck. From the
# deepest back bend to a forward fold, from a foot at the buttock to a kick.
_POSSIBLE = {"lean": (-130, 185), "thigh": (-30, 125), "knee": (-15, 160), "neck": (-70, 80)}


def _possible() -> st.SearchStrategy[dict[str, float]]:
    names = ("lean", "neck", *(f"{part} {side}" for part in ("thigh", "knee") for side in Side))
    drawn = {name: between(*_POSSIBLE[name.partition(" ")[0]]) for name in names}
    return st.fixed_dictionaries(drawn).filter(
        lambda pose: all(-115 <= pose["lean"] + pose[f"thigh {side}"] <= 200 for side in Side)
    )


def _body(pose: Mapping[str, float]) -> Landmarks:
    legs = {side: Leg(hip=pose["lean"] + pose[f"thigh {side}"], knee=pose[f"knee {side}"], foot=0.0) for side in Side}
    joints = figure(lean=pose["lean"], left=legs[Side.LEFT], right=legs[Side.RIGHT], neck=pose["neck"])
    return placed(joints, fill=0.3)


def _alike() -> st.SearchStrategy[dict[str, float]]:
    """Both legs do the same."""
    return (
        _possible()
        .map(lambda pose: {**pose, **{f"{part} left": pose[f"{part} right"] for part in ("thigh", "knee")}})
        .filter(lambda pose: -115 <= pose["lean"] + pose["thigh left"] <= 200)
    )


BOTH_LEGS = {"mid_knee", "mid_ankle"}
"""What lies between the legs says nothing where these part."""


@law
@given(*(2 * [_possible() | _alike()]), st.sampled_from([1, -1]))
@example(
    {"lean": 0, "neck": 0, "thigh left": 0, "thigh right": 0, "knee left": 0, "knee right": 0},
    {"lean": -110, "neck": -40, "thigh left": 0, "thigh right": 0, "knee left": 20, "knee right": 20},
    1,
)
def test_nothing_jumps_while_a_body_moves_through_possible_poses(
    start: dict[str, float], end: dict[str, float], facing: int
) -> None:
    """Degrees change by a few at each step of half a degree a joint: no measure is cut where a body can be."""
    steps = 2 * ceil(max(abs(end[name] - start[name]) for name in start)) + 1
    roles = {"rear": Side.RIGHT, "front": Side.LEFT, "straight": Side.RIGHT, "bent": Side.LEFT}
    alike = all(pose[f"{part} left"] == pose[f"{part} right"] for pose in (start, end) for part in ("thigh", "knee"))
    cut = [
        row
        for row in MEASURES.values()
        if row.lowest_deg is not None and row.name not in ("stride", "body_line") and (alike or not BOTH_LEGS & set(row.joints))
    ]
    assert len(cut) >= 8
    before: dict[str, float] = {}
    for i in range(steps + 1):
        pose = {name: start[name] + (end[name] - start[name]) * i / steps for name in start}
        body = _body(pose)
        body = mirrored(body) if facing < 0 else body
        mine = roles if facing > 0 else {role: side.other for role, side in roles.items()}
        now = {row.name: value for row in cut if (value := measure(row, body, mine, facing)) is not None}
        assert all(abs(value - before[name]) < 6 for name, value in now.items() if name in before), (before, now)
        before = now


def test_the_deepest_back_bend_is_extension_and_a_fold_is_flexion() -> None:
    bend = {"lean": -100.0, "neck": 0.0, "thigh left": 10.0, "thigh right": 5.0, "knee left": 30.0, "knee right": 30.0}
    roles = {"rear": Side.RIGHT, "front": Side.LEFT}
    assert measure(MEASURES["rear_hip_extension"], _body(bend), roles, 1) == pytest.approx(95)
    fold = {**bend, "lean": 178.0, "thigh right": 10.0}
    assert measure(MEASURES["trunk_inclination"], _body({**fold, "lean": 183.0}), roles, 1) == pytest.approx(183)
    assert measure(MEASURES["rear_hip_extension"], _body(fold), roles, 1) == pytest.approx(-188)


def test_the_joints_of_a_measure_are_told_in_the_language_that_is_spoken() -> None:
    joints = MEASURES["rear_hip_extension"].joints_in_words
    assert joints == "mid shoulder, mid hip, back hip, back knee"
    with speaking("de"):
        assert shown(joints) == "Schulter (Mitte), Hüfte (Mitte), Hüfte hinten, Knie hinten"
