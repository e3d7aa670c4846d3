"""The programme on the page: what is asked, what is decided by which rule, and what the history keeps, as of the command."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from formcheck.core import wording
from formcheck.people.history import Entry
from formcheck.people.history.database import Store
from formcheck.people.safety.checks import save_barred
from formcheck.pipeline.live.programme import PAIN_AFTER, PAIN_BEFORE, PLACES
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.system.paths import history_file
from tests.support.asked import Ask, app, asked

PROGRAMME = PROGRAMMES.find("hip_care", Path("nowhere"))
STRONG = next(rule for rule in PROGRAMME.rules if rule.name == "strong_pain_now")
TWICE = next(rule for rule in PROGRAMME.rules if rule.name == "strong_pain_twice")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


def kept() -> tuple[Entry, ...]:
    if not history_file().is_file():
        return ()
    with Store(history_file()) as store:
        return store.recent()


def strong(days_ago: float) -> Entry:
    started = datetime.now().astimezone() - timedelta(days=days_ago)
    return Entry(id=f"{days_ago}", started=started, version="1", plan="hip_care", level=2, pain_before=8)


def test_a_day_is_planned_by_what_is_told_and_its_session_begins_with_it() -> None:
    page = app()

    async def work(ask: Ask) -> None:
        before = await ask("/api/programme")
        assert (before["question"], before["last"], before["day"]) == (PAIN_BEFORE, None, None)
        assert [place["value"] for place in before["places"]] == list(PLACES)
        first = {"pain": 2, "where": " left groin "}
        assert (await ask("/api/programme", first))["check"] == ["thomas", "thomas_floor"]
        assert kept() == (), "nothing is decided yet"
        day = (await ask("/api/programme", {**first, "check": False}))["day"]
        assert PROGRAMME.first in day["sentences"]
        assert day["check"] is None
        assert [part["title"] for part in day["parts"]] == ["Slow breathing", "Supine psoas stretch"]
        assert (await ask("/api/programme"))["day"] == day, "a page that is loaded anew has it again"

    asked(page, work)
    (entry,) = kept()
    assert (entry.pain_before, entry.pain_where, entry.level, entry.check_put_off, entry.ended) == (
        2,
        "left groin",
        1,
        True,
        None,
    )
    planned = page.programme.planned("hip_care", None)
    assert planned is not None
    plan, begun = planned
    assert begun == entry, "the session goes on with what was told"
    assert plan.routine
    assert page.programme.planned("supine_psoas", None) is None


def test_a_day_of_strong_pain_is_kept_and_begins_nothing() -> None:
    async def work(ask: Ask) -> None:
        day = (await ask("/api/programme", {"pain": 7}))["day"]
        assert STRONG.says in day["sentences"]
        assert day["parts"] == []
        (refused,) = await ask("/api/questions?plan=hip_care")
        assert "how much it hurts" in refused
        assert "7" in (await ask("/api/programme"))["last"]

    asked(app(), work)
    (entry,) = kept()
    assert entry.ended is not None
    assert entry.pain_before == 7


def test_after_strong_pain_twice_it_is_asked_whether_somebody_looked_at_it() -> None:
    with Store(history_file()) as store:
        store.save(strong(9), strong(5))
    assert TWICE.until is not None
    until = TWICE.until

    async def work(ask: Ask) -> None:
        assert await ask("/api/programme", {"pain": 1}) == {"ask": until.question}
        no = (await ask("/api/programme", {"pain": 1, "looked_at": False}))["day"]
        assert no["parts"] == []
        assert no["asked_in_days"] == until.ask_again_days
        assert (await ask("/api/programme", {"pain": 1}))["day"]["asked_in_days"] == until.ask_again_days
        assert (await ask("/api/programme", {"pain": 1, "again": True})) == {"ask": until.question}
        yes = await ask("/api/programme", {"pain": 1, "looked_at": True, "again": True})
        assert "check" in yes or yes["day"]["parts"]

    asked(app(), work)


def test_a_check_that_is_not_for_somebody_is_not_offered() -> None:
    spec = CHECKS.find("thomas")
    save_barred(spec.name, spec.not_with, barred=True)

    async def work(ask: Ask) -> None:
        assert (await ask("/api/programme", {"pain": 0}))["day"]["check"] is None

    asked(app(), work)


def test_how_much_it_hurts_afterwards_is_added_to_its_session() -> None:
    started = datetime.now().astimezone()
    with Store(history_file()) as store:
        store.save(Entry(id="programme", started=started, version="1", plan="hip_care", level=1, pain_before=1))
        store.save(Entry(id="stretch", started=started, version="1", plan="supine_psoas", pain_before=1))

    async def work(ask: Ask) -> None:
        assert (await ask("/api/programme/after"))["question"] == PAIN_AFTER
        assert await ask("/api/programme/after", {"session": "programme", "pain": 5}) == {"mind": wording.PAIN_LATER}
        assert await ask("/api/programme/after", {"session": "programme", "pain": 2}) == {"mind": None}
        for session in ("stretch", "none", ""):
            (refused,) = await ask("/api/programme/after", {"session": session, "pain": 2})
            assert "no such session" in refused

    asked(app(), work)
    assert {entry.id: entry.pain_after for entry in kept()} == {"programme": 2, "stretch": None}


@pytest.mark.parametrize(
    "told", [{}, {"pain": 11}, {"pain": -1}, {"pain": "3"}, {"pain": 3, "where": 61 * "x"}, {"pain": 3, "x": 1}]
)
def test_what_is_no_answer_is_refused(told: dict[str, Any]) -> None:
    async def work(ask: Ask) -> None:
        assert await ask("/api/programme", told) == [wording.APP_MALFORMED]

    asked(app(), work)
    assert kept() == ()
