"""Holds without a goal in a session: one go each, the clock counts up, and the result stands beside what others held."""

import pytest

from formcheck.coaching.events import Chime, Key, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.tasks import FALSE_START_S, StretchTask, of_routine, of_stretch
from formcheck.core import wording
from formcheck.core.values import Landmarks, Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.routine import Routine, duration_s, expand
from formcheck.testing import hook_lying, mirrored
from tests.support.rehearsal import READY, REST_S, SPECS, Rehearsal, planned
from tests.support.specs import KNEELING
from tests.support.strength import BRIDGE, PLANK, SINGLE, STRENGTH, bridge, plank, single_leg_bridge

ALL = {**SPECS, **{spec.name: spec for spec in STRENGTH}}
SLACK_S = 0.4
"""A frame or two, and what the median lags behind."""


def session(*tasks: StretchTask) -> Rehearsal:
    return Rehearsal.of(*tasks, specs=ALL)


def tasks_of(spec: StretchSpec) -> tuple[StretchTask, ...]:
    return of_stretch(spec, None, REST_S)


def phase_of(live: Rehearsal) -> SessionPhase:
    """The phase of now."""
    return live.phases[-1]


class TestOneGo:
    @pytest.mark.parametrize(
        ("spec", "body", "lost"), [(BRIDGE, bridge(), hook_lying()), (PLANK, plank(), plank(-25.0))], ids=["bridge", "plank"]
    )
    def test_it_ends_by_itself_when_the_form_is_lost(self, spec: StretchSpec, body: Landmarks, lost: Landmarks) -> None:
        live = session(*tasks_of(spec)).see(6.0, READY).see(12.0, body).see(3.0, lost)
        assert phase_of(live) is SessionPhase.DONE
        (row,) = live.rows
        assert row.held_s == pytest.approx(12.0, abs=SLACK_S)
        assert (row.side, row.goal_s, row.complete, row.skipped) == (None, None, None, False)
        assert row.done
        assert row.outcome == wording.TO_THE_END

    def test_the_clock_counts_up_and_has_no_goal(self) -> None:
        live = session(*tasks_of(BRIDGE)).see(6.0, READY).see(12.0, bridge())
        assert live.screen.to_the_end
        assert live.screen.goal_s is None
        assert live.screen.held_s == pytest.approx(12.0, abs=SLACK_S)
        assert not live.screen.either

    def test_a_false_start_is_none(self) -> None:
        live = session(*tasks_of(BRIDGE)).see(6.0, READY).see(FALSE_START_S - 1.0, bridge()).see(4.0, hook_lying())
        assert SessionPhase.DONE not in live.phases
        live.see(8.0, bridge()).see(3.0, hook_lying())
        assert phase_of(live) is SessionPhase.DONE
        assert live.rows[0].held_s == pytest.approx(8.0, abs=SLACK_S)

    def test_a_lapse_of_less_than_a_second_does_not_end_it(self) -> None:
        live = session(*tasks_of(BRIDGE)).see(6.0, READY).see(5.0, bridge()).see(0.6, bridge(35.0)).see(5.0, bridge())
        assert phase_of(live) is SessionPhase.STRETCH
        live.see(3.0, hook_lying())
        assert live.rows[0].held_s == pytest.approx(10.0, abs=2 * SLACK_S)

    def test_a_pause_ends_it(self) -> None:
        """Nobody can go on with a go that was broken off."""
        live = session(*tasks_of(BRIDGE)).see(6.0, READY).see(8.0, bridge())
        live.press(Key.PAUSE)
        live.see(5.0, bridge()).press(Key.PAUSE)
        live.see(1.0, bridge())
        assert phase_of(live) is SessionPhase.DONE
        assert live.rows[0].held_s == pytest.approx(8.0, abs=SLACK_S)

    def test_skipping_leaves_it_at_what_was_held(self) -> None:
        live = session(*tasks_of(BRIDGE)).see(6.0, READY).see(8.0, bridge())
        live.press(Key.SKIP)
        (row,) = live.rows
        assert row.skipped
        assert row.outcome == wording.ENDED_EARLY

    def test_each_side_has_its_own(self) -> None:
        one, down = single_leg_bridge(), hook_lying()
        live = session(*tasks_of(SINGLE)).see(6.0, READY).see(9.0, one).see(2.0, down)
        assert SessionPhase.DONE not in live.phases
        live.see(REST_S + 6.0, mirrored(down)).see(7.0, mirrored(one)).see(3.0, mirrored(down))
        assert phase_of(live) is SessionPhase.DONE
        assert live.held == [(Side.RIGHT, 9), (Side.LEFT, 7)]


class TestWhatIsHeard:
    def test_half_minutes_are_told_and_the_result(self) -> None:
        live = session(*tasks_of(PLANK)).see(6.0, READY).see(65.0, plank()).see(3.0, plank(-25.0))
        told = [text for text in live.texts if "seconds" in text]
        assert told == [
            "So far 30 seconds",
            "So far 60 seconds",
            phrases.HELD_FOR.format(seconds=int(live.rows[0].held_s + 0.005)),
        ]
        assert phrases.HALF not in live.texts
        assert phrases.TO_GO not in live.texts
        assert live.chimes.count(Chime.DONE) >= 1

    def test_every_sentence_is_short(self) -> None:
        for text in (phrases.SO_FAR, phrases.HELD_FOR, *(spec.posture for spec in STRENGTH)):
            assert len(text.split()) <= 8
        for spec in STRENGTH:
            assert all(len(line.split()) <= 8 for line in spec.coaching)


class TestTheSummary:
    def test_a_single_hold_is_told_by_its_seconds_beside_the_published_ones(self) -> None:
        summary = session(*tasks_of(PLANK)).see(6.0, READY).see(20.0, plank()).see(3.0, plank(-25.0)).session.summary
        assert summary.headline == wording.HELD_FOR.format(held_s=summary.rows[0].seconds.held)
        assert len(summary.norms) == 2
        for norm, sentence in zip(PLANK.norms, summary.norms, strict=True):
            figures = {f"{norm.mean_s:.0f} s", f"{norm.sd_s:.0f} s", str(norm.people), norm.source, norm.who}
            assert all(figure in sentence for figure in figures)

    def test_nobody_is_compared_who_held_nothing(self) -> None:
        summary = session(*tasks_of(PLANK)).see(6.0, READY).session.summary
        assert summary.norms == ()
        assert summary.headline == wording.NOTHING_HELD

    def test_a_routine_of_both_kinds(self) -> None:
        routine = Routine.model_validate(
            {
                "format": 1,
                "name": "mixed",
                "title": "Mixed",
                "steps": [{"pose": BRIDGE.name, "rest_s": 5.0}, {"pose": KNEELING.name, "sides": "right", "hold_s": 4.0}],
            }
        )
        bouts = expand(routine, ALL)
        assert [(bout.pose, bout.side, bout.hold_s) for bout in bouts] == [
            (BRIDGE.name, None, None),
            (KNEELING.name, Side.RIGHT, 4.0),
        ]
        assert duration_s(bouts) == 9.0
        tasks = [task for task in of_routine(bouts) if isinstance(task, StretchTask)]
        live = session(*tasks).see(6.0, READY).see(9.0, bridge()).see(2.0, hook_lying())
        assert phase_of(live) is SessionPhase.REST
        assert live.session.summary.headline == wording.DONE_OF.format(done=1, asked=2)

    def test_a_stretch_with_a_goal_is_told_as_ever(self) -> None:
        live = session(planned(Side.RIGHT, goal_s=4.0)).see(6.0, READY)
        assert not live.screen.to_the_end
        assert live.screen.goal_s == 4.0
