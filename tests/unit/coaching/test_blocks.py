"""Guided blocks in a session: the clock runs while somebody is there, and nothing is judged."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from formcheck.coaching.events import Chime, Key, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.breathing import IN_S, OUT_S
from formcheck.coaching.tasks import AWAY_S, BlockProgress, BlockTask
from formcheck.core import wording
from formcheck.core.lighting import Light
from formcheck.core.values import Side
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.blocks import BlockSpec
from tests.support.laws import law, slow_law
from tests.support.rehearsal import READY, RIGHT, Rehearsal, planned
from tests.support.specs import KNEELING

HANDS, BREATHING = BLOCKS.find("hand_massage"), BLOCKS.find("slow_breathing")
SHIPPED, _ = BLOCKS.load()
SHORT = HANDS.model_copy(
    update={"ready_s": 5.0, "phases": tuple(phase.model_copy(update={"seconds": 15.0}) for phase in HANDS.phases)}
)
WELL_S = 1.0 + SHORT.ready_s + 0.2
"""Being seen, getting into position, and a picture or two."""


def task(block: BlockSpec = SHORT, side: Side | None = Side.LEFT) -> BlockTask:
    return BlockTask(block=block, side=side if block.sides else None)


def both(block: BlockSpec = SHORT) -> Rehearsal:
    return Rehearsal.of(task(block), task(block, Side.RIGHT))


def guided(live: Rehearsal) -> list[float]:
    return [block.guided_s for block in live.session.agenda.blocks]


# --- the clock ---------------------------------------------------------------------------------------------------------


@law
@given(st.lists(st.tuples(st.floats(0.03, 4.0), st.booleans()), min_size=1, max_size=60), st.sampled_from(SHIPPED))
def test_guided_time_is_the_time_between_two_sights_and_never_while_nobody_is_there(
    looks: list[tuple[float, bool]], block: BlockSpec
) -> None:
    done = BlockProgress(task=task(block), pose=block.name, goal_s=block.side_s, side=None)
    time_s, seen = 0.0, list[float]()
    before_s = 0.0
    for passed_s, there in looks:
        time_s += passed_s
        done.look(time_s, there=there)
        seen += [time_s] if there else []
        assert before_s <= done.guided_s <= block.side_s, "it never runs back, nor beyond its ceiling"
        before_s = done.guided_s
    together_s = sum(b - a for a, b in pairwise(seen) if b - a < AWAY_S)
    assert done.guided_s == pytest.approx(min(block.side_s, together_s))
    assert done.complete is (done.guided_s >= block.side_s - 1e-6)


acts = st.lists(
    st.tuples(
        st.sampled_from(["there", "away", "dark", "blind", "still", *Key]).filter(lambda act: act not in (Key.QUIT, Key.MUTE)),
        st.floats(0.2, 14.0),
    ),
    min_size=3,
    max_size=14,
)


@slow_law
@given(acts)
@example([("there", 20.0), ("away", 5.0), ("there", 8.0), (Key.PAUSE, 0.0), ("there", 4.0), (Key.PAUSE, 0.0), ("there", 3.0)])
@example([("there", 14.0), (Key.OTHER_SIDE, 0.0), ("there", 20.0), (Key.OTHER_SIDE, 0.0), ("there", 60.0)])
@example([("there", 12.0), (Key.PAIN, 0.0), (Key.MILD, 0.0), ("there", 30.0), ("still", 8.0), ("blind", 6.0), ("there", 9.0)])
def test_whatever_happens_guided_time_is_at_most_the_time_somebody_was_there(script: list[tuple[str | Key, float]]) -> None:
    live, there_s = both(), 0.0
    for act, lasting_s in script:
        before = sum(guided(live))
        match act:
            case Key():
                live.press(act)
            case "there":
                live.see(lasting_s, READY)
                there_s += lasting_s
            case "away":
                live.see(lasting_s)
            case "dark":
                live.see(lasting_s, READY, light=Light.BLACK)
            case "blind":
                live.lose_camera(lasting_s)
            case _:
                live.stand_still(2.0 + lasting_s, READY)
        if act != "there":
            assert sum(guided(live)) <= before + (2.0 if act == "still" else 0.0) + 1e-6, act
        assert sum(guided(live)) <= there_s + 1e-6
    assert all(done.guided_s <= SHORT.side_s for done in live.session.agenda.blocks)
    assert all(result.moment is None for result in live.results), "nothing is judged"
    for first, second in pairwise(screen for screen in live.screens if screen.phase is SessionPhase.GUIDED):
        if (first.side, first.step) == (second.side, second.step):
            assert int(second.held_s) >= int(first.held_s), "whole seconds never run back"


def test_a_blink_of_the_engine_costs_nothing_and_a_camera_that_stands_still_is_taken_back() -> None:
    live = both().see(WELL_S, READY).see(6, READY)
    before_s = guided(live)[0]
    live.see(1.0).see(2, READY)
    assert guided(live)[0] == pytest.approx(before_s + 3.0, abs=0.11)
    kept_s = guided(live)[0]
    live.stand_still(6, READY)
    assert live.screen.phase is SessionPhase.LOST
    assert guided(live)[0] == pytest.approx(kept_s, abs=0.11)


def test_leaving_pauses_and_coming_back_goes_on() -> None:
    live = both().see(WELL_S, READY).see(4, READY)
    held_s = live.screen.held_s
    live.see(10)
    assert (live.screen.counting, live.screen.instruction) == (False, phrases.AWAY)
    assert live.screen.held_s == held_s
    assert [said.chime for said in live.heard if said.chime is Chime.LAPSE] == [Chime.LAPSE]
    live.see(1, READY)
    assert live.screen.counting
    assert live.texts[-1] == phrases.GOING_ON
    assert live.screen.phase is SessionPhase.GUIDED


# --- its course --------------------------------------------------------------------------------------------------------


def test_a_block_from_the_first_word_to_the_summary() -> None:
    live = both().see(2)
    assert (live.screen.phase, live.screen.instruction, live.screen.pose) == (SessionPhase.SETUP, phrases.STEP_IN, None)
    assert live.screen.block is not None
    assert live.screen.block.do == SHORT.position
    live.until(SessionPhase.COUNTDOWN, READY).until(SessionPhase.GUIDED, READY).see(1, READY)
    now = live.screen
    assert now.block is not None
    assert (now.block.name, now.block.pressure) == (SHORT.phases[0].name, "gentle")
    assert (now.goal_s, now.side, now.step, now.title) == (60.0, Side.LEFT, (1, 2), SHORT.title)
    live.until(SessionPhase.SETUP, READY).until(SessionPhase.DONE, READY)
    assert live.phases == [
        SessionPhase.SETUP,
        SessionPhase.COUNTDOWN,
        SessionPhase.GUIDED,
        SessionPhase.SETUP,
        SessionPhase.COUNTDOWN,
        SessionPhase.GUIDED,
        SessionPhase.DONE,
    ]
    assert guided(live) == [60.0, 60.0]
    said = [text for text in live.texts if text in {phase.say for phase in SHORT.phases}]
    assert said == 2 * [phase.say for phase in SHORT.phases], "each phase as it begins, on each side"
    assert phrases.NOW_SIDE.format(side=Side.RIGHT) in live.texts
    assert set(SHORT.rules) <= set(live.texts), "what to mind is heard"
    assert [(row.name, row.outcome) for row in live.screen.summary.blocks] == [
        (f"{SHORT.title}, left side", wording.REACHED),
        (f"{SHORT.title}, right side", wording.REACHED),
    ]
    assert live.screen.summary.headline == "120 s of 120 s guided, not measured"
    assert live.session.analyzer is None


def test_each_phase_is_said_when_it_begins() -> None:
    live = Rehearsal.of(task()).until(SessionPhase.DONE, READY)
    start_s = live.session.agenda.blocks[0].started_s
    starts = [start_s + sum(one.seconds for one in SHORT.phases[:i]) for i in range(len(SHORT.phases))]
    for phase, at_s in zip(SHORT.phases, starts, strict=True):
        assert any(abs(said_s - at_s) < 0.15 for said_s in live.when(phase.say))
    assert live.chimes.count(Chime.CHANGE) == len(SHORT.phases) - 1


def test_the_pacer_goes_with_the_breath_and_only_in_its_phase() -> None:
    live = Rehearsal.of(task(BREATHING)).until(SessionPhase.GUIDED, READY)
    live.see(19, READY)
    assert live.screen.breath is None
    live.see(2, READY)
    assert live.screen.breath is not None
    assert live.screen.breath.inhaling
    live.see(IN_S, READY)
    assert not live.screen.breath.inhaling if live.screen.breath else False
    live.see(OUT_S, READY)
    assert live.screen.breath is not None
    assert live.screen.breath.inhaling


def test_the_first_breaths_are_heard_too() -> None:
    live = Rehearsal.of(task(BREATHING)).until(SessionPhase.DONE, READY, at_most_s=240.0)
    start_s = live.session.agenda.blocks[0].started_s + BREATHING.phases[0].seconds
    assert live.when(phrases.OUT) == [
        pytest.approx(start_s + IN_S, abs=0.15),
        pytest.approx(start_s + 2 * IN_S + OUT_S, abs=0.15),
    ]
    assert live.when(phrases.IN) == [pytest.approx(start_s + IN_S + OUT_S, abs=0.15)]


def test_then_soft_notes_give_the_pace_until_the_phase_is_over() -> None:
    live = Rehearsal.of(task(BREATHING)).until(SessionPhase.DONE, READY, at_most_s=240.0)
    start_s = live.session.agenda.blocks[0].started_s + BREATHING.phases[0].seconds
    spoken, seconds, whole_s = 1.5 * (IN_S + OUT_S), BREATHING.phases[1].seconds, IN_S + OUT_S
    for chime, from_s in ((Chime.IN, 0.0), (Chime.OUT, IN_S)):
        turns = [from_s + i * whole_s for i in range(round(seconds / whole_s)) if spoken <= from_s + i * whole_s < seconds]
        heard = [said.time_s - start_s for result in live.results for said in result.utterances if said.chime is chime]
        assert heard == [pytest.approx(turn, abs=0.15) for turn in turns]


@pytest.mark.parametrize("phase", [SessionPhase.SETUP, SessionPhase.COUNTDOWN, SessionPhase.GUIDED])
def test_keys_that_are_not_meant_do_nothing(phase: SessionPhase) -> None:
    live = both().see({SessionPhase.SETUP: 0.5, SessionPhase.COUNTDOWN: 3.0}.get(phase, WELL_S + 3.0), READY)
    before = live.session.wait(live.time_s).screen
    assert before.phase is phase
    assert live.press(*(key for key in Key if key not in before.keys)) == [None] * (len(Key) - len(before.keys))
    assert live.session.wait(live.time_s).screen == before


def test_the_other_side_comes_first_and_neither_comes_twice() -> None:
    live = both().see(WELL_S, READY).see(5, READY)
    live.press(Key.OTHER_SIDE)
    live.see(WELL_S, READY)
    sides = [live.screen.side]
    live.until(SessionPhase.SETUP, READY)
    live.see(0.2, READY)
    assert [*sides, live.screen.side] == [Side.RIGHT, Side.LEFT]
    assert live.screen.held_s == pytest.approx(5, abs=0.4), "what was done of it counts"
    assert Key.OTHER_SIDE not in live.screen.keys, "its time is a ceiling"
    live.until(SessionPhase.DONE, READY)
    assert guided(live) == [60.0, 60.0]


def test_pain_ends_it_as_it_ends_a_stretch() -> None:
    live = both().see(WELL_S, READY).see(5, READY)
    live.press(Key.PAIN, Key.STRONG)
    live.see(1, READY)
    assert live.screen.side is Side.RIGHT
    live.see(WELL_S, READY)
    live.press(Key.PAIN, Key.MILD)
    live.see(3, READY)
    assert (live.screen.phase, live.screen.instruction) == (SessionPhase.SETUP, phrases.ANSWERS[Key.MILD])
    live.until(SessionPhase.GUIDED, READY)
    live.press(Key.PAIN, Key.SHARP)
    live.see(0.2, READY)
    assert live.screen.phase is SessionPhase.DONE
    assert [(row.outcome, row.pains) for row in live.screen.summary.blocks] == [
        ("stopped: strong pain", ("strong",)),
        ("stopped: sharp pain", ("mild", "sharp")),
    ]
    assert [pain.progress.pose for pain in live.session.pains] == [SHORT.name] * 3


def test_who_quits_in_a_block_reads_what_was_done() -> None:
    live = both().see(WELL_S, READY).see(5, READY)
    live.press(Key.QUIT)
    live.see(0.2, READY)
    assert live.screen.phase is SessionPhase.DONE
    assert not live.session.wants_to_quit
    assert live.screen.summary.headline.endswith("of 120 s guided, not measured")


# --- between stretches -------------------------------------------------------------------------------------------------


def test_blocks_and_stretches_in_a_row_and_what_was_held_stays_what_it_was() -> None:
    tasks = (planned(Side.RIGHT, goal_s=5, rest_s=3), task(), planned(Side.RIGHT, goal_s=5, rest_s=0))
    live = Rehearsal.of(*tasks)
    first = live.session.analyzer
    live.see(0.1, READY).until(SessionPhase.REST, RIGHT)
    assert (live.screen.title, live.screen.step) == (SHORT.title, (2, 3))
    assert live.texts[-1] == f"Next: {SHORT.title}, left side"
    live.until(SessionPhase.GUIDED, RIGHT).see(3, RIGHT)
    assert live.screen.moment is None, "a stretch that is done in a block is not judged"
    live.until(SessionPhase.SETUP, RIGHT)
    assert (live.screen.title, live.screen.step) == (KNEELING.title, (3, 3))
    live.see(1, READY).until(SessionPhase.DONE, RIGHT)
    assert live.held == [(Side.RIGHT, 5), (Side.RIGHT, 5)]
    assert guided(live) == [60.0]
    assert live.session.analyzer is not first, "after a block it is looked anew"


def test_what_is_left_out_is_that_block_alone() -> None:
    tasks = (task(), task(BREATHING), planned(Side.RIGHT, goal_s=5))
    live = Rehearsal.of(*tasks, excluded={SHORT.name: "Ask first."}).see(0.5, READY)
    assert (live.screen.title, live.screen.step) == (BREATHING.title, (1, 2))
    live.until(SessionPhase.GUIDED, READY)
    live.press(Key.SKIP)
    live.until(SessionPhase.DONE, RIGHT)
    assert live.held == [(Side.RIGHT, 5)]
    row, *_ = live.screen.summary.blocks
    assert (row.block, row.outcome) == (SHORT.name, "left out: Ask first.")
    assert live.screen.summary.headline == wording.GOAL_HELD


def test_a_block_that_never_ran_has_no_start() -> None:
    live = both().see(2, READY)
    live.press(Key.SKIP)
    assert [row.started_s for row in live.session.summary.blocks] == [None, None]
    assert [row.outcome for row in live.session.summary.blocks] == [wording.SKIPPED, wording.NOT_STARTED]


SPOKEN = {block.name: [block.posture, *block.rules, *(phase.say for phase in block.phases)] for block in SHIPPED}


@pytest.mark.parametrize("block", SPOKEN)
def test_what_is_said_is_short_and_reads_as_one(block: str) -> None:
    for sentence in SPOKEN[block]:
        assert len(sentence.split()) <= 8
        assert sentence[0].isupper()
        assert not sentence.endswith(".")
