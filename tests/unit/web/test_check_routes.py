"""A check on the page: who is asked what, the camera's level, and what is told and kept of what was read."""

from pathlib import Path
from typing import Any

import pytest

from formcheck.coaching.guidance import phrases
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.lighting import Light
from formcheck.people.history.checks import CheckRecord
from formcheck.people.history.database import Store
from formcheck.people.safety import questionnaire
from formcheck.people.safety.checks import save_barred
from formcheck.pipeline.readings.check_words import side_in_words
from formcheck.system.paths import history_file
from formcheck.web.app import App
from formcheck.web.routes.checks import BARRED
from tests.support.asked import Ask, app, asked
from tests.support.checks import HZ, THOMAS, checked, lowered
from tests.support.toy_engine import ToyEngine

ANSWERS = {question.name: question.expected == "yes" for question in THOMAS.questions}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


def answers(questions: list[dict[str, Any]], *yes: str) -> list[dict[str, Any]]:
    return [{"id": one["id"], "yes": one["id"] in yes, "agreed": None} for one in questions]


async def let_through(ask: Ask, *yes: str) -> None:
    questions = (await ask("/api/check?check=thomas"))["questions"]
    assert await ask("/api/check/answers", {"check": "thomas", "answers": answers(questions, *yes)}) == {}


def begin(page: App, **more: Any) -> None:
    more = {"side": None, "level_deg": 0.0, "profile": None, "muted": True, **more}
    page.checks.begin("thomas", ToyEngine(), **more)


def hold(page: App) -> None:
    """Let somebody do the check that was begun, to its end."""
    assert page.checks.held is not None
    for i, body in enumerate(lowered()):
        page.checks.held.fold.step([body], Light.FINE, i / HZ)
    page.checks.held.session.over = True


def kept() -> tuple[CheckRecord, ...]:
    with Store(history_file()) as store:
        return store.checks()


def test_a_check_is_told_as_the_command_tells_it_and_kept_once() -> None:
    page = app()

    async def work(ask: Ask) -> None:
        await let_through(ask)
        begin(page)
        (refused,) = await ask("/api/check/result")
        assert "no check" in refused, "it is not over"
        hold(page)
        over = await ask("/api/check/result")
        assert [one["id"] for one in over["questions"]] == list(ANSWERS)
        assert "Every question" in (await ask("/api/check/result", {"answers": {}}))[0]
        result = (await ask("/api/check/result", {"answers": ANSWERS}))["result"]
        (side,) = checked(lowered())
        told = side_in_words(THOMAS, side)
        (shown,) = result["sides"]
        assert [tuple(row.values()) for row in shown["rows"]] == list(told.rows)
        assert (shown["title"], shown["error"], shown["reasons"]) == (told.title, told.error, [])
        assert wording.CHECK_LEVEL.format(degrees=0.0) in result["remarks"]
        assert result["no_diagnosis"] == wording.CHECK_NO_DIAGNOSIS
        assert await ask("/api/check/result") == {"result": result}
        assert await ask("/api/check/result", {"answers": ANSWERS}) == {"result": result}

    asked(page, work)
    (side,) = checked(lowered())
    assert {one.reading: (one.degrees, one.band) for one in kept()} == {
        reading.name: (side.angles[reading.name], side.bands[reading.name]) for reading in THOMAS.readings
    }


def test_without_a_flat_back_there_is_no_verdict_and_the_next_time_is_compared() -> None:
    page = app()

    async def work(ask: Ask) -> None:
        await let_through(ask)
        for back_flat in (True, True, False):
            begin(page, level_deg=None)
            hold(page)
            result = (await ask("/api/check/result", {"answers": {**ANSWERS, "back_flat": back_flat}}))["result"]
            (shown,) = result["sides"]
            assert bool(shown["reasons"]) is not back_flat
            assert any("taken to be level" in remark for remark in result["remarks"])
        assert len({one.id for one in kept()}) == 3

    asked(page, work)


def test_who_leaves_it_out_is_asked_once_and_again_where_they_wish() -> None:
    page = app()

    async def work(ask: Ask) -> None:
        general = [question.id for question in questionnaire().questions]
        first = await ask("/api/check?check=thomas")
        assert [one["id"] for one in first["questions"]] == [*general, BARRED]
        assert first["left_out"] is None
        with pytest.raises(FormcheckError, match="not been answered"):
            begin(page)
        some = {"check": "thomas", "answers": answers(first["questions"])[:-1]}
        assert await ask("/api/check/answers", some) == [wording.APP_ANSWERS_MISSING]
        await let_through(ask, BARRED)
        second = await ask("/api/check?check=thomas")
        assert second["questions"] == []
        assert "left out" in second["left_out"]
        with pytest.raises(FormcheckError, match="left out"):
            begin(page)
        again = await ask("/api/check?check=thomas&again=yes")
        assert [one["id"] for one in again["questions"]] == [*general, BARRED]
        told = {"check": "thomas", "again": True, "answers": answers(again["questions"])}
        assert await ask("/api/check/answers", told) == {}
        assert (await ask("/api/check?check=thomas"))["left_out"] is None
        begin(page)

    asked(page, work)


def test_a_yes_to_a_question_about_every_stretch_keeps_the_check_away() -> None:
    page = app()
    question = next(one for one in questionnaire().questions if one.poses == "all")

    async def work(ask: Ask) -> None:
        await let_through(ask, question.id)
        assert question.advice in (await ask("/api/check?check=thomas"))["left_out"]

    asked(page, work)


def test_what_the_command_was_told_counts_on_the_page() -> None:
    save_barred("thomas", THOMAS.not_with, barred=False)

    async def work(ask: Ask) -> None:
        assert BARRED not in [one["id"] for one in (await ask("/api/check?check=thomas"))["questions"]]

    asked(app(), work)


@pytest.mark.parametrize(
    ("points", "instruction", "level_deg"),
    [
        ([], phrases.LEVEL_FIRST, None),
        ([[0.2, 0.5]], phrases.LEVEL_SECOND, None),
        ([[0.2, 0.5], [0.3, 0.5]], phrases.LEVEL_FURTHER, None),
        ([[0.2, 0.1], [0.6, 0.9]], phrases.LEVEL_STEEP, None),
        ([[0.2, 0.5], [1.2, 0.5]], phrases.LEVEL_KNOWN, 0.0),
        ([[1.2, 0.52], [0.2, 0.5]], phrases.LEVEL_KNOWN, 1.1),
    ],
)
def test_points_on_a_level_edge_tell_the_level(points: list[list[float]], instruction: str, level_deg: float | None) -> None:
    async def work(ask: Ask) -> None:
        found = await ask("/api/check/level", {"points": points})
        assert (found["instruction"], found["level_deg"]) == (instruction, level_deg)

    asked(app(), work)


def test_what_is_no_check_is_refused() -> None:
    async def work(ask: Ask) -> None:
        assert await ask("/api/check/level", {"points": [[1, 1e9]]}) == [wording.APP_MALFORMED]
        assert await ask("/api/check/result", {"answers": {"back_flat": "yes"}}) == [wording.APP_MALFORMED]
        assert "thomas" in (await ask("/api/check?check=thoma"))[0], "one that is meant is named"
        assert await ask("/api/session", {"plan": None, "check": "thomas", "level_deg": 90}) == [wording.APP_MALFORMED]

    asked(app(), work)
