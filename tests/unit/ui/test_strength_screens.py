"""What is drawn of holds for strength: the sketch of the posture, a clock without a ring to fill, both legs as one."""

import pytest

from formcheck.core import wording
from formcheck.core.measures import MEASURES, MeasuredBody, measure
from formcheck.core.values import Assessment, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.overlay import skeleton
from formcheck.ui.drawing.shapes import Line, Ring, Text, Tone
from formcheck.ui.screen.dial import draw_clock
from formcheck.ui.screen.places import Box
from formcheck.ui.screen.silhouette import FLESH, NEAR, landmarks, target_silhouette
from tests.support.strength import PLANK, SINGLE, STRENGTH, plank

BOX = Box(left=0.0, low=0.0, width=1.0, height=0.5)


@pytest.mark.parametrize("spec", STRENGTH, ids=lambda spec: spec.name)
def test_the_sketch_is_in_the_posture(spec: StretchSpec) -> None:
    body, roles = MeasuredBody(landmarks(target_silhouette(spec))), spec.roles(NEAR)
    for target in spec.targets:
        value = measure(MEASURES[target.measure], body, roles, 1)
        assert value is not None
        assert target.full[0] <= value <= target.full[1], target.measure
    for part in spec.shape:
        value = measure(MEASURES[part.measure], body, roles, 1)
        assert value is not None
        assert part.margin(value, entering=True) >= 0, part.measure


@pytest.mark.parametrize("spec", STRENGTH, ids=lambda spec: spec.name)
def test_it_rests_on_what_carries_it(spec: StretchSpec) -> None:
    joints = target_silhouette(spec)
    feet = {side: min(joints[f"{side}_{part}"][1] - FLESH[part] for part in ("heel", "toe")) for side in Side}
    elbow = joints[f"{NEAR}_elbow"][1] - 0.045
    other = elbow if spec is PLANK else joints[f"{NEAR}_shoulder"][1] - FLESH["shoulder"]
    standing = feet[NEAR.other] if spec is SINGLE else min(feet.values())
    assert standing == pytest.approx(other, abs=0.06)
    assert (feet[NEAR] > standing + 0.2) is (spec is SINGLE)


@pytest.mark.parametrize("held_s", [0.0, 12.0, 400.0])
def test_the_clock_counts_up_and_no_ring_fills(held_s: float) -> None:
    marks = draw_clock(held_s, None, BOX, 1.0, running=True, to_the_end=True)
    (ring,) = (mark for mark in marks if isinstance(mark, Ring))
    texts = [mark.text for mark in marks if isinstance(mark, Text)]
    assert ring.share == 0.0
    assert {str(int(held_s)), wording.TO_THE_END} <= set(texts)


def test_both_legs_are_drawn_as_those_that_work() -> None:
    now = Assessment(pose=PLANK.name, status=Status.CORRECT, score=100.0, measurements={"body_line": 2.0, "knee_flexion": 3.0})
    good = [mark for mark in skeleton(plank(), now, PLANK) if isinstance(mark, Line) and mark.tone is Tone.GOOD]
    assert len(good) == 2 * 5
