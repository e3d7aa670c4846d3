"""The cards of what can be done: what of each is left out, and why; what is told before one."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from formcheck.coaching.events import Key
from formcheck.coaching.guidance import phrases
from formcheck.people.history.database import Store
from formcheck.people.history.records import Answer, Entry, Pain
from formcheck.people.safety import questionnaire
from formcheck.system.paths import history_file
from tests.support.asked import Ask, app, asked
from tests.support.specs import SUPINE


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


def test_a_card_says_why_its_stretch_is_left_out() -> None:
    about_some = next(question for question in questionnaire().questions if question.poses != "all")
    barred = next(iter(about_some.poses))

    async def work(ask: Ask) -> None:
        before = (await ask("/api/plans"))["plans"]
        assert not any(card["left_out"] for card in before)
        answers = [{"id": one.id, "yes": one is about_some, "agreed": None} for one in questionnaire().questions]
        await ask("/api/answers", {"plan": barred, "answers": answers})
        after = {card["plan"]: card for card in (await ask("/api/plans"))["plans"]}
        (sentence,) = after[barred]["left_out"]
        assert after[barred]["title"] in sentence
        assert about_some.advice in sentence
        fine = [card for name, card in after.items() if card["kind"] == "stretch" and name not in about_some.poses]
        assert fine
        assert not any(card["left_out"] for card in fine)

    asked(app(), work)


def test_what_is_left_out_of_a_routine_is_told_before_it_begins() -> None:
    about_some = next(question for question in questionnaire().questions if question.poses != "all")

    async def work(ask: Ask) -> None:
        assert (await ask("/api/questions?plan=routine"))["notes"] == [], "while it is not known"
        answers = [{"id": one.id, "yes": one is about_some, "agreed": None} for one in questionnaire().questions]
        await ask("/api/answers", {"plan": "routine", "answers": answers})
        (sentence,) = (await ask("/api/questions?plan=routine"))["notes"]
        assert about_some.advice in sentence

    asked(app(), work)


def test_where_to_begin_is_told_as_long_as_it_is_not_left_out() -> None:
    lying = SUPINE.name
    barring = next(question for question in questionnaire().questions if question.poses != "all" and lying in question.poses)

    async def work(ask: Ask) -> None:
        found = await ask("/api/plans")
        assert SUPINE.title in found["first"]
        kinds = {card["plan"]: card["kind"] for card in found["plans"]}
        assert (kinds[lying], kinds["plank"]) == ("stretch", "strength")
        answers = [{"id": one.id, "yes": one is barring, "agreed": None} for one in questionnaire().questions]
        await ask("/api/answers", {"plan": lying, "answers": answers})
        assert (await ask("/api/plans"))["first"] is None

    asked(app(), work)


@pytest.mark.parametrize("before", ["/api/questions?plan=supine_psoas", "/api/check?check=thomas_floor"])
def test_after_sharp_pain_today_the_person_is_asked_before_another_session_or_a_check(before: str) -> None:
    now = datetime.now().astimezone()
    sharp = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.SHARP)
    today = Entry(id="today", started=now, version="1", plan="supine_psoas", pains=(sharp,))
    others = [
        replace(today, id="yesterday", started=now - timedelta(days=1)),
        replace(today, id="anna", profile="anna"),
        replace(today, id="mild", pains=(replace(sharp, answer=Answer.MILD),)),
    ]

    async def work(ask: Ask) -> None:
        assert (await ask(before))["hurt"] == []
        with Store(history_file()) as store:
            store.save(*others)
        assert (await ask(before))["hurt"] == []
        with Store(history_file()) as store:
            store.save(today)
        told = (await ask(before))["hurt"]
        assert told[-1] == phrases.ANSWERS[Key.SHARP] + "."

    asked(app(), work)
