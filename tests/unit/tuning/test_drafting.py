"""A pose file drafted from what was seen holds whoever it was drafted from, and nobody who only stands or lies about."""

from dataclasses import replace

import pytest
from hypothesis import given

from formcheck.core.engine_traits import EngineTraits
from formcheck.core.errors import DraftError
from formcheck.core.measures import MEASURES
from formcheck.core.values import Landmarks, Side, Status
from formcheck.stretches.files import check_text
from formcheck.stretches.spec import CUE_WORDS
from formcheck.testing import (
    Leg,
    figure,
    hidden,
    kneeling,
    knees_hugged,
    legs_flat,
    mirrored,
    moved,
    placed,
    scaled,
    standing,
    supine,
    turned,
    upright,
)
from formcheck.tuning.drafting.hold_search import find_hold
from formcheck.tuning.drafting.proposal import Draft, propose
from formcheck.tuning.drafting.toml_text import pose_file
from tests.support.laws import between, seeds, slow_law
from tests.support.scenes import Scene, scene, sides_of, trembling, watch
from tests.support.scenes import holds as held
from tests.support.specs import SHIPPED

FAR_LEG = tuple(f"left_{part}" for part in ("knee", "ankle", "heel", "toe"))


def quad(*, knee: float = 125.0, hip: float = -3.0, lean: float = 0.0) -> Landmarks:
    """On the left leg, the right heel drawn to the buttock."""
    return placed(figure(lean=lean, right=Leg(hip=hip, knee=knee, foot=-30), left=Leg(hip=lean, knee=3)))


def shown(body: Landmarks, *, idle: Landmarks | None = None) -> Scene:
    """Somebody stands or lies about, does it right, and is done."""
    before = idle or upright()
    return scene((2, before), (8, body), (1, before))


def drafted(shots: Scene, *, side: Side | None = None, name: str = "own") -> Draft:
    return propose(name, find_hold(shots), side, SHIPPED, hold_s=30)


BODIES = {
    "kneeling": (kneeling(), upright()),
    "standing": (standing(), upright()),
    "quad": (quad(), upright()),
    "supine": (supine(), legs_flat()),
}
each_body = pytest.mark.parametrize(("body", "idle"), BODIES.values(), ids=BODIES)


@each_body
@pytest.mark.parametrize("side", Side)
def test_whoever_it_was_drafted_from_is_held_all_the_time_on_that_side(body: Landmarks, idle: Landmarks, side: Side) -> None:
    body, idle = (body, idle) if side is Side.RIGHT else (mirrored(body), mirrored(idle))
    shots = shown(body, idle=idle)
    draft = drafted(shots)
    assert draft.side is side
    (hold,) = held(draft.spec, shots)["own"]
    assert sides_of([hold]) == [side]
    assert hold.held_s == pytest.approx(8.0, abs=0.2)
    assert hold.mean_score > 95


@each_body
def test_nobody_who_stands_or_lies_about_is_held(body: Landmarks, idle: Landmarks) -> None:
    draft = drafted(shown(body, idle=idle))
    assert not draft.alike or "standing about" not in draft.alike
    for other in (upright(), legs_flat()):
        assert not {moment.assessment.status for moment in watch(draft.spec, scene((3, other)))} & {
            Status.CORRECT,
            Status.ADJUST,
        }


@slow_law
@given(between(100, 140), between(-8, 10), between(-4, 8), seeds)
def test_a_trembling_engine_and_other_bodies_change_nothing(knee: float, hip: float, lean: float, seed: int) -> None:
    shots = trembling(shown(quad(knee=knee, hip=hip, lean=lean)), 0.002, seed)
    draft = drafted(shots)
    assert draft.side is Side.RIGHT
    assert all(finding.steady for finding in draft.findings if MEASURES[finding.measure].draft_weight)
    (hold,) = held(draft.spec, shots)["own"]
    assert hold.held_s == pytest.approx(8.0, abs=0.4)


def test_a_quad_stretch_is_told_from_all_that_ships() -> None:
    draft = drafted(shown(quad()))
    assert draft.alike == []
    for other in (kneeling(), standing(), standing(extension=5, lean=25, shin=30), upright()):
        told = {moment.assessment.status for moment in watch(draft.spec, scene((3, other)))}
        assert not told & {Status.CORRECT, Status.ADJUST}
    telling = ("trunk_inclination", "rear_hip_extension", "rear_knee_flexion")
    assert {fault.name for fault in draft.spec.faults} >= {f"{name}_{word}" for name in telling for word in ("low", "high")}


@pytest.mark.parametrize(
    ("body", "fault"), [(quad(lean=28, hip=20), "trunk_inclination_high"), (quad(hip=38), "rear_hip_extension_low")]
)
def test_wrong_forms_are_told_by_the_drafts_own_faults(body: Landmarks, fault: str) -> None:
    draft = drafted(shown(quad()))
    last = watch(draft.spec, scene((3, quad()), (3, body)))[-1].assessment
    assert last.status is Status.ADJUST
    assert fault in [breach.name for breach in last.breaches]


def test_a_draft_of_a_stretch_that_ships_says_that_it_is_like_it() -> None:
    assert drafted(shown(kneeling(extension=27))).alike == ["kneeling_hip_flexor"]


@each_body
def test_the_text_is_the_draft(body: Landmarks, idle: Landmarks) -> None:
    shots = shown(body, idle=idle)
    draft = drafted(shots)
    text = pose_file(draft, "my\nclip.mp4")
    assert check_text(text, name="own") == draft.spec
    assert "TODO" in text
    assert all(len(line) <= 130 for line in text.splitlines())


def test_the_longest_of_several_holds_counts() -> None:
    hold = find_hold(scene((2, upright()), (3, kneeling()), (1, upright()), (6, quad()), (3, upright())))
    assert hold.start_s == pytest.approx(6.0, abs=0.5)
    assert hold.end_s == pytest.approx(12.0, abs=0.5)


def test_what_counts_as_seen_is_for_the_engine_to_say() -> None:
    faint = moved(kneeling(), lambda _, point: replace(point, visibility=0.3 * point.visibility))
    shots = scene((6, faint))
    hold = find_hold(shots, EngineTraits(visible=0.1))
    assert hold.end_s - hold.start_s == pytest.approx(6.0, abs=0.5)
    with pytest.raises(DraftError):
        find_hold(shots)


def test_a_leg_that_is_hidden_is_not_asked_for() -> None:
    draft = drafted(scene((6, hidden(quad(), *FAR_LEG))), side=Side.RIGHT)
    assert not any("front" in measure for measure in draft.spec.measures)
    assert "front_knee_flexion" in [finding.measure for finding in draft.findings if not finding.steady]


def test_a_side_that_is_given_is_the_stretched_one() -> None:
    assert drafted(shown(quad()), side=Side.LEFT).side is Side.LEFT


SQUAT = placed(figure(lean=20, right=Leg(hip=90, knee=90), left=Leg(hip=90, knee=90)))


@pytest.mark.parametrize(
    ("shots", "said"),
    [
        (scene((5, ())), "nobody is seen"),
        (scene((5, turned(quad(), 70))), "not seen from the side"),
        (scene((5, scaled(quad(), 0.1))), "too small"),
        (scene((5, hidden(quad(), *FAR_LEG, "right_knee", "right_ankle"))), "hidden or out of the picture"),
        (scene(*[(0.4, body) for _ in range(8) for body in (quad(), upright())]), "keeps still"),
        (scene((5, upright())), "stands or lies straight"),
        (scene((5, legs_flat())), "stands or lies straight"),
        (scene((5, SQUAT)), "--side left or --side right"),
        (scene((5, knees_hugged())), "--side left or --side right"),
    ],
)
def test_what_can_not_be_drafted_from_is_said(shots: Scene, said: str) -> None:
    with pytest.raises(DraftError, match=said):
        drafted(shots)


def test_a_stretched_leg_that_is_not_seen_is_asked_for() -> None:
    shots = scene((6, hidden(kneeling(), "right_ankle", "right_knee")))
    with pytest.raises(DraftError, match="rear leg is not seen well enough"):
        drafted(shots, side=Side.RIGHT)


def test_whatever_may_be_a_target_has_words() -> None:
    targets = [row for row in MEASURES.values() if row.draft_weight > 0]
    assert {row.name for row in targets if not row.draft_essential} == {"neck_relative"}
    assert {row.name for row in MEASURES.values() if row.too_low or row.too_high} == {row.name for row in targets}
    assert all(0 < len(cue.split()) <= CUE_WORDS for row in targets for cue in (row.too_low, row.too_high))


def test_a_picture_in_which_nobody_is_seen_parts_a_hold() -> None:
    shots = list(shown(kneeling()))
    time_s, _ = shots[len(shots) // 2]
    shots[len(shots) // 2] = time_s, ()
    hold = find_hold(shots)
    assert hold.start_s > time_s or hold.end_s < time_s
