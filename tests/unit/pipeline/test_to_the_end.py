"""What is kept and told of a session with a hold to the end: the document, the history, the lines at the terminal."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from rich.console import Console

from formcheck.cli.reports.history import print_history
from formcheck.cli.reports.one_session import print_session
from formcheck.cli.reports.session import print_recap
from formcheck.coaching.tasks import of_stretch
from formcheck.people.history import Entry
from formcheck.people.history.database import Store
from formcheck.people.history.records import totals
from formcheck.pipeline.live.results import history_stretches
from tests.support.rehearsal import READY, REST_S, Rehearsal
from tests.support.strength import PLANK, STRENGTH, plank
from tests.unit.pipeline.test_live_results import ScoredSession


def played() -> ScoredSession:
    session = ScoredSession({spec.name: spec for spec in STRENGTH}, of_stretch(PLANK, None, REST_S))
    Rehearsal(session).see(6.0, READY).see(21.0, plank()).see(3.0, plank(-25.0))
    return session


def text_of(entry: Entry) -> str:
    out = StringIO()
    console = Console(file=out, width=200)
    print_history([entry], [entry], totals([entry]), None, console)
    print_session(console, entry)
    return out.getvalue()


def test_the_document_has_no_goal_and_one_go() -> None:
    told = played().document().model_dump(mode="json")
    (task,) = told["tasks"]
    assert (task["pose"], task["side"], task["goal_s"], task["complete"], task["skipped"]) == ("plank", None, None, None, False)
    entry = told["sides"]["both"]
    assert (entry["goal_s"], entry["complete"]) == (None, None)
    assert entry["longest_s"] == entry["held_s"] == task["held_s"] == told["holds"][0]["held_s"]
    assert 20.5 <= task["held_s"] <= 21.2
    assert (told["score"], told["band"], entry["score"]) == (None, None, None), "nobody is graded"


def test_the_history_keeps_and_lists_it(tmp_path: Path) -> None:
    started = datetime(2026, 1, 5, 18, tzinfo=UTC)
    entry = Entry(id="one", started=started, version="1", plan="plank", stretches=tuple(history_stretches(played())))
    with Store(tmp_path / "history.db") as store:
        store.save(entry)
        (kept,) = store.recent()
    (stretch,) = kept.stretches
    assert (stretch.goal_s, stretch.complete, stretch.side) == (None, None, None)
    said = text_of(kept)
    assert "Plank" in said
    assert "both legs" in said
    assert "?" not in said
    assert f"{int(stretch.held_s)} s" in said
    assert "None" not in said
    assert " of " not in said


def test_the_recap_says_the_seconds_beside_the_published_ones() -> None:
    out = StringIO()
    print_recap(Console(file=out, width=200), played().summary)
    said = out.getvalue()
    assert "to the end" in said
    assert "Held for 2" in said
    assert said.count("To compare, no grade") == len(PLANK.norms)
    assert "None" not in said
    assert "both sides" not in said
