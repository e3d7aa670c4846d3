"""The document of a session says what its summary says."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from formcheck.analysis.scoring.document import BOTH, Document, LiveDocument, SessionDocument
from formcheck.coaching.events import Key, SessionPhase, StepResult
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.tasks import StretchTask
from formcheck.core import wording
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.plain_text import one_line
from formcheck.core.values import Moment, Reason, Side
from formcheck.pipeline.live.report import session_page
from formcheck.pipeline.live.results import PerStretchResults, session_document
from tests.support.hostile import HOSTILE, ORDERS
from tests.support.laws import slow_law
from tests.support.rehearsal import LEFT, READY, READY_LEFT, RIGHT, Rehearsal, both, planned
from tests.support.reports import Page
from tests.support.specs import STANDING
from tests.unit.coaching.test_guided_session import ACTORS, PLANS, SHORT, SHORT_SPECS, WRONG, acts

CLIP = ClipInfo(path="camera 0", width=640, height=360, fps=30.0, expected_s=None)
ENGINE = EngineInfo(name="engine", version="1", model="model")
ROUNDED_S = 0.011
"""Every number is rounded to a hundredth."""

STARTED = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


class ScoredSession(GuidedSession):
    """A guided session whose moments go into the results, as in the live session."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.results = PerStretchResults(self.analyzer, tracked=True)

    def step(self, *arguments: Any) -> StepResult:
        analyzer, result = self.analyzer, super().step(*arguments)
        if result.moment is not None and analyzer is not None:
            self.results.add(analyzer, result.moment)
        return result

    def lose_camera(self, time_s: float, *, same_since_s: float | None = None) -> StepResult:
        analyzer, result = self.analyzer, super().lose_camera(time_s, same_since_s=same_since_s)
        if result.moment is not None and analyzer is not None:
            self.results.add(analyzer, result.moment)
        return result

    def press(self, key: Key, time_s: float) -> Moment | None:
        analyzer, moment = self.analyzer, super().press(key, time_s)
        if moment is not None and analyzer is not None:
            self.results.add(analyzer, moment)
        return moment

    def document(self, *, routine: bool = False) -> LiveDocument | SessionDocument:
        results = self.results.results(CLIP, ENGINE, self)
        return session_document("plan", results, self, routine=routine, started=STARTED)


def scored(*tasks: StretchTask, side: Side | None = None) -> tuple[Rehearsal, ScoredSession]:
    session = ScoredSession(SHORT_SPECS, tasks, side=side)
    return Rehearsal(session), session


def of_stretches(told: LiveDocument | SessionDocument) -> list[Document]:
    return [told] if isinstance(told, Document) else told.stretches


def test_what_is_held_outside_of_a_task_counts_nowhere() -> None:
    """In the rest the same leg goes on; then it is done again, though the other one is asked for."""
    live, session = scored(*both(SHORT))
    live.until(SessionPhase.REST, RIGHT).see(4, RIGHT).see(2, READY).see(6, RIGHT).see(2, READY_LEFT).see(3, LEFT)
    told = session.document()
    assert isinstance(told, LiveDocument)
    assert {side: round(entry.held_s) for side, entry in told.sides.items()} == {Side.RIGHT: 8, Side.LEFT: 3}
    assert [(hold.side, round(hold.held_s)) for hold in told.holds] == [(Side.RIGHT, 8), (Side.LEFT, 3)]
    assert [(task.side, round(task.held_s), task.complete) for task in told.tasks] == [
        (Side.RIGHT, 8, True),
        (Side.LEFT, 3, False),
    ]


def test_a_hold_that_goes_on_through_two_tasks_is_two_holds_end_to_end() -> None:
    live, session = scored(*(planned(Side.RIGHT, goal_s=5, rest_s=0) for _ in range(2)))
    live.until(SessionPhase.DONE, RIGHT)
    first, second = of_stretches(session.document(routine=True))[0].holds
    assert round(first.held_s) == round(second.held_s) == 5
    assert second.start_s >= first.end_s
    assert second.score >= first.score - 1, "what came before it is no lapse"


def test_what_was_skipped_what_hurt_and_what_was_never_begun() -> None:
    tasks = [planned(side, spec=spec, goal_s=8) for spec in (SHORT, STANDING) for side in (Side.RIGHT, Side.LEFT)]
    live, session = scored(*tasks)
    live.see(4, RIGHT)
    live.press(Key.PAIN, Key.MILD, Key.SKIP)
    live.see(1, READY_LEFT)
    live.press(Key.PAIN, Key.SHARP)
    told = json.loads(session.document(routine=True).model_dump_json())
    begun = [(task["pose"], task["side"], round(task["held_s"]), task["skipped"], task["note"]) for task in told["tasks"]]
    assert begun == [
        (SHORT.name, "right", 4, True, None),
        (SHORT.name, "left", 0, True, "sharp pain"),
        (STANDING.name, "right", 0, False, None),
        (STANDING.name, "left", 0, False, None),
    ]
    assert [(pain["side"], pain["answer"]) for pain in told["pains"]] == [("right", "mild"), ("left", "sharp")]


@pytest.mark.parametrize("how", ["no picture", "the same picture", "a fault in the same picture"])
@pytest.mark.parametrize("back", [True, False], ids=["comes back", "stays away"])
def test_without_new_pictures_the_time_is_unseen_from_the_last_one_on(how: str, back: bool) -> None:
    live, session = scored(planned(Side.RIGHT, goal_s=20))
    live.see(5, RIGHT)
    last_s = live.time_s
    if how == "no picture":
        live.lose_camera(8)
    else:
        live.stand_still(8, RIGHT if how == "the same picture" else WRONG)
    back_s = live.time_s
    live.see(5 if back else 0, RIGHT)
    (told,) = of_stretches(session.document())
    (unseen,) = told.unseen
    assert unseen.reason is Reason.NO_NEW_PICTURE
    assert unseen.start_s == pytest.approx(last_s, abs=0.15)
    assert unseen.end_s == pytest.approx(back_s, abs=0.25)
    assert told.seen_s == pytest.approx(10 if back else 5, abs=0.25)
    assert told.clip.duration_s == pytest.approx(live.time_s, abs=0.25)
    assert sum(hold.held_s for hold in told.holds) == pytest.approx(told.in_form_s, abs=0.25)
    assert told.faults == []


def test_a_scored_clip_has_no_field_of_a_session() -> None:
    assert not {"tasks", "pains"} & set(Document.model_fields)


@slow_law
@given(st.sampled_from(sorted(PLANS)), acts)
@example("both", [("right", 9.0), ("right", 9.0), (Key.SKIP, 0.0), ("left", 9.0)])
@example("same side", [("right", 5.0), ("right", 5.0)])
def test_holds_sides_and_summary_have_the_same_seconds(plan: str, script: list[tuple[str, float]]) -> None:
    live, session = scored(*PLANS[plan], side=Side.LEFT if plan == "left" else None)
    for what, lasting_s in script:
        if isinstance(what, Key):
            live.press(what)
        elif what == "blind":
            live.lose_camera(lasting_s)
        else:
            live.see(lasting_s, *ACTORS[what])
    told = session.document(routine=plan == "routine")
    parts = of_stretches(told)
    rows: Counter[tuple[str | None, Side | None]] = Counter()
    for task in told.tasks:
        rows[task.pose, task.side] += task.held_s  # type: ignore[assignment]
    sides: Counter[tuple[str | None, Side | None]] = Counter()
    holds: Counter[tuple[str | None, Side | None]] = Counter()
    for part in parts:
        for side, entry in part.sides.items():
            assert side != BOTH
            sides[part.pose, side] += entry.held_s  # type: ignore[assignment]
        for hold in part.holds:
            holds[part.pose, hold.side] += hold.held_s  # type: ignore[assignment]
            assert hold.held_s <= hold.end_s - hold.start_s + ROUNDED_S
    shown = {part.pose for part in parts}  # without a plan the document is about the stretch held longest
    for (pose, which), held_s in rows.items():
        if pose in shown and which is not None:
            many = len(told.tasks) + sum(len(part.holds) for part in parts)
            assert abs(sides[pose, which] - held_s) <= ROUNDED_S * many
            assert abs(holds[pose, which] - held_s) <= ROUNDED_S * many
    assert [round(task.held_s, 1) for task in told.tasks] == [round(row.held_s, 1) for row in live.rows]


def test_the_page_of_a_session_has_what_was_said_of_pain_and_the_film_beside_it(tmp_path: Path) -> None:
    tasks = [planned(side, spec=spec, goal_s=8) for spec in (SHORT, STANDING) for side in (Side.RIGHT,)]
    live, session = scored(*tasks)
    live.see(6, RIGHT)
    live.press(Key.PAIN, Key.MILD, Key.SKIP)
    results = session.results.results(CLIP, ENGINE, session)
    told = session_document("plan", results, session, routine=True, started=STARTED)
    text = Page(session_page(results, told, tmp_path / "page.html")).text
    assert "Told by the person: mild pain: " in text
    assert f"1 of {len(results)}: " in text or len(results) == 1
    assert wording.REPORT_LIVE.format(date="2026-03-01") in text
    for profile in ("anna", *HOSTILE.values(), *ORDERS.values()):
        of_somebody = Page(session_page(results, told, tmp_path / "page.html", profile=profile)).text
        sentence = wording.REPORT_LIVE_OF.format(date="2026-03-01", profile=one_line(profile))
        assert of_somebody.count(sentence) == 2 * len(results)
    assert "camera 0" not in text
    track = results[0].track
    assert track is not None
    assert len(track.times_s) > 50
    film = tmp_path / "film.mp4"
    assert wording.REPORT_FILM_WITHOUT in text
    film.touch()
    beside = Page(session_page(results, told, tmp_path / "page.html", film))
    assert {tag.get("src") for name, tag in beside.tags if name == "video"} == {"./film.mp4"}


def test_without_a_page_nothing_is_kept_of_all_that_was_seen() -> None:
    """A session of hours would grow by a megabyte a minute."""
    live, session = scored(planned(Side.RIGHT, goal_s=8))
    session.results = PerStretchResults(session.analyzer)
    live.see(6, RIGHT)
    assert [result.track for result in session.results.results(CLIP, ENGINE, session)] == [None]


def test_a_session_in_which_nothing_was_measured_has_a_page_that_says_so(tmp_path: Path) -> None:
    _, session = scored(planned(Side.RIGHT))
    document = session_document("plan", [], session, routine=True, started=STARTED)
    text = Page(session_page([], document, tmp_path / "page.html")).text
    assert wording.REPORT_NOTHING in text
