"""`formcheck history report`: the numbers of `history --json` and `history export` as a page, whole or not at all."""

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from formcheck import cli
from formcheck.core import wording
from formcheck.core.durations import format_duration
from formcheck.people.history import Entry
from formcheck.people.history.database import Store
from tests.support.clips import REPO
from tests.support.histories import read, risen, session
from tests.support.reports import Page
from tests.unit.ui.test_progress_page import table

Run = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the history of this test lies."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "history.db"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `formcheck history`, and return its exit code and what it said."""

    def ran(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["formcheck", "history", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return ran


def keep(path: Path, sessions: list[Entry]) -> None:
    with Store(path) as store:
        for entry in sessions:
            store.save(entry)


def rows_of(path: Path) -> list[str]:
    """Return all that a database has, as text."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


SESSIONS = risen([11, 13, 12, 14, 10, 22, 24, 28, 26, 25, 27], [15, 14, 16, 13, 12, 15, 17, 14, 16, 13, 12])


def test_its_numbers_are_those_of_the_json_and_of_the_table(run: Run, path: Path, tmp_path: Path) -> None:
    keep(path, [replace(one, pain_before=number % 11, pain_after=3) for number, one in enumerate(SESSIONS)])
    out = tmp_path / "page.html"
    assert run("report", "--out", out) == (0, wording.REPORT_WRITTEN.format(path=out) + "\n")
    html = out.read_text(encoding="utf-8")
    told = json.loads(run("--last", 0, "--json")[1])
    run("export", tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(newline="") as file:
        exported = list(csv.DictReader(file))
    medians = {side: [int(row["reach_deg"]) for row in exported if row["side"] == side] for side in ("left", "right")}
    for row in table(html, "range"):
        of_side = medians[row[0]]
        then, now = median(of_side[:5]), median(of_side[-5:])
        assert row[1:5] == [str(len(of_side)), f"{then:g}", f"{now:g}", f"{now - then:+g}"]
    days: defaultdict[str, float] = defaultdict(float)
    for entry in told:
        days[entry["started"][:10]] += sum(stretch["held_s"] for stretch in entry["stretches"])
    assert [row[-1] for row in table(html, "held-numbers")] == [format_duration(days[day]) for day in sorted(days)]
    assert [row[1:3] for row in table(html, "pain")] == [[str(one["pain_before"]), str(one["pain_after"])] for one in told]
    assert [row[4] for row in table(html, "last")] == [one["id"][:6] for one in reversed(told)][:10]


def test_one_session_one_person_and_from_a_day_on(run: Run, path: Path, tmp_path: Path) -> None:
    hostile = "<b>{{7*7}}"
    keep(path, [replace(one, profile=name) for one, name in zip(SESSIONS, ["anna", hostile] * 6, strict=False)])
    out = tmp_path / "page.html"

    def text(*words: object) -> str:
        assert run("report", "--out", out, *words)[0] == 0
        return Page(out.read_text(encoding="utf-8")).text

    assert wording.PROGRESS_SEVERAL.format(people=2) in text()
    whose = text("--profile", hostile)
    assert hostile in whose
    assert "Sessions: 5." in whose
    since = text("--since", "2026-01-20", "--profile", "anna")
    assert wording.PROGRESS_SINCE.format(day="20 Jan 2026") in since
    assert "Sessions: 2." in since
    one = text(SESSIONS[3].id)
    assert f"{SESSIONS[3].started:%a %d %b %Y, %H:%M}" in one
    assert SESSIONS[3].id in one


@pytest.mark.parametrize(
    ("words", "kept", "code", "said"),
    [
        ([], False, 0, wording.HISTORY_EMPTY),
        (["--profile", "bob"], True, 0, wording.HISTORY_EMPTY_OF.format(profile="bob")),
        (["--since", "2030-01-01"], True, 0, wording.HISTORY_NONE_FITS),
        (["nothing"], True, 1, "There is no session called 'nothing'"),
        (["--since", "soon"], True, 1, "--since: 'soon' is no date."),
    ],
)
def test_where_there_is_nothing_to_show_no_page_is_written(
    words: list[str], kept: bool, code: int, said: str, run: Run, path: Path, tmp_path: Path
) -> None:
    if kept:
        keep(path, SESSIONS[:1])
    found = run("report", "--out", tmp_path / "page.html", *words)
    assert found[0] == code
    assert said in found[1]
    assert not (tmp_path / "page.html").exists()
    assert kept or not path.parent.exists(), "to look is no reason to make one"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("page.pdf", "--out writes a page; give a name that ends in .html."),
        ("page", "--out writes a page; give a name that ends in .html."),
        ("missing/page.html", "does not exist. Make it first, or choose another place."),
        ("folder.html", "is a folder. Give the name of a file to write."),
    ],
)
def test_a_place_where_no_page_can_be_is_told_before_the_history_is_looked_at(
    name: str, said: str, run: Run, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder.html").mkdir()
    path.parent.mkdir()
    path.write_bytes(b"no database")
    code, told = run("report", "--out", tmp_path / name)
    assert (code, told.count("\n")) == (1, 1)
    assert told.startswith(f"formcheck: {tmp_path / name}: ")
    assert said in told


@pytest.mark.parametrize(
    ("damage", "on_page", "told"),
    [
        (
            "UPDATE sessions SET started = 'once' WHERE id = '{id}'",
            wording.PROGRESS_UNREADABLE.format(count=1),
            "It is left out;",
        ),
        (
            "UPDATE stretches SET held_s = 'long' WHERE session = '{id}'",
            wording.PROGRESS_PARTLY.format(count=1),
            "That alone is left out;",
        ),
        ("UPDATE checks SET degrees = 'many'", wording.PROGRESS_UNREADABLE.format(count=1), "It is left out;"),
    ],
)
def test_what_cannot_be_read_is_told_here_and_on_the_page(
    damage: str, on_page: str, told: str, run: Run, path: Path, tmp_path: Path
) -> None:
    keep(path, SESSIONS)
    with Store(path) as store:
        store.save_check([read(0, 2.0)])
        with store._transaction() as connection:
            connection.execute(damage.format(id=SESSIONS[2].id))
    code, said = run("report", "--out", tmp_path / "page.html")
    assert code == 1
    assert told in said
    assert on_page in Page((tmp_path / "page.html").read_text(encoding="utf-8")).text


def test_where_all_is_unreadable_no_page_is_written(run: Run, path: Path, tmp_path: Path) -> None:
    keep(path, SESSIONS[:1])
    with Store(path) as store, store._transaction() as connection:
        connection.execute("UPDATE sessions SET started = 'once'")
    code, said = run("report", "--out", tmp_path / "page.html")
    assert code == 1
    assert "started: must be the date and time of a session" in said
    assert not (tmp_path / "page.html").exists()


FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))"
READ_ONLY = "import os; os.chmod('out', 0o555); os.geteuid() == 0 and os.seteuid(65534)"


@pytest.mark.skipif(sys.platform == "win32", reason="limits and rights are those of Unix")
@pytest.mark.parametrize(
    ("before", "said"),
    [(FULL, "cannot be written (File too large). Make room"), (READ_ONLY, "Choose another place.")],
    ids=["full disk", "read-only folder"],
)
def test_where_it_cannot_be_written_all_stays_as_it_was(before: str, said: str, path: Path, tmp_path: Path) -> None:
    keep(path, SESSIONS)
    tmp_path.chmod(0o755)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "page.html").write_text("before")
    kept = rows_of(path)
    code = (
        "import sys; from pathlib import Path\n"
        "from formcheck.core.errors import OutputError\n"
        "from formcheck.pipeline.outputs.page_file import write_page\n"
        f"{before}\n"
        "try:\n    write_page(Path('out/page.html'), 'x' * 9999)\n"
        "except OutputError as error:\n    print(error)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    (tmp_path / "out").chmod(0o755)
    assert said in done.stdout, done.stderr
    assert done.stdout.count("\n") == 1
    assert [(one.name, one.read_text()) for one in (tmp_path / "out").iterdir()] == [("page.html", "before")]
    assert rows_of(path) == kept


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda number: number.name)
@pytest.mark.parametrize("after_s", [0.2, 0.8, 1.4])
def test_ended_at_any_moment_the_page_is_whole_and_the_history_as_it_was(
    number: signal.Signals, after_s: float, path: Path, tmp_path: Path
) -> None:
    keep(path, [session(day, *SESSIONS[0].stretches) for day in range(300)])
    kept = rows_of(path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "page.html").write_text("before")
    words = [sys.executable, "-m", "formcheck", "history", "report", "--out", str(out / "page.html")]
    with subprocess.Popen(words, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        time.sleep(after_s)
        process.send_signal(number)
        said, _ = process.communicate(timeout=30)
    assert process.returncode in (0, 128 + number, -number), said
    assert "Traceback" not in said
    text = (out / "page.html").read_text(encoding="utf-8")
    assert text == "before" or re.search(r"</html>\s*$", text)
    if number != signal.SIGKILL:
        assert [one.name for one in out.iterdir()] == ["page.html"]
    assert rows_of(path) == kept
