"""`formcheck live programme` up to the camera: what is asked and told, by which rule, and what the history keeps of it."""

import builtins
import json
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from formcheck import cli
from formcheck.analysis.scoring.document import PainEntry, ProgrammeDocument, SessionDocument
from formcheck.cli.commands import live
from formcheck.cli.programme import programme_day, told_after
from formcheck.cli.reports.history import print_history
from formcheck.cli.reports.one_session import print_session
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.people.history import Answer, CheckRecord, Decided, Entry, GuidedTime, Pain, Stretch
from formcheck.people.history.database import Store
from formcheck.people.history.writer import new_entry
from formcheck.people.safety.checks import save_barred
from formcheck.pipeline.live.plan import plan_of, programme_of
from formcheck.pipeline.live.programme import ProgrammeDay, last_told, past_sessions
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.stretches.programmes.spec import PainLight
from formcheck.system.paths import history_file
from formcheck.system.signals import stoppable


def now() -> datetime:
    """Not when the tests began: midnight may lie between."""
    return datetime.now().astimezone()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


PROGRAMME = PROGRAMMES.find("hip_care", Path("nowhere"))


HELD = Stretch(pose="bridge", side=None, started_s=4.0, held_s=30.0, longest_s=30.0, goal_s=None, complete=None)


def entry(days_ago: float, **more: Any) -> Entry:
    fields = {"id": f"{days_ago}", "started": now() - timedelta(days=days_ago), "version": "1", "plan": "hip_care", "level": 1}
    return Entry(**{**fields, "stretches": (HELD,), **more})


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
        id=f"check {days_ago}", taken=now() - timedelta(days=days_ago), check="thomas", side=Side.LEFT, degrees=-9.0, **fields
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


def day(console: Console, pain: int | None = None, held: list[str] | None = None, *, again: bool = False) -> ProgrammeDay:
    hold_check = (held if held is not None else []).append
    found = programme_day(console, PROGRAMME, pain, None, hold_check=hold_check, again=again)
    assert found is not None
    return found


def test_the_pain_is_asked_for_with_what_it_was_last_time(screen: Console, answers: list[str]) -> None:
    keep(entry(2, pain_before=3, pain_after=4, pain_where="right groin"))
    keep_check(2)
    answers += ["eleven", "11", "-1", " 2 ", "1"]
    found = day(screen)
    told = screen.export_text()
    assert "Last time it was 4 in the right groin." in told
    assert told.count("Please answer with a whole number from 0 to 10.") == 3
    assert (found.entry.pain_before, found.entry.pain_where, found.entry.level) == (2, "left groin", found.today.level)
    assert not answers


@pytest.mark.parametrize(
    ("given", "where"),
    [(["0"], None), (["3", ""], None), (["3", " "], None), (["3", "2"], "right groin"), (["3", "hip"], "hip")],
)
def test_where_it_hurts_may_be_left_open(screen: Console, answers: list[str], given: list[str], where: str | None) -> None:
    keep_check(2)
    answers += given
    assert day(screen).entry.pain_where == where
    assert not answers


CHECK_FIRST = "so today begins with one.  (rule check_due)"


@pytest.mark.parametrize(
    ("answer", "checked_days_ago", "put_off_days_ago", "asked"),
    [
        ("y", None, None, True),
        ("n", None, None, True),
        ("n", 29, None, True),
        ("n", 26, None, False),
        ("n", None, 13, False),
        ("n", None, 14, True),
        ("n", 29, 1, False),
    ],
)
def test_a_check_that_is_due_is_offered_once_and_held_where_it_is_wanted(
    screen: Console,
    answers: list[str],
    answer: str,
    checked_days_ago: int | None,
    put_off_days_ago: int | None,
    asked: bool,
) -> None:
    if checked_days_ago is not None:
        keep_check(checked_days_ago)
    if put_off_days_ago is not None:
        keep(entry(put_off_days_ago, pain_before=1, pain_after=1, check_put_off=True))
    answers += [answer]
    held: list[str] = []
    wanted = asked and answer == "y"
    found = day(screen, pain=0, held=held)
    told = screen.export_text()
    assert (held, found.today.check) == ((["thomas"], True) if wanted else ([], False))
    assert (CHECK_FIRST in told) == wanted
    assert ("check_due" in [one.rule for one in found.entry.decisions]) == wanted
    assert ("`formcheck check thomas_floor`" in told) == asked
    assert ("No check today. You are asked again in 14 days" in told) == (asked and not wanted)
    assert found.entry.check_put_off is (True if asked and not wanted else None)
    assert (not answers) == asked
    if asked and not wanted:  # kept, although nothing has begun
        assert not day(screen, pain=0).today.check


def test_where_nobody_can_answer_no_check_is_claimed(screen: Console) -> None:
    found = day(screen, pain=0)
    told = screen.export_text()
    assert not found.today.check
    assert "check" not in told
    assert "It begins at the gentlest level." in told
    assert kept() == ()


def test_the_first_time_is_told_beside_what_else_is(screen: Console, answers: list[str]) -> None:
    answers += ["y"]
    found = day(screen, pain=0)
    assert [one.rule for one in found.today.decisions] == [None, "check_due"]
    assert "It begins at the gentlest level." in screen.export_text()


def test_a_check_that_is_not_for_somebody_is_not_offered_again(
    screen: Console, answers: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def not_for_them(_: str) -> None:
        raise FormcheckError(wording.CHECK_LEFT_OUT)

    answers += ["y"]
    found = programme_day(screen, PROGRAMME, 0, None, hold_check=not_for_them)
    assert found is not None
    assert found.plan is not None  # the rest is for them
    assert not found.today.check
    assert wording.CHECK_LEFT_OUT in capsys.readouterr().err
    assert not day(screen, pain=0).today.check
    history_file().unlink()
    spec = CHECKS.find("thomas")
    save_barred(spec.name, spec.not_with, None, barred=True)
    assert not day(screen, pain=0).today.check


STOPPED = "Strong pain twice within three times"
QUESTION = "Has a doctor or physiotherapist looked at it since?"


def test_after_strong_pain_twice_it_is_asked_once_whether_somebody_has_looked_at_it(
    screen: Console, answers: list[str]
) -> None:
    keep_check(2)
    keep(entry(9, pain_before=1, pain_after=7, level=3), entry(5, pain_before=7, level=2, stretches=()))
    answers += ["", "perhaps", "n"]
    for again, left in ((False, 0), (False, 0), (False, 0)):
        found = day(screen, pain=1, again=again)
        told = screen.export_text()
        assert found.plan is None
        assert f"{PROGRAMME.title}: nothing today" in told
        assert f"{STOPPED}: please see a doctor or physiotherapist before you go on.  (rule strong_pain_twice)" in told
        assert "You are asked about it again in 7 days, or at once with --screen." in told
        assert len(answers) == left
    assert [one.looked_at for one in kept()].count(False) == 1
    answers += ["y"]
    found = day(screen, pain=1, again=True)
    told = screen.export_text()
    assert QUESTION in told
    assert "level 1 of 4" in told
    assert "it begins anew at the gentlest level.  (rule strong_pain_twice)" in told
    assert found.plan is not None
    assert found.entry.looked_at is True
    assert day(screen, pain=1).today.level == 1  # kept: nothing more is asked


def test_where_nobody_can_answer_it_stays_stopped(screen: Console) -> None:
    keep(entry(9, pain_before=1, pain_after=7), entry(5, pain_before=7, stretches=()))
    for _ in range(4):
        assert day(screen, pain=1).plan is None
        assert STOPPED in screen.export_text()


@pytest.mark.parametrize(
    ("answer", "after", "rule"),
    [
        (Answer.SHARP, None, "strong_pain_after"),
        (Answer.STRONG, None, "strong_pain_after"),
        (Answer.STRONG, 1, "strong_pain_after"),
        (Answer.MILD, None, "some_pain_after"),
        (None, None, "some_pain_after"),
    ],
)
def test_pain_told_by_key_is_followed_the_next_time(
    screen: Console, answer: Answer | None, after: int | None, rule: str
) -> None:
    pain = Pain(time_s=9.0, pose="bridge", side=None, answer=answer)
    keep(entry(1, level=3, pain_before=1, pain_after=after, pains=(pain,)))
    found = day(screen, pain=1)
    told = screen.export_text()
    assert found.today.level == (2 if rule == "strong_pain_after" else 3)
    assert f"(rule {rule})" in told
    assert ("Today is one level lower." in told) == (rule == "strong_pain_after")


@pytest.mark.parametrize(
    ("before", "after", "level", "pain", "line"),
    [
        (1, 1, 2, 4, "Today is one level lower."),
        (0, 7, 3, 4, "Today is one level lower."),  # by four rules, and told once
        (1, 1, 1, 4, "This is the gentlest level already, so the level stays."),
        (0, 3, 1, 3, "This is the gentlest level already, so the level stays."),
        (1, 1, 2, 7, "The next time begins one level lower, at level 1 of 4."),
        (1, 1, 1, 7, None),
        (1, 1, 2, 1, None),
    ],
)
def test_what_becomes_of_the_level_is_told_once_and_truly(
    screen: Console, before: int, after: int, level: int, pain: int, line: str | None
) -> None:
    keep(entry(2, level=level, pain_before=before, pain_after=after))
    day(screen, pain=pain)
    told = screen.export_text()
    said = [one.strip() for one in told.splitlines() if "one level" in one or "gentl" in one.lower().partition(",")[0]]
    assert [one for one in said if not one.startswith(PROGRAMME.title)] == ([line] if line is not None else [])


def test_four_that_went_well_are_told_with_the_level(screen: Console) -> None:
    keep(*(entry(days, pain_before=0, pain_after=0) for days in (9, 7, 5, 3)))
    assert day(screen, pain=0).today.level == 2
    told = screen.export_text()
    assert "Four times in a row went well.  (rule went_well)" in told
    assert "Today is one level higher." in told


def test_every_decision_is_printed_with_its_rule(screen: Console) -> None:
    keep(entry(2, level=2, pain_before=1, pain_after=7))
    found = day(screen, pain=4)
    told = screen.export_text()
    assert found.today.level == 1
    assert len(found.today.decisions) > 3
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
    session = SessionDocument(
        formcheck_version="1", plan="hip_care", started=now().isoformat(), stretches=[], tasks=[], pains=[], blocks=[]
    )
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
    session = SessionDocument(
        formcheck_version="1", plan="hip_care", started=now().isoformat(), stretches=[], tasks=[], pains=[], blocks=[]
    )
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
        (["programme", "--side", "left", "--pain", "3"], "A programme says itself which side comes when"),
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
    sharp = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.SHARP)
    hurt = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.STRONG)
    mild = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.MILD)
    entries = [
        entry(1, pain_before=2, pain_after=3, pains=(mild,), stretches=()),
        entry(9, plan="another", level=5, looked_at=True, check_put_off=True),
        entry(4, plan="supine_psoas", level=None, pains=(mild, hurt), stretches=(replace(HELD, held_s=0.0),)),
        entry(3, pains=(sharp,), stretches=(), blocks=(GUIDED,)),
        entry(2, looked_at=True, check_put_off=True, pains=(replace(mild, answer=None),)),
        entry(-1, level=3),
    ]
    found = past_sessions(entries, PROGRAMME, now())
    assert [(one.days_ago, one.level, one.told_in, one.before, one.after, one.done) for one in found] == [
        (9, None, None, None, None, True),
        (4, None, PainLight.RED, None, None, False),
        (3, 1, PainLight.RED, None, None, True),
        (2, 1, PainLight.AMBER, None, None, True),
        (1, 1, PainLight.AMBER, 2, 3, False),
    ]
    assert [(one.looked_at, one.check_put_off) for one in found if one.looked_at is not None] == [(True, True)]


GUIDED = GuidedTime(block="slow_breathing", side=None, started_s=1.0, guided_s=20.0, goal_s=60.0, complete=False)


def test_the_history_shows_level_and_decisions_and_where_nothing_was_done(screen: Console) -> None:
    decisions = (Decided(rule="strong_pain_now", says="Leave it for today."), Decided(rule=None, says="As ever."))
    rest = entry(1, pain_before=7, level=2, stretches=(), decisions=decisions, looked_at=False, check_put_off=True)
    keep(rest, entry(2, pain_before=1))
    assert kept()[0] == rest
    print_session(screen, kept()[0])
    told = screen.export_text()
    for line in ("level 2", "Leave it for today.  (rule strong_pain_now)", "As ever.", wording.NOTHING_DONE):
        assert line in told
    print_history(kept(), kept(), (), None, screen)
    told = screen.export_text()
    assert told.count(wording.NOTHING_DONE) == 1
    assert "level 2  pain 7" in told


@pytest.mark.parametrize(("earlier", "rule"), [((), "strong_pain_now"), ((9, 5), "strong_pain_twice")])
@pytest.mark.parametrize("to_file", [True, False])
def test_a_day_of_rest_has_its_document(
    earlier: tuple[int, ...],
    rule: str,
    to_file: bool,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    keep(*(entry(days, level=2, pain_before=1, pain_after=8) for days in earlier))
    monkeypatch.setattr(live, "obtain", lambda _: home)  # it is not run
    monkeypatch.setattr(live, "silence_native_messages", lambda **_: None)  # which is the process's
    path = home / "red.json"
    words = ["programme", "--pain", "7" if not earlier else "2", "--no-window", "--json", str(path) if to_file else "-"]
    monkeypatch.setattr(sys, "argv", ["formcheck", "live", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    document = ProgrammeDocument.model_validate(json.loads(path.read_text(encoding="utf-8") if to_file else said.out))
    assert not ended.value.code
    assert rule in [one.rule for one in document.decisions]
    assert (document.plan, document.level, document.pain_after) == ("hip_care", 1, None)
    assert document.pain_before == (7 if not earlier else 2)
    assert (document.tasks, document.stretches, document.pains, document.blocks) == ([], [], [], [])
    assert kept()[0].pain_before == document.pain_before


def test_ctrl_c_at_the_question_afterwards_ends_it_and_keeps_what_was_held(
    screen: Console, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_check(2)
    found = day(screen, pain=1)
    keep(found.entry)
    session = SessionDocument(
        formcheck_version="1", plan="hip_care", started=now().isoformat(), stretches=[], tasks=[], pains=[], blocks=[]
    )
    monkeypatch.setattr(builtins, "input", lambda *_: signal.raise_signal(signal.SIGINT))
    with stoppable() as stop:
        document = told_after(screen, session, found, ask=True)
        assert (stop.requested(), stop.exit_code) == (True, 130)
    assert isinstance(document, ProgrammeDocument)
    assert (document.pain_before, document.pain_after) == (1, None)
    assert [one.pain_after for one in kept()] == [None]


def test_no_answer_afterwards_is_no_pain_told(screen: Console, answers: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def end_of_input(*_: object) -> str:
        raise EOFError

    keep_check(2)
    found = day(screen, pain=1)
    monkeypatch.setattr(builtins, "input", end_of_input)
    session = SessionDocument(
        formcheck_version="1", plan="hip_care", started=now().isoformat(), stretches=[], tasks=[], pains=[], blocks=[]
    )
    document = told_after(screen, session, found, ask=True)
    assert isinstance(document, ProgrammeDocument)
    assert document.pain_after is None


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
