"""`formcheck live programme` up to the camera: what is asked and told, by which rule, and what the history keeps of it."""

import builtins
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from formcheck import cli
from formcheck.analysis.scoring.document import PainEntry, ProgrammeDocument, SessionDocument
from formcheck.cli.programme import programme_day, told_after
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.people.history import Answer, CheckRecord, Entry, Pain
from formcheck.people.history.database import Store
from formcheck.people.history.writer import new_entry
from formcheck.pipeline.live.plan import plan_of, programme_of
from formcheck.pipeline.live.programme import ProgrammeDay, last_told, past_sessions
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.system.paths import history_file

NOW = datetime.now().astimezone()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


PROGRAMME = PROGRAMMES.find("hip_care", Path("nowhere"))


def entry(days_ago: float, **more: Any) -> Entry:
    fields = {"id": f"{days_ago}", "started": NOW - timedelta(days=days_ago), "version": "1", "plan": "hip_care", "level": 1}
    return Entry(**{**fields, **more})


def kept() -> tuple[Entry, ...]:
    with Store(history_file()) as store:
        return store.recent()


def keep(*entries: Entry) -> None:
    with Store(history_file()) as store:
        for one in entries:
            store.save(one)


def keep_check(days_ago: float) -> None:
    fields: dict[str, Any] = {
        "error_deg": 3.0,
        "spread_deg": 2.0,
        "version": "1",
        "profile": None,
        "reading": "hip",
        "band": "usual",
    }
    record = CheckRecord(
        id=f"check {days_ago}", taken=NOW - timedelta(days=days_ago), check="thomas", side=Side.LEFT, degrees=-9.0, **fields
    )
    with Store(history_file()) as store:
        store.save_check([record])


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the person types, line by line."""
    given: list[str] = []
    monkeypatch.setattr(builtins, "input", lambda *_: given.pop(0))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    return given


@pytest.fixture
def screen() -> Iterator[Console]:
    with Path("/dev/null" if sys.platform != "win32" else "nul").open("w", encoding="utf-8") as nothing:
        yield Console(file=nothing, force_terminal=True, record=True, width=200)


def day(console: Console, pain: int | None = None, held: list[str] | None = None) -> ProgrammeDay:
    found = programme_day(console, PROGRAMME, pain, None, hold_check=(held if held is not None else []).append)
    assert found is not None
    return found


def test_the_pain_is_asked_for_with_what_it_was_last_time(screen: Console, answers: list[str]) -> None:
    keep(entry(2, pain_before=3, pain_after=4, pain_where="right groin"))
    keep_check(2)
    answers += ["eleven", "11", "-1", " 2 ", "", "1"]
    found = day(screen)
    told = screen.export_text()
    assert "Last time it was 4 in the right groin." in told
    assert told.count("Please answer with a whole number from 0 to 10.") == 3
    assert (found.entry.pain_before, found.entry.pain_where, found.entry.level) == (2, "left groin", found.today.level)
    assert not answers


def test_where_it_hurts_is_not_asked_where_nothing_does(screen: Console, answers: list[str]) -> None:
    keep_check(2)
    answers += ["0"]
    assert day(screen).entry.pain_where is None


def test_a_check_that_is_due_is_offered_and_held_where_it_is_wanted(screen: Console, answers: list[str]) -> None:
    for answer, held in (("n", []), ("y", ["thomas"])):
        answers += [answer]
        asked: list[str] = []
        assert day(screen, pain=0, held=asked).today.check
        assert asked == held
    keep_check(29)
    answers += ["n"]
    assert day(screen, pain=0).today.check
    keep_check(26)
    assert not day(screen, pain=0).today.check


def test_every_decision_is_printed_with_its_rule(screen: Console) -> None:
    keep(entry(2, level=2, pain_before=1, pain_after=1))
    found = day(screen, pain=4)
    told = screen.export_text()
    assert found.today.level == 1
    assert found.today.decisions
    for decision in found.today.decisions:
        assert f"{decision.says}  (rule {decision.rule})" in told
    assert "level 1 of" in told


def test_a_day_of_rest_is_kept_and_counts_the_next_time(screen: Console) -> None:
    assert day(screen, pain=7).plan is None
    (rest,) = kept()
    assert (rest.pain_before, rest.level, rest.stretches) == (7, 1, ())
    assert rest.ended is not None
    assert "strong_pain_twice" in [decision.rule for decision in day(screen, pain=6).today.decisions]


def test_what_was_done_is_a_routine_of_the_level(screen: Console) -> None:
    plan = day(screen, pain=0).plan
    assert plan is not None
    assert plan.routine
    assert plan.name == "hip_care"


def test_after_the_session_it_is_asked_again_and_kept(screen: Console, answers: list[str]) -> None:
    keep_check(2)
    found = day(screen, pain=1)
    keep(found.entry)
    answers += ["3"]
    session = SessionDocument(formcheck_version="1", plan="hip_care", stretches=[], tasks=[], pains=[], blocks=[])
    document = told_after(screen, session, found, ask=True)
    assert isinstance(document, ProgrammeDocument)
    assert (document.level, document.pain_before, document.pain_after) == (1, 1, 3)
    assert [(one.rule, one.says) for one in document.decisions] == [(one.rule, one.says) for one in found.today.decisions]
    assert [one.pain_after for one in kept()] == [3]
    assert told_after(screen, session, None, ask=True) is session
    unasked = told_after(screen, session, found, ask=False)
    assert isinstance(unasked, ProgrammeDocument)
    assert unasked.pain_after is None


def test_pain_that_is_not_green_afterwards_is_told_what_to_do_about_once(screen: Console, answers: list[str]) -> None:
    keep_check(2)
    found = day(screen, pain=1)
    keep(found.entry)
    session = SessionDocument(formcheck_version="1", plan="hip_care", stretches=[], tasks=[], pains=[], blocks=[])
    told_of = PainEntry(time_s=3.0, pose="supine_psoas", side=Side.LEFT, answer="strong")
    for pain, document, count in (
        ("3", session, 0),
        ("4", session, 1),
        ("10", session, 1),
        ("8", session.model_copy(update={"pains": [told_of]}), 0),  # the summary has said so
    ):
        screen.export_text()
        answers += [pain]
        told_after(screen, document, found, ask=True)
        assert screen.export_text().count(wording.PAIN_LATER) == count


def test_without_a_terminal_it_has_to_be_given(screen: Console) -> None:
    with pytest.raises(FormcheckError, match="--pain: give how much it hurts now"):
        day(screen)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["supine_psoas", "--pain", "3"], "--pain: goes with `formcheck live programme` only."),
        (["programme", "--side", "left", "--pain", "3"], "--side: a programme says itself which side comes when"),
        (["programme", "evening", "--pain", "3"], "There is no programme called 'evening'"),
        (["hip_care", "evening", "--pain", "3"], "evening: a second name goes with"),
        (["programme", "--pain", "11"], "--pain: must be 10 or less (found '11')"),
    ],
)
def test_words_that_do_not_go_together(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["formcheck", "live", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code in (1, 2)
    assert message in capsys.readouterr().err


def test_the_words_for_it() -> None:
    for pose, name in (
        ("programme", None),
        ("prog", None),
        ("programme", "hip_care"),
        ("hip_care", None),
        ("hip_c", None),
    ):
        found = programme_of(pose, name, None)
        assert found is not None
        assert found.name == "hip_care"
    for word in ("routine", "supine_psoas", None):
        assert programme_of(word, None, None) is None
        assert plan_of(word, None, None)


def test_history_counts_levels_of_this_programme_and_all_pain() -> None:
    hurt = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.STRONG)
    mild = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.MILD)
    entries = [
        entry(1, pain_before=2, pain_after=3, pains=(mild,)),
        entry(9, plan="another", level=5),
        entry(4, plan="supine_psoas", level=None, pains=(hurt,)),
        entry(-1, level=3),
    ]
    found = past_sessions(entries, PROGRAMME, NOW)
    assert [(one.days_ago, one.level, one.hurt, one.before, one.after) for one in found] == [
        (9, None, False, None, None),
        (4, None, True, None, None),
        (1, 1, False, 2, 3),
    ]


def test_days_are_those_of_the_calendar_where_the_person_is_now() -> None:
    now = datetime(2026, 6, 2, 0, 30, tzinfo=UTC)
    late = Entry(id="a", started=datetime(2026, 6, 1, 23, 50, tzinfo=UTC), version="1", plan="hip_care", level=1)
    assert [one.days_ago for one in past_sessions([late], PROGRAMME, now)] == [1]


def test_the_last_pain_that_was_told_is_told_again() -> None:
    assert last_told([]) is None
    assert last_told([entry(1), entry(2, pain_before=5)]) == "Last time it was 5."
    assert last_told([entry(1, pain_before=5, pain_after=0, pain_where="left groin")]) == "Last time it was 0."


def test_what_was_told_outlives_the_way_to_the_disk() -> None:
    told = new_entry("hip_care", "anna", level=2, pain_before=3, pain_where="lower back")
    keep(told)
    assert kept() == (told,)
    with Store(history_file()) as store:
        store.tell_pain_after(told.id, 2)
        store.tell_pain_after("another", 9)
    assert [(one.pain_before, one.pain_after) for one in kept()] == [(3, 2)]
