"""The safety questions of guided blocks: a yes leaves out what asks it alone, and nothing presses without an answer."""

import io
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from formcheck.cli import safety as asking
from formcheck.core.errors import FormcheckError
from formcheck.people import kept, safety
from formcheck.people.safety import Answers, BlockAnswers, answered, excluded_blocks, questions_of, unanswered
from formcheck.people.safety.blocks import NOT_ANSWERED, _fingerprint
from formcheck.pipeline.live.plan import Plan, plan_of
from formcheck.pipeline.live.safety import asked_once, blocks_due
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.blocks import BlockSpec, PressedArea
from formcheck.web.plans import GivenAnswer, by_id, keep_answers, left_of, questions_before
from tests.support.laws import law

SHIPPED = {block.name: block for block in BLOCKS.load()[0]}
BALL, HANDS, ROLLER, BREATHING = (
    BLOCKS.find(name) for name in ("ball_massage", "hand_massage", "thigh_roller", "slow_breathing")
)
GENERAL = [question.id for question in safety.questionnaire().questions]
BELLY = (
    *("aneurysm", "blood thinner", "clot", "operation on the belly", "pregnant", "hernia", "inflamed bowel", "ulcer", "fever"),
    *("belly pain that nobody has explained", "high blood pressure that is not under control"),
)
"""What must be asked before anything presses on the belly."""
TODAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def console() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def general(*yes: str) -> Answers:
    return Answers(questionnaire=safety.questionnaire().version, on=TODAY, yes=frozenset(yes))


def all_no(blocks: Iterable[BlockSpec] = SHIPPED.values()) -> dict[str, BlockAnswers]:
    return answered((question for block in blocks for question in questions_of(block)), ())


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(text))


class TestQuestions:
    @pytest.mark.parametrize("block", SHIPPED.values(), ids=SHIPPED)
    def test_what_presses_on_the_belly_has_the_bellys_screen_and_nothing_diagnoses(self, block: BlockSpec) -> None:
        conditions = " ".join(condition for question in questions_of(block) for condition in question.conditions)
        if block.area is PressedArea.BELLY:
            assert [word for word in BELLY if word not in conditions] == []
        for question in questions_of(block):
            assert question.text.endswith("?")
            assert question.agreed.endswith("?")
            assert question.advice.endswith(".")
            assert any(word in question.advice for word in ("doctor", "therapist"))
            assert not any(word in question.advice.lower() for word in ("you have", "you suffer", "diagnos"))

    def test_a_block_of_ones_own_on_the_belly_has_it_too(self) -> None:
        own = BALL.model_copy(update={"name": "mine", "questions": ROLLER.questions})
        assert questions_of(own) == (*questions_of(BALL), *ROLLER.questions)


class TestExcluded:
    @law
    @given(st.sampled_from(sorted(SHIPPED)), st.data())
    def test_a_yes_leaves_out_what_asks_that_alone(self, name: str, data: st.DataObject) -> None:
        yes = data.draw(st.sets(st.sampled_from(questions_of(SHIPPED[name])), min_size=1))
        kept = all_no() | answered(questions_of(SHIPPED[name]), yes)
        found = excluded_blocks(SHIPPED.values(), kept, general())
        assert set(found) == {one.name for one in SHIPPED.values() if not yes.isdisjoint(questions_of(one))}
        assert NOT_ANSWERED not in found[name]

    @law
    @given(st.sets(st.sampled_from(GENERAL)))
    def test_a_yes_about_every_stretch_leaves_out_what_presses(self, yes: set[str]) -> None:
        every = {question.id for question in safety.questionnaire().questions if question.poses == "all"}
        found = excluded_blocks(SHIPPED.values(), all_no(), general(*yes))
        pressing = {name for name, block in SHIPPED.items() if block.area is not PressedArea.NONE}
        assert set(found) == (pressing if yes & every else set())

    def test_without_an_answer_it_is_left_out_and_a_changed_question_is_asked_again(self) -> None:
        assert set(excluded_blocks(SHIPPED.values(), {}, None).values()) == {NOT_ANSWERED}
        changed = ROLLER.questions[0].model_copy(update={"text": "Is it so?"})
        other = ROLLER.model_copy(update={"questions": (changed,)})
        assert unanswered(ROLLER, all_no()) == ()
        assert unanswered(other, all_no()) == (changed,)
        nothing = BREATHING.model_copy(update={"questions": ()})
        assert excluded_blocks([nothing], {}, None) == {}


class TestKept:
    def test_they_come_back_are_for_the_person_alone_and_go_with_the_others(self, folder: Path) -> None:
        assert safety.load_block_answers() == {}
        answers = answered(questions_of(BALL), questions_of(BALL)[2:]) | answered(questions_of(ROLLER), ())
        safety.save_block_answers(answers)
        safety.save_block_answers({}, "blocks")
        safety.save_answers(general())
        assert safety.load_block_answers() == answers
        assert safety.load_block_answers("blocks") == {}
        found = {path.name for path in kept.ANSWERS.files()}
        assert found == {"safety.json", "safety_blocks.json", "safety_blocks-blocks.json"}
        safety.delete_answers()
        assert {path.name for path in folder.iterdir()} == {"safety_blocks-blocks.json"}

    @pytest.mark.parametrize(
        "text",
        ["", "{", "[]", '{"blocks": []}', '{"blocks": {"ball_massage": 1}}', '{"blocks": {"a": {"asked": "", "on": "x"}}}'],
    )
    def test_a_damaged_file_means_asking_again(self, folder: Path, text: str) -> None:
        folder.mkdir()
        (folder / "safety_blocks.json").write_text(text)
        assert safety.load_block_answers() == {}


class TestAsking:
    def test_each_is_asked_once_and_what_two_blocks_ask_alike_is_asked_once_for_both(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = Plan(name="both", specs={}, tasks=(), blocks={BALL.name: BALL, HANDS.name: HANDS, BREATHING.name: BREATHING})
        safety.save_answers(general())
        shown = console()
        typed(monkeypatch, "n\nn\ny\nn\nn\n")  # the belly's three, the last with a yes without consent, and the breath's
        found = asking.excluded_from(shown, plan, again=False)
        assert set(found) == {BALL.name, HANDS.name}
        assert "A yes leaves out that part alone" in said(shown)
        assert said(shown).count("a hernia") == 1
        assert f"Left out: {BALL.title}, {HANDS.title}. Please ask a doctor" in said(shown)
        again = console()
        typed(monkeypatch, "")
        assert asking.excluded_from(again, plan, again=False) == found
        assert "y or n" not in said(again)
        typed(monkeypatch, "n\n" * 4)
        everything = "n\n" * len(GENERAL)
        typed(monkeypatch, everything + "n\n" * 4)
        assert asking.excluded_from(console(), plan, again=True) == {}

    def test_what_was_answered_for_one_block_is_not_asked_again_for_another(self, monkeypatch: pytest.MonkeyPatch) -> None:
        safety.save_answers(general())
        typed(monkeypatch, "n\n" * 3)
        assert asking.excluded_from(console(), plan_of(BALL.name, None, None), again=False) == {}
        shown = console()
        typed(monkeypatch, "")
        assert asking.excluded_from(shown, plan_of(HANDS.name, None, None), again=False) == {}
        assert "y or n" not in said(shown)
        typed(monkeypatch, "n\n" * len(GENERAL) + "n\n" * 2 + "y\nn\n")
        with pytest.raises(FormcheckError):
            asking.excluded_from(console(), plan_of(HANDS.name, None, None), again=True)
        typed(monkeypatch, "")
        with pytest.raises(FormcheckError):
            asking.excluded_from(console(), plan_of(BALL.name, None, None), again=False)

    def test_questions_of_two_blocks_that_are_called_alike_are_two(self, monkeypatch: pytest.MonkeyPatch) -> None:
        other = BLOCKS.find("buttock_roller")
        assert [one.id for one in questions_of(ROLLER)] == [one.id for one in questions_of(other)]
        plan = Plan(name="both", specs={}, tasks=(), blocks={ROLLER.name: ROLLER, other.name: other})
        safety.save_answers(general())
        typed(monkeypatch, "y\nn\n" + "n\n" * 3)
        assert set(asking.excluded_from(console(), plan, again=False)) == {ROLLER.name}
        asked = by_id(questions_before(plan, None, again=True))
        answers = [GivenAnswer(id=one, yes=one == "leg_2", agreed=False) for one in asked]
        keep_answers(plan, None, answers, again=True)
        assert set(left_of(plan, None).reasons) == {other.name}

    def test_answers_that_were_kept_by_block_are_still_good(self) -> None:
        kept = {ROLLER.name: BlockAnswers(asked=_fingerprint(ROLLER.questions), on=TODAY, yes=frozenset({"leg"}))}
        assert unanswered(ROLLER, kept) == ()
        assert set(excluded_blocks([ROLLER], kept, None)) == {ROLLER.name}
        assert excluded_blocks([ROLLER], kept | answered(ROLLER.questions, ()), None) == {}, "the last answer counts"
        assert unanswered(ROLLER, {ROLLER.name: replace(kept[ROLLER.name], asked="changed")}) == ROLLER.questions

    def test_who_was_asked_again_in_this_session_is_not_asked_once_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = plan_of("massage_and_stretch", None, None)
        safety.save_answers(general())
        shown = console()
        typed(monkeypatch, "n\n" * len(asked_once(blocks_due(plan.blocks.values(), None))))
        asking.excluded_from(shown, plan, again=True, screened_now=True)
        assert safety.questionnaire().questions[0].text not in said(shown)
        assert "a hernia" in said(shown), "the blocks' own are"

    def test_consent_lets_a_block_be_and_a_stretch_is_not_concerned(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = plan_of("massage_and_stretch", None, None)
        safety.save_answers(general())
        typed(monkeypatch, "y\nn\n" + "n\n" + "y\ny\n" + "n\n" * 2 + "n\n")
        found = asking.excluded_from(console(), plan, again=False)
        assert set(found) == {ROLLER.name}

    def test_where_nobody_can_answer_what_presses_is_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        shown = console()
        found = asking.excluded_from(shown, plan_of("massage_and_stretch", None, None), again=False)
        assert set(found) == {ROLLER.name, BALL.name, BREATHING.name}
        assert NOT_ANSWERED in said(shown)
        with pytest.raises(FormcheckError, match="nothing is left of this session"):
            asking.excluded_from(console(), plan_of("ball_massage", None, None), again=False)

    def test_breathing_alone_asks_nothing_about_stretches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        typed(monkeypatch, "n\n")
        shown = console()
        assert asking.excluded_from(shown, plan_of("slow_breathing", None, None), again=False) == {}
        assert safety.questionnaire().questions[0].any_of[0] not in said(shown)
