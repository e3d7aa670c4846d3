"""Guided blocks in the document, the history and the summary of a session: all say the same, and nothing of them is a hold."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from formcheck.analysis.scoring.document import SessionDocument
from formcheck.coaching.events import Key
from formcheck.coaching.tasks import BlockTask, StretchTask
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.people.history import GuidedTime
from formcheck.pipeline.live.plan import plan_of
from formcheck.pipeline.live.results import history_blocks, history_pains, history_stretches, session_document
from tests.support.laws import slow_law
from tests.support.rehearsal import READY, RIGHT, Rehearsal, planned
from tests.unit.coaching.test_blocks import BREATHING, SHORT
from tests.unit.coaching.test_guided_session import SHORT_SPECS
from tests.unit.pipeline.test_live_results import CLIP, ENGINE, STARTED, ScoredSession, of_stretches

TASKS: tuple[StretchTask | BlockTask, ...] = (
    BlockTask(block=SHORT, side=Side.LEFT),
    BlockTask(block=SHORT, side=Side.RIGHT),
    planned(Side.RIGHT, goal_s=4, rest_s=2),
    BlockTask(block=BREATHING, side=None),
)
acts = st.lists(
    st.tuples(st.sampled_from(["kneels", "stands", "away", "blind", *Key]), st.floats(0.5, 25.0)), min_size=3, max_size=14
)


def is_same(before: GuidedTime, after: GuidedTime) -> bool:
    """Whether they can be one block as it grew."""
    same = (before.block, before.side, before.goal_s) == (after.block, after.side, after.goal_s)
    return same and after.guided_s >= before.guided_s - 2.5  # a camera that stands still takes two seconds back


@slow_law
@given(acts)
@example([("stands", 25.0), (Key.OTHER_SIDE, 0.0), ("stands", 25.0), (Key.PAIN, 0.0), (Key.STRONG, 0.0), ("kneels", 25.0)])
@example([("stands", 20.0), (Key.SKIP, 0.0), ("stands", 20.0), (Key.SKIP, 0.0), ("kneels", 25.0), ("kneels", 25.0)])
def test_whatever_happens_document_history_and_summary_say_the_same(script: list[tuple[str | Key, float]]) -> None:
    session = ScoredSession(SHORT_SPECS, TASKS)
    live, kept = Rehearsal(session), list[GuidedTime]()
    for act, lasting_s in script:
        match act:
            case Key():
                live.press(act)
            case "blind":
                live.lose_camera(lasting_s)
            case "away":
                live.see(lasting_s)
            case _:
                live.see(lasting_s, RIGHT if act == "kneels" else READY)
        now = history_blocks(session)
        assert len(now) >= len(kept), "a place in the list is for good"
        assert all(is_same(before, after) for before, after in zip(kept, now, strict=False))
        kept = now
    document = session_document("plan", session.results.results(CLIP, ENGINE, session), session, routine=True, started=STARTED)
    assert isinstance(document, SessionDocument)
    rows = session.summary.blocks
    assert len(rows) == 3, "every block of the plan has its line"
    told = [(one.block, one.side, one.guided_s, one.goal_s, one.complete, one.skipped, one.note) for one in document.blocks]
    assert told == [(row.block, row.side, row.guided_s, row.goal_s, row.complete, row.skipped, row.note) for row in rows]
    in_history = [(one.block, one.side, one.guided_s, one.skipped) for one in kept]
    assert in_history == [(row.block, row.side, row.guided_s, row.skipped) for row in rows[: len(kept)]]
    assert not any(row.begun for row in rows[len(kept) :])
    assert all((one.started_s is None) is (one.guided_s == 0) for one in document.blocks)
    assert sum(row.guided_s for row in rows) + session.summary.held_s <= live.time_s + 0.1
    held_s = sum(hold.held_s for part in of_stretches(document) for hold in part.holds)
    assert held_s == pytest.approx(session.summary.held_s, abs=0.1)
    assert {stretch.pose for stretch in history_stretches(session)} <= set(SHORT_SPECS)
    assert [pain.pose for pain in history_pains(session)] == [pain.pose for pain in document.pains]
    assert {part.pose for part in of_stretches(document)} <= {*SHORT_SPECS, None}
    json.loads(document.model_dump_json())


def test_a_block_that_is_left_out_says_why() -> None:
    session = ScoredSession(SHORT_SPECS, TASKS, excluded={SHORT.name: "Ask first."})
    Rehearsal(session).see(6, RIGHT)
    left, right, breathing = json.loads(session.document().model_dump_json())["blocks"]
    assert [(one["skipped"], one["note"], one["guided_s"]) for one in (left, right)] == [(True, "Ask first.", 0.0)] * 2
    assert (breathing["skipped"], breathing["note"]) == (False, None)


def test_a_session_of_stretches_has_no_blocks() -> None:
    session = ScoredSession(SHORT_SPECS, (planned(Side.RIGHT, goal_s=4),))
    Rehearsal(session).see(6, RIGHT)
    assert session.document().blocks == []
    assert history_blocks(session) == []


class TestPlans:
    def test_a_block_by_the_beginning_of_its_name_on_both_sides_or_one(self) -> None:
        plan = plan_of("thigh", None, None)
        assert (plan.name, plan.specs, plan.routine) == ("thigh_roller", {}, False)
        assert [(task.block.name, task.side) for task in plan.tasks if isinstance(task, BlockTask)] == [
            ("thigh_roller", Side.LEFT),
            ("thigh_roller", Side.RIGHT),
        ]
        assert [task.side for task in plan_of("thigh", None, Side.RIGHT).tasks] == [Side.RIGHT]
        assert [task.side for task in plan_of("slow_breathing", None, None).tasks] == [None]
        with pytest.raises(FormcheckError, match="slow_breathing has no sides: leave the side out"):
            plan_of("slow_breathing", None, Side.LEFT)

    def test_a_routine_of_all_kinds(self) -> None:
        plan = plan_of("routine", "massage_and_stretch", None)
        assert plan.routine
        assert set(plan.specs) == {"kneeling_hip_flexor", "supine_psoas"}
        assert set(plan.blocks) == {"thigh_roller", "ball_massage", "slow_breathing"}
        assert plan.specs["kneeling_hip_flexor"].hold_s == 60

    def test_a_name_that_there_is_not_names_blocks_too(self) -> None:
        with pytest.raises(FormcheckError, match=r"no stretch, routine or block called 'bal_massage'; did you mean 'ball_mas"):
            plan_of("bal_massage", None, None)
