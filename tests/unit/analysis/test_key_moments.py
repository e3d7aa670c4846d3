from itertools import pairwise

import numpy as np
import pytest

from formcheck.analysis.scoring.key_moments import KeyMoment, KeyMoments, key_entries
from formcheck.analysis.scoring.track import DRAWN, SIDES, STATUSES, TrackBuilder
from formcheck.analysis.two_rate_analyzer import moment_between
from formcheck.core.values import KeyKind, Side, Status
from formcheck.testing import kneeling, mirrored, upright
from tests.support.scenes import Scene, scene, watch
from tests.support.specs import KNEELING, SHIPPED


def found(shots: Scene, *, still: bool = False) -> tuple[KeyMoment, ...]:
    keys = KeyMoments(still=still)
    for moment in watch(KNEELING, shots):
        keys.add(moment)
    return keys.found(KNEELING.name)


def kinds(keys: tuple[KeyMoment, ...]) -> list[tuple[KeyKind, Side | None]]:
    return [(key.kind, key.side) for key in keys]


def test_best_and_worst_second_of_a_side() -> None:
    best, worst = found(scene((2, upright()), (3, kneeling()), (2.5, kneeling(lean=24)), (2, kneeling()), (2, upright())))
    assert (best.kind, worst.kind) == (KeyKind.BEST, KeyKind.WORST)
    assert best.side is worst.side is Side.RIGHT
    assert best.moment.assessment.status is Status.CORRECT
    assert 5 < worst.moment.time_s < 7.6
    assert worst.moment.assessment.breaches[0].name == "leaning_forward"


def test_getting_ready_and_coming_out_are_not_the_worst() -> None:
    ready = scene((2, kneeling(lean=30)), (4, kneeling()), (1.5, kneeling(lean=30)), (1, upright()))
    assert kinds(found(ready)) == [(KeyKind.BEST, Side.RIGHT)]


def test_what_lasts_to_the_end_is() -> None:
    keys = found(scene((4, kneeling()), (4, kneeling(lean=30))))
    assert kinds(keys) == [(KeyKind.BEST, Side.RIGHT), (KeyKind.WORST, Side.RIGHT)]


def test_without_correct_form_there_is_a_worst_second_alone() -> None:
    assert kinds(found(scene((4, kneeling(lean=30))))) == [(KeyKind.WORST, Side.RIGHT)]


def test_the_change_of_sides_is_half_way() -> None:
    keys = found(scene((4, kneeling()), (4, upright()), (4, mirrored(kneeling()))))
    assert kinds(keys) == [(KeyKind.BEST, Side.LEFT), (KeyKind.BEST, Side.RIGHT), (KeyKind.CHANGE, None)]
    assert 5 < keys[-1].moment.time_s < 7


def test_of_another_stretch_and_of_none_there_is_nothing() -> None:
    assert found(scene((3, upright()))) == ()
    assert kinds(found([(0.0, (kneeling(),))], still=True)) == [(KeyKind.PHOTO, Side.RIGHT)]
    assert found([(0.0, (upright(),))], still=True) == ()


def test_a_track_has_joints_measures_and_verdicts_of_the_stretch_that_is_shown() -> None:
    builder = TrackBuilder(SHIPPED)
    moments = watch(SHIPPED, scene((1, ()), (4, kneeling())))
    for moment in moments:
        builder.add(moment)
    track = builder.track(KNEELING.name, 1.5)
    assert track.joints.shape == (len(track.times_s), len(DRAWN), 2)
    assert np.isnan(track.joints[0]).all()
    last = moments[-1]
    assert last.landmarks is not None
    hip = last.landmarks.points["left_hip"]
    assert track.joints[-1, DRAWN.index("left_hip")] == pytest.approx((hip.x, hip.y), abs=1e-5)
    assert STATUSES[track.status[-1]] is Status.CORRECT
    assert SIDES[track.side[-1]] is Side.RIGHT
    value, low, high = track.measures["rear_hip_extension"][-1]
    assert low < value < high
    assert track.aspect == last.landmarks.aspect
    assert builder.track(None, 1.5).measures == {}


def test_a_moment_between_two_that_were_judged_is_no_key_moment() -> None:
    """So a page with a film, which shows a moment for each picture, has the same ones as the document."""
    builder, between = TrackBuilder(SHIPPED), TrackBuilder(SHIPPED)
    moments = watch(SHIPPED, scene((4, kneeling()), (4, kneeling(lean=30))))
    for before, after in pairwise(moments):
        builder.add(before)
        between.add(before)
        between.add(moment_between(before, after, (before.time_s + 2 * after.time_s) / 3))
    one, other = builder.track(KNEELING.name, 1.5), between.track(KNEELING.name, 1.5)
    assert one.keys == other.keys
    assert len(one.keys) == 2
    assert one.times_s.tolist() == other.times_s.tolist()


def test_the_document_has_those_of_its_sides() -> None:
    keys = found(scene((4, kneeling()), (4, upright()), (4, mirrored(kneeling()))))
    entries = key_entries(keys, [Side.RIGHT])
    assert [(entry.kind, entry.side) for entry in entries] == [(KeyKind.BEST, Side.RIGHT), (KeyKind.CHANGE, None)]
    best = next(key.moment for key in keys if key.side is Side.RIGHT)
    assert entries[0].time_s == pytest.approx(best.time_s, abs=0.005)
    assert entries[0].held_s == pytest.approx(best.held_s, abs=0.005)
    measured = {name: value for name, value in best.assessment.measurements.items() if value is not None}
    assert entries[0].measures == pytest.approx(measured, abs=0.05)
