"""The history as a table: a row for each side of each stretch, read back by others as it was kept, and described in full."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck import cli
from formcheck.core.values import Side
from formcheck.people.history import Answer, Entry, Pain
from formcheck.people.history.database import Store
from formcheck.people.history.export import COLUMNS, NOT_SAID, rows
from formcheck.people.history.tables import TABLES, newest
from formcheck.pipeline.outputs.formats.history_table import write_history
from tests.support.clips import REPO
from tests.support.hostile import HOSTILE, ORDERS
from tests.support.laws import law, slow_law
from tests.unit.people.test_history import entries, entry, stretch

pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")

PAGE = (REPO / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the history of this test lies."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "history.db"


def told(of: Sequence[Entry]) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows(of)]


@law
@given(st.lists(entries, max_size=4))
def test_a_row_for_each_stretch_with_what_is_kept_of_it(sessions: list[Entry]) -> None:
    found = told(sessions)
    kept = [(one, part) for one in sessions for part in one.stretches]
    assert len(found) == len(kept)
    for row, (one, part) in zip(found, kept, strict=True):
        assert datetime.fromisoformat(row["started"]) == one.started
        assert (row["session"], row["plan"], row["profile"] or None) == (one.id, one.plan, one.profile)
        assert (row["stretch"], row["side"] or None) == (part.pose, part.side)
        assert one.stretches[int(row["number"]) - 1] == part
        for name in ("held_s", "longest_s", "goal_s", "score"):
            value = getattr(part, name)
            assert (row[name] == "") == (value is None), name
            assert value is None or float(row[name]) == pytest.approx(value, abs=0.051)
        assert {name: pytest.approx(seconds, abs=0.0051) for name, seconds in json.loads(row["faults"]).items()} == part.faults
        assert (row["complete"], row["skipped"]) == (
            {None: "", True: "true", False: "false"}[part.complete],
            str(part.skipped).lower(),
        )
        assert (row["reach_deg"] == "") == (not part.reach)
        assert not part.reach or int(row["reach_deg"]) in part.reach


@slow_law
@given(sessions=st.lists(entries, max_size=3))
def test_pandas_and_polars_read_the_same_from_both_files(
    sessions: list[Entry], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("export")
    counts = {write_history(folder / f"mine{ending}", sessions) for ending in (".csv", ".parquet", ".PARQUET")}
    with (folder / "mine.csv").open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    by_polars, by_pandas = polars.read_parquet(folder / "mine.parquet"), pandas.read_parquet(folder / "mine.parquet")
    assert head == by_polars.columns == list(by_pandas.columns) == list(COLUMNS)
    assert counts == {len(lines)} == {by_polars.height} == {len(by_pandas)}
    kinds: dict[str, Any] = {"string": str, "int64": int, "float64": float, "bool_": "true".__eq__}
    for i, (name, kind) in enumerate(COLUMNS.items()):
        expected = [kinds[kind](line[i]) if line[i] else None for line in lines]
        assert by_polars[name].to_list() == expected
        assert by_pandas[name].isna().tolist() == [value is None for value in expected]
    types = {"string": polars.String, "int64": polars.Int64, "float64": polars.Float64, "bool_": polars.Boolean}
    assert by_polars.schema == {name: types[kind] for name, kind in COLUMNS.items()}


def test_pain_stands_at_the_stretch_that_it_was_told_in() -> None:
    left, right = stretch(started_s=0.0), stretch(started_s=60.0, side=Side.RIGHT)
    pains = [
        Pain(time_s=10.0, pose=left.pose, side=Side.LEFT, answer=Answer.MILD),
        Pain(time_s=130.0, pose=left.pose, side=Side.LEFT),
        Pain(time_s=125.0, pose=left.pose, side=None, answer=Answer.SHARP),
        Pain(time_s=70.0, pose="another", side=Side.RIGHT, answer=Answer.STRONG),
    ]
    again = stretch(started_s=120.0)
    found = told([entry(stretches=(left, right, again), pains=tuple(pains), pain_before=3, pain_after=2, pain_where="groin")])
    assert [row["pain"] for row in found] == ["mild", "", f"{NOT_SAID}, sharp"]
    assert {(row["pain_before"], row["pain_after"], row["pain_where"]) for row in found} == {("3", "2", "groin")}


@pytest.mark.parametrize("text", (HOSTILE | ORDERS).values(), ids=HOSTILE | ORDERS)
def test_what_others_wrote_into_the_history_is_text(text: str, tmp_path: Path) -> None:
    names = ["session", "plan", "profile", "pain_where", "stretch"]
    hostile = entry(id=text, plan=text, profile=text, pain_where=text, stretches=(stretch(pose=text, faults={text: 2.0}),))
    for ending in (".csv", ".parquet"):
        assert write_history(tmp_path / f"mine{ending}", [hostile]) == 1
    with (tmp_path / "mine.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    (typed,) = polars.read_parquet(tmp_path / "mine.parquet").to_dicts()
    assert [row[name] for name in names] == [typed[name] for name in names] == [text] * len(names)
    assert json.loads(row["faults"]) == json.loads(typed["faults"]) == {text: 2.0}


def test_sessions_without_a_stretch_have_no_row() -> None:
    assert told([entry(stretches=())]) == []


class TestCommand:
    @staticmethod
    def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["formcheck", "history", "export", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    @pytest.fixture
    def kept(self, path: Path) -> None:
        with Store(path) as store:
            store.save(entry(id="one", profile="anna"))
            later = entry().started.replace(day=25)
            store.save(entry(id="two", started=later, stretches=(stretch(), stretch(side=Side.RIGHT), stretch(pose="plank"))))

    @pytest.mark.usefixtures("kept")
    def test_the_oldest_come_first_and_may_be_chosen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "mine.csv"
        for words, sessions in (
            ([], ["one", "two", "two", "two"]),
            (["--profile", "anna"], ["one"]),
            (["--since", "2025-11-24"], ["two"] * 3),
            (["--pose", "plank"], ["two"]),
        ):
            code, said = self.run(monkeypatch, capsys, out, *words)
            assert (code, said) == (0, f"{out}: rows: {len(sessions)}, sessions: {len(set(sessions))}.\n")
            with out.open(newline="") as file:
                assert [row["session"] for row in csv.DictReader(file)] == sessions

    @pytest.mark.parametrize("name", ["mine.xlsx", "mine", "mine.parquet.gz"])
    def test_another_ending_is_told_before_the_history_is_looked_at(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "history.db").write_bytes(b"no database")
        code, said = self.run(monkeypatch, capsys, tmp_path / name)
        assert (code, said) == (
            1,
            f"formcheck: {tmp_path / name}: history export writes .csv or .parquet; give a name that ends so.\n",
        )

    def test_without_a_history_the_table_is_empty(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "mine.csv"
        assert self.run(monkeypatch, capsys, out) == (0, f"{out}: rows: 0, sessions: 0.\n")
        assert out.read_text().split() == [",".join(COLUMNS)]
        assert not (tmp_path / "data").exists()

    @pytest.mark.usefixtures("kept")
    def test_what_cannot_be_read_is_left_out_and_told(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Store(path) as store, store._transaction() as connection:
            connection.execute("UPDATE sessions SET started = 'once' WHERE id = 'one'")
        code, said = self.run(monkeypatch, capsys, tmp_path / "mine.csv")
        assert code == 1
        assert "rows: 3, sessions: 1." in said
        assert "session one: started: must be the date and time of a session" in said

    def test_a_missing_extra_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
        code, said = self.run(monkeypatch, capsys, tmp_path / "mine.parquet")
        assert code == 1
        assert "needs pyarrow, which is not installed: pip install 'formcheck[parquet]'" in said
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are those of Unix")
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_full_disk_leaves_what_was_there(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"mine{ending}"
    out.write_bytes(b"before")
    done = subprocess.run([sys.executable, "-c", FULL, str(out)], capture_output=True, text=True, check=False)
    assert done.stdout.startswith(f"{out}: cannot be written (File too large). Make room"), done.stderr
    assert (out.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (b"before", [out.name])


FULL = """
import resource, sys
from pathlib import Path
from formcheck.errors import OutputError
from tests.unit.people.test_history_export import entry, stretch, write_history
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
try:
    write_history(Path(sys.argv[1]), [entry(id=str(number), stretches=(stretch(),) * 9) for number in range(99)])
except OutputError as error:
    print(error)
"""


def rows_of_table(heading: str) -> dict[str, str]:
    """The first two cells of the rows of the table below a heading of the page."""
    text = PAGE.partition(f"\n{heading}\n")[2]
    lines = re.findall(r"^\| `(\w+)` \| (.*?) \|", text.partition("\n#")[0], re.MULTILINE)
    return dict(lines)


def test_the_page_describes_every_column_of_the_table() -> None:
    assert list(rows_of_table("### The table of the history")) == list(COLUMNS)


def test_the_page_describes_every_column_of_the_database() -> None:
    described = rows_of_table("### Its database")
    assert described.keys() == {table.name for table in TABLES}
    for table in TABLES:
        assert re.findall(r"`(\w+)`", described[table.name]) == list(table.columns), table.name
    assert f"version {newest()}" in PAGE
