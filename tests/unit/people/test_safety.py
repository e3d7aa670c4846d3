import io
import json
import os
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from formcheck.cli import safety as asking
from formcheck.core.errors import OutputError
from formcheck.people import safety
from formcheck.people.history.database import Store
from formcheck.people.history.records import Answer, Entry, Pain
from formcheck.people.safety import Answers, excluded_by_safety, questionnaire
from formcheck.people.safety import answers as answers_module
from formcheck.people.safety.questions import Question, Questionnaire
from formcheck.pipeline.live.plan import plan_of
from formcheck.stretches import StretchSpec
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.files import find_stretch, load_stretches, stretch_names
from formcheck.system.paths import history_file
from tests.support.laws import law

IDS = [question.id for question in questionnaire().questions]
SHIPPED = stretch_names()
SPECS = load_stretches()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


class Terminal(io.StringIO):
    """Something that says it is a terminal, where somebody has typed already."""

    def isatty(self) -> bool:
        return True


def console() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None)


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def answers(*yes: str) -> Answers:
    return Answers(questionnaire=questionnaire().version, on=date(2025, 11, 22), yes=frozenset(yes))


class TestQuestions:
    def test_they_are_few_short_and_about_stretches_that_exist(self) -> None:
        assert len(set(IDS)) == len(IDS) <= 7
        for question in questionnaire().questions:
            assert question.text.endswith("?")
            assert not any(word in condition for condition in question.any_of for word in (",  ", ";", "?"))
            assert question.poses == "all" or question.poses <= set(SHIPPED)

    def test_none_of_them_diagnoses(self) -> None:
        for question in questionnaire().questions:
            assert any(word in question.advice for word in ("clinician", "doctor", "midwife"))
            assert question.advice.endswith(".")
            assert not any(word in question.advice.lower() for word in ("you have", "you suffer", "diagnos"))

    @pytest.mark.parametrize(
        ("yes", "concerned"),
        [
            ("hip", {*SHIPPED, "mine"}),
            ("operation", {*SHIPPED, "mine"}),
            ("injury", {*SHIPPED, "mine"}),
            ("nerves", {*SHIPPED, "mine"}),
            ("heart", {*SHIPPED, "mine"}),
            ("pregnancy", {"supine_psoas", "bridge", "single_leg_bridge", "plank"}),
            ("knee", {"kneeling_hip_flexor"}),
        ],
    )
    def test_which_stretches_a_yes_concerns(self, yes: str, concerned: set[str]) -> None:
        found = excluded_by_safety(answers(yes), [*SHIPPED, "mine"])
        assert set(found) == concerned
        (question,) = [question for question in questionnaire().questions if question.id == yes]
        assert set(found.values()) == {question.advice}

    @pytest.mark.parametrize(
        "condition",
        [
            *(
                "hip replacement",
                "operation on a hip",
                "caesarean",
                "groin",
                "hernia",
                "fresh injury",
                "blood clot",
                "infection",
            ),
            *(
                "inflamed",
                "osteoporosis",
                "loose joints",
                "numb",
                "tingling",
                "weak leg",
                "bladder",
                "bowel",
                "at night",
                "fever",
            ),
            *("weight lost", "heart", "not under control", "dizziness", "pregnant", "hurts to kneel", "artificial knee"),
        ],
    )
    def test_whatever_a_clinician_should_hear_of_first_is_asked(self, condition: str) -> None:
        assert sum(condition in one for question in questionnaire().questions for one in question.conditions) == 1

    @pytest.mark.parametrize("spec", [find_stretch(name) for name in SHIPPED], ids=lambda spec: spec.name)
    def test_every_stretch_says_who_asks_first_and_when_to_stop(self, spec: StretchSpec) -> None:
        assert "ask your clinician first" in spec.safety
        assert "pain is not" in spec.safety or "End it when it hurts" in spec.safety

    @pytest.mark.parametrize("name", ["thomas", "thomas_floor"])
    def test_the_check_says_who_leaves_it_out_and_when_to_stop(self, name: str, folder: Path) -> None:
        told = " ".join(CHECKS.find(name, folder).not_with)
        for words in ("hip replacement", "recent operation", "pregnancy", "numb", "safety question", "pain is not"):
            assert words in told
        assert ("three minutes a side at most" in told) is (name == "thomas")

    @law
    @given(st.sets(st.sampled_from(IDS)), st.sampled_from(IDS), st.sets(st.sampled_from([*SHIPPED, "mine"])))
    def test_another_yes_never_gives_a_stretch_back(self, yes: set[str], more: str, poses: set[str]) -> None:
        before, after = excluded_by_safety(answers(*yes), poses), excluded_by_safety(answers(*yes, more), poses)
        assert set(before) <= set(after) <= poses
        assert all(len(after[pose]) >= len(sentence) for pose, sentence in before.items())

    def test_no_is_no_reason(self) -> None:
        assert excluded_by_safety(answers(), [*SHIPPED, "mine"]) == {}


class TestKept:
    def test_answers_come_back_and_are_for_the_person_alone(self, folder: Path) -> None:
        assert safety.load_answers() is None
        safety.save_answers(answers("hip", "knee"))
        assert safety.load_answers() == answers("hip", "knee")
        assert [path.name for path in folder.iterdir()] == ["safety.json"]
        if os.name == "posix":
            assert [path.stat().st_mode & 0o077 for path in (folder, folder / "safety.json")] == [0, 0]
        safety.delete_answers()
        safety.delete_answers()
        assert safety.load_answers() is None

    def test_answers_to_other_questions_count_for_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        safety.save_answers(answers("hip"))
        question = Question(id="hip", text="Other?", poses="all", advice="Ask.")
        changed = Questionnaire(version=questionnaire().version + 1, questions=(question,))
        monkeypatch.setattr(answers_module, "questionnaire", lambda: changed)
        assert safety.load_answers() is None

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "[]",
            "null",
            "{}",
            '{"questionnaire": 1}',
            '{"questionnaire": 1, "on": "then", "yes": []}',
            "\udcff",
            '{"questionnaire": Infinity, "on": "2026-01-05", "yes": []}',
            "[" * 100_000,
            "9" * 5000,
            '{"questionnaire": "\\ud800"}',
        ],
    )
    def test_a_damaged_file_means_asking_again(self, folder: Path, text: str) -> None:
        folder.mkdir()
        (folder / "safety.json").write_text(text, encoding="utf-8", errors="surrogateescape")
        assert safety.load_answers() is None

    def test_a_folder_that_cannot_be_made_is_told(self, folder: Path) -> None:
        folder.write_text("", encoding="utf-8")
        with pytest.raises(OutputError, match="cannot be made"):
            safety.save_answers(answers())


class TestAsking:
    def test_every_question_is_asked_and_enter_alone_is_no_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = console()
        monkeypatch.setattr(sys, "stdin", Terminal("y\nn\n" + "\n\nn\n" + "n\n" * (len(IDS) - 3) + "maybe\nY\n\nN\n"))
        found = asking.ask(shown)
        assert found.yes == {IDS[0], IDS[-1]}
        assert said(shown).count("Please answer y for yes or n for no") == 4
        assert (found.questionnaire, found.on) == (questionnaire().version, date.today())
        assert all(question.text in said(shown) for question in questionnaire().questions)
        assert "not medical advice" in said(shown)

    def test_after_a_yes_it_is_asked_whether_somebody_who_knows_has_agreed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = console()
        monkeypatch.setattr(sys, "stdin", Terminal("y\ny\n" + "n\n" * (len(IDS) - 2) + "y\nn\n"))
        assert asking.ask(shown).yes == {IDS[-1]}
        first, *_, last = questionnaire().questions
        assert said(shown).count(first.agreed) == said(shown).count(last.agreed) == 1
        assert first.agreed != last.agreed

    def test_yes_and_no_are_taken_as_they_are_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = console()
        monkeypatch.setattr(sys, "stdin", Terminal("YES\nNo\n" + "n\n NO \nN\nno\nn\n" + "Y\nyes\n"))
        assert asking.ask(shown).yes == {IDS[0]}
        assert "Please answer" not in said(shown)

    def test_there_is_a_way_back_over_every_prompt_and_from_the_first_one_there_is_none(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = console()
        typed = ["b", "y", "n", "y", "b", "back", "B", "y", "n"] + ["n"] * (len(IDS) - 1)  # the first yes, then with consent
        monkeypatch.setattr(sys, "stdin", Terminal("\n".join(typed) + "\n"))
        assert asking.ask(shown).yes == {IDS[0]}
        first, second, *_ = questionnaire().questions
        assert said(shown).count(f"1. {first.text}") == 3
        assert said(shown).count(first.agreed) == 4
        assert said(shown).count(f"2. {second.text}") == 3

    @law
    @given(st.data())
    def test_what_was_taken_back_counts_for_nothing(self, data: st.DataObject) -> None:
        """Going back and answering anew comes to the answers given last."""
        questions = questionnaire().questions
        typed: list[str] = []
        given_last: list[bool] = []
        while asking._next_prompt(questions, given_last) is not None:
            back = data.draw(st.integers(0, 3)) == 0 and len(typed) < 60
            answer = data.draw(st.booleans())
            typed.append("b" if back else "y" if answer else "n")
            given_last = given_last[:-1] if back else [*given_last, answer]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sys, "stdin", Terminal("\n".join(typed) + "\n"))
            assert asking.ask(console()).yes == {one.id for one in asking._barring(questions, given_last)}

    def test_it_is_said_when_they_come_again_and_each_condition_has_its_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = console()
        monkeypatch.setattr(sys, "stdin", Terminal("n\n" * len(IDS)))
        asking.ask(shown)
        assert "`formcheck live --screen`" in said(shown)
        lines = [line.strip() for line in said(shown).splitlines()]
        assert all(f"- {condition}" in lines for question in questionnaire().questions for condition in question.any_of)

    def test_they_are_asked_once_and_on_demand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for again, typed, yes in (
            (False, "y\nn\n" + "n\n" * (len(IDS) - 1), {IDS[0]}),
            (False, "", {IDS[0]}),
            (True, "n\n" * len(IDS), set[str]()),
            (False, "", set[str]()),
        ):
            monkeypatch.setattr(sys, "stdin", Terminal(typed))
            found = asking.screened(console(), again=again)
            assert found is not None
            assert found.yes == yes

    def test_everybody_is_asked_for_themselves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for person, typed in ((None, "y\nn\n" + "n\n" * (len(IDS) - 1)), ("anna", "n\n" * len(IDS))):
            monkeypatch.setattr(sys, "stdin", Terminal(typed))
            asking.screened(console(), person=person)
        found = [safety.load_answers(person) for person in (None, "anna", "ben")]
        assert [one.yes if one is not None else None for one in found] == [{IDS[0]}, set(), None]
        safety.delete_answers("anna")
        assert safety.load_answers("anna") is None
        assert safety.load_answers() is not None

    @pytest.mark.parametrize("kept", [None, answers("hip")])
    def test_ctrl_c_leaves_everything_as_it_was(self, kept: Answers | None, monkeypatch: pytest.MonkeyPatch) -> None:
        if kept:
            safety.save_answers(kept)
        typed = iter(["n", "y", "n"])

        def keyboard(*_: object) -> str:
            for answer in typed:
                return answer
            raise KeyboardInterrupt

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr("builtins.input", keyboard)
        with pytest.raises(KeyboardInterrupt):
            asking.screened(console(), again=True)
        assert safety.load_answers() == kept

    @pytest.mark.parametrize("terminal", ["in", "out", "neither"])
    def test_without_a_terminal_they_are_shown_and_nothing_is_kept(
        self, terminal: str, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal() if terminal == "in" else io.StringIO())
        shown = Console(file=io.StringIO(), force_terminal=terminal == "out", width=100, color_system=None)
        assert asking.screened(shown) is None
        assert all(condition in said(shown) for question in questionnaire().questions for condition in question.conditions)
        assert not folder.exists()

    def test_answers_that_cannot_be_kept_hold_all_the_same(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.write_text("", encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", Terminal("y\nn\n" * len(IDS)))
        shown = console()
        found = asking.screened(shown)
        assert found is not None
        assert found.yes == set(IDS)
        assert "hold for this session only" in said(shown)


def test_what_is_done_has_its_precautions_told_each_time_and_what_is_left_out_has_not() -> None:
    safety.save_answers(answers("pregnancy"))
    for _ in range(2):
        shown = console()
        asking.excluded_from(shown, plan_of("routine", None, None), again=False)
        told = " ".join(said(shown).split())
        mentioned = {spec.name for spec in SPECS if spec.safety in told}
        assert mentioned == {"standing_psoas", "kneeling_hip_flexor"}


def test_the_file_says_what_it_is(folder: Path) -> None:
    safety.save_answers(answers("knee"))
    written = json.loads((folder / "safety.json").read_text(encoding="utf-8"))
    assert written == {"questionnaire": questionnaire().version, "on": "2025-11-22", "yes": ["knee"]}


@pytest.mark.parametrize(("typed", "goes_on"), [("n\n", False), ("\n", False), ("y\n", True), (None, True)])
def test_after_sharp_pain_today_one_is_asked_before_another_session(
    typed: str | None, goes_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody can answer it is told, and the session begins: who started it by a script is there."""
    monkeypatch.setattr(sys, "stdin", Terminal(typed) if typed is not None else io.StringIO())
    assert asking.goes_on_after_pain(console(), None), "nothing was told today"
    sharp = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.SHARP)
    now = datetime.now().astimezone()
    with Store(history_file()) as store:
        store.save(Entry(id="today", started=now, version="1", plan="supine_psoas", pains=(sharp,)))
    shown = console()
    assert asking.goes_on_after_pain(shown, None) is goes_on
    assert "You told of sharp pain today." in said(shown)
    assert asking.goes_on_after_pain(console(), "anna"), "it was somebody else"
