"""Screen, terminal, history and JSON of one session say the same, field by field."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from formcheck.analysis.scoring.document import Document, LiveDocument, SessionDocument
from formcheck.cli.reports.history import print_history
from formcheck.cli.reports.session import print_recap
from formcheck.coaching.events import Key, ScreenState, SessionPhase
from formcheck.coaching.tasks import ANYTHING, StretchTask
from formcheck.core.durations import format_duration, seconds_of_goal
from formcheck.core.values import Side
from formcheck.people.history.database import Store
from formcheck.people.history.records import Entry
from formcheck.pipeline.live.results import history_pains, history_stretches
from formcheck.testing import kneeling, standing
from formcheck.ui.drawing.shapes import CachedMarks, Mark, Text
from formcheck.ui.screen.scene import draw_screen
from tests.proofs import Found
from tests.support.laws import slow_law
from tests.support.rehearsal import READY_LEFT, Rehearsal, both, planned
from tests.support.specs import STANDING, SUPINE
from tests.unit.coaching.test_guided_session import ACTORS, PLANS, SHORT, SHORT_SPECS, acts
from tests.unit.people.test_history import entry
from tests.unit.pipeline.test_live_results import ScoredSession, of_stretches, scored

SPECS = {spec.title: spec for spec in (SHORT, STANDING, SUPINE)}
ROW = re.compile(
    r"(?P<title>.+ stretch)  +(?:(?P<side>left|right)(?: side)?|\?)?  +(?P<held>\d+) s of (?P<goal>\d+) s"
    r"(?:  +(?P<outcome>done|ended early|skipped|\d+ s to go|stopped: \w+ pain|left out: [^.]*\.))?"
    r"(?:  +form (?P<score>\d+))?(?:  +(?P<notes>.+))?$"
)
FAULT = re.compile(r"(?P<cue>.+) \((?P<seconds>[^()]+)\)$")
ON_SCREEN = re.compile(r"(\d+) of (\d+) s(?:, form (\d+))?")

Name = tuple[str, str | None]
"""Title and side."""


@dataclass
class Fields:
    """What a text says of one stretch on one side."""

    held: int = 0
    goal: int = 0
    outcomes: list[str] = field(default_factory=list)
    scores: list[int] = field(default_factory=list)
    fault: tuple[str, str] | None = None  # the one that cost most
    pains: set[str] = field(default_factory=set)
    left_for: set[str] = field(default_factory=set)  # why it was not gone on with


@dataclass
class Texts:
    """One session as four texts."""

    screen: list[str]
    recap: str
    history: str
    document: LiveDocument | SessionDocument
    entry: Entry


def texts(live: Rehearsal, session: ScoredSession, folder: Path, *, routine: bool = False) -> Texts:
    summary = session.summary
    done = ScreenState(phase=SessionPhase.DONE, time_s=live.time_s, summary=summary)
    marks = draw_screen(done, None, picture=16 / 9, window=16 / 9).marks
    kept = entry(stretches=tuple(history_stretches(session)), pains=tuple(history_pains(session)))
    with Store(folder / "history.db") as store:
        store.clear()
        store.save(kept)
        (read,) = store.recent() or (kept,)  # nothing is kept of a session in which nothing was done
        assert (store.faulty, store.partly) == ({}, {})
    return Texts(
        screen=list(words_of(marks)),
        recap=printed(lambda console: print_recap(console, summary)),
        history=printed(lambda console: print_history((read,), (read,), (), None, console)),
        document=session.document(routine=routine),
        entry=read,
    )


def words_of(marks: Iterable[Mark]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, CachedMarks):
            yield from words_of(mark.marks)
        elif isinstance(mark, Text):
            yield mark.text


def printed(write: object) -> str:
    console = Console(file=io.StringIO(), width=400)
    write(console)  # type: ignore[operator]
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def fields_of(text: str) -> dict[Name, list[Fields]]:
    found: dict[Name, list[Fields]] = defaultdict(list)
    for line in text.splitlines():
        row = ROW.match(line.strip())
        if row is None:
            continue
        told = Fields(held=int(row["held"]), goal=int(row["goal"]), outcomes=[row["outcome"]] if row["outcome"] else [])
        told.scores = [int(row["score"])] if row["score"] else []
        for note in (*told.outcomes, *(row["notes"] or "").split("; ")):
            if note in ("ended early", "skipped") or note.startswith("stopped"):
                told.left_for.add(note)
            if note.endswith("pain"):
                told.pains.add(note.removeprefix("stopped: "))
            elif (fault := FAULT.match(note)) is not None and told.fault is None:
                told.fault = fault["cue"], fault["seconds"]
        found[row["title"], row["side"]].append(told)
    return found


def fields_of_document(document: LiveDocument | SessionDocument) -> dict[Name, Fields]:
    found: dict[Name, Fields] = defaultdict(Fields)
    for task in document.tasks:
        told = found[SHORT_SPECS[task.pose].title, task.side]
        seconds = seconds_of_goal(task.held_s, task.goal_s, complete=task.complete)
        told.held, told.goal = told.held + seconds.held, told.goal + (seconds.goal or 0)
        told.outcomes += ["done"] if task.complete else []
    for pain in document.pains:
        found[SHORT_SPECS[pain.pose].title, pain.side].pains.add(f"{pain.answer} pain" if pain.answer else "pain")
    for part in of_stretches(document):
        if part.pose is not None:
            _add_form(part, found)
    return found


def _add_form(part: Document, found: dict[Name, Fields]) -> None:
    spec = SHORT_SPECS[part.pose or ""]
    for side, one in part.sides.items():
        if one.score is not None:
            found[spec.title, side].scores.append(one.score)
    seconds: dict[tuple[Side | None, str], float] = defaultdict(float)
    for fault in part.faults:
        seconds[fault.side, fault.name] += fault.end_s - fault.start_s
    for whose in {side for side, _ in seconds}:
        ours = {name: lasting_s for (of, name), lasting_s in seconds.items() if of is whose}
        worst = max(ours, key=lambda name: (spec.fault(name).stops_clock, ours[name]))
        found[spec.title, whose].fault = spec.fault(worst).cue, format_duration(ours[worst])


def check(told: Texts) -> None:
    """What can be read in two of the four texts is the same in both."""
    recap, history, document = fields_of(told.recap), fields_of(told.history), fields_of_document(told.document)
    poses = [part.pose for part in of_stretches(told.document)]
    assert set(recap) == set(history), "who reads one of them misses nothing"
    for name, rows in recap.items():
        (looking_back,), written = history[name], document[name]
        assert sum(row.held for row in rows) == looking_back.held
        assert sum(row.goal for row in rows) == looking_back.goal
        assert set().union(*(row.pains for row in rows)) == looking_back.pains
        assert looking_back.pains == written.pains
        assert set().union(*(row.left_for for row in rows)) == looking_back.left_for
        for row in rows:
            left = [int(outcome.split()[0]) for outcome in row.outcomes if outcome.endswith("to go")]
            assert row.held + sum(left) == row.goal or not left
            assert (row.held >= row.goal) == (row.outcomes == ["done"])
        assert sum(row.outcomes == ["done"] for row in rows) == written.outcomes.count("done")
        if len(rows) == 1:
            assert rows[0].fault == looking_back.fault
            assert rows[0].scores == looking_back.scores
        shown = SPECS[name[0]].name
        if name[1] is not None and poses.count(shown) == 1:
            assert looking_back.fault == written.fault
            if looking_back.held > 0:
                assert looking_back.scores == written.scores
    begun = {name: sum(row.held for row in rows) for name, rows in recap.items()}
    for name, written in document.items():
        if name in begun:
            assert written.held >= begun[name]
        else:
            assert (written.held, written.pains) == (0, set())
    rows_on_screen = [match.groups() for text in told.screen if (match := ON_SCREEN.match(text))]
    on_screen = [(int(held), int(goal), [int(form)] if form else []) for held, goal, form in rows_on_screen]
    in_recap = [(row.held, row.goal, row.scores) for rows in recap.values() for row in rows]
    assert Counter(map(str, on_screen)) <= Counter(map(str, in_recap))
    assert Counter(str(row) for row in in_recap if row[0] > 0) <= Counter(map(str, on_screen)), (
        "what was skipped has no seconds"
    )


HEAD = kneeling(neck=45.0)
"""In the stretch, the head hanging: that stops the clock."""
SHIN = kneeling(shin=31.0)
"""In the stretch, the front knee too far forward: that is only advised."""
Act = tuple[str | Key, float]
BODIES = ACTORS | {"head": (HEAD,), "shin": (SHIN,), "ready left": (READY_LEFT,), "lean standing": (standing(lean=24.0),)}


def played(tasks: tuple[StretchTask, ...], *script: Act) -> tuple[Rehearsal, ScoredSession]:
    live, session = scored(*tasks)
    for what, lasting_s in script:
        if isinstance(what, Key):
            live.press(what)
            live.results.append(session.wait(live.time_s))
        else:
            live.see(lasting_s, *BODIES[what])
    return live, session


ROUTINE = tuple(planned(side, goal_s=3, rest_s=1, spec=spec) for spec in (SHORT, STANDING) for side in [*Side, *Side])
KNEEL = SHORT.title
LIFT = SHORT.fault("head_drops").cue

SESSIONS: dict[str, tuple[tuple[StretchTask, ...], list[Act], list[str]]] = {
    "complete": (
        both(SHORT),
        [("right", 9), ("ready left", 6), ("left", 9)],
        [
            "right side 8 s of 8 s done form 100",
            "left side 8 s of 8 s done form 100",
            "All held to the goal. Not one fault in 16 s.",
        ],
    ),
    "quit in the middle": (
        both(SHORT),
        [("right", 4.8), (Key.QUIT, 0)],
        ["right side 4 s of 8 s 4 s to go form 100", "0 of 2 held to the goal.", "Not started:"],
    ),
    "mild pain": (
        both(SHORT),
        [("right", 4.3), (Key.PAIN, 0), (Key.MILD, 0), ("right", 12)],
        ["right side 8 s of 8 s done form 100 mild pain"],
    ),
    "strong pain": (
        both(SHORT),
        [("right", 4.3), (Key.PAIN, 0), (Key.STRONG, 0), ("ready left", 6), ("left", 9)],
        ["right side 4 s of 8 s stopped: strong pain", "left side 8 s of 8 s done"],
    ),
    "sharp pain": (both(SHORT), [("right", 4.3), (Key.PAIN, 0), (Key.SHARP, 0)], ["right side 4 s of 8 s stopped: sharp pain"]),
    "pain that was not answered": (both(SHORT), [("right", 4.3), (Key.PAIN, 0), (Key.QUIT, 0)], ["4 s to go form 100 pain"]),
    "pain before it began": (both(SHORT), [("ready", 4), (Key.PAIN, 0), (Key.STRONG, 0)], ["0 s of 8 s stopped: strong pain"]),
    "skipped, then pain": (
        both(SHORT),
        [(Key.SKIP, 0), ("ready", 0.5), (Key.PAIN, 0), (Key.STRONG, 0)],
        ["0 s of 8 s skipped", "0 s of 8 s stopped: strong pain"],
    ),
    "skipped, then pain without an answer": (
        both(SHORT),
        [(Key.SKIP, 0), ("ready", 0.5), (Key.PAIN, 0)],
        ["0 s of 8 s skipped", "0 s of 8 s 8 s to go pain"],
    ),
    "skipped": (
        both(SHORT),
        [("right", 4.3), (Key.SKIP, 0), ("left", 9)],
        ["right side 4 s of 8 s ended early", "left side 8 s of 8 s"],
    ),
    "the other side": (
        both(SHORT),
        [("right", 4.3), (Key.OTHER_SIDE, 0), ("ready left", 2), ("left", 9), ("ready", 6), ("right", 5)],
        ["left side 8 s of 8 s done", "right side 8 s of 8 s done"],
    ),
    "head dropped": (
        both(SHORT),
        [("right", 3.3), ("head", 12.3), ("right", 2.3)],
        ["right side 5 s of 8 s 3 s to go", f"{LIFT} (12 s)"],
    ),
    "head dropped to the end": (
        both(SHORT),
        [("right", 3.8), ("head", 12.8)],
        ["right side 3 s of 8 s 5 s to go", f"{LIFT} (12 s)"],
    ),
    "never right": (both(SHORT), [("head", 18)], ["0 s of 8 s 8 s to go", "Nothing was held.", f"{LIFT} (13 s)"]),
    "a nod": (both(SHORT), [("right", 3.8), ("head", 0.7), ("right", 1)], ["right side 4 s of 8 s", "Not one fault in 4 s"]),
    "advice": (
        both(SHORT),
        [("shin", 4.5), ("head", 2.3), ("right", 1)],
        [f"{LIFT} (2 s); Step your front foot further forward (4 s)"],
    ),
    "a routine with repeats": (
        ROUTINE,
        [
            ("left", 4),
            ("ready", 1),
            ("right", 5),
            ("ready left", 1),
            ("left", 5),
            ("ready", 1),
            ("right", 5),
            ("ready", 6),
            ("standing", 4),
            ("lean standing", 6),
        ],
        ["left side 3 s of 3 s done", "5 of 8 held to the goal"],
    ),
    "anything": (ANYTHING, [("right", 5), ("ready", 3), ("standing", 6), ("ready", 2)], ["5 s of 8 s", "6 s of 30 s"]),
}


@pytest.mark.parametrize("name", SESSIONS)
def test_the_four_texts_of_a_session_say_the_same(name: str, tmp_path: Path) -> None:
    tasks, script, expected = SESSIONS[name]
    live, session = played(tasks, *script)
    told = texts(live, session, tmp_path, routine=tasks is ROUTINE)
    check(told)
    assert "_" not in told.recap + told.history.partition("\n")[2], "stretches and faults are told in words"
    recap = " ".join(told.recap.split())
    assert [words for words in expected if words not in recap] == [], recap


@slow_law
@given(st.sampled_from(sorted(PLANS)), acts)
def test_whatever_happens_the_four_texts_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, plan: str, script: list[tuple[str, float]]
) -> None:
    check_session(tmp_path_factory.mktemp("told"), plan, script)


@pytest.mark.heavy
@pytest.mark.proof
def test_in_thousands_of_sessions_the_four_texts_say_the_same(tmp_path: Path, record_property: Found) -> None:
    played = [0]

    @settings(deadline=None, max_examples=2000, database=None)
    @given(st.sampled_from(sorted(PLANS)), acts)
    def law(plan: str, script: list[tuple[str, float]]) -> None:
        played[0] += 1
        check_session(tmp_path, plan, script)

    law()
    record_property("found", f"{played[0]} sessions")


def check_session(folder: Path, plan: str, script: list[tuple[str, float]]) -> None:
    live, session = scored(*PLANS[plan], side=Side.LEFT if plan == "left" else None)
    for what, lasting_s in script:
        if isinstance(what, Key):
            live.press(what)
        elif what == "blind":
            live.lose_camera(lasting_s)
        else:
            live.see(lasting_s, *ACTORS[what])
    check(texts(live, session, folder, routine=plan == "routine"))


def test_the_faults_and_the_seconds_are_those_that_were_seen(tmp_path: Path) -> None:
    """By the clock on the wall: three seconds right, twelve with the head hanging, two right."""
    live, session = played(both(SHORT), ("right", 3), ("head", 12), ("right", 2))
    (row, _) = session.summary.rows
    (fault,) = row.faults
    assert fault.seconds == pytest.approx(12, abs=0.3)
    assert row.held_s == pytest.approx(5, abs=0.3)
    assert row.score == pytest.approx(0.8 * (5 * 100 + 12 * 80) / 17 + 20 * 5 / 17, abs=1.5), "the clock stood for 12 of 17 s"
    (kept,) = texts(live, session, tmp_path).entry.stretches
    assert (kept.score, kept.faults, kept.held_s) == (row.score, {"head_drops": round(fault.seconds, 2)}, row.held_s)


def test_how_far_it_went_is_of_what_was_held_on_that_side() -> None:
    """Getting there, the other leg, and form that does not last are no reach."""
    _, session = played((planned(Side.LEFT),), ("right", 6), ("ready", 2), ("left", 0.4), ("ready", 2), (Key.SKIP, 0))
    assert [(row.held_s, row.reach) for row in session.summary.rows] == [(0.0, {})]
    _, session = played((planned(Side.RIGHT, goal_s=20),), ("right", 6), ("head", 6), ("ready", 1))
    (row,) = session.summary.rows
    assert sum(row.reach.values()) == pytest.approx(row.held_s, abs=0.7)
    assert sum(row.reach.values()) <= row.held_s
