"""The cards of what can be done: what of each is left out, and why."""

from pathlib import Path

import pytest

from formcheck.people.safety import questionnaire
from tests.support.asked import Ask, app, asked


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
