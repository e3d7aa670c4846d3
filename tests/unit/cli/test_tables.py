"""Every table that is printed, in consoles of many widths: cells wrap between words, and nothing of them is lost."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from formcheck import cli
from formcheck.analysis.scoring.document import HoldEntry, SideEntry
from formcheck.cli.commands.doctor import CheckResult, CheckState, checks_table
from formcheck.cli.reports.batch import print_table
from formcheck.cli.reports.clip import holds_table
from formcheck.cli.reports.draft import measures_table
from formcheck.cli.reports.evaluation import evaluation_tables, motion_table, photos_table
from formcheck.cli.reports.session import print_recap
from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.cli.reports.tuning import changes_table, comparison_table
from formcheck.coaching.summary import SessionSummary, SummaryRow
from formcheck.core.measures import MEASURES
from formcheck.core.values import Side, Verdict
from formcheck.people.history import Answer, Entry, Pain, Stretch
from formcheck.people.history.database import Store
from formcheck.people.profile import Profile, save_profile
from formcheck.pipeline.batch.journal import failed_line
from formcheck.stretches.files import load_stretches
from formcheck.system.paths import history_file
from formcheck.tuning.drafting.findings import MeasureFinding
from formcheck.tuning.evaluation.counts import ErrorSums, EvaluationCounts, FaultCounts
from formcheck.tuning.evaluation.motion import Motion
from formcheck.tuning.evaluation.photos import PhotoSums
from formcheck.tuning.fitting.comparison import Comparison, Figure, Figures
from formcheck.tuning.fitting.proposal import LimitChange
from tests.support.batches import document
from tests.support.calibrated import baseline_of
from tests.support.laws import law
from tests.support.specs import KNEELING

WIDTHS = (50, 80, 120, 200)
WIDE = 1000
LONG_WORD = 24
"""Characters of the longest word that has room in every table: longer ones, as paths, may be broken."""
STARTED = datetime(2025, 11, 22, 23, 50, tzinfo=timezone(timedelta(hours=-5)))
NAMES = ("kneeling_hip_flexor", "standing_psoas", "supine_psoas")


def printed(width: int, terminal: bool, *parts: RenderableType | Callable[[Console], None]) -> str:
    console = Console(width=width, force_terminal=terminal, color_system=None)
    with console.capture() as captured:
        for part in parts:
            if callable(part):
                part(console)
            else:
                console.print(part)
    return captured.get()


def check(narrow: str, wide: str, width: int) -> None:
    """No line is too long, no word of the wide table is missing in the narrow one, and none was made by cutting."""
    assert all(len(line) <= width for line in narrow.splitlines())
    before, after = Counter(wide.split()), Counter(narrow.split())
    short = {word for word in before if len(word) <= LONG_WORD}
    assert all(after[word] >= before[word] for word in short)
    pieces = [word for word in after if word not in before]
    assert all(any(piece in word for word in set(before) - short) for piece in pieces), pieces
    letters = Counter(narrow.replace(" ", "").replace("\n", ""))
    assert not Counter(wide.replace(" ", "").replace("\n", "")) - letters


def errors(*values: float) -> ErrorSums:
    sums = ErrorSums()
    for value in values:
        sums.add(value)
    return sums


def counts(*bands: str) -> EvaluationCounts:
    total = EvaluationCounts()
    for band in bands:
        for measure in MEASURES:
            total.measures[measure, band] = errors(-12.3, 1.5)
    total.faults["trunk_leans_backward"] = FaultCounts(hit=12, missed=3, false=4)
    return total


def evaluated(bands: Iterable[str]) -> list[WrappedTable]:
    names = tuple(bands)
    return list(evaluation_tables(counts(*names), {band: counts(band) for band in names}))


@pytest.mark.parametrize(
    ("off", "said"),
    [
        *(((off_s,), "0.00 (100 %)") for off_s in (-0.001, 0.001, 0.0, -0.0)),
        ((-0.006,), "-0.01 (100 %)"),
        ((0.5,), "+0.50 (0 %)"),
        ((), ""),
    ],
)
def test_an_error_that_rounds_to_nothing_has_no_sign(off: tuple[float, ...], said: str) -> None:
    found = counts("0")
    found.holds.onset = errors(*off)
    found.measures = {("trunk_inclination", "0"): errors(*(10 * one for one in off))}
    angles, holds, *_ = evaluation_tables(found, {})
    text = printed(WIDE, False, angles, holds)
    row = next(line for line in text.splitlines() if line.strip().startswith("start"))
    assert row.strip().removeprefix("start").strip() == said
    assert not re.search(r"[+-]0\.0+(?!\d)", text)


def recap(console: Console) -> None:
    rows = [
        SummaryRow(
            title="Kneeling hip flexor stretch", side=Side.RIGHT, held_s=12.0, goal_s=60, skipped=True, note="sharp pain"
        ),
        SummaryRow(
            title="Lying psoas stretch", side=Side.LEFT, held_s=60.0, goal_s=60, complete=True, skipped=False, note=None
        ),
    ]
    print_recap(console, SessionSummary(rows=tuple(rows)))


HELD_SIDE = SideEntry(held_s=130.0, longest_s=130.0, goal_s=215, complete=False, score=100, verdict=Verdict.CORRECT)
HELD = document("clip.mp4", 300).model_copy(
    update={
        "holds": [HoldEntry(side=Side.LEFT, start_s=61.0, end_s=200.0, held_s=130.0, score=88)],
        "sides": {
            Side.LEFT: SideEntry(held_s=130.0, longest_s=130.0, goal_s=215, complete=False, score=100, verdict=Verdict.CORRECT)
        },
    }
)
CHECKS = [
    CheckResult(
        name="pose model",
        state=CheckState.MISSING,
        found="The pose model full has not been fetched yet.\n0 Camera (cannot be used)",
        fix="Run: formcheck model full, or give the address of a phone camera app: --camera http://192.168.100.100:8080/video.mjpeg",
    ),
    CheckResult(
        name="data folder", state=CheckState.OPTIONAL, found="/home/anna/.local/share/formcheck cannot be written (None)."
    ),
]
FINDINGS = [MeasureFinding(measure=name, median=-12.0, spread=3.0, seen=1.0) for name in MEASURES]
CHANGES = [
    LimitChange(
        table="faults",
        name="trunk_leans_backward",
        measure="trunk_inclination",
        key="also[0].above",
        old=(10.0, 40.5),
        new=(14.0, 46.0),
        why="12 intervals of 5 people; the clearest of them read 14.2 to 45.8, and 95 % of those in correct form read less.",
    )
]
FIGURE = Figure(value=0.5, low=0.25, high=0.75)
FIGURES = Figures(false_hold=FIGURE, missed_hold=FIGURE, recall=FIGURE, precision=FIGURE, kappa=FIGURE)
ERRORS = {"knee flexion": errors(-12.3, 1.5), "hip flexion": errors(-12.3, 1.5)}

TABLES: dict[str, tuple[RenderableType | Callable[[Console], None], ...]] = {
    "doctor": (checks_table(CHECKS),),
    "new": (measures_table(KNEELING, FINDINGS),),
    "tune": (changes_table(CHANGES), comparison_table(Comparison(before=FIGURES, after=FIGURES, better=True, why=""))),
    "evaluate": (*evaluated(["0..15"]), *evaluated(["0..15", "15..30", "30..45", "45..60", "over 60"])),
    "evaluate photos": (photos_table("samples/photographs.csv", {"correct": PhotoSums(), "fault": PhotoSums()}),),
    "evaluate motion": (motion_table("samples/motion", {"view_1.mp4": Motion(yaw=12.0, as_seen=ERRORS, squared_on=ERRORS)}),),
    "score": (holds_table(HELD),),
    "live": (recap,),
}


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_wraps_and_loses_nothing(name: str, width: int, terminal: bool) -> None:
    check(printed(width, terminal, *TABLES[name]), printed(WIDE, terminal, *TABLES[name]), width)


@cache
def profile() -> Profile:
    return Profile.of(baseline_of(), taken=STARTED, camera=(640, 480))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile, and a history of several sessions."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    save_profile("anna", profile())
    done = [
        Stretch(
            pose=name, side=Side.RIGHT, started_s=4.0, held_s=130.0, longest_s=20.0, goal_s=160.0, complete=False, score=88.0,
            skipped=True, faults={"trunk_leans_backward": 12.0},
        )
        for name in NAMES
    ]  # fmt: skip
    pain = Pain(time_s=9.0, pose=NAMES[0], side=Side.RIGHT, answer=Answer.SHARP)
    with Store(history_file()) as store:
        for i in range(3):
            entry = Entry(id=str(i), started=STARTED, version="1.0", plan="psoas_relief", stretches=tuple(done), pains=(pain,))
            store.save(entry)


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "words",
    ["poses", "poses list", "poses measures", "routines", "routines list", "profiles", "history", "history show 1"],
)
def test_a_command_prints_a_table_that_wraps_and_loses_nothing(
    words: str,
    width: int,
    terminal: bool,
    data: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["formcheck", *words.split()])
    if terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
    outputs = []
    for columns in (width, WIDE):
        monkeypatch.setenv("COLUMNS", str(columns))
        with pytest.raises(SystemExit) as caught:
            cli.main()
        assert caught.value.code == 0
        outputs.append(re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out))
    narrow, wide = outputs
    if terminal:
        check(narrow, wide, width)
    else:
        assert narrow == wide, "what is piped on is as wide as it needs"
        assert [line for line in narrow.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_where_many_clips_are_cut_it_is_said(width: int) -> None:
    """Their names are shortened on purpose; what is piped on is whole."""
    lines = [failed_line(f"clips/anna/2026-03-0{day} kneeling.mp4", None, "cannot be read at all.") for day in range(1, 4)]

    def show(console: Console) -> None:
        print_table(console, lines, load_stretches())

    whole = printed(WIDE, True, show)
    assert printed(width, False, show) == whole
    shown = printed(width, True, show)
    assert all(len(line) <= width for line in shown.splitlines())
    assert [word for word in shown.split() if word not in whole.split() and "…" not in word] == []


cells = st.lists(st.text("abcdefghijklm", min_size=1, max_size=9), max_size=12).map(" ".join)


@law
@given(
    st.integers(1, 6).flatmap(lambda n: st.lists(st.tuples(*[cells] * n), min_size=1, max_size=5)),
    st.lists(st.builds(Column, head=cells, right=st.booleans(), whole=st.booleans(), least=st.integers(0, 12)), min_size=6),
    st.integers(24, 200),
    st.booleans(),
)
def test_any_table_wraps_and_loses_nothing(
    rows: list[tuple[str, ...]], columns: list[Column], width: int, indented: bool
) -> None:
    table = WrappedTable(columns[: len(rows[0])], rows, indented=indented)
    check(printed(width, False, table), printed(WIDE, False, table), width)


def test_where_no_word_has_room_it_goes_on_in_the_next_line() -> None:
    table = WrappedTable([Column(head="name", whole=True), Column(head="file", paths=True)], [("anna", "/long" * 20)])
    lines = printed(40, False, table).splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["name", "anna"]
    assert "".join(line.split()[-1] for line in lines[1:]) == "/long" * 20


def test_columns_that_have_no_room_go_on_below_beside_the_first() -> None:
    heads = [f"column{i}" for i in range(8)]
    table = WrappedTable([Column(head=head) for head in heads], [[f"value{i}" for i in range(8)]], title="Values")
    lines = [line.split() for line in printed(30, False, table).splitlines()]
    assert lines == [
        ["Values"],
        ["column0", "column1", "column2"],
        ["value0", "value1", "value2"],
        [],
        ["column0", "column3", "column4"],
        ["value0", "value3", "value4"],
        [],
        ["column0", "column5", "column6"],
        ["value0", "value5", "value6"],
        [],
        ["column0", "column7"],
        ["value0", "value7"],
    ]
