import io
from typing import Any

from rich.console import Console

from formcheck.analysis.scoring.fault_totals import FaultTotal
from formcheck.cli.reports.session import print_recap
from formcheck.coaching.summary import SessionSummary, SummaryRow
from formcheck.core import wording
from formcheck.core.values import Side


def said(*rows: SummaryRow) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_recap(console, SessionSummary(rows=tuple(rows)))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def row(side: Side | None, held_s: float = 0.0, **more: Any) -> SummaryRow:
    return SummaryRow(**{"title": "Stretch", "side": side, "held_s": held_s, "goal_s": 30} | more)


def test_a_line_for_what_was_begun_and_a_sentence_for_the_rest() -> None:
    gaze = FaultTotal(name="head_drops", cue="Lift your gaze", seconds=12.99)
    told = said(
        row(Side.RIGHT, 29.995, complete=True, longest_s=29.995, score=93.4),
        row(Side.LEFT, 12.97, longest_s=8.0, faults=(gaze,)),
        row(Side.LEFT, 4.0, skipped=True, note="strong pain", pains=("mild", "strong")),
        row(Side.LEFT, 4.0, skipped=True),
        row(Side.LEFT, skipped=True),
        row(Side.LEFT, skipped=True, left_out=True, note="Ask your clinician."),
        row(Side.RIGHT, title="Other"),
        row(Side.LEFT, title="Other"),
        row(Side.LEFT, title="Other"),
    )
    assert [" ".join(line.split()) for line in told.splitlines()] == [
        "Stretch right side 30 s of 30 s done form 93",
        "Stretch left side 12 s of 30 s 18 s to go Lift your gaze (12 s)",
        "Stretch left side 4 s of 30 s stopped: strong pain mild pain",
        "Stretch left side 4 s of 30 s ended early",
        "Stretch left side 0 s of 30 s skipped",
        "Stretch left side 0 s of 30 s left out: Ask your clinician.",
        "1 of 8 held to the goal.",
        "Not started: Other, right side; Other, left side.",
        wording.PAIN_LATER,
    ]


def test_what_is_still_wrong_at_the_end_is_told_however_many_faults_cost_more() -> None:
    worse = [FaultTotal(name=f"fault_{i}", cue=f"Cue {i}", seconds=20.0 - i) for i in range(4)]
    told = said(row(Side.RIGHT, 3.0, faults=(*worse, FaultTotal(name="last", cue="Last", seconds=1.0, at_end=True))))
    assert "Cue 0 (20 s); Cue 1 (19 s); Last (1 s)" in told


def test_where_nothing_was_begun_it_says_so_once_for_both_sides() -> None:
    assert said(row(None), row(None)) == "Nothing was held.\nNot started: Stretch, both sides.\n"
    assert said() == "Nothing was held.\n"


def test_after_mild_pain_nothing_is_said_of_the_day_after() -> None:
    assert wording.PAIN_LATER not in said(row(Side.LEFT, 4.0, pains=("mild", "")))
    for answer in ("strong", "sharp"):
        assert said(row(Side.LEFT, 4.0, pains=("mild", answer))).splitlines()[-1] == wording.PAIN_LATER
