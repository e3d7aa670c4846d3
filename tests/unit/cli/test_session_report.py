import io

from rich.console import Console

from formcheck.cli.reports.session import print_recap
from formcheck.coaching.events import SummaryRow
from formcheck.core.values import Side


def said(*rows: SummaryRow) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_recap(console, rows)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def row(
    side: Side | None, held_s: float = 0.0, *, title: str = "Stretch", skipped: bool = False, note: str | None = None
) -> SummaryRow:
    return SummaryRow(title=title, side=side, held_s=held_s, goal_s=30, skipped=skipped, note=note)


def test_a_line_for_what_was_begun_and_a_sentence_for_the_rest() -> None:
    told = said(
        row(Side.RIGHT, 29.995),
        row(Side.LEFT, 12),
        row(Side.LEFT, skipped=True, note="strong pain"),
        row(Side.RIGHT, title="Other"),
        row(Side.LEFT, title="Other"),
        row(Side.LEFT, title="Other"),
    )
    assert [line.split() for line in told.splitlines()] == [
        ["Stretch", "right", "side", "30", "s", "of", "30", "s", "done"],
        ["Stretch", "left", "side", "12", "s", "of", "30", "s", "18", "s", "to", "go"],
        ["Stretch", "left", "side", "0", "s", "of", "30", "s", "skipped", "strong", "pain"],
        ["Not", "started:", "Other,", "right", "side;", "Other,", "left", "side."],
    ]


def test_where_nothing_was_begun_it_says_so_once_for_both_sides() -> None:
    assert said(row(None), row(None)) == "Nothing was held.\nNot started: Stretch, both sides.\n"
    assert said() == "Nothing was held.\n"
