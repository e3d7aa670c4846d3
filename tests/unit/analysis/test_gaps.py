"""A gap without pictures is unseen: it lengthens no hold, no fault, no stillness and no side's votes."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.hold_timer import GAP_S
from formcheck.analysis.scoring.document import Document
from formcheck.analysis.scoring.result import Scorer
from formcheck.analysis.two_rate_analyzer import TwoRateAnalyzer, moment_between
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Moment, Reason, Status
from formcheck.testing import kneeling, mirrored
from tests.support.laws import law
from tests.support.scenes import Scene, scene
from tests.support.specs import KNEELING, SHIPPED

FPS = 10.0
BAD = kneeling(lean=24)


def judged(shots: Scene, *, every_frame: bool, end_s: float | None = None) -> tuple[list[Moment], Document]:
    analyzer, scorer = FormAnalyzer((KNEELING,)), Scorer((KNEELING,))
    frames = TwoRateAnalyzer(analyzer, every_frame=every_frame)
    moments = [moment for time_s, people in shots for moment in frames.add(lambda people=people: people, time_s)]  # type: ignore[misc]
    moments += list(frames.finish())
    for moment in moments:
        scorer.add(moment)
    ended_s = shots[-1][0] + 1 / FPS if end_s is None else end_s
    clip = ClipInfo(path="clip.mp4", width=640, height=360, fps=FPS, expected_s=ended_s)
    engine = EngineInfo(name="hand", version="1", model="none")
    return moments, scorer.result(clip, engine, ended_s, analyzer.summary(ended_s)).document


def with_gap(shots: Scene, at_s: float, gap_s: float) -> Scene:
    return [(time_s + (gap_s if time_s > at_s else 0.0), people) for time_s, people in shots]


def lengths_s(entries: Sequence[object]) -> float:
    return sum(entry.end_s - entry.start_s for entry in entries)  # type: ignore[attr-defined]


both = pytest.mark.parametrize("every_frame", [True, False])


@both
@pytest.mark.parametrize("gap_s", [1.2, 4.0, 60.0, 3000.0])
def test_a_fault_lasts_as_long_as_it_was_seen(gap_s: float, every_frame: bool) -> None:
    shots = scene((3.0, kneeling()), (4.0, BAD), (2.0, kneeling()), fps=FPS)
    _, plain = judged(shots, every_frame=every_frame)
    _, found = judged(with_gap(shots, 5.0, gap_s), every_frame=every_frame)
    assert lengths_s(plain.faults) == pytest.approx(4.0, abs=0.3)
    assert lengths_s(found.faults) == pytest.approx(lengths_s(plain.faults), abs=0.3)
    assert found.seen_s == pytest.approx(plain.seen_s, abs=0.15)
    assert [entry.reason for entry in found.unseen] == [Reason.NO_NEW_PICTURE]
    assert lengths_s(found.unseen) == pytest.approx(gap_s, abs=0.2)
    assert found.score == pytest.approx(plain.score, abs=2)
    assert [cause.seconds for cause in found.causes] == pytest.approx([cause.seconds for cause in plain.causes], abs=0.3)


@both
def test_a_hold_ends_before_the_gap_and_another_begins_after_it(every_frame: bool) -> None:
    _, found = judged(with_gap(scene((8.0, kneeling()), fps=FPS), 4.0, 30.0), every_frame=every_frame)
    assert [hold.start_s for hold in found.holds] == pytest.approx([0.0, 34.1], abs=0.15)
    assert [hold.end_s for hold in found.holds] == pytest.approx([4.0, 38.0], abs=0.15)
    assert sum(hold.held_s for hold in found.holds) == pytest.approx(8.0, abs=0.3)


@both
def test_what_is_not_shown_any_more_is_not_held_to_the_end(every_frame: bool) -> None:
    _, found = judged(scene((5.0, kneeling()), fps=FPS), every_frame=every_frame, end_s=500.0)
    assert [hold.end_s for hold in found.holds] == [pytest.approx(4.9, abs=0.15)]
    assert [(entry.reason, entry.end_s) for entry in found.unseen] == [(Reason.NO_NEW_PICTURE, 500.0)]


@law
@given(st.floats(0.6, 7.4), st.floats(GAP_S + 0.2, 4000.0))
def test_a_gap_adds_nothing_wherever_it_is_and_however_long(at_s: float, gap_s: float) -> None:
    shots = scene((4.0, kneeling()), (4.0, BAD), fps=FPS)
    _, found = judged(with_gap(shots, at_s, gap_s), every_frame=True)
    assert found.seen_s <= 8.0 + 1e-6
    assert sum(hold.held_s for hold in found.holds) <= 4.2
    assert lengths_s(found.faults) <= 4.2
    assert all(entry.reason is Reason.NO_NEW_PICTURE for entry in found.unseen)


def test_nobody_is_taken_to_keep_still_over_a_gap() -> None:
    """A stretch is recognised by two seconds in it, and these are seen seconds."""
    analyzer = FormAnalyzer(SHIPPED)
    for time_s, people in with_gap(scene((2.0, kneeling()), fps=FPS), 1.0, 60.0):
        moment = analyzer.step(people, time_s)
    assert not moment.recognised


def test_one_frame_after_a_gap_does_not_decide_the_side() -> None:
    analyzer = FormAnalyzer((KNEELING,))
    shots = [*scene((3.0, kneeling()), fps=FPS), (60.0, (mirrored(kneeling()),))]
    shots += [(60.1 + i / FPS, (kneeling(),)) for i in range(20)]
    for time_s, people in shots:
        moment = analyzer.step(people, time_s)
    first = FormAnalyzer((KNEELING,)).step((kneeling(),), 0.0)
    assert moment.assessment.side is first.assessment.side


@pytest.mark.parametrize("step_s", [0.99, 1.0, 1.0000001])
def test_a_picture_a_second_is_no_gap(step_s: float) -> None:
    _, found = judged([(i * step_s, (kneeling(),)) for i in range(10)], every_frame=True)
    assert not found.unseen
    assert sum(hold.held_s for hold in found.holds) >= 8.0


def test_within_a_gap_a_film_says_that_nothing_new_is_known() -> None:
    moments, _ = judged(with_gap(scene((6.0, kneeling()), fps=FPS), 3.0, 10.0), every_frame=True)
    before = max((moment for moment in moments if moment.time_s < 3.2), key=lambda moment: moment.time_s)
    after = min((moment for moment in moments if moment.time_s > 12.0), key=lambda moment: moment.time_s)
    assert moment_between(before, after, before.time_s).assessment.status is Status.CORRECT
    shown = moment_between(before, after, 8.0)
    assert (shown.assessment.status, shown.assessment.reason) == (Status.UNSEEN, Reason.NO_NEW_PICTURE)
    assert (shown.hold, shown.landmarks, shown.held_s) == (None, None, before.held_s)
