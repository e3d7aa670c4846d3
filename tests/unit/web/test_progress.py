"""Progress on the page: the same sessions, numbers and files as the commands give, deleted as they delete them."""

import asyncio
import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from formcheck import cli
from formcheck.core import wording
from formcheck.core.values import Side
from formcheck.people.history import Entry, Pain, database
from formcheck.people.history.database import Store
from formcheck.people.history.records import Answer
from formcheck.vision.engines import EngineModel
from formcheck.web.app import App
from formcheck.web.guard import Guard
from formcheck.web.session import PageSession, SessionPlan
from tests.support.histories import held, read, risen, session
from tests.support.hostile import HOSTILE, ORDERS

PORT, TOKEN = 8129, "t" * 43
HERE = f"http://127.0.0.1:{PORT}"
HEADERS = {"cookie": f"formcheck_{PORT}={TOKEN}", "origin": HERE}

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the history of this test lies; the cache is its own, too."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    return tmp_path / "data" / "history.db"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `formcheck history`, and return what it printed."""

    def ran(*words: object) -> str:
        monkeypatch.setattr(sys, "argv", ["formcheck", "history", *map(str, words)])
        with pytest.raises(SystemExit):
            cli.main()
        return capsys.readouterr().out

    return ran


def app(running: PageSession | None = None) -> App:
    model = EngineModel(engine="toy", factory="a:b", file=None)
    return App(model=model, quit=lambda: None, folder=Path("nowhere"), session=running)


def ask(method: str, address: str, of: App | None = None, /, **values: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        guarded = Guard((of or app()).routes(), port=PORT, token=TOKEN)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(guarded), base_url=HERE, headers=HEADERS) as client:
            return await client.request(method, address, params=values)

    return asyncio.run(asked())


def listed(**values: str) -> dict[str, Any]:
    answer = ask("GET", "/api/progress", **values)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def ids(**values: str) -> list[str]:
    return [one["id"] for one in listed(count="1000", **values)["sessions"]]


def keep(path: Path, *sessions: Entry, checks: tuple[Any, ...] = ()) -> None:
    with Store(path) as store:
        store.save(*sessions)
        store.save_check(checks)


def several() -> list[Entry]:
    """Return sessions of two people over weeks, some with pain, one cut short, one at the desk of which nothing was held."""
    every = [replace(one, profile=name) for one, name in zip(risen([12] * 14, [15] * 14), ("anna", None) * 7, strict=True)]
    hurt = Pain(time_s=9.0, pose="kneeling_hip_flexor", side=Side.LEFT, answer=Answer.MILD)
    every[3] = replace(every[3], pain_before=4, pain_after=2, pain_where="left groin", pains=(hurt,), ended=None)
    return every


# --- the list -------------------------------------------------------------------------------------------------------------


def test_nothing_is_kept_yet_and_to_look_makes_nothing(path: Path) -> None:
    told = listed()
    assert [told[name] for name in ("sessions", "damaged", "checks", "people", "next")] == [[], [], [], [], None]
    assert ask("GET", "/api/progress/session", id="a").status_code == 404
    assert ask("DELETE", "/api/progress/session", id="a").status_code == 404
    assert not path.exists()


def test_every_session_is_listed_once_a_part_at_a_time_as_the_command_lists_them(path: Path, run: Run) -> None:
    keep(path, *several())
    found: list[str] = []
    skip: int | None = 0
    while skip is not None:
        told = listed(skip=str(skip), count="4")
        found += [one["id"] for one in told["sessions"]]
        skip = told["next"]
    assert found == [one["id"] for one in reversed(json.loads(run("--last", "0", "--json")))]


@pytest.mark.parametrize("choice", [{"profile": "anna"}, {"since": "2026-01-20"}, {"profile": "anna", "since": "2026-01-20"}])
def test_whose_and_since_when_choose_as_they_do_for_the_command(path: Path, run: Run, choice: dict[str, str]) -> None:
    keep(path, *several())
    options = [word for name, value in choice.items() for word in (f"--{name}", value)]
    wanted = [one["id"] for one in reversed(json.loads(run("--last", "0", "--json", *options)))]
    assert 0 < len(wanted) < len(several())
    assert ids(**choice) == wanted


def test_a_session_is_told_in_the_words_of_the_command(path: Path, run: Run) -> None:
    keep(path, *several(), checks=(read(2, 4.0),))
    printed = " ".join(run("--last", "0").split())
    for one in listed(count="1000")["sessions"]:
        assert f"{one['day']} {one['title']}" in printed
        assert [text for text in one["told"] if text not in printed] == []
        for line in one["lines"]:
            assert f"{line['title']} {line['side']} {line['held']}" in printed
            assert line["notes"] in printed
    (hurt,) = [one for one in listed(count="1000")["sessions"] if one["told"]]
    assert hurt["told"] == ["pain 4 before, 2 after (left groin)"]
    assert hurt["cut"] == wording.SESSION_CUT
    assert "mild pain" in hurt["lines"][0]["notes"]
    assert [one["lines"] for one in listed()["checks"]] == [["left, thigh: 4 degrees, give or take 6"]]


@pytest.mark.parametrize(
    "values", [{"since": "yesterday"}, {"skip": "-1"}, {"count": "0"}, {"count": "100000"}, {"other": "1"}]
)
def test_what_no_page_asks_for_is_refused(values: dict[str, str]) -> None:
    assert ask("GET", "/api/progress", **values).status_code == 422


@pytest.mark.parametrize("name", [*HOSTILE.values(), *ORDERS.values()], ids=[*HOSTILE, *ORDERS])
def test_names_that_take_over_what_shows_them_stay_text_and_choose_whose(path: Path, name: str) -> None:
    keep(path, replace(session(1, held()), profile=name, plan=name, pain_before=1, pain_where=name), session(2, held()))
    told = listed()
    assert [one["profile"] for one in told["people"]] == [name]
    assert ids(profile=name) == [session(1).id]
    shown = json.dumps([told["sessions"], [one["name"] for one in told["people"]]])
    assert not any(ord(letter) < 32 or ord(letter) == 127 for letter in json.loads(json.dumps(shown)))
    page = ask("GET", "/api/progress/session/report", id=session(1).id)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img" not in page.text


# --- reports and tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [{}, {"profile": "anna", "since": "2026-01-20"}])
def test_the_report_is_the_page_of_the_command(path: Path, run: Run, tmp_path: Path, choice: dict[str, str]) -> None:
    keep(path, *several(), checks=(read(2, 4.0), read(20, 9.0)))
    options = [word for name, value in choice.items() for word in (f"--{name}", value)]
    run("report", "--out", tmp_path / "page.html", *options)
    answer = ask("GET", "/api/progress/report", **choice)
    assert answer.text == (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_report_of_a_session_is_the_page_of_the_command(path: Path, run: Run, tmp_path: Path) -> None:
    keep(path, *several())
    one = several()[3]
    run("report", one.id, "--out", tmp_path / "page.html")
    assert ask("GET", "/api/progress/session/report", id=one.id).text == (tmp_path / "page.html").read_text(encoding="utf-8")
    assert ask("GET", "/api/progress/session", id=one.id).json() in listed(count="1000")["sessions"]


def test_a_report_may_be_framed_by_the_page_alone_and_load_nothing(path: Path) -> None:
    keep(path, *several())
    policy = ask("GET", "/api/progress/session/report", id=several()[0].id).headers["content-security-policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts.pop("style-src").startswith("'sha256-")
    assert parts == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    assert "frame-src 'self'" in ask("GET", "/").headers["content-security-policy"]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_table_is_that_of_the_command_under_a_name_of_its_own(path: Path, run: Run, tmp_path: Path, ending: str) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    keep(path, *several())
    file = tmp_path / f"mine.{ending}"
    run("export", file, "--profile", "anna", "--since", "2026-01-20")
    answer = ask("GET", f"/api/progress/table.{ending}", profile="anna", since="2026-01-20")
    assert answer.content == file.read_bytes()
    assert f'.{ending}"' in answer.headers["content-disposition"]
    assert ending in listed()["tables"]
    if ending == "csv":
        assert {row["profile"] for row in csv.DictReader(io.StringIO(answer.text))} == {"anna"}


def test_there_is_no_other_table_and_no_report_of_nothing(path: Path) -> None:
    assert ask("GET", "/api/progress/table.exe").status_code == 404
    assert ask("GET", "/api/progress/session/report", id="no").status_code == 404
    keep(path, *several())
    assert ask("GET", "/api/progress/report", profile="nobody").status_code == 404


# --- deletion ---------------------------------------------------------------------------------------------------------------


def test_one_session_is_deleted_and_no_other(path: Path) -> None:
    keep(path, *several(), checks=(read(2, 4.0),))
    gone, *rest = ids()
    assert ask("DELETE", "/api/progress/session", id=gone).status_code == 200
    assert ids() == rest
    again = ask("DELETE", "/api/progress/session", id=gone)
    assert (again.status_code, len(again.json()["error"])) == (404, 1)
    assert ask("DELETE", "/api/progress/session", id=rest[0][:3]).status_code == 404
    assert ask("DELETE", "/api/progress/session", id=listed()["checks"][0]["id"]).status_code == 200
    assert (ids(), listed()["checks"]) == (rest, [])


def test_all_sessions_are_deleted(path: Path) -> None:
    keep(path, *several(), checks=(read(2, 4.0),))
    assert ask("DELETE", "/api/progress").status_code == 200
    assert (ids(), listed()["checks"], path.exists()) == ([], [], False)


def running(entry: Entry) -> PageSession:
    return PageSession(SessionPlan(title="", specs={}, entry=entry, finish=lambda _: {}), cast("Any", None), cast("Any", None))


def test_a_session_that_runs_is_not_deleted_under_it(path: Path) -> None:
    keep(path, *several())
    mine = several()[-1]
    now = app(running(mine))
    assert ask("DELETE", "/api/progress/session", now, id=mine.id).status_code == 409
    with Store(path):  # as its own thread has it open
        assert ask("DELETE", "/api/progress", now).status_code == 200
        assert ids() == [mine.id]


def test_sessions_are_deleted_while_another_process_writes(path: Path) -> None:
    keep(path, *several())
    code = (
        "import sys\nfrom pathlib import Path\nfrom dataclasses import replace\n"
        "from formcheck.people.history.database import Store\nfrom tests.support.histories import held, session\n"
        "with Store(Path(sys.argv[1])) as store:\n    print('ready', flush=True)\n"
        "    for i in range(1, 200):\n        store.save(session(100, held(held_s=float(i))))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        for one in several():
            assert ask("DELETE", "/api/progress/session", id=one.id).status_code == 200
        assert writer.wait(60) == 0
    with Store(path) as store:
        assert [(one.id, one.stretches[0].held_s) for one in store.recent()] == [(session(100).id, 199.0)]


# --- what is wrong with a history -------------------------------------------------------------------------------------------


def test_a_damaged_session_is_told_and_can_be_deleted(path: Path) -> None:
    keep(path, *several())
    broken = several()[2].id
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE sessions SET started = 'long ago' WHERE id = ?", (broken,))
        connection.commit()
    told = listed(count="1000")
    assert [one["id"] for one in told["damaged"]] == [broken]
    assert "long ago" in told["damaged"][0]["told"]
    assert len(told["sessions"]) == len(several()) - 1
    assert ask("DELETE", "/api/progress/session", id=broken).status_code == 200
    assert listed()["damaged"] == []


def damage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 400)


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(("change", "sentence"), [(damage, "is damaged."), (make_newer, "was made by a newer formcheck")])
def test_a_history_that_cannot_be_read_is_told_as_the_program_tells_it(
    path: Path, change: Callable[[Path], None], sentence: str
) -> None:
    keep(path, *several())
    change(path)
    for address in ("/api/progress", "/api/progress/report", "/api/progress/table.csv"):
        answer = ask("GET", address)
        assert answer.status_code == 400
        assert sentence in " ".join(answer.json()["error"])
    assert ask("DELETE", "/api/progress").status_code == 200
    assert not path.exists()


def test_a_locked_history_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path, *several())
    monkeypatch.setattr(database, "LOCK_S", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for method, address in (("GET", "/api/progress"), ("DELETE", "/api/progress")):
            answer = ask(method, address)
            assert (answer.status_code, "is locked by another program" in answer.text) == (400, True)
    assert len(ids()) == len(several())


# --- after a session ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "trouble", "linked"), [([{}], None, True), ([], None, False), ([{}], "This session is not being kept.", False)]
)
def test_a_session_that_was_kept_leads_to_its_report(rows: list[Any], trouble: str | None, linked: bool) -> None:
    over = running(replace(session(1), id="a&b"))
    over.over, over.summary, over.trouble = True, {"rows": rows}, trouble
    told: list[dict[str, Any]] = []
    over.attach(told.append)
    assert told[-1]["report"] == ("#/session_report?id=a%26b" if linked else None)
