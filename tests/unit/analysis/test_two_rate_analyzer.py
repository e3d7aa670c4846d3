"""Judging at two grains tells what judging every frame tells; and a session can be parted in two and taken back."""

from collections.abc import Callable, Sequence
from dataclasses import FrozenInstanceError, fields
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.offsets import Baseline
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.analysis.scoring.document import Document
from formcheck.analysis.scoring.result import Scorer
from formcheck.analysis.two_rate_analyzer import COARSE_S, TwoRateAnalyzer
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Landmarks, Moment
from formcheck.stretches import StretchSpec
from formcheck.testing import hidden, kneeling, knees_hugged, mirrored, scaled, shifted, standing, supine, turned, upright
from tests.support.calibrated import baseline_of, hips_off
from tests.support.laws import between as from_to
from tests.support.laws import seeds, slow_law
from tests.support.scenes import Scene, scene, trembling
from tests.support.specs import KNEELING, SHIPPED, STANDING, SUPINE

FEET = tuple(f"{side}_{part}" for side in ("left", "right") for part in ("ankle", "heel", "toe"))
HELD_S = 0.11
RATES = [12.0, 24.0, 29.97, 60.0]

Told = tuple[list[Moment], Document]


def every_frame(shots: Scene, fps: float, specs: tuple[StretchSpec, ...] = SHIPPED, fit: BaselineCheck | None = None) -> Told:
    session = FormAnalyzer(specs, fit=fit)
    moments = [session.step(people, time_s) for time_s, people in shots]
    return moments, told(session, specs, moments, len(shots) / fps, fps)


def two_grains(shots: Scene, fps: float, specs: tuple[StretchSpec, ...] = SHIPPED, fit: BaselineCheck | None = None) -> Told:
    session = FormAnalyzer(specs, fit=fit)
    grains = TwoRateAnalyzer(session)
    moments: list[Moment] = []
    for time_s, people in shots:
        moments.extend(grains.add(partial(_same, people), time_s))
    moments.extend(grains.finish())
    return moments, told(session, specs, moments, len(shots) / fps, fps)


def _same(people: Sequence[Landmarks]) -> Sequence[Landmarks]:
    return people


def told(session: FormAnalyzer, specs: Sequence[StretchSpec], moments: list[Moment], end_s: float, fps: float) -> Document:
    scorer = Scorer(specs)
    for moment in moments:
        scorer.add(moment)
    clip = ClipInfo(path="clip.mp4", width=640, height=360, fps=fps, expected_s=end_s)
    return scorer.result(clip, EngineInfo(name="hand", version="1", model="none"), end_s, session.summary(end_s)).document


def agree(one: Told, other: Told, fps: float) -> None:
    """The same stretch, holds, sides and faults; times within two frames, held time within a tenth of a second.

    The view's medians reach back further than is judged again: what hangs on them may differ by a coarse moment.
    """
    (_, every), (_, few) = one, other
    edge_s = max(2 / fps, COARSE_S) + 0.01
    assert few.pose == every.pose
    assert [hold.side for hold in few.holds] == [hold.side for hold in every.holds]
    for mine, theirs in zip(few.holds, every.holds, strict=True):
        assert mine.start_s == pytest.approx(theirs.start_s, abs=edge_s)
        assert mine.end_s == pytest.approx(theirs.end_s, abs=edge_s)
        assert mine.held_s == pytest.approx(theirs.held_s, abs=HELD_S)
        assert mine.score == pytest.approx(theirs.score, abs=2)
    assert few.sides.keys() == every.sides.keys()
    assert [(fault.name, fault.side) for fault in few.faults] == [(fault.name, fault.side) for fault in every.faults]
    for said, meant in zip(few.faults, every.faults, strict=True):
        assert said.start_s == pytest.approx(meant.start_s, abs=edge_s + COARSE_S)
        assert said.end_s == pytest.approx(meant.end_s, abs=edge_s + COARSE_S)
    assert [entry.reason for entry in few.unseen] == [entry.reason for entry in every.unseen]
    assert few.seen_s == pytest.approx(every.seen_s, abs=HELD_S)
    assert few.in_form_s == pytest.approx(every.in_form_s, abs=HELD_S)


SCENES: dict[str, list[tuple[float, Landmarks | tuple[Landmarks, ...]]]] = {
    "in and out of it": [(1.0, upright()), (6.0, kneeling()), (1.5, upright())],
    "a fault that stops the clock": [(0.5, upright()), (3.0, kneeling()), (1.6, kneeling(lean=24)), (3.0, kneeling())],
    "a lapse": [(0.5, upright()), (3.0, supine()), (0.6, supine(held=82)), (3.0, supine())],
    "a fault that is advice": [(3.0, standing()), (4.0, standing(neck=40))],
    "both sides": [(3.0, kneeling()), (1.5, upright()), (3.0, mirrored(kneeling()))],
    "one stretch after the other": [(3.0, kneeling()), (1.5, upright()), (4.0, standing()), (1.5, upright()), (3.0, supine())],
    "feet hidden for a while": [(3.0, kneeling()), (2.5, hidden(kneeling(), *FEET)), (3.0, kneeling())],
    "gone for a while": [(3.0, supine()), (3.0, ()), (3.0, supine())],
    "turned to the camera": [(3.0, kneeling()), (2.5, turned(kneeling(), 70)), (3.0, kneeling())],
    "seen at a slant": [(2.0, kneeling()), (3.0, turned(kneeling(), 30)), (1.0, upright())],
    "other postures": [(2.0, upright()), (3.0, knees_hugged()), (2.0, upright())],
    "nobody": [(4.0, ())],
    "somebody beside": [(3.0, (shifted(scaled(kneeling(), 0.5), -0.4), shifted(scaled(upright(), 0.5), 0.4)))],
}


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("acts", SCENES.values(), ids=SCENES)
def test_both_ways_tell_the_same(acts: list[tuple[float, Landmarks | tuple[Landmarks, ...]]], fps: float) -> None:
    shots = scene(*acts, fps=fps)
    agree(every_frame(shots, fps), two_grains(shots, fps), fps)


@st.composite
def moving(draw: st.DrawFn) -> tuple[Scene, float]:
    """Somebody who goes in and out of a stretch, better and worse, through what lies between, and never quite at rest."""
    make: Callable[[float], Landmarks] = draw(
        st.sampled_from(
            [
                lambda x: kneeling(extension=20 - 25 * x, lean=2 + 24 * x),
                lambda x: standing(extension=20 - 25 * x, lean=2 + 24 * x),
                lambda x: supine(held=115 - 40 * x, leg=20 * x),
            ]
        )
    )
    fps = draw(st.sampled_from(RATES))
    stops = draw(st.lists(st.tuples(from_to(0.0, 1.0), from_to(0.6, 2.0), from_to(0.2, 1.5)), min_size=2, max_size=4))
    xs: list[float] = []
    for x, resting_s, going_s in stops:
        steps = round(going_s * fps)
        xs += [xs[-1] + (x - xs[-1]) * (i + 1) / steps for i in range(steps)] if xs else []
        xs += [x] * round(resting_s * fps)
    shots: Scene = [(i / fps, (make(x),)) for i, x in enumerate(xs)]
    return trembling(shots, 0.0005, draw(seeds)), fps


# The same movements each time: of somebody who trembles about a limit no two ways of looking tell quite the same.
@settings(derandomize=True, max_examples=12, deadline=None, phases=[Phase.generate])
@given(moving())
def test_the_held_time_is_the_same_however_somebody_moves(practice: tuple[Scene, float]) -> None:
    shots, fps = practice
    (_, every), (_, few) = every_frame(shots, fps), two_grains(shots, fps)
    assert sum(hold.held_s for hold in few.holds) == pytest.approx(sum(hold.held_s for hold in every.holds), abs=0.15)
    assert few.seen_s == pytest.approx(every.seen_s, abs=0.15)


@slow_law
@given(moving())
def test_moments_come_in_order_of_time_none_twice_and_the_last_frame_is_judged(practice: tuple[Scene, float]) -> None:
    shots, fps = practice
    moments, _ = two_grains(shots, fps)
    times_s = [moment.time_s for moment in moments]
    assert times_s[-1] == shots[-1][0]
    assert all(one < other for one, other in pairwise(times_s))
    assert set(times_s) <= {time_s for time_s, _ in shots}
    assert max((other - one for one, other in pairwise(times_s)), default=0.0) <= COARSE_S + 1 / fps


@pytest.mark.parametrize("body", [kneeling(), standing(), supine()])
def test_where_nothing_changes_few_frames_are_judged_and_no_others_are_asked_for(body: Landmarks) -> None:
    grains = TwoRateAnalyzer(FormAnalyzer(SHIPPED))
    asked = 0

    def people() -> tuple[Landmarks]:
        nonlocal asked
        asked += 1
        return (body,)

    moments = [moment for i in range(600) for moment in grains.add(people, i / 60)] + list(grains.finish())
    assert len(moments) < 600 / 3
    assert asked < 600 / 3


def test_a_session_that_changes_at_every_moment_is_judged_at_every_frame() -> None:
    shots = scene(*[(0.2, kneeling()) if i % 2 else (0.2, ()) for i in range(30)], fps=30)
    moments, _ = two_grains(shots, 30)
    every, _ = every_frame(shots, 30)
    late = [moment for moment in moments if moment.time_s > 1.0]
    assert len(late) > 0.8 * sum(moment.time_s > 1.0 for moment in every)


@pytest.mark.parametrize("fps", [5.0, 12.0])
def test_at_low_frame_rates_it_is_every_frame(fps: float) -> None:
    """Frames further apart than the coarse moments are."""
    shots = trembling(scene((1.0, upright()), (3.0, kneeling()), (1.0, upright()), fps=fps), 0.001)
    assert two_grains(shots, fps) == every_frame(shots, fps)


def test_a_baseline_corrects_in_both_ways_alike() -> None:
    off = hips_off(kneeling(), 6)
    baseline = baseline_of(lambda body: hips_off(body, 6))
    shots = scene((1.0, hips_off(upright(), 6)), (5.0, off), (1.0, hips_off(upright(), 6)), fps=30)
    fit = BaselineCheck(baseline=baseline)
    agree(every_frame(shots, 30, fit=fit), two_grains(shots, 30, fit=fit), 30)


class TestFork:
    """What was shown to one of two parted sessions never shows in the other."""

    @staticmethod
    def parts(seed: int) -> tuple[Scene, Scene, Scene]:
        """A beginning in a hold, an act that breaks it (on the other side), and one that goes on with it: one after another."""
        whole = trembling(
            scene((0.6, upright()), (1.4, kneeling()), (1.2, kneeling(lean=24)), (1.5, mirrored(kneeling())), fps=15),
            0.001,
            seed,
        )
        going_on = trembling(
            scene((2.0, upright()), (1.5, kneeling()), (0.3, kneeling(lean=24)), (0.8, upright())), 0.001, seed
        )
        return whole[:30], whole[30:], going_on[30:]

    @pytest.mark.parametrize(
        ("specs", "baseline"),
        [(SHIPPED, None), ((KNEELING,), baseline_of(lambda body: hips_off(body, 4))), ((SUPINE, STANDING), None)],
        ids=["all", "one, with a baseline", "the wrong ones"],
    )
    @slow_law
    @given(seed=seeds)
    def test_going_back_undoes_everything(self, specs: tuple[StretchSpec, ...], baseline: Baseline | None, seed: int) -> None:
        before, astray, then = self.parts(seed)
        fit = BaselineCheck(baseline=baseline)
        session, fresh = FormAnalyzer(specs, fit=fit), FormAnalyzer(specs, fit=fit)
        for time_s, people in before:
            session.step(people, time_s)
            fresh.step(people, time_s)
        past = session.snapshot()
        for time_s, people in astray:
            session.step(people, time_s)
        session.restore(past)
        for time_s, people in then:
            assert session.step(people, time_s) == fresh.step(people, time_s)
        assert session.summary(10.0) == fresh.summary(10.0)
        assert session.fit == fresh.fit

    @slow_law
    @given(seeds, st.lists(st.booleans(), min_size=20, max_size=60))
    def test_both_go_on_by_themselves_in_whatever_order(self, seed: int, turns: list[bool]) -> None:
        before, one_way, other_way = self.parts(seed)
        sessions = [FormAnalyzer(SHIPPED), FormAnalyzer(SHIPPED)]
        for time_s, people in before:
            for session in sessions:
                session.step(people, time_s)
        ways = [iter(one_way), iter(other_way)]
        alone = [
            iter([session.step(p, t) for t, p in way]) for session, way in zip(sessions, (one_way, other_way), strict=True)
        ]
        origin = FormAnalyzer(SHIPPED)
        for time_s, people in before:
            origin.step(people, time_s)
        twin = FormAnalyzer(SHIPPED)
        twin.restore(origin.snapshot())
        parted = [origin, twin]
        for turn in turns:
            shot = next(ways[turn], None)
            if shot is not None:
                assert parted[turn].step(shot[1], shot[0]) == next(alone[turn])

    def test_a_fork_remembers_whom_it_follows(self) -> None:
        mine, larger = shifted(scaled(kneeling(), 0.4), -0.5), shifted(scaled(kneeling(), 0.7), 0.4)
        session = FormAnalyzer(SHIPPED)
        for i in range(20):
            session.step((mine,), i / 10)
        past = FormAnalyzer(SHIPPED)
        past.restore(session.snapshot())
        for i in range(20, 60):
            session.step((larger,), i / 10)
        fork_sees, origin_sees = past.step((larger, mine), 2.0), session.step((larger, mine), 6.0)
        assert fork_sees.landmarks is not None
        assert origin_sees.landmarks is not None
        assert fork_sees.landmarks.points["nose"] == mine.points["nose"]
        assert origin_sees.landmarks.points["nose"] == larger.points["nose"]
        assert past.wanted is mine
        assert session.wanted is None

    def test_nothing_is_remembered_beside_the_state(self) -> None:
        """Every attribute of analyzer, tracker and selector is in the snapshot or never changes; the states themselves are
        frozen.
        """
        before, astray, _ = self.parts(0)
        session = FormAnalyzer(SHIPPED)
        parts = [session, session._selector, *session.trackers]
        for time_s, people in before:
            session.step(people, time_s)
        fixed = [dict(vars(part)) for part in parts]
        for time_s, people in astray:
            session.step(people, time_s)
        changed = {
            name
            for part, then in zip(parts, fixed, strict=True)
            for name, value in vars(part).items()
            if value is not then[name]
        }
        assert changed == {"_state", "state"}
        states: list[Any] = [session.snapshot(), session.snapshot().frame, session.snapshot().subject]
        for state in (*states, *session.snapshot().trackers):
            names = [one.name for one in fields(state)]
            with pytest.raises(FrozenInstanceError):
                setattr(state, names[0], None)

    def test_restoring_brings_back_every_field(self) -> None:
        before, astray, then = self.parts(1)
        session = FormAnalyzer(SHIPPED)
        for time_s, people in before:
            session.step(people, time_s)
        past = session.snapshot()
        for time_s, people in astray:
            session.step(people, time_s)
        session.restore(past)
        assert session.snapshot() == past
        for part in ("frame", "subject"):
            for field in fields(getattr(past, part)):
                assert getattr(getattr(session.snapshot(), part), field.name) is getattr(getattr(past, part), field.name)
        for tracker, remembered in zip(session.snapshot().trackers, past.trackers, strict=True):
            assert all(getattr(tracker, field.name) is getattr(remembered, field.name) for field in fields(remembered))
        assert [session.step(people, time_s).time_s for time_s, people in then] == [time_s for time_s, _ in then]
