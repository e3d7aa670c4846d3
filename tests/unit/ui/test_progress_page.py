"""The page of the history: what it says, where its numbers come from, and that nothing in it is taken for anything but text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median

import pytest

from formcheck.core import wording
from formcheck.core.values import Side
from formcheck.people.history import Answer, Decided, Entry, GuidedTime, Pain, SittingRecord
from formcheck.people.progress import Span, progress_of
from formcheck.stretches.check_files import CHECKS
from formcheck.ui.report.progress.charts import draw_held
from formcheck.ui.report.progress.page import render_check, render_progress, render_session
from tests.support.histories import KNEELING, SUPINE, held, read, risen, session
from tests.support.hostile import HOSTILE
from tests.support.reports import Page

TEN = [12] * 5 + [30] * 5
EVEN = [20] * 10


def page_of(sessions: Sequence[Entry], **more: object) -> Page:
    return Page(render_progress(progress_of(sessions), **more))  # type: ignore[arg-type]


def table(html: str, kind: str) -> list[list[str]]:
    """Return the rows of the first table of a kind, without its heads."""
    found = re.search(rf'<table class="{kind}">.*?</table>', html, re.DOTALL)
    assert found is not None
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found[0].split("<tr>")[2:]]


def test_what_has_changed_comes_first_and_what_has_not_is_said() -> None:
    page = page_of(risen(TEN, EVEN, fault_s=[9] * 5 + [2] * 5))
    told, not_told = page.text.split(wording.PROGRESS_NOT_TOLD)
    assert "left side, back hip: 30° now, 12° at first: 18° more. A change of more than 9.7° can be told." in told
    assert "“Grow tall, chest over hips” was due less often: 4 % of the time now, 15 % at first." in told
    assert "right side, back hip: no change yet. 20° now, 20° at first; it can be told once it is more than 9.7°." in not_told
    assert wording.PROGRESS_NO_CHANGE_AT_ALL not in page.text


@pytest.mark.parametrize(
    ("sessions", "sentence"),
    [
        (risen(EVEN, EVEN), wording.PROGRESS_NO_CHANGE_AT_ALL),
        (risen(TEN[:9], EVEN[:9]), wording.PROGRESS_TOO_EARLY.format(needed=10)),
        ([session(0, held(pose=SUPINE, at=None))], wording.PROGRESS_NO_RANGE),
        (risen(EVEN, [32] * 10), "12° more on the right side. More than 9.7° between left and right can be told."),
        (risen(EVEN, [29] * 10), "They differ by 9°; it would have to be more than 9.7°."),
        (risen(EVEN[:4], EVEN[:4]), "left and right can be compared once each has 5 sessions"),
        (risen(EVEN, EVEN, fault_s=[5] * 10), wording.PROGRESS_FAULTS_ALIKE),
        (risen(EVEN[:3], EVEN[:3], fault_s=[5] * 3), wording.PROGRESS_FAULTS_FEW.format(needed=10)),
    ],
)
def test_in_plain_words(sessions: list[Entry], sentence: str) -> None:
    assert sentence in page_of(sessions).text


def test_numbers_are_those_of_the_history() -> None:
    left, right = [11, 13, 12, 14, 10, 22, 24, 28, 26, 25, 27], [15, 14, 16, 13, 12, 15, 17, 14, 16, 13, 12]
    sessions = risen(left, right, fault_s=[9, 8, 7, 9, 8, 6, 5, 4, 3, 2, 1])
    html = render_progress(progress_of(sessions))
    expected = []
    for side, medians in (("left", left), ("right", right)):
        then, now = median(medians[:5]), median(medians[-5:])
        told = wording.REPORT_YES if side == "left" else wording.PROGRESS_NO_CHANGE_YET
        expected.append([side, "11", f"{then}", f"{now}", f"{now - then:+d}", "9.7", told])
    assert table(html, "range") == expected
    numbers = [[f"{entry.started:%d %b %Y}", f"{a}", f"{b}"] for entry, a, b in zip(sessions, left, right, strict=True)]
    assert table(html, "range-numbers") == numbers
    assert table(html, "held-numbers") == [[f"{entry.started:%d %b %Y}", "50 s", "50 s"] for entry in sessions]
    assert table(html, "totals") == [["Kneeling hip flexor stretch", side, "5 min", "11"] for side in ("left", "right")]
    shares = [lasting / (50 + lasting) for lasting in (9, 8, 7, 9, 8, 5, 4, 3, 2, 1)]
    at_first, last = (f"{100 * sum(part) / 5:.0f} %" for part in (shares[:5], shares[5:]))
    assert table(html, "faults") == [["Grow tall, chest over hips", at_first, last, wording.PROGRESS_RARER]]
    assert [row[0] for row in table(html, "last")] == [f"{one.started:%a %d %b %Y, %H:%M}" for one in reversed(sessions[1:])]


def test_pain_is_told_without_a_judgement() -> None:
    hurt = (Pain(time_s=3.0, pose=KNEELING, side=Side.LEFT, answer=Answer.MILD), Pain(time_s=4.0, pose=KNEELING, side=None))
    html = render_progress(progress_of([session(0, held(), pain_before=4, pain_after=2, pains=hurt), session(1, held())]))
    assert table(html, "pain") == [["05 Jan 2026", "4", "2", "pain: 1, mild pain: 1"]]
    assert table(html, "last")[1][3] == "pain 4 before, 2 after; mild pain; pain"
    assert wording.PROGRESS_PAIN not in [line.strip() for line in page_of([session(0, held())]).text.splitlines()]


def test_checks_have_their_own_error() -> None:
    checks = [read(0, 2.0), read(7, -8.04), read(0, 2.0, Side.RIGHT)]
    html = render_progress(progress_of([], checks))
    assert table(html, "check") == [
        ["left", "2", "2", "-8", "-10", "8.5", wording.REPORT_YES],
        ["right", "1", "", "2", "", "8.5", wording.PROGRESS_TOO_EARLY_CELL],
    ]
    assert "Thigh (thomas), right side: 2° in one check." in Page(html).text


def test_of_several_people_there_is_what_was_held_and_the_page_says_so() -> None:
    sessions = [replace(one, profile=name) for one, name in zip(risen(TEN, TEN), ["anna", None] * 5, strict=True)]
    html = render_progress(progress_of(sessions))
    assert wording.PROGRESS_SEVERAL.format(people=2) in Page(html).text
    assert table(html, "people") == [[wording.PROGRESS_NOBODY, "4 min", "5"], ["anna", "4 min", "5"]]
    assert table(html, "last")[0][5] == wording.PROGRESS_NOBODY
    assert wording.PROGRESS_RANGE not in Page(html).text


def test_what_could_not_be_read_is_told() -> None:
    few = risen(EVEN[:2], EVEN[:2])
    assert wording.PROGRESS_UNREADABLE.format(count=1) in page_of(few, unreadable=1).text
    text = page_of(few, unreadable=3, partly=2).text
    assert wording.PROGRESS_UNREADABLE.format(count=3) in text
    assert wording.PROGRESS_PARTLY.format(count=2) in text


def test_guided_time_and_sitting_are_told_in_sum() -> None:
    block = GuidedTime(block="ball_massage", side=Side.LEFT, started_s=1.0, guided_s=150.0, goal_s=150.0, complete=True)
    day = SittingRecord(sat_s=18_720.0, away_s=60.0, unseen_s=0.0, longest_s=1800.0, breaks=3, shifts=9, prompts=1)
    text = page_of([session(0, blocks=(block,)), session(1, sitting=day)]).text
    assert wording.PROGRESS_SITTING.format(count=1, sat="5 h 12 min", breaks=3, shifts=9) in text
    assert "2 min guided in 1 session, not measured" in text


def test_a_session_is_shown_as_it_is_kept() -> None:
    entry = session(
        2,
        held(faults={"leaning_forward": 3.0}, skipped=True),
        held(Side.RIGHT, complete=True, held_s=30.0, started_s=65.0),
        pains=(Pain(time_s=70.0, pose=KNEELING, side=Side.RIGHT, answer=Answer.MILD),),
        decisions=(Decided(rule="ease_off", says="Half as long today."),),
        level=2,
        profile="anna",
        pain_before=4,
        pain_after=3,
        pain_where="groin",
    )
    html = render_session(entry)
    text = Page(html).text
    title = "Kneeling hip flexor stretch"
    assert table(html, "session") == [
        [
            "0:05",
            title,
            "left",
            "25 s of 30 s",
            "25 s",
            "88",
            "ended early, Grow tall, chest over hips (3 s), reached 11 to 13 degrees",
        ],
        ["1:05", title, "right", "30 s of 30 s", "30 s", "88", "reached 11 to 13 degrees"],
        ["1:10", title, "right", "", "", "", "mild pain"],
    ]
    for told in ("anna", "Level 2", "Half as long today.", "pain 4 before, 3 after (groin)", entry.id):
        assert " ".join(told.split()) in " ".join(text.split())
    assert wording.NO_ADVICE in text


def test_a_check_is_shown_with_its_error_what_it_means_and_what_is_not_known() -> None:
    left, right = read(3, -13.0, reading="hip"), read(3, 4.0, Side.RIGHT, reading="hip", band=None)
    spec = CHECKS.find(left.check)
    html = render_check([left, right], ["Something has changed."])
    text = Page(html).text
    (words,) = (row.words for row in spec.main.bands if row.band == "usual")
    assert table(html, "check") == [
        ["Left side", "Thigh", "13° below level", "6°", words],
        ["Right side", "Thigh", "4° above level", "6°", "no verdict"],
    ]
    said = (spec.title, wording.KEPT_CHECK_REASONS, "Something has changed.", *spec.unseen, wording.CHECK_NO_DIAGNOSIS)
    assert [one for one in said if one not in text] == []
    assert wording.KEPT_CHECK_REASONS not in Page(render_check([left], [])).text
    gone = render_check([replace(left, check="my_own", reading="far_leg", band="mine")], [])
    assert table(gone, "check") == [["Left side", "Far leg", "-13°", "6°", "mine"]]
    assert "My own" in Page(gone).text, "its file is no longer there"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_text_wherever_they_stand(text: str) -> None:
    from formcheck.core.plain_text import one_line

    stretch = held(pose=text, faults={text: 9.0})
    entry = session(0, stretch, id=text, version=text, plan=text, profile=text, pain_before=1, pain_where=text)
    entry = replace(entry, decisions=(Decided(rule=text, says=text),), pains=(Pain(time_s=1.0, pose=text, side=None),))
    checks = [read(0, 2.0, check=text, reading=text, profile=text)]
    plain = session(0, held(faults={"leaning_forward": 9.0}), profile="anna", pain_before=1)
    for hostile, harmless in (
        (render_progress(progress_of([entry], checks)), render_progress(progress_of([plain], [read(0, 2.0, profile="anna")]))),
        (render_session(entry), render_session(plain)),
        (render_check(checks, []), render_check([read(0, 2.0, profile="anna")], [])),
    ):
        page = Page(hostile)
        assert one_line(text) in page.text
        assert page.names <= Page(harmless).names | {"ul", "li", "p", "bdi"}
        assert "49" not in page.text.replace(one_line(text), "")
        assert not [tag for _, tag in page.tags if "style" in tag or any(name.startswith("on") for name in tag)]


def test_it_is_alone_has_no_script_and_says_so_to_the_browser() -> None:
    for html in (
        render_progress(progress_of(risen(TEN, TEN))),
        render_session(session(0, held())),
        render_check([read(0, 2.0)], []),
    ):
        page = Page(html)
        (policy,) = [tag["content"] or "" for _, tag in page.tags if tag.get("http-equiv") == "Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert not page.names & {"script", "link", "img", "a"}
        ids = [tag["id"] for _, tag in page.tags if "id" in tag]
        assert len(ids) == len(set(ids))
        assert [name for name, _ in page.tags].count("h1") == 1
        assert wording.NO_ADVICE in page.text


def test_ten_years_of_daily_sessions_make_a_small_page() -> None:
    days = range(3650)
    sessions = risen([10 + day % 9 for day in days], [12 + day % 7 for day in days], every=1, fault_s=[day % 5 for day in days])
    told = [replace(one, pain_before=number % 11, pain_after=number % 7) for number, one in enumerate(sessions)]
    html = render_progress(progress_of(told, [read(day, day / 400) for day in days[::30]]))
    assert len(html.encode()) < 3_000_000
    assert wording.PROGRESS_HELD_PER["month"] in Page(html).text
    assert wording.PROGRESS_POINTS["month"] in Page(html).text
    assert len(table(html, "range-numbers")) == 121


@pytest.mark.parametrize("most", [30.0, 83.0, 3599.0])
def test_the_last_label_of_a_chart_is_above_its_highest_bar(most: float) -> None:
    day = date(2026, 1, 5)
    for drawing in draw_held([(day, most)], Span.DAY, (day, day), most, "one"):
        assert max(map(int, re.findall(r">(\d+)</text>", drawing.svg))) >= most
